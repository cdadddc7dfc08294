"""Serves a built front end and hands `/api` on to the application, as the proxy in front of a real one does."""

from __future__ import annotations

import asyncio
import http.client
import mimetypes
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "te", "upgrade"})
_TIMEOUT_SECONDS = 30


class Site:
    """Use as `async with Site(dist, port) as address`; what is no file gets `index.html`, as the router needs.

    `organization` is whose pages these are: strangers see them.
    """

    def __init__(self, folder: Path, api_port: int, organization: str = "") -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder.resolve(), api_port, organization))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    async def __aenter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._server.shutdown)
        self._server.server_close()


def _join(visitor: BaseHTTPRequestHandler, api_port: int) -> None:
    """Hands a WebSocket on, byte for byte, until either end closes it."""
    visitor.close_connection = True
    with suppress(OSError), socket.create_connection(("127.0.0.1", api_port), _TIMEOUT_SECONDS) as application:
        application.settimeout(None)
        head = "".join(f"{key}: {value}\r\n" for key, value in visitor.headers.items())
        application.sendall(f"{visitor.requestline}\r\n{head}\r\n".encode("latin-1"))
        back = threading.Thread(target=_pour, args=(application, visitor.connection), daemon=True)
        back.start()
        _pour(visitor.connection, application)
        back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    """Passes on what comes, and that nothing more comes."""
    with suppress(OSError):
        while content := source.recv(65_536):
            target.sendall(content)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


def _handler(folder: Path, api_port: int, organization: str) -> type[BaseHTTPRequestHandler]:
    told = {"X-Organization": organization} if organization else {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            if self.headers.get("Upgrade", "").lower() == "websocket":
                _join(self, api_port)
            elif self.path.startswith("/api/") or self.path == "/api":
                self._hand_on()
            else:
                self._file()

        # Names that the base class looks for.
        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer  # noqa: N815

        def _hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            connection = http.client.HTTPConnection("127.0.0.1", api_port, timeout=_TIMEOUT_SECONDS)
            try:
                # The Host stays as the browser sent it: the application compares it with the Origin.
                sent = {key: value for key, value in self.headers.items() if key.lower() not in _HOP_BY_HOP}
                headers = told | sent
                connection.request(self.command, self.path, body or None, headers)
                answer = connection.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for key, value in answer.getheaders():
                    if key.lower() not in _HOP_BY_HOP:
                        self.send_header(key, value)
            except (OSError, http.client.HTTPException):
                content = b""
                self.send_response(502)
            finally:
                connection.close()
            self._end(content)

        def _file(self) -> None:
            wanted = (folder / self.path.partition("?")[0].lstrip("/")).resolve()
            file = wanted if wanted.is_relative_to(folder) and wanted.is_file() else folder / "index.html"
            content = file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
            self._end(content)

        def _end(self, content: bytes) -> None:
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Says nothing: the application's own log tells of requests."""

    return Handler
