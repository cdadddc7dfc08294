import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** What a file is, is told by how it begins, never by its name. */

const HEAD = 512;

const signatures: readonly (readonly [type: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '474946383761'],
  ['image/gif', 0, '474946383961'],
  ['image/webp', 8, '57454250'],
  ['image/avif', 4, '6674797061766966'],
  ['application/pdf', 0, '255044462d'],
  ['application/zip', 0, '504b0304'],
  ['application/gzip', 0, '1f8b'],
  ['audio/mpeg', 0, '494433'],
  ['audio/wav', 8, '57415645'],
  ['audio/ogg', 0, '4f676753'],
  ['video/mp4', 4, '66747970'],
  ['video/webm', 0, '1a45dfa3'],
];

/** What is called so is no text; whoever opens it by its name must not find a script. */
const BINARY_NAME = /\.(avif|gif|gz|jpe?g|mp3|mp4|ogg|pdf|png|wav|webm|webp|zip)$/i;

/** The type of content that begins with `head`. `name` decides only between kinds of plain text. */
export function typeOf(head: Uint8Array, name: string): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD));
  const hex = bytes.toString('hex');
  const found = signatures.find(([, offset, signature]) => hex.startsWith(signature, offset * 2));
  if (found) return found[0];
  if (!isText(bytes)) return 'application/octet-stream';
  const text = bytes.toString('utf8').trimStart().toLowerCase();
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text)) return 'image/svg+xml';
  // Everything else that begins like markup is taken for a page, because a browser might.
  if (text.startsWith('<')) return 'text/html';
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain';
}

/** UTF-8 without characters of control; the last character may be cut. */
function isText(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return false;
  }
  return !bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

export interface Limits {
  readonly maxBytes: number;
  /** Absent for what begins in the middle of something: its beginning tells nothing. */
  readonly types?: readonly string[];
}

export function tooLarge(most: number): AppError {
  return new AppError(413, 'too_large', `A file has at most ${most} bytes.`);
}

/** Content on its way: it is counted and its sum is taken while it passes, and it is stopped when it may not be. */
export class Passing {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #name: string;
  readonly #limits: Limits;
  readonly #sum = createHash('sha256');
  size = 0;
  type = '';

  constructor(source: AsyncIterable<Uint8Array>, name: string, limits: Limits) {
    this.#source = source;
    this.#name = name;
    this.#limits = limits;
  }

  get checksum(): string {
    return this.#sum.copy().digest('hex');
  }

  /** Throws 413 and 415 with the codes `too_large` and `type_refused`, before the first byte that is too much goes on. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    let head: Uint8Array[] | undefined = [];
    let held = 0;
    for await (const chunk of this.#source) {
      this.size += chunk.byteLength;
      if (this.size > this.#limits.maxBytes) throw tooLarge(this.#limits.maxBytes);
      this.#sum.update(chunk);
      if (head) {
        head.push(chunk);
        held += chunk.byteLength;
        if (held < HEAD) continue;
        yield this.#known(head);
        head = undefined;
      } else {
        this.#stillText(chunk);
        yield chunk;
      }
    }
    if (head) yield this.#known(head);
  }

  #known(head: readonly Uint8Array[]): Uint8Array {
    const bytes = Buffer.concat(head);
    const { types } = this.#limits;
    if (!types) return bytes;
    this.type = typeOf(bytes, this.#name);
    if (!types.includes(this.type)) {
      throw new AppError(415, 'type_refused', `Files of this kind (${this.type}) are not taken. Send one of: ${types.join(', ')}.`);
    }
    if (bytes.length > 0 && this.type.startsWith('text/') && BINARY_NAME.test(this.#name)) {
      throw new AppError(415, 'type_refused', `This file is text (${this.type}) and is called otherwise. Give it a name that fits.`);
    }
    this.#stillText(bytes);
    return bytes;
  }

  /** What began as text must not become something else. */
  #stillText(chunk: Uint8Array): void {
    if (this.type.startsWith('text/') && chunk.includes(0)) {
      throw new AppError(415, 'type_refused', 'This file begins as text and is none.');
    }
  }
}
