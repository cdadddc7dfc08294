import type { Router } from 'express';
import type { Sequelize } from 'sequelize';
import type { Capability } from './capability.ts';
import type { EdgeLimits } from './http/edge.ts';
import type { Rate } from './http/rate.ts';
import type { JobHandler, WorkLimits } from './jobs/jobs.ts';
import type { Clock } from './jobs/scheduler.ts';
import type { LiveSource } from './live.ts';
import type { Subscriber } from './actions/events.ts';
import type { RowClass } from './database/row.ts';
import type { Gate, Identify } from './services.ts';
import type { LogOptions } from './log.ts';
import type { Probe } from './observe/probes.ts';
import type { SettingValue } from './settings.ts';

/** What a feature brings to the application. A feature knows no other one; `features/index.ts` lists them all. */
export interface Feature {
  readonly name: string;
  /** Models, in order of dependency. */
  readonly models?: readonly RowClass[];
  readonly define?: (sequelize: Sequelize) => void;
  readonly routers?: readonly Router[];
  readonly subscribers?: readonly Subscriber[];
  readonly clocks?: readonly Clock[];
  /** Permissions with the roles that hold them from the start. */
  readonly permissions?: Readonly<Record<string, { readonly title: string; readonly roles: readonly string[] }>>;
  readonly settings?: Readonly<Record<string, SettingValue>>;
  /** Finds the caller behind a request. */
  readonly identify?: Identify;
  readonly probes?: readonly Probe[];
  readonly logging?: Partial<LogOptions>;
  /** Parts of the application that it needs. Each is attached once, however many features name it. */
  readonly capabilities?: readonly Capability[];
  /** Conditions on every request. */
  readonly gates?: readonly Gate[];
  /** Work that is done after a commit, by name. */
  readonly jobs?: readonly JobHandler[];
  /** How jobs are treated, where it differs from the usual. */
  readonly work?: Partial<WorkLimits>;
  /** Models whose events reach open pages at once. */
  readonly live?: readonly LiveSource[];
  /** How often a caller may call at all: every operation and every unknown address counts. */
  readonly rate?: Rate;
  /** Limits of every request, where they differ from the usual ones. */
  readonly edge?: Partial<EdgeLimits>;
}

export function defineFeature(feature: Feature): Feature {
  return feature;
}
