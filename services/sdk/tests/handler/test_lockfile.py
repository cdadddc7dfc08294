"""Cutting a lock file: what is needed, found where Node finds it, with the flags that npm expects."""

from __future__ import annotations

import pytest

from stackwright_sdk.handler.lockfile import LockFile, cut

WHOLE: LockFile = {
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "whole"},
        "node_modules/a": {"version": "1.0.0", "integrity": "sha512-a", "dependencies": {"b": "^1"}},
        "node_modules/a/node_modules/b": {"version": "1.1.0", "integrity": "sha512-b1", "dev": True},
        "node_modules/b": {"version": "2.0.0", "integrity": "sha512-b2"},
        "node_modules/c": {"version": "3.0.0", "integrity": "sha512-c", "peerDependencies": {"b": "*"}},
        "node_modules/unused": {"version": "9.0.0", "integrity": "sha512-u"},
    },
}


def make(dependencies: dict[str, str], dev: dict[str, str], optional: dict[str, str] | None = None) -> LockFile:
    return cut(
        WHOLE,
        name="app",
        version="0.1.0",
        dependencies=dependencies,
        dev=dev,
        optional=optional or {},
        engines={"node": ">=24"},
    )


def test_only_what_is_needed_stays_and_inner_packages_are_found_first() -> None:
    packages = make({"a": "1.0.0"}, {"c": "3.0.0"})["packages"]
    assert set(packages) == {"", "node_modules/a", "node_modules/a/node_modules/b", "node_modules/b", "node_modules/c"}
    assert "dev" not in packages["node_modules/a/node_modules/b"]
    assert packages["node_modules/c"]["dev"]
    assert packages["node_modules/b"]["dev"]
    assert packages["node_modules/a"]["integrity"] == "sha512-a"


def test_optional_packages_are_marked() -> None:
    packages = make({"a": "1.0.0"}, {}, {"c": "3.0.0"})["packages"]
    assert packages["node_modules/c"]["optional"]
    assert "optional" not in packages["node_modules/a"]


@pytest.mark.parametrize("wanted", [{"a": "1.0.1"}, {"missing": "1.0.0"}])
def test_another_version_is_refused(wanted: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not in the lock file"):
        make(wanted, {})


def test_what_only_development_cannot_do_without_is_marked_so() -> None:
    packages = make({}, {"a": "1.0.0"}, {"b": "2.0.0", "a": "1.0.0"})["packages"]
    assert packages["node_modules/a"]["devOptional"]
    assert packages["node_modules/b"]["optional"]
    assert "dev" not in packages["node_modules/b"]
