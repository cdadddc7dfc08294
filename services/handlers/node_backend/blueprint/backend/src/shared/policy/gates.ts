import { select } from '../database/sql.ts';
import { AppError } from '../errors.ts';
import type { Gate, Origin, Services } from '../services.ts';
import { type Caller, scopeValues } from './caller.ts';

/** A condition on every request of a caller. */
interface GateRule {
  readonly name: string;
  /** SQL that holds for those whom the gate lets through. */
  readonly open: string;
  /** Names of operations that are let through a closed gate, for what opens it. */
  readonly allow: readonly string[];
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An open gate is not asked again for a second; a closed one always is, so that whoever opened it gets through at once. */
const KEPT = 1000;
const MOST = 10_000;

/** A gate is asked before an operation, in the order of gates: the first that is closed decides, it lets through all the rest or refuses. */
export function gate(rule: GateRule): Gate {
  const opened = new WeakMap<Services, Map<string, number>>();
  return async (services, caller, origin, operation) => {
    const known = opened.get(services) ?? new Map<string, number>();
    opened.set(services, known);
    if (await isOpen(services, caller, origin, rule, known)) return true;
    if (rule.allow.includes(operation)) return false;
    throw new AppError(rule.status, rule.code, rule.message);
  };
}

async function isOpen(services: Services, caller: Caller, origin: Origin, rule: GateRule, known: Map<string, number>): Promise<boolean> {
  const key = `${caller.sessionId ?? ''}:${origin.address ?? ''}`;
  const now = Date.now();
  if ((known.get(key) ?? 0) > now) return true;
  const values = {
    ...scopeValues(caller, services.permissions, services.settings, new Date(now)),
    request_id: origin.correlation,
    request_ip: origin.address,
    request_user_agent: origin.userAgent,
  };
  const [row] = await select<{ open: boolean }>(services.database, `SELECT (${rule.open}) AS open`, values);
  if (!row?.open) return false;
  if (known.size >= MOST) known.clear();
  known.set(key, now + KEPT);
  return true;
}
