"""Fixtures of the command's tests."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from local_support import Generated, Home  # type: ignore[import-not-found]  # on sys.path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A user who never called the command."""
    return Home(tmp_path)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """A small application, generated once for all tests that read it."""
    home = Home(tmp_path_factory.mktemp("generated"))
    done = home.run("generate", home.request("small"), "--json")
    assert done.returncode in {0, 1}, done.stderr
    answer = json.loads(done.stdout)
    return Generated(home, Path(answer["output_path"]), answer["run_id"], answer)
