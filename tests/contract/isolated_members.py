"""The services of the workspace, and for each an environment that holds its own dependencies alone."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".setup" / "isolated"
HOUR = 3600
LIBRARIES = {"protos", "services/kit", "services/sdk", "services/local"}
"""Members that no process is made of."""


@dataclass(frozen=True)
class Member:
    """A folder of the workspace. `needs` are the members that it depends on, directly or not."""

    folder: str
    distribution: str
    needs: tuple[str, ...]

    @property
    def package(self) -> str:
        """Its Python package."""
        return self.distribution.replace("-", "_")


def members() -> dict[str, Member]:
    """All members, by folder, as the workspace lists them."""
    folders = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]["members"]
    projects = {folder: tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"] for folder in folders}
    folder_of = {project["name"]: folder for folder, project in projects.items()}

    def needs(folder: str) -> set[str]:
        names = (re.split(r"[^\w.-]", wanted)[0] for wanted in projects[folder]["dependencies"])
        direct = {folder_of[name] for name in names if name in folder_of}
        return direct.union(*(needs(other) for other in direct))

    return {
        folder: Member(folder, project["name"], tuple(sorted(needs(folder)))) for folder, project in projects.items()
    }


def services() -> list[Member]:
    """Members that are processes of their own."""
    return [member for member in members().values() if member.folder not in LIBRARIES]


def environment(member: Member) -> Path:
    """The Python of an environment with this member alone, made when its sources or the lock are not what they were."""
    target = CACHE / f"{member.package}-{_digest(member)}"
    complete = target / ".complete"
    CACHE.mkdir(parents=True, exist_ok=True)
    # Two runs of the tests at once make it once.
    with (CACHE / f"{member.package}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists():
            _make(member, target)
        _forget_old(member)
        complete.touch()
    return target / "bin" / "python"


def _make(member: Member, target: Path) -> None:
    """Install a member, and those it needs, as wheels from a copy of what git has, as in a fresh clone.

    In place, a wheel would take up linked node_modules, and uv would give a wheel that it built there before.
    """
    with tempfile.TemporaryDirectory(prefix="sources-") as folder:
        copy = Path(folder)
        for name in _files(
            "pyproject.toml", "requirements.lock", "scripts/isolated", "protos", "services", "orchestrator"
        ):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
        for made_by_setup in (".venv", ".setup"):
            (copy / made_by_setup).symlink_to(ROOT / made_by_setup)
        done = subprocess.run(
            [copy / "scripts" / "isolated", member.folder, target],
            env=os.environ | {"UV_NO_EDITABLE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr


def _forget_old(member: Member) -> None:
    """Remove environments of earlier sources, but for those that another run of the tests may still use."""
    current = f"{member.package}-{_digest(member)}"
    for folder in CACHE.glob(f"{member.package}-*/"):
        complete = folder / ".complete"
        used = complete.stat().st_mtime if complete.exists() else 0
        if folder.name != current and time.time() - used > HOUR:
            shutil.rmtree(folder)


def _digest(member: Member) -> str:
    """What an environment is made from: files of the member and of those it needs, the lock, and how it is made."""
    digest = hashlib.sha256()
    for name in _files("requirements.lock", "scripts/isolated", member.folder, *member.needs):
        if not name.startswith(tuple(f"{folder}/tests/" for folder in (member.folder, *member.needs))):
            digest.update(f"{name}\0{hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def _files(*paths: str) -> list[str]:
    """Files that git has, or would take, below some paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(name for name in set(listed.stdout.split("\0")) if name and (ROOT / name).is_file())
