"""Whole applications: generated, installed, migrated, started, tested and browsed, as a user would at a terminal."""

import json
import subprocess
from pathlib import Path

import pytest

from bench.suite_process import COMMAND, ROOT, folders

SEVEN = json.loads((ROOT / "examples" / "seven-features.json").read_text())


def generate(document: dict[str, object], folder: Path) -> dict[str, object]:
    """Generate with the running proof; give the quality report."""
    request = folder / "request.json"
    request.write_text(json.dumps(document))
    with folders() as environment:
        argv = [*COMMAND, "generate", str(request), "--proof", "run", "--json"]
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 1}, done.stderr[-3000:]
        answer = json.loads(done.stdout)
        assert answer["success"], answer
        project = Path(answer["output_path"])
        report: dict[str, object] = json.loads((project / ".stackwright" / "quality-report.json").read_text())
    return report


def unproven(report: dict[str, object]) -> list[str]:
    """Behaviours that did not hold, with what was expected and what came."""
    shows = report["shows"]
    assert isinstance(shows, list)
    return [
        f"{show['feature']}:{show['line']} {behaviour['name']}: {behaviour.get('message', '')}"
        for show in shows
        for behaviour in show.get("behaviours", [])
        if behaviour["state"] != "CHECK_STATE_PASSED"
    ]


def assert_proven(report: dict[str, object], lines: int) -> None:
    checks = report["checks"]
    shows = report["shows"]
    findings = report.get("findings", [])
    assert isinstance(checks, list)
    assert isinstance(shows, list)
    assert isinstance(findings, list)
    failed = {check["name"]: check.get("message") for check in checks if check["state"] == "CHECK_STATE_FAILED"}
    # Fails at the least remark about length or likeness; graver ones are looked for below.
    failed.pop("structure", None)
    assert unproven(report) == []
    assert failed == {}
    assert len(shows) == lines
    assert [(show["feature"], show["line"]) for show in shows if show["state"] != "CHECK_STATE_PASSED"] == []
    assert [item for item in findings if item["severity"] not in {"SEVERITY_INFO", "SEVERITY_LOW"}] == []
    assert report.get("deviations", []) == []


@pytest.mark.timeout(900)
def test_the_seven_features_are_proven_in_javascript(tmp_path: Path) -> None:
    assert_proven(generate(SEVEN, tmp_path), lines=14)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_seven_features_are_proven_in_typescript(tmp_path: Path) -> None:
    document = json.loads(json.dumps(SEVEN))
    document["technology_stack"]["technology_recommendations"]["backend"]["language"] = "TypeScript"
    assert_proven(generate(document, tmp_path), lines=14)
