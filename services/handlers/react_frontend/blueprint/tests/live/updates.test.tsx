import { screen, waitFor } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket as NodeSocket, WebSocketServer } from "ws";

import { setAccessToken } from "../../src/shared/api/client.ts";
import { live } from "../../src/shared/live/feature.ts";
import type { LiveMessage } from "../../src/shared/live/channel.ts";
import { liveMessages } from "../../src/shared/live/messages.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

test("what others do appears without a reload, and what was missed is asked for again", async () => {
  vi.stubGlobal("WebSocket", NodeSocket);
  const rows = [thing("1")];
  const visited = await visit("/things", {
    collections: thingsOf(rows),
    extra: [things, live],
    signedIn: [],
  });
  const server = new WebSocketServer({ server: visited.server.http, path: "/api/stream" });
  const hellos: unknown[] = [];
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      hellos.push(JSON.parse(String(data)));
      socket.send(JSON.stringify({ type: "ready", position: 1 }));
    }),
  );
  onTestFinished(() => {
    server.close();
    vi.unstubAllGlobals();
  });
  const tell = (message: unknown) => server.clients.forEach((client) => client.send(JSON.stringify(message)));

  await screen.findByText("Thing 1");
  await waitFor(() => expect(hellos).toHaveLength(1));
  rows.push(thing("2"));
  tell({ type: "event", position: 2, name: "Thing.created", model: "Thing", id: "2", row: null });
  expect(await screen.findByText("Thing 2")).toBeTruthy();

  // A row that is on the page is changed where it stands, without asking the server.
  const asked = visited.server.received.length;
  const changed = { ...thing("1"), name: "Thing 1, polished" };
  tell({ type: "event", position: 3, name: "Thing.polish", model: "Thing", id: "1", row: changed });
  expect(await screen.findByText("Thing 1, polished")).toBeTruthy();
  expect(visited.server.received).toHaveLength(asked);

  rows.push(thing("3"));
  tell({ type: "reset", position: 9 });
  expect(await screen.findByText("Thing 3")).toBeTruthy();

  const heard: LiveMessage[] = [];
  onTestFinished(liveMessages.subscribe((message) => heard.push(message)));
  tell({
    type: "signal",
    name: "Thing.touched",
    model: "Thing",
    id: "1",
    actor: { id: "2", display: "Bob" },
  });
  await waitFor(() => expect(heard[0]).toMatchObject({ name: "Thing.touched", actor: { display: "Bob" } }));

  setAccessToken("newer");
  await waitFor(() => expect(hellos.at(-1)).toEqual({ type: "token", token: "newer" }));
});
