import { DataTypes, type Sequelize } from 'sequelize';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Router } from 'express';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { Row } from '../database/row.ts';
import { defineFeature } from '../feature.ts';
import { stranger } from '../policy/caller.ts';
import { consumeToken, hashToken, issueToken } from '../tokens.ts';
import * as input from '../validate.ts';
import { tokenOperation } from './token.ts';
import { inTransaction } from './transaction.ts';

interface TicketColumns {
  token_hash: string;
  expires_at: Date;
  used_at: Date | null;
}

class Ticket extends Row<TicketColumns, TicketColumns> {
  static override readonly entity = 'Ticket';
  static override readonly kind = 'internal';
  declare used_at: Date | null;
}

function define(sequelize: Sequelize): void {
  const columns = { id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 }, token_hash: DataTypes.TEXT, expires_at: DataTypes.DATE, used_at: DataTypes.DATE };
  Ticket.init(columns as never, { sequelize, tableName: 'tickets', timestamps: false });
}

const routes = Router();
routes.post(
  '/api/tickets/redeem',
  tokenOperation({
    name: 'Ticket.redeem',
    model: Ticket,
    event: 'redeem',
    input: input.object<{ token: string; seats?: number }>({ token: input.text(16, 200).required(), seats: input.integer() }),
    if: [{ sql: `coalesce(:input_seats::int, 1) < 5`, message: 'There are not so many seats.' }],
    run: (_unit, row, { seats = 1 }) => (seats > 1 ? Promise.resolve({ id: row.id, seats }) : Promise.resolve()),
  }),
);

const origin = { correlation: 'test', address: null, userAgent: null };
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({}, [defineFeature({ name: 'tickets', models: [Ticket], define, routers: [routes] })]);
  await app.services.database.query('CREATE TABLE tickets (id uuid PRIMARY KEY, token_hash text UNIQUE, expires_at timestamptz, used_at timestamptz)');
});

afterAll(() => app.close());

async function issue(seconds: number): Promise<string> {
  return inTransaction(app.services, stranger(), origin, async (unit) => {
    const token = issueToken(32, seconds, unit.now);
    await unit.create(Ticket, token.columns);
    return token.secret;
  });
}

async function consume(secret: string): Promise<string | undefined> {
  return inTransaction(app.services, stranger(), origin, async (unit) => (await consumeToken(unit, Ticket, secret))?.id);
}

it('is known by its hash only, and is worth something once', async () => {
  const secret = await issue(60);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  const [row] = await app.rows<{ id: string; token_hash: string }>('SELECT id, token_hash FROM tickets');
  expect(row?.token_hash).toBe(hashToken(secret));
  expect(JSON.stringify(await app.rows('SELECT * FROM system.outbox'))).not.toContain(secret);
  expect(await consume(secret)).toBe(row?.id);
  expect(await consume(secret)).toBeUndefined();
});

it('goes to one of many who come at once', async () => {
  const secret = await issue(60);
  const found = await Promise.all(Array.from({ length: 8 }, () => consume(secret)));
  expect(found.filter((id) => id !== undefined)).toHaveLength(1);
});

it('is worth nothing after its time, or when nobody issued it', async () => {
  expect(await consume(await issue(-1))).toBeUndefined();
  expect(await consume('guess')).toBeUndefined();
});

it('does what its operation says, and is good still when that was not possible', async () => {
  const redeem = (token: string, more: object = {}) => app.stranger().post('/api/tickets/redeem', { token, ...more });
  const secret = await issue(60);
  await redeem(secret, { colour: 'red' }).expect(422);
  expect((await redeem(secret, { seats: 9 }).expect(409)).body.error.message).toBe('There are not so many seats.');
  expect((await redeem(secret, { seats: 2 }).expect(200)).body).toMatchObject({ seats: 2 });
  await redeem(secret, { seats: 2 }).expect(404);
  expect((await redeem(await issue(60)).expect(200)).body).toEqual({});
  const [event] = await app.rows<{ after: object }>(`SELECT after FROM system.outbox WHERE event = 'Ticket.redeem' ORDER BY created_at`);
  expect(JSON.stringify(event)).not.toContain(secret);
});
