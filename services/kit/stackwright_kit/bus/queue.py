"""A work queue with leases: an item is one worker's as long as its heartbeat comes, and is another's after that."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import nats.errors
import nats.js.errors
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, RetentionPolicy, StorageType, StreamConfig

from stackwright_kit.bus.connection import TRANSIENT, Bus, patiently
from stackwright_kit.tasks import end

_log = logging.getLogger("stackwright.queue")
_BURY_AGAIN = 5.0
"""Seconds until a dead letter that could not be dealt with comes again."""


@dataclass
class Lease:
    """An item in hand. `payload` as it was put; `deliveries` counts from 1."""

    payload: bytes
    deliveries: int
    _message: Msg

    async def adopt(self, later: Lease) -> None:
        """Go on with a later delivery of the same item, which came because a heartbeat of ours was late."""
        self._message, self.deliveries = later._message, later.deliveries
        with suppress(*TRANSIENT, nats.errors.Error):
            await self._message.in_progress()

    async def done(self) -> None:
        """Take the item off the queue, for good."""
        # Without an answer it would come again: harmless, as whoever takes it finds the work done.
        with suppress(*TRANSIENT):
            await self._message.ack_sync(timeout=5)

    async def give_back(self, delay: float) -> None:
        """Let it come again, to anyone, after `delay` seconds."""
        with suppress(*TRANSIENT):
            await self._message.nak(delay=delay)


class WorkQueue:
    """A queue of its own stream. After `max_deliveries` an item goes to the dead letters instead of a worker."""

    def __init__(self, bus: Bus, name: str, lease: float) -> None:
        self._bus, self._name, self._lease = bus, name, lease
        self._stream, self._subject = f"STACKWRIGHT_QUEUE_{name.upper()}", f"stackwright.queue.{name}"
        self._dead = f"STACKWRIGHT_DEAD_{name.upper()}"

    @classmethod
    async def open(cls, bus: Bus, name: str, *, lease: float, max_deliveries: int, max_age: float) -> WorkQueue:
        """Open a queue, making it if it is not there. `lease` in seconds; heartbeats come three times in it."""
        queue = cls(bus, name, lease)
        await patiently(lambda: queue._provision(max_deliveries, max_age))
        return queue

    async def _provision(self, max_deliveries: int, max_age: float) -> None:
        advisory = f"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{self._stream}.workers"
        for stream in (
            StreamConfig(
                name=self._stream,
                subjects=[self._subject],
                retention=RetentionPolicy.WORK_QUEUE,
                storage=StorageType.FILE,
                max_age=max_age,
                allow_direct=True,
            ),
            # The server says only once that an item was given up, so that is kept in a stream until it is dealt with.
            StreamConfig(
                name=self._dead,
                subjects=[advisory],
                retention=RetentionPolicy.WORK_QUEUE,
                storage=StorageType.FILE,
                max_age=max_age,
            ),
        ):
            try:
                await self._bus.jetstream.add_stream(stream)
            except nats.js.errors.BadRequestError:
                await self._bus.jetstream.update_stream(stream)
        # `pull_subscribe` never updates a durable that is there; `add_consumer` does.
        for stream_name, durable, wait, most in (
            (self._stream, "workers", self._lease, max_deliveries),
            (self._dead, "readers", 30.0, -1),
        ):
            await self._bus.jetstream.add_consumer(
                stream_name,
                ConsumerConfig(
                    durable_name=durable,
                    ack_policy=AckPolicy.EXPLICIT,
                    ack_wait=wait,
                    max_deliver=most,
                    max_ack_pending=10_000,
                ),
            )

    async def put(self, payload: bytes, *, item_id: str) -> None:
        """Add an item; the same `item_id` within two minutes adds it once."""
        await patiently(lambda: self._bus.jetstream.publish(self._subject, payload, headers={"Nats-Msg-Id": item_id}))

    async def take(self) -> AsyncIterator[Lease]:
        """Items as they come, for ever; the caller runs `holding(lease)` while it works on one."""
        async for message in self._messages(self._stream, "workers"):
            yield Lease(message.data, message.metadata.num_delivered or 1, message)

    async def _messages(self, stream: str, durable: str) -> AsyncIterator[Msg]:
        subscription = None
        while True:
            try:
                if subscription is None:
                    subscription = await self._bus.jetstream.pull_subscribe_bind(durable=durable, stream=stream)
                for message in await subscription.fetch(1, timeout=5):
                    yield message
            except (TimeoutError, nats.errors.TimeoutError):
                continue
            except (*TRANSIENT, nats.js.errors.APIError, nats.errors.Error):
                if self._bus.client.is_closed:
                    return
                subscription = None
                await asyncio.sleep(0.5)

    @asynccontextmanager
    async def holding(self, lease: Lease) -> AsyncIterator[None]:
        """Send heartbeats for an item while the block runs."""

        async def beat() -> None:
            while True:
                await asyncio.sleep(self._lease / 3)
                with suppress(*TRANSIENT, nats.errors.Error):
                    await lease._message.in_progress()

        task = asyncio.create_task(beat())
        try:
            yield
        finally:
            await end([task])

    async def bury(self, handle: Callable[[bytes], Awaitable[None]]) -> None:
        """Deal with dead letters for ever: `handle` gets the payload of an item given up; then it leaves the queue."""
        async for message in self._messages(self._dead, "readers"):
            sequence = int(json.loads(message.data)["stream_seq"])
            try:
                item = await self._bus.jetstream.get_msg(self._stream, sequence)
            except nats.js.errors.NotFoundError:
                await message.ack()
                continue
            _log.error(f"an item of queue {self._name} was given up", extra={"stream_sequence": sequence})
            try:
                await handle(item.data or b"")
            except Exception:
                # Whoever reads dead letters must outlive one that fails, or the next would wait for ever.
                _log.exception(f"a dead letter of queue {self._name} could not be dealt with; it comes again")
                with suppress(*TRANSIENT, nats.errors.Error):
                    await message.nak(delay=_BURY_AGAIN)
                continue
            with suppress(nats.js.errors.APIError):
                await self._bus.jetstream.delete_msg(self._stream, sequence)
            await message.ack()
