"""Programs that end with this process: what it starts outlives neither a timeout, nor a cancelled call, nor a kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# prctl(PR_SET_PDEATHSIG, SIGKILL); the parent may have ended before.
_BIND = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
try:
    os.execvp(sys.argv[2], sys.argv[2:])
except OSError as error:
    sys.exit(f"{sys.argv[2]} could not be started: {error.strerror}")
"""


@dataclass(frozen=True)
class Ended:
    """A program that ended. `code` is negative for the signal that ended it."""

    code: int
    stdout: bytes
    stderr: bytes


def bound(*argv: str | Path) -> list[str]:
    """The command line that runs `argv` so that the kernel kills it when this process, which starts it, has ended.

    The kernel means the thread that starts it, so that must be one that lasts: an event loop's own. A small Python
    asks the kernel and becomes the program, since a process with threads may run nothing of its own after a fork.
    """
    return [sys.executable, "-E", "-s", "-S", "-c", _BIND, str(os.getpid()), *map(str, argv)]


async def run_to_end(*argv: str | Path, env: Mapping[str, str] | None = None) -> Ended:
    """Runs a program in a session of its own, so that Ctrl-C reaches this process alone.

    With the call, however it ends, all that the program started in its session ends too.
    """
    process = await asyncio.create_subprocess_exec(
        *bound(*argv),
        env=env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        stdout, stderr = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await asyncio.shield(process.wait())
    return Ended(process.returncode or 0, stdout, stderr)


def descendants(pid: int) -> list[int]:
    """Every process that was started by `pid`, or by one that it started, and whose parents all live; parents first."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The command, in parentheses, may itself hold spaces and parentheses.
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def end_tree(pid: int) -> None:
    """Kills a process with all that it started, in whatever session."""
    for each in (*descendants(pid), pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(each, signal.SIGKILL)
