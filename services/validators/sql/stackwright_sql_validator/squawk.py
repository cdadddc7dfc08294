"""Lint of migrations by squawk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from stackwright.code.v1.finding_pb2 import GATE_MAINTAINABILITY, SEVERITY_LOW, SEVERITY_MEDIUM
from stackwright_sdk.validation import Place, Project, Report, ToolError, python_tool, run_tool

# Matters of taste: a counter of attempts needs no eight bytes. Syntax errors are told by PostgreSQL's own parser.
_LEFT_OUT = ("prefer-bigint-over-int", "prefer-identity", "prefer-text-field", "ban-char-field")
_SECONDS = 20


class _Said(TypedDict):
    file: str
    line: int
    column: int
    level: str
    message: str
    help: str | None
    rule_name: str


async def lint(report: Report, project: Project, migrations: Sequence[str], folder: Path) -> int:
    """State what squawk finds in migrations, written below `folder`; give the number of findings.

    Raises:
        ToolError: squawk broke, or took too long.

    """
    if not migrations:
        return 0
    Project.of(project.files[path] for path in migrations).write_to(folder)
    options = ["--assume-in-transaction", "--pg-version", "18.0", "--reporter", "json"]
    result = await run_tool(
        [python_tool("squawk"), *options, *(f"--exclude={rule}" for rule in _LEFT_OUT), *migrations],
        cwd=folder,
        timeout_seconds=_SECONDS,
    )
    try:
        said: list[_Said] = json.loads(result.text or "[]")
    except ValueError as error:
        raise ToolError(f"squawk gave no answer: {result.text[:200]}") from error
    said = [item for item in said if item["rule_name"] != "syntax-error"]
    for item in said:
        report.finding(
            tool="squawk",
            rule=item["rule_name"],
            severity=SEVERITY_MEDIUM if item["level"] == "Error" else SEVERITY_LOW,
            gate=GATE_MAINTAINABILITY,
            message=" ".join(filter(None, (item["message"], item["help"]))),
            # squawk counts lines from 0.
            at=Place(item["file"], item["line"] + 1, item["column"] + 1),
        )
    return len(said)
