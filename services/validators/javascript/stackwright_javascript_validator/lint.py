"""Lint by oxlint with types and the security plugin, with rules of ours: a project does not grade itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from stackwright.code.v1.finding_pb2 import (
    GATE_MAINTAINABILITY,
    GATE_SECURITY,
    SEVERITY_HIGH,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    Severity,
)
from stackwright_javascript_validator.halves import Half
from stackwright_sdk.node import node_binary, node_modules, package
from stackwright_sdk.validation import Place, Project, Report, ToolError, run_tool

_SECONDS = 60
_SECURITY: dict[str, Severity] = {
    "security/detect-bidi-characters": SEVERITY_HIGH,
    "security/detect-buffer-noassert": SEVERITY_MEDIUM,
    "security/detect-disable-mustache-escape": SEVERITY_HIGH,
    "security/detect-new-buffer": SEVERITY_MEDIUM,
    "security/detect-no-csrf-before-method-override": SEVERITY_MEDIUM,
    "security/detect-non-literal-require": SEVERITY_MEDIUM,
    "security/detect-pseudoRandomBytes": SEVERITY_HIGH,
}
"""Rules of the plugin that are right more often than wrong; eval, processes and files are the security validator's."""
_RULES: dict[str, str | list[object]] = {
    **dict.fromkeys(_SECURITY, "error"),
    "eqeqeq": "error",
    "no-alert": "warn",
    "no-shadow": "off",
    "no-var": "warn",
    "no-debugger": "off",  # these three are rules of our own, with JSX and all
    "no-console": "off",
    "no-empty": "off",
    "import/no-named-as-default-member": "off",
    "import/no-unassigned-import": "off",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-non-null-assertion": "warn",
    "typescript/no-unnecessary-boolean-literal-compare": "off",
    "typescript/no-unnecessary-template-expression": "off",
    "typescript/no-unnecessary-type-arguments": "off",
    "typescript/no-unnecessary-type-assertion": "off",
    "typescript/no-unnecessary-type-conversion": "off",
    "typescript/no-unnecessary-type-parameters": "off",
    "typescript/restrict-template-expressions": "off",
    "typescript/no-base-to-string": "off",  # takes every `unknown` for an object
    "typescript/no-misused-spread": "off",  # a string is spread to count what people see
    "typescript/no-unsafe-type-assertion": "off",  # every parser of foreign data ends in one
    "typescript/unbound-method": "off",  # Sequelize and RTK Query hand out functions as members
    "unicorn/consistent-function-scoping": "off",
    "unicorn/require-post-message-target-origin": "off",  # takes a BroadcastChannel for a window
    "oxc/no-async-endpoint-handlers": "off",  # Express 5 hands a rejected promise to the error handler
    "promise/always-return": "off",
    "react/no-unstable-nested-components": ["error", {"allowAsProps": True}],
    "react/react-in-jsx-scope": "off",
    "react/rules-of-hooks": "error",
    "react/exhaustive-deps": "error",
    "jsx-a11y/prefer-tag-over-role": "off",
}
_SCRIPTS = ["**/*.js", "**/*.jsx", "**/*.mjs", "**/*.cjs"]
_TESTS = ["**/tests/**", "**/*.test.*"]


class Linter:
    """Lints halves in a folder; its configuration lies beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._config = folder.parent / "oxlint.json"
        config = {
            "plugins": ["typescript", "unicorn", "oxc", "import", "promise", "react", "jsx-a11y"],
            "categories": {"correctness": "error", "suspicious": "warn"},
            "env": {"node": True, "browser": True, "es2024": True},
            "jsPlugins": [str(package("eslint-plugin-security") / "index.js")],
            "rules": _RULES,
            "overrides": [
                {"files": _SCRIPTS, "rules": {"no-undef": "error"}},
                {
                    "files": _TESTS,
                    "globals": dict.fromkeys(("describe", "it", "test", "expect", "vi", "beforeEach"), "readonly"),
                    "rules": {"typescript/no-non-null-assertion": "off", "typescript/no-explicit-any": "off"},
                },
            ],
            "ignorePatterns": ["**/dist/**", "**/node_modules/**", "**/coverage/**", "**/public/**"],
        }
        self._config.write_text(json.dumps(config))
        self._known: dict[str, tuple[str, list[_Diagnostic]]] = {}

    async def lint(self, report: Report, project: Project, halves: Sequence[Half]) -> None:
        """Run the check `lint` and state `lint.findings`. A half that did not change is not read again."""
        async with report.check("lint", timeout_seconds=_SECONDS + 5) as run:
            found = await asyncio.gather(*(self._lint(project, half) for half in halves))
            told = [item for diagnostics in found for item in diagnostics]
            for item in told:
                _tell(report, item)
            report.measure("lint.findings", len(told), "count", "findings of tool oxlint")
            run.failed = len(told)
            if told:
                run.fail(f"{len(told)} findings.")

    async def _lint(self, project: Project, half: Half) -> list[_Diagnostic]:
        digest = project.digest(under=half.name)
        known = self._known.get(half.name)
        if known and known[0] == digest:
            return known[1]
        arguments = ["--config", str(self._config), "--disable-nested-config", "--no-ignore", "--format", "json"]
        arguments += ["--type-aware"] if half.typescript else []
        result = await run_tool(
            [node_binary(), package("oxlint") / "bin" / "oxlint", *arguments, half.name],
            cwd=self._folder,
            timeout_seconds=_SECONDS,
            environment={"OXLINT_TSGOLINT_PATH": str(node_modules() / "@oxlint-tsgolint" / "linux-x64" / "tsgolint")},
        )
        try:
            said: _Output = json.loads(result.text)
        except ValueError as error:
            words = (result.text + result.stderr.decode(errors="replace")).strip()
            raise ToolError(f"oxlint gave no answer: {words[:300]}", words) from error
        self._known[half.name] = (digest, said["diagnostics"])
        return said["diagnostics"]


class _Span(TypedDict):
    line: int
    column: int
    length: int


class _Label(TypedDict):
    span: _Span


class _Diagnostic(TypedDict, total=False):
    message: str
    code: str
    severity: str
    help: str
    filename: str
    labels: list[_Label]


class _Output(TypedDict):
    diagnostics: list[_Diagnostic]


def _tell(report: Report, item: _Diagnostic) -> None:
    # `plugin(rule)`, as oxlint says it, or nothing for what does not parse.
    plugin, _, rule = item.get("code", "").rstrip(")").partition("(")
    name = f"{plugin.removeprefix('eslint-plugin-')}/{rule}" if rule else plugin or "parse"
    name = name.removeprefix("eslint/")
    security = _SECURITY.get(name)
    span = labels[0]["span"] if (labels := item.get("labels")) else None
    report.finding(
        tool="oxlint",
        rule=name,
        severity=security or (SEVERITY_MEDIUM if item.get("severity") == "error" else SEVERITY_LOW),
        gate=GATE_SECURITY if security else GATE_MAINTAINABILITY,
        message=" ".join(filter(None, (item.get("message", ""), item.get("help", "")))),
        at=Place(item.get("filename", ""), *((span["line"], span["column"]) if span else ())),
    )
