import { isIP } from 'node:net';
import Joi from 'joi';
import { type FieldProblem, invalid } from './errors.ts';
import { isUuid, type Pointer } from './query/rows.ts';

/** Schemas of input. Each says exactly what it takes: nothing is converted, cut or left out in silence. */

export function object<T extends object>(fields: Joi.StrictSchemaMap<T>): Joi.ObjectSchema<T> {
  return Joi.object<T, true>(fields as Joi.StrictSchemaMap<T>).required();
}

type More = (value: string, helpers: Joi.CustomHelpers) => string | Joi.ErrorReport;

/** Characters are counted as people and PostgreSQL count them, not as UTF-16 does. `more` is asked when the length is right. */
export function text(least: number, most: number, more: More = (value) => value): Joi.StringSchema {
  const schema = Joi.string().custom((value: string, helpers) => {
    if (value.includes('\0')) return helpers.error('text.nul');
    const length = [...value].length;
    if (least > 0 && value.trim() === '') return helpers.error('text.empty');
    if (length < least) return helpers.error('text.short', { least });
    if (length > most) return helpers.error('text.long', { most });
    return more(value, helpers);
  });
  return least === 0 ? schema.allow('') : schema;
}

export function matching(least: number, most: number, pattern: RegExp): Joi.StringSchema {
  return text(least, most, (value, helpers) => (pattern.test(value) ? value : helpers.error('string.pattern.base')));
}

export function email(): Joi.StringSchema {
  return text(1, 254, (value, helpers) => {
    const lower = value.toLowerCase();
    return /^[^\s@"(),:;<>[\\\]]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(lower) ? lower : helpers.error('text.email');
  });
}

/** The length is bounded by what is sensible only: a passphrase may be long. */
export function password(least: number): Joi.StringSchema {
  return text(least, 200);
}

export function url(): Joi.StringSchema {
  return text(1, 2000, (value, helpers) => {
    const parsed = URL.parse(value);
    return parsed && ['http:', 'https:'].includes(parsed.protocol) ? value : helpers.error('text.url');
  });
}

export function integer(least = -2_147_483_648, most = 2_147_483_647): Joi.NumberSchema {
  return Joi.number().integer().min(least).max(most);
}

/** An exact decimal travels as a string. */
export function decimal(precision: number, scale: number, least?: string, most?: string): Joi.StringSchema {
  return Joi.string().custom((value: string, helpers) => {
    const match = /^-?(\d+)(?:\.(\d+))?$/.exec(value);
    const digits = match?.[1]?.replace(/^0+(?=\d)/, '') ?? '';
    if (!match || (match[2]?.length ?? 0) > scale || digits.length > precision - scale) return helpers.error('number.decimal', { precision, scale });
    if (least !== undefined && compareDecimals(value, least) < 0) return helpers.error('number.min', { limit: least });
    if (most !== undefined && compareDecimals(value, most) > 0) return helpers.error('number.max', { limit: most });
    return value;
  });
}

export function flag(): Joi.BooleanSchema {
  return Joi.boolean();
}

export function choice<T extends string>(...members: T[]): Joi.StringSchema<T> {
  return Joi.string<T>().valid(...members);
}

export function id(): Joi.StringSchema {
  return Joi.string().custom((value: string, helpers) => (isUuid(value) ? value.toLowerCase() : helpers.error('text.id')));
}

/** A whole set of ids. */
export function ids(most = 1000): Joi.ArraySchema<string[]> {
  return Joi.array<string[]>().items(id()).max(most);
}

/** One row of one of several models. */
export function pointer(...types: string[]): Joi.ObjectSchema<Pointer> {
  return Joi.object<Pointer, true>({ type: choice(...types).required(), id: id().required() });
}

/** A list of objects. */
export function list<T extends object>(item: Joi.ObjectSchema<T>, least: number, most: number): Joi.ArraySchema<T[]> {
  return Joi.array<T[]>().items(item.optional()).min(least).max(most);
}

export function date(): Joi.StringSchema {
  return Joi.string().custom((value: string, helpers) => {
    const valid = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
    return valid ? value : helpers.error('text.date');
  });
}

export function time(): Joi.StringSchema {
  return Joi.string().custom((value: string, helpers) =>
    /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(value) ? value : helpers.error('text.time'),
  );
}

export function timestamp(): Joi.StringSchema {
  return Joi.string().custom((value: string, helpers) => {
    const shaped = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(value);
    return shaped && !Number.isNaN(Date.parse(value)) ? value : helpers.error('text.timestamp');
  });
}

/** A checked timestamp as the moment it stands for. */
export function moment<T extends string | null | undefined>(value: T): Date | Exclude<T, string> {
  return typeof value === 'string' ? new Date(value) : (value as Exclude<T, string>);
}

/** A span of time such as `P1DT2H`. */
export function duration(): Joi.StringSchema {
  return text(2, 60, (value, helpers) =>
    /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(value) ? value : helpers.error('text.duration'),
  );
}

/** An IPv4 or IPv6 address. */
export function address(): Joi.StringSchema {
  return text(2, 45, (value, helpers) => (isIP(value) === 0 ? helpers.error('text.address') : value));
}

/** A place on earth, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export function point(): Joi.ObjectSchema<Point> {
  return Joi.object<Point, true>({ latitude: Joi.number().min(-90).max(90).required(), longitude: Joi.number().min(-180).max(180).required() });
}

/** A place as PostgreSQL writes it. */
export function pair<T extends Point | null | undefined>(given: T): T extends Point ? string : T {
  return (given ? `(${given.latitude},${given.longitude})` : given) as T extends Point ? string : T;
}

/** What was sent, by the columns that hold it as it is. */
export function byColumn<T extends object, C extends Record<string, keyof T>>(input: T, columns: C): { [K in keyof C]: T[C[K]] } {
  const values = Object.entries(columns).map(([column, member]) => [column, input[member]]);
  return Object.fromEntries(values) as { [K in keyof C]: T[C[K]] };
}

/** What people do not see, and leave empty; who fills it is none. */
export function trap(): Joi.StringSchema {
  return text(0, 255, (value, helpers) => (value === '' ? value : helpers.error('text.trap'))).allow(null);
}

/** Free JSON. NUL characters, which PostgreSQL cannot store, are refused wherever they stand. */
export function json(): Joi.AnySchema {
  return Joi.any().custom((value: unknown, helpers) => (JSON.stringify(value).includes(String.raw`\u0000`) ? helpers.error('text.nul') : value));
}

const unknown = ['unknown', 'There is no such field.'] as const;
const messages: Readonly<Record<string, readonly [code: string, message: string]>> = {
  'any.required': ['required', 'This is required.'],
  'any.only': ['choice', 'This is not one of the choices.'],
  'object.base': ['type', 'An object is expected.'],
  'object.unknown': unknown,
  'object.min': ['required', 'Nothing is to be changed.'],
  'array.base': ['type', 'A list is expected.'],
  'array.max': ['too_many', 'There are too many entries.'],
  'array.min': ['too_few', 'There are too few entries.'],
  'string.empty': ['required', 'This is required.'],
  'string.base': ['type', 'Text is expected.'],
  'string.pattern.base': ['format', 'This does not have the right form.'],
  'boolean.base': ['type', 'True or false is expected.'],
  'number.base': ['type', 'A number is expected.'],
  'number.integer': ['type', 'A whole number is expected.'],
  'number.unsafe': ['range', 'This number is too large.'],
  'number.infinity': ['range', 'This number is too large.'],
  'number.min': ['range', 'This must be at least {limit}.'],
  'number.max': ['range', 'This must be at most {limit}.'],
  'number.decimal': ['format', 'Enter a decimal number with at most {scale} decimals, as text.'],
  'text.nul': ['format', 'This contains a character that cannot be stored.'],
  'text.empty': ['required', 'This is required.'],
  'text.short': ['too_short', 'Enter at least {least} characters.'],
  'text.long': ['too_long', 'Enter at most {most} characters.'],
  'text.email': ['format', 'Enter an e-mail address.'],
  'text.url': ['format', 'Enter an address that begins with http:// or https://.'],
  'text.id': ['format', 'This is not an id.'],
  'text.date': ['format', 'Enter a date such as 2026-01-31.'],
  'text.time': ['format', 'Enter a time such as 09:30:00.'],
  'text.duration': ['format', 'Enter a span of time such as P1DT2H.'],
  'text.address': ['format', 'Enter an IP address.'],
  'text.network': ['format', 'Enter a network such as 10.0.0.0/8.'],
  'text.zone': ['format', 'Enter a time zone such as Europe/Berlin.'],
  'text.recurrence': ['format', 'Enter a rule such as FREQ=WEEKLY;BYDAY=MO.'],
  'text.trap': ['invalid', 'This has to stay empty.'],
  'text.timestamp': ['format', 'Enter a time such as 2026-01-31T12:00:00Z.'],
};

/** Checks input and gives it in its normal form; 422 with one entry for each field that is wrong. */
export function check<T>(schema: Joi.ObjectSchema<T>, input: unknown, convert = false): T {
  const result = schema.validate(input, { abortEarly: false, convert, errors: { render: false } });
  if (!result.error) return result.value as T;
  throw invalid(result.error.details.map(problem));
}

/** What is said of a field that an input does not have. */
export function unknownField(field: string): FieldProblem {
  const [code, message] = unknown;
  return { field, code, message };
}

function problem(detail: Joi.ValidationErrorItem): FieldProblem {
  const [code, template] = messages[detail.type] ?? ['invalid', 'This value cannot be accepted.'];
  const context: Readonly<Record<string, unknown>> = detail.context ?? {};
  const message = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(context[name]));
  return { field: detail.path.join('.'), code, message };
}

function compareDecimals(left: string, right: string): number {
  const scale = Math.max(...[left, right].map((value) => value.split('.')[1]?.length ?? 0));
  const [a, b] = [left, right].map((value) => {
    const [whole, fraction = ''] = value.split('.');
    return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  }) as [bigint, bigint];
  return a < b ? -1 : a > b ? 1 : 0;
}

export { Joi };
