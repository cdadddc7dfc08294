"""One warm PostgreSQL for many jobs, each with a database of its own."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

from stackwright_sdk.node import read_only_tools
from stackwright_sdk.postgres.server import PostgresServer, database_of
from stackwright_sdk.sandbox import Limits, Sandbox, SandboxSpec

_MIB = 1024 * 1024
# Nothing inside needs a network, so that it may run wherever files can be confined.
_SPEC_LIMITS = Limits(
    memory_bytes=2048 * _MIB, processes=300, cpu_seconds=0, wall_seconds=0, scratch_bytes=4096 * _MIB, file_bytes=0
)


class PostgresCluster:
    """Use as `async with PostgresCluster() as cluster`; ends with the context, and with this process."""

    def __init__(self) -> None:
        self._stack = contextlib.AsyncExitStack()
        self._server: PostgresServer | None = None

    async def __aenter__(self) -> Self:
        try:
            spec = SandboxSpec(read_only=read_only_tools(), network=False, limits=_SPEC_LIMITS)
            box = await self._stack.enter_async_context(Sandbox(spec))
            self._server = await self._stack.enter_async_context(PostgresServer(box))
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def create_database(self) -> str:
        """The address of a fresh, empty database (12-30 ms), owned by its user, who is no superuser."""
        return self._running.dsn(await self._running.create_database())

    async def drop_database(self, dsn: str) -> None:
        """Remove the database that `create_database` gave."""
        await self._running.drop_database(database_of(dsn))

    @contextlib.asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """A database for the length of the context: its address."""
        dsn = await self.create_database()
        try:
            yield dsn
        finally:
            await self.drop_database(dsn)

    @property
    def _running(self) -> PostgresServer:
        if self._server is None:
            raise RuntimeError("the cluster is not open; use `async with`")
        return self._server
