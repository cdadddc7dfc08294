import type { Invocation } from '../../../shared/actions/operation.ts';
import { inTransaction } from '../../../shared/actions/transaction.ts';
import type { Unit } from '../../../shared/actions/unit.ts';
import { AppError } from '../../../shared/errors.ts';
import { select } from '../../../shared/database/sql.ts';
import { User } from './names.ts';
import { passwordMatches } from './password.ts';
import { openSession, type Tokens } from './tokens.ts';

export interface LoginInput {
  email: string;
  password: string;
}

export interface SignedIn {
  readonly user: User;
  readonly tokens: Tokens;
}

/**
 * Signs a person in. An unknown address, a wrong password and a user who is not active get the same answer after the same time. The
 * password is compared outside of the transaction, so that slow work holds no connection.
 */
export async function login(invocation: Invocation, input: LoginInput): Promise<SignedIn> {
  const { services, caller, origin } = invocation;
  const [found] = await select<{ id: string; password_hash: string | null; active: boolean }>(
    services.database,
    `SELECT id, password_hash, active FROM ${tableOfUsers()} WHERE email = :email AND deleted_at IS NULL`,
    { email: input.email },
  );
  const matches = await passwordMatches(input.password, found?.password_hash);
  if (!found || !matches || !found.active) {
    await inTransaction(services, caller, origin, (unit) => unit.announce('login_failed', { email: input.email }));
    throw badCredentials();
  }
  return inTransaction(services, caller, origin, (unit) => signIn(unit, found));
}

async function signIn(unit: Unit, found: { id: string; password_hash: string | null }): Promise<SignedIn> {
  const user = await unit.lock(User, found.id);
  // Between the comparison and the lock the user may have been changed.
  if (!user?.active || user.password_hash !== found.password_hash) throw badCredentials();
  await unit.set(user, { last_login_at: unit.now });
  const tokens = await openSession(unit, { user });
  await unit.announce('logged_in', { user: user.id, email: user.email });
  return { user, tokens };
}

function badCredentials(): AppError {
  return new AppError(401, 'bad_credentials', 'The e-mail address or the password is wrong.');
}

function tableOfUsers(): string {
  return `"${String(User.getTableName())}"`;
}
