import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './support/app.ts';
import { newPerson, PASSWORD } from './support/people.ts';
import type { Person } from './support/person.ts';

describe('users and roles', () => {
  let app: TestApp;
  let admin: Person;
  let bob: Person;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await newPerson(app, 'admin');
    bob = await newPerson(app);
  });

  afterAll(() => app.close());

  it('live in the hands of an administrator, and of nobody else', async () => {
    const input = { email: 'eve@example.org', name: 'Eve Example', password: PASSWORD };
    const eve = await admin.post('/api/users', input).expect(201);
    expect(eve.headers.etag).toBe('"1"');
    await admin.post('/api/users', { ...input, email: 'EVE@example.org' }).expect(409);
    const list = await admin.get('/api/users?search=Eve').expect(200);
    expect(list.body).toMatchObject({ total: 1, page: 1, page_size: 25, items: [{ email: 'eve@example.org' }] });
    expect(list.body.items[0].password).toBeUndefined();
    expect(list.body.items[0].can.toSorted()).toEqual(['deactivate', 'delete', 'update']);
    const path = `/api/users/${eve.body.id}`;
    await admin.patch(path, { name: 'Eva Example' }).expect(200);
    for (const call of [bob.get('/api/users'), bob.get(path), bob.post('/api/users', input), bob.patch(path, { name: 'Y' }), bob.post(`${path}/deactivate`), bob.delete(path)]) {
      await call.expect(403);
    }
    await app.stranger().get('/api/users').expect(401);
    await admin.delete(path).expect(204);
    await admin.get(path).expect(404);
    await admin.post('/api/users', input).expect(201);
  });

  it('end what is open when they are deactivated, and come back', async () => {
    const eve = await newPerson(app);
    await admin.post(`/api/users/${eve.me.id}/deactivate`).expect(200);
    await eve.get('/api/me').expect(401);
    const login = () => app.stranger().post('/api/login', { email: eve.me.email, password: PASSWORD });
    await login().expect(401);
    await app.stranger().post('/api/refresh', { refresh_token: eve.me.refreshToken }).expect(401);
    await admin.post(`/api/users/${eve.me.id}/reactivate`).expect(200);
    expect((await admin.post(`/api/users/${eve.me.id}/reactivate`).expect(409)).body.error.message).toBe('This user is active already.');
    await eve.get('/api/me').expect(401);
    await login().expect(200);
  });

  it('keep one administrator', async () => {
    const path = `/api/users/${admin.me.id}`;
    expect((await admin.post(`${path}/deactivate`).expect(409)).body.error.message).toBe('You cannot deactivate yourself.');
    expect((await admin.delete(path).expect(409)).body.error.message).toBe('One active administrator must remain.');
    await admin.patch(path, { roles: [] }).expect(409);
    await admin.get('/api/me').expect(200);
  });

  it('keep one of two administrators who delete each other at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const other = await newPerson(app, 'admin');
      const statuses = (await Promise.all([admin.delete(`/api/users/${other.me.id}`), other.delete(`/api/users/${admin.me.id}`)])).map(({ status }) => status);
      expect(statuses.filter((status) => status === 204)).toHaveLength(1);
      if (statuses[1] === 204) admin = other;
    }
  });

  it('get roles from those who may give them', async () => {
    const eve = await newPerson(app);
    const { body: role } = await admin.post('/api/roles', { name: 'Helper' }).expect(201);
    const found = await eve.get('/api/roles/choices?search=help').expect(200);
    expect(found.body).toEqual({ items: [{ id: role.id, display: 'Helper' }], total: 1 });
    const { row_version: version } = (await admin.get(`/api/users/${eve.me.id}`).expect(200)).body;
    const given = await admin.patch(`/api/users/${eve.me.id}`, { roles: [role.id] }).expect(200);
    expect(given.body).toMatchObject({ roles: [{ id: role.id, display: 'Helper' }], row_version: version + 1 });
    const same = await admin.patch(`/api/users/${eve.me.id}`, { roles: [role.id] }).expect(200);
    expect(same.body.row_version).toBe(version + 1);
    const unknown = await admin.patch(`/api/users/${eve.me.id}`, { roles: ['00000000-0000-7000-8000-000000000000'] }).expect(422);
    expect(unknown.body.error.fields[0]).toMatchObject({ field: 'roles', code: 'reference' });
    const listed = await admin.get(`/api/users?roles[any]=${role.id}`).expect(200);
    expect(listed.body.items.map((user: { id: string }) => user.id)).toContain(eve.me.id);
    const both = await admin.get(`/api/users?roles[all]=${role.id}&roles[any]=${role.id}`).expect(200);
    expect(both.body.total).toBe(listed.body.total);
  });

  it('may be made by somebody who cannot give roles, without any', async () => {
    const { body } = await admin.get('/api/permissions').expect(200);
    const manage = body.items.filter(({ key }: { key: string }) => key.startsWith('users.')).map(({ id }: { id: string }) => id);
    const clerkRole = await admin.post('/api/roles', { name: 'Clerk', permissions: manage }).expect(201);
    expect(clerkRole.body.permissions).toHaveLength(2);
    const clerk = await newPerson(app, 'clerk');
    await clerk.post('/api/users', { email: 'one@example.org', name: 'One' }).expect(201);
    await clerk.post('/api/users', { email: 'two@example.org', name: 'Two', roles: [clerkRole.body.id] }).expect(403);
    await clerk.get('/api/roles').expect(403);
    await admin.post('/api/roles', { name: 'CLERK' }).expect(409);
    await admin.delete(`/api/roles/${clerkRole.body.id}`).expect(204);
    await clerk.get('/api/users').expect(403);
  });

  it('cannot rename or remove a built-in role', async () => {
    const { body } = await admin.get('/api/roles').expect(200);
    const builtin = body.items.find(({ name }: { name: string }) => name === 'admin');
    expect((await admin.delete(`/api/roles/${builtin.id}`).expect(409)).body.error.message).toBe('A built-in role cannot be renamed or deleted.');
    await admin.patch(`/api/roles/${builtin.id}`, { name: 'other' }).expect(409);
    await admin.patch(`/api/roles/${builtin.id}`, { description: 'May do everything' }).expect(200);
    await bob.get('/api/roles').expect(403);
  });
});
