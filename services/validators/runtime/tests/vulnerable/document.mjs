/** The OpenAPI document of the vulnerable application; it is what the application promises, whichever hole is open. */

const text = (least, most, rest = {}) => ({ type: 'string', minLength: least, maxLength: most, ...rest });
const object = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });

export const schemas = {
  Register: object({ email: text(3, 254), name: text(1, 120), password: text(10, 200) }, ['email', 'name', 'password']),
  Login: object({ email: text(3, 254), password: text(1, 200) }, ['email', 'password']),
  Refresh: object({ refresh_token: text(1, 200) }),
  Nothing: object({}),
  Picture: object({ picture: { type: 'string', contentMediaType: 'application/octet-stream' } }, ['picture']),
  NewSample: object({ title: text(1, 200), note: { type: ['string', 'null'], maxLength: 2000 } }, ['title']),
  ChangedSample: object({ title: text(1, 200), note: { type: ['string', 'null'], maxLength: 2000 } }),
  Sample: {
    type: 'object',
    properties: { id: text(36, 36), title: { type: 'string' }, note: { type: ['string', 'null'] }, created_by: text(36, 36) },
    required: ['id', 'title', 'note', 'created_by'],
  },
};
const named = (name) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema) => ({ description: '-', content: { 'application/json': { schema } } });
const list = { type: 'object', properties: { items: { type: 'array', items: named('Sample') }, total: { type: 'integer' } }, required: ['items', 'total'] };
const fault = json({ type: 'object', properties: { error: { type: 'object' } }, required: ['error'] });

function operation(success, answer, { body, form, open, access, permission, parameters = [] } = {}) {
  const statuses = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429];
  return {
    responses: {
      [success]: success === 204 ? { description: '-' } : json(answer ?? { type: 'object' }),
      ...Object.fromEntries(statuses.map((status) => [status, fault])),
    },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: named(body) } } } }),
    ...(form && { requestBody: { required: true, content: { 'multipart/form-data': { schema: named(form) } } } }),
    ...(open && { security: [] }),
    ...(access && { 'x-access': access }),
    ...(permission && { 'x-permission': permission }),
    parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: name.startsWith('page') ? 'integer' : 'string', minimum: 1 } })),
  };
}

const own = "created_by == actor || can('sample.manage')";
export const document = {
  openapi: '3.1.0',
  info: { title: 'Vulnerable', version: '1' },
  security: [{ bearer: [] }],
  components: { schemas },
  paths: {
    '/api/register': { post: operation(200, undefined, { body: 'Register', open: true }) },
    '/api/login': { post: operation(200, undefined, { body: 'Login', open: true }) },
    '/api/refresh': { post: operation(200, undefined, { body: 'Refresh', open: true }) },
    '/api/logout': { post: operation(200, undefined, { body: 'Nothing' }) },
    '/api/me': { get: operation(200) },
    '/api/live': { get: operation(200, undefined, { open: true }) },
    '/api/openapi': { get: operation(200, undefined, { open: true }) },
    '/api/users': { get: operation(200, undefined, { permission: 'users.read', access: "can('users.read')" }) },
    '/api/pictures': { post: operation(200, undefined, { form: 'Picture' }) },
    '/api/samples': {
      get: operation(200, list, { parameters: ['search', 'page'] }),
      post: operation(201, named('Sample'), { body: 'NewSample' }),
    },
    '/api/samples/{id}': {
      get: operation(200, named('Sample'), { access: own }),
      patch: operation(200, named('Sample'), { access: own, body: 'ChangedSample' }),
      delete: operation(204, undefined, { access: own }),
    },
  },
};
