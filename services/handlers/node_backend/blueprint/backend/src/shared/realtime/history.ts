import type { Sequelize } from 'sequelize';
import { select } from '../database/sql.ts';
import type { PositionedEvent } from './audience.ts';

/** Who missed more than this fetches everything again: that is less work for both. */
const MOST_MISSED = 1000;

/** The highest position that was given. */
export async function newest(database: Sequelize): Promise<number> {
  const [row] = await select<{ position: string }>(
    database,
    `SELECT coalesce((SELECT max(position) FROM system.outbox), (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM system.outbox_position)) AS position`,
  );
  return Number(row?.position ?? 0);
}

/** Events of rows after a position, in order. */
export async function eventsAfter(database: Sequelize, position: number, limit: number): Promise<PositionedEvent[]> {
  const rows = await select<PositionedEvent>(
    database,
    `SELECT id, position, event AS name, model, row_id AS "rowId", title, before, after, actor_id AS "actorId", audience
     FROM system.outbox WHERE position > :after AND model IS NOT NULL ORDER BY position LIMIT :most`,
    { after: position, most: limit },
  );
  // The driver gives a bigint as text.
  return rows.map((row) => Object.assign(row, { position: Number(row.position) }));
}

/** Whether all that happened since a position is there to be told, and not too much. */
export async function isKept(database: Sequelize, models: readonly string[], position: number): Promise<boolean> {
  const [row] = await select<{ oldest: string | null; missed: number }>(
    database,
    `SELECT (SELECT min(position) FROM system.outbox) AS oldest,
            (SELECT count(*)::int FROM (SELECT 1 FROM system.outbox WHERE position > :after AND model = ANY(:models::text[]) LIMIT ${MOST_MISSED + 1}) AS m) AS missed`,
    { after: position, models },
  );
  const last = await newest(database);
  // A position that was never given is one of another database.
  if (position > last || (row?.missed ?? 0) > MOST_MISSED) return false;
  return position === last || (row?.oldest !== null && row?.oldest !== undefined && position >= Number(row.oldest) - 1);
}
