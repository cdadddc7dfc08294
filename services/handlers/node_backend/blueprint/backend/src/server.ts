import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { buildApp } from './app.ts';
import { type Config, readConfig } from './shared/config.ts';
import { connect } from './shared/database/connection.ts';
import { startEmbedded } from './shared/database/embedded.ts';
import { migrate } from './shared/database/migrate.ts';
import { answerUnreadable } from './shared/http/unreadable.ts';
import type { Log } from './shared/log.ts';

export interface RunningServer {
  readonly http: Server;
  readonly log: Log;
  stop(): Promise<void>;
}

/** Starts everything. Outside of production the database is brought up to date first, and started if none is named. */
export async function start(env: NodeJS.ProcessEnv): Promise<RunningServer> {
  const config = readConfig(env);
  const { url, stop: stopDatabase } = await databaseOf(config);
  const database = connect(url);
  try {
    if (config.environment !== 'production') await migrate(database, config.databaseFolder);
    const application = buildApp({ config, database });
    const { app, services, background } = application;
    // A file may come over a slow line; everything else is short. Headers never take long.
    const requestTimeout = services.takesFiles ? 600_000 : services.edge.requestSeconds * 1000;
    const http = createServer({ requestTimeout, headersTimeout: 10_000, keepAliveTimeout: 65_000 }, app);
    answerUnreadable(http);
    // Whoever comes in the first instant finds everything there.
    await application.listen(http);
    await listening(http, config).catch(async (error: unknown) => {
      await application.stop();
      throw error;
    });
    background.start();
    return {
      http,
      log: services.log,
      // New requests are refused at once; those that are being answered, and the work beside them, come to their end.
      stop: async () => {
        await Promise.all([closed(http), application.stop()]);
        await database.close();
        await stopDatabase();
      },
    };
  } catch (error) {
    await database.close();
    await stopDatabase();
    throw error;
  }
}

export async function databaseOf(config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: async () => undefined };
  return startEmbedded(path.join(config.dataFolder, 'postgres'));
}

function listening(http: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, resolve);
  });
}

function closed(http: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive ends with the request that it is busy with.
    const closing = setInterval(() => http.closeIdleConnections(), 50);
    http.close(() => {
      clearInterval(closing);
      resolve();
    });
  });
}
