"""The commands of a tree: as the handlers told them, made ready to be run without a package manager."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stackwright.handler.v1 import request_response_pb2

BACKEND = "backend"
FRONTEND = "frontend"


@dataclass(frozen=True)
class Runnable:
    """A command that can be started: where, and with what."""

    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def shown(self) -> str:
        return " ".join(self.argv)


@dataclass(frozen=True)
class Commands:
    """The commands for one tree on disk."""

    root: Path
    told: Sequence[request_response_pb2.Command]
    path: str
    """Folders of tools, as in the variable PATH."""

    def find(self, name: str, half: str) -> Runnable | None:
        """The command `name` of a half (`backend` or `frontend`); None when none was told."""
        for command in self.told:
            if command.name == name and (command.directory.strip("/") or ".") == half:
                return self._ready(command)
        return None

    def _ready(self, command: request_response_pb2.Command) -> Runnable:
        cwd = self.root / command.directory
        env = {
            "PATH": f"{cwd / 'node_modules/.bin'}:{self.path}",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "HOME": str(self.root.parent / "home"),
            "TMPDIR": str(self.root.parent / "tmp"),
            "NODE_COMPILE_CACHE": str(self.root.parent / "cache"),
            "CI": "1",
            "NO_COLOR": "1",
            **command.environment,
        }
        return Runnable(_without_npm(tuple(command.argv), cwd), cwd, env)


def _without_npm(argv: tuple[str, ...], cwd: Path) -> tuple[str, ...]:
    """`npm run x -- y` as the script itself: the same line, without half a second of npm for each."""
    if argv[:1] != ("npm",) or not (cwd / "package.json").is_file():
        return argv
    words = [word for word in argv[1:] if word not in ("--silent", "-s")]
    if words[:1] == ["run"]:
        words = words[1:]
    if not words:
        return argv
    name, *rest = words
    rest = rest[1:] if rest[:1] == ["--"] else rest
    script = scripts(cwd / "package.json").get(name)
    if script is None:
        return argv
    return (
        "/bin/sh",
        "-c",
        f"exec {script} {shlex.join(rest)}".rstrip() if _simple(script) else f"{script} {shlex.join(rest)}",
    )


def _simple(script: str) -> bool:
    """Whether it is one command, so that the shell may give its place to it and signals reach it."""
    return not set(script) & set("&|;<>()$`=")


def scripts(manifest: Path) -> Mapping[str, str]:
    """The scripts of a package.json; empty when it cannot be read."""
    try:
        parsed = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    found = parsed.get("scripts", {}) if isinstance(parsed, dict) else {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
