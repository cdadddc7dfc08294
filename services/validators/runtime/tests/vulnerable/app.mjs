/**
 * A small application that is safe as long as no hole is open. HOLES names the probes (and rules of the fuzz) that must get
 * through, so that a test can say of each of them that it finds what it looks for.
 */
import { createHmac, randomBytes, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { document, schemas } from './document.mjs';
import { stream } from './stream.mjs';
import { refusal } from './uploads.mjs';

const holes = new Set((process.env.HOLES ?? '').split(',').filter(Boolean));
const open = (name) => holes.has(name);
const secret = open('token-other-secret') ? 'secret' : process.env.JWT_SECRET;
const limit = Number(process.env.LOGIN_LIMIT ?? 1000);
const database = new DatabaseSync(':memory:');
database.exec('CREATE TABLE samples (id TEXT PRIMARY KEY, title TEXT, note TEXT, created_by TEXT)');
const users = new Map();
const ended = new Set();
const refreshes = new Map();
const stored = new Map();
const guesses = new Map();

const log = (told) => console.log(JSON.stringify({ level: 'info', ...told }));
const part = (value) => Buffer.from(value).toString('base64url');
const hmac = (name, text, key) => createHmac(name, key).update(text).digest('base64url');
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Refusal extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
}

function sign(user, session) {
  const exp = Math.floor(Date.now() / 1000) + 900;
  const text = `${part('{"alg":"HS256","typ":"JWT"}')}.${part(JSON.stringify({ sub: user.id, sid: session, exp }))}`;
  return `${text}.${hmac('sha256', text, secret)}`;
}

function callerOf(request, query) {
  const given = (request.headers.authorization ?? '').replace(/^Bearer /, '') || (open('token-in-address') && query.get('token'));
  if (open('identity-headers') && request.headers['x-user-id']) return byId(request.headers['x-user-id']);
  if (open('csrf-refresh') && request.headers.cookie) return users.values().next().value;
  if (!given) return undefined;
  if (open('refresh-as-access') && refreshes.has(given)) return refreshes.get(given).user;
  const [head, body, mark] = given.split('.');
  if (mark === undefined) throw new Refusal(401, 'unauthenticated');
  const { alg, kid } = JSON.parse(Buffer.from(head, 'base64url'));
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  const good =
    (open('token-none') && alg === 'none') ||
    (open('token-tampered') && mark === '') ||
    (open('token-tampered') && claims.exp === 4e9) ||
    (open('token-confusion') && kid !== undefined) ||
    mark === hmac('sha256', `${head}.${body}`, secret);
  const stale = !open('token-expired') && claims.exp * 1000 < Date.now();
  if (!good || (alg !== 'HS256' && !holes.size) || stale) throw new Refusal(401, 'unauthenticated');
  if (ended.has(claims.sid) && !open('token-after-logout')) throw new Refusal(401, 'unauthenticated');
  return byId(claims.sub);
}

const byId = (id) => [...users.values()].find((user) => user.id === id);

function valid(schema, value) {
  const kinds = [schema.type].flat();
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (!kinds.includes(kind)) return false;
  if (kind === 'string') return [...value].length >= (schema.minLength ?? 0) && [...value].length <= (schema.maxLength ?? Infinity) && !/[\0\p{Cs}]/u.test(value);
  if (kind !== 'object') return true;
  const known = Object.keys(value).every((name) => Object.hasOwn(schema.properties, name) && valid(schema.properties[name], value[name]));
  return known && schema.required.every((name) => Object.hasOwn(value, name));
}

function tokensOf(user, response, request) {
  const session = randomUUID();
  const refresh = randomBytes(32).toString('hex');
  refreshes.set(refresh, { user, session });
  const tokens = { access_token: sign(user, session), refresh_token: refresh, token_type: 'Bearer', expires_in: 900 };
  if (request.headers['x-token-transport'] === 'cookie') {
    const flags = open('cookie-flags') ? '' : '; HttpOnly; Secure; SameSite=Strict';
    response.setHeader('Set-Cookie', `refresh_token=${refresh}; Path=/api/refresh${flags}`);
    delete tokens.refresh_token;
  }
  return tokens;
}

const hashed = (password, salt) => scryptSync(password, salt, 16, { N: 1024 });
const shown = ({ id, email, name, roles }) => ({ id, email, name, ...(open('mass-assignment') && { roles }) });
const can = (user) => user.roles.includes('admin');

const routes = {
  'GET /api/live': () => [200, { status: 'ok' }],
  'GET /api/openapi': () => [200, document],
  'POST /api/register': ({ body, request, response }) => {
    if (users.has(body.email)) throw new Refusal(409, 'conflict');
    const salt = randomBytes(8);
    const roles = open('mass-assignment') ? (body.roles ?? []) : [];
    const user = { id: randomUUID(), email: body.email, name: body.name, salt, hash: hashed(body.password, salt), roles };
    users.set(user.email, user);
    return [200, { user: shown(user), tokens: tokensOf(user, response, request) }];
  },
  'POST /api/login': async ({ body, request, response }) => {
    const from = open('rate-login') ? randomUUID() : body.email;
    guesses.set(from, (guesses.get(from) ?? 0) + 1);
    if (guesses.get(from) > limit) throw new Refusal(429, 'rate_limited');
    if (open('secret-in-log')) log({ message: 'login', body });
    const user = users.get(body.email);
    if (!user && open('user-enumeration')) throw new Refusal(404, 'no_such_user');
    if (!user && open('user-enumeration-time')) throw new Refusal(401, 'bad_credentials');
    if (user && open('user-enumeration-time')) await sleep(60);
    const hash = hashed(body.password, user?.salt ?? 'nobody');
    if (!user || !timingSafeEqual(hash, user.hash)) throw new Refusal(401, 'bad_credentials');
    return [200, { user: shown(user), tokens: tokensOf(user, response, request) }];
  },
  'POST /api/refresh': ({ body, request, response }) => {
    const cookie = /refresh_token=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const foreign = request.headers.origin && request.headers.origin !== `http://${request.headers.host}`;
    if (cookie && foreign && !open('csrf-refresh')) throw new Refusal(403, 'forbidden');
    const given = body.refresh_token ?? cookie;
    const found = refreshes.get(given);
    if (!found) throw new Refusal(401, 'unauthenticated');
    if (!open('refresh-reuse')) refreshes.delete(given);
    return [200, { tokens: tokensOf(found.user, response, request) }];
  },
  'POST /api/logout': ({ request }) => {
    ended.add(JSON.parse(Buffer.from(request.headers.authorization.split('.')[1], 'base64url')).sid);
    return [200, {}];
  },
  'GET /api/me': ({ caller }) => {
    const polluted = open('object-injection') ? { polluted: {}.polluted } : {};
    return [200, { user: shown(caller), permissions: can(caller) ? ['users.read', 'sample.manage'] : [], ...polluted }];
  },
  'GET /api/users': ({ caller }) => {
    if (!can(caller) && !open('permission-missing')) throw new Refusal(403, 'forbidden');
    return [200, { items: [...users.values()].map(shown), total: users.size }];
  },
  'GET /api/samples': ({ caller, query }) => {
    for (const name of query.keys()) if (!['search', 'page'].includes(name)) throw new Refusal(400, 'bad_request');
    if (query.has('page') && !open('fuzz-accepts-invalid') && !/^[1-9]\d{0,6}$/.test(query.get('page'))) throw new Refusal(400, 'bad_request');
    const search = query.get('search') ?? '';
    if (/[\0\uFFFD]/.test(search)) throw new Refusal(400, 'bad_request');
    const items = open('sql-injection')
      ? database.prepare(`SELECT * FROM samples WHERE title LIKE '%${search}%'`).all()
      : database.prepare("SELECT * FROM samples WHERE instr(title, ?) AND (created_by = ? OR ?)").all(search, caller.id, Number(can(caller)));
    return [200, { items, total: items.length }];
  },
  'POST /api/samples': ({ caller, body, request, response }) => {
    const key = request.headers['idempotency-key'];
    const kept = key && stored.get(open('idempotency-of-another') ? key : `${key} ${caller.id}`);
    if (kept) return [201, kept];
    const row = { note: null, id: randomUUID(), ...body, created_by: open('mass-assignment') ? (body.created_by ?? caller.id) : caller.id };
    database.prepare('INSERT INTO samples VALUES (?, ?, ?, ?)').run(row.id, row.title, row.note, row.created_by);
    tell(row);
    if (key) stored.set(open('idempotency-of-another') ? key : `${key} ${caller.id}`, row);
    if (open('host-header')) response.setHeader('Location', `http://${request.headers.host}/api/samples/${row.id}`);
    return [201, row];
  },
  // Answered where forms are read.
  'POST /api/pictures': () => [200, {}],
  'GET /api/samples/{id}': ({ row, response }) => {
    if (open('stored-script')) response.setHeader('Content-Type', 'text/html');
    return [200, open('fuzz-body-off-schema') ? { ...row, title: 7 } : row];
  },
  'PATCH /api/samples/{id}': ({ row, body }) => {
    const changed = { ...row, ...body };
    database.prepare('UPDATE samples SET title = ?, note = ? WHERE id = ?').run(changed.title, changed.note, row.id);
    return [200, changed];
  },
  'DELETE /api/samples/{id}': ({ row }) => {
    database.prepare('DELETE FROM samples WHERE id = ?').run(row.id);
    return [204];
  },
};

function rowOf(id, caller) {
  const row = database.prepare('SELECT * FROM samples WHERE id = ?').get(id);
  const mine = row && (row.created_by === caller.id || can(caller) || open('row-of-another'));
  if (!mine) throw new Refusal(404, 'not_found');
  return { ...row };
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > 1e6 && !open('body-oversized')) throw new Refusal(413, 'too_large');
    chunks.push(chunk);
  }
  if (size === 0) return {};
  if (size > 1e6 && open('body-oversized')) throw new Error('out of memory');
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) throw new Refusal(415, 'unsupported');
  if (request.headers['content-encoding']) throw new Refusal(415, 'unsupported');
  const told = new TextDecoder('utf-8').decode(Buffer.concat(chunks));
  if (/(\[|\{"a":){3000}/.test(told)) throw open('body-nested') ? new Error('stack') : new Refusal(400, 'bad_request');
  const parsed = parse(told);
  if (open('object-injection')) for (const key of Object.getOwnPropertyNames(parsed)) if (key === '__proto__') Object.assign(Object.prototype, parsed[key]);
  return parsed;
}

function parse(told) {
  try {
    return JSON.parse(told);
  } catch (error) {
    throw open('error-leak') ? error : new Refusal(400, 'bad_request');
  }
}

function routeOf(request, path) {
  const pattern = path.replace(/^(\/api\/samples\/)[^/]+$/, '$1{id}');
  let { method } = request;
  if (open('verb-tampering')) method = request.headers['x-http-method-override'] ?? method;
  const key = `${method} ${pattern}`;
  if (!routes[key]) throw new Refusal(Object.keys(routes).some((each) => each.endsWith(` ${pattern}`)) ? 405 : 404, 'no_route');
  return { key, pattern, method };
}

function pathOf(request) {
  const path = request.url.split('?')[0];
  if (open('path-spelling')) return { path: path.toLowerCase(), guarded: path === path.toLowerCase() };
  return { path, guarded: true };
}

function misdirect(request, response) {
  const { url } = request;
  if (open('path-traversal') && url.includes('passwd')) return [200, 'root:x:0:0', 'text/plain'];
  if (open('open-redirect') && url.startsWith('//')) return response.setHeader('Location', `http:${url}`), [302, '', 'text/plain'];
  if (open('route-undocumented') && url === '/debug') return [200, '{}', 'application/json'];
  if (open('reflected-script') && url.includes('script')) return [404, decodeURIComponent(url), 'text/html'];
  if (open('log-injection') && url.includes('%0a') | url.includes('%0A')) console.log(decodeURIComponent(url));
  if (open('header-injection')) for (const line of decodeURIComponent(url).split('\r\n').slice(1)) response.setHeader(line.split(':')[0], 'yes');
  return undefined;
}

async function answer(request, response) {
  const early = misdirect(request, response);
  if (early) return early;
  const { path, guarded } = pathOf(request);
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  if (path === '/grant' && request.headers['x-control'] === process.env.JWT_SECRET) {
    users.get(query.get('email')).roles.push(query.get('role'));
    return [200, '{}', 'application/json'];
  }
  const { key, pattern, method } = routeOf(request, path);
  const told = document.paths[pattern][method.toLowerCase()];
  const caller = callerOf(request, query);
  const needed = told.security === undefined && !open('route-open') && !open('fuzz-open-operation');
  if (!caller && needed && guarded) throw new Refusal(401, 'unauthenticated');
  if (told.requestBody?.content['multipart/form-data']) {
    const refused = await refusal(request, open);
    if (refused) throw new Refusal(refused, 'refused');
    return [200, '{}', 'application/json'];
  }
  const body = await bodyOf(request);
  if (open('slow-pattern') && String(body.email).length > 1000) await sleep(2500);
  const asked = told.requestBody?.content['application/json'].schema.$ref.split('/').pop();
  if (asked && !valid(schemas[asked], body) && !open('mass-assignment') && !open('object-injection') && !open('fuzz-accepts-invalid')) throw new Refusal(422, 'invalid');
  if (open('fuzz-server-error') && body.title?.length === 1) throw new Error('broken');
  if (open('fuzz-no-answer') && body.note === '') return response.destroy();
  if (open('fuzz-status-undocumented') && body.title?.length > 100) throw new Refusal(418, 'teapot');
  const user = caller ?? { id: '', roles: [], email: '', name: '' };
  const row = pattern.endsWith('{id}') ? rowOf(decodeURIComponent(path.split('/').pop()), user) : undefined;
  const [status, result] = await routes[key]({ request, response, caller: user, body, query, row });
  return [status, result === undefined ? '' : JSON.stringify(result), open('fuzz-content-type') && row ? 'text/plain' : 'application/json'];
}

function headers(request, response) {
  const told = {
    'header-sniffing': ['X-Content-Type-Options', 'nosniff'],
    'header-framing': ['X-Frame-Options', 'DENY'],
    'header-transport': ['Strict-Transport-Security', 'max-age=31536000'],
    'header-cache': ['Cache-Control', 'no-store'],
  };
  for (const [hole, [name, value]] of Object.entries(told)) if (!open(hole)) response.setHeader(name, value);
  if (open('header-fingerprint')) response.setHeader('X-Powered-By', 'Express');
  if (open('cors') && request.headers.origin) response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
}

let hanging = 0;
const server = createServer(async (request, response) => {
  headers(request, response);
  try {
    if (open('body-slow')) {
      if (request.method === 'POST' && request.headers['content-length'] === '1000') hanging += 1;
      if (hanging > 10) await sleep(1500);
    }
    const [status, text, kind] = (await answer(request, response)) ?? [];
    if (status === undefined) return;
    if (kind && status !== 204 && !response.hasHeader('Content-Type')) response.setHeader('Content-Type', kind);
    response.writeHead(status).end(status === 204 ? undefined : text);
  } catch (error) {
    const known = error instanceof Refusal || error instanceof URIError || error instanceof SyntaxError;
    const status = error.status ?? (known && !open('error-leak') ? 400 : 500);
    const message = open('error-leak') || (open('sql-injection') && error.code === 'ERR_SQLITE_ERROR') ? error.stack : 'refused';
    if (!response.headersSent) response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { code: status, message } }));
  }
  log({ method: request.method, status: response.statusCode });
});
const tell = stream(server, {
  open,
  callerOf,
  mayRead: (row, caller) => row.created_by === caller.id || can(caller),
  anybody: () => users.values().next().value,
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
