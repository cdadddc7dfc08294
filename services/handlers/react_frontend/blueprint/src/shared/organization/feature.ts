import { client } from "../api/client.ts";
import { defineFeature } from "../feature.ts";

const KEY = "organization";
const slug = /^[a-z0-9-]{1,200}$/u;

/**
 * Whose public pages a stranger sees. `/shop?organization=acme` names the organization, and the pages that follow in this tab keep
 * it; a proxy that sends `X-Organization` itself needs none of this. Who is signed in is where the session is, whatever is named.
 */
export const publicOrganization = defineFeature({
  name: "public_organization",
  routes: [],
  menu: [],
  start: () => {
    const named = new URLSearchParams(window.location.search).get(KEY);
    if (named !== null && slug.test(named)) sessionStorage.setItem(KEY, named);
    client.interceptors.request.use((config) => {
      const kept = sessionStorage.getItem(KEY);
      if (kept !== null) config.headers.set("X-Organization", kept);
      return config;
    });
    return Promise.resolve();
  },
});
