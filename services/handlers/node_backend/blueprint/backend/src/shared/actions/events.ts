import type { RowClass, RowSnapshot } from '../database/row.ts';
import type { Unit } from './unit.ts';

/** Something that happened to a row, as the outbox keeps it. */
export interface DomainEvent {
  readonly id: string;
  /** `User.created`, `User.deactivate`. */
  readonly name: string;
  readonly model: string;
  readonly rowId: string;
  readonly title: string | null;
  readonly before: RowSnapshot | null;
  readonly after: RowSnapshot | null;
  readonly actorId: string | null;
}

/** What follows an event. */
export interface Subscriber {
  readonly name: string;
  /** `User.created`; `resource.created`: of every resource; `*.*`: every event of every row that operations reach. */
  readonly event: string;
  /** In the same transaction, or as a job after it, at least once, with retries. */
  readonly within: 'transaction' | 'commit';
  run(unit: Unit, event: DomainEvent): Promise<void>;
}

export function matches(subscriber: Subscriber, event: Pick<DomainEvent, 'name'>, model: RowClass | undefined): boolean {
  if (subscriber.event === event.name) return true;
  const [subject, verb] = subscriber.event.split('.');
  const happened = event.name.slice(event.name.indexOf('.') + 1);
  return (subject === '*' ? !model?.unreached : subject === model?.kind) && (verb === '*' || verb === happened);
}

/** A selector names no model; what its steps write is matched by no selector, so that they cannot feed themselves. */
export function isSelector(subscriber: Subscriber): boolean {
  return /^(\*|[a-z]+)\./.test(subscriber.event);
}
