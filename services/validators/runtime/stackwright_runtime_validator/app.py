"""What behaviour tests in Python do with an application."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_runtime_validator.proof.cluster import Connection
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.scenarios.client import Answer, Client, NoAnswerError, Request
from stackwright_runtime_validator.scenarios.controls import Mail, UnprovenError
from stackwright_runtime_validator.scenarios.expectations import MismatchError, status_problem
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.persons import People, Person
from stackwright_runtime_validator.scenarios.values import Json

_POLL_SECONDS = 0.05


class App:
    """A started application: operations by name, persons by label, its database and the mails that it sent."""

    def __init__(
        self, contract: contract_pb2.Contract, instance: Instance, client: Client, known: Mapping[str, Person]
    ) -> None:
        self.contract = contract
        self.instance = instance
        self.client = client
        self.operations = Operations(contract)
        self._people = People(self.operations, client, instance, known)

    @property
    def known(self) -> Mapping[str, Person]:
        """Everybody who was made so far, by label."""
        return self._people.known

    async def person(self, label: str) -> Person:
        """`ann`, `bob`, the name of a role, `ann@phone` (another session), or `each` (somebody new)."""
        person = await self._people.get(label)
        if person is None:
            raise ValueError(f"{label} is not a person")
        return person

    async def call(
        self,
        do: str,
        values: Mapping[str, Json] | None = None,
        *,
        by: str | Person = "stranger",
        row: str = "",
        expect: int | Sequence[int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Calls an operation (`User.create`, `login`) as somebody.

        Raises MismatchError when the status is none of `expect`.
        """
        person = by if isinstance(by, Person) else await self._people.get(by)
        route = self.operations.route(do, row=bool(row))
        request = route.fill(row, values or {}, {}, headers or {})
        answer = await self._send(request, person)
        if expect is not None:
            problem = status_problem(answer.status, [expect] if isinstance(expect, int) else expect)
            if problem:
                raise MismatchError(f"{do}: {problem}: {answer.summary()}")
        return answer

    async def send(self, request: Request, *, by: str | Person = "stranger") -> Answer:
        """A request that no operation describes."""
        person = by if isinstance(by, Person) else await self._people.get(by)
        return await self._send(request, person)

    async def _send(self, request: Request, person: Person | None) -> Answer:
        try:
            return await self.client.send(request, token=person.access_token if person else "")
        except NoAnswerError as error:
            if self.instance.running:
                raise
            raise NoAnswerError(f"{error}; the application had ended: {self.instance.tail().strip()[-1500:]}") from None

    async def mail(self, to: str | Person, *, subject: str = "", within: float = 10) -> Mail:
        """The newest mail to a person or an address whose subject holds this text, as soon as it comes.

        Raises MismatchError when none comes `within` these seconds, UnprovenError when the contract has no mails.
        """
        address = to.email if isinstance(to, Person) else to
        until = time.monotonic() + within
        while True:
            mails = self.instance.mails(address)
            for mail in reversed(mails):
                if subject.lower() in str(mail.body["subject"]).lower():
                    return mail
            if time.monotonic() > until:
                came = [str(mail.body["subject"]) for mail in mails]
                raise MismatchError(f"no mail {subject!r} came to {address} within {within:g} s, only {came}")
            await asyncio.sleep(_POLL_SECONDS)

    def model(self, name: str) -> model_pb2.Model:
        """A model of the contract. Raises UnprovenError when it has none of this name."""
        for model in self.contract.models:
            if model.name == name:
                return model
        raise UnprovenError(f"the contract has no model {name}")

    def table(self, model: str) -> str:
        """Its table, quoted."""
        return f'"{self.model(model).names.table}"'

    def column(self, model: str, field: str, *, number: int = 0) -> str:
        """The column of a field, quoted; `number` > 0 for its further columns."""
        for known in self.model(model).fields:
            if known.name == field:
                name = known.names.column if not number else known.names.extra_columns[number - 1]
                return f'"{name}"'
        raise UnprovenError(f"{model} has no field {field}")

    @asynccontextmanager
    async def database(self, *, owner: bool = True) -> AsyncIterator[Connection]:
        """A connection to its database, as the role that the application itself uses."""
        connection = await self.instance.cluster.connect(self.instance.database, owner=owner)
        try:
            yield connection
        finally:
            await connection.close()
