import { scryptSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRole } from '../src/features/authentication/auth/grant.ts';
import { optionalPassword, passwordMatches } from '../src/features/authentication/auth/password.ts';
import { startTestApp, type TestApp } from './support/app.ts';
import { newPerson, PASSWORD } from './support/people.ts';

describe('signing in', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(() => app.close());

  it('registers a person once', async () => {
    const input = { email: 'Eve@Example.org', name: 'Eve', password: PASSWORD };
    const answer = await app.stranger().post('/api/register', input).expect(200);
    expect(answer.body.user).toMatchObject({ email: 'eve@example.org', name: 'Eve', active: true });
    expect(answer.body.tokens).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
    });
    expect(answer.text).not.toContain('password');
    const again = await app.stranger().post('/api/register', { ...input, email: 'EVE@example.org' }).expect(409);
    expect(again.body.error.fields).toEqual([{ field: 'email', code: 'unique', message: 'Email is in use already.' }]);
    const short = await app.stranger().post('/api/register', { email: 'x', name: '', password: 'short', role: 'admin' }).expect(422);
    expect(short.body.error.fields.map((problem: { field: string }) => problem.field).toSorted()).toEqual(['email', 'name', 'password', 'role']);
  });

  it('answers both mistakes alike, and after the same work', async () => {
    const ann = await newPerson(app);
    const wrong = await app.stranger().post('/api/login', { email: ann.me.email, password: 'not the password' }).expect(401);
    const unknown = await app.stranger().post('/api/login', { email: 'nobody@example.org', password: PASSWORD }).expect(401);
    const without = ({ correlation: _correlation, ...error }: { correlation: string }) => error;
    expect(without(wrong.body.error)).toEqual(without(unknown.body.error));
    expect(wrong.body.error.code).toBe('bad_credentials');
  });

  it('keeps passwords and tokens only as hashes', async () => {
    const ann = await newPerson(app);
    const [user] = await app.rows<{ text: string }>('SELECT to_jsonb(u)::text AS text FROM users AS u WHERE id = :id', { id: ann.me.id });
    expect(user?.text).toContain('$scrypt$');
    expect(user?.text).not.toContain(PASSWORD);
    const tokens = await app.rows<{ text: string }>('SELECT to_jsonb(t)::text AS text FROM refresh_tokens AS t');
    expect(tokens.map(({ text }) => text).join()).not.toContain(ann.me.refreshToken);
    const events = await app.rows<{ text: string }>('SELECT to_jsonb(o)::text AS text FROM system.outbox AS o');
    expect(events.map(({ text }) => text).join()).not.toContain('$scrypt$');
  });

  it('rotates refresh tokens, and ends the session when one comes twice', async () => {
    const ann = await newPerson(app);
    const first = await app.stranger().post('/api/refresh', { refresh_token: ann.me.refreshToken }).expect(200);
    expect(first.body.tokens.refresh_token).not.toBe(ann.me.refreshToken);
    await ann.get('/api/me').expect(200);
    const reused = await app.stranger().post('/api/refresh', { refresh_token: ann.me.refreshToken }).expect(401);
    expect(reused.body.error.code).toBe('token_reused');
    await ann.get('/api/me').expect(401);
    const after = await app.stranger().post('/api/refresh', { refresh_token: first.body.tokens.refresh_token }).expect(401);
    expect(after.body.error.code).toBe('token_expired');
    await app.stranger().post('/api/refresh', { refresh_token: 'never-seen' }).expect(401);
    await app.stranger().post('/api/refresh', {}).expect(401);
  });

  it('lets one of many at once exchange a token', async () => {
    const ann = await newPerson(app);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.stranger().post('/api/refresh', { refresh_token: ann.me.refreshToken })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(7);
    await ann.get('/api/me').expect(401);
  });

  it('ends a session on logout', async () => {
    const ann = await newPerson(app);
    await ann.post('/api/logout').expect(200);
    await ann.get('/api/me').expect(401);
    await app.stranger().post('/api/refresh', { refresh_token: ann.me.refreshToken }).expect(401);
    await app.stranger().post('/api/logout').expect(401);
  });

  it('trusts no token but its own', async () => {
    const ann = await newPerson(app);
    const claims = jwt.decode(ann.me.accessToken) as jwt.JwtPayload;
    const secret = app.services.config.jwtSecret;
    const call = (token: string) => supertest(app.app).get('/api/me').set('Authorization', `Bearer ${token}`);
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
    await call(unsigned).expect(401);
    await call(jwt.sign(claims, 'x'.repeat(32))).expect(401);
    await call(jwt.sign(claims, secret, { algorithm: 'HS512' })).expect(401);
    await call(jwt.sign({ ...claims, sid: 'x' }, secret)).expect(401);
    const expired = await call(jwt.sign({ ...claims, exp: 1 }, secret)).expect(401);
    expect(expired.body.error.code).toBe('token_expired');
    await call(jwt.sign(claims, secret)).expect(200);
  });

  it('does not mind old credentials where none are needed', async () => {
    await supertest(app.app).get('/api/live').set('Authorization', 'Bearer x.y.z').expect(200);
    const ann = await newPerson(app);
    const { email, password } = ann.me;
    await supertest(app.app).post('/api/login').set('Authorization', 'Bearer x.y.z').send({ email, password }).expect(200);
  });

  it('hands the refresh token to a browser as a cookie, which only its own pages may use', async () => {
    const ann = await newPerson(app);
    const { email, password } = ann.me;
    const answer = await supertest(app.app).post('/api/login').set('X-Token-Transport', 'cookie').send({ email, password }).expect(200);
    expect(answer.body.tokens.refresh_token).toBeUndefined();
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^refresh_token=[\w-]{43};/);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/refresh']) expect(cookie).toContain(part);
    const refresh = (origin?: string) => {
      const call = supertest(app.app).post('/api/refresh').set('X-Token-Transport', 'cookie').set('Host', 'app.example');
      return call.set('Cookie', cookie.split(';')[0] ?? '').set(origin === undefined ? {} : { Origin: origin });
    };
    await refresh('http://evil.example').expect(403);
    await refresh().expect(403);
    const renewed = await refresh('http://app.example').expect(200);
    expect(renewed.body.tokens.refresh_token).toBeUndefined();
    expect(renewed.headers['set-cookie']).toBeDefined();
  });

  it('limits attempts', async () => {
    const limited = await startTestApp({ RATE_LIMIT_FACTOR: '0.1', TRUST_PROXY: '1' });
    const attempt = () => limited.stranger().post('/api/login', { email: 'a@example.org', password: 'x' }).set('X-Forwarded-For', '192.0.2.7');
    await attempt().expect(401);
    const second = await attempt().expect(401);
    expect(second.headers['ratelimit-remaining']).toBe('0');
    const third = await attempt().expect(429);
    expect(third.body.error.code).toBe('rate_limited');
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    await limited.close();
  });

  it('gives a role at the command line to those who have registered only', async () => {
    await expect(grantRole(app.services.database, 'nobody@example.org', 'admin')).rejects.toThrow('There is no user "nobody@example.org" or no role "admin".');
    const complained = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('DATABASE_URL', app.services.config.databaseUrl ?? '');
    await import('../src/commands/grant.ts');
    const said = complained.mock.calls.flat().join('');
    complained.mockRestore();
    expect(said).toBe('Say who gets which role: npm run grant -- person@example.com admin\n');
    vi.unstubAllEnvs();
    process.exitCode = undefined;
  });

  it('ends with whom it was opened for', async () => {
    const ann = await newPerson(app);
    await app.rows('UPDATE users SET active = false WHERE id = :id RETURNING id', { id: ann.me.id });
    await ann.get('/api/me').expect(401);
    const refused = await app.stranger().post('/api/refresh', { refresh_token: ann.me.refreshToken }).expect(401);
    expect(refused.body.error.code).toBe('token_expired');
    await app.stranger().post('/api/login', { email: ann.me.email, password: PASSWORD }).expect(401);
    const bob = await newPerson(app);
    await app.rows(`UPDATE sessions SET expires_at = now() WHERE user_id = :id RETURNING id`, { id: bob.me.id });
    await bob.get('/api/me').expect(401);
    await app.stranger().post('/api/refresh', { refresh_token: bob.me.refreshToken }).expect(401);
  });

  it('reads a stored password with the cost that it was made with, and refuses what is none', async () => {
    // Of another cost than that of these tests: `secret` with 2^11 rounds.
    const salt = Buffer.alloc(16, 1);
    const stored = `$scrypt$ln=11,r=8,p=1$${salt.toString('base64')}$${scryptSync('secret', salt, 32, { N: 2 ** 11, r: 8, p: 1 }).toString('base64')}`;
    expect(await passwordMatches('secret', stored)).toBe(true);
    expect(await passwordMatches('Secret', stored)).toBe(false);
    expect(await passwordMatches('secret', null)).toBe(false);
    await expect(passwordMatches('secret', 'plain')).rejects.toThrow('A stored password has an unknown format.');
    expect(await optionalPassword(null)).toBeNull();
    expect(await optionalPassword('secret')).toMatch(/^\$scrypt\$/);
  });

  it('removes sessions that ended long ago', async () => {
    const ann = await newPerson(app);
    const [session] = await app.rows<{ id: string }>('SELECT id FROM sessions WHERE user_id = :id', { id: ann.me.id });
    await app.rows(`UPDATE sessions SET expires_at = now() - interval '31 days' WHERE id = :id RETURNING id`, { id: session?.id ?? '' });
    const { features } = await import('../src/features/index.ts');
    const { runClock } = await import('../src/shared/jobs/scheduler.ts');
    const clock = features.find(({ name }) => name === 'authentication')?.clocks?.[0];
    if (!clock) throw new Error('There is no clock.');
    await Promise.all([runClock(app.services, clock), runClock(app.services, clock)]);
    expect(await app.rows('SELECT id FROM sessions WHERE id = :id', { id: session?.id ?? '' })).toEqual([]);
  });
});
