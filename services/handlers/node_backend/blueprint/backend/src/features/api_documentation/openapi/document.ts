import document from '../openapi.json' with { type: 'json' };

/** The OpenAPI document of this application. It is a file of its own, so that other tools can read it too. */
export function openapiDocument(): Promise<object> {
  return Promise.resolve(document);
}
