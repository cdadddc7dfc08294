"""Draw the contract of the trial up again: `python -m tests.redraw` in this handler's folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from .test_trial import CONTRACT, HERE

CATALOGUE = HERE.parents[3] / "catalogue"
TRIAL = HERE / "trial"


def main() -> None:
    """Merge the trial into a copy of the catalogue, and let the registry draw it up."""
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder) / "catalogue"
        shutil.copytree(CATALOGUE, merged, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(TRIAL / "work", merged / "work", dirs_exist_ok=True)
        index = yaml.safe_load((merged / "index.yaml").read_text())
        index["work"] += yaml.safe_load((TRIAL / "index.yaml").read_text())["work"]
        (merged / "index.yaml").write_text(yaml.safe_dump(index, sort_keys=False, allow_unicode=True))
        draft = [sys.executable, "-m", "stackwright_registry.draft", "--catalogue", str(merged)]
        features = ["--features", "trial,api_documentation"]
        subprocess.run([*draft, *features, "--out", str(CONTRACT)], check=True)


if __name__ == "__main__":
    main()
