import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const environmentFile = path.join(root, '.env');
if (existsSync(environmentFile)) process.loadEnvFile(environmentFile);

// What Node compiles is kept for the next start, in a folder that is the application's alone. One that cannot be written is no error.
enableCompileCache(path.resolve(root, process.env.DATA_DIR ?? '.data', 'compiled'));

// Settings are read when their modules are: after the environment is complete.
const { start } = await import('./server.ts');

try {
  const server = await start(process.env);
  const { address, port } = server.http.address() as AddressInfo;
  server.log.info('listening', { address, port });
  let ending = false;
  const end = (signal: string): void => {
    if (ending) return;
    ending = true;
    server.log.info('stopping', { signal });
    // Whoever runs this waits ten seconds as a rule; what has not ended by then is cut off.
    setTimeout(() => process.exit(1), 9_000).unref();
    void server.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The application cannot start: ${message}\n`);
  process.exit(1);
}
