/** Structured log: one JSON object a line on standard output. */
export const levels = ['debug', 'info', 'warning', 'error'] as const;
export type Level = (typeof levels)[number];

export interface LogOptions {
  readonly level: Level;
  /** Whether the caller's address is written. */
  readonly addresses: boolean;
  readonly write?: (line: string) => void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export class Log {
  readonly addresses: boolean;
  readonly #threshold: number;
  readonly #write: (line: string) => void;

  constructor({ level, addresses, write }: LogOptions) {
    this.addresses = addresses;
    this.#threshold = levels.indexOf(level);
    this.#write = write ?? ((line) => process.stdout.write(line));
  }

  debug(message: string, fields?: LogFields): void {
    this.#line('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#line('info', message, fields);
  }

  warning(message: string, fields?: LogFields): void {
    this.#line('warning', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#line('error', message, fields);
  }

  /** A failure nobody foresaw. The stack goes to the log and nowhere else; values that were bound to SQL never do. */
  failure(message: string, error: unknown, fields?: LogFields): void {
    const { name, stack } = error instanceof Error ? error : new Error(String(error));
    this.error(message, { ...fields, error: name, stack });
  }

  #line(level: Level, message: string, fields: LogFields = {}): void {
    if (levels.indexOf(level) < this.#threshold) return;
    this.#write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  }
}
