"""Who is there: handlers and validators as they announce themselves, and channels to them."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import grpc

from stackwright.discovery.v1.announcement_pb2 import Announcement
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.registry.v1.request_response_pb2 import ResolvedFeature
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_kit.bus import KeyValue
from stackwright_kit.client import channel
from stackwright_kit.errors import (
    FailedPreconditionError,
    FieldViolation,
    InvalidArgumentError,
    StackwrightError,
    UnavailableError,
    error_from_rpc,
)
from stackwright_orchestrator.records import Pin
from stackwright_orchestrator.settings import OrchestratorSettings

T = TypeVar("T")
ROLES: dict[str, int] = {
    "backend": handler.HANDLER_ROLE_BACKEND,
    "database": handler.HANDLER_ROLE_DATABASE,
    "frontend": handler.HANDLER_ROLE_FRONTEND,
}
"""Layers in the order in which events name them."""
CONTRACT_LANGUAGES = frozenset({1})
"""Versions of the contract language that this orchestrator passes on."""
_FRESH_SECONDS = 0.25
_log = logging.getLogger("stackwright.discovery")


@dataclass(frozen=True)
class Pinned:
    """The handlers of a run, one for each layer, that can work together."""

    handlers: dict[str, handler.HandlerDescription]

    def supports(self, feature: ResolvedFeature) -> bool:
        """Whether every one of them has it: what is data alone they compile, of the rest they have the code."""
        named = ({supported.key for supported in each.features} for each in self.handlers.values())
        return not feature.native_modules or all(feature.key in keys for keys in named)

    def pins(self) -> list[Pin]:
        """As the row of the run keeps them."""
        return [
            Pin(role=role, name=found.name, version=found.version, digest=found.blueprint_digest)
            for role, found in self.handlers.items()
        ]


class Directory:
    """The announced services. Reads the bucket when asked, at most four times a second."""

    def __init__(self, bucket: KeyValue[Announcement], settings: OrchestratorSettings) -> None:
        self._bucket, self._settings = bucket, settings
        self._read_at = 0.0
        self._announcements: list[Announcement] = []
        self._channels: dict[str, grpc.aio.Channel] = {}
        self._reading = asyncio.Lock()

    async def announcements(self, *, fresh: bool = False) -> list[Announcement]:
        """All that is announced now, the longest running first."""
        async with self._reading:
            if fresh or time.monotonic() - self._read_at > _FRESH_SECONDS:
                entries = await self._bucket.read()
                found = [entry.value for entry in entries]
                self._announcements = sorted(found, key=lambda a: (a.started_at.ToNanoseconds(), a.instance_id))
                self._read_at = time.monotonic()
            return self._announcements

    async def handlers(self, role: str) -> list[handler.HandlerDescription]:
        """Distinct handlers of a layer."""
        found = [a.handler for a in await self.announcements() if a.HasField("handler")]
        distinct = {(h.name, h.version, h.blueprint_digest): h for h in found if h.role == ROLES[role]}
        return sorted(distinct.values(), key=lambda h: (h.name, _version(h.version), h.blueprint_digest))

    async def validators(self) -> list[ValidatorDescription]:
        """Distinct validators, the newest version of each name, by name."""
        found = [a.validator for a in await self.announcements() if a.HasField("validator")]
        newest = {v.name: v for v in sorted(found, key=lambda v: _version(v.version))}
        return [newest[name] for name in sorted(newest)]

    async def pinned(self, pins: Sequence[Pin]) -> Pinned | None:
        """The handlers of earlier pins, or None if one of them is announced no longer."""
        found: dict[str, handler.HandlerDescription] = {}
        for pin in pins:
            for h in await self.handlers(pin.role):
                if (h.name, h.version, h.blueprint_digest) == (pin.name, pin.version, pin.digest):
                    found[pin.role] = h
        return Pinned(found) if len(found) == len(pins) else None

    async def pin(self, stack: handler.Stack, *, patience: float = 0.0) -> Pinned:
        """Choose the handlers of a stack, waiting up to `patience` seconds where a layer has none; see `choose`."""
        end = time.monotonic() + patience
        while True:
            try:
                return await self.choose(stack)
            except UnavailableError:
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(0.5)

    async def choose(self, stack: handler.Stack) -> Pinned:
        """The newest handlers of a stack that speak the same contract language and the same conventions.

        Raises:
            InvalidArgumentError: naming each field of the stack that nobody supports, and what is supported.
            UnavailableError: no handler of a layer is announced at all.
            FailedPreconditionError: there are handlers, but no set of them fits together.

        """
        candidates: dict[str, list[handler.HandlerDescription]] = {}
        violations: list[FieldViolation] = []
        for role in ROLES:
            announced = await self.handlers(role)
            if not announced:
                raise UnavailableError(f"no {role} handler is announced", reason="HANDLER_ABSENT", retry_after=5)
            technology: handler.Technology = getattr(stack, role)
            candidates[role], violation = _supporting(role, technology, announced)
            violations += violation
        if violations:
            said = "; ".join(f"{violation.field}: {violation.description}" for violation in violations)
            raise InvalidArgumentError(said, reason="TECHNOLOGY_UNSUPPORTED", violations=violations)
        newest_first = [sorted(candidates[role], key=lambda h: _version(h.version), reverse=True) for role in ROLES]
        for chosen in itertools.product(*newest_first):
            if _compatible(chosen):
                return Pinned(dict(zip(ROLES, chosen, strict=True)))
        listed = ", ".join(f"{h.name} {h.version}" for found in newest_first for h in found)
        raise FailedPreconditionError(
            f"the handlers that are announced speak no common contract language and conventions: {listed}",
            reason="HANDLERS_INCOMPATIBLE",
        )

    def to(self, address: str) -> grpc.aio.Channel:
        """A channel to an address, kept."""
        if address not in self._channels:
            self._channels[address] = channel(address, self._settings)
        return self._channels[address]

    async def with_handler(self, pin: Pin, call: Callable[[grpc.aio.Channel], Awaitable[T]]) -> T:
        """Make an idempotent call to an instance of a pinned handler; to another one if it is, or goes, away."""

        def is_it(found: Announcement) -> bool:
            told = found.handler
            return (told.name, told.version, told.blueprint_digest) == (pin.name, pin.version, pin.digest)

        return await self._with(f"handler {pin.name} {pin.version}", is_it, call)

    async def with_validator(self, name: str, call: Callable[[grpc.aio.Channel], Awaitable[T]]) -> T:
        """Make an idempotent call to an instance of a validator."""
        return await self._with(f"validator {name}", lambda found: found.validator.name == name, call)

    async def with_registry(self, call: Callable[[grpc.aio.Channel], Awaitable[T]]) -> T:
        """Make an idempotent call to the registry."""
        if self._settings.registry_address:
            fixed = Announcement(address=self._settings.registry_address)
            return await self._with("registry", lambda _: True, call, fixed)
        return await self._with("registry", lambda found: found.named.name == "registry", call)

    async def _with(
        self,
        what: str,
        is_it: Callable[[Announcement], bool],
        call: Callable[[grpc.aio.Channel], Awaitable[T]],
        fixed: Announcement | None = None,
    ) -> T:
        end = time.monotonic() + self._settings.service_patience
        last: StackwrightError = UnavailableError(f"{what} is not announced", reason="SERVICE_ABSENT", retry_after=5)
        fresh = False
        while True:
            known = [fixed] if fixed else await self.announcements(fresh=fresh)
            for found in filter(is_it, known):
                try:
                    return await call(self.to(found.address))
                except grpc.aio.AioRpcError as error:
                    last = error_from_rpc(error)
                    if not isinstance(last, UnavailableError):
                        raise last from error
                    _log.warning(f"{what} at {found.address} is away: {last.message}")
            if time.monotonic() > end:
                raise last
            fresh = True
            await asyncio.sleep(0.2)

    async def close(self) -> None:
        """Close all channels."""
        for opened in self._channels.values():
            await opened.close()


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def _supporting(
    role: str, technology: handler.Technology, announced: Sequence[handler.HandlerDescription]
) -> tuple[list[handler.HandlerDescription], list[FieldViolation]]:
    field = f"spec.stack.{role}"
    name, language = technology.name.strip().lower(), technology.language.strip().lower()
    named = [h for h in announced if name in {known.lower() for known in h.technologies}]
    if not named:
        supported = ", ".join(sorted({known for h in announced for known in h.technologies}))
        got = f"got {technology.name!r}" if technology.name else "it is missing"
        return [], [FieldViolation(f"{field}.name", f"must be one of: {supported} ({got})")]
    if not language:
        return named, []
    speaking = [h for h in named if not h.languages or language in {known.lower() for known in h.languages}]
    if not speaking:
        supported = ", ".join(sorted({known for h in named for known in h.languages}))
        told = f"must be one of: {supported} (got {technology.language!r})"
        return [], [FieldViolation(f"{field}.language", told)]
    return speaking, []


def _compatible(chosen: Sequence[handler.HandlerDescription]) -> bool:
    languages = frozenset.intersection(CONTRACT_LANGUAGES, *(frozenset(h.contract_versions) for h in chosen))
    return bool(languages) and len({h.conventions_version for h in chosen}) == 1
