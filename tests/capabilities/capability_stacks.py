"""Stacks whose capabilities are tested: how to start their two instances."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stackwright_sdk.node import node_binary

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Stack:
    """A command that starts two instances, and the folder it runs in."""

    command: tuple[str, ...]
    folder: Path


def stacks() -> Mapping[str, Stack]:
    """Every stack by name."""
    node = _ROOT / "services/handlers/node_backend/blueprint/backend"
    return {"node": Stack((str(node_binary()), "tests/conformance/serve.ts"), node)}
