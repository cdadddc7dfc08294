import { asked } from '../../shared/actions/asking.ts';
import { query } from '../../shared/actions/operation.ts';
import { anyone } from '../../shared/policy/caller.ts';
import { openapiDocument } from './openapi/document.ts';
import { settings } from './settings.ts';

export const openapi = query({
  name: 'openapi',
  by: (caller) => settings['docs.public'] || caller.signedIn,
  run: () => openapiDocument(),
});

export const publicSettings = query({
  name: 'public_settings',
  by: anyone,
  async run(invocation) {
    return { docs_try: await asked(invocation, `:setting_docs_try`) };
  },
});
