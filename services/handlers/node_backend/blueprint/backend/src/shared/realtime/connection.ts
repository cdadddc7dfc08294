import { type RawData, WebSocket } from 'ws';
import type { Caller } from '../policy/caller.ts';

export const CLOSE = { stopping: 1001, slow: 1013, badMessage: 4400, unauthenticated: 4401, tooMany: 4429 } as const;

const HELLO_TIME = 5000;
/** What a client has not read may be so much; then it reads too slowly. */
const MOST_BUFFERED = 1_048_576;
const MESSAGES = 60;
const MESSAGES_TIME = 10_000;

/** What a client may say. */
export type ClientMessage =
  | { readonly type: 'hello'; readonly token: string; readonly position: number | null }
  | { readonly type: 'token'; readonly token: string };

/** One open socket: what is said on it, how much, and how fast it is read. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #hello: NodeJS.Timeout;
  #said = 0;
  #since = performance.now();
  #answered = true;
  token = '';
  caller: Caller | undefined;
  /** Up to where it has been told. */
  position = 0;
  /** Whether it hears of what happens now; before that it is told what it missed. */
  current = false;
  /** Messages are dealt with one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, on: { message(connection: Connection, message: ClientMessage): Promise<void>; close(connection: Connection): void }) {
    this.#socket = socket;
    this.#hello = setTimeout(() => this.close(CLOSE.unauthenticated, 'Say hello first.'), HELLO_TIME);
    socket.on('message', (data, binary) => {
      const message = this.#read(data, binary);
      if (message) this.#turn = this.#turn.then(() => on.message(this, message));
    });
    socket.on('pong', () => {
      this.#answered = true;
    });
    // What breaks a socket closes it as well.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#hello);
      on.close(this);
    });
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  welcome(): void {
    clearTimeout(this.#hello);
  }

  send(message: object): void {
    if (!this.open) return;
    if (this.#socket.bufferedAmount > MOST_BUFFERED) {
      // It would not read the reason either.
      this.close(CLOSE.slow, 'You read too slowly.');
      this.#socket.terminate();
      return;
    }
    this.#socket.send(JSON.stringify(message));
  }

  /** Asks whether somebody is still there; who did not answer the last time is not. */
  ping(): void {
    if (!this.#answered) {
      this.#socket.terminate();
      return;
    }
    this.#answered = false;
    this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #read(data: RawData, binary: boolean): ClientMessage | undefined {
    if (!this.open) return undefined;
    const now = performance.now();
    if (now - this.#since > MESSAGES_TIME) [this.#said, this.#since] = [0, now];
    this.#said += 1;
    if (this.#said > MESSAGES) {
      this.close(CLOSE.tooMany, 'Too many messages.');
      return undefined;
    }
    const message = binary ? undefined : parsed(data);
    if (!message) this.close(CLOSE.badMessage, 'This message is not understood.');
    return message;
  }
}

function parsed(data: RawData): ClientMessage | undefined {
  const value = objectOf(String(data));
  if (!value || !('type' in value) || !('token' in value)) return undefined;
  const { type, token } = value;
  if (typeof token !== 'string' || token.length > 4096) return undefined;
  if (type === 'token') return { type, token };
  if (type !== 'hello') return undefined;
  const position = 'position' in value ? value.position : null;
  return position === null || isPosition(position) ? { type, token, position } : undefined;
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
