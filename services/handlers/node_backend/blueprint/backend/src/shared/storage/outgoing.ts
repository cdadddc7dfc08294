import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { AppError } from '../errors.ts';
import type { ByteRange } from './store.ts';

/** A file as it goes out. */
export interface Outgoing {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  /** Where the store itself hands it out for a moment, if it does. */
  readonly link: string | undefined;
  open(range?: ByteRange): Promise<Readable>;
}

/** Sends a file: to be kept, never to be shown by the browser as a page of ours. */
export async function send(request: Request, response: Response, file: Outgoing): Promise<void> {
  if (file.link !== undefined && !isScript(request)) {
    response.redirect(302, file.link);
    return;
  }
  const range = rangeOf(request, file.size);
  response.set({
    'Content-Type': file.contentType,
    'Content-Disposition': disposition(file.name),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Accept-Ranges': 'bytes',
    'Content-Length': String(range ? range.end - range.start + 1 : file.size),
  });
  response.status(range ? 206 : 200);
  if (range) response.set('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`);
  if (request.method === 'HEAD' || file.size === 0) {
    response.end();
    return;
  }
  const content = await file.open(range);
  try {
    await pipeline(content, response);
  } catch (error) {
    // Who has gone away needs no answer; a store that breaks off ends the connection, so that nobody takes a part for the whole.
    if (!response.headersSent) throw error;
    response.destroy();
  }
}

/**
 * Whether a page's script asks. It could not follow the link: the policy of our pages lets them speak to their own origin alone, and a
 * bucket need not know of those origins (CORS).
 */
function isScript(request: Request): boolean {
  return ['cors', 'same-origin'].includes(request.get('sec-fetch-mode') ?? '');
}

/** The one range that is asked for. Several at once are answered with the whole. */
function rangeOf(request: Request, size: number): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.get('range') ?? '');
  if (!match || (match[1] === '' && match[2] === '') || size === 0) return undefined;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new AppError(416, 'range_not_satisfiable', `The file has ${size} bytes.`, [], { 'Content-Range': `bytes */${size}` });
  return { start, end };
}

/** The name in two forms: letters that every client reads, and all that it has (RFC 6266). */
export function disposition(name: string): string {
  const plain = name.replaceAll(/[^\w .()-]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
