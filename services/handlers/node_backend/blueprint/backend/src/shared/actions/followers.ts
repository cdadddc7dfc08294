import { randomUUID } from 'node:crypto';
import { type RowSnapshot, titleOf } from '../database/row.ts';
import { type DomainEvent, isSelector, matches } from './events.ts';
import type { Unit } from './unit.ts';

/** An event as it is written: those of no row, such as `login_failed`, name none. */
type RecordedEvent = Omit<DomainEvent, 'model' | 'rowId' | 'actorId'> & { readonly model: string | null; readonly rowId: string | null };

/** Writes the events of one transaction to the outbox, and runs what follows them in it. */
export class Followers {
  readonly #unit: Unit;
  readonly #swept = new Set<string>();
  #inSelector = false;

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  /** An event of a row. */
  async publish(event: Omit<DomainEvent, 'id' | 'actorId'>): Promise<void> {
    const full = { ...event, id: randomUUID(), actorId: this.#unit.caller.userId };
    await this.#record(full);
    this.#swept.add(full.id);
    await this.#follow(full);
  }

  /** An event of no row. */
  async announce(name: string, about: RowSnapshot | null): Promise<void> {
    const event = { id: randomUUID(), name, title: null, before: null, after: about };
    await this.#record({ ...event, model: null, rowId: null });
    await this.#follow({ ...event, model: '', rowId: '', actorId: this.#unit.caller.userId });
  }

  /** Runs what follows the deletions that triggers wrote since. */
  async sweep(): Promise<void> {
    for (const event of await this.#deletions()) await this.#follow(event);
  }

  async #record(event: RecordedEvent): Promise<void> {
    const { caller, origin } = this.#unit;
    await this.#unit.query(
      `INSERT INTO system.outbox (id, event, model, row_id, title, before, after, actor_id, address, correlation)
       VALUES (:id, :name, :model, :row, :title, :before, :after, :actor, :address, :correlation)`,
      {
        id: event.id,
        name: event.name,
        model: event.model,
        row: event.rowId,
        title: event.title,
        before: event.before && JSON.stringify(event.before),
        after: event.after && JSON.stringify(event.after),
        actor: caller.userId,
        address: origin.address,
        correlation: origin.correlation,
      },
    );
  }

  async #follow(event: DomainEvent): Promise<void> {
    const { models, subscribers } = this.#unit.services;
    const model = models.get(event.model);
    for (const subscriber of subscribers) {
      if (subscriber.within !== 'transaction' || !matches(subscriber, event, model)) continue;
      if (!isSelector(subscriber)) {
        await subscriber.run(this.#unit, event);
        continue;
      }
      // What belongs to no row is no event of every row.
      if (this.#inSelector || event.rowId === '') continue;
      this.#inSelector = true;
      try {
        await subscriber.run(this.#unit, event);
      } finally {
        this.#inSelector = false;
      }
    }
  }

  async #deletions(): Promise<DomainEvent[]> {
    const rows = await this.#unit.query<Omit<DomainEvent, 'rowId' | 'actorId'> & { row_id: string; actor_id: string | null }>(
      `SELECT id, event AS name, model, row_id, title, before, after, actor_id FROM system.outbox
       WHERE transaction_id = pg_current_xact_id() AND after IS NULL AND event LIKE '%.deleted' ORDER BY id`,
    );
    const events: DomainEvent[] = [];
    for (const { row_id: rowId, actor_id: actorId, ...row } of rows) {
      if (this.#swept.has(row.id)) continue;
      this.#swept.add(row.id);
      const model = this.#unit.services.models.get(row.model);
      events.push({ ...row, rowId, actorId, title: row.title ?? (model ? titleOf(model, row.before) : null) });
    }
    return events;
  }
}
