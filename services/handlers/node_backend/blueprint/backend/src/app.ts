import type { Server } from 'node:http';
import express, { type Express } from 'express';
import type { Sequelize } from 'sequelize';
import { features as allFeatures } from './features/index.ts';
import type { Attached, Capability } from './shared/capability.ts';
import type { Config } from './shared/config.ts';
import type { RowClass } from './shared/database/row.ts';
import type { SqlValues } from './shared/database/sql.ts';
import type { Feature } from './shared/feature.ts';
import { answerErrors, edge, usualLimits } from './shared/http/edge.ts';
import { fallback } from './shared/http/fallback.ts';
import { onlyIds } from './shared/http/ids.ts';
import { Background } from './shared/jobs/background.ts';
import { type JobHandler, usualWork } from './shared/jobs/jobs.ts';
import type { LiveSource } from './shared/live.ts';
import { Log, type LogOptions } from './shared/log.ts';
import { health } from './shared/observe/routes.ts';
import { databaseProbe } from './shared/observe/probes.ts';
import { parameterName, stranger } from './shared/policy/caller.ts';
import type { Services } from './shared/services.ts';

export interface Dependencies {
  readonly config: Config;
  readonly database: Sequelize;
  readonly features?: readonly Feature[];
  readonly logging?: Partial<LogOptions>;
}

/** The application, and what it does beside answering requests. Neither listens nor runs until it is told to. */
export interface Application {
  readonly app: Express;
  readonly services: Services;
  readonly background: Background;
  /** Tells the parts that keep connections open of the server that is about to listen. */
  listen(http: Server): Promise<void>;
  /** Ends what those parts keep open, and the work beside requests. */
  stop(): Promise<void>;
}

export function buildApp({ config, database, features = allFeatures, logging = {} }: Dependencies): Application {
  for (const feature of features) feature.define?.(database);
  const models = features.flatMap((feature) => feature.models ?? []);
  let wake = (): void => undefined;
  const attached: Attached[] = [];
  const jobs = new Map<string, JobHandler>();
  const probes = [databaseProbe, ...features.flatMap((feature) => feature.probes ?? [])];
  const live = features.flatMap((feature) => feature.live ?? []);
  const services: Services = {
    config,
    database,
    log: new Log(Object.assign({ level: 'info', addresses: true }, ...features.map((feature) => feature.logging ?? {}), logging)),
    identify: features.find((feature) => feature.identify)?.identify ?? (() => Promise.resolve(stranger())),
    models: new Map(models.map((model): [string, RowClass] => [model.entity, model])),
    permissions: features.flatMap((feature) => Object.keys(feature.permissions ?? {})),
    settings: settingValues(features),
    constraints: Object.assign({}, ...models.map((model) => model.constraints)),
    subscribers: features.flatMap((feature) => feature.subscribers ?? []),
    probes,
    gates: features.flatMap((feature) => feature.gates ?? []),
    jobs,
    work: Object.assign({}, usualWork, ...features.map((feature) => feature.work ?? {})),
    liveSources: new Map(live.map((source): [string, LiveSource] => [source.source.model.entity, source])),
    identityModels: new Set(features.filter(({ identify }) => identify).flatMap(({ models }) => (models ?? []).map(({ entity }) => entity))), //@no-organizations
    //@organizations // Who is a member of which organization decides about callers too.
    //@organizations identityModels: new Set(
    //@organizations   features
    //@organizations     .filter(({ identify, name }) => identify || name === 'organizations')
    //@organizations     .flatMap(({ models }) => (models ?? []).map(({ entity }) => entity)),
    //@organizations ),
    edge: Object.assign({}, usualLimits, ...features.map((feature) => feature.edge ?? {})),
    rate: features.find((feature) => feature.rate)?.rate,
    capabilities: attached,
    get counters() {
      return attached.find(({ counters }) => counters)?.counters;
    },
    get live() {
      return attached.find(({ live }) => live)?.live;
    },
    get takesFiles() {
      return attached.some(({ takesFiles }) => takesFiles);
    },
    wake: () => wake(),
  };
  for (const capability of capabilitiesOf(features)) attached.push(capability.attach(services));
  probes.push(...attached.flatMap((part) => part.probes ?? []));
  for (const job of [...features, ...attached].flatMap((part) => part.jobs ?? [])) jobs.set(job.name, job);
  const background = new Background(
    services,
    [...features, ...attached].flatMap((part) => part.clocks ?? []),
  );
  wake = () => background.wake();

  const app = express();
  app.locals.services = services;
  edge(app, services);
  const routers = [health, ...features.flatMap((feature) => feature.routers ?? [])];
  for (const router of routers) router.param('id', onlyIds);
  app.use(...routers, ...fallback(routers), answerErrors);
  return {
    app,
    services,
    background,
    listen: async (http) => {
      for (const part of attached) await part.listen?.(http);
    },
    stop: async () => {
      await Promise.all([background.stop(), ...attached.map((part) => part.stop?.())]);
    },
  };
}

/** Each capability once, in the order in which features name them. */
function capabilitiesOf(features: readonly Feature[]): Capability[] {
  const named = features.flatMap((feature) => feature.capabilities ?? []);
  return [...new Map(named.map((capability) => [capability.name, capability])).values()];
}

/** Settings as scopes may name them: `docs.public` is `:setting_docs_public`. */
function settingValues(features: readonly Feature[]): SqlValues {
  const settings = features.flatMap((feature) => Object.entries(feature.settings ?? {}));
  return Object.fromEntries(settings.map(([key, value]) => [`setting_${parameterName(key)}`, value]));
}
