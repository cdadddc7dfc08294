"""How many statements the database of one application was asked so far, as PostgreSQL itself counts them."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg

from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_sdk.postgres.server import OWNER

# What holds statements together is none itself.
_COUNT = r"""
SELECT coalesce(sum(calls), 0)::int FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
WHERE d.datname = $1 AND s.userid = $2::regrole
  AND s.query !~* '^\s*(begin|start transaction|commit|rollback|set|show|savepoint|release|deallocate)\y'
"""


@dataclass(frozen=True)
class Statements:
    """Counts those of one database, of the role that the application uses."""

    cluster: Cluster
    database: str
    role: str

    @classmethod
    async def open(cls, instance: Instance) -> Statements | None:
        """None where the server was not started with `pg_stat_statements`."""
        try:
            await instance.cluster.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            found = cls(instance.cluster, instance.database, OWNER)
            await found.count()
        except asyncpg.PostgresError:
            return None
        return found

    async def count(self) -> int:
        """All so far."""
        connection = await self.cluster.connect()
        try:
            return int(await connection.fetchval(_COUNT, self.database, self.role))
        finally:
            await connection.close()
