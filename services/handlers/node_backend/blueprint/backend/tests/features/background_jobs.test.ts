import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/shared/actions/transaction.ts';
import { enqueue, workOnce } from '../../src/shared/jobs/jobs.ts';
import { stranger } from '../../src/shared/policy/caller.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';

describe('the list of jobs', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(() => app.close());

  it('is for administrators, who try again what failed and give up what waits', async () => {
    const origin = { correlation: 'test', address: null, userAgent: null };
    await inTransaction(app.services, stranger(), origin, (unit) => enqueue(unit, { name: 'nobody does this', key: 'lost', payload: {} }));
    await workOnce(app.services);
    const admin = await newPerson(app, 'admin');
    const jobs = await admin.get('/api/jobs?state=waiting').expect(200);
    const job = jobs.body.items.find(({ key }: { key: string }) => key === 'lost');
    expect(job).toMatchObject({ attempts: 1, last_error: 'Nothing is known of the job "nobody does this".' });
    await admin.post(`/api/jobs/${job.id}/retry`).expect(409);
    await app.rows(`UPDATE system.jobs SET failed_at = now() WHERE id = :id RETURNING id`, { id: job.id });
    expect((await admin.post(`/api/jobs/${job.id}/retry`).expect(200)).body).toMatchObject({ state: 'waiting', attempts: 0 });
    expect((await admin.post(`/api/jobs/${job.id}/cancel`).expect(200)).body.state).toBe('cancelled');
    await admin.post(`/api/jobs/${job.id}/cancel`).expect(409);
    const person = await newPerson(app);
    await person.get('/api/jobs').expect(403);
    await app.stranger().get('/api/jobs').expect(401);
  });
});
