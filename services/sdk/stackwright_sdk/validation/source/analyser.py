"""What the scripts of one half of a project are: imports, sizes, routes, calls and pages, read without running any."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stackwright_sdk.node import NodeCallError, NodeWorker, NodeWorkerError
from stackwright_sdk.validation.project import Project
from stackwright_sdk.validation.tools import ToolError

SCRIPT_ENDINGS = (".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts", ".cts")
_BUILT = frozenset({"node_modules", "dist", "build", "coverage"})
_WORKER = Path(__file__).with_name("worker") / "analyse.mjs"


@dataclass(frozen=True)
class ParseProblem:
    """Where a file does not parse; line and column from 1."""

    message: str
    line: int
    column: int


@dataclass(frozen=True)
class ImportEdge:
    """One import. `target` is the file of the project that it meets, if it is relative and meets one."""

    source: str
    target: str | None
    kind: Literal["static", "type", "reexport", "dynamic", "require"]
    line: int
    column: int


@dataclass(frozen=True)
class FunctionSize:
    """A function with its cyclomatic complexity."""

    name: str
    value: int
    line: int
    column: int


@dataclass(frozen=True)
class Remark:
    """Words in the code: a comment, or a text of more than one word."""

    kind: Literal["comment", "text"]
    text: str
    line: int
    column: int


@dataclass(frozen=True)
class SourceModule:
    """One script. `code_lines` counts the lines that are neither blank nor comment."""

    path: str
    test: bool
    errors: Sequence[ParseProblem]
    imports: Sequence[ImportEdge]
    lines: int
    code_lines: int
    functions: Sequence[FunctionSize]
    remarks: Sequence[Remark]


@dataclass(frozen=True)
class CopiedBlock:
    """Lines that stand in two places, token for token."""

    path: str
    line: int
    lines: int
    tokens: int
    otherPath: str  # noqa: N815  # as the worker says it
    otherLine: int  # noqa: N815


@dataclass(frozen=True)
class RouteInCode:
    """A route that is registered, with what stands before it.

    `guarded`: some refusal depends on the caller. `open`: the code says that anyone may.
    """

    method: str
    path: str
    guarded: bool
    open: bool
    permissions: Sequence[str]
    source: str
    line: int
    column: int


@dataclass(frozen=True)
class CallInCode:
    """A call to the server, its path in the form of OpenAPI."""

    method: str
    path: str
    source: str
    line: int


@dataclass(frozen=True)
class PageInCode:
    """A page, its path in the form of the browser's router."""

    path: str
    source: str


@dataclass(frozen=True)
class JoinedStatement:
    """SQL that a value is made part of; `text` is the value as the code has it.

    `foreign`: a request, or a caller of the function, chooses it.
    """

    source: str
    line: int
    column: int
    text: str
    foreign: bool


@dataclass(frozen=True)
class Analysis:
    """All that is read from one half. Modules that do not parse have errors and nothing else."""

    modules: Sequence[SourceModule]
    copied_lines: int
    copied_blocks: Sequence[CopiedBlock]
    routes: Sequence[RouteInCode]
    calls: Sequence[CallInCode]
    pages: Sequence[PageInCode]
    statements: Sequence[JoinedStatement]


@dataclass(frozen=True)
class _Request:
    files: Mapping[str, str]
    others: Sequence[str]


@dataclass(frozen=True)
class _Nothing:
    pass


class SourceAnalyser:
    """A warm worker that reads scripts. It starts with the first call, and again after it died."""

    def __init__(self) -> None:
        self._worker = NodeWorker(_WORKER)
        self._known: dict[str, tuple[str, Analysis]] = {}

    async def analyse(self, project: Project, half: str, *, timeout_seconds: float = 60) -> Analysis:
        """Read the scripts below the folder `half`. What was built (`dist`, `node_modules`) is left out.

        The same files as in the call before are not read again.

        Raises:
            ToolError: the worker died, or took too long.

        """
        files: dict[str, str] = {}
        others: list[str] = []
        for file in project.matching():
            if _BUILT.intersection(file.path.split("/")[:-1]):
                continue
            if file.path.startswith(f"{half}/") and file.path.endswith(SCRIPT_ENDINGS):
                files[file.path] = project.text(file.path)
            else:
                others.append(file.path)
        digest = hashlib.sha256(json.dumps([files, others]).encode()).hexdigest()
        known = self._known.get(half)
        if known and known[0] == digest:
            return known[1]
        try:
            read = await self._worker.call("analyse", _Request(files, others), Analysis, timeout=timeout_seconds)
        except (NodeCallError, NodeWorkerError) as error:
            raise ToolError(f"The reader of scripts failed: {error}") from error
        self._known[half] = (digest, read)
        return read

    async def warm(self) -> None:
        """Start the worker."""
        try:
            await self._worker.call("warm", _Nothing(), bool)
        except (NodeCallError, NodeWorkerError) as error:
            raise ToolError(f"The reader of scripts failed: {error}") from error

    async def close(self) -> None:
        """End the worker."""
        await self._worker.close()
