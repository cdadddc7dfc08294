import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataTypes, Model, Sequelize } from 'sequelize';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { Services } from '../services.ts';
import { opening, seal, sealedColumn, unseal, vault } from './index.ts';

const PLACE = 'accounts.iban';
const FIRST = `first:${Buffer.alloc(32, 1).toString('base64')}`;
const SECOND = `second:${Buffer.alloc(32, 2).toString('base64')}`;

const configured = (keys: string): Config => readConfig({ NODE_ENV: 'test', ENCRYPTION_KEYS: keys });
const attach = (config: Config): void => void vault.attach({ config } as Services);

describe('the vault', () => {
  beforeEach(() => attach(configured(FIRST)));

  it.each(['DE02 1203 0000', '', 'ä🙂', 42, { a: [1, null] }])('opens %j as it was', (value) => {
    const sealed = seal(PLACE, value);
    expect(sealed).toMatch(/^first\.[A-Za-z0-9_-]{38,}$/);
    expect(unseal(PLACE, sealed)).toEqual(value);
  });

  it('says nothing of the value: the same text is sealed differently every time', () => {
    expect(seal(PLACE, 'DE02')).not.toBe(seal(PLACE, 'DE02'));
  });

  it('keeps null', () => {
    expect(seal(PLACE, null)).toBeNull();
    expect(opening(PLACE)(null)).toBeNull();
  });

  it('opens nothing that was changed, or that comes from another column', () => {
    const sealed = String(seal(PLACE, 'DE02'));
    const middle = sealed.length - 8;
    const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    expect(() => unseal(PLACE, changed)).toThrow(/auth/i);
    expect(() => unseal('accounts.bic', sealed)).toThrow(/auth/i);
    expect(() => unseal(PLACE, `${sealed.slice(0, 30)}`)).toThrow(/auth/i);
  });

  it('opens what an older key sealed, and seals with the first', () => {
    const old = seal(PLACE, 'DE02');
    attach(configured(`${SECOND},${FIRST}`));
    expect(unseal(PLACE, old)).toBe('DE02');
    expect(seal(PLACE, 'DE02')).toMatch(/^second\./);
    attach(configured(SECOND));
    expect(() => unseal(PLACE, old)).toThrow('accounts.iban holds a value whose key is not among ENCRYPTION_KEYS.');
  });

  it('completes example rows', () => {
    const json = Buffer.from('"DE02 \'1203\'"').toString('base64url');
    const complete = vault.seeds?.(configured(FIRST));
    const sql = complete?.(`INSERT INTO accounts (iban, name) VALUES ('seal:${PLACE}:${json}', 'seal: a name');`) ?? '';
    expect(sql).toContain(", 'seal: a name');");
    expect(unseal(PLACE, /'(first\.[^']+)'/.exec(sql)?.[1])).toBe("DE02 '1203'");
  });
});

describe('an encrypted column', () => {
  class Account extends Model {
    declare iban: string | null;
  }
  beforeEach(() => {
    attach(configured(FIRST));
    Account.init({ iban: sealedColumn(PLACE), name: DataTypes.TEXT }, { sequelize: new Sequelize({ dialect: 'postgres' }) });
  });

  it('is a value to code and sealed to the table', () => {
    const row = Account.build({ iban: 'DE02' });
    expect(row.iban).toBe('DE02');
    expect(row.getDataValue('iban')).toMatch(/^first\./);
  });

  it('keeps the seal of a value that does not change', () => {
    const row = Account.build({ iban: seal(PLACE, 'DE02') }, { isNewRecord: false, raw: true });
    row.set({ iban: 'DE02' });
    expect(row.changed()).toBe(false);
    row.set({ iban: 'DE03' });
    expect(row.changed()).toEqual(['iban']);
    row.set({ iban: null });
    expect(row.getDataValue('iban')).toBeNull();
  });
});

describe('keys', () => {
  it('are required in production', () => {
    const env = { NODE_ENV: 'production', DATABASE_URL: 'postgres://x', JWT_SECRET: 'x'.repeat(32) };
    expect(() => attach(readConfig(env))).toThrow(ConfigError);
  });

  it.each(['secret', 'a:c2hvcnQ=', `${FIRST},`, `a b:${Buffer.alloc(32).toString('base64')}`])(
    'are pairs: %j is refused',
    (given) => {
      expect(() => attach(configured(given))).toThrow(/^ENCRYPTION_KEYS must be pairs/);
    },
  );

  it('are made once in development, for nobody else to read', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'vault-'));
    const development = readConfig({ DATA_DIR: folder });
    attach(development);
    const sealed = seal(PLACE, 'DE02');
    attach(development);
    expect(unseal(PLACE, sealed)).toBe('DE02');
    expect(statSync(path.join(folder, 'encryption_key')).mode & 0o777).toBe(0o600);
  });
});
