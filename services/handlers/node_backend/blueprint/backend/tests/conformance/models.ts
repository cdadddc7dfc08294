import { DataTypes, type Sequelize } from 'sequelize';
import { Row } from '../../src/shared/database/row.ts';
import type { RowSource } from '../../src/shared/query/rows.ts';
import type { FileColumns } from '../../src/shared/storage/index.ts';

/** The few rows that the conformance suite of the capabilities needs; its README says what it expects of them. */

interface PersonColumns {
  id?: string;
  name: string;
  active: boolean;
}

export class User extends Row<PersonColumns, PersonColumns> {
  static override readonly entity = 'User';
  static override readonly kind = 'resource';
  static override readonly title = 'name';
}

interface NoteColumns {
  id?: string;
  body: string;
  readers: string[];
}

export class Note extends Row<NoteColumns, NoteColumns> {
  static override readonly entity = 'Note';
  static override readonly kind = 'resource';
  static override readonly title = 'body';
}

export class StoredFile extends Row<FileColumns, FileColumns> {
  static override readonly entity = 'StoredFile';
  static override readonly kind = 'resource';
  static override readonly title = 'name';
}

interface TicketColumns {
  token_hash: string;
  expires_at: Date;
  used_at: Date | null;
}

export class Ticket extends Row<TicketColumns, TicketColumns> {
  static override readonly entity = 'Ticket';
  static override readonly kind = 'internal';
  declare used_at: Date | null;
}

export const tables = `
  CREATE TABLE people (id uuid PRIMARY KEY, name text NOT NULL, active boolean NOT NULL);
  CREATE TABLE notes (id uuid PRIMARY KEY, body text NOT NULL, readers uuid[] NOT NULL);
  CREATE TRIGGER notes_deleted AFTER DELETE ON notes FOR EACH ROW EXECUTE FUNCTION system.record_delete('Note');
  CREATE TABLE tickets (id uuid PRIMARY KEY, token_hash text UNIQUE, expires_at timestamptz, used_at timestamptz);
  CREATE TABLE files (id uuid PRIMARY KEY, uploaded_by_id uuid, name text, content_type text, size bigint, checksum text,
    received bigint CHECK (received <= size), storage_key text UNIQUE, state text);`;

export function define(sequelize: Sequelize): void {
  const id = { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 };
  const { TEXT, BOOLEAN, UUID, BIGINT, DATE } = DataTypes;
  User.init({ id, name: TEXT, active: BOOLEAN } as never, { sequelize, tableName: 'people', timestamps: false });
  Note.init({ id, body: TEXT, readers: DataTypes.ARRAY(UUID) } as never, { sequelize, tableName: 'notes', timestamps: false });
  Ticket.init({ id, token_hash: TEXT, expires_at: DATE, used_at: DATE } as never, { sequelize, tableName: 'tickets', timestamps: false });
  const file = { id, uploaded_by_id: UUID, name: TEXT, content_type: TEXT, size: BIGINT, checksum: TEXT, received: BIGINT, storage_key: TEXT, state: TEXT };
  StoredFile.init(file as never, { sequelize, tableName: 'files', timestamps: false });
}

const unlisted = { refer: 'TRUE', filters: {}, sorts: {}, search: [], order: 't.id' };

export const notes: RowSource = {
  ...unlisted,
  model: Note,
  table: 'notes',
  // A note that says so is read by nobody, although it is told to its readers: it must not arrive.
  read: `:actorId = ANY(t.readers) AND t.body <> 'hidden'`,
  display: 't.body',
  columns: { id: 't.id', body: 't.body' },
  can: { remove: { by: 'TRUE' }, typing: { by: 'TRUE' } },
};

export const files: RowSource = {
  ...unlisted,
  model: StoredFile,
  table: 'files',
  read: 't.uploaded_by_id = :actorId',
  display: 't.name',
  columns: { id: 't.id', name: 't.name', content_type: 't.content_type', size: 't.size::int', checksum: 't.checksum', state: 't.state' },
  can: { download: { by: `t.state = 'ready'` }, append: { by: `t.state = 'receiving'` }, remove: { by: 'TRUE' } },
};
