import { select } from '../database/sql.ts';
import type { Services } from '../services.ts';

/** Asks whether something that the application depends on answers. */
export interface Probe {
  readonly name: string;
  /** Whether the application is of no use without it. */
  readonly required: boolean;
  ask(services: Services): Promise<unknown>;
}

export interface Check {
  readonly name: string;
  readonly state: 'up' | 'down';
  readonly required: boolean;
  readonly milliseconds: number;
}

export interface Readiness {
  readonly status: 'ok' | 'failing';
  /** What does not answer although the application works on without it; absent when nothing is amiss. */
  readonly degraded?: readonly string[];
  readonly checks: readonly Check[];
}

export const databaseProbe: Probe = {
  name: 'database',
  required: true,
  ask: ({ database }) => select(database, 'SELECT 1 AS up'),
};

const LIMIT = 2000;
const REMEMBERED = 1000;

const remembered = new WeakMap<Services, { at: number; answer: Promise<Readiness> }>();

/** Asks every probe, each for two seconds at most. The answer is remembered for one, so that asking often costs nothing. */
export function readiness(services: Services): Promise<Readiness> {
  const last = remembered.get(services);
  if (last && performance.now() - last.at < REMEMBERED) return last.answer;
  const answer = askAll(services);
  remembered.set(services, { at: performance.now(), answer });
  return answer;
}

async function askAll(services: Services): Promise<Readiness> {
  const checks = await Promise.all(services.probes.map((probe) => ask(services, probe)));
  const down = checks.filter(({ state }) => state === 'down');
  const degraded = down.filter(({ required }) => !required).map(({ name }) => name);
  return { status: down.some(({ required }) => required) ? 'failing' : 'ok', ...(degraded.length > 0 && { degraded }), checks };
}

/** Neither the address of what was asked nor the text of its error is told: everybody may read this. */
async function ask(services: Services, probe: Probe): Promise<Check> {
  const began = performance.now();
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), LIMIT);
  let state: Check['state'] = 'up';
  try {
    await Promise.race([probe.ask(services), limit]);
  } catch {
    state = 'down';
  } finally {
    clearTimeout(timer);
  }
  return { name: probe.name, state, required: probe.required, milliseconds: Math.round(performance.now() - began) };
}
