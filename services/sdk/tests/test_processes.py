"""What a process starts ends with it, with the call, and with a kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from pathlib import Path

import pytest

from stackwright_sdk.processes import end_tree, run_to_end

STARTER = """
import asyncio, sys
from stackwright_sdk.processes import run_to_end

asyncio.run(run_to_end("/bin/sh", "-c", "echo $$ > " + sys.argv[1] + "; sleep 300"))
"""


def alive(pid: int) -> bool:
    """Whether it runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def pid_in(file: Path) -> int:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):
            return int(file.read_text())
        await asyncio.sleep(0.01)
    raise AssertionError(f"nothing was written to {file}")


async def ends(pid: int) -> bool:
    until = time.monotonic() + 10
    while alive(pid) and time.monotonic() < until:  # noqa: ASYNC110 - the kernel tells nobody
        await asyncio.sleep(0.01)
    return not alive(pid)


async def test_what_a_program_says_and_how_it_ended_are_told() -> None:
    ended = await run_to_end("/bin/sh", "-c", "echo out; echo err >&2; exit 3")
    assert (ended.code, ended.stdout, ended.stderr) == (3, b"out\n", b"err\n")


async def test_it_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    starter = await asyncio.create_subprocess_exec(sys.executable, "-c", STARTER, file)
    pid = await pid_in(file)
    starter.kill()
    await starter.wait()
    assert await ends(pid)


async def test_it_ends_with_a_call_that_is_cancelled(tmp_path: Path) -> None:
    file, child = tmp_path / "pid", tmp_path / "child"
    script = f"sleep 300 & echo $! > {child}; echo $$ > {file}; wait"
    running = asyncio.create_task(run_to_end("/bin/sh", "-c", script))
    pids = [await pid_in(file), await pid_in(child)]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [await ends(pid) for pid in pids] == [True, True]


async def test_a_tree_ends_in_whatever_session_its_parts_are(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    script = f"setsid sh -c 'echo $$ > {file}; sleep 300; :' & wait"
    starter = await asyncio.create_subprocess_exec("/bin/sh", "-c", script, start_new_session=True)
    pid = await pid_in(file)
    assert os.getsid(pid) != os.getsid(starter.pid)
    end_tree(starter.pid)
    await starter.wait()
    assert await ends(pid)
