"""The host's end of the control socket: requests out, events in, answers matched to requests."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable

from stackwright_sdk.sandbox.agent import PACKET_BYTES, Event, Request
from stackwright_sdk.sandbox.spec import SandboxError, SandboxLimitError

Answer = tuple[Event, list[int]]
_FULL_SECONDS = 0.005


class Control:
    """Belongs to the event loop that made it. `on_exit` learns of each process that ends: its number and its status."""

    def __init__(self, connection: socket.socket, on_exit: Callable[[int, int], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._connection = connection
        self._connection.setblocking(False)
        self._on_exit = on_exit
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._numbers = 0
        self.ready: asyncio.Future[None] = self._loop.create_future()
        self.ended: asyncio.Future[str] = self._loop.create_future()
        """Done when the agent is gone or a limit was passed; its result names the limit, empty for a plain end."""
        self._loop.add_reader(connection, self._receive)

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    async def ask(self, request: Request, descriptors: list[int] | None = None) -> Answer:
        """Send, and wait for the answer. Raises SandboxError with the agent's reason."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._waiting[request.id] = answer
        try:
            while not self._sent(request, descriptors or []):  # noqa: ASYNC110 - the socket tells nobody when it has room
                await asyncio.sleep(_FULL_SECONDS)
            return await answer
        finally:
            self._waiting.pop(request.id, None)

    def send(self, request: Request) -> None:
        """Send what has no answer, later when the socket is full."""
        if not self._sent(request, []):
            self._loop.call_later(_FULL_SECONDS, self.send, request)

    def _sent(self, request: Request, descriptors: list[int]) -> bool:
        """False when the socket is full: the agent has not read what came before."""
        if self.ended.done():
            raise self.gone()
        packet = request.encode()
        if len(packet) > PACKET_BYTES:
            raise SandboxError(f"command and environment are {len(packet)} bytes, at most {PACKET_BYTES} go in")
        try:
            socket.send_fds(self._connection, [packet], descriptors)
        except BlockingIOError:
            return False
        except OSError as error:
            raise SandboxError(f"the sandbox does not listen: {error}") from error
        return True

    def close(self) -> None:
        if self._connection.fileno() < 0:
            return
        self._loop.remove_reader(self._connection)
        self._connection.close()
        self._end("")

    def _receive(self) -> None:
        try:
            packet, descriptors, _, _ = socket.recv_fds(self._connection, PACKET_BYTES, 1)
        except BlockingIOError:
            return
        except OSError:
            packet, descriptors = b"", []
        if not packet:
            self.close()
            return
        event = Event.decode(packet)
        if event.kind == "ready":
            self.ready.set_result(None)
        elif event.kind == "exit":
            self._on_exit(event.id, event.number)
        elif event.kind == "limit":
            self._end(event.text)
        elif (answer := self._waiting.get(event.id)) is None or answer.done():
            for descriptor in descriptors:
                os.close(descriptor)
        elif event.kind == "failed":
            answer.set_exception(SandboxError(event.text))
        else:
            answer.set_result((event, descriptors))

    def _end(self, limit: str) -> None:
        if not self.ended.done():
            self.ended.set_result(limit)
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(self.gone())

    def gone(self) -> SandboxError:
        """The error that says why nothing more can be asked."""
        limit = self.ended.result()
        return (
            SandboxLimitError(f"the sandbox went over its limit of {limit}")
            if limit
            else SandboxError("the sandbox has ended")
        )
