"""A validator as a service that `serve` starts."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from stackwright_kit.server import Runtime, Service
from stackwright_sdk.validation.servicer import ValidatorServicer
from stackwright_sdk.validation.validator import Validator

_log = logging.getLogger(__name__)


def validator_service(make: Callable[[], Validator]) -> Service:
    """Give the service of a validator: it is made once, warmed up at its start, and closed at the end.

    What fails to warm up is logged and tried again by the first request, whose check then says why.
    """
    validator = make()
    described = validator.describe()

    @asynccontextmanager
    async def opened(_: Runtime) -> AsyncIterator[Sequence[object]]:
        try:
            await validator.start()
        except Exception:
            _log.exception("%s could not warm up", described.name)
        try:
            yield [ValidatorServicer(validator)]
        finally:
            await validator.close()

    return Service(name=described.name, version=described.version, open=opened, description=described)
