"""Test support: real servers on ports of their own, never mocks. For tests of any service.

All are async context managers: a server starts in 40 ms, so a test that needs one starts one.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
from pydantic import SecretStr

from stackwright_kit.bus import STANDARD_USERS, Bus, EmbeddedNats, connect, embedded_nats
from stackwright_kit.client import channel
from stackwright_kit.server import Service, running
from stackwright_kit.settings import Settings

TOKEN = "test-service-token"  # noqa: S105 -- of tests, on loopback


def test_settings(**changes: object) -> Settings:
    """Settings for a test: loopback, any port, a token, short waits; the environment is not read."""
    values: dict[str, object] = {
        "service_token": SecretStr(TOKEN),
        "drain_seconds": 1.0,
        "announce_ttl": 15.0,
        "nats_connect_seconds": 1.0,
    }
    return Settings.model_construct(**{**Settings.model_construct().model_dump(), **values, **changes})


test_settings.__test__ = False  # type: ignore[attr-defined]  # pytest would collect it by its name


@asynccontextmanager
async def nats_server(roles: Mapping[str, str] = STANDARD_USERS) -> AsyncIterator[EmbeddedNats]:
    """A real nats-server with an empty store, gone with the block."""
    with tempfile.TemporaryDirectory(prefix="jetstream-") as folder:
        async with embedded_nats(Path(folder) / "store", roles) as server:
            yield server


@asynccontextmanager
async def bus_as(
    server: EmbeddedNats, user: str = "orchestrator", settings: Settings | None = None
) -> AsyncIterator[Bus]:
    """A connection to a test server with the permissions of a user."""
    async with connect(server.settings(user, settings or test_settings()), user) as bus:
        yield bus


@asynccontextmanager
async def serving(service: Service, settings: Settings | None = None) -> AsyncIterator[grpc.aio.Channel]:
    """Serve on a port of the system's choice; gives a channel to it, with the token."""
    settings = settings or test_settings()
    async with running(service, settings) as started:
        async with channel(started.address, settings) as to:
            yield to
