"""The connection to NATS: one for each service, with its own credentials, and patient while the server restarts."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import nats
import nats.errors
import nats.js.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext

from stackwright_kit.errors import InternalError, UnavailableError
from stackwright_kit.settings import Settings

LEAST_VERSION = (2, 12)
"""Older servers ignore stream features without a word: fencing over a subject filter, batched direct gets."""

TRANSIENT = (
    nats.errors.TimeoutError,
    nats.errors.NoRespondersError,
    nats.errors.ConnectionClosedError,
    nats.errors.ConnectionReconnectingError,
    nats.errors.OutboundBufferLimitError,
    nats.js.errors.NoStreamResponseError,
    nats.js.errors.ServiceUnavailableError,
    asyncio.TimeoutError,
)
"""What a restart of the server looks like from a client."""

_log = logging.getLogger("stackwright.bus")
_T = TypeVar("_T")


@dataclass
class Bus:
    """A connection to NATS with JetStream. `on_reconnect` callbacks run after each reconnection."""

    client: Client
    jetstream: JetStreamContext
    settings: Settings
    service: str
    on_reconnect: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    denied: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server refused something for want of permission; it says so apart from the request."""


def _inbox_prefix(user: str) -> str:
    return f"_INBOX_{user}" if user else "_INBOX"


@asynccontextmanager
async def connect(settings: Settings, service: str) -> AsyncIterator[Bus]:
    """Connect to `settings.nats_url`, and close after the last message is out.

    Raises:
        ValueError: the server cannot be reached, refuses the credentials, or is older than `LEAST_VERSION`.

    """
    buses: list[Bus] = []

    async def reconnected() -> None:
        _log.info("reconnected to NATS")
        for callback in [call for bus in buses for call in bus.on_reconnect]:
            await callback()

    async def failed(error: Exception) -> None:
        _log.warning(f"NATS: {error}")
        if "permissions violation" in str(error).lower():
            for bus in buses:
                bus.denied.set()

    try:
        async with asyncio.timeout(settings.nats_connect_seconds):
            client = await nats.connect(
                settings.nats_url,
                name=service,
                user=settings.nats_user or None,
                password=settings.nats_password.get_secret_value() or None,
                inbox_prefix=_inbox_prefix(settings.nats_user),
                max_reconnect_attempts=-1,
                reconnect_time_wait=0.25,
                ping_interval=20,
                allow_reconnect=True,
                reconnected_cb=reconnected,
                error_cb=failed,
            )
    except (OSError, nats.errors.Error, TimeoutError) as error:
        why = str(error) or f"no answer within {settings.nats_connect_seconds:g} s"
        raise ValueError(f"STACKWRIGHT_NATS_URL: cannot connect to {settings.nats_url}: {why}") from error
    version = client.connected_server_version
    if (version.major, version.minor) < LEAST_VERSION:
        await client.close()
        least = ".".join(map(str, LEAST_VERSION))
        raise ValueError(
            f"STACKWRIGHT_NATS_URL: the NATS server is {version.major}.{version.minor}; at least {least} is needed"
        )
    bus = Bus(client, client.jetstream(timeout=5), settings, service)
    buses.append(bus)
    try:
        yield bus
    finally:
        # Not `drain`: it waits for every subscription's queue, and readers that were cancelled empty theirs no more.
        with suppress(nats.errors.Error, TimeoutError):
            await client.flush(timeout=2)
        # The server may be gone already; then there is nothing to say goodbye to.
        with suppress(OSError):
            await client.close()


async def direct_get(bus: Bus, stream: str, request: dict[str, object]) -> list[Msg]:
    """Many stored messages for one request: a batched direct get (server 2.11), for which nats-py has no call.

    `request` is its JSON body, with `batch`; the answers end with an empty one of status 204, or 404 if there are none.
    """
    client, messages = bus.client, list[Msg]()
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox)
    try:
        await client.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(request).encode(), reply=inbox)
        while True:
            message = await subscription.next_msg(timeout=5)
            status = (message.headers or {}).get("Status", "")
            if status == "503":
                raise nats.errors.NoRespondersError
            if status and status not in {"204", "404"}:
                raise InternalError(f"{stream}: {message.headers}")
            if status:
                return messages
            messages.append(message)
    finally:
        await subscription.unsubscribe()


async def patiently(operation: Callable[[], Awaitable[_T]], *, seconds: float = 30.0) -> _T:
    """Repeat an idempotent operation while NATS is away.

    Raises:
        UnavailableError: if it is still away after `seconds`.

    """
    end, pause = asyncio.get_running_loop().time() + seconds, 0.05
    while True:
        try:
            return await operation()
        except TRANSIENT as error:
            if asyncio.get_running_loop().time() + pause > end:
                raise UnavailableError(
                    f"NATS does not answer: {error!r}", reason="BUS_UNAVAILABLE", retry_after=5
                ) from error
            await asyncio.sleep(pause)
            pause = min(pause * 2, 1.0)
