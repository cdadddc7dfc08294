import { client, onAccessToken } from "../../shared/api/client.ts";
import { type ApiError, toApiError } from "../../shared/api/errors.ts";
import { toFormData } from "../../shared/api/formData.ts";
import { refusalOf } from "../../shared/files/refusals.ts";
import type { StoredFile } from "./stored-file/types.ts";

export interface Target {
  type: string;
  id: string;
}

export interface Upload {
  key: string;
  name: string;
  size: number;
  /** What the file is put to, if anything. */
  target: Target | null;
  /** Bytes that the server has, and those that are on their way. */
  sent: number;
  state: "waiting" | "sending" | "interrupted" | "refused" | "done";
  message?: string;
}

interface Work {
  content: Blob;
  /** The row of the file, once the server knows of it. */
  row: string | null;
  abort: AbortController;
}

/** What travels at once; what breaks off costs no more than this. */
const piece = 4 * 1024 * 1024;
const patience = 120_000;

/**
 * Files on their way to the server, one after the other, in pieces: what broke off goes on where it was. They live
 * beside the pages, so that leaving a page ends no upload.
 */
class Uploads {
  #items: readonly Upload[] = [];
  readonly #work = new Map<string, Work>();
  readonly #listeners = new Set<() => void>();
  readonly #finished = new Set<() => void>();
  #running = false;

  constructor() {
    window.addEventListener("online", () => this.#resumeAll());
    // Whoever signs in next must neither see nor continue what somebody else began.
    onAccessToken((token) => {
      if (token === null) this.clear();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): readonly Upload[] => this.#items;

  /** Tells whenever the server has more, or fewer, files than before. */
  onChange(listener: () => void): () => void {
    this.#finished.add(listener);
    return () => this.#finished.delete(listener);
  }

  /** Takes files in. One that the server has in part already, `unfinished`, goes on there. */
  add(files: Iterable<File>, target: Target | null, unfinished: StoredFile[] = []): void {
    for (const file of files) {
      const known = unfinished.find(({ name, size }) => name === file.name && size === file.size);
      const key = crypto.randomUUID();
      const upload: Upload = {
        key,
        name: file.name,
        size: file.size,
        target,
        sent: known?.received ?? 0,
        state: "waiting",
      };
      this.#work.set(key, { content: file, row: known?.id ?? null, abort: new AbortController() });
      this.#replace([...this.#items, upload]);
    }
    void this.#run();
  }

  /** Ends an upload, and takes away what arrived of it. */
  cancel(key: string): void {
    const work = this.#work.get(key);
    work?.abort.abort();
    this.dismiss(key);
    if (work?.row) void this.#discard(work.row);
  }

  resume(key: string): void {
    const work = this.#work.get(key);
    if (work === undefined) return;
    work.abort = new AbortController();
    this.#change(key, { state: "waiting" });
    void this.#run();
  }

  /** No longer shows one that has ended. */
  dismiss(key: string): void {
    this.#work.delete(key);
    this.#replace(this.#items.filter((item) => item.key !== key));
  }

  /** Forgets everything. */
  clear(): void {
    for (const { abort } of this.#work.values()) abort.abort();
    this.#work.clear();
    this.#replace([]);
  }

  #resumeAll(): void {
    for (const { key, state } of this.#items) if (state === "interrupted") this.resume(key);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      // oxlint-disable-next-line no-await-in-loop -- one file after the other, so that the first is there first
      await this.#send(next);
    }
    this.#running = false;
  }

  #next(): Upload | undefined {
    return this.#items.find(({ state }) => state === "waiting");
  }

  async #send(upload: Upload): Promise<void> {
    const work = this.#work.get(upload.key);
    if (work === undefined) return;
    this.#change(upload.key, { state: "sending" });
    try {
      if (work.row === null) {
        // Not broken off by a cancel: the server would have made the file, and nobody could tell it which one to forget.
        work.row = await start(upload);
        if (work.abort.signal.aborted) return await this.#discard(work.row);
      }
      await this.#pieces(upload.key, work.row, work);
      this.#work.delete(upload.key);
      this.#change(upload.key, { state: "done", sent: upload.size });
    } catch (failure) {
      if (!work.abort.signal.aborted) await this.#failed(upload, work, toApiError(failure));
    }
    for (const listener of this.#finished) listener();
  }

  async #pieces(key: string, row: string, { content, abort }: Work): Promise<void> {
    let offset = this.#items.find((item) => item.key === key)?.sent ?? 0;
    for (let state = "receiving"; state === "receiving";) {
      const from = offset;
      // oxlint-disable-next-line no-await-in-loop -- each piece begins where the last one ended
      const answer = await append(row, from, content.slice(from, from + piece), abort.signal, (loaded) =>
        this.#change(key, { sent: Math.min(content.size, from + loaded) }),
      );
      state = answer.state;
      offset = answer.received;
      this.#change(key, { sent: offset });
    }
  }

  async #failed(upload: Upload, work: Work, failure: ApiError): Promise<void> {
    if (failure.code === "network" || failure.status >= 500 || failure.status === 429) {
      const received = work.row === null ? 0 : await receivedOf(work.row).catch(() => upload.sent);
      this.#change(upload.key, { state: "interrupted", sent: received, message: failure.message });
      return;
    }
    this.#change(upload.key, { state: "refused", message: refusalOf(failure, upload.size) });
    this.#work.delete(upload.key);
    if (work.row !== null) await this.#discard(work.row);
  }

  async #discard(row: string): Promise<void> {
    // What cannot be taken away now is taken away by the server, after a while.
    await client.delete(`/stored-files/${row}`).catch(() => undefined);
    for (const listener of this.#finished) listener();
  }

  #change(key: string, change: Partial<Upload>): void {
    this.#replace(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #replace(items: readonly Upload[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}

async function start({ name, size, target }: Upload): Promise<string> {
  const body = { name, size, ...(target === null ? {} : { target }) };
  const { data } = await client.post<{ file: { id: string } }>("/start-upload", body);
  return data.file.id;
}

interface Received {
  received: number;
  state: StoredFile["state"];
}

async function append(
  row: string,
  offset: number,
  content: Blob,
  signal: AbortSignal,
  onProgress: (loaded: number) => void,
): Promise<Received> {
  try {
    const { data } = await client.post<Received>(
      `/stored-files/${row}/append`,
      toFormData({ offset, content }),
      {
        signal,
        timeout: patience,
        onUploadProgress: ({ loaded }) => onProgress(Math.min(loaded, content.size)),
      },
    );
    return data;
  } catch (failure) {
    if (toApiError(failure).code !== "offset_mismatch") throw failure;
    // A piece arrived whose answer was lost.
    return readReceived(row);
  }
}

async function readReceived(row: string): Promise<Received> {
  const { data } = await client.get<Received>(`/stored-files/${row}`);
  return data;
}

async function receivedOf(row: string): Promise<number> {
  return (await readReceived(row)).received;
}

export const uploads = new Uploads();
