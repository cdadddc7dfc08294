"""A control group round a sandbox, where this process may make one: the kernel then holds memory and processes."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")


class ControlGroup:
    """Empty where none can be made; the agent's own watch holds the same limits, a little later."""

    def __init__(self, memory_bytes: int, processes: int) -> None:
        self._folders: list[Path] = []
        name = f"stackwright-{secrets.token_hex(6)}"
        for parent, files in _controllers(memory_bytes, processes):
            folder = parent / name
            try:
                folder.mkdir()
            except OSError:
                continue
            try:
                for file, value in files.items():
                    (folder / file).write_text(str(value))
            except OSError:
                folder.rmdir()
                continue
            self._folders.append(folder)

    def add(self, pids: Iterable[int]) -> None:
        for pid in pids:
            for folder in self._folders:
                with contextlib.suppress(OSError):
                    (folder / "cgroup.procs").write_text(str(pid))

    def memory_kills(self) -> int:
        """How many processes the kernel has ended for memory."""
        for folder in self._folders:
            for name in ("memory.events", "memory.oom_control"):
                with contextlib.suppress(OSError):
                    figures = dict(line.split() for line in (folder / name).read_text().splitlines())
                    return int(figures.get("oom_kill", 0))
        return 0

    def close(self) -> None:
        """Remove it; the kernel refuses while anything in it lives."""
        for folder in self._folders:
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._folders.clear()


def _controllers(memory_bytes: int, processes: int) -> Iterator[tuple[Path, dict[str, int]]]:
    """Where a group may go and what to write there: one folder in version 2, one for each controller in version 1."""
    # Above the watch's own figures, so that what it says about the limit is said first.
    memory = memory_bytes + memory_bytes // 4
    pids = processes + 16
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, names, path = line.split(":", 2)
            if not names:
                files = {"memory.max": memory} if memory_bytes else {}
                yield _ROOT / path.lstrip("/"), files | ({"pids.max": pids} if processes else {})
            elif names == "memory" and memory_bytes:
                yield _ROOT / "memory" / path.lstrip("/"), {"memory.limit_in_bytes": memory}
            elif names == "pids" and processes:
                yield _ROOT / "pids" / path.lstrip("/"), {"pids.max": pids}


def family(pid: int) -> list[int]:
    """A process and what it started; the agent has started nothing yet."""
    found = [pid]
    for known in found:
        with contextlib.suppress(OSError):
            found += [int(child) for child in Path(f"/proc/{known}/task/{known}/children").read_text().split()]
    return found
