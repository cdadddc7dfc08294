"""Starts what the handlers told: commands that end, and servers that stay."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import re
import secrets
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_DUMPABLE = 4
MAX_OUTPUT_BYTES = 4 * 1024 * 1024
_NAMED_PORTS = range(10_000, 32_768)
# Not a line of source, such as `throw new Error(` or `Error.captureStackTrace(`, which Node shows before the message.
_ERROR = re.compile(r"\berror\b[^\w.(]", re.IGNORECASE)


@dataclass(frozen=True)
class Finished:
    """A command that ended. `code` is negative for the signal that ended it; `timed_out` says that it was ours."""

    argv: tuple[str, ...]
    code: int
    output: str
    seconds: float
    timed_out: bool = False

    @property
    def ok(self) -> bool:
        return self.code == 0 and not self.timed_out

    def why(self) -> str:
        """One sentence for a failure, with the first line that speaks of an error, else the last that it wrote."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()] or ["it wrote nothing"]
        said = next((line for line in lines if _ERROR.search(line)), lines[-1])
        how = f"did not end within {self.seconds:.0f} s" if self.timed_out else f"ended with status {self.code}"
        return f"`{' '.join(self.argv)}` {how}: {said[:300]}"


async def run(
    argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout_seconds: float, input_bytes: bytes = b""
) -> Finished:
    """Runs a command to its end, with all its children; both outputs come together. Never raises for what it does."""
    started = time.monotonic()
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            cwd=cwd,
            env=dict(env),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return Finished(tuple(argv), 127, f"could not be started: {error.strerror}", 0)
    timed_out = False
    output = bytearray()
    try:
        async with asyncio.timeout(timeout_seconds):
            await _write(process, input_bytes)
            await _read(process, output)
            await process.wait()
    except TimeoutError:
        timed_out = True
    finally:
        _kill_group(process.pid)
        await process.wait()
    text = bytes(output).decode("utf-8", "replace")
    return Finished(tuple(argv), process.returncode or 0, text, time.monotonic() - started, timed_out)


async def _write(process: asyncio.subprocess.Process, data: bytes) -> None:
    if process.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(data)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: asyncio.subprocess.Process, output: bytearray) -> None:
    while process.stdout is not None and (piece := await process.stdout.read(65536)):
        output += piece[: max(0, MAX_OUTPUT_BYTES - len(output))]


class Server:
    """A process that stays until it is stopped. Its outputs go to files, so that nothing holds it up."""

    def __init__(self, process: asyncio.subprocess.Process, out: Path, err: Path) -> None:
        self._process = process
        self._out = out
        self._err = err

    @classmethod
    async def start(cls, argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], logs: Path, name: str) -> Server:
        """Starts it. Raises OSError when it cannot be."""
        logs.mkdir(parents=True, exist_ok=True)
        out, err = logs / f"{name}.out", logs / f"{name}.err"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = await asyncio.create_subprocess_exec(
                *argv,
                cwd=cwd,
                env=dict(env),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        return cls(process, out, err)

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    def stdout(self, begins: int = 0) -> str:
        """What it wrote on standard output, from this byte on."""
        with self._out.open("rb") as stream:
            stream.seek(begins)
            return stream.read().decode("utf-8", "replace")

    def written(self) -> int:
        """Bytes on standard output so far."""
        return self._out.stat().st_size

    def tail(self, characters: int = 4000) -> str:
        """The end of what it wrote, error output last."""
        return (self.stdout()[-characters:] + self._err.read_text("utf-8", "replace")[-characters:])[-characters:]

    async def stop(self, *, grace_seconds: float = 10, ask: bool = True) -> bool:
        """Asks it to end, unless not to `ask`, and insists afterwards; true when it ended by itself with status 0."""
        if self.running and ask:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(grace_seconds):
                code = await self._process.wait()
        except TimeoutError:
            code = -signal.SIGKILL
        _kill_group(self._process.pid)
        await self._process.wait()
        return code == 0


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def seal() -> None:
    """Closes this process to others of its user: neither its memory nor its open files can be reached through /proc.

    The application under test runs as the same user, and must not write results in our name.
    """
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on now.

    It lies below those that Linux gives to whoever names none: a server of the generated tests, which run beside, would
    take such a port while the application that it is meant for starts, and answer in its place.
    """
    while True:
        port = secrets.choice(_NAMED_PORTS)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
