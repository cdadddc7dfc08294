"""The organization in which the usual persons meet, so that what they share is what members of one share."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from stackwright_runtime_validator.scenarios.client import Client, Request
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.values import Json, find

if TYPE_CHECKING:
    from stackwright_runtime_validator.scenarios.persons import Person

HOST = "host"
_PLACE, _PLACE_NAME = "everybody", "Everybody"
_ROLE = "guest of tests"


def place_of(known: Mapping[str, Person]) -> str:
    """The organization in which those who are known have met, as addresses name it; empty where they have not."""
    return _PLACE if HOST in known else ""


class Meeting:
    """Takes persons into the organization of the host, with a role there that permits nothing."""

    def __init__(self, operations: Operations, client: Client, host: Person) -> None:
        self._operations = operations
        self._client = client
        self._host = host
        self._lock = asyncio.Lock()
        self._place: tuple[str, str] | None = None

    async def open(self, admin: Person) -> None:
        """Makes the organization and the role; `admin` may make roles."""
        await self._ask(admin, "Role.create", {"name": _ROLE})
        await self._ask(self._host, "Organization.create", {"name": _PLACE_NAME})

    async def join(self, person: Person) -> None:
        """Makes somebody a member, whose session is in the organization then."""
        organization, role = await self._known()
        await self._ask(self._host, "Organization.add_member", {"email": person.email, "role": role}, row=organization)
        await self.enter(person)

    async def enter(self, person: Person) -> None:
        """Takes a session of a member into the organization."""
        organization, _ = await self._known()
        await self._ask(person, "switch_organization", {"organization": organization})

    async def _known(self) -> tuple[str, str]:
        async with self._lock:
            if self._place is None:
                organizations = await self._ask(self._host, "Organization.list", {})
                roles = await self._ask(self._host, "Role.choices", {"search": _ROLE})
                self._place = str(find(organizations, "items.0.id")), str(find(roles, "items.0.id"))
            return self._place

    async def _ask(self, by: Person, call: str, values: Mapping[str, Json], *, row: str = "") -> Json:
        operation = self._operations.get(call)
        if operation is None:
            raise UnprovenError(f"the contract has no operation `{call}`, so nobody is a member of an organization")
        route = self._operations.route(call, row=bool(row))
        request: Request = route.fill(row, dict(values), {}, {})
        answer = await self._client.send(request, token=by.access_token)
        if answer.status != operation.success_status:
            raise UnprovenError(f"a person could not {call}: {answer.summary()}")
        return answer.body
