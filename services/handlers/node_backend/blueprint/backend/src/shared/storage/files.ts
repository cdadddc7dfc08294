import { randomBytes } from 'node:crypto';
import type { Invocation } from '../actions/operation.ts';
import { inTransaction } from '../actions/transaction.ts';
import type { Unit } from '../actions/unit.ts';
import type { Row, RowClass } from '../database/row.ts';
import { AppError, conflict } from '../errors.ts';
import { enqueue } from '../jobs/jobs.ts';
import { ownerOf } from '../policy/caller.ts';
import type { Pointer, RowSource } from '../query/rows.ts';
import type { Services } from '../services.ts';
import { disposition, type Outgoing } from './outgoing.ts';
import { type Limits, Passing, tooLarge } from './content.ts';
import type { Incoming } from './receive.ts';
import type { Store } from './store.ts';

export const REMOVE_JOB = 'storage/remove';

/** Columns that a model of files has for this module. */
export interface FileColumns {
  id?: string;
  uploaded_by_id: string;
  name: string;
  content_type: string;
  size: number;
  checksum: string | null;
  received: number;
  storage_key: string;
  state: 'receiving' | 'ready';
  target_type?: string | null;
  target_id?: string | null;
}

export type FileRow = Row<FileColumns, FileColumns> & FileColumns & { id: string };

/** Where an application keeps its files, and what it takes. */
export interface Storage extends Required<Limits> {
  readonly store: Store;
}

const storages = new WeakMap<Services, Storage>();

export function provide(services: Services, storage: Storage): void {
  storages.set(services, storage);
}

function storageOf(services: Services): Storage {
  const storage = storages.get(services);
  if (!storage) throw new Error('No feature names the storage among its capabilities.');
  return storage;
}

/** Takes a whole file in: streamed to the store while it comes, its type found by its content. */
export async function upload(invocation: Invocation, source: RowSource, input: { target?: Pointer | null }, file: Incoming): Promise<{ id: string }> {
  const storage = storageOf(invocation.services);
  const key = newKey();
  const passing = new Passing(file.content, file.name, storage);
  await storage.store.put(key, passing.bytes());
  try {
    return await add(invocation, source, input, {
      name: file.name,
      content_type: passing.type,
      size: passing.size,
      checksum: passing.checksum,
      received: passing.size,
      storage_key: key,
      state: 'ready',
    });
  } catch (error) {
    await storage.store.remove(key);
    throw error;
  }
}

/** Announces a file that {@link append} then brings in pieces. Its type is not known before they are there. */
export async function start(
  invocation: Invocation,
  source: RowSource,
  input: { name: string; size: number; target?: Pointer | null },
): Promise<{ id: string }> {
  const { maxBytes } = storageOf(invocation.services);
  if (input.size > maxBytes) throw tooLarge(maxBytes);
  return add(invocation, source, input, {
    name: input.name,
    content_type: 'application/octet-stream',
    size: input.size,
    checksum: null,
    received: 0,
    storage_key: newKey(),
    state: 'receiving',
  });
}

/** Takes the next piece in. It begins where the last one ended; after one that broke off it is sent once more. */
export async function append(
  invocation: Invocation,
  source: RowSource,
  row: FileRow,
  { offset }: { offset: number },
  file: Incoming,
): Promise<{ received: number; state: 'receiving' | 'ready' }> {
  const storage = storageOf(invocation.services);
  const [received, size] = [Number(row.received), Number(row.size)];
  if (row.state !== 'receiving' || offset !== received) throw mismatch(received);
  // The first piece tells already whether the file may come in at all.
  const piece = new Passing(file.content, row.name, { maxBytes: size - offset, ...(offset === 0 && { types: storage.types }) });
  // Laid by under a key of its own: of several that come at once, only the one that is taken may become the piece.
  const key = newKey();
  await storage.store.put(key, piece.bytes());
  try {
    await change(invocation, source, row, { received: offset }, async () => {
      await storage.store.move(key, pieceKey(row, offset));
      return { received: offset + piece.size };
    });
  } finally {
    await storage.store.remove(key);
  }
  if (offset + piece.size < size) return { received: offset + piece.size, state: 'receiving' };
  // Should this break off, a piece of no bytes at the end completes the file.
  const whole = await assembled(storage, row, size);
  await change(invocation, source, row, { received: size }, async () => ({ state: 'ready', content_type: whole.type, checksum: whole.checksum }));
  for (const done of whole.pieces) await storage.store.remove(done);
  return { received: size, state: 'ready' };
}

/** Changes a file that comes in, locked, if so much of it is there as the caller thinks. */
function change(
  { services, caller, origin }: Invocation,
  source: RowSource,
  row: FileRow,
  { received }: { received: number },
  work: () => Promise<Partial<FileColumns>>,
): Promise<void> {
  return inTransaction(services, caller, origin, async (unit) => {
    const current = (await unit.lock(source.model, row.id)) as FileRow | undefined;
    if (!current || current.state !== 'receiving' || Number(current.received) !== received) throw mismatch(Number(current?.received ?? 0));
    await unit.update(current, await work());
  });
}

export async function download({ services }: Invocation, row: FileRow): Promise<Outgoing> {
  const { store } = storageOf(services);
  const { name, content_type: contentType, storage_key: key } = row;
  const link = await store.link?.(key, { 'response-content-type': contentType, 'response-content-disposition': disposition(name) });
  return { name, contentType, size: Number(row.size), link, open: (range) => store.get(key, range) };
}

/** Gives files that belong nowhere yet to the row that names them: its readers may have them then. */
export async function attach(unit: Unit, model: RowClass, row: Row<object, object>, ids: readonly (string | null | undefined)[]): Promise<void> {
  const named = ids.filter((id) => typeof id === 'string');
  if (named.length === 0) return;
  const target = { target_type: (row.constructor as RowClass).entity, target_id: row.id };
  for (const file of await unit.where(model as RowClass<FileRow>, 't.id = ANY(:files::uuid[]) AND t.target_id IS NULL', { files: named })) await unit.update(file, target);
}

/** Has the content of a file removed after the transaction. */
export async function remove(unit: Unit, { key }: { key: string }): Promise<void> {
  await enqueue(unit, { name: REMOVE_JOB, key: `${REMOVE_JOB}:${key}`, payload: { key } });
}

/** Removes content, with the pieces of one that never became whole. */
export async function removeContent(store: Store, key: string): Promise<void> {
  await store.remove(key);
  for (let offset = 0; ; ) {
    const piece = `${key}@${offset}`;
    const size = await store.size(piece);
    if (size === undefined) return;
    await store.remove(piece);
    if (size === 0) return;
    offset += size;
  }
}

async function add(
  { services, caller, origin }: Invocation,
  source: RowSource,
  { target }: { target?: Pointer | null },
  columns: Omit<FileColumns, 'uploaded_by_id'>,
): Promise<{ id: string }> {
  return inTransaction(services, caller, origin, async (unit) => {
    if (target) await unit.refer(source, { target });
    const values = { ...columns, uploaded_by_id: ownerOf(caller), ...(target && { target_type: target.type, target_id: target.id }) };
    return unit.create(source.model as RowClass<FileRow>, values);
  });
}

interface Whole {
  readonly type: string;
  readonly checksum: string;
  readonly pieces: readonly string[];
}

/** Puts the pieces together, and looks at the whole as at any file that comes in. */
async function assembled({ store, types }: Storage, row: FileRow, size: number): Promise<Whole> {
  const pieces: string[] = [];
  async function* content(): AsyncGenerator<Uint8Array> {
    for (let offset = 0; offset < size || offset === 0; ) {
      const key = pieceKey(row, offset);
      pieces.push(key);
      const before = offset;
      for await (const chunk of await store.get(key)) {
        offset += (chunk as Uint8Array).byteLength;
        yield chunk as Uint8Array;
      }
      if (offset === before) return;
    }
  }
  const passing = new Passing(content(), row.name, { maxBytes: size, types });
  await store.put(row.storage_key, passing.bytes());
  return { type: passing.type, checksum: passing.checksum, pieces };
}

function pieceKey(row: FileRow, offset: number): string {
  return `${row.storage_key}@${offset}`;
}

function newKey(): string {
  return randomBytes(24).toString('base64url');
}

function mismatch(received: number): AppError {
  const { status, message } = conflict(`So far ${received} bytes were received: go on there.`);
  return new AppError(status, 'offset_mismatch', message);
}
