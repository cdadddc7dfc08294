"""The requests that one operation is tried with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from stackwright_runtime_validator.proof.fuzz.values import HUGE, Values
from stackwright_runtime_validator.proof.surface import UNKNOWN_ID, Endpoint, Parameter, Surface
from stackwright_runtime_validator.scenarios.values import MISSING, Found, Json

_IDS = ("not-an-id", "0", "-1", "%00", "%ff", "..%2f..%2f", "%F0%9F%92%A5", "'", quote("' OR 1=1"), "x" * 4000)
_QUERIES = ("%00", "%ff%fe", "%ED%A0%80", "", "%27", "x" * 5000, "-1", "1e400", "99999999999999999999", "null")
_BODIES: tuple[tuple[str, bytes, dict[str, str]], ...] = (
    ("no JSON", b"{", {}),
    ("an empty body", b"", {}),
    ("a NUL alone", b"\x00", {}),
    ("no UTF-8", b'{"name": "\xff\xfe"}', {}),
    ("a list", b"[]", {}),
    ("null", b"null", {}),
    ("a text", b'"text"', {}),
    ("a number beyond all", b'{"name": 1e400}', {}),
    ("NaN", b'{"name": NaN}', {}),
    ("the same key twice", b'{"name": 1, "name": 2}', {}),
    ("nested 5,000 deep", b'{"a":' * 5000 + b"1" + b"}" * 5000, {}),
    ("a key of 100 kB", json.dumps({HUGE: 1}).encode(), {}),
    ("another encoding", '{"name": "x"}'.encode("utf-16"), {"Content-Type": "application/json; charset=utf-16"}),
    ("a form", b"name=x", {"Content-Type": "application/x-www-form-urlencoded"}),
    ("XML", b"<a/>", {"Content-Type": "application/xml"}),
    ("a false compression", b'{"name": "x"}', {"Content-Encoding": "gzip"}),
    ("an unknown compression", b"{}", {"Content-Encoding": "snappy"}),
)


@dataclass(frozen=True)
class Case:
    """One request. `breaks`: by the schema it must be refused; `token`: MISSING for the caller's own."""

    what: str
    target: str
    body: Found = MISSING
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks: bool = False


def cases(surface: Surface, endpoint: Endpoint, values: Values, row: str) -> Iterator[Case]:
    """All of an operation, the valid ones first; `row` is one that exists."""
    here = endpoint.target(row)
    filler = values.valid(endpoint.body, optional=False) if endpoint.body else MISSING
    yield Case("a valid request", here, _valid(endpoint, values))
    yield Case("only what is required", here, filler)
    yield from _addresses(endpoint, values, filler)
    yield from _queries(surface, endpoint, here, filler)
    if endpoint.body is not None:
        yield from _bodies(surface, endpoint, values, here)
        for what, content, headers in _BODIES:
            yield Case(what, here, content=content, headers=headers)
    for name, value in (("If-Match", '"nonsense"'), ("Accept", "text/xml"), ("X-Correlation-Id", HUGE[:4000])):
        yield Case(f"header {name}", here, filler, headers={name: value})
    yield Case("an Idempotency-Key too short", here, filler, headers={"Idempotency-Key": "x"})


def _valid(endpoint: Endpoint, values: Values) -> Found:
    return values.valid(endpoint.body) if endpoint.body is not None else MISSING


def _addresses(endpoint: Endpoint, values: Values, filler: Found) -> Iterator[Case]:
    if not endpoint.has_row:
        return
    yield Case("an unknown row", endpoint.target(UNKNOWN_ID), filler)
    for text in _IDS:
        before, _, after = endpoint.path.partition("{")
        yield Case(
            f"the id {text[:20]}", before + text + after.partition("}")[2].replace("{", "").replace("}", ""), filler
        )


def _queries(surface: Surface, endpoint: Endpoint, here: str, filler: Found) -> Iterator[Case]:
    # Values that break what another parameter means are the application's to tell; those of one type are the schema's.
    for parameter in _some(endpoint.parameters):
        checker = surface.validator(parameter.schema)
        schema = surface.resolved(parameter.schema)
        for text in _QUERIES:
            whole = schema.get("type") == "integer"
            breaks = whole and not _fits(checker, text)
            yield Case(
                f"?{parameter.name}={text[:20]}", f"{here}?{quote(parameter.name)}={text}", filler, breaks=breaks
            )
    for what in ("no_such_parameter=1", "__proto__[x]=1", "a[]=1&a[]=2", "%00=1", "=", "&&&", "sort=" + "x" * 3000):
        yield Case(f"?{what[:20]}", f"{here}?{what}", filler)


def _fits(checker: object, text: str) -> bool:
    try:
        return bool(checker.is_valid(int(text)))  # type: ignore[attr-defined]  # jsonschema ships no types
    except ValueError:
        return False


def _some(parameters: tuple[Parameter, ...]) -> list[Parameter]:
    """Parameters of the query; of many filters every third, since they are read by the same code."""
    queried = [each for each in parameters if each.place == "query"]
    plain = [each for each in queried if "[" not in each.name]
    return [*plain[:8], *[each for each in queried if "[" in each.name][::3][:6]]


def _bodies(surface: Surface, endpoint: Endpoint, values: Values, here: str) -> Iterator[Case]:
    schema = endpoint.body or {}
    checker = surface.validator(schema)

    def with_member(name: str, value: Json) -> dict[str, Json]:
        made = values.valid(schema, optional=False)
        return {**(made if isinstance(made, dict) else {}), name: value}

    for name, member in values.properties(schema).items():
        for edge in values.edges(member, name):
            yield Case(f"{name}: {edge.what}", here, with_member(name, edge.value))
        for hostile in values.hostile(member):
            body = with_member(name, hostile.value)
            yield Case(f"{name}: {hostile.what}", here, body, breaks=not checker.is_valid(body))
    for name in values.required(schema):
        body = {key: value for key, value in with_member(name, None).items() if key != name}
        yield Case(f"without {name}", here, body, breaks=True)
    for name in ("no_such_field", "__proto__", "", "id"):
        body = with_member(name, UNKNOWN_ID)
        yield Case(f"with {name or 'a nameless field'}", here, body, breaks=not checker.is_valid(body))
