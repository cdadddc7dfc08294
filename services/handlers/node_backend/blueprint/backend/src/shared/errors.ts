/** Every failure that a caller can cause, in the one shape in which it is answered. */

export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export class AppError extends Error {
  override name = 'AppError';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    fields: readonly FieldProblem[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.headers = headers;
  }
}

export function badRequest(message: string, field?: string): AppError {
  return new AppError(400, 'bad_request', message, field === undefined ? [] : [{ field, code: 'bad_request', message }]);
}

export function unauthenticated(code = 'unauthenticated', message = 'Sign in to do this.'): AppError {
  return new AppError(401, code, message, [], { 'WWW-Authenticate': 'Bearer' });
}

export function forbidden(message = 'You may not do this.'): AppError {
  return new AppError(403, 'forbidden', message);
}

export function notFound(message = 'There is nothing here.'): AppError {
  return new AppError(404, 'not_found', message);
}

export function conflict(message: string, fields: readonly FieldProblem[] = []): AppError {
  return new AppError(409, 'conflict', message, fields);
}

export function invalid(fields: readonly FieldProblem[]): AppError {
  const message = fields.length === 1 && fields[0] ? fields[0].message : 'Some values cannot be accepted.';
  return new AppError(422, 'validation_failed', message, fields);
}

export function notReady(message = 'A part that this depends on does not answer. Try again shortly.'): AppError {
  return new AppError(503, 'not_ready', message, [], { 'Retry-After': '2' });
}
