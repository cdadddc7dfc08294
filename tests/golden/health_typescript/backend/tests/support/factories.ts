import type { TestApp } from './app.ts';
import type { Person } from './person.ts';

type Row = Record<string, unknown> & { id: string };

const factories: Record<string, { path: string; body: (app: TestApp, person: Person) => Promise<object> }> = {};

/** Input for a new row of a model. */
export async function inputFor(app: TestApp, person: Person, model: string): Promise<Record<string, unknown>> {
  const factory = factories[model];
  if (!factory) throw new Error(`Tests cannot make a ${model}.`);
  return { ...(await factory.body(app, person)) };
}

/** A new row of a model, made by `person`. */
export async function make(app: TestApp, person: Person, model: string, input: object = {}): Promise<Row> {
  const body = { ...(await inputFor(app, person, model)), ...input };
  const answer = await person.post(factories[model]?.path ?? '', body).expect(201);
  return answer.body;
}
