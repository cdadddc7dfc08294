"""Installs a half offline: its declared packages, and what these need, are linked from the shared toolchain."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_DECLARED = ("dependencies", "devDependencies", "optionalDependencies")


@dataclass(frozen=True)
class LockEntry:
    """A package of a lock file, with the names of what it needs."""

    version: str
    integrity: str
    needs: tuple[str, ...]
    optional: bool


@dataclass
class Installation:
    """What came of it: packages linked, and one sentence for each that cannot be installed."""

    packages: int = 0
    problems: list[str] = field(default_factory=list)


class Toolchain:
    """The shared `node_modules` and the lock file it was made from."""

    def __init__(self, folder: Path) -> None:
        self.modules = folder / "node_modules"
        self._lock = read_lock(folder / "package-lock.json")

    def install(self, half: Path) -> Installation:
        """Links exactly what `package.json` in `half` declares and what that needs, so nothing else is found.

        Each declared version must be the toolchain's, and each entry of the half's own lock file one of its.
        """
        done = Installation()
        declared = _declared(half / "package.json", done)
        for name, version in declared.items():
            entry = self._lock.get(f"node_modules/{name}")
            if entry is None:
                done.problems.append(f"{name}: declared, but not in the toolchain")
            elif entry.version != version:
                done.problems.append(f"{name}: {version} is declared, the toolchain has {entry.version}")
        self._compare_lock(half / "package-lock.json", declared, done)
        if not done.problems:
            closure = self._closure(declared)
            done.packages = len(closure)
            self._link(half / "node_modules", closure)
        return done

    def _closure(self, declared: Mapping[str, str]) -> set[str]:
        """Top-level packages of an installation of `declared`. Nested ones lie inside their parents' folders."""
        found: set[str] = set()
        waiting = [f"node_modules/{name}" for name in declared]
        seen: set[str] = set()
        while waiting:
            path = waiting.pop()
            if path in seen or path not in self._lock:
                continue
            seen.add(path)
            if path.count("node_modules/") == 1:
                found.add(path.removeprefix("node_modules/"))
            for name in self._lock[path].needs:
                nested = f"{path}/node_modules/{name}"
                waiting.append(nested if nested in self._lock else f"node_modules/{name}")
        return {name for name in found if (self.modules / name).is_dir()}

    def _link(self, target: Path, names: set[str]) -> None:
        for name in sorted(names):
            link = target / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(self.modules / name)
        (target / ".bin").mkdir(parents=True, exist_ok=True)
        for tool in (self.modules / ".bin").iterdir():
            package = (
                Path(os.path.normpath(tool.parent / tool.readlink())).relative_to(self.modules).parts
                if tool.is_symlink()
                else ()
            )
            owner = "/".join(package[:2]) if package and package[0].startswith("@") else "".join(package[:1])
            if owner in names:
                (target / ".bin" / tool.name).symlink_to(tool)

    def _compare_lock(self, file: Path, declared: Mapping[str, str], done: Installation) -> None:
        if not file.is_file():
            return
        lock = read_lock(file)
        done.problems.extend(
            f"{name}: declared, but not in {file.name}" for name in declared if f"node_modules/{name}" not in lock
        )
        for path, entry in lock.items():
            known = self._lock.get(path)
            if known is None:
                done.problems.append(f"{path}: in {file.name}, but not in the toolchain")
            elif (known.version, known.integrity) != (entry.version, entry.integrity):
                done.problems.append(f"{path}: {file.name} has {entry.version}, the toolchain {known.version}")


def read_lock(file: Path) -> dict[str, LockEntry]:
    """The packages of an npm lock file by their paths; empty when it cannot be read."""
    try:
        packages = json.loads(file.read_text("utf-8")).get("packages", {})
    except (OSError, ValueError, AttributeError):
        return {}
    return {
        path: LockEntry(
            version=str(entry.get("version", "")),
            integrity=str(entry.get("integrity", "")),
            needs=(
                *entry.get("dependencies", {}),
                *entry.get("optionalDependencies", {}),
                *entry.get("peerDependencies", {}),
            ),
            optional=bool(entry.get("optional")),
        )
        for path, entry in packages.items()
        if path
    }


def _declared(manifest: Path, done: Installation) -> dict[str, str]:
    try:
        parsed = json.loads(manifest.read_text("utf-8"))
        return {name: str(version) for key in _DECLARED for name, version in parsed.get(key, {}).items()}
    except (OSError, ValueError, AttributeError) as error:
        done.problems.append(f"{manifest.name} cannot be read: {error}")
        return {}
