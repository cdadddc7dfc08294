"""A small secure application, and its mistakes; run this module for the catch rate.

What looks like a secret here is made up.
"""

from stackwright_sdk.validation.testing import Defect, print_catch_rate
from stackwright_security_validator.validator import SecurityValidator

ROUTES, APP, PAGE = "backend/src/features/notes.ts", "backend/src/app.ts", "frontend/src/Notes.tsx"
CLEAN = {
    "backend/src/main.ts": "import { buildApp } from './app.ts';\n\nbuildApp().listen(3000);\n",
    APP: """\
import cors from 'cors';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { notes } from './features/notes.ts';
import { requireCaller } from './shared/guard.ts';

export function buildApp() {
  const app = express();
  app.use(helmet(), cors({ origin: ['https://app.example'] }));
  app.use(rateLimit({ limit: 100 }), express.json({ limit: '1mb' }));
  app.set('trust proxy', 1);
  app.use('/api', requireCaller, notes);
  app.get('/api/live', (_request, response) => response.json({ status: 'ok' }));
  return app;
}
""",
    "backend/src/shared/guard.ts": """\
import jwt from 'jsonwebtoken';

export function requireCaller(request, response, next) {
  try {
    response.locals.caller = jwt.verify(request.get('authorization'), config.jwtSecret, { algorithms: ['HS256'] });
  } catch {
    response.status(401).end();
    return;
  }
  next();
}

export const sign = (user) => jwt.sign({ sub: user.id }, config.jwtSecret, { expiresIn: '15m' });
""",
    ROUTES: """\
import { createHash, randomBytes } from 'node:crypto';
import { Router } from 'express';

const TABLE = 'notes';
export const notes = Router();

notes.get('/notes/:id', async (request, response) => {
  const { id } = request.params;
  const rows = await database.query(`SELECT * FROM ${TABLE} WHERE id = :id`, { replacements: { id } });
  response.cookie('seen', '1', { httpOnly: true, secure: true, sameSite: 'strict' });
  response.json(rows);
});

notes.post('/notes', async (request, response) => {
  const token = randomBytes(32).toString('hex');
  const digest = createHash('sha256').update(token).digest('hex');
  await Note.create({ title: request.body.title, digest });
  response.redirect('/notes');
});
""",
    "backend/src/shared/labels.ts": "export const labels = { password: 'Password', secret: 'Secret question' };\n",
    "backend/.env.example": "# Made at random in development.\nJWT_SECRET=\n#DATABASE_URL=postg"
    "res://app:secret@localhost:5432/app\n",
    "backend/Dockerfile": 'FROM node:24-slim AS base\nFROM base\nUSER node\nCMD ["node", "src/main.ts"]\n',
    "docker-compose.yml": """\
services:
  postgres:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it}
""",
    PAGE: "export const Notes = ({ title }: { title: string }) => <p>{title}</p>;\n",
    "database/seeds/0001_roles.sql": "INSERT INTO roles (name) VALUES ('admin') ON CONFLICT DO NOTHING;\n",
}
_QUERY = "const rows = await database.query(`SELECT * FROM ${TABLE} WHERE id = :id`, { replacements: { id } });"
_CREATE = "await Note.create({ title: request.body.title, digest });"
_ANSWER = "response.json(rows);"
_REDIRECT = "response.redirect('/notes');"
_AWS = "AKIA" + "QYLPMN5HFIQR7BBB"
_JWT = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
_KEY = "-----BEGIN RSA " + "PRIVATE KEY-----"
_STRIPE = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"


def _at(name: str, rule: str, new: str, old: str = _QUERY, path: str = ROUTES) -> Defect:
    return Defect(name, rule, path, new, old)


DEFECTS = [
    Defect("cloud key", "secret", "backend/src/shared/cloud.ts", f"export const id = '{_AWS}';\n"),
    Defect("private key", "secret", "backend/key.pem", f"{_KEY}\nMIIEpAIBAAKCAQEA\n"),
    Defect("token in code", "secret", "frontend/src/token.ts", f"export const token = '{_JWT}';\n"),
    Defect("payment key", "secret", "backend/src/shared/pay.ts", f"export const stripe = '{_STRIPE}';\n"),
    Defect(
        "password in code",
        "secret",
        "backend/src/shared/mail.ts",
        "export const mail = { password: 'hx7Kq2-vR9tLmW' };\n",
    ),
    Defect(
        "password in an address",
        "secret",
        "backend/src/shared/db.ts",
        "export const url = 'postgres://app:hx7Kq2vR9@db.example.com/app';\n",
    ),
    Defect("committed .env", "env-committed", "backend/.env", "PORT=3000\n"),
    Defect("secret in an example", "example-secret", "backend/.env.example", "JWT_SECRET=abcdef", "JWT_SECRET="),
    Defect(
        "known password in compose",
        "default-credentials",
        "docker-compose.yml",
        "POSTGRES_PASSWORD: postgres",
        "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it}",
    ),
    Defect(
        "known password as a fallback",
        "default-credentials",
        "docker-compose.yml",
        "${POSTGRES_PASSWORD:-changeme}",
        "${POSTGRES_PASSWORD:?set it}",
    ),
    Defect(
        "known password in code",
        "default-credentials",
        "backend/src/shared/admin.ts",
        "export const admin = { password: 'admin123' };\n",
    ),
    Defect(
        "user with a password in a seed",
        "default-credentials",
        "database/seeds/0002_admin.sql",
        "INSERT INTO users (email, password_hash) VALUES ('a@b.c', '$2b$10$abcdefghijklmnopqrstuv');\n",
    ),
    Defect("container as root", "container-root", "backend/Dockerfile", "", "USER node\n"),
    Defect("container as root by name", "container-root", "backend/Dockerfile", "USER root", "USER node"),
    Defect("newest image", "image-unpinned", "backend/Dockerfile", "FROM node:latest", "FROM node:24-slim"),
    Defect(
        "docker socket",
        "container-privileged",
        "docker-compose.yml",
        "image: postgres:18\n    privileged: true",
        "image: postgres:18",
    ),
    _at("no headers", "no-security-headers", "", "helmet(), ", APP),
    _at("no rate limit", "no-rate-limit", "", "rateLimit({ limit: 100 }), ", APP),
    _at("no body limit", "no-body-limit", "express.json()", "express.json({ limit: '1mb' })", APP),
    _at("every origin", "cors-any", "cors()", "cors({ origin: ['https://app.example'] })", APP),
    _at("origin star", "cors-any", "origin: '*'", "origin: ['https://app.example']", APP),
    _at("origin of whoever asks", "cors-any", "origin: true", "origin: ['https://app.example']", APP),
    _at(
        "origin header by hand",
        "cors-any",
        f"response.setHeader('Access-Control-Allow-Origin', '*');\n  {_ANSWER}",
        _ANSWER,
    ),
    _at("every proxy", "trust-every-proxy", "app.set('trust proxy', true)", "app.set('trust proxy', 1)", APP),
    _at("headers off", "headers-off", "helmet({ contentSecurityPolicy: false })", "helmet()", APP),
    _at(
        "guard taken away", "route-unguarded", "app.use('/api', notes);", "app.use('/api', requireCaller, notes);", APP
    ),
    _at(
        "route before the guard",
        "route-unguarded",
        "app.get('/api/all', (request, response) => response.json([]));\n  app.get('/api/live',",
        "app.get('/api/live',",
        APP,
    ),
    _at(
        "guard that lets all pass",
        "route-unguarded",
        "next();",
        "response.status(401).end();\n    return;",
        "backend/src/shared/guard.ts",
    ),
    _at(
        "SQL from a parameter",
        "sql-concatenation",
        "const rows = await database.query(`SELECT * FROM notes WHERE id = '${id}'`);",
    ),
    _at(
        "SQL joined with plus",
        "sql-concatenation",
        "const rows = await database.query('SELECT * FROM notes WHERE id = ' + request.params.id);",
    ),
    _at(
        "SQL in a variable",
        "sql-concatenation",
        "const sql = `SELECT * FROM notes ORDER BY ${request.query.sort}`;\n  const rows = await database.query(sql);",
    ),
    _at(
        "SQL in a helper",
        "sql-concatenation",
        "const find = (name) => database.query(`SELECT * FROM notes WHERE name = '${name}'`);\n  co"
        "nst rows = await find(id);",
    ),
    _at(
        "SQL literal of the ORM",
        "sql-concatenation",
        "const rows = await Note.findAll({ where: sequelize.literal(`id = 1 ORDER BY ${request.query.sort}`) });",
    ),
    _at("eval", "eval", f"eval(request.query.code);\n  {_QUERY}"),
    _at("function from text", "eval", f"new Function(id)();\n  {_QUERY}"),
    _at("command line", "command-injection", f"exec(`convert ${{id}}`);\n  {_QUERY}"),
    _at("shell", "command-injection", f"spawn('convert', [id], {{ shell: true }});\n  {_QUERY}"),
    _at("redirect", "open-redirect", "response.redirect(request.query.next);", _REDIRECT),
    _at(
        "redirect by a variable",
        "open-redirect",
        "const { next } = request.query;\n  response.redirect(next);",
        _REDIRECT,
    ),
    _at(
        "file of a request",
        "path-traversal",
        f"response.sendFile(path.join(root, request.params.name));\n  {_ANSWER}",
        _ANSWER,
    ),
    _at("file by a variable", "path-traversal", f"await readFile(`files/${{id}}`);\n  {_ANSWER}", _ANSWER),
    _at("address of a request", "request-forgery", f"await fetch(request.body.url);\n  {_CREATE}", _CREATE),
    _at("keys of a request", "prototype-pollution", f"settings[request.body.key] = 1;\n  {_CREATE}", _CREATE),
    _at("merge of a request", "prototype-pollution", f"merge(settings, request.body);\n  {_CREATE}", _CREATE),
    _at(
        "copy of all keys",
        "prototype-pollution",
        f"for (const key in source) target[key] = source[key];\n  {_CREATE}",
        _CREATE,
    ),
    _at("whole body written", "mass-assignment", "await Note.create(request.body);", _CREATE),
    _at("body spread", "mass-assignment", "await Note.create({ ...request.body });", _CREATE),
    _at("reflected text", "reflected-html", "response.send(`<p>${request.query.q}</p>`);", _ANSWER),
    _at(
        "cookie without flags",
        "cookie-flags",
        "response.cookie('seen', '1');",
        "response.cookie('seen', '1', { httpOnly: true, secure: true, sameSite: 'strict' });",
    ),
    _at("cookie that scripts read", "cookie-flags", "httpOnly: false", "httpOnly: true"),
    _at("cookie in the open", "cookie-flags", "", "secure: true, "),
    _at("stack in an answer", "error-leak", "response.json({ error: error.stack });", _ANSWER),
    _at(
        "token without algorithms",
        "jwt-algorithms",
        "config.jwtSecret);",
        "config.jwtSecret, { algorithms: ['HS256'] });",
        "backend/src/shared/guard.ts",
    ),
    _at("token without a signature", "jwt-none", "['HS256', 'none']", "['HS256']", "backend/src/shared/guard.ts"),
    _at(
        "signing secret in code",
        "jwt-secret-in-code",
        "'topsecret', { expiresIn",
        "config.jwtSecret, { expiresIn",
        "backend/src/shared/guard.ts",
    ),
    _at(
        "token without end",
        "jwt-without-end",
        "{ subject: '1' }",
        "{ expiresIn: '15m' }",
        "backend/src/shared/guard.ts",
    ),
    _at(
        "secret with a fallback", "secret-fallback", f"const key = process.env.JWT_SECRET ?? 'development';\n  {_QUERY}"
    ),
    _at("MD5", "weak-hash", "createHash('md5')", "createHash('sha256')"),
    _at("ECB", "weak-cipher", f"createCipheriv('aes-128-ecb', key, null);\n  {_QUERY}"),
    _at(
        "random token",
        "weak-random",
        "const token = Math.random().toString(36);",
        "const token = randomBytes(32).toString('hex');",
    ),
    _at("few rounds", "weak-password-hash", f"await bcrypt.hash(request.body.password, 4);\n  {_CREATE}", _CREATE),
    _at(
        "plain password",
        "plain-password",
        f"if (user.password === request.body.password) return;\n  {_CREATE}",
        _CREATE,
    ),
    _at("certificates not checked", "tls-off", f"https.request({{ rejectUnauthorized: false }});\n  {_QUERY}"),
    _at("certificates not checked at all", "tls-off", f"process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\n  {_QUERY}"),
    _at("expression of a request", "dynamic-regexp", f"new RegExp(request.query.q);\n  {_ANSWER}", _ANSWER),
    _at("expression that never ends", "regex-backtracking", f"/^(a+)+$/.test(id);\n  {_ANSWER}", _ANSWER),
    _at(
        "objects out of text",
        "unsafe-deserialization",
        f"serialize.unserialize(request.body.data);\n  {_CREATE}",
        _CREATE,
    ),
    _at("password in the log", "secret-in-log", f"log.info('sign-in', {{ password }});\n  {_CREATE}", _CREATE),
    _at("HTML from text", "inner-html", "<p dangerouslySetInnerHTML={{ __html: title }} />", "<p>{title}</p>", PAGE),
    Defect(
        "HTML into the page",
        "inner-html",
        "frontend/src/raw.ts",
        "export const put = (node, text) => { node.innerHTML = text; };\n",
    ),
    Defect(
        "token in storage", "token-in-storage", "frontend/src/keep.ts", "localStorage.setItem('access_token', value);\n"
    ),
    Defect(
        "message to anybody",
        "message-to-anybody",
        "frontend/src/tell.ts",
        "window.parent.postMessage({ open: true }, '*');\n",
    ),
    Defect("JavaScript twin", "eval", "backend/src/old.js", "export const run = (text) => eval(text);\n"),
    Defect(
        "page in JavaScript",
        "inner-html",
        "frontend/src/Old.jsx",
        "export const Old = ({ html }) => <p dangerouslySetInnerHTML={{ __html: html }} />;\n",
    ),
]


if __name__ == "__main__":
    print_catch_rate(SecurityValidator(), CLEAN, DEFECTS)
