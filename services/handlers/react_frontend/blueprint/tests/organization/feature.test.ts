import type { AxiosAdapter } from "axios";
import { afterEach, expect, test } from "vitest";

import { client } from "../../src/shared/api/client.ts";
import { publicOrganization } from "../../src/shared/organization/feature.ts";

const adapter = client.defaults.adapter;

afterEach(() => {
  client.defaults.adapter = adapter;
  sessionStorage.clear();
  window.history.replaceState(null, "", "/");
});

async function asked(address: string): Promise<unknown> {
  window.history.replaceState(null, "", address);
  await publicOrganization.start?.({ dispatch: (() => undefined) as never });
  let sent: unknown;
  const remember: AxiosAdapter = (config) => {
    sent = config.headers.get("X-Organization");
    return Promise.resolve({ data: {}, status: 200, statusText: "OK", headers: {}, config });
  };
  client.defaults.adapter = remember;
  await client.get("/products");
  return sent;
}

test("the organization that an address names goes with every request of the tab", async () => {
  expect(await asked("/shop?organization=acme-2")).toBe("acme-2");
  expect(await asked("/shop/1")).toBe("acme-2");
});

test("without one, or with what is no name of one, nothing is sent", async () => {
  expect(await asked("/shop")).toBeUndefined();
  expect(await asked("/shop?organization=%0d%0aX-Evil:1")).toBeUndefined();
});
