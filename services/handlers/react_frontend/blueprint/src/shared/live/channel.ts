/** Something was written; `row` is as the caller may read it now, null where it is gone. */
export interface LiveEvent {
  type: "event";
  position: number;
  name: string;
  model: string;
  id: string;
  row: unknown;
}

/** What the server sends, one message a frame. */
export type LiveMessage =
  | { type: "ready"; position: number }
  | LiveEvent
  | { type: "signal"; name: string; model: string; id: string; actor: { id: string; display: string } }
  | { type: "reset"; position: number };

export type LiveState = "closed" | "connecting" | "open" | "waiting";

export interface LiveChannelOptions {
  /** Address of the socket, such as `wss://example.com/api/stream`. */
  address: string;
  /** The access token as it is now; a new one where the old one has run out; null where nobody is signed in. */
  token: (renewed: boolean) => Promise<string | null>;
  onMessage: (message: LiveMessage) => void;
  onState?: (state: LiveState) => void;
  /** The first wait before connecting again, in milliseconds; it doubles with each failure, up to 30 seconds. */
  patience?: number;
}

const longestWait = 30_000;
const notSignedIn = 4401;

/**
 * One connection to the server's stream of events, kept up until it is closed. After an interruption it goes on at the
 * last position, so no event is missed; what was too long ago comes as `reset`, after which everything is asked for again.
 */
export class LiveChannel {
  readonly #options: LiveChannelOptions;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #position: number | null = null;
  #failures = 0;
  #refused = false;
  #stopped = true;

  constructor(options: LiveChannelOptions) {
    this.#options = options;
  }

  open(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    window.addEventListener("online", this.#hurry);
    void this.#connect();
  }

  close(): void {
    this.#stopped = true;
    window.removeEventListener("online", this.#hurry);
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
    this.#socket = null;
    this.#tell("closed");
  }

  /** Hands a renewed access token on, so that the connection outlives the old one. */
  renew(token: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#send({ type: "token", token });
  }

  async #connect(): Promise<void> {
    this.#tell("connecting");
    const token = await this.#options.token(this.#refused).catch(() => null);
    if (this.#stopped) return;
    if (token === null) {
      this.#wait();
      return;
    }
    const socket = new WebSocket(this.#options.address);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#send({ type: "hello", token, position: this.#position }));
    socket.addEventListener("message", (event) => this.#receive(String(event.data)));
    socket.addEventListener("close", (event) => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      this.#refused = event.code === notSignedIn;
      this.#wait();
    });
  }

  #receive(text: string): void {
    const message = parse(text);
    if (message === null) return;
    if ("position" in message) this.#position = message.position;
    if (message.type === "ready") {
      this.#failures = 0;
      this.#refused = false;
      this.#tell("open");
    }
    this.#options.onMessage(message);
  }

  /** Half of each wait is chance, so that not all clients come back in the same moment. */
  #wait(): void {
    if (this.#stopped) return;
    const longest = Math.min(longestWait, (this.#options.patience ?? 500) * 2 ** this.#failures);
    this.#failures += 1;
    this.#tell("waiting");
    this.#timer = setTimeout(() => void this.#connect(), longest / 2 + (Math.random() * longest) / 2);
  }

  /** The network is back, so there is no reason to wait on. */
  readonly #hurry = (): void => {
    if (this.#socket !== null || this.#stopped) return;
    clearTimeout(this.#timer);
    void this.#connect();
  };

  #send(message: unknown): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #tell(state: LiveState): void {
    this.#options.onState?.(state);
  }
}

/** A message of a kind that this page knows; newer servers may send others, which are passed over. */
function parse(text: string): LiveMessage | null {
  try {
    const value = JSON.parse(text) as LiveMessage;
    return ["ready", "event", "signal", "reset"].includes(value.type) ? value : null;
  } catch {
    return null;
  }
}
