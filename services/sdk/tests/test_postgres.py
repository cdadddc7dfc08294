"""PostgreSQL inside a sandbox."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from stackwright_sdk.node import node_binary, node_modules, read_only_tools
from stackwright_sdk.postgres import PostgresCluster, PostgresServer
from stackwright_sdk.sandbox import Sandbox, SandboxSpec

PROGRAM = """
const { Client } = require('pg');
const client = new Client(process.argv[1]);
client.connect()
  .then(() => client.query('SELECT current_user AS name'))
  .then(({ rows }) => console.log(rows[0].name))
  .finally(() => client.end());
"""


@pytest.fixture
async def cluster() -> AsyncIterator[PostgresCluster]:
    async with PostgresCluster() as opened:
        yield opened


async def test_databases_are_apart_and_go(cluster: PostgresCluster) -> None:
    async with cluster.database() as one, cluster.database() as other:
        first, second = await asyncpg.connect(one), await asyncpg.connect(other)
        await first.execute("CREATE EXTENSION citext; CREATE TABLE note (text citext)")
        assert await second.fetchval("SELECT to_regclass('note')") is None
        await second.close()
        assert not first.is_closed()
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(one)


@pytest.mark.parametrize(
    "attack",
    [
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE EXTENSION plpython3u",
        "SET ROLE postgres",
        "CREATE ROLE other SUPERUSER",
    ],
)
async def test_statements_get_no_further_than_their_database(cluster: PostgresCluster, attack: str) -> None:
    async with cluster.database() as dsn:
        connection = await asyncpg.connect(dsn)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(attack)
        await connection.close()


async def test_it_runs_beside_a_program_of_the_same_sandbox() -> None:
    async with Sandbox(SandboxSpec(read_only=read_only_tools())) as box:
        port = await box.free_port()
        async with PostgresServer(box, port=port) as server:
            name = await server.create_database("shop")
            assert server.inside_dsn(name) == f"postgresql://app@127.0.0.1:{port}/shop"
            link = await box.run(["/bin/ln", "-s", str(node_modules()), "node_modules"])
            assert link.ok
            result = await box.run([str(node_binary()), "-e", PROGRAM, server.inside_dsn(name)])
            assert result.text == "app\n"


async def test_nothing_is_left_behind(cluster: PostgresCluster) -> None:
    dsn = await cluster.create_database()
    folder = Path(dsn.partition("host=")[2].partition("&")[0].replace("%2F", "/"))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_uid == os.geteuid()
    await cluster.__aexit__(None, None, None)
    assert not folder.exists()
    await asyncio.sleep(0)
