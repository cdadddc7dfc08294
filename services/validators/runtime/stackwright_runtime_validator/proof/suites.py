"""The generated tests of a half: runs them, counts them, and reads their coverage."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stackwright_runtime_validator.proof.commands import Runnable
from stackwright_runtime_validator.proof.processes import Finished, run

_SECONDS = 840.0
# vitest: "Tests  1 failed | 12 passed | 2 skipped (15)"; pytest: "1 failed, 12 passed, 2 skipped in 3.1s".
_SUMMARY = re.compile(r"^\s*(?:Tests\s+(?P<vitest>.*)\(\d+\)|=*\s*(?P<pytest>\d+ .*) in [\d.]+ ?s.*)$", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Branches:
    """Branches that the tests went through, of all that there are."""

    covered: int
    total: int


@dataclass(frozen=True)
class SuiteResult:
    """What a suite did."""

    finished: Finished
    passed: int
    failed: int
    skipped: int
    branches: Branches | None

    @property
    def problem(self) -> str:
        """Why it is no proof; empty when every test passed and there was at least one."""
        if self.failed:
            return f"{self.failed} of {self.passed + self.failed} tests failed"
        if not self.finished.ok:
            return self.finished.why()
        return "" if self.passed else "no test was run"


async def run_suite(command: Runnable, *, env: Mapping[str, str], coverage: Path | None) -> SuiteResult:
    """Runs it; with `coverage` a folder to measure branches into, where the runner is vitest.

    Test files of vitest share their workers at first, which takes half the time. If anything fails so, the suite is run
    again as its own command says, and that run counts.
    """
    if not _is_vitest(command):
        return await _run(command, "", env, None)
    measured = _coverage(coverage) if coverage else ""
    shared = await _run(command, f" --no-isolate{measured}", env, coverage)
    return await _run(command, measured, env, coverage) if shared.problem else shared


def _is_vitest(command: Runnable) -> bool:
    return command.argv[:2] == ("/bin/sh", "-c") and "vitest run" in command.argv[2]


def _coverage(folder: Path) -> str:
    words = " --coverage.enabled --coverage.provider=v8 --coverage.reporter=json-summary"
    return words + f" --coverage.reportsDirectory={folder} --coverage.include='src/**'"


async def _run(command: Runnable, options: str, env: Mapping[str, str], coverage: Path | None) -> SuiteResult:
    argv = (*command.argv[:-1], command.argv[-1] + options) if options else command.argv
    finished = await run(argv, cwd=command.cwd, env={**command.env, **env}, timeout_seconds=_SECONDS)
    passed, failed, skipped = counts(finished.output)
    return SuiteResult(finished, passed, failed, skipped, _branches(coverage) if coverage else None)


def counts(output: str) -> tuple[int, int, int]:
    """Tests passed, failed and skipped, as the last summary of a runner says."""
    found = (0, 0, 0)
    for match in _SUMMARY.finditer(_ANSI.sub("", output)):
        words = match["vitest"] or match["pytest"] or ""
        passed, failed, skipped = (
            sum(int(number) for number in re.findall(rf"(\d+) {state}", words))
            for state in ("passed", "(?:failed|errors?)", "skipped")
        )
        found = passed, failed, skipped
    return found


def _branches(folder: Path) -> Branches | None:
    try:
        total = json.loads((folder / "coverage-summary.json").read_text("utf-8"))["total"]["branches"]
        return Branches(int(total["covered"]), int(total["total"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
