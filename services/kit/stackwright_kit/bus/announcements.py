"""How services are found: each announces itself in a bucket whose entries fade unless they are renewed."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from stackwright.discovery.v1.announcement_pb2 import Announcement
from stackwright.handler.v1.request_response_pb2 import HandlerDescription
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_kit.bus.connection import TRANSIENT, Bus
from stackwright_kit.bus.store import KeyValue, proto_codec
from stackwright_kit.errors import UnavailableError
from stackwright_kit.tasks import end

SERVICES_BUCKET = "stackwright_services"
_log = logging.getLogger("stackwright.announce")
T = TypeVar("T")


async def services_bucket(bus: Bus) -> KeyValue[Announcement]:
    """The bucket of announcements; keys are `<handler|validator|service>.<name>.<instance>`."""
    return await KeyValue.open(bus, SERVICES_BUCKET, proto_codec(Announcement), ttl=bus.settings.announce_ttl)


def _announcement(
    name: str, version: str, address: str, description: HandlerDescription | ValidatorDescription | None
) -> tuple[str, Announcement]:
    announcement = Announcement(instance_id=uuid.uuid4().hex, address=address)
    announcement.started_at.GetCurrentTime()
    if isinstance(description, HandlerDescription):
        kind = "handler"
        announcement.handler.CopyFrom(description)
    elif isinstance(description, ValidatorDescription):
        kind = "validator"
        announcement.validator.CopyFrom(description)
    else:
        kind = "service"
        announcement.named.name, announcement.named.version = name, version
    return f"{kind}.{name}.{announcement.instance_id}", announcement


async def _or_denied(bus: Bus, name: str, work: Coroutine[None, None, T]) -> T:
    """Wait for the work, but not for an answer that will never come because the user may not ask."""
    task, denied = asyncio.create_task(work), asyncio.create_task(bus.denied.wait())
    await asyncio.wait({task, denied}, return_when=asyncio.FIRST_COMPLETED)
    denied.cancel()
    if task.done():
        return task.result()
    task.cancel()
    user = bus.settings.nats_user
    raise ValueError(
        f"STACKWRIGHT_NATS_USER: the user {user!r} may not announce {name!r} (a user is named as its service)"
    )


@asynccontextmanager
async def announce(
    bus: Bus,
    *,
    name: str,
    version: str,
    address: str,
    ttl: float,
    description: HandlerDescription | ValidatorDescription | None = None,
) -> AsyncIterator[None]:
    """Announce a service while the block runs: at once, three times in every `ttl` seconds, and on each reconnection.

    Raises:
        ValueError: the NATS user may not announce this service.

    """
    key, announcement = _announcement(name, version, address, description)
    bucket = await _or_denied(bus, name, services_bucket(bus))
    await _or_denied(bus, name, bucket.put(key, announcement))
    wake = asyncio.Event()

    async def reconnected() -> None:
        wake.set()

    async def beat() -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), ttl / 3)
            wake.clear()
            try:
                # The bucket itself may be gone, where a server was replaced by an empty one.
                await (await services_bucket(bus)).put(key, announcement)
            except (*TRANSIENT, UnavailableError) as error:
                _log.warning(f"cannot announce now: {error}")

    bus.on_reconnect.append(reconnected)
    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        bus.on_reconnect.remove(reconnected)
        await end([task])
        # If NATS is away the entry fades by itself: do not hold up the shutdown.
        with suppress(*TRANSIENT, UnavailableError):
            async with asyncio.timeout(1):
                await bucket.delete(key)
