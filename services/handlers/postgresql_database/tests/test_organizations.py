"""Organizations on a real PostgreSQL: the database itself lets nothing cross the border between two of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import pytest
import pytest_asyncio

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.emit import emit
from stackwright_sdk.postgres import PostgresCluster

from .conftest import BLUEPRINT, add, apply, contract, user, violated

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(frozen=True)
class Two:
    """A connection to a database with two organizations."""

    db: asyncpg.Connection
    alpha: str
    beta: str

    async def enter(self, organization: str) -> None:
        await self.db.execute("SELECT set_config('app.organization', $1, false)", organization)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(cluster: PostgresCluster) -> AsyncIterator[Two]:
    async with cluster.database() as address:
        connection = await asyncpg.connect(address)
        await apply(connection, _files())
        alpha = await add(connection, "organizations", name="Alpha", slug="alpha")
        beta = await add(connection, "organizations", name="Beta", slug="beta")
        yield Two(connection, alpha, beta)
        await connection.close()


async def test_a_row_belongs_to_the_organization_in_which_it_is_made(two: Two) -> None:
    await two.enter(two.alpha)
    sample = await _sample(two, "plan")
    assert str(await two.db.fetchval("SELECT organization_id FROM samples WHERE id = $1", sample)) == two.alpha
    move = "UPDATE samples SET organization_id = $2 WHERE id = $1"
    assert await violated(two.db, move, sample, two.beta) == "samples_keep_organization"
    await two.enter("")
    with pytest.raises(asyncpg.NotNullViolationError):
        await _sample(two, "nobody's")


async def test_a_reference_into_another_organization_is_refused(two: Two) -> None:
    await two.enter(two.alpha)
    parent = await add(two.db, "product_categories", name="Alpha", slug="refused", position=1)
    sample = await _sample(two, "parent")
    await two.enter(two.beta)
    category = "INSERT INTO product_categories (name, slug, position, parent_id) VALUES ('B', 'refused-b', 1, $1)"
    assert await violated(two.db, category, parent) == "product_categories_parent_id_fkey"
    own = await add(two.db, "product_categories", name="Beta", slug="refused-own", position=2)
    child = await add(two.db, "product_categories", name="Child", slug="refused-child", position=1, parent_id=own)
    change = "UPDATE product_categories SET parent_id = $2 WHERE id = $1"
    assert await violated(two.db, change, child, parent) == "product_categories_parent_id_fkey"
    ann = await user(two.db, "child-ann")
    inner = "INSERT INTO samples (title, created_by_id, parent_id) VALUES ('child', $1, $2)"
    assert await violated(two.db, inner, ann, sample) == "samples_parent_id_fkey"


async def test_a_reference_to_one_of_several_models_stays_inside(two: Two) -> None:
    await two.enter(two.alpha)
    ann, sample = await user(two.db, "any-ann"), await _sample(two, "any")
    say = "INSERT INTO comments (author_id, target_type, target_id, body) VALUES ($1, 'Sample', $2, 'Hm.')"
    await two.db.execute(say, ann, sample)
    await two.enter(two.beta)
    assert await violated(two.db, say, ann, sample) == "comments_target_fkey"


async def test_files_of_one_organization_are_no_content_of_another(two: Two) -> None:
    await two.enter(two.alpha)
    ann = await user(two.db, "file-ann")
    stored = await add(two.db, "stored_files", **_file(ann, "a"))
    scanned = "INSERT INTO samples (title, created_by_id, scan_id) VALUES ('scanned', $1, $2)"
    await two.db.execute(scanned, ann, stored)
    await two.enter("")
    nobodys = await add(two.db, "stored_files", **_file(ann, "b"))
    await two.enter(two.beta)
    assert await violated(two.db, scanned, ann, stored) == "samples_scan_id_organization"
    await two.db.execute(scanned, ann, nobodys)


async def test_rules_over_several_rows_count_within_each_organization(two: Two) -> None:
    for organization in (two.alpha, two.beta):
        await two.enter(organization)
        await add(two.db, "tags", name="Urgent")
        assert await violated(two.db, "INSERT INTO tags (name) VALUES ('urgent')") == "tags_name_key"
        await add(two.db, "stock_locations", name="Shop", code="S")
        assert await violated(two.db, "INSERT INTO stock_locations (name, code) VALUES ('x', 'S')") == (
            "stock_locations_code_key"
        )


async def test_numbers_of_one_organization_tell_nothing_of_another(two: Two) -> None:
    ann = await user(two.db, "number-ann")
    numbers = {}
    for organization in (two.alpha, two.beta):
        await two.enter(organization)
        for _ in range(2):
            await add(two.db, "orders", **_order(ann))
        numbers[organization] = [
            row["number"]
            for row in await two.db.fetch(
                "SELECT number FROM orders WHERE organization_id = $1 ORDER BY number", organization
            )
        ]
    assert numbers[two.alpha] == numbers[two.beta]
    assert len(set(numbers[two.alpha])) == 2


async def test_every_organization_begins_with_rows_of_its_own(two: Two) -> None:
    policies = "SELECT count(*) FROM sla_policies WHERE organization_id = $1"
    assert [await two.db.fetchval(policies, each) for each in (two.alpha, two.beta)] == [4, 4]
    await two.db.execute("DELETE FROM sla_policies WHERE organization_id = $1 AND priority = 'low'", two.alpha)
    await apply(two.db, {path: text for path, text in _files().items() if "/seeds/" in path})
    # What people took away stays away, whatever is migrated later.
    assert [await two.db.fetchval(policies, each) for each in (two.alpha, two.beta)] == [3, 4]


async def test_an_organization_with_rows_is_kept(two: Two) -> None:
    gone = await add(two.db, "organizations", name="Gone", slug="gone")
    await two.db.execute("DELETE FROM sla_policies WHERE organization_id = $1", gone)
    await two.db.execute("DELETE FROM organizations WHERE id = $1", gone)
    await two.enter(two.alpha)
    await _sample(two, "kept")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="_organization_id_fkey"):
        await two.db.execute("DELETE FROM organizations WHERE id = $1", two.alpha)


def _files() -> dict[str, str]:
    """The database of the contract, in which a sample has a file too: files may be of no organization."""
    wider = contract("organizations")
    sample = next(model for model in wider.models if model.name == "Sample")
    scan = sample.fields.add(id="domain/Sample/scan", name="scan", optional=True)
    scan.type.kind = model_pb2.FIELD_KIND_FILE
    scan.type.targets.append("file_upload/StoredFile")
    scan.names.column, scan.names.foreign_key_name = "scan_id", "samples_scan_id_fkey"
    return {file.path: file.content.decode() for file in emit(wider, BLUEPRINT).files}


async def _sample(two: Two, title: str) -> str:
    person = await user(two.db, title.replace(" ", "-").replace("'", ""))
    return await add(two.db, "samples", title=title, created_by_id=person)


def _file(owner: str, key: str) -> dict[str, object]:
    return {"uploaded_by_id": owner, "name": f"{key}.png", "content_type": "image/png", "size": 1, "storage_key": key}


def _order(customer: str) -> dict[str, object]:
    return {"customer_id": customer, "currency": "EUR", "ship_to": "Here"}
