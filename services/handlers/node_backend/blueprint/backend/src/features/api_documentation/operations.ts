import { query } from '../../shared/actions/operation.ts';
import { openapiDocument } from './openapi/document.ts';
import { settings } from './settings.ts';

export const openapi = query({
  name: 'openapi',
  by: (caller) => settings['docs.public'] || caller.signedIn,
  run: () => openapiDocument(),
});
