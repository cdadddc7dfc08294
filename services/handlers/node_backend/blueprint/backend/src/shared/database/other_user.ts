import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** PostgreSQL refuses to run as root; it then runs as the user `nobody`, who must be able to reach what it needs. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;

export const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Whether the server's user can walk down to `folder`. Nothing is changed on the way: those folders are not ours. */
function isOpen(folder: string): boolean {
  for (let step = folder; ; step = path.dirname(step)) {
    if (existsSync(step) && (statSync(step).mode & 0o001) === 0) return false;
    if (step === path.dirname(step)) return true;
  }
}

/** A folder for the server's data: `wanted`, or one beside the temporary files where its user cannot reach that. */
export function dataFolder(wanted: string): string {
  mkdirSync(wanted, { recursive: true });
  if (!asRoot) return wanted;
  // This one is ours: made by us, for the server alone.
  chmodSync(wanted, 0o711);
  return isOpen(wanted) ? wanted : ownFolder(wanted);
}

/** The folder of the binaries, or a copy of it that the server's user can reach. */
export function binariesFolder(native: string): string {
  if (!asRoot || isOpen(native)) return native;
  const copy = path.join(ownFolder(native), 'native');
  if (!existsSync(copy)) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function ownFolder(purpose: string): string {
  const folder = path.join(tmpdir(), `embedded-postgres-${createHash('sha256').update(purpose).digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o711 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== 0) throw new Error(`${folder} belongs to somebody else.`);
  return folder;
}
