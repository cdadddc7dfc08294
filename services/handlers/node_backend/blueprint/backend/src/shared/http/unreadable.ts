import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { AppError, badRequest } from '../errors.ts';

/** Answers what never becomes a request, in the one shape of an error: the server's own answers would have no body. */
export function answerUnreadable(http: Server): void {
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { status, code, message } = meant(error);
    const correlation = randomUUID();
    const body = JSON.stringify({ error: { code, status, message, fields: [], correlation } });
    const head = [
      `HTTP/1.1 ${status} ${REASONS[status] ?? 'Bad Request'}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      `X-Correlation-Id: ${correlation}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

const REASONS: Readonly<Record<number, string>> = { 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

function meant({ code }: NodeJS.ErrnoException): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError(431, 'headers_too_large', 'The address, or a header, is too long.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError(408, 'request_timeout', 'The request took too long to arrive.');
  return badRequest('This is not a request that can be read.');
}
