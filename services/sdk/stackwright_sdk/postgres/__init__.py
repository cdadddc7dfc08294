"""A real PostgreSQL for validation and proof, from the toolchain, inside a sandbox, with nothing installed."""

from stackwright_sdk.postgres.cluster import PostgresCluster
from stackwright_sdk.postgres.server import PostgresServer

__all__ = ["PostgresCluster", "PostgresServer"]
