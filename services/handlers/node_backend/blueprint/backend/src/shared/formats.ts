import { isIP } from 'node:net';
import { type Joi, text } from './validate.ts';

/** A network such as `10.0.0.0/8`. */
export function network(): Joi.StringSchema {
  return text(2, 49, (value, helpers) => {
    const [base = '', bits = '', ...more] = value.split('/');
    const most = { 4: 32, 6: 128 }[isIP(base)] ?? -1;
    const whole = more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
    return whole ? value : helpers.error('text.network');
  });
}

/** A time zone by its name, such as `Europe/Berlin`; an offset is none, since it knows no summer. */
export function zone(): Joi.StringSchema {
  return text(1, 64, (value, helpers) => {
    try {
      new Date().toLocaleString('en', { timeZone: value });
    } catch {
      return helpers.error('text.zone');
    }
    return /^[A-Za-z]/.test(value) ? value : helpers.error('text.zone');
  });
}

const NUMBERS = /^[+-]?\d{1,3}(,[+-]?\d{1,3})*$/;
const COUNT = /^[1-9]\d{0,5}$/;
const RECURRING: Readonly<Record<string, RegExp>> = {
  FREQ: /^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: COUNT,
  COUNT,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  BYDAY: /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTH: NUMBERS,
  BYMONTHDAY: NUMBERS,
  BYYEARDAY: NUMBERS,
  BYWEEKNO: NUMBERS,
  BYSETPOS: NUMBERS,
  BYHOUR: NUMBERS,
  BYMINUTE: NUMBERS,
  BYSECOND: NUMBERS,
};

/** How often something comes again, as RFC 5545 writes it: `FREQ=WEEKLY;BYDAY=MO,WE`. */
export function recurrence(): Joi.StringSchema {
  return text(1, 500, (value, helpers) => {
    const parts = value.split(';').map((part) => part.split('=', 2) as [string, string?]);
    const names = new Set(parts.map(([name]) => name));
    const known = parts.every(([name, said = '']) => Object.hasOwn(RECURRING, name) && RECURRING[name]?.test(said));
    // An end is a number of times or a day, not both.
    const once = names.size === parts.length && names.has('FREQ') && !(names.has('COUNT') && names.has('UNTIL'));
    return known && once ? value : helpers.error('text.recurrence');
  });
}
