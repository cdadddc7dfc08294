import { forbidden, unauthenticated } from '../errors.ts';
import type { SqlValues } from '../database/sql.ts';

/** Who calls. A stranger is a caller too: one without a user, a session or any permission. */
export interface Caller {
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** Why the credentials that came were refused, if they were: told when signing in turns out to be needed. */
  readonly refusal: string | null;
  readonly signedIn: boolean;
  //@organizations /** The organization in which the caller acts; null where there is none. */
  //@organizations readonly organizationId: string | null;
  //@organizations /** What the caller may there: by a role of their own, or one that they hold in it. */
  //@organizations readonly here: ReadonlySet<string>;
  can(permission: string): boolean;
  //@organizations canHere(permission: string): boolean;
}

export interface Holder {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  //@organizations readonly organizationId?: string | null;
  //@organizations /** Permissions of the role that is held in the organization. */
  //@organizations readonly permissionsHere?: readonly string[];
}

export function callerOf(holder: Holder): Caller {
  const permissions = new Set(holder.permissions);
  //@organizations const here = new Set([...holder.permissions, ...(holder.permissionsHere ?? [])]);
  return {
    userId: holder.userId,
    sessionId: holder.sessionId,
    roles: holder.roles,
    permissions,
    refusal: null,
    signedIn: true,
    //@organizations organizationId: holder.organizationId ?? null,
    //@organizations here,
    can: (permission) => permissions.has(permission),
    //@organizations canHere: (permission) => here.has(permission),
  };
}

export function stranger(refusal: string | null = null): Caller { //@no-organizations
  return { userId: null, sessionId: null, roles: [], permissions: new Set(), refusal, signedIn: false, can: () => false }; //@no-organizations
//@organizations export function stranger(refusal: string | null = null, organizationId: string | null = null): Caller {
  //@organizations return {
    //@organizations userId: null,
    //@organizations sessionId: null,
    //@organizations roles: [],
    //@organizations permissions: new Set(),
    //@organizations refusal,
    //@organizations signedIn: false,
    //@organizations organizationId,
    //@organizations here: new Set(),
    //@organizations can: () => false,
    //@organizations canHere: () => false,
  //@organizations };
}

const refusals: Readonly<Record<string, string>> = {
  token_expired: 'Your access has expired. Refresh it or sign in again.',
  unauthenticated: 'Sign in to do this.',
};

/** Refuses a caller: 401 for a stranger, because signing in might help, else 403. */
export function refuse(caller: Caller): never {
  if (caller.signedIn) throw forbidden();
  const code = caller.refusal ?? 'unauthenticated';
  throw unauthenticated(code, refusals[code]);
}

// The id of no row: to be nobody must not equal a column that is empty.
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The parameters that scopes may name: the caller, each permission as `:can_users_read`, each setting as `:setting_docs_public`. */
export function scopeValues(caller: Caller, permissions: readonly string[], settings: SqlValues, now: Date): SqlValues {
  const values: Record<string, SqlValues[string]> = {
    ...settings,
    actorId: caller.userId ?? NOBODY,
    sessionId: caller.sessionId ?? NOBODY,
    //@organizations organizationId: caller.organizationId ?? NOBODY,
    signedIn: caller.signedIn,
    now,
    today: now.toISOString().slice(0, 10),
  };
  for (const permission of permissions) values[`can_${parameterName(permission)}`] = caller.can(permission);
  //@organizations for (const permission of permissions) values[`here_${parameterName(permission)}`] = caller.canHere(permission);
  return values;
}

export function parameterName(key: string): string {
  return key.replaceAll(/\W/g, '_');
}

/** The caller as the owner of a new row; a stranger is asked to sign in. */
export function ownerOf(caller: Caller): string {
  return caller.userId ?? refuse(caller);
}

/** Refuses an input that names a field which this caller may not write. */
export function permitted(caller: Caller, allowed: Readonly<Record<string, boolean>>, input: object): void {
  for (const [field, may] of Object.entries(allowed)) {
    if (!may && Object.hasOwn(input, field)) refuse(caller);
  }
}

/** For what is open to strangers, with whatever credentials they come. */
export const anyone = (): boolean => true;

/** For what rows decide: strangers may come, but who brings credentials that do not hold is told so instead of finding less than is theirs. */
export const whoever = (caller: Caller): boolean => caller.refusal === null;
