"""The command as a user starts it: the installed program, in folders of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = str(Path(sys.executable).parent / "stackwright")


@dataclass(frozen=True)
class Home:
    """Folders of one user, and the environment that names them."""

    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def environment(self) -> dict[str, str]:
        named = {"STACKWRIGHT_HOME": str(self.folder / "home"), "STACKWRIGHT_OUTPUT_ROOT": str(self.output)}
        return {**os.environ, **named, "COLUMNS": "160", "NO_COLOR": "1"}

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        argv = [PROGRAM, *map(str, words)]
        return subprocess.run(
            argv, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    def request(self, name: str, **changes: object) -> Path:
        """Write a request document: the smallest application, with some members changed."""
        document = {
            "project_name": "Small App",
            "requirements": {"authentication": True, "role_based_access_control": True},
            "technology_stack": {
                "technology_recommendations": {
                    "frontend": {"framework": "React"},
                    "backend": {"framework": "Node.js", "language": "JavaScript"},
                    "database": {"primary": "PostgreSQL"},
                }
            },
            "options": {"proof": "none"},
        } | changes
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(document))
        return path


@dataclass(frozen=True)
class Generated:
    """A project, and the run that made it."""

    home: Home
    folder: Path
    run_id: str
    answer: dict[str, object]
