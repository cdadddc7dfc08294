"""Runs a program that only reads the project: bounded in time, memory and output, and ended with all its children."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


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

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))

    try:
        process = await asyncio.create_subprocess_exec(
            *(os.fspath(argument) for argument in argv),
            cwd=cwd,
            env={"PATH": os.environ.get("PATH", ""), "HOME": os.fspath(cwd), "LANG": "C.UTF-8", **(environment or {})},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            preexec_fn=limit,
        )
    except OSError as error:
        raise ToolError(f"{name} could not be started: {error.strerror}.") from error
    try:
        async with asyncio.timeout(timeout_seconds):
            _, stdout, stderr = await asyncio.gather(
                _feed(process, stdin),
                _collect(process.stdout, output_bytes, name),
                _collect(process.stderr, output_bytes, name),
            )
            code = await process.wait()
    except TimeoutError as error:
        raise ToolError(f"{name} did not finish within {timeout_seconds:g} s.") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    if code not in expected:
        said = (stderr or stdout).decode(errors="replace")
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        raise ToolError(f"{name} {how}: {said.strip()[:300]}", said)
    return ToolResult(code, stdout, stderr, time.monotonic() - started)


async def _feed(process: asyncio.subprocess.Process, stdin: bytes) -> None:
    if process.stdin is None:
        return
    # A tool may end before it has read everything.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(stdin)
        await process.stdin.drain()
    process.stdin.close()


async def _collect(stream: asyncio.StreamReader | None, limit: int, name: str) -> bytes:
    pieces, size = [], 0
    while stream is not None and (piece := await stream.read(65536)):
        size += len(piece)
        if size > limit:
            raise ToolError(f"{name} said more than {limit} bytes.")
        pieces.append(piece)
    return b"".join(pieces)
