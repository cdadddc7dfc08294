import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { AwsClient } from 'aws4fetch';
import { notReady } from '../errors.ts';
import { type ByteRange, checkedKey, type Store } from './store.ts';

export interface S3Settings {
  /** `https://s3.eu-central-1.amazonaws.com`, or any server that speaks S3. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly secret: string;
}

const ANSWER_TIME = 30_000;
const LINK_SECONDS = 60;

/** A bucket, addressed by path, so that any server that speaks S3 will do. */
export class S3Store implements Store {
  readonly #client: AwsClient;
  readonly #base: string;

  constructor({ endpoint, bucket, key, secret }: S3Settings) {
    this.#client = new AwsClient({ accessKeyId: key, secretAccessKey: secret, service: 's3' });
    this.#base = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`;
  }

  /** The length has to be said first: what comes in is laid by until it is known. */
  async put(key: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const file = path.join(tmpdir(), `upload-${randomUUID()}`);
    try {
      await pipeline(content, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
      const { size } = await stat(file);
      const body = size === 0 ? new Uint8Array() : Readable.toWeb(createReadStream(file));
      const answer = await this.#call('PUT', key, { 'Content-Length': String(size) }, body);
      await answer.body?.cancel();
    } finally {
      await rm(file, { force: true });
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const answer = await this.#call('GET', key, range ? { Range: `bytes=${range.start}-${range.end}` } : {});
    return answer.body ? Readable.fromWeb(answer.body as ReadableStream) : Readable.from([]);
  }

  async size(key: string): Promise<number | undefined> {
    const answer = await this.#ask('HEAD', key);
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`The store answered ${answer.status} to HEAD.`);
    return Number(answer.headers.get('content-length'));
  }

  async move(from: string, to: string): Promise<void> {
    await this.put(to, await this.get(from));
    await this.remove(from);
  }

  async link(key: string, headers: Readonly<Record<string, string>>): Promise<string> {
    const url = new URL(`${this.#base}/${checkedKey(key)}`);
    for (const [name, value] of Object.entries({ ...headers, 'X-Amz-Expires': String(LINK_SECONDS) })) url.searchParams.set(name, value);
    const signed = await this.#client.sign(url.href, { method: 'GET', aws: { signQuery: true } });
    return signed.url;
  }

  async remove(key: string): Promise<void> {
    const answer = await this.#ask('DELETE', key);
    await answer.body?.cancel();
    if (!answer.ok && answer.status !== 404) throw new Error(`The store answered ${answer.status} to DELETE.`);
  }

  async #call(method: string, key: string, headers: Record<string, string>, body?: Uint8Array<ArrayBuffer> | ReadableStream): Promise<Response> {
    const answer = await this.#ask(method, key, headers, body);
    if (answer.ok) return answer;
    // The body may repeat names of ours; the log has no use for more than the status.
    await answer.body?.cancel();
    throw new Error(`The store answered ${answer.status} to ${method}.`);
  }

  async #ask(method: string, key: string, headers: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer> | ReadableStream): Promise<Response> {
    const url = `${this.#base}/${checkedKey(key)}`;
    // Signed without its body: that is a stream, and the connection protects it.
    const { headers: signed } = await this.#client.sign(url, { method, headers });
    for (const [name, value] of Object.entries(headers)) signed.set(name, value);
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(new Error('The store does not answer.')), body ? ANSWER_TIME * 20 : ANSWER_TIME);
    try {
      return await fetch(url, {
        method,
        headers: signed,
        signal: waiting.signal,
        redirect: 'error',
        ...(body && { body: body as BodyInit, duplex: 'half' }),
      });
    } catch {
      throw notReady('The files are out of reach. Try again shortly.');
    } finally {
      clearTimeout(timer);
    }
  }
}
