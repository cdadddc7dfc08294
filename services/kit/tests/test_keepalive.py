"""Connections that are quiet for long: validation takes minutes, and says nothing while a browser works."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TypeAlias

from google.protobuf.message import Message
from grpc import aio
from typing_extensions import override

from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1 import service_pb2_grpc
from stackwright_kit import client
from stackwright_kit.server import Service, running
from stackwright_kit.server.service import LEAST_PING_MILLISECONDS
from stackwright_kit.testing import test_settings

# A client sends a ping a second at most, whatever it is told; a server that counts hangs up at the fourth.
_QUIET_SECONDS, _PING_MILLISECONDS = 5.0, 50
Context: TypeAlias = "aio.ServicerContext[Message, Message]"


class Quiet(service_pb2_grpc.GenerationServiceServicer):
    """Says something, nothing for a while, and something again."""

    @override
    async def WatchRun(
        self, request: generation.WatchRunRequest, context: Context
    ) -> AsyncIterator[generation.WatchRunResponse]:
        yield generation.WatchRunResponse(event=generation.RunEvent(sequence=1))
        await asyncio.sleep(_QUIET_SECONDS)
        yield generation.WatchRunResponse(event=generation.RunEvent(sequence=2))


async def _watched(to: aio.Channel, token: str) -> list[int]:
    stub = service_pb2_grpc.GenerationServiceStub(to)
    request = generation.WatchRunRequest(run_id="a")
    metadata = (("authorization", f"Bearer {token}"),)
    return [found.event.sequence async for found in stub.WatchRun(request, metadata=metadata, timeout=30)]


async def test_a_long_quiet_stream_survives_its_pings() -> None:
    """Pings without a byte of data between them, closer than the server asks for, as a jam makes them arrive."""
    settings = test_settings()
    async with running(Service("quiet", "1", [Quiet()]), settings) as started:
        options = [
            ("grpc.keepalive_time_ms", _PING_MILLISECONDS),
            ("grpc.keepalive_timeout_ms", 20_000),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.max_pings_without_data", 0),
        ]
        async with aio.insecure_channel(started.address, options=options) as to:
            assert await _watched(to, settings.service_token.get_secret_value()) == [1, 2]


def test_clients_ping_less_often_than_servers_allow() -> None:
    assert client.KEEPALIVE_MILLISECONDS >= 2 * LEAST_PING_MILLISECONDS
