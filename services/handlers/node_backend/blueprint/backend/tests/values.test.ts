import { describe, expect, it } from 'vitest';
import * as values from '../src/shared/values.ts';

describe('values', () => {
  const noon = new Date('2026-01-31T12:00:00Z');

  it('compare moments, and the lack of one', () => {
    expect(values.sameTime(noon, new Date(noon))).toBe(true);
    expect(values.sameTime(noon, null)).toBe(false);
    expect(values.sameTime(undefined, null)).toBe(true);
    expect(values.later(noon, 1000).toISOString()).toBe('2026-01-31T12:00:01.000Z');
  });

  it('count days, months and workdays as a calendar does', () => {
    expect(values.addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(values.addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(values.daysBetween('2026-03-01', '2026-02-28')).toBe(1);
    expect(values.addMonths(noon, 1).toISOString()).toBe('2026-02-28T12:00:00.000Z');
    expect(values.addMonthsToDate('2028-01-31', 1)).toBe('2028-02-29');
    expect(values.addMonthsToDate('2026-03-31', -1)).toBe('2026-02-28');
    expect(values.yearOf('2026-01-31')).toBe(2026);
    expect(values.monthOf('2026-01-31')).toBe(1);
    // 2026-01-30 is a Friday.
    expect(['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02'].map(values.weekdayOf)).toEqual([5, 6, 7, 1]);
    expect(values.workdays('2026-01-30', '2026-02-02')).toBe(2);
    expect(values.workdays('2026-02-02', '2026-01-30')).toBe(0);
  });

  it('tell date and time in a zone', () => {
    const late = new Date('2026-01-31T23:30:05Z');
    expect([values.dateOf(late), values.timeOf(late)]).toEqual(['2026-01-31', '23:30:05']);
    expect([values.dateOf(late, 'Europe/Berlin'), values.timeOf(late, 'Europe/Berlin')]).toEqual(['2026-02-01', '00:30:05']);
  });

  it('trim, count and compare', () => {
    expect(values.trimmed(' \t a b \n')).toBe('a b');
    expect(values.characters('a😀')).toBe(2);
    expect(values.least(3, 1, 2)).toBe(1);
    expect(values.greatest('a', 'c', 'b')).toBe('c');
  });
});
