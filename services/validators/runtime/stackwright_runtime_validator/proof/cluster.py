"""A PostgreSQL cluster for one proof: each application instance gets a database of its own, copied from an image."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TypeAlias

import asyncpg

from stackwright_sdk.postgres.server import OWNER

# asyncpg's stubs describe a record-typed connection; ours returns plain records.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_SETTLE_SECONDS = 0.05


@dataclass(frozen=True)
class Cluster:
    """Where it listens. Applications connect as an ordinary role that owns their databases and nothing else."""

    port: int

    def url(self, database: str) -> str:
        """What an application connects with."""
        return f"postgres://{OWNER}:{OWNER}@127.0.0.1:{self.port}/{database}"

    async def connect(self, database: str = "postgres", *, owner: bool = False) -> Connection:
        """A connection as the superuser, or as the role of the applications."""
        user = OWNER if owner else "postgres"
        return await asyncpg.connect(
            host="127.0.0.1", port=self.port, user=user, password=user, database=database, timeout=10
        )

    async def execute(self, *statements: str, database: str = "postgres") -> None:
        """Statements as the superuser, one after another."""
        connection = await self.connect(database)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def create(self, database: str, *, template: str = "template0") -> None:
        """A database, copied from `template`, to which nobody may be connected."""
        await self.execute(f'CREATE DATABASE "{database}" OWNER {OWNER} TEMPLATE "{template}"')

    async def let_owner_create(self) -> None:
        """Lets the role of the applications make databases, as generated tests do."""
        await self.execute(f"ALTER ROLE {OWNER} CREATEDB")

    async def drop(self, database: str) -> None:
        """Ends its connections and removes it."""
        await self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    async def allow(self, database: str, *, connections: bool) -> None:
        """Opens a database, or closes it and ends its connections: to its application, a server that is gone."""
        await self.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS {str(connections).lower()}')
        if not connections:
            connection = await self.connect()
            try:
                ended = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = $1"
                # One that was let in a moment before is seen a moment later.
                while await connection.fetch(ended, database):  # noqa: ASYNC110 - the server tells nobody
                    await asyncio.sleep(_SETTLE_SECONDS)
            finally:
                await connection.close()
