/**
 * The live channel: a web socket at `GET /api/stream` that tells open pages what happens to the rows of live models. Messages are JSON.
 *
 * The client begins, within five seconds: `{"type":"hello","token":ACCESS,"position":N|null}`, and before its token expires it sends a new
 * one: `{"type":"token","token":ACCESS}`. The server answers
 *
 * | message | meaning |
 * |---|---|
 * | `{"type":"ready","position":N}` | events after N follow: the position that was asked for, else the newest |
 * | `{"type":"reset","position":N}` | what happened since the position asked for is no longer kept: fetch everything again; events after N follow |
 * | `{"type":"event","position":N,"name":"Message.created","model":"Message","id":ID,"row":{…}\|null}` | the row as this caller may read it; null when there is none any more |
 * | `{"type":"signal","name":"Room.typing","model":"Room","id":ID,"actor":{"id","display"}}` | something that is not kept |
 *
 * and closes with 4400 (a bad message), 4401 (not, or no longer, signed in), 4429 (too many messages or connections), 1001 (the server
 * stops) or 1013 (the client reads too slowly); after the last two it comes back with its position and has missed nothing.
 *
 * Positions are those of the outbox, and PostgreSQL tells every instance that there are new ones: whatever instance a client is
 * connected to, it hears of every event, in order, once. Nothing but the database is needed for that.
 */
import type { Attached, Capability } from '../capability.ts';
import { select } from '../database/sql.ts';
import { Hub } from './hub.ts';
import { EVENTS, SIGNALS } from './listener.ts';

export const realtime: Capability = {
  name: 'realtime',
  attach(services): Attached {
    const hub = new Hub(services);
    return {
      live: {
        signal: async (signal) => {
          await select(services.database, `SELECT pg_notify('${SIGNALS}', :signal)`, { signal: JSON.stringify(signal) });
        },
      },
      dispatched: async (unit, last) => {
        await unit.query(`SELECT pg_notify('${EVENTS}', :last)`, { last });
      },
      listen: (http) => hub.listen(http),
      stop: () => hub.stop(),
    };
  },
};
