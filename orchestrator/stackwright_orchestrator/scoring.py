"""The quality of a project, from what was executed and nothing else. Pure functions of what the validators sent.

Gates, weights, caps and factors are those of DESIGN §5; the names of checks and measurements those of docs/validation.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stackwright.code.v1 import finding_pb2, measurement_pb2, report_pb2

PASSED, FAILED, UNVERIFIED = (
    measurement_pb2.CHECK_STATE_PASSED,
    measurement_pb2.CHECK_STATE_FAILED,
    measurement_pb2.CHECK_STATE_UNVERIFIED,
)
UNMEASURED_SCORE = 50.0
CAP_GATE, CAP_CRITICAL = 7.9, 5.9
P95_BUDGET_MS = 200.0
COVERAGE_GOAL = 0.8
LEAST_LINES = 1000.0
_CRITICAL, _HIGH, _MEDIUM, _LOW = (
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


def _all_passed(states: Sequence[measurement_pb2.CheckState]) -> float | None:
    if FAILED in states:
        return 0.0
    return None if not states or UNVERIFIED in states else 100.0


def _syntax(evidence: Evidence) -> list[Part]:
    found = len(evidence.of_gate(finding_pb2.GATE_SYNTAX))
    told = f"{found} findings of this gate"
    parts = [
        Part("code", 0.5, _all_passed(evidence.states(*_CODE_CHECKS)), told),
        Part("database", 0.5, _all_passed(evidence.states("sql.parse", "sql.apply")), told),
    ]
    serious = any(f.severity > finding_pb2.SEVERITY_INFO for f in evidence.of_gate(finding_pb2.GATE_SYNTAX))
    return [Part("findings", 0.0, 0.0, told), *parts] if serious else parts


def penalty(findings: Iterable[finding_pb2.Finding], lines: float) -> float:
    """100 less 40 for each critical finding, 15 for a high one, and 4 and 1 per thousand lines for medium and low."""
    count = defaultdict(int, {})
    for found in findings:
        count[found.severity] += 1
    thousands = max(lines, LEAST_LINES) / 1000
    return clamp(100 - 40 * count[_CRITICAL] - 15 * count[_HIGH] - (4 * count[_MEDIUM] + count[_LOW]) / thousands)


def _security(evidence: Evidence) -> list[Part]:
    lines = evidence.values.get("security.lines", evidence.values.get("lines.code", 0.0))
    states = evidence.states("secrets", "patterns", "routes.guarded", "hardening")
    ran = bool(states) and UNVERIFIED not in states
    static = penalty(evidence.of_gate(finding_pb2.GATE_SECURITY), lines) if ran else None
    repelled = evidence.values.get("attack.repelled")
    return [
        Part(
            "static", 0.5, static, f"{len(evidence.of_gate(finding_pb2.GATE_SECURITY))} findings in {lines:.0f} lines"
        ),
        Part("dynamic", 0.5, None if repelled is None else repelled * 100, "share of attack probes repelled"),
    ]


def _architecture(evidence: Evidence) -> list[Part]:
    off = len(evidence.deviations)
    conform = 100 * (1 - off / evidence.compared) if evidence.compared else None
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
        Part("contract", 0.4, conform, f"{off} deviations in {evidence.compared} elements"),
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


GATES = (
    GateRule(finding_pb2.GATE_SYNTAX, 100, 0.10, _syntax, all_or_nothing),
    GateRule(finding_pb2.GATE_SECURITY, 90, 0.30, _security, lowest),
    GateRule(finding_pb2.GATE_ARCHITECTURE, 85, 0.25, _architecture, weighted_mean),
    GateRule(finding_pb2.GATE_PERFORMANCE, 80, 0.15, _performance, weighted_mean),
    GateRule(finding_pb2.GATE_MAINTAINABILITY, 85, 0.20, _maintainability, weighted_mean),
)


def features_by_proof(shows: Iterable[measurement_pb2.ShowResult]) -> dict[str, measurement_pb2.CheckState]:
    """Each feature with lines: failed if one failed, passed if all passed, else unverified."""
    states: dict[str, list[measurement_pb2.CheckState]] = defaultdict(list)
    for show in shows:
        states[show.feature].append(show.state)
    return {
        key: FAILED if FAILED in found else PASSED if set(found) == {PASSED} else UNVERIFIED
        for key, found in states.items()
    }


def proof_factor(evidence: Evidence) -> float:
    """1.0 installed, migrated, booted and tested; 0.9 booted but a suite could not run; 0.7 built only; 0.5 static only."""
    booted = _all_passed(evidence.states("boot")) == 100.0
    installed = _all_passed(evidence.states("install")) == 100.0
    migrated = _all_passed(evidence.states("migrate")) == 100.0
    suites = evidence.states("tests.backend"), evidence.states("tests.frontend"), evidence.states("behaviour")
    tested = all(UNVERIFIED not in states for states in suites) and bool(suites[0]) and bool(suites[2])
    if installed and migrated and booted and tested:
        return 1.0
    if booted:
        return 0.9
    return 0.7 if installed and _all_passed(evidence.states("build")) == 100.0 else 0.5


def delivered_share(evidence: Evidence) -> float | None:
    """Share of the requested features whose every line passed; None where no line was tried."""
    proven = features_by_proof(evidence.shows)
    if not evidence.requested or all(state == UNVERIFIED for state in proven.values()):
        return None
    return sum(proven.get(key) == PASSED for key in evidence.requested) / len(evidence.requested)


def _critical_reasons(evidence: Evidence) -> list[str]:
    critical = [found for found in evidence.findings if found.severity == _CRITICAL]
    reasons = [f"critical finding {found.rule} in {found.path or 'the project'}" for found in critical]
    if evidence.values.get("attack.succeeded", 0) > 0:
        reasons.append(f"{evidence.values['attack.succeeded']:.0f} attack probes succeeded")
    if evidence.values.get("routes.unguarded", 0) > 0:
        reasons.append(f"{evidence.values['routes.unguarded']:.0f} routes are unguarded")
    return reasons


class QualityCoordinator:
    """Makes the quality report of a run."""

    def __init__(self, target: float, proof: measurement_pb2.ProofLevel) -> None:
        self._target, self._proof = target, proof

    def gates(self, evidence: Evidence) -> list[report_pb2.GateScore]:
        """Each gate's score; what was not measured counts 50 and marks the gate unverified."""
        scores = []
        for rule in GATES:
            parts = rule.parts(evidence)
            told = [
                report_pb2.GatePart(
                    name=part.name,
                    weight=part.weight,
                    score=UNMEASURED_SCORE if part.score is None else clamp(part.score),
                    measured=part.score is not None,
                    evidence=part.evidence,
                )
                for part in parts
            ]
            scores.append(
                report_pb2.GateScore(
                    gate=rule.gate,
                    score=clamp(rule.combine([(part.weight, part.score) for part in told])),
                    least=rule.least,
                    weight=rule.weight,
                    unverified=any(not part.measured for part in told),
                    parts=told,
                )
            )
        return scores

    def report(self, evidence: Evidence, run_id: str, revision: str) -> report_pb2.QualityReport:
        """The report, all but its time."""
        gates, factor = self.gates(evidence), proof_factor(evidence)
        caps = self._caps(evidence, gates)
        return report_pb2.QualityReport(
            run_id=run_id,
            contract_revision=revision,
            overall=_capped(10 * factor * geometric_mean([(gate.weight, gate.score) for gate in gates]) / 100, caps),
            potential=self._potential(evidence, gates),
            target=self._target,
            proof=self._proof,
            gates=gates,
            caps=caps,
            proof_factor=factor,
            checks=evidence.checks,
            shows=evidence.shows,
            findings=sorted(evidence.findings, key=lambda f: (-f.severity, f.path, f.range.start_line, f.rule)),
            measurements=evidence.measurements,
            deviations=evidence.deviations,
        )

    def _caps(self, evidence: Evidence, gates: Iterable[report_pb2.GateScore]) -> list[report_pb2.Cap]:
        caps = []
        for gate in gates:
            name = finding_pb2.Gate.Name(gate.gate).removeprefix("GATE_").lower()
            if gate.score < gate.least:
                caps.append(report_pb2.Cap(at=CAP_GATE, reason=f"{name} is {gate.score:.0f}, below {gate.least:.0f}"))
            elif gate.unverified:
                caps.append(report_pb2.Cap(at=CAP_GATE, reason=f"{name} was not measured in full"))
        caps += [report_pb2.Cap(at=CAP_CRITICAL, reason=reason) for reason in _critical_reasons(evidence)]
        share = delivered_share(evidence)
        if share is not None and share < 1:
            missing = f"{share:.0%} of the requested features passed every line of what they show"
            caps.append(report_pb2.Cap(at=10 * share, reason=missing))
        return caps

    def _potential(self, evidence: Evidence, gates: Sequence[report_pb2.GateScore]) -> float:
        """The same score over what was measured, with full proof; 0 where nothing was."""
        rules = {rule.gate: rule for rule in GATES}
        measured = []
        for gate in gates:
            parts = [(part.weight, part.score) for part in gate.parts if part.measured]
            if parts:
                score = clamp(rules[gate.gate].combine(parts))
                measured.append(report_pb2.GateScore(gate=gate.gate, score=score, least=gate.least, weight=gate.weight))
        raw = 10 * geometric_mean([(gate.weight, gate.score) for gate in measured]) / 100
        return _capped(raw, self._caps(evidence, measured))


def _capped(score: float, caps: Iterable[report_pb2.Cap]) -> float:
    return round(min([score, *(cap.at for cap in caps)]), 2)
