"""The five gates: what each is made of, and how what the validators sent becomes its parts. Pure functions.

Gates, weights, caps and factors are those of the design; names of checks and measurements those of docs/validation.md.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stackwright.code.v1 import finding_pb2, measurement_pb2, report_pb2

PASSED, FAILED, UNVERIFIED = (
    measurement_pb2.CHECK_STATE_PASSED,
    measurement_pb2.CHECK_STATE_FAILED,
    measurement_pb2.CHECK_STATE_UNVERIFIED,
)
UNMEASURED_SCORE = 50.0
P95_BUDGET_MS = 200.0
COVERAGE_GOAL = 0.8
LEAST_LINES = 1000.0
CRITICAL, HIGH, MEDIUM, LOW = (
    finding_pb2.SEVERITY_CRITICAL,
    finding_pb2.SEVERITY_HIGH,
    finding_pb2.SEVERITY_MEDIUM,
    finding_pb2.SEVERITY_LOW,
)
_CODE_CHECKS = ("syntax.", "types.", "names.", "imports", "placeholders")
_SUMMED_UNITS = frozenset({"count", "lines", "bytes"})


@dataclass
class Evidence:
    """All that the validators of a run found, and what the registry said of their facts."""

    checks: Sequence[measurement_pb2.Check] = ()
    findings: Sequence[finding_pb2.Finding] = ()
    measurements: Sequence[measurement_pb2.Measurement] = ()
    shows: Sequence[measurement_pb2.ShowResult] = ()
    deviations: Sequence[report_pb2.ContractDeviation] = ()
    compared: int = 0
    """Elements compared with the facts; 0: there were no facts."""
    requested: Sequence[str] = ()
    """Known features asked for by name, built or not."""
    files: Sequence[measurement_pb2.EvidenceFile] = ()
    """What was seen, to lie beside the report."""
    values: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.values = _by_name(self.measurements)

    def states(self, *prefixes: str) -> list[measurement_pb2.CheckState]:
        """States of the checks whose names begin so."""
        return [check.state for check in self.checks if check.name.startswith(prefixes)]

    def of_gate(self, gate: finding_pb2.Gate) -> list[finding_pb2.Finding]:
        """Findings of a gate."""
        return [found for found in self.findings if found.gate == gate]


def _by_name(measurements: Iterable[measurement_pb2.Measurement]) -> dict[str, float]:
    values: dict[str, float] = {}
    for found in measurements:
        before = values.get(found.name, 0.0) if found.unit in _SUMMED_UNITS else 0.0
        values[found.name] = before + found.value
    return values


@dataclass(frozen=True)
class Part:
    """A part of a gate: its share and score (0..100); a score of None was not measured."""

    name: str
    weight: float
    score: float | None
    evidence: str = ""


@dataclass(frozen=True)
class GateRule:
    """A gate: its least score, its weight in the whole, its parts, and how the parts make its score."""

    gate: finding_pb2.Gate
    least: float
    weight: float
    parts: Callable[[Evidence], list[Part]]
    combine: Callable[[Sequence[tuple[float, float]]], float]
    """From (weight, score) of each part."""


def clamp(score: float) -> float:
    """A score within 0..100."""
    return max(0.0, min(100.0, score))


def weighted_mean(parts: Sequence[tuple[float, float]]) -> float:
    """Arithmetic mean by weight."""
    total = sum(weight for weight, _ in parts)
    return sum(weight * score for weight, score in parts) / total if total else 0.0


def geometric_mean(parts: Sequence[tuple[float, float]]) -> float:
    """Weighted geometric mean; 0 as soon as one score is 0."""
    total = sum(weight for weight, _ in parts)
    if not total or any(score <= 0 for _, score in parts):
        return 0.0
    return math.exp(sum(weight * math.log(score) for weight, score in parts) / total)


def all_or_nothing(parts: Sequence[tuple[float, float]]) -> float:
    """0 as soon as one part is 0, else their mean."""
    return 0.0 if any(score <= 0 for _, score in parts) else weighted_mean(parts)


def lowest(parts: Sequence[tuple[float, float]]) -> float:
    """The lowest of the parts."""
    return min((score for _, score in parts), default=0.0)


def all_passed(states: Sequence[measurement_pb2.CheckState]) -> float | None:
    if FAILED in states:
        return 0.0
    return None if not states or UNVERIFIED in states else 100.0


def _syntax(evidence: Evidence) -> list[Part]:
    found = len(evidence.of_gate(finding_pb2.GATE_SYNTAX))
    told = f"{found} findings of this gate"
    parts = [
        Part("code", 0.5, all_passed(evidence.states(*_CODE_CHECKS)), told),
        Part("database", 0.5, all_passed(evidence.states("sql.parse", "sql.apply")), told),
    ]
    serious = any(f.severity > finding_pb2.SEVERITY_INFO for f in evidence.of_gate(finding_pb2.GATE_SYNTAX))
    return [Part("findings", 0.0, 0.0, told), *parts] if serious else parts


def penalty(findings: Iterable[finding_pb2.Finding], lines: float) -> float:
    """100 less 40 for each critical finding, 15 for a high one, and 4 and 1 per thousand lines for medium and low."""
    count = Counter(found.severity for found in findings)
    thousands = max(lines, LEAST_LINES) / 1000
    return clamp(100 - 40 * count[CRITICAL] - 15 * count[HIGH] - (4 * count[MEDIUM] + count[LOW]) / thousands)


def _security(evidence: Evidence) -> list[Part]:
    lines = evidence.values.get("security.lines", evidence.values.get("lines.code", 0.0))
    states = evidence.states("secrets", "patterns", "routes.guarded", "hardening")
    ran = bool(states) and UNVERIFIED not in states
    found = evidence.of_gate(finding_pb2.GATE_SECURITY)
    static = penalty(found, lines) if ran else None
    repelled = evidence.values.get("attack.repelled")
    return [
        Part("static", 0.5, static, f"{len(found)} findings in {lines:.0f} lines"),
        Part("dynamic", 0.5, None if repelled is None else repelled * 100, "share of attack probes repelled"),
    ]


def _architecture(evidence: Evidence) -> list[Part]:
    off = len(evidence.deviations)
    fuzzed, broken = evidence.values.get("fuzz.operations", 0.0), evidence.values.get("fuzz.operations.broken", 0.0)
    conform = None
    if evidence.compared and UNVERIFIED not in evidence.states("fuzz"):
        conform = 100 * (1 - (off + broken) / (evidence.compared + fuzzed))
    proven = features_by_proof(evidence.shows)
    measured = {key: state for key, state in proven.items() if state != UNVERIFIED}
    passing = sum(state == PASSED for state in proven.values())
    edges, wrong = evidence.values.get("layering.edges"), evidence.values.get("layering.violations")
    layering = None
    if wrong is not None:
        # A hundredth of all imports going the wrong way, or one cycle, costs ten points.
        layering = 100 - 1000 * wrong / max(edges or 0, 100) - 10 * evidence.values.get("cycles", 0.0)
    copied = evidence.values.get("duplication.ratio")
    return [
        Part(
            "contract",
            0.4,
            conform,
            f"{off} deviations in {evidence.compared} elements; {broken:.0f} of {fuzzed:.0f} fuzzed break",
        ),
        Part(
            "behaviour", 0.3, 100 * passing / len(proven) if measured else None, f"{passing} of {len(proven)} features"
        ),
        Part("layering", 0.2, layering, "imports between layers and features, cycles"),
        # Up to three in a hundred lines are free; a fifth of the code is none left.
        Part("duplication", 0.1, None if copied is None else 100 * (0.2 - copied) / 0.17, "lines inside a copy"),
    ]


def _performance(evidence: Evidence) -> list[Part]:
    p95 = evidence.values.get("load.p95")
    keys, bare = evidence.values.get("database.foreign_keys"), evidence.values.get("database.foreign_keys.unindexed")
    queries = evidence.values.get("queries.per_request")
    indexed = None
    if bare is not None:
        indexed = 100 * (1 - bare / max(keys or 0, 1)) - 10 * max(0.0, (queries or 0) - 5)
    pages = evidence.values.get("pages.within_budget")
    return [
        Part("answers", 0.5, None if p95 is None else 100 * P95_BUDGET_MS / max(p95, P95_BUDGET_MS), "p95 under load"),
        Part("queries", 0.2, indexed, "index use and queries per request"),
        Part("pages", 0.3, None if pages is None else 100 * pages, "pages within their budget"),
    ]


def _maintainability(evidence: Evidence) -> list[Part]:
    coverage = evidence.values.get("coverage.branches")
    linted = evidence.states("lint", "structure")
    lines = evidence.values.get("lines.code", 0.0)
    lint = None
    if linted and UNVERIFIED not in linted:
        lint = penalty(evidence.of_gate(finding_pb2.GATE_MAINTAINABILITY), lines)
    readme = [state for state in evidence.states("readme") if state != UNVERIFIED]
    return [
        Part(
            "coverage", 0.4, None if coverage is None else 100 * coverage / COVERAGE_GOAL, "branches, of a goal of 80 %"
        ),
        Part("lint", 0.4, lint, "complexity and lint"),
        Part(
            "readme",
            0.2,
            100 * readme.count(PASSED) / len(readme) if readme else None,
            "commands of the README that ran",
        ),
    ]


def features_by_proof(shows: Iterable[measurement_pb2.ShowResult]) -> dict[str, measurement_pb2.CheckState]:
    """Each feature with lines: failed if one failed, passed if all passed, else unverified."""
    states: dict[str, list[measurement_pb2.CheckState]] = defaultdict(list)
    for show in shows:
        states[show.feature].append(show.state)
    return {
        key: FAILED if FAILED in found else PASSED if set(found) == {PASSED} else UNVERIFIED
        for key, found in states.items()
    }


GATES = (
    GateRule(finding_pb2.GATE_SYNTAX, 100, 0.10, _syntax, all_or_nothing),
    GateRule(finding_pb2.GATE_SECURITY, 90, 0.30, _security, lowest),
    GateRule(finding_pb2.GATE_ARCHITECTURE, 85, 0.25, _architecture, weighted_mean),
    GateRule(finding_pb2.GATE_PERFORMANCE, 80, 0.15, _performance, weighted_mean),
    GateRule(finding_pb2.GATE_MAINTAINABILITY, 85, 0.20, _maintainability, weighted_mean),
)
