"""An application that served one behaviour test serves the next on the rows of a new database, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from sample_contract import sample_contract  # type: ignore[import-not-found]  # on sys.path

from stackwright.handler.v1.request_response_pb2 import Command
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.commands import Commands
from stackwright_runtime_validator.proof.dependencies import Needs, RedisServer
from stackwright_runtime_validator.proof.install import Toolchain
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.proof.lab import CLEAN, Lab
from stackwright_runtime_validator.proof.shared import Image, Shared
from stackwright_runtime_validator.scenarios.client import Client, Request
from stackwright_runtime_validator.scenarios.values import Json, find
from stackwright_sdk.node import node_binary, read_only_tools, toolchain_root
from stackwright_sdk.postgres import PostgresServer
from stackwright_sdk.sandbox import Sandbox, SandboxSpec

TINY = Path(__file__).parent / "tiny"
GUARDED = """
CREATE TABLE parents (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, upper_name text
  GENERATED ALWAYS AS (upper(name)) STORED);
CREATE TABLE kept (id bigserial PRIMARY KEY, parent int NOT NULL REFERENCES parents, at timestamptz DEFAULT now());
CREATE TABLE none_yet (id int);
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''never''; END';
CREATE TRIGGER never BEFORE DELETE OR UPDATE OR TRUNCATE ON kept EXECUTE FUNCTION never();
INSERT INTO parents (name) VALUES ('a'), (NULL);
INSERT INTO kept (parent) VALUES (1), (1);
"""


@pytest.fixture
async def cluster() -> AsyncIterator[Cluster]:
    async with Sandbox(SandboxSpec(read_only=read_only_tools())) as box:
        port = await box.free_port()
        async with PostgresServer(box, port=port), box.forward(port) as outside:
            yield Cluster(outside)


@pytest.fixture
async def lab(cluster: Cluster, tmp_path: Path) -> Lab:
    root = tmp_path / "tiny"
    shutil.copytree(TINY, root)
    Toolchain(toolchain_root()).install(root / "backend")
    told = [
        Command(name=name, directory="backend", argv=["npm", "run", name]) for name in ("migrate", "start", "grant")
    ]
    commands = Commands(root, told, f"{node_binary().parent}:/usr/bin:/bin")
    lab = Lab.new(sample_contract(()), commands, cluster, tmp_path / "logs", Needs(mail=False, redis=False))
    await cluster.create(CLEAN)
    assert (await lab.migrate(CLEAN)).ok
    await lab.prepare()
    return lab


async def titles(lab: Lab, instance: Instance) -> list[Json]:
    async with Client(instance.base_url) as client:
        answer = await client.send(Request("GET", "/api/samples"), token=lab.persons["ann"].access_token)
    return [row["title"] for row in cast("list[dict[str, Json]]", find(answer.body, "items"))]


async def write(lab: Lab, instance: Instance, title: str) -> None:
    async with Client(instance.base_url) as client:
        request = Request("POST", "/api/samples", {"title": title})
        assert (await client.send(request, token=lab.persons["ann"].access_token)).status == 201


async def test_rows_are_put_back_as_they_were_whatever_guards_them(cluster: Cluster) -> None:
    await cluster.create("image")
    await cluster.execute(GUARDED, database="image")
    await cluster.create("copy", template="image")
    image = await Image.of(cluster, "image")
    connection = await cluster.connect("copy")
    try:
        tables = ("parents", "kept", "none_yet")
        before = [await connection.fetch(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
        await connection.execute("INSERT INTO none_yet VALUES (1); INSERT INTO kept (parent) VALUES (2)")
        await connection.execute("UPDATE parents SET name = 'b'")
        await image.restore(connection)
        assert [await connection.fetch(f"SELECT * FROM {table} ORDER BY 1") for table in tables] == before
        # Numbers that were given are not given again: whoever remembers them must not mistake one for another.
        assert await connection.fetchval("INSERT INTO kept (parent) VALUES (1) RETURNING id") == 4
        with pytest.raises(Exception, match="never"):
            await connection.execute("TRUNCATE kept")
    finally:
        await connection.close()


async def test_the_next_finds_no_row_no_line_and_no_file_of_the_one_before(lab: Lab) -> None:
    async with Shared(lab) as shared:
        async with shared.instance() as first:
            await write(lab, first, "of the first")
            (first.data_folder / "kept").mkdir(parents=True)
            (first.data_folder / "kept" / "file").write_text("x")
            assert "/api/samples" in first.log_text()
        async with shared.instance() as second:
            assert second is first
            assert second.log_text() == ""
            assert await titles(lab, second) == []
            assert [path.name for path in second.data_folder.rglob("*")] == ["kept"]
            async with shared.instance() as beside:
                assert beside is not second
        assert first.running
    assert not first.running


async def test_who_changed_a_table_or_a_server_serves_nobody_else(lab: Lab) -> None:
    async with Shared(lab) as shared:
        async with shared.instance() as first:
            await lab.cluster.execute("ALTER TABLE samples DISABLE TRIGGER USER", database=first.database)
            await lab.cluster.execute("ALTER TABLE samples ADD CHECK (title <> '')", database=first.database)
        async with shared.instance() as second:
            assert second is not first
            await second.fault("database", down=True)
            await second.fault("database", down=False)
        async with shared.instance() as third:
            assert third is not second
            await third.kill()
        async with shared.instance() as fourth:
            assert await titles(lab, fourth) == []
        with pytest.raises(KeyError):
            async with shared.instance() as broken:
                raise KeyError
        async with shared.instance() as last:
            assert last is not broken


async def test_redis_forgets_its_keys(tmp_path: Path) -> None:
    async with RedisServer(tmp_path) as server:
        assert await server._answers(b"SET a 1", b"+OK")
        await server.empty()
        assert await server._answers(b"EXISTS a", b":0")
