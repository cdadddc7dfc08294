"""Example rows, added to a real PostgreSQL: every rule is kept, nothing comes twice, nobody can sign in."""

from __future__ import annotations

import functools
import re
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.emit import EXAMPLE_ROWS
from stackwright_postgresql_database.examples import Examples, examples_of
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.postgres import PostgresCluster

from .conftest import apply, contract, database_files

pytestmark = pytest.mark.asyncio(loop_scope="session")

Filled = tuple[str, asyncpg.Connection]
NAMES = ("seven_features", "small", "many_rules", "eighteen", "organizations")
# A new year falls on another day of the week in each, and the clocks change in the last.
DAYS = ("2026-12-30", "2027-12-31", "2029-01-01", "2032-12-29", "2027-03-27")


@pytest_asyncio.fixture(params=NAMES, loop_scope="session")
async def empty(request: pytest.FixtureRequest, cluster: PostgresCluster) -> AsyncIterator[Filled]:
    """A contract's name and a connection to its database, as it is after a migration."""
    async with cluster.database() as address:
        connection = await asyncpg.connect(address)
        await apply(connection, database_files(request.param))
        yield request.param, connection
        await connection.close()


@functools.cache
def made(name: str) -> Examples:
    return examples_of(ContractIndex(contract(name)))


async def counts(connection: asyncpg.Connection, examples: Examples) -> dict[str, int]:
    return {
        model.name: await connection.fetchval(f"SELECT count(*) FROM {model.names.table}") for model in examples.models
    }


async def test_rows_keep_every_rule_and_come_once(empty: Filled) -> None:
    name, connection = empty
    script, examples = database_files(name)[EXAMPLE_ROWS], made(name)
    await connection.execute(script)
    expected = {model.name: len(examples.rows(model)) for model in examples.models}
    assert await counts(connection, examples) == expected
    assert expected["User"] == expected["Sample"] == 50
    await connection.execute(script)
    assert await counts(connection, examples) == expected, "a second run added rows"
    assert await connection.fetchval("SELECT count(*) FROM users WHERE password_hash IS NOT NULL") == 0
    assert await connection.fetchval("SELECT count(*) FROM users WHERE created_at > now()") == 0


async def test_what_the_database_derives_and_numbers_is_what_the_evaluator_says(empty: Filled) -> None:
    name, connection = empty
    await connection.execute(database_files(name)[EXAMPLE_ROWS])
    examples = made(name)
    compared = 0
    for model in examples.models:
        for field in model.fields:
            counted = field.HasField("sequence") and field.type.kind == model_pb2.FIELD_KIND_BIGINT
            if not (counted or (field.HasField("value") and field.stored)):
                continue
            told = await connection.fetch(f"SELECT id, {field.names.column} AS value FROM {model.names.table}")
            derived = {str(row["id"]): row["value"] for row in told}
            for row in examples.rows(model):
                assert derived[row.id] == row[field.name], f"{field.id} of {row.id}"
                compared += 1
    assert compared or name in ("seven_features", "small")


async def test_who_is_there_already_is_among_the_people(empty: Filled) -> None:
    name, connection = empty
    mine = await connection.fetchval("INSERT INTO users (email, name) VALUES ('me@example.net', 'Me') RETURNING id")
    await connection.execute(database_files(name)[EXAMPLE_ROWS])
    assert await connection.fetchval("SELECT count(*) FROM users") == 50
    assert await connection.fetchval("SELECT count(*) FROM samples WHERE created_by_id = $1", mine) > 5


async def test_a_database_in_use_is_left_alone(empty: Filled) -> None:
    name, connection = empty
    mine = await connection.fetchval("INSERT INTO users (email, name) VALUES ('me@example.net', 'Me') RETURNING id")
    if contract(name).tenancy:
        add = "INSERT INTO organizations (name, slug) VALUES ('Ours', 'ours') RETURNING id::text"
        await connection.execute("SELECT set_config('app.organization', $1, false)", await connection.fetchval(add))
    await connection.execute("INSERT INTO samples (created_by_id, title) VALUES ($1, 'Work')", mine)
    await connection.execute(database_files(name)[EXAMPLE_ROWS])
    assert await connection.fetchval("SELECT count(*) FROM users") == 1


@pytest.mark.parametrize("day", DAYS)
async def test_rules_on_dates_are_kept_in_every_week(cluster: PostgresCluster, day: str) -> None:
    files = database_files("many_rules")
    async with cluster.database() as address:
        connection = await asyncpg.connect(address)
        await apply(connection, files)
        await connection.execute(files[EXAMPLE_ROWS].replace("now()", f"timestamptz '{day} 12:00Z'"))
        assert await connection.fetchval("SELECT count(*) FROM leave_requests") > 10
        await connection.close()


async def test_rows_are_in_several_states_and_belong_to_those_who_may_make_them() -> None:
    examples = made("many_rules")
    store = examples.store
    for name in ("Ticket", "Invoice", "Order", "LeaveRequest", "Product"):
        model = store.index.named(name)
        assert model is not None
        states = {row[store.index.field(model.states.field_id).name] for row in examples.rows(model)}
        assert len(states) > 1, name
    room, membership, message = (store.index.named(name) for name in ("Room", "Membership", "Message"))
    assert room is not None
    assert membership is not None
    assert message is not None
    seats = {(row["room"], row["user"]) for row in examples.rows(membership)}
    said = [(row["room"], row["author"]) for row in examples.rows(message)]
    assert len(said) > 30
    assert set(said) <= seats, "somebody wrote in a room of others"


async def test_the_script_needs_nothing_of_the_day_on_which_it_was_written() -> None:
    for name in NAMES:
        script = database_files(name)[EXAMPLE_ROWS]
        assert "EXISTS" in script
        assert not re.search(r"'20\d\d-\d\d-\d\d", script), "a date that does not move"


async def test_a_model_whose_rules_no_row_keeps_is_left_out_by_name() -> None:
    wrong = contract("small")
    sample = next(model for model in wrong.models if model.name == "Sample")
    next(field for field in sample.fields if field.name == "title").type.pattern = "^[^\\s\\S]$"
    assert examples_of(ContractIndex(wrong)).left_out == ["Sample"]


async def test_texts_fit_the_pattern_of_their_field() -> None:
    wider = contract("small")
    sample = next(model for model in wider.models if model.name == "Sample")
    title = next(field for field in sample.fields if field.name == "title")
    title.type.pattern = "^[A-Z]{2}/[0-9]{5}-(x|y)$"
    examples = examples_of(ContractIndex(wider))
    texts = [str(row["title"]) for row in examples.rows(sample)]
    assert len(texts) == 50
    assert all(re.fullmatch(title.type.pattern, text) for text in texts)
