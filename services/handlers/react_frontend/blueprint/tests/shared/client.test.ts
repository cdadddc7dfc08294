import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { client, renewOnce, setAccessToken, setSessionRenewal } from "../../src/shared/api/client.ts";
import { toApiError } from "../../src/shared/api/errors.ts";

/** A server that answers everything alike, or never. */
async function serve(status: number | null, body = "", headers: Record<string, string> = {}): Promise<void> {
  const server = createServer((_request, response) => {
    if (status !== null) response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client.defaults.baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client.defaults.adapter = "http";
  setAccessToken(null);
  setSessionRenewal(null);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

test("the server's own error comes through as it is", async () => {
  const error = { code: "conflict", status: 409, message: "In use.", fields: [], correlation: "abc" };
  await serve(409, JSON.stringify({ error }), { "content-type": "application/json" });
  await expect(client.get("/")).rejects.toEqual(error);
});

test("an answer that is no error of the API gets a sentence, and keeps its reference", async () => {
  await serve(502, "<h1>Bad gateway</h1>", { "x-correlation-id": "abc" });
  await expect(client.get("/")).rejects.toMatchObject({ status: 502, code: "unknown", correlation: "abc" });
  await serve(502, "");
  await expect(client.get("/")).rejects.not.toHaveProperty("correlation");
});

test("a server that cannot be reached, or takes too long, is told apart", async () => {
  await serve(null);
  await expect(client.get("/", { timeout: 20 })).rejects.toMatchObject({
    message: expect.stringContaining("too long"),
  });
  client.defaults.baseURL = "http://127.0.0.1:1";
  await expect(client.get("/")).rejects.toMatchObject({
    message: expect.stringContaining("cannot be reached"),
  });
});

test("without anybody who can renew a session, it ends where the token does", async () => {
  await serve(401, "{}", { "content-type": "application/json" });
  setAccessToken("old");
  await expect(client.get("/")).rejects.toMatchObject({ status: 401 });
  await expect(renewOnce()).resolves.toBeNull();
});

test("whatever is thrown becomes a sentence", () => {
  expect(toApiError(new Error("x")).message).toBe("Something went wrong. Please try again.");
});
