"""Applies migrations and seeds to an empty PostgreSQL, as the application's runner does."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from stackwright.code.v1.facts_pb2 import TableFact
from stackwright_sdk.postgres import PostgresCluster
from stackwright_sdk.sandbox import SandboxError
from stackwright_sdk.validation import Place, Project, ToolError
from stackwright_sql_validator.catalog import read_catalog

_NAME = re.compile(r"^(\d{4,})_[a-z0-9_]+\.sql$")
# The runner of a generated application makes this table before the first file.
_RUNNER = """
CREATE SCHEMA system;
CREATE TABLE system.schema_migrations (
  version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now());
"""


@dataclass(frozen=True)
class Failure:
    """A file that did not apply."""

    rule: str
    message: str
    at: Place


@dataclass(frozen=True)
class Applied:
    """What came of it. `tables` is what the catalog holds after the last file that applied."""

    failures: Sequence[Failure]
    tables: Sequence[TableFact]
    milliseconds: float


def migrations_of(project: Project) -> list[str]:
    """Paths of the migrations in the order of their versions."""
    return sorted(file.path for file in project.matching(".sql", under="database/migrations"))


def seeds_of(project: Project) -> list[str]:
    """Paths of the seeds in their order."""
    return sorted(file.path for file in project.matching(".sql", under="database/seeds"))


def name_failures(migrations: Sequence[str]) -> list[Failure]:
    """Names that the runner would refuse, and versions that come twice."""
    failures: list[Failure] = []
    seen: dict[int, str] = {}
    for path in migrations:
        match = _NAME.match(path.rpartition("/")[2])
        if match is None:
            failures.append(Failure("migration-name", "A migration is called NNNN_name.sql.", Place(path)))
        elif (other := seen.setdefault(int(match[1]), path)) != path:
            failures.append(Failure("migration-name", f"{other} has the same version.", Place(path)))
    return failures


class Database:
    """A warm cluster; it starts with the first use, and again after it died."""

    def __init__(self) -> None:
        self._cluster: PostgresCluster | None = None
        self._starting = asyncio.Lock()

    async def start(self) -> PostgresCluster:
        """Start the cluster unless it runs.

        Raises:
            ToolError: this machine cannot confine or run it.

        """
        async with self._starting:
            if self._cluster is None:
                cluster = PostgresCluster()
                try:
                    await cluster.__aenter__()
                except (SandboxError, OSError) as error:
                    raise ToolError(f"PostgreSQL could not be started: {error}") from error
                self._cluster = cluster
            return self._cluster

    async def close(self) -> None:
        """End the cluster."""
        cluster, self._cluster = self._cluster, None
        if cluster is not None:
            await cluster.__aexit__(None, None, None)

    async def apply(self, project: Project) -> Applied:
        """Apply the project's migrations and seeds to a database of their own and read what they made.

        Raises:
            ToolError: the cluster could not be used.

        """
        cluster = await self.start()
        try:
            async with cluster.database() as dsn:
                connection = await asyncpg.connect(dsn)
                try:
                    return await _apply(connection, project)
                finally:
                    connection.terminate()
        except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, OSError) as error:
            await self.close()
            raise ToolError(f"PostgreSQL went away: {error}") from error


async def _apply(connection: asyncpg.Connection[asyncpg.Record], project: Project) -> Applied:
    await connection.execute(_RUNNER)
    failures: list[Failure] = []
    began = time.perf_counter()
    for path in migrations_of(project):
        if failure := await _run(connection, project, path, "migration-fails"):
            failures.append(failure)
            break
    milliseconds = (time.perf_counter() - began) * 1000
    if not failures:
        for rule in ("seed-fails", "seed-not-repeatable"):
            for path in seeds_of(project):
                if failure := await _run(connection, project, path, rule):
                    failures.append(failure)  # noqa: PERF401  # one after the other, on one connection
            if failures:
                break
    tables = [table for table in await read_catalog(connection) if table.name != "schema_migrations"]
    return Applied(failures, tables, milliseconds)


async def _run(
    connection: asyncpg.Connection[asyncpg.Record], project: Project, path: str, rule: str
) -> Failure | None:
    """Run a file in a transaction of its own."""
    text = project.text(path)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(text)
        # What is deferred counts as well.
        await transaction.commit()
    except asyncpg.PostgresConnectionError:
        raise
    except asyncpg.PostgresError as error:
        if connection.is_in_transaction():
            await transaction.rollback()
        position = int(error.position) if error.position else 0
        line = text.count("\n", 0, position - 1) + 1 if position else 0
        said = ". ".join(str(part).rstrip(".") for part in (error, error.detail, error.hint) if part)
        return Failure(rule, f"{said}.", Place(path, line))
    return None
