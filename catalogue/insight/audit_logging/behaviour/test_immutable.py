"""Entries of the audit log cannot be changed, not even by who owns the database."""

import asyncpg
import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.plugin import Start


@pytest.mark.shows(1)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET action = 'nothing'",
        "UPDATE {table} SET action = action",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
    ],
)
async def test_the_database_refuses_to_change_an_entry(app: App, statement: str) -> None:
    await app.call("Sample.create", {"title": "leaves an entry"}, by="ann", expect=201)
    table = app.table("AuditEntry")
    async with app.database() as database:
        before = await database.fetch(f"SELECT * FROM {table} ORDER BY id")
        assert before, "no entry was written"
        with pytest.raises(asyncpg.PostgresError):
            await database.execute(statement.format(table=table))
        assert await database.fetch(f"SELECT * FROM {table} ORDER BY id") == before


@pytest.mark.shows(1)
async def test_a_write_that_fails_leaves_no_entry(app: App) -> None:
    table = app.table("AuditEntry")
    async with app.database() as database:
        before = await database.fetchval(f"SELECT count(*) FROM {table}")
        await app.call("Sample.create", {"title": ""}, by="ann", expect=422)
        unknown = {"title": "t", "parent": "00000000-0000-7000-8000-000000000000"}
        await app.call("Sample.create", unknown, by="ann", expect=422)
        assert await database.fetchval(f"SELECT count(*) FROM {table}") == before


@pytest.mark.shows(1)
async def test_no_write_succeeds_without_its_entry(start: Start) -> None:
    """Where entries cannot be written, nothing can."""
    app = await start()
    table = app.table("AuditEntry")
    async with app.database() as database:
        await database.execute(f"ALTER TABLE {table} ADD CONSTRAINT never_more CHECK (false) NOT VALID")
        answer = await app.call("Sample.create", {"title": "must not stay"}, by="ann")
        assert answer.status >= 400, "the write went through"
        left = await database.fetchval(f"SELECT count(*) FROM {app.table('Sample')} WHERE title = 'must not stay'")
    assert left == 0


@pytest.mark.shows(1)
async def test_an_administrator_reads_the_log_on_its_page(app: App, page: Page, site: str) -> None:
    await app.call("Sample.create", {"title": "Seen in the log"}, by="ann", expect=201)
    model = app.model("AuditEntry")
    pages = [
        page.path for page in app.contract.pages if page.model_id == model.id and page.path and ":" not in page.path
    ]
    await sign_in(page, site, await app.person("admin"))
    await page.goto(f"{site}{pages[0] if pages else '/audit-entries'}")
    await expect(page.get_by_text("Seen in the log").first).to_be_visible()
