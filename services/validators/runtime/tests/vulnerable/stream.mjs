/** The live channel of the vulnerable application; safe as long as none of its holes is open. */
import { createRequire } from 'node:module';

const { WebSocketServer } = createRequire(`${process.env.TOOLCHAIN}/package.json`)('ws');
const SMALL = 16_384;

/** Serves `GET /api/stream` and returns how to tell those who listen of a row. */
export function stream(server, { open, callerOf, mayRead, anybody }) {
  const listeners = new Map();
  const channel = new WebSocketServer({ noServer: true, maxPayload: open('socket-oversized') ? 2 ** 26 : SMALL, perMessageDeflate: false });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    const { origin, host } = request.headers;
    const foreign = origin !== undefined && origin !== `http://${host}`;
    if (request.url !== '/api/stream' || (foreign && !open('socket-origin'))) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    channel.handleUpgrade(request, socket, head, listen);
  });

  function listen(socket) {
    let said = 0;
    const silent = setTimeout(() => open('socket-silent') || socket.close(4401), 5000);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(silent);
      listeners.delete(socket);
    });
    socket.on('message', (data, binary) => {
      said += 1;
      if (said > 60 && !open('socket-flood')) return socket.close(4429);
      const message = binary ? undefined : read(data);
      if (!message) return open('socket-message') ? clearTimeout(silent) : socket.close(4400);
      const caller = known(message.token);
      if (!caller) return socket.close(4401);
      clearTimeout(silent);
      if (!listeners.has(socket)) socket.send(JSON.stringify({ type: 'ready', position: 0 }));
      listeners.set(socket, caller);
    });
  }

  function read(data) {
    try {
      const { type, token, position = null } = JSON.parse(String(data));
      const fits = typeof token === 'string' && (token.length < SMALL || open('socket-oversized'));
      const known = type === 'token' || (type === 'hello' && (position === null || (Number.isSafeInteger(position) && position >= 0)));
      return fits && known ? { token } : undefined;
    } catch {
      return undefined;
    }
  }

  function known(token) {
    try {
      return callerOf({ headers: { authorization: `Bearer ${token}` } }, new URLSearchParams());
    } catch {
      return open('socket-token') ? anybody() : undefined;
    }
  }

  return (row) => {
    const event = JSON.stringify({ type: 'event', position: 1, name: 'Sample.created', model: 'Sample', id: row.id, row });
    for (const [socket, caller] of listeners) if (mayRead(row, caller) || open('socket-row-of-another')) socket.send(event);
  };
}
