import { DataTypes, literal, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { Row } from '../database/row.ts';
import { defineFeature } from '../feature.ts';
import { stranger } from '../policy/caller.ts';
import { lockListOf, moveRow, type Neighbours } from './move.ts';
import { inTransaction } from './transaction.ts';
import type { Unit } from './unit.ts';

class Step extends Row<InferAttributes<Step>, InferCreationAttributes<Step>> {
  static override readonly entity = 'Step';
  static override readonly kind = 'part';
  static override readonly title = 'name';
  static override readonly lists = [{ by: 'place', within: ['plan'] }];

  declare id: CreationOptional<string>;
  declare name: string;
  declare plan: CreationOptional<string | null>;
  declare place: CreationOptional<number>;
}

const steps = defineFeature({
  name: 'steps',
  models: [Step],
  define: (sequelize) =>
    void Step.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
        name: { type: DataTypes.TEXT, allowNull: false },
        plan: { type: DataTypes.TEXT },
        place: { type: DataTypes.INTEGER },
      },
      { sequelize, modelName: 'Step', tableName: 'test_steps', timestamps: false },
    ),
});

describe('rows that stand in an order', () => {
  let app: TestApp;
  const within = <T>(work: (unit: Unit) => Promise<T>): Promise<T> =>
    inTransaction(app.services, stranger(), { correlation: 'test', address: null, userAgent: null }, work);
  const add = (name: string, plan: string | null, place?: number) => within((unit) => unit.insert(Step, { name, plan, ...(place !== undefined && { place }) }));
  const move = (id: string, to: Neighbours) =>
    within(async (unit) => {
      await lockListOf(Step)(unit, id);
      const row = await unit.lock(Step, id);
      if (row) await moveRow(unit, row, to);
      return row?.place;
    });
  const order = async (plan: string | null) => {
    const rows = await app.rows<{ text: string }>('SELECT place || name AS text FROM test_steps WHERE plan IS NOT DISTINCT FROM :plan::text ORDER BY place', { plan });
    return rows.map(({ text }) => text).join(' ');
  };

  beforeAll(async () => {
    app = await startTestApp({}, [steps]);
    await app.services.database.query(`CREATE TABLE test_steps (
      id uuid PRIMARY KEY DEFAULT uuidv7(), name text NOT NULL, plan text, place int NOT NULL,
      EXCLUDE ((coalesce(plan, '')) WITH =, place WITH =) DEFERRABLE INITIALLY IMMEDIATE)`);
  });

  afterAll(() => app.close());

  it('come last without a place, even if several come at once', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => add(name, 'new')));
    expect((await order('new')).replaceAll(/[a-z ]/g, '')).toBe('123');
    expect((await add('x', null, 7)).place).toBe(7);
    expect((await add('y', null)).place).toBe(8);
  });

  it('move before or after another, and the list keeps its places', async () => {
    const [a, b, c, d] = [await add('a', 'move', 1), await add('b', 'move', 2), await add('c', 'move', 5), await add('d', 'move', 9)];
    expect(await move(d.id, { before: b.id })).toBe(2);
    expect(await order('move')).toBe('1a 2d 5b 9c');
    expect(await move(a.id, { after: c.id })).toBe(9);
    expect(await order('move')).toBe('1d 2b 5c 9a');
    expect(await move(a.id, { after: a.id })).toBe(9);
    const elsewhere = await add('e', 'other');
    for (const to of [{}, { before: b.id, after: c.id }, { before: elsewhere.id }]) await expect(move(a.id, to)).rejects.toMatchObject({ status: 422 });
    await expect(move('0198c1d2-7a4e-7c3b-9f10-5d2b6f1a9e01', { before: b.id })).rejects.toMatchObject({ status: 404 });
  });

  it('have one place each after eight have moved them at the same time', async () => {
    const rows = await Promise.all(['a', 'b', 'c', 'd'].map((name) => add(name, 'race')));
    const moves = Array.from({ length: 8 }, (_, index) => {
      const [row, other] = [rows[index % 4], rows[(index + 1 + (index >> 2)) % 4]];
      return move(row?.id ?? '', index % 2 === 0 ? { before: other?.id ?? '' } : { after: other?.id ?? '' });
    });
    expect(await Promise.all(moves)).toHaveLength(8);
    const after = await order('race');
    expect(after.replaceAll(/[a-z ]/g, '')).toBe('1234');
    expect([...after.replaceAll(/[\d ]/g, '')].toSorted().join('')).toBe('abcd');
  });
});
