"""Every line of the seven features has mutants, and each is noticed by a behaviour test of that line."""

import subprocess
import sys
from pathlib import Path

import pytest
from mutant_edits import Edit, Mutant, MutantError, read_mutants  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1.file_pb2 import SourceFile

HERE = Path(__file__).parent


def test_an_edit_replaces_and_one_that_meets_nothing_is_an_error() -> None:
    files = {"backend/a.ts": SourceFile(path="backend/a.ts", content=b"one two one")}
    mutant = Mutant("f", 1, "n", (Edit("backend/*.ts", "one", "three"),))
    assert mutant.apply(files)["backend/a.ts"].content == b"three two three"
    with pytest.raises(MutantError, match="does not hold: four"):
        Mutant("f", 1, "n", (Edit("backend/*.ts", "four", "five"),)).apply(files)
    with pytest.raises(MutantError, match="is not there"):
        Mutant("f", 1, "n", (Edit("nothing.ts", "four", "five"),)).apply(files)


def test_every_line_of_a_feature_with_behaviour_tests_has_a_mutant() -> None:
    handlers = ("node_backend", "react_frontend", "postgresql_database")
    catalogue = HERE.parents[1] / "catalogue"
    declared = {mutant.target for mutant in read_mutants(catalogue, handlers)}
    counts = {"authentication": 5, "role_based_access_control": 2, "user_management": 3}
    single = ("audit_logging", "api_documentation", "health_monitoring", "structured_logging")
    wanted = {
        f"{key}:{line}" for key, count in (counts | dict.fromkeys(single, 1)).items() for line in range(1, count + 1)
    }
    assert declared == wanted


@pytest.mark.slow
def test_each_mutant_is_noticed() -> None:
    done = subprocess.run([sys.executable, HERE / "run.py"], capture_output=True, text=True, timeout=1800, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
