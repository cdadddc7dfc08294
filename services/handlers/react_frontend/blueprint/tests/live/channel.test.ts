import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket as NodeSocket, WebSocketServer, type WebSocket as ServerSocket } from "ws";

import { LiveChannel, type LiveMessage, type LiveState } from "../../src/shared/live/channel.ts";

interface Stream {
  /** What clients sent, oldest first. */
  received: Record<string, unknown>[];
  send: (message: unknown) => void;
  drop: (code: number) => void;
}

async function connect(tokens: (string | null)[] = ["token"]) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  // jsdom's socket knows cookies and origins, which a test has none of.
  vi.stubGlobal("WebSocket", NodeSocket);
  const sockets: ServerSocket[] = [];
  const stream: Stream = {
    received: [],
    send: (message) => sockets.at(-1)?.send(JSON.stringify(message)),
    drop: (code) => sockets.at(-1)?.close(code),
  };
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as Record<string, unknown>;
      stream.received.push(message);
      if (message["type"] === "hello") stream.send({ type: "ready", position: message["position"] ?? 7 });
    });
  });
  const messages: LiveMessage[] = [];
  const states: LiveState[] = [];
  const renewals: boolean[] = [];
  const channel = new LiveChannel({
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: (renewed) => {
      renewals.push(renewed);
      return Promise.resolve((tokens.length > 1 ? tokens.shift() : tokens[0]) ?? null);
    },
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
    patience: 5,
  });
  onTestFinished(() => {
    channel.close();
    server.close();
    vi.unstubAllGlobals();
  });
  channel.open();
  return { channel, stream, messages, states, renewals };
}

const event = (position: number) => ({
  type: "event",
  position,
  name: "Thing.created",
  model: "Thing",
  id: "1",
  row: null,
});

test("it says who it is, and hands on what comes", async () => {
  const { channel, stream, messages, states } = await connect();
  await vi.waitFor(() => expect(states.at(-1)).toBe("open"));
  expect(stream.received).toEqual([{ type: "hello", token: "token", position: null }]);
  stream.send(event(8));
  stream.send({ type: "of tomorrow" });
  stream.send({
    type: "signal",
    name: "Thing.touched",
    model: "Thing",
    id: "1",
    actor: { id: "2", display: "Bob" },
  });
  await vi.waitFor(() =>
    expect(messages.map((message) => message.type)).toEqual(["ready", "event", "signal"]),
  );
  channel.renew("newer");
  await vi.waitFor(() => expect(stream.received.at(-1)).toEqual({ type: "token", token: "newer" }));
});

test("after an interruption it goes on where it was", async () => {
  const { stream, states } = await connect();
  await vi.waitFor(() => expect(states.at(-1)).toBe("open"));
  stream.send(event(12));
  stream.drop(1012);
  await vi.waitFor(() => expect(stream.received).toHaveLength(2));
  expect(stream.received[1]).toMatchObject({ type: "hello", position: 12 });
  await vi.waitFor(() => expect(states).toEqual(["connecting", "open", "waiting", "connecting", "open"]));
});

test("a token that was refused is renewed before the next attempt, and without one it waits", async () => {
  const { stream, renewals, states } = await connect(["old", null, "new"]);
  await vi.waitFor(() => expect(states.at(-1)).toBe("open"));
  stream.drop(4401);
  await vi.waitFor(() => expect(stream.received.at(-1)).toMatchObject({ token: "new" }));
  expect(renewals).toEqual([false, true, true]);
});

test("once closed it stays so", async () => {
  const { channel, stream, states } = await connect();
  await vi.waitFor(() => expect(states.at(-1)).toBe("open"));
  channel.close();
  window.dispatchEvent(new Event("online"));
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(stream.received).toHaveLength(1);
  expect(states.at(-1)).toBe("closed");
});
