"""A validator as a service that `serve` starts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from stackwright_kit.server import Runtime, Service
from stackwright_sdk.validation.servicer import ValidatorServicer
from stackwright_sdk.validation.validator import Validator

_log = logging.getLogger(__name__)


def validator_service(make: Callable[[], Validator], *, warm: bool = True) -> Service:
    """Give the service of a validator: made once, warmed up beside its first requests, and closed at the end.

    Without `warm` its workers start with the first request that needs them. What fails to warm up is logged and tried
    again by a request, whose check then says why.
    """
    validator = make()
    described = validator.describe()

    async def warm_up() -> None:
        try:
            await validator.start()
        except Exception:
            _log.exception("%s could not warm up", described.name)

    @asynccontextmanager
    async def opened(_: Runtime) -> AsyncIterator[Sequence[object]]:
        warming = asyncio.create_task(warm_up()) if warm else None
        try:
            yield [ValidatorServicer(validator)]
        finally:
            if warming is not None:
                warming.cancel()
                await asyncio.gather(warming, return_exceptions=True)
            await validator.close()

    return Service(name=described.name, version=described.version, open=opened, description=described)
