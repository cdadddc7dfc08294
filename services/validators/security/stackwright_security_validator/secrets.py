"""Secrets in files, by detect-secrets in a process of its own."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TypedDict

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.code.v1.finding_pb2 import GATE_SECURITY, SEVERITY_CRITICAL
from stackwright_sdk.validation import Place, Project, Report, ToolError, python_tool, run_tool
from stackwright_sdk.validation.source import SCRIPT_ENDINGS

_SECONDS = 60
# Hashes of packages, pictures and fonts look like secrets and are none; entropy alone says nothing about code.
_SKIPPED = re.compile(
    r"(^|/)(package-lock\.json|\.stackwright/.*|node_modules/.*|dist/.*)$|\.(svg|png|ico|woff2?|jpg|zip|gz|pb|binpb)$"
)
_PLUGINS_OFF = ("Base64HighEntropyString", "HexHighEntropyString", "IPPublicDetector")
_BY_NAME = "Secret Keyword"
_BASIC = "Basic Auth Credentials"
_LOCAL = re.compile(r"@(localhost|127\.0\.0\.1|postgres|database|db|redis|\$\{)")
# Lines that no detector could take for a secret are left out beforehand: that is nearly all of them.
_CANDIDATE = re.compile(
    r"(?i)pass|pwd|secret|key|token|auth|credential|contrase|BEGIN|://[^/\s]*@|(?=[\w+/-]*\d)[\w+/-]{16,}|hooks\.slack"
)
_QUOTED = re.compile(r"""[:=]\s*["'`][^"'`]{4,}["'`]""")
_TEST = re.compile(r"(^|/)(tests?|e2e|fixtures?)/|\.(test|spec)\.\w+$")
# A name that holds a secret, with a text that is none: an address of a field, a label, a type, an example.
_NO_VALUE = re.compile(
    r"""(?ix)
    [:=]\s*["'`](\s*|[^"'`]*\s[^"'`]*|[a-z]+([_.\- ][a-z]+)*\??|<.*>|\$\{.*\}|.*\.\.\..*|/.*|x+|\*+)["'`]
    | :\s+[a-z]+(\s[a-z]+)+\s*$  # words without quotes, as YAML has them
    | process\.env | change[-_ ]?me[-_ ]in
    """
)


class _Found(TypedDict):
    type: str
    line_number: int


class _Output(TypedDict):
    results: dict[str, list[_Found]]


async def find_secrets(report: Report, project: Project) -> int:
    """State every secret; give their number.

    Raises:
        ToolError: detect-secrets broke, or took too long.

    """
    numbers: dict[str, list[int]] = {}
    looked: list[SourceFile] = []
    for path in project.files:
        lines = [] if _SKIPPED.search(path) else project.text(path).split("\n")
        numbers[path] = [number for number, line in enumerate(lines, 1) if _CANDIDATE.search(line)]
        if numbers[path]:
            kept = "\n".join(lines[number - 1] for number in numbers[path])
            looked.append(SourceFile(path=path, content=kept.encode()))
    with tempfile.TemporaryDirectory(prefix="stackwright-secrets-") as folder:
        Project.of(looked).write_to(Path(folder))
        off = [part for plugin in _PLUGINS_OFF for part in ("--disable-plugin", plugin)]
        result = await run_tool(
            [python_tool("detect-secrets"), "scan", "--all-files", "--no-verify", *off, "."],
            cwd=Path(folder),
            timeout_seconds=_SECONDS,
            expected=(0,),
        )
    try:
        said: _Output = json.loads(result.text)
    except ValueError as error:
        raise ToolError(f"detect-secrets gave no answer: {result.text[:200]}") from error
    told = 0
    for path, found in sorted(said["results"].items()):
        for item in found:
            number = numbers[path][item["line_number"] - 1]
            if _is_harmless(path, item["type"], project.line(path, number)):
                continue
            told += 1
            report.finding(
                tool="detect-secrets",
                rule="secret",
                severity=SEVERITY_CRITICAL,
                gate=GATE_SECURITY,
                message=f"{item['type']}: a secret stands in the file.",
                at=Place(path, number),
                principle="SEC-6",
            )
    return told


def _is_harmless(path: str, kind: str, line: str) -> bool:
    if kind == _BY_NAME:
        script = path.endswith(SCRIPT_ENDINGS) and not _QUOTED.search(line)
        return script or bool(_TEST.search(path) or _NO_VALUE.search(line))
    # An address of one's own machine, in an example or a test.
    return kind == _BASIC and bool(_LOCAL.search(line)) and (path.endswith(".example") or bool(_TEST.search(path)))
