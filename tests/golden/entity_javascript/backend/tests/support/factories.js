import { randomUUID } from 'node:crypto';

const factories = {
  Sample: {
    path: '/api/samples',
    body: async () => ({
      title: randomUUID(),
    }),
  },
};

/** Input for a new row of a model. */
export async function inputFor(app, person, model) {
  const factory = factories[model];
  if (!factory) throw new Error(`Tests cannot make a ${model}.`);
  return { ...(await factory.body(app, person)) };
}

/** A new row of a model, made by `person`. */
export async function make(app, person, model, input = {}) {
  const body = { ...(await inputFor(app, person, model)), ...input };
  const answer = await person.post(factories[model]?.path ?? '', body).expect(201);
  return answer.body;
}
