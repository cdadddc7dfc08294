import { ConnectionError, DatabaseError, ForeignKeyConstraintError } from 'sequelize';
import { describe, expect, it } from 'vitest';
import { answerFor, isRace } from '../src/shared/constraints.ts';

/** An error as the driver gives it to Sequelize. */
function violation(code: string, more: { constraint?: string; column?: string; sql?: string } = {}): DatabaseError {
  return new DatabaseError(Object.assign(new Error('secret text of the database'), { code, sql: '', ...more }));
}

const answers = {
  notes_title_key: { status: 409, field: 'title', code: 'unique', message: 'Taken.' },
  notes_order_rule: { status: 409, message: 'In this order only.' },
  notes_pages_check: { status: 422, field: 'pages', message: 'Too many.' },
  notes_check: { status: 422, message: 'These do not fit.' },
} as const;

describe('errors of the database', () => {
  it.each([
    ['notes_title_key', 409, 'Taken.', [{ field: 'title', code: 'unique', message: 'Taken.' }]],
    ['notes_order_rule', 409, 'In this order only.', []],
    ['notes_pages_check', 422, 'Too many.', [{ field: 'pages', code: 'conflict', message: 'Too many.' }]],
    ['notes_check', 422, 'These do not fit.', [{ field: '', code: 'invalid', message: 'These do not fit.' }]],
  ])('are told by the name of the constraint: %s', (constraint, status, message, fields) => {
    expect(answerFor(violation('23514', { constraint }), answers)).toMatchObject({ status, message, fields });
  });

  it.each([
    ['23505', 409],
    ['23503', 409],
    ['23514', 409],
    ['40001', 409],
    ['22003', 422],
    ['57014', 503],
    ['57P01', 503],
  ])('are told by their code %s where nothing knows the name, and show none of their text', (code, status) => {
    const answer = answerFor(violation(code, { constraint: 'toString', column: 'pages' }), answers);
    expect(answer?.status).toBe(status);
    expect(answer?.message).not.toContain('secret');
  });

  it('tell a row that is in use from one that is gone', () => {
    const broken = (sql: string) => new ForeignKeyConstraintError({ parent: Object.assign(new Error('x'), { code: '23503', sql }), fields: {} } as never);
    expect(answerFor(broken('DELETE FROM notes'), {})?.message).toBe('Something else still refers to this.');
    expect(answerFor(broken('INSERT INTO notes'), {})?.message).toBe('Something that this refers to is gone.');
  });

  it('are 503 without a connection, and nothing where they are mistakes of ours', () => {
    expect(answerFor(new ConnectionError(new Error('refused')), {})?.status).toBe(503);
    expect(answerFor(violation('42601'), {})).toBeUndefined();
    expect(answerFor(new Error('x'), {})).toBeUndefined();
  });

  it('are tried again after a race', () => {
    expect([violation('40P01'), violation('40001'), violation('23505'), new Error('x')].map(isRace)).toEqual([true, true, false, false]);
  });
});
