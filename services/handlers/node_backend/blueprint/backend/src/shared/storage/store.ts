import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';

/** Bytes of an object: the first and the last of them. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where content lies, under keys that the application makes: what a person calls a file never gets here. */
export interface Store {
  /** Keeps all of `content`, in the place of what was there; what breaks off leaves nothing behind. */
  put(key: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Throws when there is no such object. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Bytes of an object; undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** Puts an object in the place of another. */
  move(from: string, to: string): Promise<void>;
  /** An address that hands the object out for a minute with these headers, where the store has such a thing. */
  link?(key: string, headers: Readonly<Record<string, string>>): Promise<string>;
  /** There need be no such object. */
  remove(key: string): Promise<void>;
}

const KEY = /^[\w-]{16,64}(@\d{1,16})?$/;

export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new Error('This is no key of the store.');
  return key;
}

/** A folder outside of what is served. Its files are the application's alone. */
export class DiskStore implements Store {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const file = this.#file(key);
    const part = `${file}.${randomUUID()}.part`;
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
      await pipeline(content, createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }));
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const file = this.#file(key);
    await stat(file);
    return createReadStream(file, range);
  }

  async size(key: string): Promise<number | undefined> {
    const found = await stat(this.#file(key)).catch(() => undefined);
    return found?.size;
  }

  async move(from: string, to: string): Promise<void> {
    const file = this.#file(to);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await rename(this.#file(from), file);
  }

  async remove(key: string): Promise<void> {
    await rm(this.#file(key), { force: true });
  }

  /** A folder has at most some thousands of files this way. */
  #file(key: string): string {
    return path.join(this.#folder, checkedKey(key).slice(0, 2), key);
  }
}
