"""Typed events: published, subscribed to and replayed by message type. `subject_of` alone decides where they go."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, cast

import nats.js.errors
from google.protobuf import symbol_database
from google.protobuf.message import Message
from nats.aio.msg import Msg
from nats.js.api import StorageType, StreamConfig

from stackwright_kit.bus.connection import Bus, direct_get, patiently
from stackwright_kit.errors import ConflictError

EVENTS_STREAM = "STACKWRIGHT_EVENTS"
_TYPE_HEADER = "Stackwright-Type"
_ANY_RUN = "none"
_BATCH = 200
_WRONG_LAST_SEQUENCE = 10071

E = TypeVar("E", bound=Message)


class EventMeta(Protocol):
    """The part of an event that all have: `EventMeta` of stackwright.events.v1."""

    run_id: str
    event_id: str


def subject_of(kind: type[Message], run_id: str = "*") -> str:
    """Subject of a message type: `stackwright.runs.<run>.<snake_case_name>`; an empty run is written `none`."""
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.DESCRIPTOR.name).lower()
    return f"stackwright.runs.{run_id or _ANY_RUN}.{snake}"


def meta_of(event: Message) -> EventMeta:
    """The `meta` of an event."""
    if "meta" not in event.DESCRIPTOR.fields_by_name:
        raise TypeError(f"{event.DESCRIPTOR.full_name} is no event: it has no `meta`")
    return cast(EventMeta, getattr(event, "meta"))  # noqa: B009 -- known by name only


@dataclass(frozen=True)
class LoggedEvent(Generic[E]):
    """An event and its place in the log; places rise, with gaps."""

    sequence: int
    event: E


def _decode(type_name: str, data: bytes) -> Message:
    kind = symbol_database.Default().GetSymbol(type_name)
    return kind.FromString(data)


class HandlerEventBus:
    """The events of one service. Logged types are kept and replayed; others (progress) reach only who listens."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def provision(self, logged: Sequence[type[Message]], max_age: float) -> None:
        """Make the log of events, for these types, each kept `max_age` seconds. Called by the owner of the log."""
        config = StreamConfig(
            name=EVENTS_STREAM,
            subjects=[subject_of(kind) for kind in logged],
            storage=StorageType.FILE,
            max_age=max_age,
            allow_direct=True,
            duplicate_window=120,
            deny_delete=True,
        )

        async def make() -> None:
            try:
                await self._bus.jetstream.add_stream(config)
            except nats.js.errors.BadRequestError:
                await self._bus.jetstream.update_stream(config)

        await patiently(make)

    async def publish(self, event: Message) -> None:
        """Publish an event: to those who listen, and into the log if its type is logged. Does not wait for the log."""
        meta = meta_of(event)
        headers = {_TYPE_HEADER: event.DESCRIPTOR.full_name}
        if meta.event_id:
            headers["Nats-Msg-Id"] = f"{meta.run_id}/{meta.event_id}"
        await self._bus.client.publish(subject_of(type(event), meta.run_id), event.SerializeToString(), headers=headers)

    async def append(self, event: Message, *, after: int) -> int:
        """Append to the log of the event's run, if its last sequence is still `after` (0: none); returns the new one.

        The stream's window of duplicates guards against a repeat of the same `event_id`, the expected sequence against
        everything older, and against a second writer.

        Raises:
            ConflictError: the log has moved on; read it again.

        """
        meta = meta_of(event)
        subject, data = subject_of(type(event), meta.run_id), event.SerializeToString(deterministic=True)

        async def write() -> int:
            headers = {
                _TYPE_HEADER: event.DESCRIPTOR.full_name,
                "Nats-Msg-Id": f"{meta.run_id}/{meta.event_id}",
                "Nats-Expected-Last-Subject-Sequence": str(after),
                "Nats-Expected-Last-Subject-Sequence-Subject": f"stackwright.runs.{meta.run_id}.*",
            }
            try:
                ack = await self._bus.jetstream.publish(subject, data, headers=headers)
            except nats.js.errors.APIError as error:
                if error.err_code == _WRONG_LAST_SEQUENCE:
                    raise ConflictError(f"the log of run {meta.run_id} has moved on", reason="LOG_MOVED_ON") from error
                raise
            return ack.seq

        return await patiently(write)

    @asynccontextmanager
    async def subscribe(self, *kinds: type[E], run_id: str = "*") -> AsyncIterator[AsyncIterator[E]]:
        """Events of these types as they come, from now on: `async with bus.subscribe(RunCompleted) as events:`."""
        queue: asyncio.Queue[E] = asyncio.Queue()

        async def took(message: Msg) -> None:
            by_subject = {subject_of(kind).rsplit(".", 1)[1]: kind for kind in kinds}
            queue.put_nowait(by_subject[message.subject.rsplit(".", 1)[1]].FromString(message.data))

        async def received() -> AsyncIterator[E]:
            while True:
                yield await queue.get()

        client = self._bus.client
        subscriptions = [await client.subscribe(subject_of(kind, run_id), cb=took) for kind in kinds]
        await client.flush()
        try:
            yield received()
        finally:
            for subscription in subscriptions:
                await subscription.unsubscribe()

    async def get_event_history(
        self, run_id: str, types: Sequence[type[Message]] = (), *, after: int = 0, limit: int = 1000
    ) -> list[LoggedEvent[Message]]:
        """Logged events of a run in order, after a sequence; all types unless some are given."""
        names = {kind.DESCRIPTOR.full_name for kind in types}
        found: list[LoggedEvent[Message]] = []
        while len(found) < limit:
            messages = await patiently(functools.partial(self._logged, run_id, after))
            for message in messages:
                headers = message.headers or {}
                after = int(headers["Nats-Sequence"])
                if not names or headers[_TYPE_HEADER] in names:
                    found.append(LoggedEvent(after, _decode(headers[_TYPE_HEADER], message.data)))
            if len(messages) < _BATCH:
                break
        return found[:limit]

    async def _logged(self, run_id: str, after: int) -> list[Msg]:
        subject = f"stackwright.runs.{run_id}.*"
        return await direct_get(self._bus, EVENTS_STREAM, {"seq": after + 1, "next_by_subj": subject, "batch": _BATCH})
