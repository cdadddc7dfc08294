"""A quality report on a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from stackwright.code.v1.finding_pb2 import Gate, Severity
from stackwright.code.v1.measurement_pb2 import CHECK_STATE_FAILED, CHECK_STATE_PASSED, CHECK_STATE_UNVERIFIED
from stackwright.code.v1.report_pb2 import QualityReport
from stackwright_gateway.responses import level

MOST_FINDINGS = 12


def tell_report(console: Console, title: str, report: QualityReport) -> None:
    """Print gates, what failed or could not be proven, and the gravest findings."""
    table = Table(
        "Gate", "Score", "Least", "", title=f"\n{title}: what was proven", title_justify="left", show_edge=False
    )
    for gate in report.gates:
        state = "unverified" if gate.unverified else "met" if gate.score >= gate.least else "below"
        table.add_row(
            Gate.Name(gate.gate).removeprefix("GATE_").lower(), f"{gate.score:.0f}", f"{gate.least:.0f}", state
        )
    console.print(table)
    if report.shows:
        passed = sum(show.state == CHECK_STATE_PASSED for show in report.shows)
        console.print(f"\n{passed} of {len(report.shows)} promised behaviours were executed and passed.")
    for check in report.checks:
        if check.state == CHECK_STATE_FAILED:
            console.print(f"  [red]failed[/red] {check.name}: {escape(check.message)}", highlight=False)
        elif check.state == CHECK_STATE_UNVERIFIED:
            console.print(f"  [yellow]unverified[/yellow] {check.name}: {escape(check.message)}", highlight=False)
    gravest = sorted(report.findings, key=lambda finding: -finding.severity)
    for finding in gravest[:MOST_FINDINGS]:
        name = Severity.Name(finding.severity).removeprefix("SEVERITY_").lower()
        where = f"{finding.path}:{finding.range.start_line}" if finding.path else "project"
        console.print(f"  {name} {escape(where)} {escape(finding.message)}", highlight=False, soft_wrap=True)
    if len(gravest) > MOST_FINDINGS:
        console.print(f"  … and {len(gravest) - MOST_FINDINGS} more")
    for cap in report.caps:
        console.print(f"  at most {cap.at:.1f}: {escape(cap.reason)}", highlight=False)
    console.print(
        f"\nScore    {report.overall:.1f}/10 (proof: {level(report.proof)}, potential {report.potential:.1f})"
    )
