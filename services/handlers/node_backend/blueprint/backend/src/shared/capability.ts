import type { Server } from 'node:http';
import type { Unit } from './actions/unit.ts';
import type { Config } from './config.ts';
import type { Counters } from './http/rate.ts';
import type { JobHandler } from './jobs/jobs.ts';
import type { Clock } from './jobs/scheduler.ts';
import type { Live } from './live.ts';
import type { Probe } from './observe/probes.ts';
import type { Services } from './services.ts';

/**
 * A part of the application that features share: mail, files, the live channel. It knows no feature; a feature that needs it names it
 * in `capabilities`, and it is attached once, however many name it. What it needs of the environment it reads from
 * `services.config.env` while it is attached, and refuses with a ConfigError.
 */
export interface Capability {
  readonly name: string;
  attach(services: Services): Attached;
  /** Completes the SQL of example rows before it runs. */
  seeds?(config: Config): (sql: string) => string;
}

/** What a capability adds to one application. */
export interface Attached {
  readonly probes?: readonly Probe[];
  readonly jobs?: readonly JobHandler[];
  readonly clocks?: readonly Clock[];
  /** Counts calls for all instances together. */
  readonly counters?: Counters;
  readonly live?: Live;
  /** Whether bodies of type multipart/form-data may come in. */
  readonly takesFiles?: boolean;
  /** In the transaction that gave events their positions, of which `last` is the highest. */
  dispatched?(unit: Unit, last: string): Promise<void>;
  /** The server is about to listen. */
  listen?(http: Server): Promise<void> | void;
  /** The application ends: what is open is closed. */
  stop?(): Promise<void>;
}
