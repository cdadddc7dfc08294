"""PostgreSQL, TypeScript and Python give the same answer to every expression of the table."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from decimal import Decimal

import asyncpg
import pytest
import pytest_asyncio

from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions import (
    HELPERS,
    NotInMemory,
    Parameter,
    ParameterKind,
    needs_database,
    to_sql,
    to_typescript,
)
from stackwright_sdk.expressions.python import RowKey, World, evaluate
from stackwright_sdk.expressions.sql import column_type
from stackwright_sdk.node import NodeWorker
from stackwright_sdk.postgres import PostgresCluster

from .cases import CASES as FIRST
from .cases import Case
from .edge_cases import EDGES
from .people import CONTRACT, INDEX, key, world

REPLACEMENT = re.compile(r"'(?:[^']|'')*'|::|:([a-z_]\w*)", re.IGNORECASE)
CASES = [*FIRST, *EDGES]
pytestmark = pytest.mark.asyncio(loop_scope="module")


def _id(case: Case) -> str:
    return f"{case.name} (this={case.this})"


@pytest.mark.parametrize("case", CASES, ids=_id)
async def test_python_agrees(case: Case) -> None:
    answer = evaluate(case.expression.node, INDEX, replace(world(), this=key("User", case.this)))
    assert (answer, _shown(answer)) == (case.expected, _shown(case.expected))


@pytest.mark.parametrize("case", CASES, ids=_id)
async def test_postgresql_agrees(case: Case, database: asyncpg.Connection) -> None:
    fragment = to_sql(case.expression.node, INDEX, model_id="people/User", this="users")
    text, values = _bound(fragment.text, fragment.parameters, world())
    answer = await database.fetchval(f"SELECT {text} FROM users WHERE id = '{key('User', case.this).id}'", *values)
    assert not isinstance(case.expected, bool) or answer is not None, "two-valued: never unknown"
    assert (_plain(answer), _shown(_plain(answer))) == (case.expected, _shown(case.expected))


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case.expected, bool)], ids=_id)
async def test_postgresql_agrees_where_unknown_is_false(case: Case, database: asyncpg.Connection) -> None:
    fragment = to_sql(case.expression.node, INDEX, model_id="people/User", this="users", condition=True)
    text, values = _bound(fragment.text, fragment.parameters, world())
    found = await database.fetch(f"SELECT 1 FROM users WHERE id = '{key('User', case.this).id}' AND ({text})", *values)
    assert bool(found) == case.expected


@pytest.mark.parametrize("case", CASES, ids=_id)
async def test_typescript_agrees(case: Case, node: NodeWorker) -> None:
    if not case.in_memory:
        with pytest.raises(NotInMemory):
            to_typescript(case.expression.node, INDEX)
        return
    fragment = to_typescript(case.expression.node, INDEX)
    assert not needs_database(case.expression.node)
    answer = await node.call("evaluate", _Question(fragment.text, _scope(case)), object)
    expected = _json(case.expected)
    if isinstance(case.expected, datetime.datetime):
        expected = {"moment": case.expected.isoformat(timespec="milliseconds").replace("+00:00", "Z")}
    assert answer == expected


async def test_the_table_is_large_and_each_back_end_answers_most() -> None:
    assert len(CASES) >= 300
    assert sum(case.in_memory for case in CASES) >= 180
    assert len({_id(case) for case in CASES}) == len(CASES)


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def database() -> AsyncIterator[asyncpg.Connection]:
    async with PostgresCluster() as cluster, cluster.database() as address:
        connection = await asyncpg.connect(address)
        # A zone with clock changes, so that nothing leans on the session's.
        await connection.execute("SET timezone = 'America/New_York'")
        await _fill(connection, world())
        yield connection
        await connection.close()


async def _fill(connection: asyncpg.Connection, given: World) -> None:
    for model in CONTRACT.models:
        columns = {"id": "uuid", "created_at": "timestamptz", "deleted_at": "timestamptz"}
        for field in model.fields:
            if field.names.column:
                columns[field.names.column] = column_type(field.type)
            for extra in field.names.extra_columns:
                columns[extra] = "text"
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        await connection.execute(f'CREATE TABLE "{model.names.table}" ({listed})')
        for row in given.rows[model.id]:
            values: dict[str, object] = {name: row.get(name) for name in ("id", "created_at", "deleted_at")}
            for field in model.fields:
                held = row.get(field.name)
                if field.type.kind == model_pb2.FIELD_KIND_ANY and isinstance(held, RowKey):
                    values |= {
                        field.names.column: held.id,
                        field.names.extra_columns[0]: INDEX.model(held.model_id).name,
                    }
                elif field.names.column:
                    values[field.names.column] = (
                        json.dumps(held) if field.type.kind == model_pb2.FIELD_KIND_JSON else held
                    )
            places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
            names = ", ".join(f'"{name}"' for name in values)
            await connection.execute(f'INSERT INTO "{model.names.table}" ({names}) VALUES ({places})', *values.values())
    for field in (field for model in CONTRACT.models for field in model.fields if field.type.join.table):
        join = field.type.join
        await connection.execute(f"CREATE TABLE {join.table} ({join.near_column} uuid, {join.far_column} uuid)")
        await connection.executemany(f"INSERT INTO {join.table} VALUES ($1, $2)", given.links[join.table])


def _bound(text: str, parameters: tuple[Parameter, ...], given: World) -> tuple[str, list[object]]:
    named = {parameter.name: parameter for parameter in parameters}
    used = list(named)

    def numbered(match: re.Match[str]) -> str:
        name = match.group(1)
        return match.group() if name is None else f"${used.index(name) + 1}::{named[name].sql_type}"

    return REPLACEMENT.sub(numbered, text), [_value(named[name], given) for name in used]


def _value(parameter: Parameter, given: World) -> object:
    if parameter.kind is ParameterKind.ACTOR:
        return given.actor.id if given.actor else None
    if parameter.kind is ParameterKind.CAN:
        return parameter.path[0] in given.permissions
    if parameter.kind is ParameterKind.SIGNED_IN:
        return given.actor is not None
    if parameter.kind is ParameterKind.NOW:
        return given.now
    if parameter.kind is ParameterKind.TODAY:
        return given.now.date()
    if parameter.kind is ParameterKind.SETTING:
        return given.settings[parameter.path[0]]
    value: object = given.objects["input"][parameter.path[0]]
    return json.dumps(value) if parameter.sql_type == "jsonb" else value


def _plain(answer: object) -> object:
    return str(answer) if type(answer).__name__ == "UUID" else answer


def _shown(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# -- TypeScript --------------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def node(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[NodeWorker]:
    module = tmp_path_factory.mktemp("conformance") / "evaluate.mjs"
    module.write_text(_EVALUATE.replace("HELPERS", HELPERS.as_uri()))
    worker = NodeWorker(module)
    yield worker
    await worker.close()


@dataclass(frozen=True)
class _Question:
    source: str
    scope: dict[str, object]


_EVALUATE = """
import * as values from 'HELPERS';

const revive = (value) =>
  Array.isArray(value) ? value.map(revive)
  : value && typeof value === 'object' ? ('moment' in value ? new Date(value.moment)
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner)])))
  : value;

export function evaluate({ source, scope }) {
  const names = { ...values, ...revive(scope) };
  names.can = (permission) => scope.permissions.includes(permission);
  const answer = new Function(...Object.keys(names), `return (${source});`)(...Object.values(names));
  return answer instanceof Date ? { moment: answer.toISOString() } : (answer ?? null);
}
"""


def _scope(case: Case) -> dict[str, object]:
    given = world()
    row = given.row(key("User", case.this))
    actor = given.row(key("User", 1))
    return {
        "row": _row(row),
        "actor": _row(actor),
        "signedIn": True,
        "now": _json(given.now),
        "today": given.now.date().isoformat(),
        "permissions": sorted(given.permissions),
        "settings": {"peopleAdult": 18, "docsPublic": True},
        "input": _json(given.objects["input"]),
    }


def _row(row: object) -> dict[str, object]:
    assert isinstance(row, dict)
    fields = {field.name: field.names.column for field in INDEX.model("people/User").fields}
    return {fields.get(name) or name: _json(value) for name, value in row.items()}


def _json(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dict):
        return {name: _json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    return str(value) if isinstance(value, datetime.date | datetime.time | Decimal) else value
