"""A process inside a sandbox, seen from outside."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable, Mapping

Signaller = Callable[[int, int], None]
"""Sends a signal (second) to the process group of a process known by number (first)."""


class Capture:
    """Reads a stream to its end and keeps its first `limit` bytes, so that a writer is never held up."""

    def __init__(self, stream: asyncio.StreamReader, limit: int) -> None:
        self._kept = bytearray()
        self._limit = limit
        self.full = asyncio.Event()
        self.done = asyncio.ensure_future(self._read(stream))

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while chunk := await stream.read(65536):
            room = self._limit - len(self._kept) if self._limit else len(chunk)
            self._kept += chunk[:room]
            if len(chunk) > room:
                self.full.set()

    def bytes(self) -> bytes:
        return bytes(self._kept)


class SandboxProcess:
    """Started by `Sandbox.start`. Its output is captured, or with `pipe` its streams are the caller's."""

    def __init__(self, number: int, signaller: Signaller) -> None:
        self.number = number
        self.pid = 0
        """Its process id inside the sandbox."""
        self.stdin: asyncio.StreamWriter | None = None
        self.stdout_stream: asyncio.StreamReader | None = None
        """With `pipe` only; else read `output`."""
        self.captured: list[Capture] = []
        self.code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._signaller = signaller

    @property
    def running(self) -> bool:
        return not self.code.done()

    def output(self) -> bytes:
        """What it wrote until now: standard output (unless piped), then standard error, each up to the limit."""
        return b"".join(capture.bytes() for capture in self.captured)

    async def wait(self) -> int:
        """Its exit status, negative for the signal that ended it."""
        return await asyncio.shield(self.code)

    def signal(self, number: int) -> None:
        """Send a signal to it and its children; nothing happens once it has ended."""
        if self.running:
            self._signaller(self.number, number)

    async def stop(self, grace: float = 5) -> int:
        """Ask it to end, insist after `grace` seconds, and give its exit status."""
        self.signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(self.wait(), grace)
        except TimeoutError:
            self.signal(signal.SIGKILL)
            return await self.wait()

    async def drained(self) -> None:
        """Wait until all that it wrote has been read; a child that kept its streams may hold that up for a second."""
        if pending := [capture.done for capture in self.captured]:
            await asyncio.wait(pending, timeout=1)


class Pipes:
    """The three standard streams of a process to come: our ends, and the ends to hand over."""

    def __init__(self, *, write: bool) -> None:
        self._own: list[int] = []
        self.theirs: list[int] = []
        if write:
            read_end, write_end = os.pipe2(os.O_CLOEXEC)
            self.theirs.append(read_end)
            self._own.append(write_end)
        else:
            self.theirs.append(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
        for _ in range(2):
            read_end, write_end = os.pipe2(os.O_CLOEXEC)
            self.theirs.append(write_end)
            self._own.append(read_end)

    async def writer(self) -> asyncio.StreamWriter:
        loop = asyncio.get_running_loop()
        file = os.fdopen(self._own.pop(0), "wb", buffering=0)
        transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, file)
        return asyncio.StreamWriter(transport, protocol, None, loop)

    async def reader(self) -> asyncio.StreamReader:
        reader = asyncio.StreamReader(limit=1 << 20)
        file = os.fdopen(self._own.pop(0), "rb", buffering=0)
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), file)
        return reader

    def close(self) -> None:
        """Close what was neither handed over nor turned into a stream."""
        for descriptor in (*self._own, *self.theirs):
            os.close(descriptor)
        self._own.clear()
        self.theirs.clear()


async def first(*awaitables: Awaitable[object], timeout: float) -> bool:
    """Wait until one is done; False when none is after `timeout` seconds. Coroutines are then cancelled."""
    tasks = [
        asyncio.ensure_future(asyncio.shield(each) if isinstance(each, asyncio.Future) else each) for each in awaitables
    ]
    try:
        done, _ = await asyncio.wait(tasks, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for task in tasks:
            task.cancel()


def environment(home: str, extra: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of a process: what any needs, with `home` for its files, and what is added."""
    base = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    return base | dict(extra or {})


async def feed(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Write all of a process's input and close it; a process that reads no more has its reasons."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        writer.write(data)
        await writer.drain()
    writer.close()
