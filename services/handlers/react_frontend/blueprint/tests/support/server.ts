import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A row as the test server keeps it; what is in it is up to the test. */
export interface StoredRow {
  id: string;
  can: string[];
  [member: string]: unknown;
}

export interface Collection {
  rows: StoredRow[];
  /** Members that `search` looks at. */
  search?: string[];
  /** Members that must not be blank. */
  required?: string[];
  /** Answers by cursor instead of page. */
  cursor?: boolean;
  /** Member that `choices` shows. */
  display?: string;
}

export interface TestServerOptions {
  collections: Record<string, Collection>;
  /** Who may sign in; nobody without it. */
  person?: { email: string; password: string; name: string; permissions: string[] | null };
  /** Collections that are not named are there, and empty. */
  anything?: boolean;
  /** Answers to other addresses, by `GET /api/path`; a test may change them while it runs. */
  answers?: Record<string, Answer | undefined>;
}

export interface ReceivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}

const nothing: Collection = { rows: [] };

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A small server that keeps to the conventions of the API, so that pages are tested against real HTTP. */
export class TestServer {
  readonly received: ReceivedRequest[] = [];
  /** Tokens that are good now; emptied by a test to let them expire. */
  readonly tokens = new Set<string>();
  refreshable = false;
  readonly #options: TestServerOptions;
  readonly #server: Server;
  #issued = 0;

  constructor(options: TestServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** For what speaks another protocol on the same port. */
  get http(): Server {
    return this.#server;
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  issue(): { access_token: string; token_type: string; expires_in: number } {
    this.#issued += 1;
    const access_token = `token-${this.#issued}`;
    this.tokens.add(access_token);
    this.refreshable = true;
    return { access_token, token_type: "Bearer", expires_in: 900 };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const received: ReceivedRequest = {
      method: request.method ?? "GET",
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: bodyOf(text, request.headers["content-type"]),
    };
    this.received.push(received);
    const { status, body, headers } = this.#answer(received);
    response.writeHead(status, {
      ...headers,
      "content-type": "application/json",
      "x-correlation-id": "test-correlation",
    });
    response.end(body === undefined ? "" : JSON.stringify(body));
  }

  #answer(request: ReceivedRequest): Answer {
    const fixed = this.#options.answers?.[`${request.method} ${request.path}`];
    if (fixed !== undefined) return fixed;
    const account = this.#account(request);
    if (account !== undefined) return account;
    const [, , name = "", id, act] = request.path.split("/");
    const collection =
      this.#options.collections[name] ?? (this.#options.anything === true ? nothing : undefined);
    if (collection === undefined) return problem(404, "not_found", "There is nothing here.");
    if (!this.#signedIn(request)) return problem(401, "token_expired", "Please sign in.");
    if (id === undefined)
      return request.method === "POST" ? create(collection, request) : list(collection, request);
    if (id === "choices") return choices(collection, request.query.get("search") ?? "");
    return rowAnswer(collection, id, act, request);
  }

  #account(request: ReceivedRequest): Answer | undefined {
    const { person } = this.#options;
    const user = { id: "person", display: person?.name ?? "", email: person?.email };
    switch (`${request.method} ${request.path}`) {
      case "POST /api/login":
        if (
          person === undefined ||
          request.body["email"] !== person.email ||
          request.body["password"] !== person.password
        ) {
          return problem(401, "bad_credentials", "E-mail address or password is wrong.");
        }
        return { status: 200, body: { user, tokens: this.issue() } };
      case "POST /api/register":
        if (String(request.body["password"]).length < 12) {
          return problem(422, "validation_failed", "Some entries are not right.", [
            { field: "password", code: "length", message: "Use at least 12 characters." },
          ]);
        }
        return { status: 200, body: { user, tokens: this.issue() } };
      case "POST /api/refresh":
        if (!this.refreshable) return problem(401, "token_expired", "Please sign in again.");
        return { status: 200, body: { tokens: this.issue() } };
      case "POST /api/logout":
        this.tokens.clear();
        this.refreshable = false;
        return { status: 200, body: {} };
      case "GET /api/me":
        if (!this.#signedIn(request)) return problem(401, "token_expired", "Please sign in.");
        return {
          status: 200,
          body: { user, ...(person?.permissions ? { permissions: person.permissions } : {}) },
        };
      default:
        return undefined;
    }
  }

  #signedIn(request: ReceivedRequest): boolean {
    return this.tokens.has((request.headers.authorization ?? "").replace("Bearer ", ""));
  }
}

/** Somebody asked too often, and may ask again after some seconds. */
export function limited(seconds: number): Answer {
  const answer = problem(429, "rate_limited", "Too many requests. Wait a little and try again.");
  return { ...answer, headers: { "retry-after": String(seconds) } };
}

export function problem(status: number, code: string, message: string, fields: unknown[] = []): Answer {
  return { status, body: { error: { code, status, message, fields, correlation: "test-correlation" } } };
}

function list(collection: Collection, { query }: ReceivedRequest): Answer {
  const size = Number(query.get("page_size") ?? 25);
  const found = matching(collection, query);
  if (collection.cursor === true) {
    const from = Number(query.get("cursor") ?? 0);
    const next = from + size < found.length ? String(from + size) : null;
    return {
      status: 200,
      body: { items: found.slice(from, from + size), total: found.length, next_cursor: next },
    };
  }
  const page = Number(query.get("page") ?? 1);
  const items = found.slice((page - 1) * size, page * size);
  return { status: 200, body: { items, total: found.length, page, page_size: size, next_cursor: null } };
}

/** The members of a body of JSON; forms of several parts, which carry files, are kept as their text. */
function bodyOf(text: string, type = ""): Record<string, unknown> {
  if (text === "") return {};
  return type.startsWith("multipart/") ? { text } : (JSON.parse(text) as Record<string, unknown>);
}

function matching(collection: Collection, query: URLSearchParams): StoredRow[] {
  const search = (query.get("search") ?? "").toLowerCase();
  let rows = collection.rows.filter(
    (row) =>
      search === "" ||
      (collection.search ?? []).some((member) => String(row[member]).toLowerCase().includes(search)),
  );
  for (const [name, value] of query) {
    if (["page", "page_size", "sort", "search", "cursor"].includes(name)) continue;
    const [member = "", operator] = name.split(/[[\]]/u);
    if (operator === "in") {
      const wanted = value.split(",");
      rows = rows.filter((row) => plain(row[member]).some((found) => wanted.includes(found)));
    }
    if (operator !== undefined) continue;
    rows = rows.filter((row) => plain(row[name]).includes(value));
  }
  const sort = query.get("sort");
  if (sort === null) return rows;
  const member = sort.replace("-", "");
  const sorted = rows.toSorted((one, other) => String(one[member]).localeCompare(String(other[member])));
  return sort.startsWith("-") ? sorted.toReversed() : sorted;
}

/** The ids of references, else the value as text. */
function plain(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(plain);
  if (typeof value === "object" && value !== null && "id" in value) return [String(value.id)];
  return [String(value)];
}

function choices(collection: Collection, search: string): Answer {
  const items = collection.rows
    .map((row) => ({ id: row.id, display: String(row[collection.display ?? "name"]) }))
    .filter((item) => item.display.toLowerCase().includes(search.toLowerCase()));
  return { status: 200, body: { items: items.slice(0, 25), total: items.length } };
}

function refused(collection: Collection, body: Record<string, unknown>): Answer | undefined {
  const blank = (collection.required ?? []).filter(
    (member) => member in body && String(body[member]).trim() === "",
  );
  const unacceptable = Object.entries(body).filter(([, value]) => value === "refuse me");
  const fields = [
    ...blank.map((field) => ({ field, code: "required", message: "This is needed." })),
    ...unacceptable.map(([field]) => ({ field, code: "format", message: "The server does not take this." })),
  ];
  return fields.length === 0
    ? undefined
    : problem(422, "validation_failed", "Some entries are not right.", fields);
}

function create(collection: Collection, { body }: ReceivedRequest): Answer {
  const wrong = refused(collection, body);
  if (wrong !== undefined) return wrong;
  const now = new Date().toISOString();
  const template = collection.rows[0] ?? { can: ["update", "delete"] };
  const row = {
    ...template,
    ...body,
    id: `new-${collection.rows.length}`,
    row_version: 1,
    created_at: now,
    updated_at: now,
  };
  collection.rows.unshift(row as StoredRow);
  return { status: 201, body: row };
}

function rowAnswer(
  collection: Collection,
  id: string,
  act: string | undefined,
  request: ReceivedRequest,
): Answer {
  const index = collection.rows.findIndex((row) => row.id === id);
  const row = collection.rows[index];
  if (row === undefined && act !== "restore")
    return problem(404, "not_found", "It does not exist, or not for you.");
  const version = request.headers["if-match"];
  if (row !== undefined && version !== undefined && version !== `"${String(row["row_version"])}"`) {
    return problem(412, "precondition_failed", "Somebody changed this meanwhile.");
  }
  switch (request.method) {
    case "GET":
      return { status: 200, body: row };
    case "DELETE":
      collection.rows.splice(index, 1);
      return { status: 204 };
    case "PATCH": {
      const wrong = refused(collection, request.body);
      if (wrong !== undefined || row === undefined)
        return wrong ?? problem(404, "not_found", "It does not exist.");
      Object.assign(row, request.body, { row_version: Number(row["row_version"] ?? 1) + 1 });
      return { status: 200, body: row };
    }
    default:
      return { status: 200, body: row ?? {} };
  }
}
