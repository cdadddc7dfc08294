import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Router } from 'express';
import { shown } from '../../src/shared/actions/asking.ts';
import { action, nativeAction, query } from '../../src/shared/actions/operation.ts';
import { rowOperation } from '../../src/shared/actions/rows.ts';
import { signalOperation } from '../../src/shared/actions/signal.ts';
import { inTransaction } from '../../src/shared/actions/transaction.ts';
import { select } from '../../src/shared/database/sql.ts';
import { notFound } from '../../src/shared/errors.ts';
import { defineFeature } from '../../src/shared/feature.ts';
import { cancelJob, retryJob } from '../../src/shared/jobs/admin.ts';
import { enqueue, Permanent } from '../../src/shared/jobs/jobs.ts';
import { defineMail, mailer, markdown, queueMail } from '../../src/shared/mailer/index.ts';
import { type Caller, callerOf, stranger } from '../../src/shared/policy/caller.ts';
import { isUuid } from '../../src/shared/query/rows.ts';
import { realtime } from '../../src/shared/realtime/index.ts';
import { append, download, fileAction, fileAnswer, type FileRow, fileRowAction, remove, start, storage, upload } from '../../src/shared/storage/index.ts';
import { consumeToken, issueToken } from '../../src/shared/tokens.ts';
import { email, flag, ids, integer, object, text } from '../../src/shared/validate.ts';
import { define, files, Note, notes, StoredFile, Ticket, User } from './models.ts';

const BASE = '/api/conformance';
const router = Router();
const by = (caller: Caller): boolean => caller.signedIn;
const system = { correlation: 'conformance', address: null, userAgent: null };

// People: whoever tests makes as many as are needed. These two are no operations, so that no limit is used up.
router.post(`${BASE}/people`, async (request, response) => {
  const { services } = request.app.locals;
  const id = randomUUID();
  const { name = 'Pat' } = (request.body ?? {}) as { name?: string };
  await select(services.database, 'INSERT INTO people VALUES (:id, :name, true) RETURNING id', { id, name });
  response.json({ id });
});
router.post(`${BASE}/people/:id/deactivate`, async (request, response) => {
  await inTransaction(request.app.locals.services, stranger(), system, async (unit) => {
    const user = await unit.lock(User, String(request.params.id));
    if (user) await unit.update(user, { active: false });
  });
  response.json({});
});

router.get(`${BASE}/free`, query({ name: 'free', by, run: async () => ({}) }));
router.get(`${BASE}/rare`, query({ name: 'rare', by, rate: { count: 3, seconds: 60 }, run: async () => ({}) }));
router.post(`${BASE}/echo`, nativeAction({ name: 'echo', by, input: object<object>({}).unknown(true), run: async () => ({}) }));

const letter = defineMail<{ name: string }>({
  key: 'letter',
  subject: ({ name }) => `Hello ${name}`,
  body: ({ name, app }) => markdown`Hello **${name}**\n\n[Open](${app.url}/start)`,
});
router.post(
  `${BASE}/mails`,
  action<{ to: string; name: string; fail: boolean }>({
    name: 'mail',
    by,
    input: object<{ to: string; name: string; fail: boolean }>({ to: email().required(), name: text(1, 200).required(), fail: flag().required() }),
    async run(unit, { to, name, fail }) {
      await queueMail(unit, letter, { to, values: { name } });
      unit.require(!fail, 'This transaction was to fail.');
    },
  }),
);

router.post(
  `${BASE}/tokens`,
  action<{ seconds: number }>({
    name: 'issue',
    by,
    input: object<{ seconds: number }>({ seconds: integer(-60, 60).required() }),
    async run(unit, { seconds }) {
      const { secret, columns } = issueToken(32, seconds, unit.now);
      await unit.create(Ticket, columns);
      return { secret };
    },
  }),
);
router.post(
  `${BASE}/tokens/use`,
  action<{ secret: string }>({
    name: 'use',
    by,
    input: object<{ secret: string }>({ secret: text(1, 200).required() }),
    run: async (unit, { secret }) => ({ used: (await consumeToken(unit, Ticket, secret)) !== undefined }),
  }),
);

router.post(
  `${BASE}/notes`,
  action<{ body: string; readers: string[] }>({
    name: 'note',
    by,
    input: object<{ body: string; readers: string[] }>({ body: text(1, 500_000).required(), readers: ids().required() }),
    run: async (unit, input) => ({ id: (await unit.create(Note, input)).id }),
  }),
);
router.post(
  `${BASE}/notes/:id/remove`,
  rowOperation({ name: 'Note.remove', by, source: notes, model: Note, rule: 'remove', event: 'touched', run: async (unit, row) => (await unit.remove(row), {}) }),
);
router.post(`${BASE}/notes/:id/typing`, signalOperation({ name: 'Note.typing', by, source: notes, rule: 'typing' }));

router.post(
  `${BASE}/files`,
  fileAction({ name: 'upload', by, run: async (invocation, input, file) => ({ file: await shown(invocation, files, (await upload(invocation, files, input, file)).id) }) }),
);
router.get(
  `${BASE}/files/kept`,
  query({
    name: 'kept',
    by,
    async run({ services }) {
      const folder = path.join(services.config.dataFolder, 'files');
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const [row] = await select<{ rows: number }>(services.database, 'SELECT count(*)::int AS rows FROM files', {});
      return { rows: row?.rows, objects: entries.filter((entry) => entry.isFile()).length };
    },
  }),
);
router.post(
  `${BASE}/files/start`,
  nativeAction<{ name: string; size: number }>({
    name: 'start',
    by,
    input: object<{ name: string; size: number }>({ name: text(1, 255).required(), size: integer(0).required() }),
    run: async (invocation, input) => ({ file: await shown(invocation, files, (await start(invocation, files, input)).id) }),
  }),
);
router.post(
  `${BASE}/files/:id/append`,
  fileRowAction<{ offset: number }, FileRow>({
    name: 'append',
    by,
    source: files,
    rule: 'append',
    input: object<{ offset: number }>({ offset: integer(0).required() }),
    run: (invocation, row, input, file) => append(invocation, files, row, input, file),
  }),
);
router.get(`${BASE}/files/:id/download`, fileAnswer<FileRow>({ name: 'download', by, source: files, rule: 'download', run: download }));
router.post(
  `${BASE}/files/:id/remove`,
  rowOperation({
    name: 'StoredFile.remove',
    by,
    source: files,
    model: StoredFile,
    rule: 'remove',
    event: 'touched',
    async run(unit, row) {
      await remove(unit, { key: (row as unknown as FileRow).storage_key });
      return {};
    },
  }),
);

const runs = new Map<string, number>();
router.post(
  `${BASE}/jobs`,
  action<{ key: string; failures: number; hopeless: boolean }>({
    name: 'job',
    by,
    input: object<{ key: string; failures: number; hopeless: boolean }>({
      key: text(1, 100).required(),
      failures: integer(0, 10).required(),
      hopeless: flag().required(),
    }),
    async run(unit, { key, failures, hopeless }) {
      await enqueue(unit, { name: 'conformance', key: `conformance:${key}`, payload: { key, failures: String(failures), hopeless: String(hopeless) } });
    },
  }),
);
router.get(
  `${BASE}/jobs/:key`,
  query({
    name: 'job.read',
    by,
    async run({ services, request }) {
      const key = String(request.params.key);
      const [job] = await select(services.database, 'SELECT id, state, attempts, last_error AS reason FROM system.job_states WHERE key = :key', { key: `conformance:${key}` });
      if (!job) throw notFound();
      return { ...job, runs: runs.get(key) ?? 0 };
    },
  }),
);
for (const [name, act] of Object.entries({ retry: retryJob, cancel: cancelJob })) {
  const change = action({ name, by, run: async (unit, _input, { request }) => ({ done: isUuid(request.params.id) && (await act(unit, request.params.id)) }) });
  router.post(`${BASE}/jobs/:id/${name}`, change);
}

export function conformance() {
  return defineFeature({
    name: 'conformance',
    models: [User, Note, StoredFile, Ticket],
    define,
    routers: [router],
    rate: { count: 100, seconds: 60 },
    capabilities: [realtime, mailer, storage({ maxBytes: 1_000_000, types: ['image/png', 'text/plain'], store: 'disk' })],
    live: [{ source: notes, users: 'SELECT unnest(t.readers)' }],
    jobs: [
      {
        name: 'conformance',
        attempts: 3,
        async run({ payload: { key = '', failures, hopeless } }) {
          const run = (runs.get(key) ?? 0) + 1;
          runs.set(key, run);
          if (hopeless === 'true' && run === 1) throw new Permanent('never');
          if (run <= Number(failures)) throw new Error(`failure ${run}`);
        },
      },
    ],
    identify: async (credentials, services) => {
      const id = /^Bearer ([0-9a-f-]{36})$/.exec(credentials.get('authorization') ?? '')?.[1];
      if (!isUuid(id)) return stranger();
      const [user] = await select(services.database, 'SELECT id FROM people WHERE id = :id AND active', { id });
      return user ? callerOf({ userId: id, sessionId: id, roles: [], permissions: [] }) : stranger('unauthenticated');
    },
  });
}
