"""Folders of proofs: those of a killed validator are swept, those in use and those just made are not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from stackwright_runtime_validator.scratch import proof_folder, sweep

HOLDER = """
import tempfile, sys
tempfile.tempdir = sys.argv[1]
from stackwright_runtime_validator.scratch import proof_folder
with proof_folder() as folder:
    (folder / "start.binpb").write_bytes(b"x")
    print(folder, flush=True)
    sys.stdin.read()
"""


def aged(folder: Path) -> None:
    os.utime(folder, (0, 0))


def test_what_a_killed_validator_leaves_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    aged(other)
    (tmp_path / "stackwright-proof-link").symlink_to(other)
    held = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        folder = Path(holder.stdout.readline().strip())
        aged(folder)
        assert sweep() == []
        holder.kill()
        holder.wait()
    assert folder.is_dir()
    assert sweep() == [folder]
    assert not folder.exists()
    assert other.is_dir()


def test_a_folder_just_made_is_left_alone_and_goes_with_its_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    young = tmp_path / "stackwright-proof-young"
    young.mkdir()
    with proof_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o755
        assert sweep() == []
    assert list(tmp_path.iterdir()) == [young]
