"""Looks at the scripts of a project: syntax, types, imports, lint, structure, and what the code does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from stackwright.code.v1.facts_pb2 import CallFact, Facts, PageFact, RouteFact
from stackwright.code.v1.finding_pb2 import GATE_SYNTAX, SEVERITY_HIGH
from stackwright.code.v1.measurement_pb2 import PROOF_LEVEL_STATIC
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_javascript_validator.halves import Half, halves_of
from stackwright_javascript_validator.imports import check_imports
from stackwright_javascript_validator.lint import Linter
from stackwright_javascript_validator.placeholders import check_placeholders
from stackwright_javascript_validator.slot import Slot, sources_of
from stackwright_javascript_validator.structure import tell_structure
from stackwright_javascript_validator.types import TypeChecker
from stackwright_sdk.validation import Place, Project, Report, ValidationJob, Validator
from stackwright_sdk.validation.source import SCRIPT_ENDINGS, Analysis, PatternRules, SourceAnalyser

NAME = "javascript"
VERSION = "0.1.0"
_READ_SECONDS = 60
# JSON with comments, by their tools' own rules.
_LOOSE_JSON = ("tsconfig", ".oxlintrc", "jsconfig", ".vscode")


class JavascriptValidator(Validator):
    """Keeps TypeScript, the reader of scripts and a folder warm; one request at a time has the folder."""

    def __init__(self) -> None:
        self._slot = Slot()
        self._types = TypeChecker(self._slot.folder)
        self._linter = Linter(self._slot.folder)
        self._analyser = SourceAnalyser()
        self._rules = PatternRules(Path(__file__).with_name("rules"))

    def describe(self) -> ValidatorDescription:
        """Say what it looks at."""
        return ValidatorDescription(
            name=NAME,
            version=VERSION,
            extensions=[*SCRIPT_ENDINGS, ".json"],
            from_level=PROOF_LEVEL_STATIC,
            tools=["typescript", "oxlint", "ast-grep", "rolldown"],
            limitations=["Types of JavaScript are checked on its TypeScript twin; here its names and imports are."],
        )

    async def start(self) -> None:
        """Warm the workers up on a small project."""
        await self._analyser.warm()
        config = '{"compilerOptions": {"strict": true, "noEmit": true, "types": ["node"]}, "include": ["src"]}'
        texts = {"backend/tsconfig.json": config, "backend/src/a.ts": "export const a = process.pid;\n"}
        project = Project.of_texts(texts)
        async with self._slot.holding(project) as changes:
            await self._types.check(Report(project), project, halves_of(project), changes)

    async def close(self) -> None:
        """End the workers and remove the folder."""
        await self._types.close()
        await self._analyser.close()
        self._rules.close()
        self._slot.close()

    async def validate(self, job: ValidationJob, report: Report) -> None:
        """Check all halves; the checks stand alone."""
        project = sources_of(job.delivered)
        halves = halves_of(project)
        if not halves:
            return
        async with self._slot.holding(project) as changes, asyncio.TaskGroup() as group:
            group.create_task(self._types.check(report, project, halves, changes))
            group.create_task(self._linter.lint(report, project, halves))
            group.create_task(self._read(report, project, halves))

    async def _read(self, report: Report, project: Project, halves: Sequence[Half]) -> None:
        """Parse everything once; what depends on it is unverified when that fails."""
        analyses: list[tuple[Half, Analysis]] = []
        async with report.check("syntax.parse", timeout_seconds=_READ_SECONDS) as run:
            for half in halves:
                analysis = await self._analyser.analyse(project, half.name, timeout_seconds=_READ_SECONDS)
                analyses.append((half, analysis))  # those that were read count when a later one fails
            wrong = [*_script_errors(analyses), *_json_errors(project)]
            for path, line, column, message in wrong:
                report.finding(
                    tool="stackwright",
                    rule="parse-error",
                    severity=SEVERITY_HIGH,
                    gate=GATE_SYNTAX,
                    message=message,
                    at=Place(path, line, column),
                )
            run.failed = len(wrong)
            run.passed = sum(len(analysis.modules) for _, analysis in analyses)
            if wrong:
                run.fail(f"{len(wrong)} errors; the first in {wrong[0][0]}: {wrong[0][3]}")
        if len(analyses) < len(halves):
            for name in ("imports", "placeholders", "structure"):
                report.unverified(name, "The scripts could not be read.")
            return
        await check_imports(report, project, analyses)
        await check_placeholders(report, project, [analysis for _, analysis in analyses])
        await self._structure(report, [analysis for _, analysis in analyses])
        report.facts(_facts([analysis for _, analysis in analyses]))

    async def _structure(self, report: Report, analyses: Sequence[Analysis]) -> None:
        async with report.check("structure", timeout_seconds=_READ_SECONDS) as run:
            told = tell_structure(report, analyses)
            paths = [module.path for analysis in analyses for module in analysis.modules if not module.errors]
            matches = await self._rules.scan(self._slot.folder, paths)
            tests = {module.path for analysis in analyses for module in analysis.modules if module.test}
            for match in matches:
                # A test may query in loops and talk; only what keeps others from running matters there.
                if match.at.path not in tests or match.rule == "focused-test":
                    match.tell(report)
                    told += 1
            run.failed = told
            if told:
                run.fail(f"{told} findings.")


def _script_errors(analyses: Sequence[tuple[Half, Analysis]]) -> Iterator[tuple[str, int, int, str]]:
    for _, analysis in analyses:
        for module in analysis.modules:
            for error in module.errors:
                yield module.path, error.line, error.column, error.message


def _json_errors(project: Project) -> Iterator[tuple[str, int, int, str]]:
    for file in project.matching(".json"):
        if any(part in file.path for part in _LOOSE_JSON):
            continue
        try:
            json.loads(file.content)
        except json.JSONDecodeError as error:
            yield file.path, error.lineno, error.colno, error.msg
        except ValueError:
            yield file.path, 0, 0, "The file is not UTF-8."


def _facts(analyses: Sequence[Analysis]) -> Facts:
    return Facts(
        routes=[
            RouteFact(
                method=route.method,
                path=route.path,
                permissions=route.permissions,
                public=not route.guarded,
                source_path=route.source,
                source_line=route.line,
            )
            for analysis in analyses
            for route in analysis.routes
        ],
        calls=[
            CallFact(method=call.method, path=call.path, source_path=call.source, source_line=call.line)
            for analysis in analyses
            for call in analysis.calls
        ],
        pages=[PageFact(path=page.path, source_path=page.source) for analysis in analyses for page in analysis.pages],
    )
