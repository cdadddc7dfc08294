import { describe, expect, it } from 'vitest';
import * as input from '../src/shared/validate.ts';
import { AppError } from '../src/shared/errors.ts';

/** What is said of a value for the field `value`, or nothing where it is taken. */
function said(schema: input.Joi.Schema, value: unknown): string | undefined {
  try {
    input.check(input.object<{ value: unknown }>({ value: schema } as never), { value });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.fields.map(({ field, code }) => `${field} ${code}`).join();
  }
}

const UUID = '018f0000-0000-7000-8000-000000000000';

describe('input', () => {
  it.each<[string, input.Joi.Schema, unknown[]]>([
    ['text', input.text(2, 3), ['ab', '😀😀😀']],
    ['text that may be empty', input.text(0, 3), ['', 'abc']],
    ['a pattern', input.matching(1, 9, /^[a-z]+$/), ['abc']],
    ['an e-mail address', input.email(), ['a.b+c@example.org', 'A@EXAMPLE.ORG']],
    ['a password', input.password(8), ['12345678', 'x'.repeat(200)]],
    ['a web address', input.url(), ['https://example.org/a?b', 'http://localhost:1']],
    ['a whole number', input.integer(), [0, -2_147_483_648, 2_147_483_647]],
    ['a decimal', input.decimal(5, 2, '-1', '999.99'), ['0', '-1.00', '999.99', '007.5']],
    ['a flag', input.flag(), [true, false]],
    ['a choice', input.choice('red', 'green'), ['red']],
    ['an id', input.id(), [UUID, UUID.toUpperCase()]],
    ['ids', input.ids(2), [[], [UUID, UUID]]],
    ['a date', input.date(), ['2024-02-29']],
    ['a time', input.time(), ['23:59', '00:00:00']],
    ['a moment', input.timestamp(), ['2026-01-31T12:00Z', '2026-01-31T12:00:00.123456+02:00']],
    ['a span of time', input.duration(), ['P1DT2H', 'P3W', 'PT0.5S']],
    ['an address', input.address(), ['192.0.2.1', '2001:db8::1']],
    ['JSON', input.json(), [{ a: [1, null, 'x'] }, 'x', 5]],
  ])('takes %s', (_name, schema, given) => {
    expect(given.map((value) => said(schema, value))).toEqual(given.map(() => undefined));
  });

  it.each<[string, input.Joi.Schema, unknown, string]>([
    ['too short a text', input.text(2, 3), 'a', 'too_short'],
    ['too long a text', input.text(2, 3), 'abcd', 'too_long'],
    ['blanks for a text', input.text(1, 3), '  ', 'required'],
    ['an empty text', input.text(1, 3), '', 'required'],
    ['a NUL character', input.text(1, 3), 'a\0', 'format'],
    ['a number for a text', input.text(1, 3), 5, 'type'],
    ['null for a text', input.text(1, 3), null, 'type'],
    ['nothing where something is required', input.text(1, 3).required(), undefined, 'required'],
    ['what does not match', input.matching(1, 9, /^[a-z]+$/), 'A1', 'format'],
    ['an address without a domain', input.email(), 'a@b', 'format'],
    ['two addresses', input.email(), 'a@b.org,c@d.org', 'format'],
    ['a short password', input.password(8), '1234567', 'too_short'],
    ['another scheme', input.url(), 'javascript:alert(1)', 'format'],
    ['half an address', input.url(), 'example.org', 'format'],
    ['a fraction', input.integer(), 1.5, 'type'],
    ['a number as text', input.integer(), '1', 'type'],
    ['too small a number', input.integer(1, 9), 0, 'range'],
    ['too large a number', input.integer(), 2_147_483_648, 'range'],
    ['a number that is not exact', input.integer(), 2 ** 60, 'range'],
    ['too many decimals', input.decimal(5, 2), '1.234', 'format'],
    ['too many digits', input.decimal(5, 2), '1234.5', 'format'],
    ['a power of ten', input.decimal(5, 2), '1e2', 'format'],
    ['too small a decimal', input.decimal(5, 2, '0.5'), '0.49', 'range'],
    ['too large a decimal', input.decimal(5, 2, '0', '10'), '10.01', 'range'],
    ['a word for a flag', input.flag(), 'yes', 'type'],
    ['what is no choice', input.choice('red'), 'blue', 'choice'],
    ['what is no id', input.id(), 'x', 'format'],
    ['too many ids', input.ids(1), [UUID, UUID], 'too_many'],
    ['one id for a list', input.ids(), UUID, 'type'],
    ['a day that is none', input.date(), '2026-02-29', 'format'],
    ['a month that is none', input.date(), '2026-13-01', 'format'],
    ['a date in words', input.date(), 'today', 'format'],
    ['an hour that is none', input.time(), '24:00', 'format'],
    ['a moment without a zone', input.timestamp(), '2026-01-31T12:00:00', 'format'],
    ['a moment that is none', input.timestamp(), '2026-01-31T25:00:00Z', 'format'],
    ['a span of nothing', input.duration(), 'PT', 'format'],
    ['what is no address', input.address(), '192.0.2.256', 'format'],
    ['NUL within JSON', input.json(), { a: ['\0'] }, 'format'],
  ])('refuses %s', (_name, schema, value, code) => {
    expect(said(schema, value)?.replace(/^value(\.\d+)? /, '')).toBe(code);
  });

  it('names every field that is wrong, and those that are not there', () => {
    const schema = input.object<{ name: string; ids: string[] }>({ name: input.text(1, 9).required(), ids: input.ids() });
    expect.assertions(2);
    try {
      input.check(schema, { ids: ['x'], more: 1 });
    } catch (error) {
      expect((error as AppError).message).toBe('Some values cannot be accepted.');
      expect((error as AppError).fields).toEqual([
        { field: 'name', code: 'required', message: 'This is required.' },
        { field: 'ids.0', code: 'format', message: 'This is not an id.' },
        { field: 'more', code: 'unknown', message: 'There is no such field.' },
      ]);
    }
  });

  it('gives values in their normal form', () => {
    const schema = input.object<{ email: string; id: string }>({ email: input.email(), id: input.id() });
    expect(input.check(schema, { email: 'A@Example.ORG', id: UUID.toUpperCase() })).toEqual({ email: 'a@example.org', id: UUID });
    expect([input.moment('2026-01-31T12:00:00Z'), input.moment(null), input.moment(undefined)]).toEqual([new Date('2026-01-31T12:00:00Z'), null, undefined]);
  });
});
