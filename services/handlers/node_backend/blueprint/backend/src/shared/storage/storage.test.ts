import { createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Router } from 'express';
import { DataTypes, type Sequelize } from 'sequelize';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { shown } from '../actions/asking.ts';
import { nativeAction } from '../actions/operation.ts';
import { inTransaction } from '../actions/transaction.ts';
import { Row } from '../database/row.ts';
import { defineFeature, type Feature } from '../feature.ts';
import { workOnce } from '../jobs/jobs.ts';
import { callerOf, stranger } from '../policy/caller.ts';
import type { RowSource } from '../query/rows.ts';
import { integer, Joi, object, text } from '../validate.ts';
import { append, download, fileAction, fileAnswer, type FileColumns, type FileRow, fileRowAction, remove, start, storage, type StorageSettings, upload } from './index.ts';

class Stored extends Row<FileColumns, FileColumns> {
  static override readonly entity = 'Stored';
  static override readonly kind = 'resource';
  static override readonly title = 'name';
}

function define(sequelize: Sequelize): void {
  const columns = {
    id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 },
    uploaded_by_id: DataTypes.UUID,
    name: DataTypes.TEXT,
    content_type: DataTypes.TEXT,
    size: DataTypes.BIGINT,
    checksum: DataTypes.TEXT,
    received: DataTypes.BIGINT,
    storage_key: DataTypes.TEXT,
    state: DataTypes.TEXT,
  };
  Stored.init(columns as never, { sequelize, tableName: 'kept_files', timestamps: false });
}

const kept: RowSource = {
  model: Stored,
  table: 'kept_files',
  read: 't.uploaded_by_id = :actorId',
  refer: 'TRUE',
  display: 't.name',
  columns: { id: 't.id', name: 't.name', content_type: 't.content_type', size: 't.size::int', checksum: 't.checksum', state: 't.state' },
  can: { download: { by: `t.state = 'ready'` }, append: { by: `t.state = 'receiving'` } },
  filters: {},
  sorts: {},
  search: [],
  order: 't.id',
};

const ANN = '00000000-0000-7000-8000-00000000000a';
const BOB = '00000000-0000-7000-8000-00000000000b';
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(5000)]);
const PROGRAM = Buffer.concat([Buffer.from('7f454c46', 'hex'), randomBytes(2000)]);
const MOST = 1_000_000;

function featureWith(settings: Partial<StorageSettings>): Feature {
  const router = Router();
  const by = (caller: { signedIn: boolean }): boolean => caller.signedIn;
  router.post(
    '/api/files/upload',
    fileAction({
      name: 'upload',
      by,
      input: Joi.object({ note: text(0, 10) }),
      run: async (invocation, input, file) => ({ file: await shown(invocation, kept, (await upload(invocation, kept, input, file)).id) }),
    }),
  );
  router.post(
    '/api/files/start',
    nativeAction({
      name: 'start',
      by,
      input: object<{ name: string; size: number }>({ name: text(1, 255).required(), size: integer(0).required() }),
      run: async (invocation, input) => start(invocation, kept, input),
    }),
  );
  router.post(
    '/api/files/:id/append',
    fileRowAction<{ offset: number }, FileRow>({
      name: 'append',
      by,
      source: kept,
      rule: 'append',
      input: object<{ offset: number }>({ offset: integer(0).required() }),
      run: (invocation, row, input, file) => append(invocation, kept, row, input, file),
    }),
  );
  router.get('/api/files/:id/download', fileAnswer<FileRow>({ name: 'download', source: kept, rule: 'download', run: download }));
  router.post('/api/plain', nativeAction({ name: 'plain', run: async () => ({}) }));
  return defineFeature({
    name: 'files',
    models: [Stored],
    define,
    routers: [router],
    capabilities: [storage({ maxBytes: MOST, types: ['image/png', 'text/plain', 'text/csv'], store: 'disk', ...settings })],
    identify: async (credentials) => {
      const userId = credentials.get('x-user');
      return userId === undefined ? stranger() : callerOf({ userId, sessionId: userId, roles: [], permissions: [] });
    },
  });
}

const TABLE = `CREATE TABLE kept_files (id uuid PRIMARY KEY, uploaded_by_id uuid, name text, content_type text, size bigint, checksum text,
  received bigint CHECK (received <= size), storage_key text UNIQUE, state text)`;

describe.each(['disk', 's3'] as const)('files kept by %s', (kind) => {
  let folder: string;
  let bucket: Bucket;
  let app: TestApp;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'files-'));
    bucket = await Bucket.open();
    const s3 = { endpoint: bucket.endpoint, bucket: 'kept', key: 'AKID', secret: Bucket.secret };
    app = await startTestApp({ DATA_DIR: folder }, [featureWith({ store: kind, ...s3 })]);
    await app.services.database.query(TABLE);
  });

  afterAll(async () => {
    await app.close();
    bucket.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Keys of all that is kept. */
  async function objects(): Promise<string[]> {
    if (kind === 's3') return [...bucket.objects.keys()];
    const found = await readdir(path.join(folder, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  const send = (name: string, content: Buffer, user = ANN) => supertest(app.app).post('/api/files/upload').set('X-User', user).attach('content', content, name);
  const fetchFile = (id: string, user = ANN) => supertest(app.app).get(`/api/files/${id}/download`).set('X-User', user).redirects(1).buffer(true).parse(bytes as never);

  it('come in by their content, and go out as they came, to those who may', async () => {
    const { body } = await send('../../photo of "ö".png', PNG).expect(200);
    expect(body.file).toMatchObject({ name: 'photo of "ö".png', content_type: 'image/png', size: PNG.length, state: 'ready' });
    expect(body.file.checksum).toBe(createHash('sha256').update(PNG).digest('hex'));
    const answer = await fetchFile(body.file.id).expect(200);
    expect((answer.body as Buffer).equals(PNG)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'content-disposition': `attachment; filename="photo of ___.png"; filename*=UTF-8''photo%20of%20%22%C3%B6%22.png`,
    });
    const direct = await fetchFile(body.file.id).redirects(0);
    if (kind === 'disk') expect(direct.headers['x-content-type-options']).toBe('nosniff');
    else expect([direct.status, URL.parse(direct.headers.location ?? '')?.searchParams.get('X-Amz-Expires')]).toEqual([302, '60']);
    await fetchFile(body.file.id, BOB).expect(404);
    expect((await objects()).every((key) => /^[\w-]{32}$/.test(key))).toBe(true);
  });

  it('go out to the script of a page without leaving its origin, in parts as well', async () => {
    const { body } = await send('a.txt', Buffer.from('0123456789'));
    const fetched = () => fetchFile(body.file.id).set('Sec-Fetch-Mode', 'cors').redirects(0);
    const whole = await fetched().expect(200);
    expect([String(whole.body), whole.headers['content-disposition']]).toEqual(['0123456789', `attachment; filename="a.txt"; filename*=UTF-8''a.txt`]);
    const part = async (range: string) => fetched().set('Range', range);
    const middle = await part('bytes=2-4');
    expect([middle.status, String(middle.body), middle.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    expect(String((await part('bytes=7-')).body)).toBe('789');
    expect(String((await part('bytes=-2')).body)).toBe('89');
    expect(String((await part('bytes=5-100')).body)).toBe('56789');
    expect((await part('bytes=0-1,3-4')).status).toBe(200);
    const beyond = await part('bytes=10-');
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  it('are refused by what they are and by how much they are, and leave nothing behind', async () => {
    const before = await objects();
    const refused = await send('program.png', PROGRAM).expect(415);
    expect(refused.body.error.code).toBe('type_refused');
    await send('script.png', Buffer.from('#!/bin/sh\nid\n')).expect(415);
    await send('page.txt', Buffer.from('<!doctype html><script>alert(1)</script>')).expect(415);
    await send('drawing.txt', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>')).expect(415);
    await send('text.txt', Buffer.concat([Buffer.alloc(5000, 'x'), Buffer.alloc(10), Buffer.alloc(200_000, 'x')])).expect(415);
    const large = await send('large.png', Buffer.concat([PNG, Buffer.alloc(MOST)])).expect(413);
    expect(large.body.error.code).toBe('too_large');
    await send('a.txt', Buffer.from('x')).unset('X-User').expect(401);
    expect(await objects()).toEqual(before);
  });

  it('come in pieces, go on where they broke off, and are looked at as a whole', async () => {
    const content = Buffer.concat([PNG, randomBytes(3000)]);
    const start = await supertest(app.app).post('/api/files/start').set('X-User', ANN).send({ name: '../../etc/passwd', size: content.length }).expect(200);
    const { id } = start.body as { id: string };
    const piece = (from: number, to: number, offset = from, user = ANN) =>
      supertest(app.app).post(`/api/files/${id}/append`).set('X-User', user).field('offset', String(offset)).attach('content', content.subarray(from, to), 'blob');
    await fetchFile(id).expect(403);
    expect((await piece(0, 3000).expect(200)).body).toEqual({ received: 3000, state: 'receiving' });
    const again = await piece(0, 3000).expect(409);
    expect(again.body.error.code).toBe('offset_mismatch');
    await piece(3000, 4000, 3000, BOB).expect(404);
    await piece(3000, content.length + 1, 2999).expect(409);
    expect((await piece(3000, 4500).expect(200)).body).toEqual({ received: 4500, state: 'receiving' });
    expect((await piece(4500, content.length).expect(200)).body).toEqual({ received: content.length, state: 'ready' });
    expect(((await fetchFile(id).expect(200)).body as Buffer).equals(content)).toBe(true);
    await piece(0, 10, content.length).expect(403);
    expect((await objects()).filter((key) => key.includes('@'))).toEqual([]);
    await supertest(app.app).post('/api/files/start').set('X-User', ANN).send({ name: 'x', size: MOST + 1 }).expect(413);
  });

  it('take one of several pieces that come at once', async () => {
    const start = await supertest(app.app).post('/api/files/start').set('X-User', ANN).send({ name: 'race.txt', size: 2000 }).expect(200);
    const { id } = start.body as { id: string };
    const piece = (offset: number, letter: string) =>
      supertest(app.app).post(`/api/files/${id}/append`).set('X-User', ANN).field('offset', String(offset)).attach('content', Buffer.alloc(1000, letter), 'x');
    const answers = await Promise.all([...'abcd'].map((letter) => piece(0, letter)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409, 409]);
    const taken = 'abcd'[answers.findIndex(({ status }) => status === 200)] ?? '';
    await piece(1000, 'e').expect(200);
    expect(String((await fetchFile(id).expect(200)).body)).toBe(taken.repeat(1000) + 'e'.repeat(1000));
    expect((await objects()).filter((key) => key.includes('@'))).toEqual([]);
  });

  it('in pieces are refused at the first one, and never become more than was announced', async () => {
    const start = async (size: number) => (await supertest(app.app).post('/api/files/start').set('X-User', ANN).send({ name: 'x.png', size }).expect(200)).body.id as string;
    const piece = (id: string, content: Buffer) => supertest(app.app).post(`/api/files/${id}/append`).set('X-User', ANN).field('offset', '0').attach('content', content, 'x');
    await piece(await start(5000), PROGRAM).expect(415);
    await piece(await start(10), PNG).expect(413);
    const empty = await start(0);
    expect((await piece(empty, Buffer.alloc(0)).expect(200)).body).toEqual({ received: 0, state: 'ready' });
    expect((await fetchFile(empty).expect(200)).headers['content-length']).toBe('0');
  });

  it('go when their rows do, with pieces that never became whole', async () => {
    const { body } = await send('gone.txt', Buffer.from('gone')).expect(200);
    const started = await supertest(app.app).post('/api/files/start').set('X-User', ANN).send({ name: 'half.txt', size: 10 }).expect(200);
    await supertest(app.app).post(`/api/files/${started.body.id}/append`).set('X-User', ANN).field('offset', '0').attach('content', Buffer.from('half'), 'x').expect(200);
    const before = await objects();
    for (const id of [body.file.id, started.body.id]) {
      const [row] = await app.rows<{ storage_key: string }>('SELECT storage_key FROM kept_files WHERE id = :id', { id });
      await inTransaction(app.services, stranger(), { correlation: 'test', address: null, userAgent: null }, (unit) => remove(unit, { key: row?.storage_key ?? '' }));
    }
    expect(await objects()).toEqual(before);
    while (await workOnce(app.services));
    expect(await objects()).toHaveLength(before.length - 2);
  });

  it('that break off leave nothing behind', async () => {
    const before = await objects();
    const server = app.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connectTcp((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(`POST /api/files/upload HTTP/1.1\r\nHost: x\r\nX-User: ${ANN}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n`);
    socket.write('--b\r\nContent-Disposition: form-data; name="content"; filename="a.txt"\r\n\r\n');
    socket.write('x'.repeat(20_000));
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    socket.destroy();
    await vi.waitFor(() => expect(app.log.join('')).toContain('/api/files/upload'), 3000);
    await vi.waitFor(async () => expect(await objects()).toEqual(before), 3000);
    server.close();
  });
});

it('out of reach are told as such, and the application is degraded', async () => {
  const app = await startTestApp({}, [featureWith({ store: 's3', endpoint: 'http://127.0.0.1:9', bucket: 'b', key: 'k', secret: 's' })]);
  const answer = await supertest(app.app).post('/api/files/upload').set('X-User', ANN).attach('content', PNG, 'a.png').expect(503);
  expect(answer.body.error.code).toBe('not_ready');
  expect((await app.stranger().get('/api/ready').expect(200)).body.degraded).toEqual(['files']);
  await app.close();
});

describe('a body with a file', () => {
  let folder: string;
  let app: TestApp;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'files-'));
    app = await startTestApp({ DATA_DIR: folder }, [featureWith({})]);
    await app.services.database.query(TABLE);
  });

  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const post = (path = '/api/files/upload') => supertest(app.app).post(path).set('X-User', ANN);
  const raw = (body: string, type = 'multipart/form-data; boundary=b') => post().set('Content-Type', type).send(body);
  const part = (name: string, text: string, file = '') => `--b\r\nContent-Disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n${text}\r\n`;

  it('is taken where a file is expected, and nowhere else', async () => {
    await post('/api/plain').attach('content', PNG, 'a.png').expect(415);
    await post('/api/plain').send({}).expect(200);
    await post().send({}).expect(415);
  });

  it.each([
    ['no boundary', '', 'multipart/form-data', 400],
    ['no file', `${part('note', 'x')}--b--\r\n`, undefined, 422],
    ['another name', `${part('picture', 'x', 'a.txt')}--b--\r\n`, undefined, 422],
    ['a field after the file', `${part('content', 'x', 'a.txt')}${part('note', 'x')}--b--\r\n`, undefined, 400],
    ['two files', `${part('content', 'x', 'a.txt')}${part('content', 'y', 'b.txt')}--b--\r\n`, undefined, 400],
    ['a field twice', `${part('note', 'x')}${part('note', 'y')}${part('content', 'x', 'a.txt')}--b--\r\n`, undefined, 400],
    ['an unknown field', `${part('other', 'x')}${part('content', 'x', 'a.txt')}--b--\r\n`, undefined, 422],
    ['a field of the prototype', `${part('__proto__', 'x')}${part('content', 'x', 'a.txt')}--b--\r\n`, undefined, 422],
    ['a field that is too long', `${part('note', 'x'.repeat(70_000))}${part('content', 'x', 'a.txt')}--b--\r\n`, undefined, 400],
    ['too many fields', `${Array.from({ length: 30 }, (_, index) => part(`f${index}`, 'x')).join('')}${part('content', 'x', 'a.txt')}--b--\r\n`, undefined, 400],
    ['an end that does not come', part('content', 'x', 'a.txt').slice(0, -2), undefined, 400],
    ['nothing', '--b--\r\n', undefined, 422],
  ])('with %s', async (_what, body, type, status) => {
    const answer = await raw(body, type);
    expect([answer.status, answer.body.error?.correlation]).toEqual([status, answer.headers['x-correlation-id']]);
  });

  it('lies in files that are the application’s alone', async () => {
    await post().attach('content', PNG, 'a.png').expect(200);
    const file = (await readdir(path.join(folder, 'files'), { recursive: true, withFileTypes: true })).find((entry) => entry.isFile());
    const { mode } = await stat(path.join(file?.parentPath ?? '', file?.name ?? ''));
    expect(mode & 0o777).toBe(0o600);
  });
});

it('names what is missing for a bucket', async () => {
  await expect(startTestApp({}, [featureWith({ store: 's3' })])).rejects.toThrow('its endpoint, bucket, key and secret must be set');
  const feature = featureWith({ store: 's3', endpoint: 'ftp://x', bucket: 'b', key: 'k', secret: 's' });
  await expect(startTestApp({}, [feature])).rejects.toThrow('must begin with https://');
});

function bytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

/** A server that speaks as much of S3 as is used, and lets in only who signs as AWS says (Signature Version 4). */
class Bucket {
  static readonly secret = 'a secret key';
  readonly objects = new Map<string, Buffer>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://bucket');
    const key = decodeURIComponent(pathname.slice('/kept/'.length));
    const found = this.objects.get(key);
    const content = Buffer.concat(chunks);
    if (!signed(request)) response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    else if (request.method === 'PUT') {
      if (Number(request.headers['content-length']) !== content.length) response.writeHead(411).end();
      else {
        this.objects.set(key, content);
        response.writeHead(200).end();
      }
    } else if (request.method === 'DELETE') {
      this.objects.delete(key);
      response.writeHead(204).end();
    } else if (!found) response.writeHead(404).end();
    else if (request.method === 'HEAD') response.writeHead(200, { 'Content-Length': found.length }).end();
    else {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      for (const [name, value] of searchParams) if (name.startsWith('response-')) response.setHeader(name.slice('response-'.length), value);
      if (first === undefined) response.setHeader('Content-Length', found.length);
      response.writeHead(first === undefined ? 200 : 206).end(first === undefined ? found : found.subarray(Number(first), Number(last) + 1));
    }
  }

  static async open(): Promise<Bucket> {
    const bucket = new Bucket();
    bucket.#server.listen(0, '127.0.0.1');
    await once(bucket.#server, 'listening');
    return bucket;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function signed(request: IncomingMessage): boolean {
  const url = new URL(request.url ?? '', 'http://bucket');
  const { searchParams: query } = url;
  const linked = query.has('X-Amz-Signature');
  const header = request.headers.authorization ?? '';
  const given = linked
    ? `${query.get('X-Amz-Algorithm')} Credential=${query.get('X-Amz-Credential')}, SignedHeaders=${query.get('X-Amz-SignedHeaders')}, Signature=${query.get('X-Amz-Signature')}`
    : header;
  const match = /^AWS4-HMAC-SHA256 Credential=AKID\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(given);
  if (!match) return false;
  const [, day = '', region = '', names = '', signature] = match;
  query.delete('X-Amz-Signature');
  const encoded = (value: string) => encodeURIComponent(value).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const asked = [...query].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).toSorted().join('&');
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const hash = (value: string) => createHash('sha256').update(value).digest('hex');
  const body = linked ? 'UNSIGNED-PAYLOAD' : request.headers['x-amz-content-sha256'];
  const canonical = [request.method, url.pathname.replaceAll('@', '%40'), asked, headers.join(''), names, body].join('\n');
  const date = linked ? query.get('X-Amz-Date') : request.headers['x-amz-date'];
  const text = ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, hash(canonical)].join('\n');
  const hmac = (key: string | Buffer, value: string): Buffer => createHmac('sha256', key).update(value).digest();
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${Bucket.secret}`, day));
  return hmac(key, text).toString('hex') === signature;
}
