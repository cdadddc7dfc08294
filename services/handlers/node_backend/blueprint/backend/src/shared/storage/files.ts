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
import type { Outgoing } from './actions.ts';
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
  const { services, caller, origin } = invocation;
  const storage = storageOf(services);
  const [received, size] = [Number(row.received), Number(row.size)];
  if (row.state !== 'receiving' || offset !== received) throw mismatch(received);
  // The first piece tells already whether the file may come in at all.
  const piece = new Passing(file.content, row.name, { maxBytes: size - offset, ...(offset === 0 && { types: storage.types }) });
  await storage.store.put(pieceKey(row, offset), piece.bytes());
  const complete = offset + piece.size === size;
  const whole = complete ? await assembled(storage, row, size) : undefined;
  const state = await inTransaction(services, caller, origin, async (unit) => {
    const current = (await unit.lock(source.model, row.id)) as FileRow | undefined;
    // Somebody may have sent the same piece meanwhile.
    if (!current || current.state !== 'receiving' || Number(current.received) !== offset) throw mismatch(Number(current?.received ?? 0));
    await unit.update(current, {
      received: offset + piece.size,
      ...(whole && { state: 'ready', content_type: whole.type, checksum: whole.checksum }),
    } as Partial<FileColumns>);
    return current.state;
  });
  if (whole) for (const key of whole.pieces) await storage.store.remove(key);
  return { received: offset + piece.size, state };
}

export async function download({ services }: Invocation, row: FileRow): Promise<Outgoing> {
  const { store } = storageOf(services);
  return { name: row.name, contentType: row.content_type, size: Number(row.size), open: (range) => store.get(row.storage_key, range) };
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
