"""Reaching another service: one call, with retries, balancing, keepalive, token, correlation and deadline."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeAlias, TypeVar

from grpc import aio
from grpc.aio import ClientCallDetails, Metadata, StreamStreamCall, StreamUnaryCall, UnaryStreamCall, UnaryUnaryCall
from opentelemetry import propagate

from stackwright_kit.logs import correlation
from stackwright_kit.server.interceptor import CORRELATION_KEY, TOKEN_KEY, deadline
from stackwright_kit.settings import Settings

KEEPALIVE_MILLISECONDS = 20_000
"""A connection that carries nothing for so long is asked whether it is there still."""
# A machine that is held up answers late, and is there: what is dead is told apart within forty seconds.
_ANSWER_MILLISECONDS = 20_000
_SERVICE_CONFIG = json.dumps(
    {
        "loadBalancingConfig": [{"round_robin": {}}],
        "healthCheckConfig": {"serviceName": ""},
        "methodConfig": [
            {
                "name": [{}],
                "retryPolicy": {
                    "maxAttempts": 4,
                    "initialBackoff": "0.1s",
                    "maxBackoff": "2s",
                    "backoffMultiplier": 3,
                    # Only what no server has begun; every mutation carries a request_id besides.
                    "retryableStatusCodes": ["UNAVAILABLE"],
                },
            }
        ],
    }
)
_Q = TypeVar("_Q")
_R = TypeVar("_R")
_Many: TypeAlias = AsyncIterable[_Q] | Iterable[_Q]


class _Outgoing:
    """What every call takes along."""

    def __init__(self, token: str, margin: float) -> None:
        self._token, self._margin = token, margin

    def details(self, given: ClientCallDetails) -> ClientCallDetails:
        carrier: dict[str, str] = {}
        propagate.inject(carrier)
        if self._token:
            carrier[TOKEN_KEY] = f"Bearer {self._token}"
        if found := correlation.get():
            carrier[CORRELATION_KEY] = found
        metadata = Metadata(*(given.metadata or ()))
        given_keys = {key for key, _ in metadata}
        for key, value in carrier.items():
            if key not in given_keys:
                metadata.add(key, value)
        timeout, end = given.timeout, deadline.get()
        if end is not None:
            left = max(end - time.monotonic() - self._margin, 0.001)
            timeout = left if timeout is None else min(left, timeout)
        return ClientCallDetails(given.method, timeout, metadata, given.credentials, given.wait_for_ready)


# grpc.aio sorts interceptors by type, each into one kind only: hence four classes.
class _UnaryUnary(_Outgoing, aio.UnaryUnaryClientInterceptor):
    async def intercept_unary_unary(
        self,
        continuation: Callable[[ClientCallDetails, _Q], Awaitable[UnaryUnaryCall[_Q, _R]]],
        client_call_details: ClientCallDetails,
        request: _Q,
    ) -> _R | UnaryUnaryCall[_Q, _R]:
        return await continuation(self.details(client_call_details), request)


class _UnaryStream(_Outgoing, aio.UnaryStreamClientInterceptor):
    async def intercept_unary_stream(
        self,
        continuation: Callable[[ClientCallDetails, _Q], Awaitable[UnaryStreamCall[_Q, _R]]],
        client_call_details: ClientCallDetails,
        request: _Q,
    ) -> AsyncIterator[_R] | UnaryStreamCall[_Q, _R]:
        return await continuation(self.details(client_call_details), request)


class _StreamUnary(_Outgoing, aio.StreamUnaryClientInterceptor):
    async def intercept_stream_unary(
        self,
        continuation: Callable[[ClientCallDetails, _Many[_Q]], Awaitable[StreamUnaryCall[_Q, _R]]],
        client_call_details: ClientCallDetails,
        request_iterator: _Many[_Q],
    ) -> _R | StreamUnaryCall[_Q, _R]:
        return await continuation(self.details(client_call_details), request_iterator)


class _StreamStream(_Outgoing, aio.StreamStreamClientInterceptor):
    async def intercept_stream_stream(
        self,
        continuation: Callable[[ClientCallDetails, _Many[_Q]], Awaitable[StreamStreamCall[_Q, _R]]],
        client_call_details: ClientCallDetails,
        request_iterator: _Many[_Q],
    ) -> AsyncIterator[_R] | StreamStreamCall[_Q, _R]:
        return await continuation(self.details(client_call_details), request_iterator)


def channel(address: str, settings: Settings | None = None) -> aio.Channel:
    """A channel to `host:port`, a `dns:///` name, or several addresses as `ipv4:a:1,b:2`.

    Calls are balanced over all healthy addresses and repeated while a server is unavailable. They carry the service
    token and the correlation of the call in hand, and end before its deadline. Close it, or use `async with`.
    """
    settings = settings or Settings()
    token, margin = settings.service_token.get_secret_value(), settings.deadline_margin
    return aio.insecure_channel(
        address,
        options=[
            ("grpc.service_config", _SERVICE_CONFIG),
            ("grpc.enable_retries", 1),
            ("grpc.keepalive_time_ms", KEEPALIVE_MILLISECONDS),
            ("grpc.keepalive_timeout_ms", _ANSWER_MILLISECONDS),
            ("grpc.max_receive_message_length", settings.max_request_bytes),
            ("grpc.max_send_message_length", settings.max_request_bytes),
            # A channel of its own for each: connection state is not shared with other settings of this process.
            ("grpc.use_local_subchannel_pool", 1),
        ],
        interceptors=[kind(token, margin) for kind in (_UnaryUnary, _UnaryStream, _StreamUnary, _StreamStream)],
    )
