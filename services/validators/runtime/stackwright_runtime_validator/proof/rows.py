"""Rows to look at: fifty of each kind, with names as people give them, every fifth as long as it may be."""

from __future__ import annotations

import asyncio

from stackwright_runtime_validator.proof.surface import Endpoint, Schema
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.scenarios.values import Json

ROWS = 50
_LONG_EVERY = 5
_LONGEST = 160
_FIRST = ("Quiet", "Northern", "Annual", "Open", "Second", "Amber", "Shared")
_SECOND = ("harbour", "review", "delivery", "garden", "letter", "estimate", "workshop", "meeting", "archive")
_LONG = " of a name that goes on for as long as it is allowed to, Donaudampfschifffahrtsgesellschaftskapitän included"


async def fill(target: Target) -> None:
    """Makes rows wherever some can be made, kinds beside each other."""
    collections = [
        endpoint
        for endpoint in target.surface.endpoints
        if endpoint.method == "POST" and not endpoint.has_row and target.is_collection(endpoint.path)
    ]
    await asyncio.gather(*(_fill(target, endpoint) for endpoint in collections))


async def _fill(target: Target, endpoint: Endpoint) -> None:
    for number in range(ROWS):
        # The last one is long: it is the first in lists, and the one whose own page is opened.
        long = number % _LONG_EVERY == _LONG_EVERY - 1
        if await target.made(endpoint, target.holder, _named(target, endpoint, number, long=long)) is None:
            return


def _named(target: Target, endpoint: Endpoint, number: int, *, long: bool) -> Json:
    values = target.values(f"row {number}")
    body = values.valid(endpoint.body or {})
    if isinstance(body, dict):
        for name, schema in values.properties(endpoint.body or {}).items():
            told = target.surface.resolved(schema)
            if isinstance(body.get(name), str) and values.type_of(told) == "string" and _free(told):
                body[name] = _text(told, number, long=long)
    return body


def _free(schema: Schema) -> bool:
    """Whether a text may be anything."""
    return not any(key in schema for key in ("format", "pattern", "enum", "const", "default"))


def _text(schema: Schema, number: int, *, long: bool) -> str:
    name = f"{_FIRST[number % len(_FIRST)]} {_SECOND[number % len(_SECOND)]} {number + 1}"
    shortest, longest = schema.get("minLength"), schema.get("maxLength")
    most = min(longest, _LONGEST) if isinstance(longest, int) else _LONGEST
    return (name + _LONG if long else name)[:most].ljust(shortest if isinstance(shortest, int) else 0, "x")
