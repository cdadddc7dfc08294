import type { Request } from 'express';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { Readable } from 'node:stream';
import { AppError, badRequest, invalid } from '../errors.ts';

/** The file of a request, not yet read. */
export interface Incoming {
  /** As the sender calls it, without folders. */
  readonly name: string;
  readonly content: Readable;
}

/** The file's part has this name, and comes last. */
export const FILE_FIELD = 'content';

const FIELDS = 20;
const FIELD_BYTES = 65_536;
const DRAINING = 5000;

/**
 * Reads a body of type multipart/form-data as far as its file, and hands the file over: `work` reads it while it comes in. What of the
 * body is left then is read and forgotten, so that the answer reaches whoever still sends.
 */
export async function receive<T>(request: Request, work: (fields: Record<string, string>, file: Incoming) => Promise<T>): Promise<T> {
  if (!request.is('multipart/form-data')) throw new AppError(415, 'unsupported_media_type', 'Send a file, with the header Content-Type: multipart/form-data.');
  const parser = parserOf(request);
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const { promise: arrived, resolve, reject } = Promise.withResolvers<Incoming>();
  const whole = Promise.withResolvers<void>();
  // Nobody may be waiting any more when it breaks off.
  for (const promise of [arrived, whole.promise]) promise.catch(() => undefined);
  let file: Readable | undefined;
  const broken = brokenOff();
  const refuse = (error: AppError): void => {
    reject(error);
    whole.reject(error);
  };
  parser.on('field', (name: string, value: string, nameCut: boolean, valueCut: boolean) => {
    if (nameCut || valueCut) refuse(badRequest('A field of the body is too long.', name));
    else if (file) refuse(badRequest('The file comes last.', FILE_FIELD));
    else if (Object.hasOwn(fields, name)) refuse(badRequest('A field stands in the body twice.', name));
    else fields[name] = value;
  });
  parser.on('file', (name: string, content: Readable, filename: string | undefined) => {
    content.on('error', () => undefined);
    if (file || name !== FILE_FIELD) {
      content.resume();
      refuse(invalid([{ field: name, code: 'unknown', message: `One file is expected, in the field "${FILE_FIELD}".` }]));
      return;
    }
    file = content;
    const held = Readable.from(untilEnd(content, whole.promise));
    held.on('error', () => undefined);
    resolve({ name: nameOf(filename), content: held });
  });
  parser.on('finish', () => {
    whole.resolve();
    reject(invalid([{ field: FILE_FIELD, code: 'required', message: 'This is required.' }]));
  });
  parser.on('error', () => {
    refuse(badRequest('The body is not valid multipart/form-data.'));
    file?.destroy(broken);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit']) {
    parser.on(limit as 'partsLimit', () => {
      refuse(badRequest('The body has too many parts.'));
      file?.destroy(badRequest('The body has too many parts.'));
    });
  }
  const gone = (): void => {
    if (request.readableEnded) return;
    refuse(broken);
    file?.destroy(broken);
  };
  request.once('close', gone);
  request.pipe(parser);
  try {
    return await work(fields, await arrived);
  } finally {
    request.off('close', gone);
    request.unpipe(parser);
    drain(request);
  }
}

/** The file ends when the body does: what may not stand behind it is found before the file is kept. */
async function* untilEnd(content: Readable, whole: Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    yield* content as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof AppError ? error : brokenOff();
  }
  await whole;
}

function brokenOff(): AppError {
  return new AppError(400, 'bad_request', 'The body broke off.');
}

function parserOf(request: Request): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { fields: FIELDS, fieldSize: FIELD_BYTES, fieldNameSize: 100, files: 1, parts: FIELDS + 1, headerPairs: 20 },
    });
  } catch {
    throw badRequest('The body is not valid multipart/form-data: a boundary is missing.');
  }
}

/** A name that can be shown and stored: one line, without folders. */
function nameOf(name: string | undefined): string {
  // Browsers write a quotation mark so.
  const last = (name ?? '').replaceAll('%22', '"').replaceAll(/[\p{Cc}\u2028\u2029]/gu, '').split(/[\\/]/).at(-1)?.trim() ?? '';
  return [...(last || 'file')].slice(0, 255).join('');
}

/** Whoever sends faster than it hears is heard out, for a while. */
function drain(request: Request): void {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAINING);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}
