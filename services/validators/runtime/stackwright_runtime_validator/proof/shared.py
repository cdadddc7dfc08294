"""Applications that serve one behaviour test after another, each on the rows that it would find in a new database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from io import BytesIO

import asyncpg

from stackwright_runtime_validator.proof.cluster import Cluster, Connection
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.proof.lab import PEOPLED, Lab

_LOCK_SECONDS = 5
# Without columns that the database computes, which nobody may write.
_TABLES = """
SELECT n.nspname AS schema, c.relname AS name,
  (SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
ORDER BY 1, 2
"""
# Changed by whatever changes what tables are, and not by their rows coming and going.
_SHAPE = " UNION ALL ".join(
    f"SELECT '{catalog}' AS name, count(*) AS rows, max(xmin::text::bigint) AS newest FROM {catalog}"  # noqa: S608
    for catalog in ("pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "pg_policy")
)


@dataclass(frozen=True)
class _Table:
    schema: str
    name: str
    columns: tuple[str, ...]
    rows: bytes

    @property
    def quoted(self) -> str:
        return f'"{self.schema}"."{self.name}"'


@dataclass(frozen=True)
class Image:
    """The rows of a database, to be put back into a copy of it."""

    tables: tuple[_Table, ...]

    @classmethod
    async def of(cls, cluster: Cluster, database: str) -> Image:
        """Reads all rows of all tables."""
        connection = await cluster.connect(database)
        try:
            found = await connection.fetch(_TABLES)
            tables = [
                _Table(row["schema"], row["name"], tuple(row["columns"]), await _rows(connection, row)) for row in found
            ]
        finally:
            await connection.close()
        return cls(tuple(tables))

    async def restore(self, connection: Connection) -> None:
        """Leaves exactly these rows; sequences go on, as they do for whoever deletes rows. Triggers stay silent.

        Raises asyncpg.PostgresError when somebody holds a table for longer than a few seconds.
        """
        if not self.tables:
            return
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            await connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
            await connection.execute(f"TRUNCATE {', '.join(table.quoted for table in self.tables)}")
            for table in self.tables:
                if table.rows:
                    await connection.copy_to_table(
                        table.name,
                        schema_name=table.schema,
                        columns=table.columns,
                        source=BytesIO(table.rows),
                        format="binary",
                    )


async def _rows(connection: Connection, row: asyncpg.Record) -> bytes:
    quoted = f'"{row["schema"]}"."{row["name"]}"'
    if not await connection.fetchval(f"SELECT EXISTS (SELECT FROM {quoted})"):  # noqa: S608 - a name of the catalog
        return b""
    read = BytesIO()
    await connection.copy_from_table(
        row["name"], schema_name=row["schema"], columns=row["columns"], output=read, format="binary"
    )
    return read.getvalue()


@dataclass
class _Running:
    instance: Instance
    shape: Sequence[asyncpg.Record]
    stack: AsyncExitStack


class Shared:
    """Use as `async with Shared(lab) as shared`; what still runs at its end is stopped.

    One that a test disturbed - that ended, lost a server, or whose tables were changed - serves no other.
    """

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._image: Image | None = None
        self._idle: list[_Running] = []

    async def __aenter__(self) -> Shared:
        return self

    async def __aexit__(self, *_: object) -> None:
        while self._idle:
            await self._idle.pop().stack.aclose()

    @asynccontextmanager
    async def instance(self) -> AsyncIterator[Instance]:
        """An application with usual settings, whose database, files, mails and Redis are as in a new one."""
        running = await self._take()
        try:
            yield running.instance
        except BaseException:
            await running.stack.aclose()
            raise
        if running.instance.disturbed or not running.instance.running:
            await running.stack.aclose()
        else:
            self._idle.append(running)

    async def _take(self) -> _Running:
        while self._idle:
            running = self._idle.pop()
            try:
                if await self._renew(running):
                    return running
            except (asyncpg.PostgresError, OSError):
                pass
            await running.stack.aclose()
        return await self._start()

    async def _renew(self, running: _Running) -> bool:
        """Puts everything back; false when its tables are not what they were."""
        if self._image is None:
            self._image = await Image.of(self._lab.cluster, PEOPLED)
        connection = await self._lab.cluster.connect(running.instance.database)
        try:
            if await connection.fetch(_SHAPE) != running.shape:
                return False
            await self._image.restore(connection)
        finally:
            await connection.close()
        await running.instance.forget()
        return True

    async def _start(self) -> _Running:
        async with AsyncExitStack() as stack:
            instance = await stack.enter_async_context(self._lab.instance())
            connection = await self._lab.cluster.connect(instance.database)
            try:
                shape = await connection.fetch(_SHAPE)
            finally:
                await connection.close()
            return _Running(instance, shape, stack.pop_all())
