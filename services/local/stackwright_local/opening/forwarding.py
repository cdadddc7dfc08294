"""Lets what lies outside the sandbox reach a port inside it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from stackwright_sdk.sandbox import Sandbox, SandboxError

_CHUNK = 65_536


@contextlib.asynccontextmanager
async def forwarded(listener: socket.socket, box: Sandbox, port: int) -> AsyncIterator[None]:
    """Pass what comes to `listener` on to a port inside the sandbox, until the end; what is still open then is cut."""
    open_ones: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if (serving := asyncio.current_task()) is not None:
            open_ones.add(serving)
            serving.add_done_callback(open_ones.discard)
        # A task that is cancelled would be told of by the server, on the terminal of whoever ended it.
        with contextlib.closing(writer), contextlib.suppress(SandboxError, OSError, asyncio.CancelledError):
            inner_reader, inner_writer = await asyncio.open_connection(sock=await box.dial(port))
            with contextlib.closing(inner_writer):
                await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))

    server = await asyncio.start_server(serve, sock=listener)
    try:
        yield
    finally:
        server.close()
        for serving in [*open_ones]:
            serving.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
