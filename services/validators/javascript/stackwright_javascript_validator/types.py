"""Types of TypeScript halves, and names of JavaScript halves, by one warm TypeScript."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stackwright.code.v1.finding_pb2 import (
    GATE_MAINTAINABILITY,
    GATE_SYNTAX,
    SEVERITY_HIGH,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
)
from stackwright_javascript_validator.halves import Half
from stackwright_sdk.node import NodeCallError, NodeWorker, NodeWorkerError
from stackwright_sdk.validation import Place, Project, ProjectChanges, Report, ToolError

_SECONDS = 60
# What is wrong in JavaScript whatever its types are: names, imports and exports that do not exist.
_NAME_ERRORS = frozenset({1192, 1259, 2304, 2305, 2307, 2448, 2451, 2503, 2552, 2614, 2724, 18004})
_SYNTAX_ERRORS = range(1000, 1200)


@dataclass(frozen=True)
class _Error:
    code: int
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class _Checked:
    config: str
    errors: Sequence[_Error]
    files: Sequence[str]
    strict: bool
    missing: bool


@dataclass(frozen=True)
class _Answer:
    projects: Sequence[_Checked]


@dataclass(frozen=True)
class _Changes:
    created: Sequence[str]
    changed: Sequence[str]
    deleted: Sequence[str]


@dataclass(frozen=True)
class _Request:
    folder: str
    configs: Sequence[str]
    changes: _Changes


class TypeChecker:
    """Checks halves in a folder. The worker starts with the first call, and again after it died."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._worker = NodeWorker(Path(__file__).with_name("worker") / "types.mjs")

    async def close(self) -> None:
        """End the worker."""
        await self._worker.close()

    async def check(self, report: Report, project: Project, halves: Sequence[Half], changes: ProjectChanges) -> None:
        """Check all halves; each is a check of its own: `types.<half>` or `names.<half>`."""
        asking = asyncio.create_task(self._ask(halves, changes))
        # Where the service ends meanwhile nobody is left to hear of a failure: it counts as heard.
        asking.add_done_callback(lambda task: task.cancelled() or task.exception())
        try:
            for index, half in enumerate(halves):
                kind = "types" if half.typescript else "names"
                async with report.check(f"{kind}.{half.name}", timeout_seconds=_SECONDS) as run:
                    checked = (await asyncio.shield(asking)).projects[index]
                    if checked.missing:
                        raise ToolError(f"{half.name}/tsconfig.json was not taken by TypeScript.")
                    wrong = self._tell(report, half, checked)
                    if half.typescript:
                        self._tell_omissions(report, project, half, checked)
                    run.passed, run.failed = len(checked.files), wrong
                    if wrong:
                        run.fail(f"{wrong} errors in {len(checked.files)} files.")
        finally:
            # One answer serves all halves; who leaves before it came takes it along.
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _ask(self, halves: Sequence[Half], changes: ProjectChanges) -> _Answer:
        configs = [str(self._config(half)) for half in halves]
        request = _Request(
            str(self._folder),
            configs,
            _Changes(
                *(_absolute(self._folder, paths) for paths in (changes.created, changes.changed, changes.deleted))
            ),
        )
        try:
            return await self._worker.call("check", request, _Answer, timeout=_SECONDS)
        except (NodeCallError, NodeWorkerError) as error:
            raise ToolError(f"TypeScript did not finish: {error}") from error

    def _config(self, half: Half) -> Path:
        if half.typescript:
            return self._folder / half.name / "tsconfig.json"
        # JavaScript has no types to check: this asks for what its names and imports lead to, and nothing else.
        path = self._folder.parent / f"names.{half.name}.json"
        options = {
            "allowJs": True,
            "checkJs": True,
            "jsx": "react-jsx",
            "lib": ["ES2024", "DOM", "DOM.Iterable"],
            "module": "NodeNext" if half.name == "backend" else "ESNext",
            "moduleResolution": "NodeNext" if half.name == "backend" else "bundler",
            "noEmit": True,
            "resolveJsonModule": True,
            "skipLibCheck": True,
            "strict": False,
            "target": "ES2024",
            "types": ["node"] if half.name == "backend" else ["node", "vite/client"],
        }
        inside = f"{self._folder.name}/{half.name}"
        path.write_text(json.dumps({"compilerOptions": options, "include": [inside], "exclude": [f"{inside}/public"]}))
        return path

    def _tell(self, report: Report, half: Half, checked: _Checked) -> int:
        errors = [error for error in checked.errors if half.typescript or _about_names(error.code)]
        for error in errors:
            path = error.path.removeprefix(f"{self._folder}/")
            report.finding(
                tool="typescript",
                rule=f"TS{error.code}",
                severity=SEVERITY_HIGH,
                gate=GATE_SYNTAX,
                message=error.message,
                at=Place(path, error.line, error.column, error.end_line, error.end_column),
            )
        return len(errors)

    def _tell_omissions(self, report: Report, project: Project, half: Half, checked: _Checked) -> None:
        """State where the project asks TypeScript for less than it should."""
        if not checked.strict:
            report.finding(
                tool="stackwright",
                rule="types-not-strict",
                severity=SEVERITY_MEDIUM,
                gate=GATE_MAINTAINABILITY,
                message="`strict` is off in tsconfig.json.",
                at=Place(f"{half.name}/tsconfig.json"),
                principle="MNT-5",
            )
        seen = {path.removeprefix(f"{self._folder}/") for path in checked.files}
        for file in project.matching(".ts", ".tsx", under=half.name):
            if file.path not in seen and "/node_modules/" not in file.path and "/dist/" not in file.path:
                report.finding(
                    tool="stackwright",
                    rule="file-not-type-checked",
                    severity=SEVERITY_LOW,
                    gate=GATE_MAINTAINABILITY,
                    message="tsconfig.json does not include this file, so its types are not checked.",
                    at=Place(file.path),
                    principle="MNT-5",
                )


def _about_names(code: int) -> bool:
    return code in _NAME_ERRORS or code in _SYNTAX_ERRORS


def _absolute(folder: Path, paths: Sequence[str]) -> list[str]:
    return [str(folder / path) for path in paths]
