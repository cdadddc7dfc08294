"""A database that is taken away is gone, however many clients are connecting at that moment."""

from __future__ import annotations

import asyncio
import contextlib

import asyncpg
import pytest

from stackwright_runtime_validator.proof.cluster import Cluster, Connection
from stackwright_sdk.node import read_only_tools
from stackwright_sdk.postgres import PostgresServer
from stackwright_sdk.sandbox import Sandbox, SandboxSpec

# Of 300 times that connections were ended only once, one outlived it 14 times.
TIMES = 60
CLIENTS = 4


async def connect_again_and_again(cluster: Cluster, database: str) -> None:
    held: list[Connection] = []
    while True:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            held.append(await cluster.connect(database, owner=True))
        if len(held) > 2:
            held.pop(0).terminate()
        await asyncio.sleep(0.002)


@pytest.mark.slow
async def test_no_connection_outlives_it() -> None:
    async with Sandbox(SandboxSpec(read_only=read_only_tools())) as box:
        port = await box.free_port()
        async with PostgresServer(box, port=port), box.forward(port) as outside:
            cluster = Cluster(outside)
            await cluster.create("taken")
            watcher = await cluster.connect()
            clients = [asyncio.create_task(connect_again_and_again(cluster, "taken")) for _ in range(CLIENTS)]
            outlived, most = 0, 0
            for _ in range(TIMES):
                most = max(most, await _connected(watcher))
                await cluster.allow("taken", connections=False)
                await asyncio.sleep(0.05)
                outlived += await _connected(watcher)
                await cluster.allow("taken", connections=True)
                await asyncio.sleep(0.02)
            for client in clients:
                client.cancel()
            await asyncio.gather(*clients, return_exceptions=True)
            await watcher.close()
    assert most > 0
    assert outlived == 0


async def _connected(watcher: Connection) -> int:
    found: int = await watcher.fetchval("SELECT count(*) FROM pg_stat_activity WHERE datname = 'taken'")
    return found
