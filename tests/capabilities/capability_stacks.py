"""Stacks whose capabilities are tested: how to start their two instances."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stackwright_sdk.node import node_binary
from stackwright_sdk.node.toolchain import toolchain_root

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Stack:
    """A command that starts two instances, the folder it runs in, and where its packages lie."""

    command: tuple[str, ...]
    folder: Path
    packages: Path

    def link_packages(self) -> None:
        """Packages are found beside what asks for them only; a link that is there already stays."""
        with suppress(FileExistsError):
            (self.folder / self.packages.name).symlink_to(self.packages)


def stacks() -> Mapping[str, Stack]:
    """Every stack by name."""
    node = _ROOT / "services/handlers/node_backend/blueprint/backend"
    return {"node": Stack((str(node_binary()), "tests/conformance/serve.ts"), node, toolchain_root() / "node_modules")}
