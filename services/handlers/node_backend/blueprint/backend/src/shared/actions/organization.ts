import type { Sequelize } from 'sequelize';
import type { Row, RowClass } from '../database/row.ts';
import { select } from '../database/sql.ts';
import { conflict } from '../errors.ts';
import type { DomainEvent } from './events.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;
type Organized = RowClass & { readonly inOrganization?: 'always' | 'maybe' | 'never' };

// The id of no row: to be nowhere must not equal a column that is empty.
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** From here on the unit acts in this organization: its scopes see the rows of it, and what it makes belongs to it. */
export async function enter(unit: Unit, organizationId: string | null): Promise<void> {
  Object.assign(unit.values, { organizationId: organizationId ?? NOWHERE });
  await unit.query(`SELECT set_config('app.organization', :organization, true)`, { organization: organizationId ?? '' });
}

/** The organization of a row that was found without one: by a token, or by the clock. */
export async function enterThatOf(unit: Unit, row: AnyRow): Promise<void> {
  if (belongs(row.constructor as RowClass)) await enter(unit, idOf(row.get({ plain: true })));
}

/** A new row belongs to the organization in which its unit acts. */
export function belong(unit: Unit, row: AnyRow): void {
  const model = row.constructor as Organized;
  if (!belongs(model)) return;
  const organizationId = unit.values.organizationId === NOWHERE ? null : unit.values.organizationId;
  if (organizationId === null && model.inOrganization === 'always') throw conflict('Choose an organization first.');
  row.set({ organization_id: organizationId } as object);
}

/** A condition on the row, `t`: that it is of the organization in which the unit acts. */
export function inside(model: RowClass): string[] {
  return belongs(model) ? [`t.organization_id IS NOT DISTINCT FROM nullif(:organizationId::uuid, '${NOWHERE}'::uuid)`] : [];
}

/** The organization of the row that an event is about; null for an event of no row, and of a row of none. */
export function organizationOf(event: DomainEvent): string | null {
  return idOf(event.after) ?? idOf(event.before);
}

/** The organization that strangers name by its slug. */
export async function named(database: Sequelize, query: string, slug: string | undefined): Promise<string | null> {
  if (slug === undefined || slug.length > 200 || slug.includes('\0')) return null;
  const [found] = await select<{ id: string }>(database, query, { slug });
  return found?.id ?? null;
}

function belongs(model: Organized): boolean {
  return model.inOrganization === 'always' || model.inOrganization === 'maybe';
}

function idOf(values: object | null): string | null {
  const id = values && (values as Readonly<Record<string, unknown>>).organization_id;
  return typeof id === 'string' ? id : null;
}
