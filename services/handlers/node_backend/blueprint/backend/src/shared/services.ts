import type { Request } from 'express';
import type { Sequelize } from 'sequelize';
import type { Config } from './config.ts';
import type { ConstraintAnswers } from './constraints.ts';
import type { RowClass } from './database/row.ts';
import type { SqlValues } from './database/sql.ts';
import type { Subscriber } from './actions/events.ts';
import type { Attached } from './capability.ts';
import type { EdgeLimits } from './http/edge.ts';
import type { Counters, Rate } from './http/rate.ts';
import type { JobHandler, WorkLimits } from './jobs/jobs.ts';
import type { Live, LiveSource } from './live.ts';
import type { Log } from './log.ts';
import type { Probe } from './observe/probes.ts';
import type { Caller } from './policy/caller.ts';

/** What a caller shows: the headers of a request, or what the live channel was told in their place. */
export interface Credentials {
  get(header: string): string | undefined;
}

/** Finds who calls by what they show; a stranger when nothing valid does. */
export type Identify = (credentials: Credentials, services: Services) => Promise<Caller>;

/**
 * Asked before every operation: true lets the caller through, false lets this operation through whatever gates come after; an error
 * refuses it.
 */
export type Gate = (services: Services, caller: Caller, origin: Origin, operation: string) => Promise<boolean>;

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
  /** In the order in which they are asked. */
  readonly gates: readonly Gate[];
  readonly jobs: ReadonlyMap<string, JobHandler>;
  readonly work: WorkLimits;
  /** By the name of the model. */
  readonly liveSources: ReadonlyMap<string, LiveSource>;
  /** The live channel, where there is one. */
  readonly live: Live | undefined;
  /** Models whose changes may end a session or the rights of one. */
  readonly identityModels: ReadonlySet<string>;
  readonly edge: EdgeLimits;
  /** The limit of all calls of one caller together, where there is one. */
  readonly rate: Rate | undefined;
  readonly capabilities: readonly Attached[];
  /** Counts for all instances together, where there is a store that they share. */
  readonly counters: Counters | undefined;
  readonly takesFiles: boolean;
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
