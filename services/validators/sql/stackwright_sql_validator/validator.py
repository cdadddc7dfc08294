"""Looks at the SQL of a project: parses it, applies it to a real PostgreSQL, and judges what it made."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from stackwright.code.v1.facts_pb2 import Facts, TableFact
from stackwright.code.v1.finding_pb2 import GATE_SYNTAX, SEVERITY_HIGH
from stackwright.code.v1.measurement_pb2 import PROOF_LEVEL_STATIC
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_sdk.validation import Place, Project, Report, ToolError, ValidationJob, Validator
from stackwright_sql_validator import squawk
from stackwright_sql_validator.apply import Database, Failure, migrations_of, name_failures
from stackwright_sql_validator.catalog import unindexed_keys
from stackwright_sql_validator.parse import ParsedFile, SqlParser
from stackwright_sql_validator.rules import REMARKS, table_problems

NAME = "sql"
VERSION = "0.1.0"
_APPLY_SECONDS = 60
_SECONDS = 30


class SqlValidator(Validator):
    """Keeps the parser and a PostgreSQL cluster warm; each request has a database of its own."""

    def __init__(self) -> None:
        self._parser = SqlParser()
        self._database = Database()

    def describe(self) -> ValidatorDescription:
        """Say what it looks at."""
        return ValidatorDescription(
            name=NAME,
            version=VERSION,
            extensions=[".sql"],
            from_level=PROOF_LEVEL_STATIC,
            tools=["libpg-query", "postgresql", "squawk"],
        )

    async def start(self) -> None:
        """Start the parser and the cluster."""
        await asyncio.gather(self._parser.parse({"a.sql": "SELECT 1"}), self._database.start())

    async def close(self) -> None:
        """End both."""
        await self._parser.close()
        await self._database.close()

    async def validate(self, job: ValidationJob, report: Report) -> None:
        """Check the project; the checks stand alone."""
        project = job.delivered
        files = [file.path for file in project.matching(".sql") if "node_modules/" not in file.path]
        if not files:
            return
        migrations = migrations_of(project)
        tables: list[TableFact] = []
        parsed: list[ParsedFile] = []
        async with asyncio.TaskGroup() as group:
            group.create_task(self._parse(report, project, files, parsed))
            if migrations:
                group.create_task(self._apply(report, project, migrations, tables))
        await self._lint(report, project, migrations, tables, parsed)
        code = sum(1 for path in files for line in project.text(path).split("\n") if _is_code(line))
        report.measure("lines.code", code, "lines")
        report.measure("files.code", len(files), "count")

    async def _parse(self, report: Report, project: Project, files: Sequence[str], parsed: list[ParsedFile]) -> None:
        async with report.check("sql.parse", timeout_seconds=_SECONDS) as run:
            parsed += await self._parser.parse({path: project.text(path) for path in files})
            wrong = [(file.path, error) for file in parsed for error in file.errors]
            for path, error in wrong:
                _tell_failure(report, Failure(error.rule, error.message, Place(path, error.line)))
            run.passed, run.failed = len(files) - len({path for path, _ in wrong}), len(wrong)
            if wrong:
                run.fail(f"{wrong[0][0]}: {wrong[0][1].message}")

    async def _apply(
        self, report: Report, project: Project, migrations: Sequence[str], tables: list[TableFact]
    ) -> None:
        async with report.check("sql.apply", timeout_seconds=_APPLY_SECONDS) as run:
            failures = name_failures(migrations)
            applied = await self._database.apply(project)
            tables += applied.tables
            failures += applied.failures
            for failure in failures:
                _tell_failure(report, failure)
            report.facts(Facts(tables=applied.tables))
            report.measure("database.migrations", len(migrations), "count")
            report.measure("migrate.duration", round(applied.milliseconds, 1), "ms", "on an empty database")
            run.passed, run.failed = len(migrations) - len(failures), len(failures)
            if failures:
                run.fail(f"{failures[0].at.path}: {failures[0].message}")

    async def _lint(
        self,
        report: Report,
        project: Project,
        migrations: Sequence[str],
        tables: Sequence[TableFact],
        parsed: Sequence[ParsedFile],
    ) -> None:
        async with report.check("sql.lint", timeout_seconds=_SECONDS) as run:
            told = 0
            for file in parsed:
                for remark in file.remarks:
                    severity, gate, principle = REMARKS[remark.rule]
                    told += 1
                    report.finding(
                        tool="stackwright",
                        rule=remark.rule,
                        severity=severity,
                        gate=gate,
                        message=remark.message,
                        at=Place(file.path, remark.line),
                        principle=principle,
                    )
            for problem in table_problems(tables, project, migrations):
                told += 1
                report.finding(
                    tool="stackwright",
                    rule=problem.rule,
                    severity=problem.severity,
                    gate=problem.gate,
                    message=problem.message,
                    at=problem.at,
                    principle=problem.principle,
                )
            if tables:
                report.measure("database.tables", len(tables), "count")
                report.measure("database.foreign_keys", sum(len(table.foreign_keys) for table in tables), "count")
                report.measure("database.foreign_keys.unindexed", len(list(unindexed_keys(tables))), "count")
            with tempfile.TemporaryDirectory(prefix="stackwright-sql-") as folder:
                told += await squawk.lint(report, project, migrations, Path(folder))
            run.failed = told
            if told:
                run.fail(f"{told} findings.")
            if not parsed or (migrations and not tables):
                # Rules about what could not be read found nothing because nothing was there.
                raise ToolError("The rules about statements or tables could not run over all of the SQL.")


def _tell_failure(report: Report, failure: Failure) -> None:
    report.finding(
        tool="postgresql",
        rule=failure.rule,
        severity=SEVERITY_HIGH,
        gate=GATE_SYNTAX,
        message=failure.message,
        at=failure.at,
        principle="ARC-6",
    )


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("--")
