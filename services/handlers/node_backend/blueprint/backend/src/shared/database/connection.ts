import pg, { type ClientConfig, Client as PlainClient, types } from 'pg';
import { type Config, type Options, Sequelize } from 'sequelize';

/**
 * A server that goes away while a connection is being opened reports it before Sequelize listens, and an error to which nobody
 * listens ends the process. The statement that waits is rejected all the same.
 */
class Client extends PlainClient {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

// A place is text here, as it is written: an object of the driver's own could not be sent back.
const parsePoint: (oid: number, parse: (text: string) => unknown) => void = types.setTypeParser;
parsePoint(600, (text) => text);

/** Opens a pool. Nothing is asked of the server until the first statement. */
export function connect(url: string): Sequelize {
  const options: Options & Pick<Config, 'keepDefaultTimezone'> = {
    dialect: 'postgres',
    dialectModule: { ...pg, Client },
    logging: false,
    pool: { max: 10, min: 0, acquire: 5_000, idle: 10_000 },
    keepDefaultTimezone: true,
    // What is wrong with one statement must not hold a connection, or a lock, for ever.
    dialectOptions: {
      application_name: 'backend',
      // Durations travel as `P1DT2H`. What is set here need not be asked for by statements of every new connection.
      options: '-c intervalstyle=iso_8601 -c timezone=UTC -c client_min_messages=warning',
      clientMinMessages: 'ignore',
      connectionTimeoutMillis: 3_000,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
    },
    retry: { max: 0 },
  };
  return new Sequelize(url, options);
}
