"""What a probe is, and the list of them all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from stackwright.code.v1 import finding_pb2
from stackwright_runtime_validator.proof.surface import Endpoint
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.client import NoAnswerError
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import MISSING, Found, Json

CRITICAL, HIGH, MEDIUM = finding_pb2.SEVERITY_CRITICAL, finding_pb2.SEVERITY_HIGH, finding_pb2.SEVERITY_MEDIUM
REFUSED = (401, 403, 404)


@dataclass
class Tries:
    """The attempts of one probe, and one sentence for each that got through."""

    count: int = 0
    holes: list[str] = field(default_factory=list)

    def repelled(self, safe: bool, hole: str) -> None:
        """Notes an attempt; `hole` says what happened if it was not repelled."""
        self.count += 1
        if not safe:
            self.holes.append(hole)

    def refused(self, reply: Reply | None, what: str, statuses: tuple[int, ...] = REFUSED) -> None:
        """Notes an attempt that must be answered with one of `statuses`; no answer lets nobody in either."""
        if reply is not None:
            self.repelled(reply.status in statuses, f"{what}: {reply.summary()}")


@dataclass(frozen=True)
class Probe:
    """One attack. `expects` says in one line what a safe application does."""

    id: str
    expects: str
    severity: finding_pb2.Severity
    attack: Callable[[Target, Tries], Awaitable[None]]


PROBES: dict[str, Probe] = {}
"""All probes by their ids; modules add theirs when they are imported."""

Attack = Callable[[Target, Tries], Awaitable[None]]


def probe(name: str, severity: finding_pb2.Severity, expects: str) -> Callable[[Attack], Attack]:
    """Adds a function to the probes."""

    def add(attack: Attack) -> Attack:
        if name in PROBES:
            raise ValueError(f"two probes are called {name}")
        PROBES[name] = Probe(name, expects, severity, attack)
        return attack

    return add


Ask = Callable[[], Awaitable[Reply | None]]


async def always_slow(ask: Ask, seconds: float) -> bool:
    """Whether two more of the same take that long as well: one slow answer may be the machine's."""
    for _ in range(2):
        reply = await ask()
        if reply is None or reply.seconds < seconds:
            return False
    return True


async def sent(
    target: Target,
    method: str,
    path: str,
    body: Found = MISSING,
    *,
    content: bytes | None = None,
    by: Person | None = None,
    token: str = "",
    headers: dict[str, str] | None = None,
) -> Reply | None:
    """One request; None when there is no answer."""
    told = token or (by.access_token if by else "")
    try:
        return await target.wire.send(method, path, body, content=content, token=told, headers=headers)
    except NoAnswerError:
        return None


async def goes_on(target: Target, tries: Tries, what: str) -> None:
    """Notes whether the application answers: asked twice, as it may have cut the connection of what it refused."""
    replies = [await sent(target, "GET", "/api/live") for _ in range(2)]
    answers = any(reply is not None and reply.status < 500 for reply in replies)
    tries.repelled(answers, f"after {what} the application does not answer")


def doors(target: Target) -> list[Endpoint]:
    """Secured operations that read without a row: the plainest places to try a token."""
    return [each for each in target.surface.endpoints if each.secured and each.method == "GET" and not each.has_row]


def makers(target: Target) -> list[Endpoint]:
    """Operations that make a row of a collection."""
    return [
        each
        for each in target.surface.endpoints
        if each.method == "POST" and not each.has_row and each.body and target.is_collection(each.path)
    ]


async def call(
    target: Target, name: str, values: dict[str, Json], *, token: str = "", headers: dict[str, str] | None = None
) -> Reply | None:
    """An operation of the contract by its name; None when it has none or does not answer."""
    if name not in target.operations:
        return None
    route = target.operations.route(name)
    return await sent(target, route.method, route.path, values, token=token, headers=headers)


def credentials(person: Person) -> dict[str, Json]:
    """What somebody signs in with."""
    return {"email": person.email, "password": person.password}


async def somebody(target: Target) -> Person:
    """Somebody new, whom no other probe knows."""
    person = await target.people.get("each")
    if person is None:
        raise ValueError("`each` is always a person")
    return person
