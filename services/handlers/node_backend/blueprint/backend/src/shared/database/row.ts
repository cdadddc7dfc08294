import { Model } from 'sequelize';
import type { Computed, Slug } from '../actions/computed.ts';
import type { Ordered } from '../actions/lists.ts';
import type { ConstraintAnswers } from '../constraints.ts';

export type RowSnapshot = Record<string, unknown>;

/** The base of all models. Property names are those of the columns. */
export abstract class Row<Attributes extends object, Creation extends object> extends Model<Attributes, Creation> {
  declare id: string;

  /** Name in the contract, as it stands in events: `User`. */
  static readonly entity: string;
  static readonly kind: 'resource' | 'part' | 'link' | 'single' | 'log' | 'internal';
  /** Whether no operation reaches its rows: only who names the model is told of them, no selector. */
  static readonly unreached: boolean = false;
  /** Column that is the title of a row. */
  static readonly title: string;
  /** Columns that no event may show, by the name that stands for them: `password_hash` is shown as `password`. */
  static readonly secrets: Readonly<Record<string, string>> = {};
  /** Whether a deleted row stays, marked. */
  static readonly soft: boolean = false;
  /** What is written over the columns of a deleted row that stays for what refers to it; undefined where rows do not stay. */
  static readonly tombstone: Readonly<Record<string, unknown>> | undefined = undefined;

  //@organizations /** Whether its rows belong to an organization. */
  //@organizations static readonly inOrganization: 'always' | 'maybe' | 'never' = 'never';
  /** Columns that follow from the others, in the order in which they are computed. */
  static readonly computed: readonly Computed[] = [];
  /** Columns that stand in addresses. */
  static readonly slugs: readonly Slug[] = [];
  /** The orders in which its rows stand. */
  static readonly lists: readonly Ordered[] = [];
  /** Constraints of its table, with what a caller is told when one is violated. */
  static readonly constraints: ConstraintAnswers = {};

  /** The row as events and the audit log keep it: every column, secrets as `***`. */
  snapshot(): RowSnapshot {
    const { secrets } = this.constructor as typeof Row;
    const shown: RowSnapshot = {};
    for (const [column, value] of Object.entries(this.get({ plain: true }))) {
      const alias = secrets[column];
      if (alias === undefined) shown[column] = value;
      else shown[alias] = value === null ? null : '***';
    }
    return shown;
  }
}

/** A model class, for what works on all of them. */
export type RowClass<R extends Row<object, object> = Row<object, object>> = (new () => R) & typeof Row<object, object>;

/** Name of the table of a model. */
export function tableOf(model: RowClass): string {
  const name = model.getTableName();
  return typeof name === 'string' ? name : name.tableName;
}

/** A row that was read by a statement of ours. */
export function built<R extends Row<object, object>>(model: RowClass<R>, row: object): R {
  const build = model as unknown as { build(values: object, options: object): R };
  return build.build(row, { isNewRecord: false, raw: true });
}

/** What people call the row, as its snapshot tells it. */
export function titleOf(model: RowClass, snapshot: RowSnapshot | null): string | null {
  const title = snapshot?.[model.title];
  return title === undefined || title === null ? null : String(title);
}
