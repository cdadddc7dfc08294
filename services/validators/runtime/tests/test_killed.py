"""A validator that is killed in the middle of a proof leaves no process behind."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

STARTER = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from test_proof import prove
from stackwright_kit.client import channel
from stackwright_kit.server import running
from stackwright_kit.settings import Settings
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceStub
from stackwright_runtime_validator.service import service

async def main():
    async with running(service(), Settings(port=0)) as served, channel(served.address) as to:
        await prove(ValidatorServiceStub(to))

asyncio.run(main())
"""


def marked(mark: str) -> set[int]:
    """Processes that hold the mark in their environment, or whose parents do: a sandbox clears it."""
    children: dict[int, set[int]] = {}
    found: set[int] = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            children.setdefault(int((folder / "stat").read_text().rpartition(")")[2].split()[1]), set()).add(
                int(folder.name)
            )
            if mark.encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    waiting = list(found)
    while waiting:
        more = children.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


def commands(pids: set[int]) -> dict[int, str]:
    """The command lines of those that run still."""
    told: dict[int, str] = {}
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state not in "ZX":
                told[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return told


async def test_nothing_is_left_of_it() -> None:
    mark = f"STACKWRIGHT_TEST_MARK={os.getpid()}-{time.monotonic_ns()}"
    name, _, value = mark.partition("=")
    starter = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        STARTER,
        str(Path(__file__).parent),
        env={**os.environ, name: value},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    seen: set[int] = set()
    until = time.monotonic() + 60
    # Far enough that servers and tests run.
    while time.monotonic() < until and starter.returncode is None:
        seen |= marked(mark)
        if any("pytest" in said for said in commands(seen).values()):
            break
        await asyncio.sleep(0.05)
    assert starter.returncode is None, "the proof ended before it was killed"
    assert any("postgres" in said for said in commands(seen).values())
    starter.kill()
    await starter.wait()
    until = time.monotonic() + 10
    while (left := commands(seen)) and time.monotonic() < until:  # noqa: ASYNC110 - the kernel tells nobody
        await asyncio.sleep(0.05)
    assert left == {}
