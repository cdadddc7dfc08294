"""A plain client of the live channel, for behaviour tests: what a browser gets, without a browser."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from stackwright_runtime_validator.scenarios.expectations import MismatchError
from stackwright_runtime_validator.scenarios.values import Json

Message = dict[str, Json]
_SECONDS = 10.0
_FRAME_BYTES = 4 << 20


class Channel:
    """One connection; `position` is that of the last event, or the one that the server said events follow from."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.position = 0

    async def send(self, message: Json | bytes) -> None:
        """Sends a message; bytes and text go as they are, so that a broken one can be sent."""
        raw = message if isinstance(message, bytes | str) else json.dumps(message)
        await self._connection.send(raw)

    async def next(self, *, within: float = _SECONDS) -> Message:
        """The next message. Raises MismatchError when none comes, ConnectionClosed when the server has closed."""
        try:
            async with asyncio.timeout(within):
                raw = await self._connection.recv()
        except TimeoutError:
            raise MismatchError(f"nothing came over the live channel within {within:g} s") from None
        message = json.loads(raw)
        if not isinstance(message, dict):
            raise MismatchError(f"expected an object over the live channel, got {raw!r:.200}")
        position = message.get("position")
        if isinstance(position, int):
            self.position = position
        return message

    async def event(self, name: str, *, within: float = _SECONDS) -> Message:
        """The next event or signal of this name; others that come before are passed over."""
        until = time.monotonic() + within
        while True:
            message = await self.next(within=max(until - time.monotonic(), 0.001))
            if message.get("name") == name:
                return message

    async def silence(self, seconds: float = 1.0) -> None:
        """Raises MismatchError when anything comes within these seconds."""
        try:
            message = await self.next(within=seconds)
        except MismatchError:
            return
        raise MismatchError(f"expected nothing over the live channel, got {json.dumps(message)[:300]}")

    async def closed(self, *, within: float = _SECONDS) -> int:
        """The code that the server closes with; what it says before is passed over."""
        try:
            async with asyncio.timeout(within):
                while True:
                    await self._connection.recv()
        except TimeoutError:
            raise MismatchError(f"the server did not close the live channel within {within:g} s") from None
        except ConnectionClosed:
            return self._connection.close_code or 1006


@asynccontextmanager
async def opened(base_url: str) -> AsyncIterator[Channel]:
    """A connection that has said nothing yet."""
    address = base_url.replace("http", "ws", 1).rstrip("/") + "/api/stream"
    async with connect(
        address, max_size=_FRAME_BYTES, open_timeout=_SECONDS, close_timeout=1, proxy=None
    ) as connection:
        yield Channel(connection)


@asynccontextmanager
async def listening(base_url: str, token: str, position: int | None = None) -> AsyncIterator[Channel]:
    """A connection of somebody, from a position on; raises MismatchError when the server is not ready for it."""
    async with opened(base_url) as channel:
        await channel.send({"type": "hello", "token": token, "position": position})
        message = await channel.next()
        if message.get("type") != "ready":
            raise MismatchError(f"expected `ready` over the live channel, got {json.dumps(message)[:300]}")
        yield channel
