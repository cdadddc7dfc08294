import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnce } from '../../src/shared/jobs/jobs.ts';
import { dispatch } from '../../src/shared/jobs/outbox.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { hasRoles, newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

// The smallest picture there is: one pixel.
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const program = Buffer.from('7f454c46020101000000000000000000', 'hex');

describe('files', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;
  const folder = mkdtempSync(path.join(tmpdir(), 'files-'));

  beforeAll(async () => {
    app = await startTestApp({ FILES_DIR: folder });
    [ann, bob] = [await newPerson(app), await newPerson(app)];
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  function send(person: Person, address: string, name: string, content: Buffer, fields: Record<string, string> = {}) {
    const request = supertest(app.app).post(address).set('Authorization', `Bearer ${person.me.accessToken}`);
    return request.field(fields).attach('content', content, name);
  }

  it('are taken by what they hold, and are their own for who sends them', async () => {
    const up = await send(ann, '/api/upload', '../../me.png', picture).expect(200);
    const { id } = up.body.file;
    expect(up.body.file).toMatchObject({ content_type: 'image/png', state: 'ready', size: picture.length, target: null });
    expect(up.body.file).not.toHaveProperty('storage_key');
    await send(ann, '/api/upload', 'me.png', program).expect(415);
    await bob.get(`/api/stored-files/${id}/download`).expect(404);
    await ann.patch(`/api/stored-files/${id}`, { target: { type: 'User', id } }).expect(422);
    await ann.patch(`/api/stored-files/${id}`, { target: { type: 'Session', id: ann.me.id } }).expect(422);
    await ann.delete(`/api/stored-files/${id}`).expect(204);
    while ((await dispatch(app.services)) > 0 || (await workOnce(app.services)));
    await app.stranger().post('/api/upload').expect(401);
  });

  it('are open to those who see where they belong', async ({ skip }) => {
    skip(!hasRoles(app), 'nobody sees a row of another person here');
    const admin = await newPerson(app, 'admin');
    const up = await send(ann, '/api/upload', 'me.png', picture).expect(200);
    const { id } = up.body.file;
    await ann.patch(`/api/stored-files/${id}`, { target: { type: 'User', id: ann.me.id } }).expect(200);
    const down = await admin.get(`/api/stored-files/${id}/download`).expect(200);
    expect(down.headers['content-type']).toBe('image/png');
    expect(Buffer.compare(down.body, picture)).toBe(0);
    await admin.patch(`/api/stored-files/${id}`, { pinned: true }).expect(403);
    await bob.get(`/api/stored-files/${id}/download`).expect(404);
  });

  it('go on where they broke off', async () => {
    const started = await ann.post('/api/start-upload', { name: 'a.txt', size: 6 }).expect(200);
    const { id } = started.body.file;
    const append = (person: Person, offset: number) => send(person, `/api/stored-files/${id}/append`, 'a.txt', Buffer.from('abc'), { offset: String(offset) });
    expect((await append(ann, 0).expect(200)).body).toEqual({ received: 3, state: 'receiving' });
    await append(ann, 0).expect(409);
    await append(bob, 3).expect(404);
    expect((await append(ann, 3).expect(200)).body).toEqual({ received: 6, state: 'ready' });
    const down = await ann.get(`/api/stored-files/${id}/download`).set('Range', 'bytes=2-3').expect(206);
    expect(down.text ?? String(down.body)).toBe('ca');
  });
});
