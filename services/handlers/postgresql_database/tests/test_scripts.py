"""backup.sh and restore.sh, with stand-ins for the client programs, which the toolchain does not carry."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stackwright_postgresql_database.handler import blueprint_folder

SCRIPTS = blueprint_folder() / "database"
ADDRESS = "postgresql://localhost/app"


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "bin"
    folder.mkdir()
    stand_ins = {
        "pg_dump": """
            for word; do case $word in --file=*) echo dump > "${word#--file=}";; esac; done
            exit ${DUMP_STATUS:-0}""",
        "pg_restore": 'echo "$@" >> "$CALLS"',
        "psql": "echo ${TABLES:-0}",
    }
    for name, body in stand_ins.items():
        folder.joinpath(name).write_text(f"#!/bin/sh\n{body}\n")
        folder.joinpath(name).chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    return {"PATH": path, "CALLS": str(tmp_path / "calls"), "BACKUP_DIR": str(tmp_path / "kept")}


def run(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(SCRIPTS / name), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_without_a_database_both_say_what_is_missing(programs: dict[str, str]) -> None:
    for name in ("backup.sh", "restore.sh"):
        done = run(name, "x", **programs)
        assert done.returncode != 0
        assert "Set DATABASE_URL" in done.stderr


def test_a_backup_is_written_privately_and_old_ones_go(programs: dict[str, str]) -> None:
    kept = Path(programs["BACKUP_DIR"])
    kept.mkdir()
    old, recent = kept / "old.dump", kept / "recent.dump"
    for path, days in ((old, 32), (recent, 20)):
        path.write_text("x")
        os.utime(path, (path.stat().st_atime - days * 86400, path.stat().st_mtime - days * 86400))
    done = run("backup.sh", DATABASE_URL=ADDRESS, **programs)
    assert done.returncode == 0, done.stderr
    made = Path(done.stdout.strip())
    assert made.parent == kept
    assert made.stat().st_mode & 0o077 == 0
    assert sorted(kept.iterdir()) == sorted([made, recent])


def test_a_backup_that_broke_off_leaves_nothing_behind(programs: dict[str, str]) -> None:
    done = run("backup.sh", DATABASE_URL=ADDRESS, DUMP_STATUS="1", **programs)
    assert done.returncode == 1
    assert list(Path(programs["BACKUP_DIR"]).iterdir()) == []


def test_a_restore_goes_into_an_empty_database_only(programs: dict[str, str], tmp_path: Path) -> None:
    backup = tmp_path / "a.dump"
    backup.write_text("x")
    done = run("restore.sh", str(backup), DATABASE_URL=ADDRESS, TABLES="7", **programs)
    assert done.returncode == 1
    assert "has 7 tables already" in done.stderr
    done = run("restore.sh", str(backup), DATABASE_URL=ADDRESS, **programs)
    assert done.returncode == 0, done.stderr
    assert "--single-transaction" in Path(programs["CALLS"]).read_text()
    done = run("restore.sh", str(tmp_path / "none"), DATABASE_URL=ADDRESS, **programs)
    assert "no readable file" in done.stderr
