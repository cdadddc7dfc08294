import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { DataTypes, type Sequelize } from 'sequelize';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Application, buildApp } from '../../app.ts';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { inTransaction } from '../actions/transaction.ts';
import { connect } from '../database/connection.ts';
import { Row } from '../database/row.ts';
import { defineFeature } from '../feature.ts';
import { dispatch } from '../jobs/outbox.ts';
import { callerOf, stranger } from '../policy/caller.ts';
import type { RowSource } from '../query/rows.ts';
import { realtime } from './index.ts';

interface NoteColumns {
  id?: string;
  body: string;
  readers: string[];
}

class Note extends Row<NoteColumns, NoteColumns> {
  static override readonly entity = 'Note';
  static override readonly kind = 'resource';
  static override readonly title = 'body';
}

class User extends Row<{ id: string; name: string; active: boolean }, { id: string; name: string; active: boolean }> {
  static override readonly entity = 'User';
  static override readonly kind = 'resource';
  static override readonly title = 'name';
}

function define(sequelize: Sequelize): void {
  const id = { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 };
  Note.init({ id, body: DataTypes.TEXT, readers: DataTypes.ARRAY(DataTypes.UUID) } as never, { sequelize, tableName: 'live_notes', timestamps: false });
  User.init({ id, name: DataTypes.TEXT, active: DataTypes.BOOLEAN } as never, { sequelize, tableName: 'live_people', timestamps: false });
}

const notes: RowSource = {
  model: Note,
  table: 'live_notes',
  // A note that is marked so is told to its readers and may be read by none: it must not arrive.
  read: `t.body <> 'hidden'`,
  refer: 'TRUE',
  display: 't.body',
  columns: { id: 't.id', body: 't.body', mine: 't.readers[1] = :actorId' },
  can: {},
  filters: {},
  sorts: {},
  search: [],
  order: 't.id',
};

const ANN = '00000000-0000-7000-8000-00000000000a';
const BOB = '00000000-0000-7000-8000-00000000000b';

/** The token of a test is the id of the user. */
const feature = defineFeature({
  name: 'notes',
  models: [Note, User],
  define,
  capabilities: [realtime],
  live: [{ source: notes, users: 'SELECT unnest(t.readers)' }],
  identify: async (credentials, services) => {
    const id = /^Bearer (.+)$/.exec(credentials.get('authorization') ?? '')?.[1];
    if (id === undefined || !/^[0-9a-f-]{36}$/.test(id)) return stranger('unauthenticated');
    const [found] = await services.database.query('SELECT 1 FROM live_people WHERE id = $1 AND active', { bind: [id] });
    return found.length === 1 ? callerOf({ userId: id, sessionId: id, roles: [], permissions: [] }) : stranger('token_expired');
  },
});

type Heard = Record<string, unknown> & { type: string; position: number };

/** A page that is open. */
class Page {
  readonly heard: Heard[] = [];
  readonly socket: WebSocket;
  closed: number | undefined;

  constructor(port: number) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/api/stream`);
    this.socket.on('message', (data) => this.heard.push(JSON.parse(String(data)) as Heard));
    this.socket.on('close', (code) => (this.closed = code));
    this.socket.on('error', () => undefined);
  }

  async say(message: object | string): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async hello(user: string, position: number | null = null): Promise<void> {
    await this.say({ type: 'hello', token: user, position });
    await vi.waitFor(() => expect(this.heard.some(({ type }) => type === 'ready')).toBe(true), 3000);
  }

  events(): Heard[] {
    return this.heard.filter(({ type }) => type === 'event' || type === 'signal' || type === 'reset');
  }

  ends(): Promise<number> {
    return vi.waitFor(() => {
      if (this.closed === undefined) throw new Error('still open');
      return this.closed;
    }, 7000);
  }
}

describe('the live channel', () => {
  let app: TestApp;
  let other: Application;
  let servers: Server[];
  let silent: Page;
  const pages: Page[] = [];

  beforeAll(async () => {
    app = await startTestApp({ CORS_ORIGINS: 'https://friend.example' }, [feature]);
    await app.services.database.query(`CREATE TABLE live_people (id uuid PRIMARY KEY, name text, active boolean);
      CREATE TABLE live_notes (id uuid PRIMARY KEY, body text, readers uuid[]);
      CREATE TRIGGER deleted AFTER DELETE ON live_notes FOR EACH ROW EXECUTE FUNCTION system.record_delete('Note');
      INSERT INTO live_people VALUES ('${ANN}', 'Ann', true), ('${BOB}', 'Bob', true)`);
    // A second instance on the same database.
    other = buildApp({ config: app.services.config, database: connect(app.services.config.databaseUrl ?? ''), features: [feature], logging: { write: () => undefined } });
    servers = await Promise.all([app, other].map(serve));
    // It says nothing while the other tests run.
    silent = new Page(portOf(servers[0] as Server));
  });

  afterEach(() => {
    for (const page of pages.splice(0)) page.socket.terminate();
  });

  afterAll(async () => {
    await other.stop();
    await other.services.database.close();
    await app.close();
    for (const server of servers) server.close();
  });

  function open(instance = 0): Page {
    const page = new Page(portOf(servers[instance] as Server));
    pages.push(page);
    return page;
  }

  async function write(body: string, readers: string[]): Promise<Note> {
    const note = await inTransaction(app.services, stranger(), origin, (unit) => unit.create(Note, { body, readers }));
    await settle();
    return note;
  }

  /** What dispatchers do a moment later. */
  async function settle(): Promise<void> {
    while ((await dispatch(app.services)) > 0);
  }

  it('tells those it concerns, on every instance, each what they may read, and nobody else', async () => {
    const [ann, bob, far] = [open(), open(), open(1)];
    await Promise.all([ann.hello(ANN), bob.hello(BOB), far.hello(ANN)]);
    const note = await write('for ann', [ANN]);
    await write('for both', [BOB, ANN]);
    await write('hidden', [ANN, BOB]);
    await write('end', [ANN, BOB]);
    for (const page of [ann, bob, far]) await vi.waitFor(() => expect(page.events().at(-1)?.row).toMatchObject({ body: 'end' }), 3000);
    const bodies = (page: Page) => page.events().map(({ row }) => row);
    expect(bodies(ann)).toMatchObject([{ body: 'for ann', mine: true }, { body: 'for both', mine: false }, { body: 'end' }]);
    expect(bodies(bob)).toMatchObject([{ body: 'for both', mine: true }, { body: 'end' }]);
    expect(bodies(far)).toEqual(bodies(ann));
    expect(ann.events()[0]).toMatchObject({ type: 'event', name: 'Note.created', model: 'Note', id: note.id, position: expect.any(Number) });
  });

  it('tells of a deletion those who saw the row', async () => {
    const note = await write('short-lived', [ANN]);
    const [ann, bob] = [open(), open()];
    await Promise.all([ann.hello(ANN), bob.hello(BOB)]);
    await inTransaction(app.services, stranger(), origin, async (unit) => unit.remove(note));
    await settle();
    await write('end', [ANN, BOB]);
    for (const page of [ann, bob]) await vi.waitFor(() => expect(page.events().at(-1)?.row).toMatchObject({ body: 'end' }), 3000);
    expect(ann.events().at(-2)).toMatchObject({ name: 'Note.deleted', id: note.id, row: null });
    expect(bob.events()).toHaveLength(1);
  });

  it('misses nothing between two connections, while much is written', async () => {
    const first = open();
    await first.hello(ANN);
    await write('before', [ANN]);
    await vi.waitFor(() => expect(first.events()).toHaveLength(1), 3000);
    const { position } = first.events()[0] as Heard;
    first.socket.terminate();
    let written = 0;
    const writing = (async () => {
      for (; written < 40; written += 1) await write(`n ${written}`, [ANN]);
    })();
    await vi.waitFor(() => expect(written).toBeGreaterThan(10), 5000);
    const again = open(1);
    await again.hello(ANN, position);
    expect(again.heard[0]).toEqual({ type: 'ready', position });
    await writing;
    await vi.waitFor(() => expect(again.events()).toHaveLength(40), 5000);
    expect(again.events().map(({ row }) => (row as { body: string }).body)).toEqual(Array.from({ length: 40 }, (_, index) => `n ${index}`));
    const positions = again.events().map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('says so when what was missed is no longer kept, or was never there', async () => {
    const note = await write('old', [ANN]);
    await app.rows(`DELETE FROM system.outbox WHERE position <= (SELECT position FROM system.outbox WHERE row_id = :id) RETURNING id`, { id: note.id });
    await write('new', [ANN]);
    for (const position of [0, 1_000_000_000]) {
      const page = open();
      await page.hello(ANN, position);
      await vi.waitFor(() => expect(page.events()[0]?.type).toBe('reset'), 3000);
      expect(page.events()[0]?.position).toBe(page.heard[0]?.position);
    }
  });

  it('tells of a signal those who look, with who it is, and keeps nothing of it', async () => {
    const note = await write('here', [ANN, BOB]);
    const [ann, far] = [open(), open(1)];
    await Promise.all([ann.hello(ANN), far.hello(BOB)]);
    const kept = await app.rows('SELECT id FROM system.outbox');
    await app.services.live?.signal({ name: 'Note.typing', model: 'Note', id: note.id, actorId: ANN });
    await vi.waitFor(() => expect(far.events().filter(({ type }) => type === 'signal')).toEqual([{ type: 'signal', name: 'Note.typing', model: 'Note', id: note.id, actor: { id: ANN, display: 'Ann' } }]), 3000);
    expect(await app.rows('SELECT id FROM system.outbox')).toHaveLength(kept.length);
  });

  it('ends with the session, at once', async () => {
    const [ann, bob] = [open(), open(1)];
    await Promise.all([ann.hello(ANN), bob.hello(BOB)]);
    await inTransaction(app.services, stranger(), origin, async (unit) => {
      const user = await unit.lock(User, BOB);
      if (user) await unit.update(user, { active: false } as object);
    });
    await settle();
    expect(await bob.ends()).toBe(4401);
    expect(ann.closed).toBeUndefined();
    const late = open();
    await late.say({ type: 'hello', token: BOB, position: null });
    expect(await late.ends()).toBe(4401);
    await app.rows(`UPDATE live_people SET active = true RETURNING id`);
  });

  it('takes a new token of the same person, and of nobody else', async () => {
    const ann = open();
    await ann.hello(ANN);
    await ann.say({ type: 'token', token: ANN });
    await write('still here', [ANN]);
    await vi.waitFor(() => expect(ann.events()).toHaveLength(1), 3000);
    await ann.say({ type: 'token', token: BOB });
    expect(await ann.ends()).toBe(4401);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['another type', '{"type":"publish","token":"x"}'],
    ['a position that is none', '{"type":"hello","token":"x","position":"1"}'],
    ['a negative position', '{"type":"hello","token":"x","position":-1}'],
    ['a token before the greeting', '{"type":"token","token":"x"}'],
  ])('refuses %s', async (_what, message) => {
    const page = open();
    await page.say(message);
    expect(await page.ends()).toBe(4400);
  });

  it('refuses a message that is too large, too many of them, and who says nothing', async () => {
    const [large, many] = [open(), open()];
    await large.say('x'.repeat(20_000));
    expect(await large.ends()).toBe(1009);
    await many.hello(ANN);
    for (let time = 0; time < 100 && many.closed === undefined; time += 1) many.socket.send(JSON.stringify({ type: 'token', token: ANN }));
    expect(await many.ends()).toBe(4429);
    expect(await silent.ends()).toBe(4401);
  });

  it('answers a plain request, and another address, as any other', async () => {
    const port = portOf(servers[0] as Server);
    expect((await fetch(`http://127.0.0.1:${port}/api/stream`)).status).toBe(404);
    const socket = connectTcp(port, '127.0.0.1');
    socket.write('GET /api/other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1.1 404 /);
  });

  it('lets in pages of its own and of friends, and of nobody else', async () => {
    const port = portOf(servers[0] as Server);
    const from = async (origin: string): Promise<string> => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/stream`, { origin });
      const outcome = await Promise.race([once(socket, 'open').then(() => 'open'), once(socket, 'error').then(String)]).catch(String);
      socket.on('error', () => undefined);
      socket.terminate();
      return outcome;
    };
    expect(await from(`http://127.0.0.1:${port}`)).toBe('open');
    expect(await from('https://friend.example')).toBe('open');
    expect(await from('https://evil.example')).toContain('403');
    expect(await from('null')).toContain('403');
  });

  it('finds its database again, and has missed nothing', async () => {
    const ann = open();
    await ann.hello(ANN);
    await app.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'backend live' AND datname = current_database()`);
    await write('while it was away', [ANN]);
    await vi.waitFor(() => expect(ann.events()).toHaveLength(1), 5000);
  });

  it('cuts off who does not read', async () => {
    const slow = open();
    await slow.hello(ANN);
    slow.socket.pause();
    for (let time = 0; time < 30; time += 1) await write('x'.repeat(400_000), [ANN]);
    slow.socket.resume();
    expect([1006, 1013]).toContain(await slow.ends());
  });

  it('says goodbye when it stops', async () => {
    const third = buildApp({ config: app.services.config, database: connect(app.services.config.databaseUrl ?? ''), features: [feature], logging: { write: () => undefined } });
    const server = await serve(third);
    const page = new Page(portOf(server));
    await page.hello(ANN);
    await third.stop();
    expect(await page.ends()).toBe(1001);
    await third.services.database.close();
    server.close();
  });
});

const origin = { correlation: 'test', address: null, userAgent: null };

async function serve(application: Application): Promise<Server> {
  const server = createServer(application.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await application.listen(server);
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
