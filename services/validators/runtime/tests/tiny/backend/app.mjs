import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
pool.on('error', () => undefined);
const hash = (text) => createHash('sha256').update(text).digest('hex');

const routes = {
  'GET /api/ready': async () => [200, await pool.query('SELECT 1').then(() => ({ status: 'ok' }))],
  'GET /api/live': async () => [200, { status: 'ok' }],
  'POST /api/register': async ({ body: { email, name, password } }) => {
    const token = randomUUID();
    const { rows } = await pool.query(
      'INSERT INTO users (email, name, password, token) VALUES ($1, $2, $3, $4) RETURNING id, email',
      [email, name, hash(password), token],
    );
    return [200, { user: rows[0], tokens: { access_token: token, refresh_token: token } }];
  },
  'POST /api/login': async ({ body: { email, password } }) => {
    const { rows } = await pool.query('SELECT id, email, token FROM users WHERE email = $1 AND password = $2', [email, hash(password)]);
    return rows[0] ? [200, { user: rows[0], tokens: { access_token: rows[0].token, refresh_token: rows[0].token } }] : [401, {}];
  },
  'GET /api/me': async ({ user }) => (user ? [200, { user }] : [401, {}]),
  'GET /api/samples': async ({ user, query }) => {
    if (!user) return [401, {}];
    const { rows } = await pool.query('SELECT * FROM samples WHERE title LIKE $1 ORDER BY id', [`%${query.get('search') ?? ''}%`]);
    return [200, { items: rows, total: rows.length }];
  },
  'POST /api/samples': async ({ user, body }) => {
    if (!user) return [401, {}];
    const { rows } = await pool.query('INSERT INTO samples (title, created_by) VALUES ($1, $2) RETURNING *', [body.title, user.id]);
    return [201, rows[0]];
  },
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://tiny');
  const correlation = request.headers['x-correlation-id'] ?? randomUUID();
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let status = 404;
  let answer = { error: { code: 'not_found', correlation } };
  try {
    const route = routes[`${request.method} ${url.pathname}`];
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const { rows } = token ? await pool.query('SELECT id, email, roles FROM users WHERE token = $1', [token]) : { rows: [] };
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    if (route) [status, answer] = await route({ body, query: url.searchParams, user: rows[0] });
  } catch (error) {
    status = { 23505: 409, 23514: 422, 23502: 422 }[error.code] ?? 503;
    answer = { error: { code: 'refused', correlation } };
  }
  console.log(JSON.stringify({ level: 'info', correlation, status, route: url.pathname }));
  response.writeHead(status, { 'Content-Type': 'application/json', 'X-Correlation-Id': correlation });
  response.end(JSON.stringify(answer));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close(() => pool.end().then(() => process.exit(0))) && server.closeIdleConnections());
