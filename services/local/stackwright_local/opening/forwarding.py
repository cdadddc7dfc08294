"""Lets what lies outside the sandbox reach a port inside it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from stackwright_sdk.sandbox import Sandbox, SandboxError

_CHUNK = 65_536


@contextlib.asynccontextmanager
async def forwarded(listener: socket.socket, box: Sandbox, port: int) -> AsyncIterator[None]:
    """Pass what comes to `listener` on to a port inside the sandbox."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(SandboxError, OSError):
            inner_reader, inner_writer = await asyncio.open_connection(sock=await box.dial(port))
            with contextlib.closing(inner_writer):
                await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))

    server = await asyncio.start_server(serve, sock=listener)
    try:
        yield
    finally:
        server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
