"""The persons of a scenario, made through the application's own operations."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass

from stackwright_runtime_validator.scenarios.client import Client, Request
from stackwright_runtime_validator.scenarios.controls import Controls, UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.organizations import HOST, Meeting
from stackwright_runtime_validator.scenarios.values import MISSING, Json, find

STRANGER = "stranger"
EACH = "each"


@dataclass(frozen=True)
class Person:
    """Somebody with an account and an open session."""

    label: str
    email: str
    name: str
    password: str
    id: str
    access_token: str
    refresh_token: str

    def data(self) -> dict[str, Json]:
        """What `$ann.…` reads."""
        return {
            "email": self.email,
            "name": self.name,
            "password": self.password,
            "id": self.id,
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
        }


# Who may do nothing before an address is confirmed is no person to try anything with.
_CONFIRM = "EmailVerification.confirm"
_MAIL_SECONDS = 15.0


class People:
    """Makes each person once. `known` are those who exist in the database already, with open sessions."""

    def __init__(
        self, operations: Operations, client: Client, controls: Controls, known: Mapping[str, Person] | None = None
    ) -> None:
        self._operations = operations
        self._client = client
        self._controls = controls
        self._people: dict[str, Person] = dict(known or {})
        self._locks: dict[str, asyncio.Lock] = {}
        self._count = 0
        # Where nobody is known yet, everybody begins without an organization.
        host = self._people.get(HOST)
        self._meeting = Meeting(operations, client, host) if host else None
        self.data: dict[str, dict[str, Json]] = {label: person.data() for label, person in self._people.items()}
        """Data of all persons made so far, for places."""

    @property
    def known(self) -> Mapping[str, Person]:
        """Everybody who was made so far, by label."""
        return self._people

    async def meet(self) -> None:
        """Opens the organization of the usual persons: everybody made from now on is a member of it."""
        host, admin = await self.get(HOST), await self.get("admin")
        if host is None or admin is None:
            raise UnprovenError("nobody is there to open an organization")
        meeting = Meeting(self._operations, self._client, host)
        await meeting.open(admin)
        await meeting.join(admin)
        self._meeting = meeting

    def is_label(self, name: str) -> bool:
        """Whether a place of this name can be a person: `ann`, `bob`, a role, or another session of one."""
        base = name.partition("@")[0]
        return base in ("ann", "bob") or bool(self.role_of(base))

    def role_of(self, label: str) -> str:
        """The role that this label stands for (`admin2` → `admin`); empty when it is none."""
        base = label.partition("@")[0].rstrip("0123456789")
        return base if any(role.name == base for role in self._operations.contract.roles) else ""

    async def get(self, label: str) -> Person | None:
        """The person; None for a stranger. `each` is a new one at every call."""
        if label in ("", STRANGER):
            return None
        if label == EACH:
            self._count += 1
            return await self._make(f"each{self._count}")
        async with self._locks.setdefault(label, asyncio.Lock()):
            if label not in self._people:
                base, at, _ = label.partition("@")
                self._people[label] = await (self._another_session(base, label) if at else self._make(label))
                self.data[label] = self._people[label].data()
            return self._people[label]

    async def _make(self, label: str) -> Person:
        email, name, password = f"{label}@example.org", f"{label.capitalize()} Person", password_of(label)
        body = await self._ask("register", {"email": email, "name": name, "password": password})
        person = self._person(label, email, name, password, body)
        role = "" if label.startswith(EACH) else self.role_of(label)
        if role:
            await self._controls.grant(email, role)
        await self._confirm(email)
        if self._meeting is not None:
            await self._meeting.join(person)
        return person

    async def _confirm(self, email: str) -> None:
        """Follows the link that the application sends to a new address, as people do."""
        if _CONFIRM not in self._operations:
            return
        until = time.monotonic() + _MAIL_SECONDS
        while time.monotonic() < until:
            found = [find(mail.body, "links.0.query.token") for mail in self._controls.mails(email)]
            if found and found[-1] is not MISSING:
                await self._ask(_CONFIRM, {"token": str(found[-1])})
                return
            await asyncio.sleep(0.05)

    async def _another_session(self, base: str, label: str) -> Person:
        person = await self.get(base)
        if person is None:
            raise UnprovenError(f"{label}: a stranger has no sessions")
        body = await self._ask("login", {"email": person.email, "password": person.password})
        return self._person(label, person.email, person.name, person.password, body)

    async def _ask(self, call: str, values: dict[str, Json]) -> Json:
        operation = self._operations.get(call)
        if operation is None:
            raise UnprovenError(f"the contract has no operation `{call}`, so there are no persons")
        route = self._operations.route(call)
        known = {field.name for field in operation.inputs}
        sent = {key: value for key, value in values.items() if key in known}
        answer = await self._client.send(Request(route.method, route.path, sent))
        if answer.status != operation.success_status:
            raise UnprovenError(f"a person could not {call}: {answer.summary()}")
        return answer.body

    @staticmethod
    def _person(label: str, email: str, name: str, password: str, body: Json) -> Person:
        parts = [find(body, path) for path in ("user.id", "tokens.access_token", "tokens.refresh_token")]
        if any(part is MISSING for part in parts):
            raise UnprovenError(
                f"{label}: register and login must answer with user.id and tokens, not {str(body)[:200]}"
            )
        identity, access, refresh = (str(part) for part in parts)
        return Person(label, email, name, password, identity, access, refresh)


def password_of(label: str) -> str:
    """A strong password that holds neither name nor e-mail and is found in no list; the same at every run."""
    return f"Quiet-harbour-{hashlib.sha256(label.encode()).hexdigest()[:10]}"
