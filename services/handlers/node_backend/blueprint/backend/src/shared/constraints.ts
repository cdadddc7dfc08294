import { BaseError, ConnectionError, DatabaseError, ForeignKeyConstraintError } from 'sequelize';
import type { AppError} from './errors.ts';
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

/** The answer for an error of the database, or undefined when the caller is not its cause. */
export function answerFor(error: unknown, answers: ConstraintAnswers): AppError | undefined {
  if (error instanceof ConnectionError) return notReady();
  const cause = driverError(error);
  if (!cause?.code) return undefined;
  const known = cause.constraint === undefined ? undefined : Object.hasOwn(answers, cause.constraint) ? answers[cause.constraint] : undefined;
  if (known) {
    const fields = known.field === undefined ? [] : [{ field: known.field, code: known.code ?? 'conflict', message: known.message }];
    return known.status === 422 ? invalid(fields.length > 0 ? fields : [{ field: '', code: 'invalid', message: known.message }]) : conflict(known.message, fields);
  }
  return unnamed(error, cause);
}

function unnamed(error: unknown, cause: DriverError): AppError | undefined {
  switch (cause.code) {
    case '23505':
    case '23P01':
      return conflict('This clashes with what is there already.');
    case '23503':
      return error instanceof ForeignKeyConstraintError && isDelete(error)
        ? conflict('Something else still refers to this.')
        : conflict('Something that this refers to is gone.');
    case '23001':
      return conflict('Something else still refers to this.');
    case '23514':
      return conflict('A rule of the application forbids this.');
    case '23502':
      return conflict('A value that is required is missing.');
    case '22003':
    case '22P02':
    case '22007':
    case '22008':
    case '22021':
      return invalid([{ field: cause.column ?? '', code: 'invalid', message: 'A value is out of range or malformed.' }]);
    case '40P01':
    case '40001':
      return conflict('Somebody else changed this at the same time. Try again.');
    case '57014':
      return notReady('This took too long and was stopped.');
    case '53300':
    case '57P01':
    case '57P02':
    case '57P03':
      return notReady();
    default:
      return undefined;
  }
}

function isDelete(error: ForeignKeyConstraintError): boolean {
  return error instanceof DatabaseError && /^\s*delete/i.test(error.sql ?? '');
}
