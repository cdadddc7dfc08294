"""The parts of a project that are packages of their own: its back end and its front end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stackwright_sdk.validation import Project
from stackwright_sdk.validation.source import SCRIPT_ENDINGS

HALVES: tuple[Literal["backend", "frontend"], ...] = ("backend", "frontend")


@dataclass(frozen=True)
class Half:
    """A folder with scripts. `packages` are its declared packages by kind, `locked` the names that its lock pins."""

    name: Literal["backend", "frontend"]
    typescript: bool
    packages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    locked: frozenset[str] | None = None
    lock_differs: tuple[str, ...] = ()

    def declared(self) -> frozenset[str]:
        """Names of all packages that are declared, whatever for."""
        return frozenset(name for group in self.packages.values() for name in group)

    def at_run_time(self) -> frozenset[str]:
        """Names of the packages that an installation for production has."""
        groups = ("dependencies", "optionalDependencies", "peerDependencies")
        return frozenset(name for group in groups for name in self.packages.get(group, {}))


def halves_of(project: Project) -> list[Half]:
    """Find the halves that hold scripts. Wrong JSON counts as nothing here: the syntax check names it."""
    found = []
    for name in HALVES:
        scripts = [file.path for file in project.matching(*SCRIPT_ENDINGS, under=name)]
        if not scripts:
            continue
        manifest = _object(project.text(f"{name}/package.json"))
        packages = {kind: _strings(manifest.get(kind)) for kind in _KINDS if kind in manifest}
        locked, differs = _lock(project, name, packages)
        typescript = any(path.endswith((".ts", ".tsx")) and not path.endswith(".d.ts") for path in scripts)
        found.append(Half(name, typescript, packages, locked, differs))
    return found


_KINDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")


def _lock(
    project: Project, half: str, packages: Mapping[str, Mapping[str, str]]
) -> tuple[frozenset[str] | None, tuple[str, ...]]:
    path = f"{half}/package-lock.json"
    if path not in project:
        return None, ()
    entries = _object(project.text(path)).get("packages")
    if not isinstance(entries, dict):
        return frozenset(), ()
    root = entries.get("")
    locked_root = root if isinstance(root, dict) else {}
    differs = tuple(
        f"{kind}.{package}"
        for kind, group in packages.items()
        for package, version in group.items()
        if _strings(locked_root.get(kind)).get(package) != version
    )
    names = (str(key).rpartition("node_modules/")[2] for key in entries if key)
    return frozenset(names), differs


def _object(text: str) -> dict[str, object]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> dict[str, str]:
    return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}
