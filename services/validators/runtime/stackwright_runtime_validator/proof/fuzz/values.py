"""Values for the schemas of a document: valid ones, the edges of what is allowed, and each way to break it."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stackwright_runtime_validator.proof.surface import UNKNOWN_ID, Schema, Surface
from stackwright_runtime_validator.scenarios.values import Json
from stackwright_sdk.pattern_texts import text_of

HUGE = "x" * 100_000
_HOSTILE_TEXTS = ("", " ", "\x00", "a\x00b", "\ud800", "\u202e\u0000\uffff", "💥" * 50, "null", "-1", "../../x", HUGE)
_HOSTILE_NUMBERS: tuple[Json, ...] = (-1, 0, 2**31, -(2**31) - 1, 2**53 + 1, 2**63, 1e300, 0.1, "1e5", "0x10")
_OF_OTHER_TYPES: tuple[Json, ...] = (None, True, 7, "text", [], ["x"], {}, {"a": {"b": 1}})
_FORMATS = {
    "uuid": UNKNOWN_ID,
    "date-time": "2026-01-31T12:00:00.000Z",
    "date": "2026-01-31",
    "time": "12:00:00",
    "duration": "P1DT2H",
    "uri": "https://example.org/page",
    "email": "somebody@example.org",
    "password": "Quiet-harbour-5e1f9a77",
    "ip": "203.0.113.7",
    "cidr": "203.0.113.0/24",
    "timezone": "Europe/Berlin",
    "rrule": "FREQ=WEEKLY",
}


@dataclass(frozen=True)
class Value:
    """One value to send, with a few words for what is odd about it."""

    what: str
    value: Json


class Values:
    """Makes values from schemas. Deterministic for its `chance`; texts hold `number`, so that names are not taken."""

    def __init__(self, surface: Surface, chance: random.Random, reference: Callable[[str], str], number: int) -> None:
        self._surface = surface
        self._chance = chance
        self._reference = reference
        self._number = number

    def valid(self, schema: Schema, name: str = "", *, optional: bool = True) -> Json:
        """A value that the schema allows; with `optional` the members that may be left out too."""
        schema = self._surface.resolved(schema)
        for key in ("const", "default"):
            if key in schema:
                return schema[key]
        choices = schema.get("enum")
        if isinstance(choices, list) and choices:
            return self._chance.choice(choices)
        for key in ("oneOf", "anyOf", "allOf"):
            options = schema.get(key)
            if isinstance(options, list) and options and isinstance(options[0], dict):
                return self.valid(options[0], name, optional=optional)
        match self.type_of(schema):
            case "object":
                return self._object(schema, optional=optional)
            case "array":
                items = schema.get("items")
                least = _number(schema, "minItems", 0)
                return [self.valid(items, name) for _ in range(int(least))] if isinstance(items, dict) else []
            case "string":
                return self._text(schema, name)
            case "integer" | "number":
                return int(min(max(1, _number(schema, "minimum", 1)), _number(schema, "maximum", 1e6)))
            case "boolean":
                return True
        return None

    def edges(self, schema: Schema, name: str = "") -> Iterator[Value]:
        """Values at the borders of what is allowed; each of them is allowed."""
        schema = self._surface.resolved(schema)
        if schema.get("enum") or schema.get("format"):
            return
        match self.type_of(schema):
            case "string" if "pattern" not in schema:
                shortest, longest = int(_number(schema, "minLength", 0)), int(_number(schema, "maxLength", 300))
                yield Value("shortest", self._letters(shortest))
                yield Value("longest", self._letters(min(longest, 20_000)))
                yield Value("accents and emoji", ("Ünïcödé 💥 名前" * 3)[: max(shortest, min(longest, 12))])
            case "integer" | "number":
                yield from (Value(key, schema[key]) for key in ("minimum", "maximum") if key in schema)
        if "null" in _types(schema):
            yield Value("null", None)

    def hostile(self, schema: Schema) -> Iterator[Value]:
        """Values of other types and beyond every border; the schema says of each whether it is allowed."""
        schema = self._surface.resolved(schema)
        for value in _OF_OTHER_TYPES:
            yield Value(f"{type(value).__name__} {str(value)[:12]}", value)
        kind = self.type_of(schema)
        if kind == "string":
            yield from (Value(f"text {text[:12]!a}", text) for text in _HOSTILE_TEXTS)
            if "maxLength" in schema:
                yield Value("one too long", self._letters(int(_number(schema, "maxLength", 0)) + 1))
        elif kind in ("integer", "number"):
            yield from (Value(f"number {number}", number) for number in _HOSTILE_NUMBERS)
        elif kind == "array":
            yield Value("ten thousand items", ["x"] * 10_000)
            yield Value("the same twice", [UNKNOWN_ID, UNKNOWN_ID])
            yield Value("what names no row", [UNKNOWN_ID])

    def type_of(self, schema: Schema) -> str:
        """Its type, null left aside; empty when the schema says nothing of it."""
        return next((kind for kind in _types(schema) if kind != "null"), "object" if "properties" in schema else "")

    def properties(self, schema: Schema) -> dict[str, Schema]:
        """Members of an object's schema."""
        members = self._surface.resolved(schema).get("properties")
        return (
            {key: item for key, item in members.items() if isinstance(item, dict)} if isinstance(members, dict) else {}
        )

    def required(self, schema: Schema) -> list[str]:
        """Members that must be there."""
        named = self._surface.resolved(schema).get("required")
        return [str(name) for name in named] if isinstance(named, list) else []

    def _object(self, schema: Schema, *, optional: bool) -> Json:
        needed = self.required(schema)
        members = self.properties(schema).items()
        return {
            key: self.valid(item, key) for key, item in members if key in needed or (optional and self._wanted(item))
        }

    def _wanted(self, schema: Schema) -> bool:
        # An optional reference is left out: what it may name depends on the other members.
        return self._surface.resolved(schema).get("format") != "uuid"

    def _text(self, schema: Schema, name: str) -> str:
        form = str(schema.get("format", ""))
        if form == "uuid":
            return self._reference(name)
        if form == "email":
            return f"fuzz{self._number}.{self._chance.randrange(10**6)}@example.org"
        if form in _FORMATS:
            return _FORMATS[form]
        shortest, longest = int(_number(schema, "minLength", 0)), int(_number(schema, "maxLength", 300))
        pattern = schema.get("pattern")
        if isinstance(pattern, str):
            whole = pattern.removeprefix("^").removesuffix("$")
            if (made := text_of(whole, self._number, least=shortest, most=longest)) is not None:
                return made
        return f"Text {self._number} {self._letters(6)}"[:longest].ljust(shortest, "x")

    def _letters(self, count: int) -> str:
        return "".join(self._chance.choices(string.ascii_letters, k=count))


def _types(schema: Schema) -> list[str]:
    kind = schema.get("type")
    return [str(each) for each in kind] if isinstance(kind, list) else [kind] if isinstance(kind, str) else []


def _number(schema: Schema, key: str, default: float) -> float:
    value = schema.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default
