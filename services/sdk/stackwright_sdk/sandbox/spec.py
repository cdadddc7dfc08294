"""What a sandbox allows, what came out of a run, and what can go wrong."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Held for the sandbox as a whole, except where it says otherwise. 0 lifts a limit."""

    memory_bytes: int = 3 * 1024 * MIB
    """Private memory of all processes, and shared memory once."""
    processes: int = 512
    """Threads of all processes."""
    cpus: int = 0
    """Processors that may be used."""
    cpu_seconds: int = 900
    """Processor time of each process."""
    wall_seconds: float = 900
    """Life of the sandbox."""
    scratch_bytes: int = 1024 * MIB
    """Size of the scratch folder."""
    file_bytes: int = 512 * MIB
    """Size of each file written."""
    output_bytes: int = 4 * MIB
    """Output kept of each process, standard output and standard error each. A `run` that writes more is ended."""


@dataclass(frozen=True)
class SandboxSpec:
    """A sandbox: nothing of this machine but its system folders, `read_only`, and a scratch folder of its own.

    `network` is a loopback of its own; without it, where the kernel allows, not even that is promised.
    """

    read_only: tuple[Path, ...] = ()
    """Seen inside at the same paths as outside, and never writable."""
    network: bool = True
    limits: Limits = field(default_factory=Limits)


class Outcome(enum.Enum):
    """How a run ended."""

    EXITED = "exited"
    TIMEOUT = "timeout"
    OUTPUT = "output"
    LIMIT = "limit"
    """Over a limit of the sandbox as a whole (memory, processes, time)."""


@dataclass(frozen=True)
class RunResult:
    """What a command did. `code` is its exit status, negative for the signal that ended it."""

    outcome: Outcome
    code: int
    stdout: bytes
    stderr: bytes
    seconds: float
    detail: str = ""
    """Which limit was passed, with figures."""

    @property
    def ok(self) -> bool:
        return self.outcome is Outcome.EXITED and self.code == 0

    @property
    def text(self) -> str:
        """Standard output, then standard error; undecodable bytes replaced."""
        return (self.stdout + self.stderr).decode(errors="replace")


class SandboxError(Exception):
    """A sandbox could not be made, or a command could not be started in it."""


class SandboxUnavailableError(SandboxError):
    """This machine cannot confine what was asked for; the message says why."""


class SandboxLimitError(SandboxError):
    """The sandbox went over a limit and everything in it was ended; the message names the limit."""
