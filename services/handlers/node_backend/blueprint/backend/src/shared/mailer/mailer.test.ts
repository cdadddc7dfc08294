import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { inTransaction } from '../actions/transaction.ts';
import { defineFeature } from '../feature.ts';
import { workOnce } from '../jobs/jobs.ts';
import { stranger } from '../policy/caller.ts';
import { defineMail, mailer, markdown, type NewMail, queueMail, retryMail } from './index.ts';

const feature = defineFeature({ name: 'post', capabilities: [mailer] });
const letter = defineMail<{ name: string }>({
  key: 'letter',
  subject: ({ name }) => `Hello ${name}`,
  body: ({ name, app }) => markdown`Hello **${name}**,\n\n- one\n- two\n\n[Open it](${app.url}/letters?for=${encodeURIComponent(name)})`,
});

const origin = { correlation: 'test', address: null, userAgent: null };

function queue(app: TestApp, mail: NewMail<{ name: string }>): Promise<void> {
  return inTransaction(app.services, stranger(), origin, (unit) => queueMail(unit, letter, mail));
}

function states(app: TestApp): Promise<{ id: string; state: string; reason: string | null; attempts: number; sealed: Buffer | null }[]> {
  return app.rows('SELECT id, state, reason, attempts, sealed FROM system.mails ORDER BY created_at DESC');
}

describe('mail over SMTP', () => {
  const received: { from: string; to: string[]; text: string }[] = [];
  let answer: { code: number; text: string } | undefined;
  let server: SMTPServer;
  let app: TestApp;

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo(_address, _session, done) {
        done(answer && Object.assign(new Error(answer.text), { responseCode: answer.code }));
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const from = session.envelope.mailFrom;
          received.push({ from: from ? from.address : '', to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
          done();
        });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    const env = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'The House <house@example.org>', APP_URL: 'https://app.example.org/' };
    app = await startTestApp(env, [feature]);
  });

  beforeEach(() => {
    received.length = 0;
    answer = undefined;
  });

  afterAll(async () => {
    await app.close();
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
  });

  async function work(): Promise<void> {
    while (await workOnce(app.services));
  }

  it('goes out once, after the commit, as text and as HTML, and its text is gone then', async () => {
    await queue(app, { to: 'ann@example.org', values: { name: 'Ann' }, unsubscribe: 'https://app.example.org/stop' });
    const [queued] = await states(app);
    expect(queued).toMatchObject({ state: 'queued', attempts: 0 });
    expect(String(queued?.sealed)).not.toContain('Ann');
    expect(received).toEqual([]);
    await work();
    await work();
    expect(received).toHaveLength(1);
    const [mail] = received;
    expect(mail).toMatchObject({ from: 'house@example.org', to: ['ann@example.org'] });
    expect(mail?.text).toContain('Subject: Hello Ann');
    expect(mail?.text).toContain('From: The House <house@example.org>');
    expect(mail?.text).toContain('multipart/alternative');
    expect(mail?.text).toContain('Hello Ann,\r\n\r\n- one\r\n- two\r\n\r\nOpen it: https://app.example.org/letters?for=Ann');
    expect(mail?.text).toContain('<strong>Ann</strong>');
    expect(mail?.text).toContain('List-Unsubscribe: <https://app.example.org/stop>');
    expect(mail?.text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const [sent] = await states(app);
    expect(sent).toMatchObject({ state: 'sent', attempts: 1, reason: null, sealed: null });
  });

  it('is not written when the transaction fails', async () => {
    const before = await states(app);
    const failing = inTransaction(app.services, stranger(), origin, async (unit) => {
      await queueMail(unit, letter, { to: 'ann@example.org', values: { name: 'Ann' } });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await work();
    expect(received).toEqual([]);
    expect(await states(app)).toEqual(before);
  });

  it('lets nothing of a value become a header, a recipient, markup or HTML', async () => {
    const name = 'Eve\r\nBcc: all@example.org\n\n# Big <script>alert(1)</script> [click](javascript:alert(1)) ![x](http://evil.example/x.png) http://evil.example **bold**';
    await queue(app, { to: 'ann@example.org', values: { name } });
    await work();
    const [mail] = received;
    const [head = ''] = (mail?.text ?? '').split('\r\n\r\n');
    expect(mail?.to).toEqual(['ann@example.org']);
    expect(head).not.toMatch(/^bcc:/im);
    const html = body(mail?.text ?? '', 'text/html');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<script|<img|<h1|javascript:alert\(1\)"|href="http:\/\/evil/);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('**bold**');
    expect(body(mail?.text ?? '', 'text/plain')).toContain('<script>alert(1)</script>');
  });

  it('is refused at once where the address would reach others', async () => {
    await queue(app, { to: 'ann@example.org, bob@example.org', values: { name: 'Ann' } });
    await work();
    expect(received).toEqual([]);
    expect((await states(app))[0]).toMatchObject({ state: 'failed', reason: 'The address cannot be written to.' });
  });

  it('is tried again when the server cannot now, and says why it waits', async () => {
    answer = { code: 451, text: 'Come back later' };
    await queue(app, { to: 'ann@example.org', values: { name: 'Ann' } });
    await work();
    expect((await states(app))[0]).toMatchObject({ state: 'queued', attempts: 1, reason: expect.stringContaining('Come back later') });
    const [job] = await app.rows<{ later: boolean }>('SELECT run_at > now() AS later FROM system.jobs WHERE finished_at IS NULL AND failed_at IS NULL');
    expect(job).toEqual({ later: true });
    answer = undefined;
    await app.rows('UPDATE system.jobs SET run_at = now() WHERE finished_at IS NULL RETURNING id');
    await work();
    expect(received).toHaveLength(1);
    expect((await states(app))[0]).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('is not tried again when the server never will, until somebody says so', async () => {
    answer = { code: 550, text: 'Nobody of that name' };
    await queue(app, { to: 'nobody@example.org', values: { name: 'Ann' } });
    await work();
    const [failed] = await states(app);
    expect(failed).toMatchObject({ state: 'failed', attempts: 1, reason: expect.stringContaining('Nobody of that name') });
    answer = undefined;
    const again = (): Promise<boolean> => inTransaction(app.services, stranger(), origin, (unit) => retryMail(unit, failed?.id ?? ''));
    expect(await again()).toBe(true);
    expect(await again()).toBe(false);
    await work();
    expect(received).toHaveLength(1);
    expect((await states(app))[0]).toMatchObject({ state: 'sent' });
  });
});

describe('mail without a server', () => {
  it('becomes a file, for its owner only, and a line in the log', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mails-'));
    const app = await startTestApp({ DATA_DIR: folder }, [feature]);
    await queue(app, { to: 'ann@example.org', values: { name: 'Ann' } });
    while (await workOnce(app.services));
    const [file = ''] = await readdir(path.join(folder, 'mails'));
    const content = await readFile(path.join(folder, 'mails', file), 'utf8');
    expect(content).toContain('To: ann@example.org');
    expect(content).toContain('http://localhost:5173/letters');
    expect((await stat(path.join(folder, 'mails', file))).mode & 0o777).toBe(0o600);
    expect(app.log.join('')).toContain(file);
    expect((await states(app))[0]).toMatchObject({ state: 'sent' });
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('waits in production, however long, and the start says so', async () => {
    const env = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32), APP_URL: 'https://app.example.org' };
    const app = await startTestApp(env, [feature]);
    expect(app.log.join('')).toContain('SMTP_URL is not set: mails stay queued');
    await queue(app, { to: 'ann@example.org', values: { name: 'Ann' } });
    for (let turn = 0; turn < 12; turn += 1) {
      await workOnce(app.services);
      await app.rows('UPDATE system.jobs SET run_at = now() RETURNING id');
    }
    expect((await states(app))[0]).toMatchObject({ state: 'queued', reason: 'SMTP_URL is not set.' });
    await app.close();
  });

  it('names the variable that is wrong', async () => {
    const start = (env: NodeJS.ProcessEnv) => startTestApp(env, [feature]);
    await expect(start({ SMTP_URL: 'http://mail' })).rejects.toThrow('SMTP_URL must begin with smtp:// or smtps://');
    await expect(start({ SMTP_URL: 'smtp://mail', MAIL_FROM: 'a\nb' })).rejects.toThrow('MAIL_FROM must be an address');
    await expect(start({ APP_URL: 'ftp://x' })).rejects.toThrow('APP_URL must begin with http:// or https://');
    await expect(start({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) })).rejects.toThrow('APP_URL is required in production');
  });
});

/** One part of a mail, decoded. */
function body(mail: string, type: string): string {
  const at = mail.indexOf(`Content-Type: ${type}`);
  const [head = '', ...rest] = mail.slice(at).split('\r\n\r\n');
  const text = rest.join('\r\n\r\n').split('\r\n--')[0] ?? '';
  if (head.includes('base64')) return Buffer.from(text, 'base64').toString('utf8');
  return text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
