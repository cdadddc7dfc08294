"""A package-lock.json cut from a larger one: the same versions and digests of what is declared and what that needs."""

from collections.abc import Iterable, Mapping
from typing import TypedDict


class LockEntry(TypedDict, total=False):
    """One package of an npm lock file of version 3."""

    name: str
    version: str
    integrity: str
    license: str
    dev: bool
    optional: bool
    peer: bool
    devOptional: bool
    dependencies: dict[str, str]
    devDependencies: dict[str, str]
    optionalDependencies: dict[str, str]
    peerDependencies: dict[str, str]
    peerDependenciesMeta: dict[str, dict[str, bool]]
    bin: dict[str, str]
    engines: dict[str, str]
    os: list[str]
    cpu: list[str]


class LockFile(TypedDict, total=False):
    """An npm lock file of version 3."""

    name: str
    version: str
    lockfileVersion: int
    requires: bool
    packages: dict[str, LockEntry]


_FLAGS = ("dev", "optional", "peer", "devOptional")


def cut(
    whole: LockFile,
    *,
    name: str,
    version: str,
    dependencies: Mapping[str, str],
    dev: Mapping[str, str],
    optional: Mapping[str, str],
    engines: Mapping[str, str],
) -> LockFile:
    """The part of `whole` that an installation of these needs. Raises ValueError for a package or version it lacks."""
    packages = whole["packages"]
    for package, wanted in {**dependencies, **dev, **optional}.items():
        found = packages.get(f"node_modules/{package}")
        if found is None or found["version"] != wanted:
            raise ValueError(f"{package} {wanted} is not in the lock file")
    needed = closure(packages, [*dependencies])
    with_optional = closure(packages, [*dependencies, *optional])
    everything = closure(packages, [*dependencies, *optional, *dev])
    root: LockEntry = {"name": name, "version": version, "dependencies": dict(dependencies)}
    if dev:
        root["devDependencies"] = dict(dev)
    root["engines"] = dict(engines)
    if optional:
        root["optionalDependencies"] = dict(optional)
    cut_packages: dict[str, LockEntry] = {"": root}
    for path in sorted(everything):
        entry = LockEntry(**{key: value for key, value in packages[path].items() if key not in _FLAGS})  # type: ignore[typeddict-item]
        if path not in with_optional:
            entry["dev"] = True
        elif path not in needed:
            entry["optional"] = True
        if packages[path].get("optional") and path in everything - needed:
            entry["optional"] = True
        cut_packages[path] = entry
    return {"name": name, "version": version, "lockfileVersion": 3, "requires": True, "packages": cut_packages}


def closure(packages: Mapping[str, LockEntry], names: Iterable[str]) -> set[str]:
    """Paths of the packages `names` and of all that they need, found as Node finds them: inner folders first."""
    waiting = [f"node_modules/{name}" for name in names]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in found or path not in packages:
            continue
        found.add(path)
        entry = packages[path]
        optional_peers = {name for name, meta in entry.get("peerDependenciesMeta", {}).items() if meta.get("optional")}
        needs = [
            *entry.get("dependencies", {}),
            *entry.get("optionalDependencies", {}),
            *(name for name in entry.get("peerDependencies", {}) if name not in optional_peers),
        ]
        waiting += [place for name in needs if (place := _place(packages, path, name))]
    return found


def _place(packages: Mapping[str, LockEntry], path: str, name: str) -> str:
    """Where a package that stands at `path` finds `name`; empty when it is not installed."""
    folder = path
    while True:
        candidate = f"{folder}/node_modules/{name}" if folder else f"node_modules/{name}"
        if candidate in packages:
            return candidate
        if not folder:
            return ""
        folder = folder.rpartition("/node_modules/")[0] if "/node_modules/" in folder else ""
