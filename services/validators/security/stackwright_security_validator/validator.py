"""Looks for what an attacker looks for in the source: secrets, dangerous patterns, unguarded routes."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from stackwright.code.v1.finding_pb2 import GATE_SECURITY, SEVERITY_CRITICAL, SEVERITY_MEDIUM
from stackwright.code.v1.measurement_pb2 import PROOF_LEVEL_STATIC
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_sdk.validation import CheckRun, Place, Project, Report, ToolError, ValidationJob, Validator
from stackwright_sdk.validation.source import SCRIPT_ENDINGS, Analysis, PatternRules, SourceAnalyser
from stackwright_security_validator.hardening import weaknesses
from stackwright_security_validator.routes import tell_routes
from stackwright_security_validator.secrets import find_secrets

NAME = "security"
VERSION = "0.1.0"
_SECONDS = 60
_HALVES = ("backend", "frontend")
_MADE = frozenset({"node_modules", "dist", "coverage"})
_COUNTED = (*SCRIPT_ENDINGS, ".sql", ".py", ".html", ".sh", "Dockerfile")


class SecurityValidator(Validator):
    """Keeps the reader of scripts warm; requests do not disturb one another."""

    def __init__(self) -> None:
        self._analyser = SourceAnalyser()
        self._rules = PatternRules(Path(__file__).with_name("rules"))

    def describe(self) -> ValidatorDescription:
        """Say what it looks at."""
        return ValidatorDescription(
            name=NAME,
            version=VERSION,
            from_level=PROOF_LEVEL_STATIC,
            tools=["ast-grep", "detect-secrets", "rolldown"],
            limitations=["Known weaknesses of dependencies are not looked up: that needs a network."],
        )

    async def start(self) -> None:
        """Start the reader of scripts."""
        await self._analyser.warm()

    async def close(self) -> None:
        """End it."""
        await self._analyser.close()
        self._rules.close()

    async def validate(self, job: ValidationJob, report: Report) -> None:
        """Check the project; the checks stand alone."""
        project = Project.of(f for path, f in job.delivered.files.items() if not _MADE.intersection(path.split("/")))
        if not project.files:
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(self._secrets(report, project))
            group.create_task(self._hardening(report, project))
            if any(path.endswith(SCRIPT_ENDINGS) for path in project.files):
                group.create_task(self._code(report, project))
        lines = sum(
            1 for file in project.matching(*_COUNTED) for line in project.text(file.path).split("\n") if line.strip()
        )
        report.measure("security.lines", lines, "lines")

    async def _secrets(self, report: Report, project: Project) -> None:
        async with report.check("secrets", timeout_seconds=_SECONDS) as run:
            _conclude(run, await find_secrets(report, project))

    async def _hardening(self, report: Report, project: Project) -> None:
        async with report.check("hardening", timeout_seconds=_SECONDS) as run:
            found = await asyncio.to_thread(lambda: list(weaknesses(project)))
            for item in found:
                report.finding(
                    tool="stackwright",
                    rule=item.rule,
                    severity=item.severity,
                    gate=GATE_SECURITY,
                    message=item.message,
                    at=item.at,
                    principle=item.principle,
                )
            _conclude(run, len(found))

    async def _code(self, report: Report, project: Project) -> None:
        reading = asyncio.create_task(self._read(project))
        try:
            await self._judge(report, project, reading)
        finally:
            # One reading serves both checks; who leaves before it ended takes it along.
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _judge(self, report: Report, project: Project, reading: asyncio.Task[list[Analysis]]) -> None:
        async with report.check("patterns", timeout_seconds=_SECONDS) as run:
            paths = [file.path for file in project.matching(*SCRIPT_ENDINGS)]
            async with _on_disk(project, paths) as folder:
                matches = [match for match in await self._rules.scan(folder, paths) if not _in_test(match.at.path)]
            for match in matches:
                match.tell(report)
            told = len(matches) + sum(_tell_statements(report, analysis) for analysis in await asyncio.shield(reading))
            _conclude(run, told)
        if project.has("backend"):
            async with report.check("routes.guarded", timeout_seconds=_SECONDS) as run:
                analyses = await asyncio.shield(reading)
                if any(module.errors for module in analyses[0].modules):
                    raise ToolError("Not every file of the back end parses, so routes may be hidden.")
                run.passed = len(analyses[0].routes)
                _conclude(run, tell_routes(report, analyses[0].routes))

    async def _read(self, project: Project) -> list[Analysis]:
        """Read the back end first, then the front end."""
        return [await self._analyser.analyse(project, half) for half in _HALVES]


def _tell_statements(report: Report, analysis: Analysis) -> int:
    for statement in analysis.statements:
        report.finding(
            tool="stackwright",
            rule="sql-concatenation" if statement.foreign else "sql-quoted-value",
            severity=SEVERITY_CRITICAL if statement.foreign else SEVERITY_MEDIUM,
            gate=GATE_SECURITY,
            message=f"`{statement.text}` becomes part of a statement; hand it over as a parameter.",
            at=Place(statement.source, statement.line, statement.column),
            principle="SEC-4",
        )
    return len(analysis.statements)


def _conclude(run: CheckRun, told: int) -> None:
    run.failed = told
    if told:
        run.fail(f"{told} findings.")


def _in_test(path: str) -> bool:
    """A test attacks its own application on purpose."""
    return "/tests/" in path or ".test." in path


@asynccontextmanager
async def _on_disk(project: Project, paths: list[str]) -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(prefix="stackwright-security-") as folder:
        wanted = Project.of(project.files[path] for path in paths)
        writing = asyncio.create_task(asyncio.to_thread(wanted.write_to, Path(folder)))
        try:
            await asyncio.shield(writing)
        finally:
            # A thread goes on when its task is cancelled, and the folder must outlive it.
            await asyncio.wait([writing])
        yield Path(folder)
