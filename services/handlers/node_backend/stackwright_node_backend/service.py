"""The handler as a service, for a process of its own or for the whole suite in one."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from stackwright_kit.server import Runtime, Service
from stackwright_node_backend import __version__
from stackwright_node_backend.handler import NAME, NodeBackendHandler
from stackwright_sdk.handler.servicer import HandlerServicer
from stackwright_sdk.node import SourceTools


def service() -> Service:
    """Give the service. Node is started at the first request in JavaScript, and ends with the service."""
    tools = SourceTools()
    handler = NodeBackendHandler(tools)

    @asynccontextmanager
    async def opened(_runtime: Runtime) -> AsyncIterator[Sequence[object]]:
        async with tools:
            yield [HandlerServicer(handler)]

    return Service(NAME, __version__, open=opened, description=handler.describe())
