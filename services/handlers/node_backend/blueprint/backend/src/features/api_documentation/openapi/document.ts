import { readFile } from 'node:fs/promises';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '..', 'openapi.json');

let document: Promise<object> | undefined;

/** The OpenAPI document of this application. It is a file of its own, so that other tools can read it too. */
export function openapiDocument(): Promise<object> {
  document ??= readFile(file, 'utf8').then((text) => JSON.parse(text) as object);
  return document;
}
