import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { tableOf } from '../database/row.ts';
import { quoted, select } from '../database/sql.ts';
import type { Signal } from '../live.ts';
import type { Services } from '../services.ts';
import { deliveries, hearers, type PositionedEvent } from './audience.ts';
import { type ClientMessage, CLOSE, Connection } from './connection.ts';
import { eventsAfter, isKept, newest } from './history.ts';
import { clientConfig, EVENTS, Listener } from './listener.ts';

const PATH = '/api/stream';
const MESSAGE_BYTES = 16_384;
const PING = 25_000;
const BATCH = 200;
const CONNECTIONS_OF_USER = 20;
/** Of those who have not said who they are. */
const MOST_STRANGERS = 1000;
const LAST_WORDS = 1000;

type Known = Connection & { caller: NonNullable<Connection['caller']> };

/** All sockets of this instance, and what they are to hear. */
export class Hub {
  readonly #services: Services;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES, perMessageDeflate: false, clientTracking: false });
  readonly #connections = new Set<Connection>();
  #listener: Listener | undefined;
  #pings: NodeJS.Timeout | undefined;
  #position = 0;
  #reading: Promise<void> | undefined;
  #more = false;
  #stopped = false;

  constructor(services: Services) {
    this.#services = services;
  }

  async listen(http: Server): Promise<void> {
    const { config, database, log } = this.#services;
    this.#position = await newest(database);
    this.#listener = new Listener(clientConfig(config.databaseUrl, database), log, (channel, payload) => {
      if (channel === EVENTS) this.#read();
      else void this.#signalled(payload);
    });
    await this.#listener.start();
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#pings = setInterval(() => void this.#tend(), PING);
  }

  /** Says goodbye to all, and cuts off who does not leave. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#pings);
    for (const connection of this.#connections) connection.close(CLOSE.stopping, 'The server stops. Come back.');
    for (let waited = 0; this.#connections.size > 0 && waited < LAST_WORDS; waited += 20) await sleep(20);
    for (const connection of this.#connections) connection.terminate();
    await this.#listener?.stop();
    await this.#reading;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    const refusal = this.#refusal(request);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    // Whoever calls says who they are in the first message and not by a cookie, so that no other site can speak for them.
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      const connection = new Connection(opened, {
        message: (from, message) => this.#said(from, message),
        close: (gone) => this.#connections.delete(gone),
      });
      this.#connections.add(connection);
    });
  }

  #refusal(request: IncomingMessage): string | undefined {
    if (this.#stopped) return '503 Service Unavailable';
    if (URL.parse(request.url ?? '', 'http://localhost')?.pathname !== PATH) return '404 Not Found';
    const { origin, host } = request.headers;
    // A page of another site has nothing to ask here, even if it came by a token.
    if (origin !== undefined && URL.parse(origin)?.host !== host && !this.#services.config.corsOrigins.includes(origin)) return '403 Forbidden';
    const strangers = [...this.#connections].filter(({ caller }) => !caller).length;
    return strangers >= MOST_STRANGERS ? '503 Service Unavailable' : undefined;
  }

  async #said(connection: Connection, message: ClientMessage): Promise<void> {
    try {
      const first = connection.caller === undefined;
      if (first !== (message.type === 'hello')) {
        connection.close(CLOSE.badMessage, first ? 'Say hello first.' : 'You said hello already.');
        return;
      }
      const before = connection.caller?.userId;
      connection.token = message.token;
      if (!(await this.#identify(connection))) return;
      if (message.type === 'hello') await this.#welcome(connection as Known, message.position);
      else if (connection.caller?.userId !== before) connection.close(CLOSE.unauthenticated, 'This is the token of somebody else.');
    } catch (error) {
      this.#services.log.failure('a message on the live channel failed', error);
      connection.close(1011, 'Something went wrong on our side.');
    }
  }

  /** Asks who stands behind the token, now. Closes the connection when nobody does. */
  async #identify(connection: Connection): Promise<boolean> {
    const credentials = { get: (header: string) => (header.toLowerCase() === 'authorization' ? `Bearer ${connection.token}` : undefined) };
    const caller = await this.#services.identify(credentials, this.#services);
    if (caller.signedIn) {
      connection.caller = caller;
      return true;
    }
    connection.close(CLOSE.unauthenticated, caller.refusal ?? 'unauthenticated');
    return false;
  }

  /** Sends what was missed since `position`, and from then on what happens. */
  async #welcome(connection: Known, position: number | null): Promise<void> {
    connection.welcome();
    const others = [...this.#connections].filter(({ caller }) => caller?.userId === connection.caller.userId);
    if (others.length > CONNECTIONS_OF_USER) {
      connection.close(CLOSE.tooMany, 'You have too many pages open.');
      return;
    }
    const { database, liveSources } = this.#services;
    const kept = position !== null && (await isKept(database, [...liveSources.keys()], position));
    if (position === null || !kept) {
      connection.position = this.#position;
      connection.send({ type: 'ready', position: this.#position });
      if (position !== null) connection.send({ type: 'reset', position: this.#position });
      connection.current = true;
      return;
    }
    connection.position = position;
    connection.send({ type: 'ready', position });
    // Others are told of new events meanwhile: it is current when it has caught up with them.
    while (connection.position < this.#position && connection.open) {
      const target = this.#position;
      const events = await eventsAfter(database, connection.position, BATCH);
      for (const event of events) await this.#tell(event, [connection]);
      if (events.length < BATCH) connection.position = Math.max(connection.position, target);
    }
    connection.current = true;
  }

  /** Somebody gave events their positions. */
  #read(): void {
    this.#more = true;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined;
    });
  }

  async #readAll(): Promise<void> {
    while (this.#more && !this.#stopped) {
      this.#more = false;
      const before = this.#position;
      try {
        const events = await eventsAfter(this.#services.database, before, BATCH);
        for (const event of events) {
          // First, so that who catches up in this moment looks for this event as well.
          this.#position = event.position;
          await this.#tell(event, [...this.#connections].filter(({ current }) => current));
        }
        if (events.length === BATCH) this.#more = true;
      } catch (error) {
        this.#services.log.failure('events could not be told', error);
        // Who was told already is not told again: each connection knows its own position.
        this.#position = before;
        this.#more = true;
        await sleep(1000);
      }
    }
  }

  async #tell(event: PositionedEvent, connections: readonly Connection[]): Promise<void> {
    await this.#reconsider(event, connections);
    const to = connections.filter((connection): connection is Known => connection.caller !== undefined && connection.open && connection.position < event.position);
    const live = this.#services.liveSources.get(event.model);
    const { position, name, model, rowId: id } = event;
    const rows = live && to.length > 0 ? await deliveries(this.#services, live, event, to) : new Map<Known, null>();
    for (const connection of to) {
      const row = rows.get(connection);
      if (row !== undefined) connection.send({ type: 'event', position, name, model, id, row });
      connection.position = position;
    }
  }

  /** What happened to a user or a session may have ended a connection, or changed what it may see. */
  async #reconsider(event: PositionedEvent, connections: readonly Connection[]): Promise<void> {
    if (!this.#services.identityModels.has(event.model)) return;
    const named = new Set<unknown>([event.rowId, ...Object.values(event.before ?? {}), ...Object.values(event.after ?? {})]);
    for (const connection of connections) {
      if (named.has(connection.caller?.userId) || named.has(connection.caller?.sessionId)) await this.#identify(connection);
    }
  }

  async #signalled(payload: string): Promise<void> {
    try {
      const { name, model, id, actorId } = JSON.parse(payload) as Signal;
      const live = this.#services.liveSources.get(model);
      const to = [...this.#connections].filter((connection): connection is Known => connection.current && connection.caller !== undefined);
      if (!live || to.length === 0) return;
      const heard = await hearers(this.#services, live, id, to);
      const actor = heard.length > 0 && actorId !== null ? await personOf(this.#services, actorId) : null;
      for (const connection of heard) connection.send({ type: 'signal', name, model, id, actor });
    } catch (error) {
      this.#services.log.failure('a signal could not be told', error);
    }
  }

  /** Looks after the connections: whether somebody is there, and still signed in. */
  async #tend(): Promise<void> {
    for (const connection of this.#connections) {
      connection.ping();
      try {
        if (connection.caller) await this.#identify(connection);
      } catch (error) {
        // A database that is away ends nobody's session.
        this.#services.log.failure('a connection could not be looked after', error);
        return;
      }
    }
  }
}

async function personOf({ database, models }: Services, id: string): Promise<{ id: string; display: string } | null> {
  const people = models.get('User');
  if (!people) return null;
  const [person] = await select<{ id: string; display: string }>(
    database,
    `SELECT id, ${quoted(people.title)}::text AS display FROM ${quoted(tableOf(people))} WHERE id = :person`,
    { person: id },
  );
  return person ?? null;
}
