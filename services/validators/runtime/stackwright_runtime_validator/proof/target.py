"""A running application as its users and its attackers see it: documented operations, persons, and rows of theirs."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_runtime_validator.proof.fuzz.values import Values
from stackwright_runtime_validator.proof.surface import UNKNOWN_ID, Endpoint, Surface, served
from stackwright_runtime_validator.proof.wire import Reply, Wire
from stackwright_runtime_validator.scenarios.client import Client, NoAnswerError, Request
from stackwright_runtime_validator.scenarios.controls import Controls, UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.persons import People, Person
from stackwright_runtime_validator.scenarios.values import Json, find

_SEED = 20_260_101
_numbers = itertools.count(1)


@dataclass
class Target:
    """`ann` and `bob` have accounts and no role, `holder` has every role; `rows` are known ids by collection."""

    wire: Wire
    controls: Controls
    operations: Operations
    surface: Surface
    secret: str
    people: People
    ann: Person
    bob: Person
    holder: Person
    strict_url: str = ""
    """The same application with the rate limits of its contract; empty: this one has them."""
    rows: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    references: Mapping[str, str] = field(default_factory=dict)
    """Collection that a reference of this name leads to."""

    @classmethod
    async def meet(
        cls, wire: Wire, client: Client, controls: Controls, contract: contract_pb2.Contract, *, secret: str, root: Path
    ) -> Target:
        """Registers the persons and reads the document. Raises UnprovenError when nobody can register."""
        operations = Operations(contract)
        if "register" not in operations:
            raise UnprovenError("the contract has no operation `register`, so nobody can ask")
        people = People(operations, client, controls)
        ann, bob, holder = await asyncio.gather(*(people.get(name) for name in ("ann", "bob", "each")))
        if ann is None or bob is None or holder is None:
            raise UnprovenError("nobody could be registered")
        for role in contract.roles:
            await controls.grant(holder.email, role.name)
        surface = await served(wire, contract, root, holder.access_token)
        target = cls(wire, controls, operations, surface, secret, people, ann, bob, holder)
        target.references = _references(contract)
        await target.look()
        return target

    def values(self, salt: str = "") -> Values:
        """Makes values for schemas; the same for the same salt, at every run."""
        return Values(self.surface, random.Random(f"{_SEED}{salt}"), self.reference, next(_numbers))  # noqa: S311

    def reference(self, name: str) -> str:
        """An id that a reference of this name may hold; one that names nothing where none is known."""
        collection = self.references.get(name, "")
        return next(iter(self.rows[collection]), UNKNOWN_ID)

    async def look(self) -> None:
        """Learns ids of rows: what every collection lists, and one new row of ann's wherever she may make one."""
        for endpoint in self.surface.endpoints:
            if endpoint.method == "GET" and not endpoint.has_row:
                reply = await self.ask(endpoint, self.holder)
                self.rows[endpoint.path] += _ids(reply, "items")
        for endpoint in sorted(self.surface.endpoints, key=lambda each: each.path):
            if endpoint.method == "POST" and not endpoint.has_row and self.is_collection(endpoint.path):
                await self.made(endpoint, self.holder)

    async def made(self, endpoint: Endpoint, by: Person, body: Json = None) -> Reply | None:
        """A new row by a valid request, of values that mean nothing unless told; None when it is refused."""
        reply = await self.ask(endpoint, by, self.values().valid(endpoint.body or {}) if body is None else body)
        if reply is None or reply.status != 201:
            return None
        self.rows[endpoint.path][:0] = _ids(reply, "")
        return reply

    def is_collection(self, path: str) -> bool:
        """Whether rows stand below this address."""
        return any(each.path.startswith(f"{path}/{{") for each in self.surface.endpoints)

    async def ask(self, endpoint: Endpoint, by: Person | None, body: Json = None, *, row: str = "") -> Reply | None:
        """One request to an operation, on `row` or on a known row; None when there is no answer."""
        known = row or next(iter(self.rows[endpoint.collection]), UNKNOWN_ID)
        sent = body if body is not None else {}
        try:
            if endpoint.method in ("GET", "DELETE"):
                return await self.wire.send(endpoint.method, endpoint.target(known), token=_token(by))
            return await self.wire.send(endpoint.method, endpoint.target(known), sent, token=_token(by))
        except NoAnswerError:
            return None

    async def again(self, person: Person, client: Client) -> Person | None:
        """Another session of somebody; None when they may no longer sign in."""
        route = self.operations.route("login")
        told: dict[str, Json] = {"email": person.email, "password": person.password}
        answer = await client.send(Request(route.method, route.path, told))
        tokens = [find(answer.body, f"tokens.{name}_token") for name in ("access", "refresh")]
        if answer.status >= 400 or not all(isinstance(token, str) for token in tokens):
            return None
        access, refresh = map(str, tokens)
        return Person(person.label, person.email, person.name, person.password, person.id, access, refresh)


def _token(by: Person | None) -> str:
    return by.access_token if by else ""


def _ids(reply: Reply | None, path: str) -> list[str]:
    if reply is None or reply.status >= 300 or not isinstance(reply.body, dict):
        return []
    found = reply.body.get(path) if path else [reply.body]
    rows = found if isinstance(found, list) else []
    return [str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row]


def _references(contract: contract_pb2.Contract) -> dict[str, str]:
    base = contract.conventions.base_path or "/api"
    addresses = {model.id: f"{base}/{model.names.path}" for model in contract.models}
    inputs = [each for operation in contract.operations for each in operation.inputs]
    fields: list[model_pb2.Field] = [*inputs, *(each for model in contract.models for each in model.fields)]
    return {
        field.name: addresses[field.type.targets[0]]
        for field in fields
        if field.type.targets and field.type.targets[0] in addresses
    }
