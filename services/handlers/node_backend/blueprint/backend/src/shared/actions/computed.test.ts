import { DataTypes, literal, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { Row } from '../database/row.ts';
import { answerFor } from '../constraints.ts';
import { defineFeature } from '../feature.ts';
import { stranger } from '../policy/caller.ts';
import { type Computed, slugOf } from './computed.ts';
import { inTransaction } from './transaction.ts';
import type { Unit } from './unit.ts';

class Leaflet extends Row<InferAttributes<Leaflet>, InferCreationAttributes<Leaflet>> {
  static override readonly entity = 'Leaflet';
  static override readonly kind = 'part';
  static override readonly title = 'title';
  static override readonly computed: readonly Computed[] = [
    { column: 'words', again: ['pages'], value: (_unit, row: Leaflet) => row.pages * 300 },
    { column: 'minutes', again: ['words'], value: (unit, row: Leaflet) => unit.value<number>('ceil(this.words / 200.0)::int', row) },
  ];
  static override readonly slugs = [{ column: 'slug', from: 'title', most: 20 }];

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare title: string;
  declare slug: CreationOptional<string>;
  declare pages: CreationOptional<number>;
  declare words: CreationOptional<number>;
  declare minutes: CreationOptional<number>;
}

const leaflets = defineFeature({
  name: 'leaflets',
  models: [Leaflet],
  define: (sequelize) =>
    void Leaflet.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
        created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
        title: { type: DataTypes.TEXT, allowNull: false },
        slug: { type: DataTypes.TEXT },
        pages: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
        words: { type: DataTypes.INTEGER },
        minutes: { type: DataTypes.INTEGER },
      },
      { sequelize, modelName: 'Leaflet', tableName: 'test_leaflets', timestamps: false },
    ),
});

describe('columns that follow from their row', () => {
  let app: TestApp;
  const within = <T>(work: (unit: Unit) => Promise<T>): Promise<T> =>
    inTransaction(app.services, stranger(), { correlation: 'test', address: null, userAgent: null }, work);
  const write = (values: { title: string; slug?: string; pages?: number; words?: number }) => within((unit) => unit.insert(Leaflet, values));

  beforeAll(async () => {
    app = await startTestApp({}, [leaflets]);
    await app.services.database.query(`CREATE TABLE test_leaflets (
      id uuid PRIMARY KEY DEFAULT uuidv7(), created_at timestamptz NOT NULL DEFAULT now(), title text NOT NULL,
      slug text NOT NULL UNIQUE, pages int NOT NULL, words int NOT NULL, minutes int NOT NULL)`);
  });

  afterAll(() => app.close());

  it('are computed of a row before it is stored, unless they are given', async () => {
    expect(await write({ title: 'Two pages', pages: 2 })).toMatchObject({ slug: 'two-pages', words: 600, minutes: 3 });
    expect(await write({ title: 'Given', slug: 'mine', words: 1 })).toMatchObject({ slug: 'mine', words: 1, minutes: 1 });
  });

  it('are computed again with what they follow, and else stay', async () => {
    const { id } = await write({ title: 'Growing' });
    const change = (values: { title?: string; pages?: number; words?: number }) =>
      within(async (unit) => {
        const row = await unit.lock(Leaflet, id);
        if (row) await unit.set(row, values);
        return row;
      });
    expect(await change({ pages: 4 })).toMatchObject({ words: 1200, minutes: 6 });
    expect(await change({ words: 50 })).toMatchObject({ words: 50, minutes: 1 });
    expect(await change({ title: 'Renamed' })).toMatchObject({ slug: 'growing', words: 50 });
    expect(await change({ pages: 2, words: 7 })).toMatchObject({ words: 7 });
  });

  it('give eight who write one title at the same time eight slugs', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => write({ title: 'One title for all of them' })));
    const expected = ['one-title-for-all-of', ...[2, 3, 4, 5, 6, 7, 8].map((number) => `one-title-for-${number}`)];
    expect(made.map(({ slug }) => slug).toSorted()).toEqual(expected.toSorted());
  });

  it('answer 409 where a value that is required turns out to be none', async () => {
    const nothing = null as unknown as string;
    const error = await write({ title: nothing }).catch((reason: unknown) => reason);
    expect(answerFor(error, {})).toMatchObject({ status: 409, message: 'A value that is required is missing.' });
  });

  it('give a text without a letter the name of what it is', async () => {
    expect((await write({ title: '!?' })).slug).toBe('leaflet');
    expect((await write({ title: '…' })).slug).toBe('leaflet-2');
  });
});

describe('slugs', () => {
  it.each([
    ['  Käse & Brötchen — 100%  ', 'kase-brotchen-100'],
    ['STRASSE, Straße', 'strasse-strasse'],
    ['Ærøskøbing Łódź', 'aeroskobing-lodz'],
    ['日本', ''],
    ['a'.repeat(40), 'a'.repeat(30)],
    [`${'a'.repeat(29)} b`, 'a'.repeat(29)],
  ])('of %s are %s', (text, slug) => {
    expect(slugOf(text, 30)).toBe(slug);
  });
});
