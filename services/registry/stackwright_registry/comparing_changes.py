"""The list of changes between two revisions, and what all who compare ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from google.protobuf.message import Message

from stackwright.registry.v1 import request_response_pb2 as registry

ADDED, REMOVED = registry.CHANGE_KIND_ADDED, registry.CHANGE_KIND_REMOVED
CHANGED, RENAMED = registry.CHANGE_KIND_CHANGED, registry.CHANGE_KIND_RENAMED
SAFE = registry.Change.DATA_EFFECT_SAFE
_T = TypeVar("_T", bound=Message)


@dataclass
class Changes:
    """What was found, in the order in which it was looked for."""

    found: list[registry.Change] = field(default_factory=list)

    def add(
        self,
        element: str,
        kind: registry.ChangeKind,
        message: str,
        *,
        breaking: bool = False,
        data: registry.Change.DataEffect = SAFE,
    ) -> None:
        """Note a change of an element, with what it means for clients and for the data."""
        self.found.append(
            registry.Change(element=element, kind=kind, api_breaking=breaking, data=data, message=message)
        )


def widens(before: str, after: str) -> bool:
    """Say whether a condition surely lets through all that it did: it is the old one, or that with an alternative."""
    return after == "anyone" or (bool(before) and (f"{before} || " in after or after.endswith(f" || {before}")))


def without(message: _T, *names: str) -> bytes:
    """Give the bytes of a message without some of its members, to be compared."""
    copy = type(message)()
    copy.CopyFrom(message)
    for name in names:
        copy.ClearField(name)
    return copy.SerializeToString(deterministic=True)
