import type { FieldProblem } from '../errors.ts';
import type { Pointer, RowSource } from '../query/rows.ts';
import type { Unit } from './unit.ts';

/** What a field refers to: one row, several, or one of one of several models. */
export type Given = string | readonly string[] | Pointer | null | undefined;

/** Fields that name what is not there, or what the caller may not refer to: nobody can tell the one from the other. */
export async function unknownReferences(
  unit: Unit,
  source: Pick<RowSource, 'references'>,
  given: Readonly<Record<string, Given>>,
): Promise<FieldProblem[]> {
  const wanted = Object.entries(given).flatMap(([field, value]) => {
    const reference = source.references?.[field];
    const ids = idsOf(value);
    if (!reference || ids.length === 0) return [];
    if (!('of' in reference)) return [{ field, target: reference, ids }];
    // The schema has seen to it that the type is one of these.
    const target = reference.of[(value as Pointer).type];
    return target ? [{ field, target, ids }] : [];
  });
  if (wanted.length === 0) return [];
  const counts = wanted.map(
    ({ target }, index) =>
      `(SELECT count(*)::int FROM ${target.table} AS t WHERE t.id = ANY(:wanted_${index}::uuid[]) AND (${target.refer})) AS found_${index}`,
  );
  const values = Object.fromEntries(wanted.map(({ ids }, index) => [`wanted_${index}`, ids]));
  const [found] = await unit.query<Record<string, number>>(`SELECT ${counts.join(', ')}`, values);
  return wanted
    .filter(({ ids }, index) => found?.[`found_${index}`] !== ids.length)
    .map(({ field }) => ({ field, code: 'reference', message: 'This does not exist.' }));
}

function idsOf(value: Given): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') return [value];
  return 'id' in value ? [value.id] : [...new Set(value)];
}
