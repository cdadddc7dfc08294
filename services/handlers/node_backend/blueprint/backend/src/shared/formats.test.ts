import { describe, expect, it } from 'vitest';
import { network, recurrence, zone } from './formats.ts';
import { type Joi, check, object } from './validate.ts';

function taken(schema: Joi.StringSchema, value: string): boolean {
  try {
    check(object<{ value: string }>({ value: schema.required() }), { value });
    return true;
  } catch {
    return false;
  }
}

describe('formats', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['2001:db8::/32', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0', false],
    ['10.0.0.0/8/8', false],
    ['10.0.0.0/-1', false],
    ['network/8', false],
  ])('a network: %s', (value, right) => {
    expect(taken(network(), value)).toBe(right);
  });

  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Europe/Atlantis', false],
    ['+02:00', false],
    ['here', false],
  ])('a time zone: %s', (value, right) => {
    expect(taken(zone(), value)).toBe(right);
  });

  it.each([
    ['FREQ=DAILY', true],
    ['FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2', true],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=10', true],
    ['FREQ=YEARLY;BYMONTH=1,12;UNTIL=20301231T000000Z', true],
    ['BYDAY=MO', false],
    ['FREQ=NEVER', false],
    ['FREQ=DAILY;FREQ=WEEKLY', false],
    ['FREQ=DAILY;COUNT=2;UNTIL=20301231', false],
    ['FREQ=DAILY;BYDAY=', false],
    ['FREQ=DAILY;constructor=1', false],
    ['FREQ=DAILY;', false],
    ['every day', false],
  ])('a recurrence: %s', (value, right) => {
    expect(taken(recurrence(), value)).toBe(right);
  });
});
