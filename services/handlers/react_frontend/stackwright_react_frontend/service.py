"""The handler as a service, for a process of its own or for the whole suite in one."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from stackwright_kit.server import Runtime, Service
from stackwright_react_frontend.handler import NAME, VERSION, ReactFrontend
from stackwright_sdk.handler.servicer import HandlerServicer


def service() -> Service:
    """Give the service. Node is started at the first request in JavaScript, and ends with the service."""
    handler = ReactFrontend()

    @asynccontextmanager
    async def opened(_runtime: Runtime) -> AsyncIterator[Sequence[object]]:
        try:
            yield [HandlerServicer(handler)]
        finally:
            await handler.close()

    return Service(NAME, VERSION, open=opened, description=handler.describe())
