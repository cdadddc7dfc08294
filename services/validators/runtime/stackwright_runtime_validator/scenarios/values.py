"""JSON values, and places inside them."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, TypeAlias

from google.protobuf import json_format, struct_pb2

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
"""What `find` gives for a place that is not there; null is a value."""

Found: TypeAlias = "Json | _Missing"

_SEGMENT = re.compile(r"(?P<name>[^.\[\]]+)?(?P<filters>(?:\[[^\]=]+=[^\]]*\])*)(?:\.|$)")
_FILTER = re.compile(r"\[([^\]=]+)=([^\]]*)\]")


class PathError(ValueError):
    """A path such as `items[current=true].id` that cannot be read."""


def from_proto(value: struct_pb2.Value | struct_pb2.Struct) -> Json:
    """Plain JSON of a protobuf value. Protobuf knows only doubles, so whole numbers become integers again."""
    if isinstance(value, struct_pb2.Value) and not value.WhichOneof("kind"):
        return None
    return _whole_numbers(json_format.MessageToDict(value))


def _whole_numbers(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole_numbers(item) for key, item in value.items()}
    return value


def find(value: Json, path: str) -> Found:
    """The value at a path, or MISSING.

    `a.b` is a member, `items.0` an item, `items[name=x]` the first item whose `name` reads `x`. A member whose own name
    holds dots is found too: the longest name wins.
    """
    if isinstance(value, dict) and path in value:
        return value[path]
    current: Found = value
    position = 0
    while position < len(path):
        match = _SEGMENT.match(path, position)
        if match is None or match.end() == position:
            raise PathError(f"“{path}” is not a path such as items.0.id or items[current=true].id")
        position = match.end()
        if (name := match["name"]) is not None:
            current = _member(current, name)
        for key, text in _FILTER.findall(match["filters"]):
            current = _first(current, key, text)
    return current


def _member(value: Found, name: str) -> Found:
    if isinstance(value, dict):
        return value.get(name, MISSING)
    if isinstance(value, list) and name.isdecimal():
        return value[int(name)] if int(name) < len(value) else MISSING
    return MISSING


def _first(value: Found, key: str, text: str) -> Found:
    if not isinstance(value, list):
        return MISSING
    for item in value:
        found = find(item, key)
        if found is not MISSING and plain(found) == text:
            return item
    return MISSING


def plain(value: Json) -> str:
    """A value as it stands in an address or in a comparison with text: `true`, `12`, `a,b`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(plain(item) for item in value)
    return str(value)
