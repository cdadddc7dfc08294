"""What was seen on pages, and what the report says of it."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from pathlib import Path

from stackwright.code.v1 import finding_pb2
from stackwright_runtime_validator.proof.bench import Bench

PAGE_BUDGET_BYTES = 300 * 1024
"""Scripts and styles that one page may need, compressed, when a browser has nothing yet."""

DESKTOP, PHONE = (1440, 900), (390, 844)
"""Sizes of the windows that pages are looked at in, in CSS pixels."""


@dataclass(frozen=True)
class View:
    """One page to open: its pattern in the contract, and the address with rows filled in."""

    pattern: str
    address: str
    public: bool


@dataclass(frozen=True)
class Violation:
    """A rule of accessibility that a page breaks, and the mark-up that does so first."""

    rule: str
    impact: str
    help: str
    element: str


@dataclass
class Seen:
    """What was wrong on one page, and what it took."""

    view: View
    problems: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)
    blocked: bool = False
    """Whether the address led elsewhere, as one does that the visitor may not open."""


def tell(bench: Bench, seen: list[Seen], dist: Path) -> None:
    """States what is wrong as findings, and sizes as measurements."""
    for found in seen:
        if found.problems:
            message = f"{found.view.pattern}: {'; '.join(found.problems[:4])}"
            _finding(bench, "page-breaks", finding_pb2.SEVERITY_HIGH, message)
    places: dict[str, list[tuple[str, Violation]]] = {}
    for found in seen:
        for violation in found.violations:
            places.setdefault(violation.rule, []).append((found.view.pattern, violation))
    for rule, broken in sorted(places.items()):
        first = broken[0][1]
        severity = finding_pb2.SEVERITY_MEDIUM if first.impact in ("critical", "serious") else finding_pb2.SEVERITY_LOW
        where = ", ".join(sorted({pattern for pattern, _ in broken})[:6])
        _finding(bench, f"axe-{rule}", severity, f"{first.help} ({first.impact}): {where}; as {first.element[:200]}")
    sizes = {found.view.pattern: sum(_packed(dist, path) for path in found.assets) for found in seen if found.assets}
    bench.report.measure("pages.opened", len(seen), "count", f"at {DESKTOP[0]} and {PHONE[0]} px")
    bench.report.measure("pages.violations", len(places), "count", "kinds of findings axe-*")
    if sizes:
        within = sum(size <= PAGE_BUDGET_BYTES for size in sizes.values())
        largest = max(sizes, key=lambda pattern: sizes[pattern])
        evidence = f"{PAGE_BUDGET_BYTES // 1024} kB of scripts and styles, compressed; {largest} is the largest"
        bench.report.measure("pages.within_budget", within / len(sizes), "ratio", evidence)
        bench.report.measure("pages.largest", sizes[largest], "bytes", largest)


def _finding(bench: Bench, rule: str, severity: finding_pb2.Severity, message: str) -> None:
    gate = finding_pb2.GATE_MAINTAINABILITY
    bench.report.finding(tool="runtime", rule=rule, severity=severity, gate=gate, message=message)


def _packed(dist: Path, path: str) -> int:
    file = dist / path.lstrip("/")
    return len(gzip.compress(file.read_bytes(), 6)) if file.is_file() else 0
