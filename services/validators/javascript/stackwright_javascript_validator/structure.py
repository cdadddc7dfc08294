"""Layering, cycles, copies, complexity and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from stackwright.code.v1.finding_pb2 import (
    GATE_ARCHITECTURE,
    GATE_MAINTAINABILITY,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    Gate,
    Severity,
)
from stackwright_sdk.validation import Place, Report
from stackwright_sdk.validation.source import Analysis, SourceModule

MAX_COMPLEXITY = 12
HIGH_COMPLEXITY = 20
MAX_LINES = 400
_PADDING_COMMENTS = 0.7
_FEATURE = re.compile(r"^(backend|frontend)/src/features/([^/]+)/(.+)$")
# What a feature shows to others: its plug, and the files of its models that relations of the contract lead to.
_SHOWN = re.compile(r"(^|/)(index|model|schema|scope|types|api|actions|names)\.[jt]sx?$")


@dataclass(frozen=True)
class _Said:
    rule: str
    severity: Severity
    gate: Gate
    message: str
    at: Place
    principle: str


def tell_structure(report: Report, analyses: Sequence[Analysis]) -> int:
    """State findings and measurements of all halves; give the number of findings."""
    modules = [module for analysis in analyses for module in analysis.modules]
    source = [module for module in modules if not module.test]
    edges = [(m, e.target) for m in source for e in m.imports if e.target is not None]
    wrong = list(_layering(source))
    cycles = list(_cycles(source))
    said = [*wrong, *cycles, *_copies(analyses), *_complex(source), *_large(source)]
    for item in said:
        report.finding(
            tool="stackwright",
            rule=item.rule,
            severity=item.severity,
            gate=item.gate,
            message=item.message,
            at=item.at,
            principle=item.principle,
        )
    functions = [function for module in source for function in module.functions]
    code = sum(module.code_lines for module in source)
    copied = sum(analysis.copied_lines for analysis in analyses)
    report.measure("lines.code", code, "lines")
    report.measure("lines.tests", sum(module.code_lines for module in modules if module.test), "lines")
    report.measure("files.code", len(source), "count")
    report.measure("layering.edges", len(edges), "count")
    report.measure("layering.violations", len(wrong), "count", "findings layer-*")
    report.measure("cycles", len(cycles), "count", "findings cycle")
    report.measure("duplication.ratio", round(min(1.0, copied / max(1, code)), 4), "ratio", f"{copied} lines")
    mean = sum(function.value for function in functions) / max(1, len(functions))
    report.measure("complexity.mean", round(mean, 2), "ratio")
    report.measure("complexity.functions", len(functions), "count")
    report.measure(
        "complexity.over", sum(f.value > MAX_COMPLEXITY for f in functions), "count", f"above {MAX_COMPLEXITY}"
    )
    return len(said)


def _layering(source: Iterable[SourceModule]) -> Iterator[_Said]:
    for module in source:
        for edge in module.imports:
            if edge.target is not None and (wrong := _wrong_way(module.path, edge.target)):
                rule, message = wrong
                at = Place(module.path, edge.line, edge.column)
                yield _Said(rule, SEVERITY_MEDIUM, GATE_ARCHITECTURE, message, at, "ARC-1")


def _wrong_way(path: str, target: str) -> tuple[str, str] | None:
    half = path.split("/")[0]
    if target.split("/")[0] != half:
        return "layer-half-to-half", f"{half} imports {target}, which belongs to another half."
    if _is_test(target) and "/src/" in path:
        return "layer-source-to-test", f"Code that is delivered imports the test {target}."
    there = _FEATURE.match(target)
    if there and path.startswith(f"{half}/src/shared/"):
        return "layer-shared-to-feature", f"shared imports the feature {there[2]}."
    here = _FEATURE.match(path)
    if here and there and here[2] != there[2] and not _SHOWN.search(there[3]):
        return "layer-feature-to-feature", f"{here[2]} reaches into {there[2]}: import what its index or a model shows."
    return None


def _is_test(path: str) -> bool:
    return "/tests/" in path or ".test." in PurePosixPath(path).name


def _cycles(source: Sequence[SourceModule]) -> Iterator[_Said]:
    graph = {
        module.path: sorted(
            {e.target for e in module.imports if e.target and e.kind in ("static", "reexport", "require")}
        )
        for module in source
    }
    for group in strongly_connected(graph):
        members = ", ".join(group[:6]) + (" …" if len(group) > 6 else "")
        message = f"{len(group)} modules import one another: {members}."
        yield _Said("cycle", SEVERITY_MEDIUM, GATE_ARCHITECTURE, message, Place(group[0]), "ARC-1")


def strongly_connected(graph: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Give the groups of more than one node (or of one that leads to itself) that reach one another (Tarjan)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []
    for root in sorted(graph):
        if root in order:
            continue
        work = [(root, iter(graph[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in graph:
                    continue
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    work.append((target, iter(graph[target])))
                    break
                if target in stack:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    at = stack.index(node)
                    group, stack = sorted(stack[at:]), stack[:at]
                    if len(group) > 1 or node in graph[node]:
                        groups.append(group)
    return sorted(groups)


def _copies(analyses: Iterable[Analysis]) -> Iterator[_Said]:
    for analysis in analyses:
        for block in analysis.copied_blocks:
            message = f"{block.lines} lines stand in {block.otherPath}:{block.otherLine} as well."
            at = Place(block.path, block.line)
            yield _Said("duplicate-block", SEVERITY_LOW, GATE_ARCHITECTURE, message, at, "MNT-1")


def _complex(source: Iterable[SourceModule]) -> Iterator[_Said]:
    for module in source:
        for function in module.functions:
            if function.value > MAX_COMPLEXITY:
                severity = SEVERITY_MEDIUM if function.value > HIGH_COMPLEXITY else SEVERITY_LOW
                name = function.name or "A function"
                message = f"{name} has a complexity of {function.value}; {MAX_COMPLEXITY} is the most."
                at = Place(module.path, function.line, function.column)
                yield _Said("complex-function", severity, GATE_MAINTAINABILITY, message, at, "MNT-1")


def _large(source: Iterable[SourceModule]) -> Iterator[_Said]:
    for module in source:
        if module.code_lines > MAX_LINES:
            message = f"{module.code_lines} lines of code; {MAX_LINES} is the most."
            yield _Said("long-file", SEVERITY_LOW, GATE_MAINTAINABILITY, message, Place(module.path), "MNT-1")
        if module.lines > 100 and module.code_lines < (1 - _PADDING_COMMENTS) * module.lines and not module.errors:
            message = f"{module.lines} lines hold {module.code_lines} lines of code."
            yield _Said("padding", SEVERITY_MEDIUM, GATE_MAINTAINABILITY, message, Place(module.path), "MNT-3")
