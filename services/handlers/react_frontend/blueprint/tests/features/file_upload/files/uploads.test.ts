import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test, vi } from "vitest";

import type { StoredFile } from "../../../../src/features/file_upload/stored-file/types.ts";
import { uploads } from "../../../../src/features/file_upload/uploads.ts";
import { client, setAccessToken } from "../../../../src/shared/api/client.ts";
import { takeNodeFiles } from "../../../support/nodeFiles.ts";

const megabyte = 1024 * 1024;

interface Refusal {
  status: number;
  code: string;
  message: string;
}

/** A server that takes files in pieces, and says no when the test wants it to. */
async function serve() {
  const files = new Map<string, { size: number; received: number; content: string }>();
  const seen: string[] = [];
  const behaviour: { refuse?: ((path: string) => Refusal | "hang up" | undefined) | undefined } = {};
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? "";
      seen.push(`${request.method} ${path}`);
      const body = await textOf(request);
      const refused = behaviour.refuse?.(`${request.method} ${path}`);
      if (refused === "hang up") {
        request.socket.destroy();
        return;
      }
      const [status, answer] =
        refused === undefined
          ? take(request, path, body)
          : [refused.status, { error: { fields: [], ...refused } }];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    })();
  });
  const take = (request: IncomingMessage, path: string, body: string): [number, unknown] => {
    const id = path.split("/")[3] ?? "";
    if (path === "/api/start-upload") {
      const { name, size } = JSON.parse(body) as { name: string; size: number };
      files.set(name, { size, received: 0, content: "" });
      return [200, { file: { id: name, display: name } }];
    }
    const file = files.get(id);
    if (file === undefined)
      return [404, { error: { code: "not_found", status: 404, message: "Gone.", fields: [] } }];
    if (request.method === "DELETE") files.delete(id);
    if (request.method === "POST") {
      const [, offset, content = ""] =
        /name="offset"\r\n\r\n(\d+)[\s\S]*?name="content"[\s\S]*?\r\n\r\n([\s\S]*)\r\n--/u.exec(body) ?? [];
      if (Number(offset) !== file.received) {
        return [
          409,
          { error: { code: "offset_mismatch", status: 409, message: "Go on there.", fields: [] } },
        ];
      }
      file.content += content;
      file.received = file.content.length;
    }
    return [200, { received: file.received, state: file.received === file.size ? "ready" : "receiving" }];
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client.defaults.baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  client.defaults.adapter = "http";
  await takeNodeFiles();
  onTestFinished(() => {
    uploads.clear();
    server.closeAllConnections();
    server.close();
  });
  return { files, seen, behaviour };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("latin1");
}

const states = () => uploads.current().map(({ state }) => state);
const ended = (state: string) => vi.waitFor(() => expect(states()).toEqual([state]), { timeout: 10_000 });
const fileOf = (name: string, size: number) => new File(["x".repeat(size)], name);

test("a file goes up in pieces, and its row is told of", async () => {
  const { files, seen } = await serve();
  const changed = vi.fn<() => void>();
  onTestFinished(uploads.onChange(changed));
  uploads.add([fileOf("long.txt", 9 * megabyte)], null);
  await ended("done");
  expect(files.get("long.txt")?.received).toBe(9 * megabyte);
  expect(seen.filter((line) => line.endsWith("/append"))).toHaveLength(3);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(uploads.current()[0]).toMatchObject({ sent: 9 * megabyte, size: 9 * megabyte });
});

test("what broke off goes on at what arrived, even if the answer was lost", async () => {
  const { files, seen, behaviour } = await serve();
  let pieces = 0;
  behaviour.refuse = (line) => (line.endsWith("/append") && ++pieces > 1 ? "hang up" : undefined);
  uploads.add([fileOf("long.txt", 5 * megabyte)], null);
  await ended("interrupted");
  expect(uploads.current()[0]).toMatchObject({ sent: 4 * megabyte });
  behaviour.refuse = undefined;
  const before = seen.length;
  uploads.resume(uploads.current()[0]?.key ?? "");
  await ended("done");
  expect(seen.slice(before)).toEqual(["POST /api/stored-files/long.txt/append"]);
  expect(files.get("long.txt")?.received).toBe(5 * megabyte);
});

test("the same file chosen again goes on where the server stands", async () => {
  const { files, seen } = await serve();
  files.set("half.txt", { size: 10, received: 4, content: "xxxx" });
  const row = { id: "half.txt", name: "half.txt", size: 10, received: 3 } as StoredFile;
  uploads.add([fileOf("half.txt", 10)], null, [row]);
  await ended("done");
  // It stood elsewhere than was thought, and said so.
  expect(seen).toEqual([
    "POST /api/stored-files/half.txt/append",
    "GET /api/stored-files/half.txt",
    "POST /api/stored-files/half.txt/append",
  ]);
});

test("what is too large is refused with the limit that the server names", async () => {
  const { behaviour } = await serve();
  behaviour.refuse = () => ({
    status: 413,
    code: "too_large",
    message: "A file has at most 26214400 bytes.",
  });
  uploads.add([fileOf("film.txt", 1536)], null);
  await ended("refused");
  expect(uploads.current()[0]?.message).toBe(
    "Too large: this one has 1.5 kB. A file may have 25 MB at most.",
  );
});

test("a kind that is not taken is refused in words, and nothing is left of it", async () => {
  const { files, behaviour } = await serve();
  const message =
    "Files of this kind (application/x-dosexec) are not taken. Send one of: image/png, text/plain.";
  behaviour.refuse = (line) =>
    line.endsWith("/append") ? { status: 415, code: "type_refused", message } : undefined;
  uploads.add([fileOf("program.png", 8)], null);
  await ended("refused");
  expect(uploads.current()[0]?.message).toBe(
    "This kind of file is not taken, whatever it is called. Choose PNG or Text.",
  );
  expect(files.size).toBe(0);
});

test("one that is cancelled is taken away", async () => {
  const { files, behaviour } = await serve();
  behaviour.refuse = (line) => (line.endsWith("/append") ? "hang up" : undefined);
  uploads.add([fileOf("unwanted.txt", 8)], null);
  await ended("interrupted");
  uploads.cancel(uploads.current()[0]?.key ?? "");
  expect(uploads.current()).toEqual([]);
  await vi.waitFor(() => expect(files.size).toBe(0));
});

test("nothing of it is left for whoever signs in next", async () => {
  const { seen, behaviour } = await serve();
  setAccessToken("of the first");
  behaviour.refuse = (line) => (line.endsWith("/append") ? "hang up" : undefined);
  uploads.add([fileOf("private.txt", 8)], null);
  await ended("interrupted");
  setAccessToken(null);
  expect(uploads.current()).toEqual([]);
  const before = seen.length;
  setAccessToken("of the second");
  window.dispatchEvent(new Event("online"));
  uploads.add([fileOf("own.txt", 8)], null);
  await ended("interrupted");
  expect(seen.slice(before).some((line) => line.includes("private.txt"))).toBe(false);
  setAccessToken(null);
});
