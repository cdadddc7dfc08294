"""Progress, reports and projects, as they are printed and read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from stackwright.code.v1 import finding_pb2, measurement_pb2, report_pb2
from stackwright_gateway.answers import ApiError
from stackwright_local.progress import Progress
from stackwright_local.projects import read_project
from stackwright_local.reports import MOST_FINDINGS, tell_report


def narrow() -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=40, color_system=None), out


def test_each_step_is_one_line_however_narrow_the_terminal() -> None:
    console, out = narrow()
    with Progress(console, "My App") as progress:
        progress.show("generation_started", {"features": ["authentication", "user_management", "audit_logging"]})
        progress.show("backend_generation_progress", {"message": "never printed"})
        progress.show("backend_generation_started", {})
        progress.show("validation_completed", {"overall": 7.25, "findings": 3})
        progress.show("an_event_of_tomorrow", {})
        progress.show("run_failed", {"message": "the disk is [full]"})
    lines = [line.split(" s  ")[1] for line in out.getvalue().splitlines() if " s  " in line]
    assert lines == [
        "Resolved authentication, user_management, audit_logging",
        "Validated: 7.2/10, 3 findings",
        "Failed: the disk is [full]",
    ]


def a_report() -> report_pb2.QualityReport:
    report = report_pb2.QualityReport(overall=6.5, potential=7.5, proof=measurement_pb2.PROOF_LEVEL_STATIC)
    report.gates.add(gate=finding_pb2.GATE_SYNTAX, score=100, least=100)
    report.gates.add(gate=finding_pb2.GATE_SECURITY, score=50, least=90, unverified=True)
    report.gates.add(gate=finding_pb2.GATE_ARCHITECTURE, score=60, least=85)
    report.checks.add(name="types", state=measurement_pb2.CHECK_STATE_FAILED, message="2 files [ts] do not check")
    report.checks.add(name="boot", state=measurement_pb2.CHECK_STATE_UNVERIFIED, message="not asked for")
    report.shows.add(state=measurement_pb2.CHECK_STATE_PASSED)
    report.shows.add(state=measurement_pb2.CHECK_STATE_FAILED)
    for number in range(MOST_FINDINGS + 3):
        found = report.findings.add(severity=finding_pb2.SEVERITY_LOW, path=f"src/a{number}.ts", message="[a-z] is bad")
        found.range.start_line = number + 1
    report.findings.add(severity=finding_pb2.SEVERITY_CRITICAL, message="a secret is in it")
    report.caps.add(at=5.9, reason="a leaked secret")
    return report


def test_a_report_tells_gates_failures_and_the_gravest_first() -> None:
    console, out = narrow()
    console.width = 100
    tell_report(console, "My App", a_report())
    said = out.getvalue()
    for part in (
        "My App: what was proven",
        "1 of 2 promised behaviours were executed and passed.",
        "failed types: 2 files [ts] do not check",
        "unverified boot: not asked for",
        "critical project a secret is in it",
        "low src/a0.ts:1 [a-z] is bad",
        "… and 4 more",
        "at most 5.9: a leaked secret",
        "Score    6.5/10 (proof: static, potential 7.5)",
    ):
        assert part in said, part
    assert said.index("critical project") < said.index("low src/a0.ts")
    states = [line.split("│")[-1].strip() for line in said.splitlines() if "│" in line]
    assert states == ["met", "unverified", "below"]


def test_a_project_is_read_with_hand_edits_and_without_what_is_installed(generated: object) -> None:
    folder: Path = generated.folder  # type: ignore[attr-defined]  # of local_support
    for name in ("node_modules/x/index.js", ".data/mails/1.eml", "dist/main.js", ".git/HEAD"):
        path = folder / "backend" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not of the project")
    (folder / "backend" / "src" / "mine.js").write_text("export const mine = 1;\n")
    try:
        project = read_project(folder)
    finally:
        (folder / "backend" / "src" / "mine.js").unlink()
    paths = {file.path for file in project.files}
    assert {"backend/src/mine.js", "backend/package.json", "README.md"} <= paths
    assert not [path for path in paths if "not of" in path or "node_modules" in path or path.startswith(".stackwright")]
    assert not [file.path for file in project.files if file.content == b"not of the project"]
    assert project.contract.project.name == project.spec.project_name == "Small App"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "it has no .stackwright/contract.binpb"),
        ({"contract.binpb": b""}, "it has no .stackwright/request.json"),
        ({"contract.binpb": b"\xff", "request.json": b"{}"}, "was changed and cannot be read"),
        ({"contract.binpb": b"", "request.json": b"\xff"}, "was changed and cannot be read"),
    ],
)
def test_what_is_no_project_is_refused(tmp_path: Path, files: dict[str, bytes], said: str) -> None:
    (tmp_path / ".stackwright").mkdir()
    for name, content in files.items():
        (tmp_path / ".stackwright" / name).write_bytes(content)
    with pytest.raises(ApiError, match="DIR: ") as caught:
        read_project(tmp_path)
    assert caught.value.status == 400
    assert said in caught.value.message
