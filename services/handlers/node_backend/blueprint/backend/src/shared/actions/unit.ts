import { isDeepStrictEqual } from 'node:util';
import type { CreationAttributes, Transaction } from 'sequelize';
import { isTaken } from '../constraints.ts';
import { built, type Row, type RowClass, type RowSnapshot, tableOf, titleOf } from '../database/row.ts';
import { quoted, select, type SqlValue, type SqlValues } from '../database/sql.ts';
import { conflict, invalid } from '../errors.ts';
import { type Caller, scopeValues } from '../policy/caller.ts';
import { type RowSource, type Shown, shownRow } from '../query/rows.ts';
import type { Origin, Services } from '../services.ts';
import { complete, follow, placed } from './computed.ts';
import { Followers } from './followers.ts';
//@organizations import { belong, enter, inside } from './organization.ts';
import { type Given, unknownReferences } from './references.ts';

type AnyRow = Row<object, object>;

/** What changes of a row; what is undefined stays as it is. */
export type Changes<R extends AnyRow> = { readonly [K in keyof CreationAttributes<R>]?: CreationAttributes<R>[K] | undefined };

/** A join table, seen from the side that is written. */
export interface JoinTable {
  readonly table: string;
  readonly near: string;
  readonly far: string;
}

const ATTEMPTS = 3;

/** One transaction and everything it writes. Rows are written through it, so that each change leaves its event. */
export class Unit {
  readonly now = new Date();
  readonly services: Services;
  readonly caller: Caller;
  readonly origin: Origin;
  readonly transaction: Transaction;
  /** Values that SQL fragments may name. */
  readonly values: SqlValues;
  readonly #followers = new Followers(this);
  readonly #links = new Map<string, { before: RowSnapshot; after: RowSnapshot }>();
  readonly #tokens = new Map<string, string>();
  #deleted = false;

  constructor(services: Services, caller: Caller, origin: Origin, transaction: Transaction) {
    this.services = services;
    this.caller = caller;
    this.origin = origin;
    this.transaction = transaction;
    this.values = {
      ...scopeValues(caller, services.permissions, services.settings, this.now),
      request_id: origin.correlation,
      request_ip: origin.address,
      request_user_agent: origin.userAgent,
    };
  }

  /** Tells the triggers who acts. */
  async begin(): Promise<void> {
    await this.query(
      `SELECT set_config('app.actor', :actor, true), set_config('app.correlation', :correlation, true),
              set_config('app.address', :address, true)`,
      { actor: this.caller.userId ?? '', correlation: this.origin.correlation, address: this.origin.address ?? '' },
    );
    //@organizations await enter(this, this.caller.organizationId);
  }

  query<T extends object>(sql: string, values: SqlValues = {}): Promise<T[]> {
    return select<T>(this.services.database, sql, { ...this.values, ...values }, this.transaction);
  }

  /** Adds a row and emits `.created`. `secret` is that of its token, which those who follow in this transaction may tell. */
  async create<R extends AnyRow>(model: RowClass<R>, values: CreationAttributes<R>, secret?: string): Promise<R> {
    const row = await this.insert(model, values);
    if (secret !== undefined) this.#tokens.set(row.id, secret);
    await this.emit('created', row, null, row.snapshot());
    return row;
  }

  /** The secret of a token that was issued in this transaction; afterwards nobody knows it. */
  tokenOf(row: AnyRow): string {
    const secret = this.#tokens.get(row.id);
    if (secret === undefined) throw new Error('The secret of a token is known in the transaction only that issued it.');
    return secret;
  }

  /** Adds a row, or changes the one that has the same values in `keys`. */
  async put<R extends AnyRow>(model: RowClass<R>, keys: readonly string[], values: CreationAttributes<R>, attempt = 1): Promise<R> {
    const given = values as Record<string, SqlValue>;
    const condition = keys.map((key) => `t.${quoted(key)} = :key_${key}`).join(' AND '); //@no-organizations
    //@organizations const condition = [...keys.map((key) => `t.${quoted(key)} = :key_${key}`), ...inside(model)].join(' AND ');
    const [known] = await this.where(model, condition, Object.fromEntries(keys.map((key) => [`key_${key}`, given[key] ?? null])));
    if (known) {
      await this.update(known, values);
      return known;
    }
    await this.query('SAVEPOINT put');
    try {
      return await this.create(model, values);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTaken(error)) throw error;
      // Somebody else added it in between: now it is there to be changed.
      await this.query('ROLLBACK TO SAVEPOINT put');
      return this.put(model, keys, values, attempt + 1);
    }
  }

  /** Adds a row without an event: for what selectors write. */
  async insert<R extends AnyRow>(model: RowClass<R>, values: CreationAttributes<R>): Promise<R> {
    const { build } = model as unknown as { build(values: object): R };
    const row = build.call(model, values);
    //@organizations belong(this, row);
    await complete(this, row);
    return row.save({ transaction: this.transaction, returning: true });
  }

  /** Changes a row and emits `.updated`, or nothing when nothing changed. */
  async update<R extends AnyRow>(row: R, values: Changes<R>): Promise<void> {
    const before = row.snapshot();
    if (await this.set(row, values)) await this.emit('updated', row, before, row.snapshot());
  }

  /** Changes every one of `rows`, each with its event. */
  async updateAll<R extends AnyRow>(rows: readonly R[], values: Changes<R>): Promise<void> {
    for (const row of rows) await this.update(row, values);
  }

  /** Changes a row without an event of its own: for an action, whose event stands for all it does to its row. */
  async set<R extends AnyRow>(row: R, values: Changes<R>): Promise<boolean> {
    // What an input leaves out stays as it is.
    row.set(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as object);
    if (row.changed() === false) return false;
    await follow(this, row, values);
    await row.save({ transaction: this.transaction, returning: true });
    return true;
  }

  /** Removes a row. Its trigger writes `.deleted`, for it and for all that goes with it. */
  async remove(row: AnyRow): Promise<void> {
    const { soft, tombstone } = row.constructor as RowClass;
    const audience = await this.#audience(row);
    if (soft || tombstone) {
      const before = row.snapshot();
      await this.set(row, { ...tombstone, deleted_at: this.now } as object);
      await this.emit('deleted', row, before, null);
    } else {
      this.#deleted = true;
      await row.destroy({ transaction: this.transaction });
    }
    if (audience.length === 0) return;
    await this.query(
      `UPDATE system.outbox SET audience = :audience::uuid[]
       WHERE transaction_id = pg_current_xact_id() AND row_id = :row_id AND event = :deleted`,
      { audience, row_id: row.id, deleted: `${(row.constructor as RowClass).entity}.deleted` },
    );
  }

  /** Who hears of the row on the live channel, asked while it is there. */
  async #audience(row: AnyRow): Promise<string[]> {
    const model = row.constructor as RowClass;
    const users = this.services.liveSources.get(model.entity)?.users;
    if (users === undefined || users === 'readers') return [];
    const found = await this.query<{ id: string }>(
      `SELECT DISTINCT u.id::text AS id FROM ${quoted(tableOf(model))} AS t CROSS JOIN LATERAL (${users}) AS u (id) WHERE t.id = :row_id AND u.id IS NOT NULL`,
      { row_id: row.id },
    );
    return found.map(({ id }) => id);
  }

  /**
   * Reads and locks the rows whose ids `ids` selects, in order of id, so that two units cannot wait for each other. The statement may
   * speak of `row` as `this`.
   */
  find<R extends AnyRow>(model: RowClass<R>, ids: string, row?: AnyRow, values: SqlValues = {}): Promise<R[]> {
    if (!row) return this.where(model, `t.id IN (${ids})`, values);
    const these = quoted(tableOf(row.constructor as RowClass));
    const chosen = `SELECT chosen.id FROM ${these} AS this CROSS JOIN LATERAL (${ids}) AS chosen (id) WHERE this.id = :this_id`;
    return this.where(model, `t.id IN (${chosen})`, { ...values, this_id: row.id });
  }

  /** The same for the rows, called `t`, that fit a condition. */
  where<R extends AnyRow>(model: RowClass<R>, condition: string, values: SqlValues = {}): Promise<R[]> {
    return this.#locked(model, condition, 'FOR NO KEY UPDATE OF t', values);
  }

  /** Takes at most `limit` rows that fit and that nobody else has locked: each of several processes gets rows of its own. */
  claim<R extends AnyRow>(model: RowClass<R>, where: string, limit: number): Promise<R[]> {
    return this.#locked(model, where, `LIMIT ${limit} FOR UPDATE OF t SKIP LOCKED`, {});
  }

  async #locked<R extends AnyRow>(model: RowClass<R>, where: string, ending: string, values: SqlValues): Promise<R[]> {
    const rows = await this.query(
      `SELECT t.* FROM ${quoted(tableOf(model))} AS t
       WHERE (${where})${model.soft ? ' AND t.deleted_at IS NULL' : ''} ORDER BY t.id ${ending}`,
      values,
    );
    return rows.map((row) => built(model, row));
  }

  /** Reads one row by its id and locks it. */
  async lock<R extends AnyRow>(model: RowClass<R>, id: string): Promise<R | undefined> {
    const [row] = await this.where(model, 't.id = :row_id', { row_id: id });
    return row;
  }

  /** A row as an answer shows it. */
  show(source: RowSource, row: AnyRow): Promise<Shown> {
    return shownRow(this.services.database, source, row.id, this.values, this.transaction);
  }

  /** What a SQL expression gives; it may speak of `row` as `this`. */
  async value<T>(sql: string, row?: AnyRow, values: SqlValues = {}): Promise<T> {
    const place = row && placed(this, row);
    const [found] = await this.query<{ value: T }>(`SELECT (${sql}) AS value${place ? ` FROM ${place.from}` : ''}`, { ...values, ...place?.values });
    return found?.value as T;
  }

  /** The ids that `sql` selects; it may speak of `row` as `this`. */
  async ids(sql: string, row?: AnyRow, values: SqlValues = {}): Promise<string[]> {
    const from = row
      ? `SELECT chosen.id FROM ${quoted(tableOf(row.constructor as RowClass))} AS this CROSS JOIN LATERAL (${sql}) AS chosen (id) WHERE this.id = :this_id`
      : `SELECT chosen.id FROM (${sql}) AS chosen (id)`;
    const found = await this.query<{ id: string }>(from, { ...values, ...(row && { this_id: row.id }) });
    return found.map(({ id }) => id);
  }

  /** Ends the transaction with 409 unless `condition` holds. */
  require(condition: boolean, message: string): void {
    if (!condition) throw conflict(message);
  }

  /** Refuses references to what the caller may not refer to, just as those to nothing. */
  async refer(source: Pick<RowSource, 'references'>, given: Readonly<Record<string, Given>>): Promise<void> {
    const problems = await unknownReferences(this, source, given);
    if (problems.length > 0) throw invalid(problems);
  }

  /** Makes `ids` the whole set of rows that `row` is linked to by `field`. Undefined leaves it as it is. */
  async link(row: AnyRow, field: string, join: JoinTable, ids: readonly string[] | undefined): Promise<void> {
    if (ids === undefined) return;
    const [table, near, far] = [quoted(join.table), quoted(join.near), quoted(join.far)];
    const wanted = [...new Set(ids)].toSorted();
    const values = { row_id: row.id, wanted };
    const found = await this.query<{ id: string }>(`SELECT ${far} AS id FROM ${table} WHERE ${near} = :row_id ORDER BY ${far}`, values);
    const had = found.map(({ id }) => id);
    if (had.join() === wanted.join()) return;
    await this.query(`DELETE FROM ${table} WHERE ${near} = :row_id AND NOT (${far} = ANY(:wanted::uuid[]))`, values);
    await this.query(
      `INSERT INTO ${table} (${near}, ${far}) SELECT :row_id::uuid, unnest(:wanted::uuid[]) ON CONFLICT DO NOTHING`,
      values,
    );
    const change = this.#links.get(row.id) ?? { before: {}, after: {} };
    this.#links.set(row.id, { before: { ...change.before, [field]: had }, after: { ...change.after, [field]: wanted } });
  }

  /** Ends what was done to `row` since `before` with one event. An update that changed nothing has none. */
  async conclude(row: AnyRow, verb: string, before: RowSnapshot | null): Promise<void> {
    const links = this.#links.get(row.id);
    this.#links.delete(row.id);
    if (links && before) await this.#touch(row);
    const after = { ...row.snapshot(), ...links?.after };
    if (verb === 'updated' && !links && before && isDeepStrictEqual(before, after)) return;
    await this.emit(verb, row, before && { ...before, ...links?.before }, after);
  }

  /** A change of the links alone is a change of the row: its version rises. */
  async #touch(row: AnyRow): Promise<void> {
    const model = row.constructor as RowClass;
    const version = model.kind === 'resource' ? ', row_version = row_version + 1' : '';
    await this.query(`UPDATE ${quoted(tableOf(model))} SET updated_at = now()${version} WHERE id = :row_id`, { row_id: row.id });
    await row.reload({ transaction: this.transaction });
  }

  /** Writes an event of a row, and runs what follows it in this transaction. */
  async emit(verb: string, row: AnyRow, before: RowSnapshot | null, after: RowSnapshot | null): Promise<void> {
    const model = row.constructor as RowClass;
    const name = `${model.entity}.${verb}`;
    const title = titleOf(model, after ?? before);
    await this.#followers.publish({ name, model: model.entity, rowId: row.id, title, before, after });
  }

  /** Writes an event of no row, such as `login_failed`, and runs what follows it. `about` is what is known of it, by name. */
  announce(name: string, about: RowSnapshot | null = null): Promise<void> {
    return this.#followers.announce(name, about);
  }

  /** Before the end: what triggers emitted gets its followers, until nothing is left. */
  async settle(): Promise<void> {
    while (this.#deleted) {
      this.#deleted = false;
      await this.#followers.sweep();
    }
  }
}
