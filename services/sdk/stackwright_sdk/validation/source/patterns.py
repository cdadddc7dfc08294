"""Searches code by ast-grep rules, each written once for JavaScript and TypeScript, with and without JSX."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from stackwright.code.v1.finding_pb2 import (
    GATE_ARCHITECTURE,
    GATE_MAINTAINABILITY,
    GATE_PERFORMANCE,
    GATE_SECURITY,
    GATE_SYNTAX,
    SEVERITY_CRITICAL,
    SEVERITY_HIGH,
    SEVERITY_INFO,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    Gate,
    Severity,
)
from stackwright_sdk.validation.report import Place, Report
from stackwright_sdk.validation.tools import ToolError, python_tool, run_tool

SEVERITIES = {
    "info": SEVERITY_INFO,
    "low": SEVERITY_LOW,
    "medium": SEVERITY_MEDIUM,
    "high": SEVERITY_HIGH,
    "critical": SEVERITY_CRITICAL,
}
GATES = {
    "syntax": GATE_SYNTAX,
    "security": GATE_SECURITY,
    "architecture": GATE_ARCHITECTURE,
    "performance": GATE_PERFORMANCE,
    "maintainability": GATE_MAINTAINABILITY,
}
_CONFIG = """ruleDirs: [rules]
languageGlobs:
  TypeScript: ["*.ts", "*.mts", "*.cts", "*.js", "*.mjs", "*.cjs"]
  Tsx: ["*.tsx", "*.jsx"]
"""
_ID = re.compile(r"^id: (\S+)$", re.MULTILINE)
_LANGUAGE = re.compile(r"^language: TypeScript$", re.MULTILINE)
_TWIN = ".tsx"
# An ignore file of the project must not hide code from its validator.
_NO_IGNORE = [
    part for kind in ("hidden", "dot", "exclude", "global", "parent", "vcs") for part in ("--no-ignore", kind)
]


@dataclass(frozen=True)
class PatternMatch:
    """Code that a rule is about."""

    rule: str
    severity: Severity
    gate: Gate
    message: str
    principle: str
    at: Place

    def tell(self, report: Report, tool: str = "stackwright") -> None:
        """State it as a finding."""
        report.finding(
            tool=tool,
            rule=self.rule,
            severity=self.severity,
            gate=self.gate,
            message=self.message,
            at=self.at,
            principle=self.principle,
        )


class PatternRules:
    """The rules of a folder: YAML documents of ast-grep with `language: TypeScript`.

    Their `metadata` holds `severity` (`low` … `critical`) and `gate` (`security`, …) and may hold `principle`.
    """

    def __init__(self, folder: Path) -> None:
        self._made: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="stackwright-rules-")
        self._config = Path(self._made.name) / "sgconfig.yml"
        self._config.write_text(_CONFIG)
        rules = Path(self._made.name) / "rules"
        rules.mkdir()
        self.ids: list[str] = []
        for source in sorted(folder.glob("*.yml")):
            for number, document in enumerate(re.split(r"^---$", source.read_text(), flags=re.MULTILINE)):
                self.ids += _ID.findall(document)
                twin = _LANGUAGE.sub("language: Tsx", _ID.sub(rf"id: \1{_TWIN}", document))
                (rules / f"{source.stem}-{number}.yml").write_text(document)
                (rules / f"{source.stem}-{number}-tsx.yml").write_text(twin)

    def close(self) -> None:
        """Remove what was written for the tool."""
        self._made.cleanup()

    async def scan(self, folder: Path, paths: Iterable[str], *, timeout_seconds: float = 60) -> list[PatternMatch]:
        """Search files below `folder`; give the matches in order of path and place.

        Raises:
            ToolError: ast-grep broke, or took too long.

        """
        wanted = sorted(paths)
        if not wanted:
            return []
        result = await run_tool(
            [
                python_tool("ast-grep"),
                "scan",
                "--config",
                self._config,
                "--json=stream",
                "--include-metadata",
                *_NO_IGNORE,
                *wanted,
            ],
            cwd=folder,
            timeout_seconds=timeout_seconds,
        )
        return sorted(
            _matches(result.text), key=lambda match: (match.at.path, match.at.line, match.at.column, match.rule)
        )


class _Position(TypedDict):
    line: int
    column: int


class _Range(TypedDict):
    start: _Position
    end: _Position


class _Metadata(TypedDict, total=False):
    severity: str
    gate: str
    principle: str


class _Line(TypedDict):
    file: str
    ruleId: str
    message: str
    range: _Range
    metadata: _Metadata


def _matches(output: str) -> Iterator[PatternMatch]:
    for line in output.splitlines():
        try:
            said: _Line = json.loads(line)
            start, end, metadata = said["range"]["start"], said["range"]["end"], said["metadata"]
            yield PatternMatch(
                rule=said["ruleId"].removesuffix(_TWIN),
                severity=SEVERITIES[metadata["severity"]],
                gate=GATES[metadata["gate"]],
                message=said["message"],
                principle=metadata.get("principle", ""),
                at=Place(
                    said["file"].removeprefix("./"),
                    start["line"] + 1,
                    start["column"] + 1,
                    end["line"] + 1,
                    end["column"] + 1,
                ),
            )
        except (KeyError, ValueError) as error:
            raise ToolError(f"ast-grep said something that is not a match: {line[:200]}") from error
