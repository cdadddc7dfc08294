"""The service as it is served alone or inside a suite."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from stackwright_kit.server import Runtime, Service
from stackwright_react_frontend.handler import NAME, VERSION, ReactFrontend
from stackwright_sdk.handler.servicer import HandlerServicer

_handler = ReactFrontend()


@asynccontextmanager
async def _open(_runtime: Runtime) -> AsyncIterator[Sequence[object]]:
    try:
        yield [HandlerServicer(_handler)]
    finally:
        await _handler.close()


SERVICE = Service(name=NAME, version=VERSION, open=_open, description=_handler.describe())
