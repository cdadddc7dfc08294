"""Fills the places of a scenario: kept answers, persons, times and files."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from stackwright.contract.v1 import model_pb2
from stackwright_runtime_validator.scenarios.client import Upload
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.values import MISSING, Json, find, plain

# `$ann@phone.refresh_token`, `$log.items[current=true].id`
_PLACE = re.compile(r"\$(?P<name>[A-Za-z_]\w*(?:@\w+)?)(?P<path>(?:\.\w+|\[[^\]=]+=[^\]]*\])*)")
_PERIOD = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


class PlaceError(ValueError):
    """A place that names nothing: a mistake in the scenario, or an answer that lacks what it should hold."""


@dataclass(frozen=True)
class Kept:
    """An answer kept under a name, with the model whose row it is."""

    body: Json
    model: str = ""


@dataclass
class Scope:
    """What places may name: kept answers, and data of persons by their labels."""

    kept: dict[str, Kept] = field(default_factory=dict)
    persons: dict[str, dict[str, Json]] = field(default_factory=dict)

    def copy(self) -> Scope:
        return Scope(dict(self.kept), self.persons)


@dataclass(frozen=True)
class Filled:
    """Input ready to send."""

    values: dict[str, Json]
    uploads: dict[str, Upload]


def names_in(value: Json) -> set[str]:
    """Every name that the places of a value begin with."""
    if isinstance(value, str):
        return {match["name"] for match in _PLACE.finditer(value)}
    if isinstance(value, list):
        return set().union(*(names_in(item) for item in value))
    if isinstance(value, dict):
        return set().union(*(names_in(item) for item in value.values()))
    return set()


def fill(value: Json, scope: Scope, *, now: datetime | None = None) -> Json:
    """The value with its places filled. A text that is one place keeps the type of what it names."""
    if isinstance(value, str):
        whole = _PLACE.fullmatch(value)
        if whole:
            return _named(whole, scope)
        return _PLACE.sub(lambda match: plain(_named(match, scope)), value)
    if isinstance(value, list):
        return [fill(item, scope, now=now) for item in value]
    if isinstance(value, dict):
        if "in" in value and value.keys() <= {"in", "at"}:
            return moment(str(value["in"]), str(value.get("at", "")), now or datetime.now(UTC))
        return {key: fill(item, scope, now=now) for key, item in value.items()}
    return value


def fill_input(value: Json, scope: Scope, operations: Operations, call: str) -> Filled:
    """Input of an operation: files become parts of a form, a kept row becomes the reference that the field expects."""
    if value is None:
        return Filled({}, {})
    if not isinstance(value, dict):
        raise PlaceError(f"the input of {call} must be an object")
    values: dict[str, Json] = {}
    uploads: dict[str, Upload] = {}
    for key, item in value.items():
        if isinstance(item, str) and item.startswith("@"):
            uploads[key] = sample_file(item[1:])
            continue
        filled = fill(item, scope)
        kept = scope.kept.get(item[1:]) if isinstance(item, str) and item.startswith("$") else None
        values[key] = _reference(filled, kept, operations.input_kind(call, key)) if kept else filled
    return Filled(values, uploads)


def fill_expected(value: Json, scope: Scope) -> Json:
    """What a step wants to see: `bytes: "@small.png"` is the content of that file, in hex as the bytes of an answer."""
    filled = fill(value, scope)
    if isinstance(filled, dict) and isinstance(wanted := filled.get("bytes"), str) and wanted.startswith("@"):
        filled["bytes"] = sample_file(wanted[1:]).content.hex()
    return filled


def _reference(filled: Json, kept: Kept, kind: int) -> Json:
    if not isinstance(filled, dict) or "id" not in filled:
        return filled
    if kind == model_pb2.FIELD_KIND_ANY:
        return {"type": kept.model, "id": filled["id"]}
    return filled["id"] if kind == model_pb2.FIELD_KIND_REF else filled


def _named(match: re.Match[str], scope: Scope) -> Json:
    name, path = match["name"], match["path"].removeprefix(".")
    root: Json
    if name in scope.kept:
        root = scope.kept[name].body
    elif name in scope.persons:
        root = dict(scope.persons[name])
    else:
        raise PlaceError(f"{match[0]}: nothing was kept as “{name}”")
    found = find(root, path) if path else root
    if found is MISSING:
        raise PlaceError(f"{match[0]}: “{name}” has no {path}")
    return found


def moment(period: str, at: str, now: datetime) -> str:
    """A time from now: `P2D`, `PT30M`, `-P1D`, at an hour of that day in UTC if one is given."""
    match = _PERIOD.fullmatch(period)
    if not match or not any(match.groups()[1:]):
        raise PlaceError(f"{period} is not a period such as P2D or PT30M")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    distance = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    then = now - distance if match[1] else now + distance
    if at:
        try:
            then = datetime.combine(then.date(), time.fromisoformat(at), UTC)
        except ValueError as error:
            raise PlaceError(f"{at} is not a time of day such as 12:00") from error
    return then.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{then.microsecond // 1000:03d}Z"


def sample_file(name: str) -> Upload:
    """A file of the runner.

    `small.png` is a picture, `program.png` a program called so, `two-megabytes.png` a large picture; any other file
    holds its stem.
    """
    stem, _, ending = name.rpartition(".")
    content_type = _CONTENT_TYPES.get(ending, "application/octet-stream")
    if stem == "program":
        return Upload(name, b"\x7fELF\x02\x01\x01" + bytes(57), content_type)
    if ending == "png":
        picture = _png()
        return Upload(name, picture + bytes(2 * 1024 * 1024) if stem == "two-megabytes" else picture, content_type)
    return Upload(name, stem.encode(), content_type)


_CONTENT_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "txt": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
}


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )
