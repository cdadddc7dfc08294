"""The validator over a clean schema and over its mistakes, on a real PostgreSQL."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from stackwright_sdk.validation.testing import Defect, catch_rate, validate
from stackwright_sql_validator.defects import CLEAN, DEFECTS, LATER, SCHEMA
from stackwright_sql_validator.validator import SqlValidator

module_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def validator() -> AsyncIterator[SqlValidator]:
    made = SqlValidator()
    await made.start()
    yield made
    await made.close()


@module_loop
async def test_a_clean_schema_has_no_finding(validator: SqlValidator) -> None:
    said = await validate(validator, CLEAN)
    assert [f"{f.rule} {f.path}:{f.range.start_line} {f.message}" for f in said.findings] == []
    assert said.states == {"sql.parse": "PASSED", "sql.apply": "PASSED", "sql.lint": "PASSED"}
    assert said.measurements["database.tables"] == 3
    assert said.measurements["database.foreign_keys"] == 4


@module_loop
async def test_every_seeded_defect_is_found(validator: SqlValidator, capsys: pytest.CaptureFixture[str]) -> None:
    rate = await catch_rate(validator, CLEAN, DEFECTS)
    with capsys.disabled():
        print(f"\nsql: {rate}")  # noqa: T201  # the figure is published
    assert not rate.missed


@module_loop
async def test_facts_are_what_the_database_holds(validator: SqlValidator) -> None:
    said = await validate(validator, CLEAN)
    orders = next(table for table in said.facts.tables if table.name == "orders")
    assert (orders.schema, list(orders.primary_key), list(orders.triggers)) == ("public", ["id"], ["orders_touch"])
    total = next(column for column in orders.columns if column.name == "total")
    assert (total.type, total.nullable, total.default) == ("numeric(12,2)", False, "")
    key = next(key for key in orders.foreign_keys if list(key.columns) == ["parent_id"])
    assert (key.name, key.references_table, key.on_delete) == ("orders_parent_id_fkey", "orders", "set null")
    index = next(index for index in orders.indexes if index.name == "orders_parent_id_idx")
    assert (index.unique, list(index.columns), index.predicate) == (False, ["parent_id"], "(parent_id IS NOT NULL)")
    customers = next(table for table in said.facts.tables if table.name == "customers")
    assert {(c.name, c.kind) for c in customers.constraints} == {
        ("customers_name_check", "check"),
        ("customers_name_key", "unique"),
    }


@module_loop
async def test_a_failure_is_told_with_its_line(validator: SqlValidator) -> None:
    wrong = Defect("", "", SCHEMA, "decimals(12,2)", "numeric(12,2)").put_into(CLEAN)
    said = await validate(validator, wrong)
    [finding] = [finding for finding in said.findings if finding.rule == "migration-fails"]
    assert (finding.path, finding.range.start_line) == (SCHEMA, 20)
    assert "decimals" in finding.message


@module_loop
async def test_a_database_that_dies_leaves_the_check_unverified_and_comes_back(validator: SqlValidator) -> None:
    cluster = await validator._database.start()
    await cluster.__aexit__(None, None, None)
    said = await validate(validator, CLEAN)
    assert said.states["sql.apply"] == "UNVERIFIED"
    assert said.states["sql.lint"] == "UNVERIFIED"
    again = await validate(validator, CLEAN)
    assert set(again.states.values()) == {"PASSED"}


@module_loop
async def test_a_migration_without_end_is_ended(validator: SqlValidator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stackwright_sql_validator.validator._APPLY_SECONDS", 1)
    said = await validate(validator, CLEAN | {LATER: "SELECT pg_sleep(600);"})
    assert said.states["sql.apply"] == "UNVERIFIED"
    assert "1 s" in said.checks["sql.apply"].message


@module_loop
async def test_a_project_without_sql_is_none_of_its_business(validator: SqlValidator) -> None:
    said = await validate(validator, {"backend/src/a.ts": "export {};"})
    assert (said.checks, said.findings) == ({}, [])
