import type { RowSource } from './query/rows.ts';

/** A model whose events reach open pages at once. */
export interface LiveSource {
  readonly source: RowSource;
  /**
   * Who receives them: SQL over the row, called `t`, that gives ids of users, with the parameters of scopes. `readers`: all who may read
   * the row. Nobody receives what they may not read.
   */
  readonly users: string;
}

/** Something that happens at a row and is not kept: somebody types. */
export interface Signal {
  /** `Room.typing`. */
  readonly name: string;
  readonly model: string;
  readonly id: string;
  readonly actorId: string | null;
}

export interface Live {
  /** Tells those whom `users` of the model names, on every instance. Who does not look now never hears of it. */
  signal(signal: Signal): Promise<void>;
}
