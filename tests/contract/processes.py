"""A service as a process, seen from outside only: its log, its address, its exit status."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from isolated_members import ROOT, Member, environment

START_SECONDS = 60.0
TOKEN = "token-of-the-contract-tests"


@dataclass
class Started:
    """A process that logs JSON lines on standard error; `lines` are those so far."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    address: str = ""

    async def read_until(self, text: str) -> str:
        """Read its log up to the first line with a text; fails when it ends before."""
        assert self.process.stderr is not None
        while line := (await self.process.stderr.readline()).decode():
            self.lines.append(line)
            if text in line:
                return line
        raise AssertionError(
            f"it ended with {await self.process.wait()} before saying {text!r}:\n{''.join(self.lines)}"
        )

    async def terminate(self) -> int:
        """Send SIGTERM and give the exit status."""
        self.process.send_signal(signal.SIGTERM)
        await self.rest()
        return await asyncio.wait_for(self.process.wait(), 30)

    async def rest(self) -> None:
        """Read its log to the end."""
        assert self.process.stderr is not None
        self.lines += (await self.process.stderr.read()).decode().splitlines(keepends=True)

    def logged(self) -> list[dict[str, object]]:
        """Its log; fails when a line is no JSON, as that of a stack trace."""
        return [json.loads(line) for line in self.lines]


async def spawn(member: Member, added: Mapping[str, str], folder: Path) -> Started:
    """Start a member in its own environment, from a folder that has nothing to import."""
    python = await asyncio.to_thread(environment, member)
    # Nothing of the caller's environment but what a container has; of the toolchain, an image has a copy.
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        python,
        *("-m", member.package),
        env={**kept, "STACKWRIGHT_TOOLCHAIN": str(ROOT / "toolchain"), **added},
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        limit=1024 * 1024,
    )
    return Started(process)


@asynccontextmanager
async def started(member: Member, added: Mapping[str, str], folder: Path) -> AsyncIterator[Started]:
    """Run a member until the block is left; it serves when the block begins."""
    running = await spawn(member, added, folder)
    try:
        line = await asyncio.wait_for(running.read_until("serves on"), START_SECONDS)
        running.address = json.loads(line)["message"].rsplit(" ", 1)[1]
        yield running
    finally:
        if running.process.returncode is None:
            running.process.kill()
            await running.process.wait()
