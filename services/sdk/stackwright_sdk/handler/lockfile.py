"""A package-lock.json cut from a larger one: the same versions and digests of what is declared and what that needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    optional: Mapping[str, str] | None = None,
    engines: Mapping[str, str],
) -> LockFile:
    """The part of `whole` that an installation of these needs. Raises ValueError for a package or version it lacks."""
    packages = whole["packages"]
    optional = optional or {}
    for package, wanted in {**dependencies, **dev, **optional}.items():
        found = packages.get(f"node_modules/{package}")
        if found is None or found["version"] != wanted:
            raise ValueError(f"{package} {wanted} is not in the lock file")
    flagger = _Flagger(
        run=closure(packages, [*dependencies, *optional]),
        firm=closure(packages, [*dependencies, *dev], optional=False),
        firm_run=closure(packages, dependencies, optional=False),
    )
    root: LockEntry = {"name": name, "version": version, "dependencies": dict(dependencies)}
    if dev:
        root["devDependencies"] = dict(dev)
    root["engines"] = dict(engines)
    if optional:
        root["optionalDependencies"] = dict(optional)
    cut_packages: dict[str, LockEntry] = {"": root}
    for path in sorted(closure(packages, [*dependencies, *optional, *dev])):
        entry = LockEntry(**{key: value for key, value in packages[path].items() if key not in _FLAGS})  # type: ignore[typeddict-item]
        flagger.flag(path, entry)
        cut_packages[path] = entry
    return {"name": name, "version": version, "lockfileVersion": 3, "requires": True, "packages": cut_packages}


@dataclass(frozen=True)
class _Flagger:
    """Says for whom a package is there, as npm does: what the whole lock says of it held for another project."""

    run: set[str]
    """What a running application may use."""
    firm: set[str]
    """What running or development cannot do without."""
    firm_run: set[str]
    """What running cannot do without."""

    def flag(self, path: str, entry: LockEntry) -> None:
        if path not in self.run:
            entry["dev"] = True
        if path not in self.firm:
            entry["optional"] = True
        elif path in self.run and path not in self.firm_run:
            entry["devOptional"] = True


def closure(packages: Mapping[str, LockEntry], names: Iterable[str], *, optional: bool = True) -> set[str]:
    """Paths of the packages `names` and of all that they need, found as Node finds them: inner folders first.

    Without `optional`, what a package can do without is not followed.
    """
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
            *(entry.get("optionalDependencies", {}) if optional else ()),
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
