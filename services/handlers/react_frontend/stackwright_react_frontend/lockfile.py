"""`package-lock.json`: cut from the toolchain's lock, so that what is delivered is what was proven."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypedDict, cast


class Entry(TypedDict, total=False):
    """One package of a lock file of version 3, as far as it is looked at here."""

    version: str
    dev: bool
    optional: bool
    dependencies: dict[str, str]
    optionalDependencies: dict[str, str]
    peerDependencies: dict[str, str]
    peerDependenciesMeta: dict[str, dict[str, bool]]


class Manifest(TypedDict):
    """What a lock file needs to know of a `package.json`."""

    name: str
    version: str
    engines: dict[str, str]
    dependencies: dict[str, str]
    devDependencies: dict[str, str]


# Decided again for each application: a package that the toolchain needs for development may be needed to run here.
_DECIDED_HERE = ("dev", "optional", "peer", "devOptional")


def cut(toolchain: Path, manifest: Manifest) -> dict[str, object]:
    """The part of the toolchain's lock that `manifest` needs; raises ValueError for a version that it lacks."""
    packages = cast(dict[str, Entry], json.loads((toolchain / "package-lock.json").read_text())["packages"])
    wanted = {**manifest["dependencies"], **manifest["devDependencies"]}
    for name, version in wanted.items():
        locked = packages.get(f"node_modules/{name}", Entry()).get("version")
        if locked != version:
            raise ValueError(f"package.json wants {name} {version}, but the toolchain has {locked or 'none'}")
    run = _closure(packages, manifest["dependencies"])
    root = {key: manifest[key] for key in ("name", "version", "dependencies", "devDependencies", "engines")}
    cut_packages: dict[str, object] = {"": root}
    for path in sorted(_closure(packages, wanted)):
        entry = {key: value for key, value in packages[path].items() if key not in _DECIDED_HERE}
        if path not in run:
            entry["dev"] = True
        if packages[path].get("optional"):
            entry["optional"] = True
        cut_packages[path] = entry
    head = {"name": manifest["name"], "version": manifest["version"], "lockfileVersion": 3, "requires": True}
    return {**head, "packages": cut_packages}


def _closure(packages: Mapping[str, Entry], names: Iterable[str]) -> set[str]:
    """Paths of the packages and of all that they need."""
    waiting = [f"node_modules/{name}" for name in names]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        entry = packages[path]
        spared = {name for name, meta in entry.get("peerDependenciesMeta", {}).items() if meta.get("optional")}
        needed = {
            **entry.get("dependencies", {}),
            **entry.get("optionalDependencies", {}),
            **{name: at for name, at in entry.get("peerDependencies", {}).items() if name not in spared},
        }
        waiting += [place for name in needed if (place := _place(packages, path, name))]
    return found


def _place(packages: Mapping[str, Entry], path: str, name: str) -> str:
    """Where the package at `path` finds `name`, from its own folder outwards; nothing for one that is not installed."""
    folder = path
    while folder:
        if (candidate := f"{folder}/node_modules/{name}") in packages:
            return candidate
        folder = folder.rpartition("/node_modules/")[0]
    return f"node_modules/{name}" if f"node_modules/{name}" in packages else ""
