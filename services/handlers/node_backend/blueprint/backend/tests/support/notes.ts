import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, literal } from 'sequelize';
import { action, query } from '../../src/shared/actions/operation.ts';
import {
  choicesOperation,
  createOperation,
  deleteOperation,
  listOperation,
  readOperation,
  rowOperation,
} from '../../src/shared/actions/rows.ts';
import type { ConstraintAnswers } from '../../src/shared/constraints.ts';
import { Row } from '../../src/shared/database/row.ts';
import { defineFeature, type Feature } from '../../src/shared/feature.ts';
import { callerOf, ownerOf, stranger } from '../../src/shared/policy/caller.ts';
import * as filters from '../../src/shared/query/filters.ts';
import type { RowSource } from '../../src/shared/query/rows.ts';
import * as input from '../../src/shared/validate.ts';
import { startTestApp, type TestApp } from './app.ts';
//@organizations import { organizationOf } from './organizations.ts';
import { Person } from './person.ts';

/** A feature of the tests' own, with a field of each kind: what all features share is tested on it, whichever are there. */

export class Note extends Row<InferAttributes<Note>, InferCreationAttributes<Note>> {
  static override readonly entity = 'Note';
  static override readonly kind = 'resource';
  static override readonly title = 'title';
  static override readonly constraints: ConstraintAnswers = {
    notes_title_key: { status: 409, field: 'title', code: 'unique', message: 'There is already a note with this title.' },
    notes_pages_check: { status: 422, field: 'pages', code: 'range', message: 'A note has fewer than 1000 pages.' },
  };

  declare id: CreationOptional<string>;
  declare created_at: CreationOptional<Date>;
  declare updated_at: CreationOptional<Date>;
  declare row_version: CreationOptional<number>;
  declare owner_id: string;
  declare title: string;
  declare body: CreationOptional<string | null>;
  declare colour: CreationOptional<string>;
  declare pages: CreationOptional<number | null>;
  declare price: CreationOptional<string | null>;
  declare done: CreationOptional<boolean>;
  declare due: CreationOptional<string | null>;
  declare parent_id: CreationOptional<string | null>;
}

// An application may have notes of its own, which these tests do not need.
const tables = `
DROP TABLE IF EXISTS notes, notes_links CASCADE;
CREATE TABLE notes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  row_version int NOT NULL DEFAULT 1,
  owner_id uuid NOT NULL,
  title text NOT NULL CONSTRAINT notes_title_key UNIQUE,
  body text,
  colour text NOT NULL DEFAULT 'red',
  pages int CONSTRAINT notes_pages_check CHECK (pages < 1000),
  words bigint GENERATED ALWAYS AS (pages::bigint * 300) STORED,
  price numeric(10, 2),
  done boolean NOT NULL DEFAULT false,
  due date,
  at time,
  "from" inet,
  parent_id uuid CONSTRAINT notes_parent_fkey REFERENCES notes ON DELETE RESTRICT
);
CREATE TABLE notes_links (note_id uuid REFERENCES notes ON DELETE CASCADE, other_id uuid REFERENCES notes, PRIMARY KEY (note_id, other_id));
CREATE TRIGGER touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER record AFTER DELETE ON notes FOR EACH ROW EXECUTE FUNCTION system.record_delete('Note');`;

const linked = { table: 'notes_links', near: 'note_id', far: 'other_id' };
const mine = `t.owner_id = :actorId OR :can_notes_manage`;

export const notes: RowSource = {
  model: Note,
  table: 'notes',
  read: `:signedIn AND (NOT t.done OR ${mine})`,
  refer: `:signedIn`,
  display: `t.title`,
  columns: {
    id: `t.id`,
    created_at: `t.created_at`,
    row_version: `t.row_version`,
    title: `t.title`,
    body: `t.body`,
    colour: `t.colour`,
    pages: `t.pages`,
    price: `t.price::text`,
    done: `t.done`,
    parent: `(SELECT json_build_object('id', r.id, 'display', r.title) FROM notes AS r WHERE r.id = t.parent_id)`,
    links: `(SELECT coalesce(json_agg(l.other_id ORDER BY l.other_id), '[]') FROM notes_links AS l WHERE l.note_id = t.id)`,
  },
  references: { parent: { table: 'notes', refer: `:signedIn` }, links: { table: 'notes', refer: `:signedIn` } },
  can: {
    update: { by: mine },
    delete: { by: mine },
    finish: {
      by: mine,
      if: [
        { sql: `NOT t.done`, message: 'It is finished already.' },
        { sql: `:input_pages::int > 0`, message: 'Say how many pages it has.', input: true },
      ],
    },
  },
  filters: {
    created_at: filters.timestamp(`t.created_at`),
    body: filters.text(`t.body`),
    colour: filters.choice(`t.colour`, ['red', 'green']),
    pages: filters.integer(`t.pages`),
    words: filters.integer(`t.words`, 53),
    price: filters.decimal(`t.price`),
    done: filters.flag(`t.done`),
    due: filters.date(`t.due`),
    at: filters.time(`t.at`),
    from: filters.address(`t."from"`),
    parent: filters.uuid(`t.parent_id`),
    links: filters.links(linked),
  },
  sorts: { created_at: `t.created_at`, pages: `t.pages`, colour: `t.colour` },
  search: [`t.title`, `t.body`],
  order: `t.id DESC`,
};

interface NoteInput {
  title: string;
  body?: string | null;
  colour?: string;
  pages?: number | null;
  price?: string | null;
  parent?: string | null;
  links?: string[];
}

const fields = {
  body: input.text(0, 2000).allow(null),
  colour: input.choice('red', 'green'),
  pages: input.integer(0).allow(null),
  price: input.decimal(10, 2, '0').allow(null),
  parent: input.id().allow(null),
  links: input.ids(5),
};
const createInput = input.object<NoteInput>({ ...fields, title: input.text(1, 200).required() });
const updateInput = input.object<Partial<NoteInput>>({ ...fields, title: input.text(1, 200) });
const finishInput = input.object<{ pages: number }>({ pages: input.integer().required() });

const columnsOf = ({ parent, links: _links, ...columns }: Partial<NoteInput>) => ({ ...columns, parent_id: parent });
const signedIn = { by: (caller: { signedIn: boolean }) => caller.signedIn };
const routes = Router();

routes.get('/api/notes', listOperation({ name: 'Note.list', source: notes, ...signedIn }));
routes.get('/api/notes/choices', choicesOperation({ name: 'Note.choices', source: notes, ...signedIn }));
for (const [name, descending] of [['newest', true], ['oldest', false]] as const) {
  const cursor = { column: 't.created_at', type: 'timestamptz', descending } as const;
  routes.get(`/api/notes/${name}`, listOperation({ name: `Note.${name}`, source: { ...notes, cursor }, ...signedIn }));
}
routes.get('/api/notes/:id', readOperation({ name: 'Note.read', source: notes, ...signedIn }));
routes.post(
  '/api/notes',
  createOperation({
    name: 'Note.create',
    source: notes,
    path: '/api/notes',
    input: createInput,
    guards: [
      { sql: `t.title <> 'Nobody may'`, message: 'Not this one.', status: 403 },
      { sql: `t.title <> 'Not now'`, message: 'Not now.' },
    ],
    async run(unit, given) {
      const owner = ownerOf(unit.caller);
      await unit.refer(notes, { parent: given.parent, links: given.links });
      const row = await unit.insert(Note, { ...(columnsOf(given) as { title: string }), owner_id: owner });
      await unit.link(row, 'links', linked, given.links);
      return row;
    },
  }),
);
routes.patch(
  '/api/notes/:id',
  rowOperation({
    name: 'Note.update',
    source: notes,
    model: Note,
    rule: 'update',
    event: 'updated',
    input: updateInput,
    async run(unit, row, given) {
      await unit.refer(notes, { parent: given.parent, links: given.links });
      await unit.set(row, columnsOf(given));
      await unit.link(row, 'links', linked, given.links);
    },
  }),
);
routes.delete('/api/notes/:id', deleteOperation({ name: 'Note.delete', source: notes, model: Note }));
routes.post(
  '/api/notes/:id/finish',
  rowOperation({
    name: 'Note.finish',
    source: notes,
    model: Note,
    rule: 'finish',
    event: 'finish',
    input: finishInput,
    idempotencyRequired: true,
    async run(unit, row, { pages }) {
      await unit.set(row, { done: true, pages });
      return { left: await unit.value<number>(`SELECT count(*)::int FROM notes WHERE NOT done AND owner_id = this.owner_id`, row) };
    },
  }),
);
routes.post(
  '/api/count-notes',
  action({ name: 'count_notes', rate: { count: 2, seconds: 60 }, run: async (unit) => ({ count: await unit.value<number>('SELECT count(*)::int FROM notes') }) }),
);
routes.get(
  '/api/echo',
  query({
    name: 'echo',
    input: input.object<{ pages: number }>({ pages: input.integer(1, 9).required() }),
    status: ({ pages }: { pages?: number }) => (pages === 9 ? 203 : 200),
    run: (_invocation, { pages }) => Promise.resolve({ pages }),
  }),
);

export const notesFeature = defineFeature({
  name: 'notes',
  models: [Note],
  define(sequelize) {
    Note.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') },
        created_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
        updated_at: { type: DataTypes.DATE, defaultValue: literal('now()') },
        row_version: { type: DataTypes.INTEGER, defaultValue: 1 },
        owner_id: { type: DataTypes.UUID, allowNull: false },
        title: { type: DataTypes.TEXT, allowNull: false },
        body: { type: DataTypes.TEXT },
        colour: { type: DataTypes.TEXT, defaultValue: 'red' },
        pages: { type: DataTypes.INTEGER },
        price: { type: DataTypes.DECIMAL },
        done: { type: DataTypes.BOOLEAN, defaultValue: false },
        due: { type: DataTypes.DATEONLY },
        parent_id: { type: DataTypes.UUID },
      },
      { sequelize, modelName: 'Note', tableName: 'notes', timestamps: false },
    );
  },
  routers: [routes],
  permissions: { 'notes.manage': { title: 'Change the notes of others', roles: [] } },
  // Whoever calls is who the token says, with the permissions that it names: no password has to be hashed for that.
  identify: (request) => { //@no-organizations
  //@organizations identify: async (request, services) => {
    const [userId, ...permissions] = request.get('authorization')?.slice('Bearer '.length).split(' ') ?? [];
    return Promise.resolve(userId ? callerOf({ userId, sessionId: randomUUID(), roles: [], permissions }) : stranger()); //@no-organizations
    //@organizations if (!userId) return stranger();
    //@organizations const organizationId = await organizationOf(services.database, userId);
    //@organizations return callerOf({ userId, sessionId: randomUUID(), roles: [], permissions, organizationId });
  },
});

/** The application with this feature alone, and what else is given. */
export async function startNotes(env: NodeJS.ProcessEnv = {}, ...others: Feature[]): Promise<TestApp> {
  const app = await startTestApp(env, [notesFeature, ...others]); //@no-organizations
  //@organizations // The persons of these tests have no session, so none of them is in an organization.
  //@organizations const open = others.map((feature) => (feature.name === 'organizations' ? { ...feature, gates: [] } : feature));
  //@organizations const app = await startTestApp(env, [notesFeature, ...open]);
  await app.services.database.query(tables);
  return app;
}

/** Somebody who is signed in and has these permissions. */
export function notePerson(app: TestApp, ...permissions: string[]): Person {
  return knownPerson(app, randomUUID(), ...permissions);
}

/** The same for somebody of whom there is a row. */
export function knownPerson(app: TestApp, id: string, ...permissions: string[]): Person {
  return new Person(app.app, { id, email: '', password: '', accessToken: [id, ...permissions].join(' '), refreshToken: '' });
}
