"""Databases made from the contracts that lie beside these tests, on a real PostgreSQL."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_postgresql_database.emit import EXAMPLE_ROWS, emit
from stackwright_postgresql_database.handler import blueprint_folder
from stackwright_sdk.handler import Blueprint
from stackwright_sdk.postgres import PostgresCluster

# Drawn up by the registry: python -m stackwright_registry.draft --features … --probe --out tests/contracts/<name>.binpb
CONTRACTS = Path(__file__).with_name("contracts")
BLUEPRINT = Blueprint.load(blueprint_folder())
# The blueprint is the database of the seven features: what is compiled for them lies there as it is delivered. The
# database of a small application lies in tests/golden/entity_javascript at the root.
GOLDENS = {"seven_features": blueprint_folder()}


def contract(name: str) -> Contract:
    """A contract of the folder `contracts`."""
    return Contract.FromString(CONTRACTS.joinpath(f"{name}.binpb").read_bytes())


@functools.cache
def database_files(name: str) -> dict[str, str]:
    """The files of the database of a contract, by path."""
    return {file.path: file.content.decode() for file in emit(contract(name), BLUEPRINT).files}


async def apply(connection: asyncpg.Connection, files: dict[str, str]) -> None:
    """What a migration runner does: each file in a transaction of its own, migrations before seeds; no examples."""
    for path in sorted(files):
        if path.endswith(".sql") and path != EXAMPLE_ROWS:
            async with connection.transaction():
                await connection.execute(files[path])


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cluster() -> AsyncIterator[PostgresCluster]:
    async with PostgresCluster() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def seven(cluster: PostgresCluster) -> AsyncIterator[str]:
    """The address of a database of the seven features."""
    async with _database(cluster, "seven_features") as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def many(cluster: PostgresCluster) -> AsyncIterator[str]:
    """The address of a database with every kind of rule."""
    async with _database(cluster, "many_rules") as address:
        yield address


class _database:  # noqa: N801 - reads as the context manager it is
    def __init__(self, cluster: PostgresCluster, name: str) -> None:
        self._made = cluster.database()
        self._name = name

    async def __aenter__(self) -> str:
        address = await self._made.__aenter__()
        connection = await asyncpg.connect(address)
        await apply(connection, database_files(self._name))
        await connection.close()
        return address

    async def __aexit__(self, *error: object) -> None:
        await self._made.__aexit__(None, None, None)


@pytest_asyncio.fixture(loop_scope="session")
async def db(seven: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a database of the seven features."""
    connection = await asyncpg.connect(seven)
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def wide(many: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a database with every kind of rule."""
    connection = await asyncpg.connect(many)
    yield connection
    await connection.close()


async def add(connection: asyncpg.Connection, table: str, **values: object) -> str:
    """Insert a row and give its id."""
    names, places = ", ".join(values), ", ".join(f"${number}" for number in range(1, len(values) + 1))
    into = f"({names}) VALUES ({places})" if values else "DEFAULT VALUES"
    return str(await connection.fetchval(f"INSERT INTO {table} {into} RETURNING id", *values.values()))


async def user(connection: asyncpg.Connection, name: str) -> str:
    """Insert a user and give the id."""
    return await add(connection, "users", email=f"{name}@example.org", name=name)


async def violated(connection: asyncpg.Connection, statement: str, *values: object) -> str | None:
    """Run a statement that must fail; the name of the constraint it violates. What it did is undone."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(statement, *values)
    except asyncpg.IntegrityConstraintViolationError as error:
        return str(error.constraint_name)
    else:
        pytest.fail(f"was not refused: {statement}")
    finally:
        await transaction.rollback()
