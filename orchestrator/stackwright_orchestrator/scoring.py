"""The quality of a project, from what was executed and nothing else: score, factor, caps, potential. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stackwright.code.v1 import finding_pb2, measurement_pb2, report_pb2
from stackwright_orchestrator.gates import (
    CRITICAL,
    GATES,
    PASSED,
    UNMEASURED_SCORE,
    UNVERIFIED,
    Evidence,
    all_passed,
    clamp,
    features_by_proof,
    geometric_mean,
)

CAP_GATE, CAP_CRITICAL = 7.9, 5.9


def proof_factor(evidence: Evidence) -> float:
    """1.0 installed, migrated, booted, tested; 0.9 booted but a suite could not run; 0.7 built only; 0.5 static."""
    booted = all_passed(evidence.states("boot")) == 100.0
    installed = all_passed(evidence.states("install")) == 100.0
    migrated = all_passed(evidence.states("migrate")) == 100.0
    suites = evidence.states("tests.backend"), evidence.states("tests.frontend"), evidence.states("behaviour")
    tested = all(UNVERIFIED not in states for states in suites) and bool(suites[0]) and bool(suites[2])
    if installed and migrated and booted and tested:
        return 1.0
    if booted:
        return 0.9
    return 0.7 if installed and all_passed(evidence.states("build")) == 100.0 else 0.5


def delivered_share(evidence: Evidence) -> float | None:
    """Share of the requested features whose every line passed; None where no line was tried."""
    proven = features_by_proof(evidence.shows)
    if not evidence.requested or all(state == UNVERIFIED for state in proven.values()):
        return None
    return sum(proven.get(key) == PASSED for key in evidence.requested) / len(evidence.requested)


def _critical_reasons(evidence: Evidence) -> list[str]:
    critical = [found for found in evidence.findings if found.severity == CRITICAL]
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
            findings=_ordered(evidence.findings),
            measurements=evidence.measurements,
            deviations=evidence.deviations,
            evidence=[file.info for file in evidence.files],
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


def _ordered(findings: Iterable[finding_pb2.Finding]) -> list[finding_pb2.Finding]:
    """The worst first, then by place."""
    ordered = list(findings)
    ordered.sort(key=lambda found: (-found.severity, found.path, found.range.start_line, found.rule))
    return ordered


def _capped(score: float, caps: Iterable[report_pb2.Cap]) -> float:
    return round(min([score, *(cap.at for cap in caps)]), 2)
