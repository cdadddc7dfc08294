"""Reaching another service: one call, with retries, balancing, keepalive, token, correlation and deadline."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TypeVar

import grpc
from grpc.aio import ClientCallDetails, Metadata
from opentelemetry import propagate

from stackwright_kit.logs import correlation
from stackwright_kit.server.interceptor import CORRELATION_KEY, TOKEN_KEY, deadline
from stackwright_kit.settings import Settings

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
_T = TypeVar("_T")


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
        for key, value in carrier.items():
            if key not in metadata:
                metadata.add(key, value)
        timeout, end = given.timeout, deadline.get()
        if end is not None:
            left = max(end - time.monotonic() - self._margin, 0.001)
            timeout = left if timeout is None else min(left, timeout)
        return ClientCallDetails(given.method, timeout, metadata, given.credentials, given.wait_for_ready)


# grpc.aio sorts interceptors by type, and each into one kind only: hence four classes.
class _UnaryUnary(_Outgoing, grpc.aio.UnaryUnaryClientInterceptor):  # type: ignore[misc,type-arg]  # generic in the stubs only
    async def intercept_unary_unary(self, continuation: Callable[..., _T], details: ClientCallDetails, request: object) -> _T:
        return await continuation(self.details(details), request)  # type: ignore[misc,no-any-return]


class _UnaryStream(_Outgoing, grpc.aio.UnaryStreamClientInterceptor):  # type: ignore[misc,type-arg]  # see above
    async def intercept_unary_stream(self, continuation: Callable[..., _T], details: ClientCallDetails, request: object) -> _T:
        return await continuation(self.details(details), request)  # type: ignore[misc,no-any-return]


class _StreamUnary(_Outgoing, grpc.aio.StreamUnaryClientInterceptor):  # type: ignore[misc,type-arg]  # see above
    async def intercept_stream_unary(self, continuation: Callable[..., _T], details: ClientCallDetails, request: object) -> _T:
        return await continuation(self.details(details), request)  # type: ignore[misc,no-any-return]


class _StreamStream(_Outgoing, grpc.aio.StreamStreamClientInterceptor):  # type: ignore[misc,type-arg]  # see above
    async def intercept_stream_stream(self, continuation: Callable[..., _T], details: ClientCallDetails, request: object) -> _T:
        return await continuation(self.details(details), request)  # type: ignore[misc,no-any-return]


def channel(address: str, settings: Settings | None = None) -> grpc.aio.Channel:
    """A channel to `host:port`, a `dns:///` name, or several addresses as `ipv4:a:1,b:2`.

    Calls are balanced over all healthy addresses and repeated while a server is unavailable; they carry the service token and
    the correlation of the call in hand, and end before its deadline. Use it as an async context manager, or close it.
    """
    settings = settings or Settings()
    token, margin = settings.service_token.get_secret_value(), settings.deadline_margin
    return grpc.aio.insecure_channel(
        address,
        options=[
            ("grpc.service_config", _SERVICE_CONFIG),
            ("grpc.enable_retries", 1),
            ("grpc.keepalive_time_ms", 20_000),
            ("grpc.keepalive_timeout_ms", 5_000),
            ("grpc.max_receive_message_length", settings.max_request_bytes),
            ("grpc.max_send_message_length", settings.max_request_bytes),
            # A channel of its own for each: connection state is not shared with other settings of this process.
            ("grpc.use_local_subchannel_pool", 1),
        ],
        interceptors=[kind(token, margin) for kind in (_UnaryUnary, _UnaryStream, _StreamUnary, _StreamStream)],
    )
