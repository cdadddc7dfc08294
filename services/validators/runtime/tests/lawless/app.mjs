// Things in memory, as an application should keep them; FAULT names the one law that it breaks.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const fault = process.env.FAULT ?? '';
const rows = new Map();
const keys = new Map();
let clock = Date.parse('2026-01-01T00:00:00Z');

const refused = (field) => ({ status: 422, body: { error: { fields: [{ field }] } } });
const wrong = ({ title, count, code }) => {
  if (fault === 'bounds_hold') return undefined;
  if (title !== undefined && (typeof title !== 'string' || title.length < 2 || title.length > 20 || title.includes('\0'))) return 'title';
  if (count !== undefined && count !== null && (!Number.isInteger(count) || count < 0 || count > 9)) return 'count';
  if (code !== undefined && (typeof code !== 'string' || code.length < 8 || code.length > 20 || code.includes('\0'))) return 'code';
  return undefined;
};
const taken = (title, id) => fault !== 'what_is_unique_is_there_once' && [...rows.values()].some((row) => row.title === title && row.id !== id);
const shown = (status, row) => ({ status, body: row, headers: { etag: `"${row.row_version}"` } });

function create(body, key) {
  const known = keys.get(key);
  if (known && fault !== 'a_key_stands_for_one_row') return JSON.stringify(body) === known.sent ? shown(201, known.row) : { status: 422, body: {} };
  const field = body.title === undefined ? 'title' : wrong(body);
  if (field) return refused(field);
  if (taken(body.title)) return { status: 409, body: {} };
  clock += 1;
  const row = { id: randomUUID(), created_at: new Date(clock).toISOString(), row_version: 1, state: 'draft', count: null, ...body };
  if (fault === 'what_is_sent_is_kept') row.count += 1;
  rows.set(row.id, row);
  if (key) keys.set(key, { sent: JSON.stringify(body), row });
  return shown(201, row);
}

function change(row, body, match) {
  if (match && match !== `"${row.row_version}"` && fault !== 'versions_count') return { status: 412, body: {} };
  const field = wrong(body);
  if (field) return refused(field);
  if (body.title !== undefined && taken(body.title, row.id)) return { status: 409, body: {} };
  Object.assign(row, body, { row_version: row.row_version + 1 });
  return shown(200, row);
}

function list(query) {
  let found = [...rows.values()].reverse();
  for (const [name, value] of query) {
    const not = name.endsWith('[ne]');
    const member = name.replace('[ne]', '');
    if (['page', 'page_size'].includes(member) || fault === 'lists_hold_what_they_are_asked') continue;
    found = found.filter((row) => (String(row[member]) === value) !== not);
  }
  const size = Number(query.get('page_size') ?? 25);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  return { status: 200, body: { items: found.slice(from, from + size), total: found.length } };
}

function finish(row) {
  if (row.state !== 'draft') return { status: 409, body: {} };
  row.state = fault === 'states_are_kept_to' ? 'reopened' : 'done';
  return shown(200, row);
}

function answer({ method, headers, url }, body) {
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (!headers.authorization && fault !== 'strangers_stay_outside') return { status: 401, body: {} };
  const [, , , id, action] = pathname.split('/');
  if (id === undefined) return method === 'POST' ? create(body, headers['idempotency-key']) : list(searchParams);
  const row = rows.get(id);
  if (!row) return { status: 404, body: {} };
  if (action === 'finish') return finish(row);
  if (action === 'reopen') return row.state === 'done' ? shown(200, Object.assign(row, { state: 'draft' })) : { status: 409, body: {} };
  if (method === 'PATCH') return change(row, body, headers['if-match']);
  if (method === 'GET') return shown(200, row);
  if (fault !== 'what_is_deleted_is_gone') rows.delete(id);
  return { status: 204 };
}

const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const { status, body, headers = {} } = answer(request, text ? JSON.parse(text) : {});
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
