"""The validator as a service, for a process of its own or for the whole suite in one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from stackwright_kit.server import Runtime, Service
from stackwright_runtime_validator import NAME, VERSION
from stackwright_runtime_validator.servicer import RuntimeServicer
from stackwright_runtime_validator.validator import RuntimeValidator


def service(*, warm: bool = True) -> Service:
    """Give the service. It finds out what this machine can confine, and unpacks the browser, when it opens.

    Without `warm` it does so for the first proof.
    """
    validator = RuntimeValidator()

    @asynccontextmanager
    async def opened(_runtime: Runtime) -> AsyncIterator[Sequence[object]]:
        if warm:
            validator.warm_up()
        try:
            yield [RuntimeServicer(validator)]
        finally:
            await validator.close()

    return Service(NAME, VERSION, open=opened, description=validator.describe())
