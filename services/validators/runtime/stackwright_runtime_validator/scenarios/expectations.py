"""Compares an answer with what a scenario wants to see."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stackwright_runtime_validator.scenarios.values import MISSING, Found, Json, find

_COMPARATORS = frozenset({"lacks", "starts", "size"})
_AT_LEAST = re.compile(r"at_(least|most) (\d+)")
_SHOWN = 300


class MismatchError(AssertionError):
    """The application did not do what the behaviour test expects; the message says what was expected and what came."""


@dataclass(frozen=True)
class Subject:
    """What is looked at: the answer of a request, or the lines of a log."""

    body: Json
    text: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def compare(subject: Subject, expected: Mapping[str, Json]) -> list[str]:
    """One sentence for each part that differs; empty when all is as expected."""
    problems = []
    for path, wanted in expected.items():
        problem = _difference(_look(subject, path), wanted)
        if problem:
            problems.append(f"{path}: {problem}")
    return problems


def _look(subject: Subject, path: str) -> Found:
    if path.startswith("header."):
        return subject.headers.get(path.removeprefix("header.").lower(), MISSING)
    if isinstance(subject.body, dict) and path in subject.body:
        return subject.body[path]
    if path == "text":
        return subject.text
    if path == "bytes":
        return subject.content.hex()
    if path == "size":
        return len(subject.body) if isinstance(subject.body, list | dict) else len(subject.content)
    return find(subject.body, path)


def _difference(got: Found, wanted: Json) -> str:
    if wanted == "present":
        return "" if got is not MISSING and got is not None else f"expected a value, got {show(got)}"
    if wanted == "absent":
        return "" if got is MISSING else f"expected to be absent, got {show(got)}"
    if isinstance(wanted, dict) and wanted and wanted.keys() <= _COMPARATORS:
        return "; ".join(filter(None, (_compared(got, name, value) for name, value in wanted.items())))
    if got is MISSING or not same(got, wanted):
        return f"expected {show(wanted)}, got {show(got)}"
    return ""


def _compared(got: Found, comparator: str, wanted: Json) -> str:
    if comparator == "size":
        return _sized(got, wanted)
    # A missing value holds nothing, so it lacks everything.
    text = "" if got is MISSING or got is None else got if isinstance(got, str) else json.dumps(got, ensure_ascii=False)
    if comparator == "starts":
        return "" if text.startswith(str(wanted)) else f"expected to start with {show(wanted)}, got {show(got)}"
    parts = wanted if isinstance(wanted, list) else [wanted]
    if not all(isinstance(part, str) and part for part in parts):
        return f"`lacks` needs texts to look for, got {show(wanted)}"
    present = [part for part in parts if str(part) in text]
    return (
        f"expected to lack {show(present[0])}, but it is there: {show(_around(text, str(present[0])))}"
        if present
        else ""
    )


def _sized(got: Found, wanted: Json) -> str:
    size = len(got) if isinstance(got, str | list | dict) else None
    if size is None:
        return f"expected something with a size of {show(wanted)}, got {show(got)}"
    if isinstance(wanted, str) and (match := _AT_LEAST.fullmatch(wanted)):
        limit = int(match[2])
        holds = size >= limit if match[1] == "least" else size <= limit
    else:
        holds = size == wanted
    return "" if holds else f"expected a size of {show(wanted)}, got {size}"


def same(got: Json, wanted: Json) -> bool:
    """Equality of JSON: 1 and 1.0 are the same number, true and 1 are not, and order counts in lists only."""
    if isinstance(got, bool) or isinstance(wanted, bool):
        return got is wanted
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(same(got[key], wanted[key]) for key in got)
    if isinstance(got, list) and isinstance(wanted, list):
        return len(got) == len(wanted) and all(same(a, b) for a, b in zip(got, wanted, strict=True))
    return got == wanted


def show(value: Found) -> str:
    """A value as a person reads it in a message, cut at 300 characters."""
    if value is MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def status_problem(got: int, wanted: Sequence[int]) -> str:
    """A sentence when the status is none of those wanted; an empty list wants any below 400."""
    if (got in wanted) if wanted else (got < 400):
        return ""
    expected = " or ".join(str(status) for status in wanted) if wanted else "a status below 400"
    return f"expected {expected}, got {got}"


def _around(text: str, part: str) -> str:
    start = max(0, text.index(part) - 60)
    return text[start : start + len(part) + 120]
