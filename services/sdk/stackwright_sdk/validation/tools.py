"""Runs a program that only reads the project: bounded in time, memory and output, and ended with all its children."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
_END_SECONDS = 5


class ToolError(Exception):
    """A tool could not do its work, which says nothing about the project. `output` is what it said."""

    def __init__(self, message: str, output: str = "") -> None:
        super().__init__(message)
        self.output = output


@dataclass(frozen=True)
class ToolResult:
    """What a tool did: exit status, both outputs, seconds taken."""

    code: int
    stdout: bytes
    stderr: bytes
    seconds: float

    @property
    def text(self) -> str:
        """Standard output; undecodable bytes replaced."""
        return self.stdout.decode(errors="replace")


def python_tool(name: str) -> Path:
    """Find a program that a Python package brought, whatever the PATH.

    Raises:
        ToolError: it is not installed.

    """
    beside = Path(sys.executable).with_name(name)
    found = beside if beside.is_file() else shutil.which(name)
    if found is None:
        raise ToolError(f"{name} is not installed.")
    return Path(found)


async def run_tool(
    argv: Sequence[str | Path],
    *,
    cwd: Path,
    timeout_seconds: float,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    cpu_seconds: int = 120,
    memory_bytes: int = 0,
    output_bytes: int = 32 * MIB,
    expected: Sequence[int] = (0, 1),
) -> ToolResult:
    """Run a tool that parses but never executes generated code.

    The environment holds `PATH`, `HOME` (its working folder) and what is given, and nothing else of this process.
    `memory_bytes` limits the address space (0: no limit; V8 and Go reserve far more than they use).

    Raises:
        ToolError: it is not there, ended with a status that is not `expected`, took too long, or said too much.

    """
    name = Path(argv[0]).name
    started = time.monotonic()

    try:
        process = await asyncio.create_subprocess_exec(
            *(os.fspath(argument) for argument in argv),
            cwd=cwd,
            env={"PATH": os.environ.get("PATH", ""), "HOME": os.fspath(cwd), "LANG": "C.UTF-8", **(environment or {})},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ToolError(f"{name} could not be started: {error.strerror}.") from error
    talk = [
        asyncio.create_task(_collect(process.stdout, output_bytes, name)),
        asyncio.create_task(_collect(process.stderr, output_bytes, name)),
        asyncio.create_task(_feed(process, stdin)),
    ]
    try:
        _limit(process.pid, cpu_seconds, memory_bytes)
        async with asyncio.timeout(timeout_seconds):
            stdout, stderr, _ = await asyncio.gather(*talk)
            code = await process.wait()
    except TimeoutError as error:
        raise ToolError(f"{name} did not finish within {timeout_seconds:g} s.") from error
    finally:
        for task in talk:
            task.cancel()
        await asyncio.gather(*talk, return_exceptions=True)
        await _end(process)
    if code not in expected:
        said = (stderr or stdout).decode(errors="replace")
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        raise ToolError(f"{name} {how}: {said.strip()[:300]}", said)
    return ToolResult(code, stdout, stderr, time.monotonic() - started)


def _limit(pid: int, cpu_seconds: int, memory_bytes: int) -> None:
    """Limit a process that has just begun: code between fork and exec would not be safe beside the threads of gRPC."""
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        if memory_bytes:
            resource.prlimit(pid, resource.RLIMIT_AS, (memory_bytes, memory_bytes))


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process with its children. Its outputs are read to the end: a full one would keep `wait` from returning."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_END_SECONDS):
            await asyncio.gather(*(stream.read() for stream in (process.stdout, process.stderr) if stream))
            await process.wait()


async def _feed(process: asyncio.subprocess.Process, stdin: bytes) -> bytes:
    if process.stdin is None:
        return b""
    # A tool may end before it has read everything.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(stdin)
        await process.stdin.drain()
    process.stdin.close()
    return b""


async def _collect(stream: asyncio.StreamReader | None, limit: int, name: str) -> bytes:
    pieces, size = [], 0
    while stream is not None and (piece := await stream.read(65536)):
        size += len(piece)
        if size > limit:
            raise ToolError(f"{name} said more than {limit} bytes.")
        pieces.append(piece)
    return b"".join(pieces)
