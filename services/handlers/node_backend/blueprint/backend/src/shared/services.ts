import type { Request } from 'express';
import type { Sequelize } from 'sequelize';
import type { Config } from './config.ts';
import type { ConstraintAnswers } from './constraints.ts';
import type { RowClass } from './database/row.ts';
import type { SqlValues } from './database/sql.ts';
import type { Subscriber } from './actions/events.ts';
import type { Log } from './log.ts';
import type { Probe } from './observe/probes.ts';
import type { Caller } from './policy/caller.ts';

/** Finds who calls by what the request carries; a stranger when nothing valid does. */
export type Identify = (request: Request, services: Services) => Promise<Caller>;

/** What every operation works with. One for each application. */
export interface Services {
  readonly config: Config;
  readonly database: Sequelize;
  readonly log: Log;
  readonly identify: Identify;
  readonly models: ReadonlyMap<string, RowClass>;
  readonly permissions: readonly string[];
  readonly settings: SqlValues;
  readonly constraints: ConstraintAnswers;
  readonly subscribers: readonly Subscriber[];
  readonly probes: readonly Probe[];
  /** Tells the dispatcher that events were committed. */
  readonly wake: () => void;
}

export function servicesOf(request: Request): Services {
  return request.app.locals.services as Services;
}

/** What is known of a request without its input. Jobs carry the correlation of what caused them. */
export interface Origin {
  readonly correlation: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}
