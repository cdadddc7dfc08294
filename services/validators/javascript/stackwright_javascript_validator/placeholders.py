"""Placeholder text: what stands where code should, and suppressions that give no reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stackwright.code.v1.finding_pb2 import GATE_MAINTAINABILITY, GATE_SYNTAX, SEVERITY_HIGH, SEVERITY_MEDIUM
from stackwright_sdk.validation import Place, Project, Report
from stackwright_sdk.validation.source import Analysis, Remark

_ELIDED = re.compile(
    r"""(?ix)
    \b(rest|remainder)\s+(of\s+(the\s+)?(code|file|function|implementation|component|method|class)\s+)?
        (is\s+|remains?\s+|stays?\s+)?(unchanged|the\s+same|omitted|as\s+before)
    | \bexisting\s+(code|implementation)\s+(here|remains|unchanged|stays|omitted)
    | \b(your|add|insert|put|more|actual|real)\s+(code|logic|implementation)\s+(goes\s+)?here\b
    | \bimplementation\s+(goes\s+here|omitted|left\s+out|to\s+follow)
    | \b(placeholder|stub|dummy)\s+(implementation|logic|function|component|code|data|page)\b
    | \b(to\s+be|not\s+yet|is\s+not|isn't|not)\s+implemented\b
    | \bimplement\s+(me|this|later)\b
    | \b(code|content|lines?)\s+(omitted|elided|truncated)\s+(for\s+brevity)?
    | ^\s*(\.\.\.|…)\s*$
    | ^\s*(\.\.\.|…)\s*(existing|other|more|rest|same)\b
    """
)
_MARK = re.compile(r"\b(TODO|FIXME|XXX|HACK|TBD)\b")
_TEXT = re.compile(r"(?i)\bnot\s+(yet\s+)?implemented\b|\bcoming\s+soon\b|\blorem\s+ipsum\b")
_SUPPRESSION = re.compile(
    r"(?:^|\s)@ts-(?:ignore|nocheck|expect-error)\b(?P<ts>.*)"
    r"|(?:^|\s)(?:oxlint|eslint)-disable(?:-(?:next-)?line)?\b(?P<lint>.*)"
    r"|ast-grep-ignore\b(?P<sg>.*)",
    re.DOTALL,
)
# Files without a parser here: their comments are found by their marks.
_COMMENT = {
    (".sql",): re.compile(r"--(.*)$|/\*(.*?)\*/"),
    (".yml", ".yaml", ".sh", "Dockerfile", ".conf", ".template", ".toml"): re.compile(r"(?:^|\s)#(.*)$"),
    (".html", ".md"): re.compile(r"<!--(.*?)-->"),
    (".css", ".scss"): re.compile(r"/\*(.*?)\*/"),
}


@dataclass(frozen=True)
class _Found:
    message: str
    at: Place


async def check_placeholders(report: Report, project: Project, analyses: Sequence[Analysis]) -> None:
    """Run the check `placeholders`; suppressions without a reason are findings of gate maintainability."""
    async with report.check("placeholders", timeout_seconds=20) as run:
        found = [*_in_scripts(analyses), *_elsewhere(project)]
        for item in found:
            report.finding(
                tool="stackwright",
                rule="placeholder",
                severity=SEVERITY_HIGH,
                gate=GATE_SYNTAX,
                message=item.message,
                at=item.at,
                principle="MNT-3",
            )
        for item in _suppressions(analyses):
            report.finding(
                tool="stackwright",
                rule="suppression-without-reason",
                severity=SEVERITY_MEDIUM,
                gate=GATE_MAINTAINABILITY,
                message=item.message,
                at=item.at,
                principle="MNT-5",
            )
        run.passed, run.failed = len(project), len(found)
        if found:
            run.fail(f"{len(found)} places hold placeholder text; the first: {found[0].message}")


def _in_scripts(analyses: Sequence[Analysis]) -> Iterator[_Found]:
    for path, remark in _remarks(analyses):
        words = placeholder_in(remark.text) if remark.kind == "comment" else _words(_TEXT.search(remark.text))
        if words:
            yield _Found(f"`{words}` stands where code should.", Place(path, remark.line, remark.column))


def _elsewhere(project: Project) -> Iterator[_Found]:
    for endings, pattern in _COMMENT.items():
        for file in project.matching(*endings):
            if "node_modules" in file.path or "/dist/" in file.path:
                continue
            for number, line in enumerate(project.text(file.path).split("\n"), 1):
                for match in pattern.finditer(line):
                    comment = next((group for group in match.groups() if group), "")
                    if words := placeholder_in(comment):
                        yield _Found(f"`{words}` stands where code should.", Place(file.path, number))


def placeholder_in(comment: str) -> str:
    """Give the words of a comment that say that something is missing, or nothing."""
    for line in comment.split("\n"):
        if words := _words(_MARK.search(line) or _ELIDED.search(line.strip(" *"))):
            return words
    return ""


def _suppressions(analyses: Sequence[Analysis]) -> Iterator[_Found]:
    for path, remark in _remarks(analyses):
        match = _SUPPRESSION.search(remark.text) if remark.kind == "comment" else None
        if match is None:
            continue
        # oxlint and ESLint take what follows `--` as the reason; TypeScript takes all that follows.
        reason = match["ts"] if match["ts"] is not None else (match["lint"] or match["sg"] or "").partition("--")[2]
        if len(reason.strip(" :-")) < 8:
            message = f"`{' '.join(match[0].split())[:60]}` gives no reason."
            yield _Found(message, Place(path, remark.line, remark.column))


def _remarks(analyses: Sequence[Analysis]) -> Iterator[tuple[str, Remark]]:
    for analysis in analyses:
        for module in analysis.modules:
            for remark in module.remarks:
                yield module.path, remark


def _words(match: re.Match[str] | None) -> str:
    return " ".join(match[0].split())[:80] if match else ""
