"""Whole applications: generated, installed, migrated, started, tested and browsed, as a user would at a terminal."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from bench.jdl_samples import SAMPLES, seven_features
from bench.suite_process import COMMAND, folders


def generate(document: dict[str, object], folder: Path, proof: str = "run") -> dict[str, object]:
    """Generate and prove; give the quality report."""
    request = folder / "request.json"
    request.write_text(json.dumps(document))
    with folders() as environment:
        argv = [*COMMAND, "generate", str(request), "--proof", proof, "--json"]
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
    assert unproven(report) == []
    assert failed == {}
    assert len(shows) == lines
    assert [(show["feature"], show["line"]) for show in shows if show["state"] != "CHECK_STATE_PASSED"] == []
    assert [item for item in findings if item["severity"] != "SEVERITY_INFO"] == []
    assert report.get("deviations", []) == []


def assert_every_law_was_tried(report: dict[str, object]) -> None:
    """What holds for rows of any kind was tried on each entity: no row was beyond what its schema tells."""
    measurements = report["measurements"]
    assert isinstance(measurements, list)
    found = {each["name"]: each.get("value", 0) for each in measurements if each["name"].startswith("laws.")}
    assert found["laws.tried"] >= 9
    assert found["laws.untried"] == 0


@pytest.mark.timeout(900)
def test_the_seven_features_are_proven_in_javascript(tmp_path: Path) -> None:
    assert_proven(generate(seven_features("JavaScript"), tmp_path), lines=14)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_seven_features_are_proven_in_typescript(tmp_path: Path) -> None:
    assert_proven(generate(seven_features("TypeScript"), tmp_path), lines=14)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("language", ["TypeScript", "JavaScript"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_model_of_the_users_own_is_proven(sample: Path, language: str, tmp_path: Path) -> None:
    report = generate(seven_features(language, sample), tmp_path)
    # A model with pictures brings uploads, which have three lines of their own.
    files = 3 if re.search(r"\b(Image|Any)?Blob\b", sample.read_text()) else 0
    assert_proven(report, lines=14 + files)
    assert_every_law_was_tried(report)


@pytest.mark.timeout(300)
def test_a_small_model_of_the_users_own_passes_every_check_of_its_text(tmp_path: Path) -> None:
    document = seven_features("JavaScript", next(sample for sample in SAMPLES if sample.stem == "diary"))
    report = generate(document, tmp_path, proof="static")
    checks = report["checks"]
    assert isinstance(checks, list)
    found = {check["name"]: check["state"] for check in checks}
    assert len(found) > 10
    assert [name for name, state in found.items() if state == "CHECK_STATE_FAILED"] == []
    assert found["structure"] == "CHECK_STATE_PASSED"
