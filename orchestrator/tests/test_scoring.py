"""The score, by hand: each number below was worked out from the table of the design, not from the code."""

from __future__ import annotations

import pytest

from stackwright.code.v1 import finding_pb2 as finding
from stackwright.code.v1 import measurement_pb2 as measurement
from stackwright.code.v1 import report_pb2
from stackwright_orchestrator.gates import Evidence, all_or_nothing, geometric_mean, lowest, penalty, weighted_mean
from stackwright_orchestrator.refinement import Cycle, IterativeRefiner
from stackwright_orchestrator.scoring import QualityCoordinator, delivered_share, proof_factor

PASSED, FAILED, UNVERIFIED = (
    measurement.CHECK_STATE_PASSED,
    measurement.CHECK_STATE_FAILED,
    measurement.CHECK_STATE_UNVERIFIED,
)
STATIC = (
    "syntax.parse", "types.backend", "names.frontend", "imports", "placeholders", "lint", "structure",
    "sql.parse", "sql.apply", "secrets", "patterns", "routes.guarded", "hardening",
)  # fmt: skip
RUN = (
    "install.backend",
    "install.frontend",
    "migrate",
    "boot",
    "tests.backend",
    "tests.frontend",
    "behaviour",
    "readme.x",
)
PERFECT = {
    "attack.repelled": 1.0, "layering.edges": 300.0, "layering.violations": 0.0, "cycles": 0.0,
    "duplication.ratio": 0.0, "load.p95": 90.0, "database.foreign_keys": 10.0,
    "database.foreign_keys.unindexed": 0.0, "queries.per_request": 2.0,
    "pages.within_budget": 1.0, "coverage.branches": 0.85, "lines.code": 5000.0, "security.lines": 5000.0,
}  # fmt: skip


def checks(*names: str, state: measurement.CheckState = PASSED) -> list[measurement.Check]:
    return [measurement.Check(name=name, state=state) for name in names]


def measured(**changes: float | None) -> list[measurement.Measurement]:
    values = {**PERFECT, **{name.replace("__", "."): value for name, value in changes.items()}}
    return [measurement.Measurement(name=n, value=v, unit="ratio") for n, v in values.items() if v is not None]


def found(severity: finding.Severity, gate: finding.Gate, path: str = "") -> finding.Finding:
    return finding.Finding(severity=severity, gate=gate, tool="t", rule="r", path=path)


def shows(**states: measurement.CheckState) -> list[measurement.ShowResult]:
    return [measurement.ShowResult(feature=feature, line=1, state=state) for feature, state in states.items()]


def evidence(**changes: object) -> Evidence:
    base: dict[str, object] = {
        "checks": checks(*STATIC, *RUN),
        "measurements": measured(),
        "shows": shows(a=PASSED, b=PASSED),
        "requested": ["a", "b"],
        "compared": 100,
    }
    return Evidence(**{**base, **changes})  # type: ignore[arg-type]


def report(**changes: object) -> report_pb2.QualityReport:
    return QualityCoordinator(8.0, measurement.PROOF_LEVEL_FULL).report(evidence(**changes), "r1", "rev")


def gate(of: report_pb2.QualityReport, which: finding.Gate) -> report_pb2.GateScore:
    return next(score for score in of.gates if score.gate == which)


def test_means() -> None:
    assert weighted_mean([(0.4, 100), (0.6, 50)]) == pytest.approx(70)
    assert geometric_mean([(0.5, 100), (0.5, 25)]) == pytest.approx(50)
    assert geometric_mean([(0.1, 0), (0.9, 100)]) == 0
    assert geometric_mean([]) == 0
    assert lowest([(0.5, 80), (0.5, 30)]) == 30
    assert all_or_nothing([(0.5, 100), (0.5, 50)]) == 75
    assert all_or_nothing([(0.0, 0), (1, 100)]) == 0


def test_everything_proven_is_ten() -> None:
    told = report()
    assert (told.overall, told.potential, told.proof_factor) == (10.0, 10.0, 1.0)
    assert not told.caps
    assert [(score.weight, score.least) for score in told.gates] == [
        (0.10, 100), (0.30, 90), (0.25, 85), (0.15, 80), (0.20, 85),
    ]  # fmt: skip
    assert not any(score.unverified for score in told.gates)


def test_penalty_counts_lines_with_a_floor_of_a_thousand() -> None:
    three = [
        found(finding.SEVERITY_HIGH, finding.GATE_SECURITY),
        *[found(finding.SEVERITY_MEDIUM, finding.GATE_SECURITY)] * 2,
    ]
    assert penalty(three, 200) == 100 - 15 - 8
    assert penalty(three, 4000) == 100 - 15 - 2
    assert penalty([found(finding.SEVERITY_LOW, finding.GATE_SECURITY)], 10) == 99
    assert penalty([found(finding.SEVERITY_CRITICAL, finding.GATE_SECURITY)] * 3, 10) == 0


def test_one_syntax_finding_is_nothing_left() -> None:
    told = report(findings=[found(finding.SEVERITY_HIGH, finding.GATE_SYNTAX)])
    assert gate(told, finding.GATE_SYNTAX).score == 0
    assert told.overall == 0
    failed = report(checks=checks(*STATIC[1:], *RUN) + checks("syntax.parse", state=FAILED))
    assert gate(failed, finding.GATE_SYNTAX).score == 0


def test_what_was_not_measured_counts_fifty_and_is_unverified() -> None:
    told = report(measurements=measured(load__p95=None, pages__within_budget=None))
    performance = gate(told, finding.GATE_PERFORMANCE)
    assert performance.unverified
    assert performance.score == pytest.approx(0.5 * 50 + 0.2 * 100 + 0.3 * 50)
    assert told.overall == 7.9, "capped, as the rest would give more"
    assert [cap.at for cap in told.caps] == [7.9]
    assert told.potential == 10.0
    nothing = Evidence()
    told = QualityCoordinator(8.0, measurement.PROOF_LEVEL_NONE).report(nothing, "r", "v")
    assert told.potential == 0
    assert told.overall == pytest.approx(2.5, abs=0.01), "half of half"


def test_operations_that_break_under_fuzz_count_as_deviations() -> None:
    told = report(measurements=measured(fuzz__operations=25, fuzz__operations__broken=5))
    assert gate(told, finding.GATE_ARCHITECTURE).parts[0].score == pytest.approx(100 * (1 - 5 / 125))
    broke_off = report(checks=checks(*STATIC, *RUN) + checks("fuzz", state=UNVERIFIED))
    assert gate(broke_off, finding.GATE_ARCHITECTURE).unverified


def test_an_unverified_check_is_never_passed() -> None:
    told = report(checks=checks(*STATIC[1:], *RUN) + checks("syntax.parse", state=UNVERIFIED))
    syntax = gate(told, finding.GATE_SYNTAX)
    assert (syntax.score, syntax.unverified) == (75, True)


def test_security_is_the_lower_of_static_and_dynamic() -> None:
    assert gate(report(measurements=measured(attack__repelled=0.6)), finding.GATE_SECURITY).score == 60
    high = [found(finding.SEVERITY_HIGH, finding.GATE_SECURITY)] * 2
    assert gate(report(findings=high), finding.GATE_SECURITY).score == 70


def test_architecture_by_its_parts() -> None:
    told = report(
        deviations=[report_pb2.ContractDeviation(kind="endpoint")] * 10,
        shows=shows(a=PASSED, b=FAILED),
        measurements=measured(layering__violations=3.0, cycles=1.0, duplication__ratio=0.2),
    )
    expected = 0.4 * 90 + 0.3 * 50 + 0.2 * (100 - 10 - 10) + 0.1 * 0
    assert gate(told, finding.GATE_ARCHITECTURE).score == pytest.approx(expected)


def test_performance_and_maintainability_by_their_parts() -> None:
    told = report(measurements=measured(load__p95=400.0, database__foreign_keys__unindexed=5.0, coverage__branches=0.4))
    assert gate(told, finding.GATE_PERFORMANCE).score == pytest.approx(0.5 * 50 + 0.2 * 50 + 0.3 * 100)
    assert gate(told, finding.GATE_MAINTAINABILITY).score == pytest.approx(0.4 * 50 + 0.4 * 100 + 0.2 * 100)


def test_the_whole_by_hand() -> None:
    told = report(
        measurements=measured(attack__repelled=0.95, load__p95=250.0, coverage__branches=0.72, duplication__ratio=0.054)
    )
    performance = 0.5 * 80 + 0.2 * 100 + 0.3 * 100
    maintainability = 0.4 * 90 + 0.4 * 100 + 0.2 * 100
    architecture = 0.4 * 100 + 0.3 * 100 + 0.2 * 100 + 0.1 * (0.2 - 0.054) / 0.17 * 100
    whole = 100**0.10 * 95**0.30 * architecture**0.25 * performance**0.15 * maintainability**0.20
    assert told.overall == pytest.approx(whole / 10, abs=0.006)
    assert not told.caps


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"findings": [found(finding.SEVERITY_CRITICAL, finding.GATE_PERFORMANCE, path="a.ts")]},
            "critical finding r in a.ts",
        ),
        ({"measurements": [*measured(), measurement.Measurement(name="attack.succeeded", value=1)]}, "attack"),
        ({"measurements": [*measured(), measurement.Measurement(name="routes.unguarded", value=2)]}, "unguarded"),
    ],
)
def test_what_caps_at_five_point_nine(changes: dict[str, object], reason: str) -> None:
    told = report(**changes)
    assert told.overall == 5.9
    assert told.potential == 5.9
    assert any(reason in cap.reason for cap in told.caps)


def test_a_gate_below_its_least_caps_at_seven_point_nine() -> None:
    told = report(measurements=measured(coverage__branches=0.45))
    assert gate(told, finding.GATE_MAINTAINABILITY).score < 85
    assert told.overall == 7.9
    assert "maintainability is 82, below 85" in [cap.reason for cap in told.caps]


def test_features_that_were_asked_for_and_not_delivered_cap_the_score() -> None:
    told = report(requested=["a", "b", "c", "d"])
    assert told.overall == 5.0
    assert delivered_share(evidence(requested=["a", "b", "c"])) == pytest.approx(2 / 3)
    assert delivered_share(evidence(shows=shows(a=PASSED, b=UNVERIFIED))) == 0.5
    assert delivered_share(evidence(shows=[])) is None, "nothing was tried, so nothing is said"


def test_the_proof_factor() -> None:
    assert proof_factor(evidence()) == 1.0
    assert proof_factor(evidence(checks=checks(*STATIC))) == 0.5
    booted = ("install.backend", "migrate", "boot")
    assert proof_factor(evidence(checks=checks(*booted, "tests.backend"))) == 0.9
    assert (
        proof_factor(evidence(checks=checks(*booted, "tests.backend") + checks("behaviour", state=UNVERIFIED))) == 0.9
    )
    assert proof_factor(evidence(checks=checks(*booted, "behaviour") + checks("tests.backend", state=FAILED))) == 1.0
    unbooted = checks("install.backend", "migrate", "build.frontend")
    assert proof_factor(evidence(checks=[*unbooted, *checks("boot", state=FAILED)])) == 0.7
    assert proof_factor(evidence(checks=checks("install.backend", state=FAILED))) == 0.5


def test_counts_of_several_validators_are_added_and_ratios_are_not() -> None:
    several = [
        measurement.Measurement(name="lines.code", value=100, unit="lines"),
        measurement.Measurement(name="lines.code", value=50, unit="lines"),
        measurement.Measurement(name="duplication.ratio", value=0.1, unit="ratio"),
    ]
    assert evidence(measurements=several).values == {"lines.code": 150, "duplication.ratio": 0.1}


def test_refinement_stops_where_it_must() -> None:
    class Always:
        def choose(self, report: report_pb2.QualityReport) -> Cycle:
            return Cycle(report.findings)

    refiner = IterativeRefiner(max_cycles=2, refiners=[Always()])
    below = report_pb2.QualityReport(overall=5, potential=6, target=8, proof_factor=1.0)
    assert refiner.next_cycle(below, 0) is not None
    assert refiner.next_cycle(below, 2) is None, "cycles are used up"
    met = report_pb2.QualityReport(overall=3, potential=8.5, target=8, proof_factor=0.5)
    assert refiner.next_cycle(met, 0) is None, "where proof was limited the potential counts"
    assert IterativeRefiner(max_cycles=2).next_cycle(below, 0) is None, "no refiner mends anything yet"
