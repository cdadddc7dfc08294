"""Rows of one entity, as the served document describes them and the contract rules them."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_runtime_validator.proof.surface import Endpoint, Schema
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import MISSING, Found, Json

Row = dict[str, Json]
DOMAIN = "domain"
_INT_END = 2**31


class UntriedError(Exception):
    """No row can be made of what the schema tells alone: rules among fields, or a form that is only good once."""


@dataclass(frozen=True)
class Collection:
    """Its operations, by method: those of the collection (`GET`, `POST`), and of a row (`row GET`, `row PATCH` …)."""

    target: Target
    model: model_pb2.Model
    path: str
    endpoints: Mapping[str, Endpoint]
    person: Person
    """Who asks: somebody with every role."""
    others: Mapping[str, Collection]
    """All collections, by the id of their model."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(2))

    async def values(self, salt: str) -> dict[str, Json]:
        """A valid body for a new row; unlike any other of another salt. A reference that must be there names a row.

        Raises UntriedError where that row has to be a new one and none can be made.
        """
        endpoint = self.endpoints["POST"]
        values, validator = self.target.values(f"{self.path} {salt}"), self.target.surface.validator
        made, endpoint = {}, self.endpoints["POST"]
        example = endpoint.example if isinstance(endpoint.example, dict) else {}
        body = values.valid(endpoint.body or {})
        for name, value in body.items() if isinstance(body, dict) else ():
            schema = self.properties("POST")[name]
            if validator(schema).is_valid(value):
                made[name] = value
            elif name in example or name in values.required(endpoint.body or {}):
                # A text whose form is told by a pattern alone: what may be left out is, else it is that of the example.
                made[name] = example.get(name, value)
        for rule in self.model.fields:
            name = rule.names.json or rule.name
            if rule.unique and isinstance(made.get(name), int) and not isinstance(made[name], bool):
                made[name] = _middle(rule.type) + next(self.numbers)
            if rule.unique and rule.type.kind == model_pb2.FIELD_KIND_REF and name in made:
                # Another row may have what is known already.
                other = self.others.get(rule.type.targets[0])
                if other is not None and other is not self:
                    _, reply = await other.new(f"{salt} of {self.path}")
                    made[name] = row_of(reply)["id"]
        return made

    def other(self, name: str, schema: Schema, unlike: Json) -> Found:
        """Another valid value of a member; MISSING where there is none that is known."""
        resolved = self.target.surface.resolved(schema)
        choices = resolved.get("enum")
        if isinstance(choices, list):
            return next((choice for choice in choices if choice not in (unlike, None)), MISSING)
        values = self.target.values(f"{self.path} other {name}")
        kind = values.type_of(resolved)
        if kind == "boolean":
            return unlike is not True
        if kind in ("integer", "number"):
            edges = (resolved.get("minimum"), resolved.get("maximum"), 2, 3)
            usable = (edge for edge in edges if isinstance(edge, int | float) and edge != unlike)
            fits = self.target.surface.validator(resolved)
            return next((edge for edge in usable if fits.is_valid(edge)), MISSING)
        if kind != "string" or resolved.get("format") == "uuid" or "pattern" in resolved:
            return MISSING
        made = values.valid({key: value for key, value in resolved.items() if key != "default"})
        return made if not same(made, unlike) else MISSING

    def properties(self, method: str) -> dict[str, Schema]:
        """Members of the body of an operation."""
        endpoint = self.endpoints.get(method)
        return self.target.values().properties(endpoint.body) if endpoint and endpoint.body else {}

    async def send(
        self,
        method: str,
        row: str = "",
        body: Found = MISSING,
        query: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request; `method` is a key of `endpoints`."""
        endpoint = self.endpoints[method]
        address = endpoint.target(row) + (f"?{query}" if query else "")
        return await self.target.wire.send(
            endpoint.method, address, body, token=self.person.access_token, headers=headers
        )

    async def new(self, salt: str) -> tuple[dict[str, Json], Reply]:
        """What was sent for a new row, and what came back. Raises UntriedError when none can be made."""
        body = await self.values(salt)
        made = await self.send("POST", body=body)
        if made.status != 201 or "id" not in row_of(made):
            raise UntriedError(f"{self.path}: {made.summary()}")
        return body, made

    def actions(self) -> Iterator[operation_pb2.Operation]:
        """Operations of its own that begin in some states or end in one."""
        for operation in self.target.operations.contract.operations:
            moves = operation.kind == operation_pb2.OPERATION_KIND_ACTION and operation.model_id == self.model.id
            if moves and (operation.from_states or operation.to_state):
                yield operation


def collections(target: Target) -> list[Collection]:
    """Each of the user's own entities whose rows can be made and read by themselves."""
    contract = target.operations.contract
    base = contract.conventions.base_path or "/api"
    found: dict[str, Collection] = {}
    for model in contract.models:
        path = f"{base}/{model.names.path}"
        own = {each.method: each for each in target.surface.endpoints if each.path == path}
        rows = {f"row {each.method}": each for each in target.surface.endpoints if each.path == f"{path}/{{id}}"}
        if model.feature == DOMAIN and "POST" in own and "row GET" in rows:
            found[model.id] = Collection(target, model, path, own | rows, target.holder, found)
    return list(found.values())


def row_of(reply: Reply) -> Row:
    """The row that an answer holds; empty where it holds none."""
    return reply.body if isinstance(reply.body, dict) else {}


def items_of(reply: Reply) -> list[Row]:
    """The rows that a page holds."""
    items = row_of(reply).get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def same(sent: Json, shown: Json) -> bool:
    """Whether an answer shows what was sent: a row for its id, and values in whichever form they are written."""
    if isinstance(shown, dict) and "id" in shown:
        return sent == shown["id"] or (isinstance(sent, dict) and sent.get("id") == shown["id"])
    if isinstance(shown, list) and isinstance(sent, list):
        return len(sent) == len(shown) and all(any(same(one, other) for other in shown) for one in sent)
    if sent == shown:
        return True
    if isinstance(sent, str) and isinstance(shown, str):
        if sent.lower() == shown.lower():
            return True
        for read in (Decimal, _moment):
            with contextlib.suppress(InvalidOperation, ValueError):
                return bool(read(sent) == read(shown))
    return False


def asked(name: str, value: Json) -> str:
    """A filter as a query writes it."""
    text = value if isinstance(value, str) else json.dumps(value)
    return f"{quote(name, safe='[]')}={quote(text, safe='')}"


def _middle(type_: model_pb2.FieldType) -> int:
    """A number that neither people nor example rows have reached: they count from one end."""
    return (int(type_.minimum or 0) + int(type_.maximum or _INT_END)) // 2


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text)
