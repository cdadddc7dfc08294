import { BaseError, ConnectionError, DatabaseError, ForeignKeyConstraintError, ValidationError } from 'sequelize';
import type { AppError } from './errors.ts';
import { conflict, invalid, notReady } from './errors.ts';

/** What a violated constraint of the database means to the caller, told by the constraint's name. */
export interface ConstraintAnswer {
  readonly status: 409 | 422;
  readonly message: string;
  /** Field at fault, when there is one. */
  readonly field?: string;
  readonly code?: string;
}

export type ConstraintAnswers = Readonly<Record<string, ConstraintAnswer>>;

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
  readonly column?: string;
}

/** The driver's own error behind one of Sequelize. */
export function driverError(error: unknown): DriverError | undefined {
  if (!(error instanceof BaseError)) return undefined;
  const inner: unknown = 'parent' in error ? error.parent : 'original' in error ? error.original : undefined;
  return typeof inner === 'object' && inner !== null ? inner : undefined;
}

/** Lost a deadlock or a serialisation race: doing it again is right. */
export function isRace(error: unknown): boolean {
  const code = driverError(error)?.code;
  return code === '40P01' || code === '40001';
}

/** A unique rule was broken: there is such a row already. */
export function isTaken(error: unknown): boolean {
  return driverError(error)?.code === '23505';
}

/** There is something already that this would clash with: a unique rule, or one of spans and places. */
export function isClash(error: unknown): boolean {
  return isTaken(error) || driverError(error)?.code === '23P01';
}

/** The answer for an error of the database, or undefined when the caller is not its cause. */
export function answerFor(error: unknown, answers: ConstraintAnswers): AppError | undefined {
  if (error instanceof ConnectionError) return notReady();
  // What is computed for a required column may turn out to be nothing; it is found before the database is asked.
  if (error instanceof ValidationError && error.errors.some(({ validatorKey }) => validatorKey === 'is_null')) return conflict(MISSING);
  const cause = driverError(error);
  if (!cause?.code) return undefined;
  const known = cause.constraint === undefined ? undefined : Object.hasOwn(answers, cause.constraint) ? answers[cause.constraint] : undefined;
  if (known) {
    const fields = known.field === undefined ? [] : [{ field: known.field, code: known.code ?? 'conflict', message: known.message }];
    return known.status === 422 ? invalid(fields.length > 0 ? fields : [{ field: '', code: 'invalid', message: known.message }]) : conflict(known.message, fields);
  }
  return unnamed(error, cause);
}

const MISSING = 'A value that is required is missing.';

/** Codes of PostgreSQL that say which rule was broken, and what to tell the caller. */
const CONFLICTS = new Map([
  ['23505', 'This clashes with what is there already.'],
  ['23P01', 'This clashes with what is there already.'],
  ['23503', 'Something that this refers to is gone.'],
  ['23001', 'Something else still refers to this.'],
  ['23514', 'A rule of the application forbids this.'],
  ['23502', MISSING],
  ['40P01', 'Somebody else changed this at the same time. Try again.'],
  ['40001', 'Somebody else changed this at the same time. Try again.'],
]);
const MALFORMED = new Set(['22003', '22P02', '22007', '22008', '22021']);
const TIMED_OUT = '57014';
const UNAVAILABLE = new Set(['53300', '57P01', '57P02', '57P03']);

function unnamed(error: unknown, { code = '', column = '' }: DriverError): AppError | undefined {
  if (error instanceof ForeignKeyConstraintError && isDelete(error)) return conflict('Something else still refers to this.');
  const message = CONFLICTS.get(code);
  if (message !== undefined) return conflict(message);
  if (MALFORMED.has(code)) return invalid([{ field: column, code: 'invalid', message: 'A value is out of range or malformed.' }]);
  if (code === TIMED_OUT) return notReady('This took too long and was stopped.');
  return UNAVAILABLE.has(code) ? notReady() : undefined;
}

function isDelete(error: ForeignKeyConstraintError): boolean {
  return error instanceof DatabaseError && /^\s*delete/i.test(error.sql ?? '');
}
