"""Each kind of rule against a real database, alone and at once."""

from __future__ import annotations

import asyncio
import datetime

import asyncpg
import pytest

from .conftest import add, user, violated

pytestmark = pytest.mark.asyncio(loop_scope="session")
UTC = datetime.UTC


def hour(number: int) -> datetime.datetime:
    return datetime.datetime(2026, 5, 4, number, tzinfo=UTC)


async def category(db: asyncpg.Connection, name: str, position: int, parent: str | None = None) -> str:
    return await add(db, "product_categories", name=name, slug=name, position=position, parent_id=parent)


async def variant(db: asyncpg.Connection) -> str:
    product = await add(db, "products", name="Cup", slug="cup")
    return await add(db, "product_variants", product_id=product, sku="C-1", price="1.00", currency="EUR")


async def level(db: asyncpg.Connection, variant_id: str) -> str:
    location = await add(db, "stock_locations", name="Shop", code="S")
    return await add(db, "stock_levels", location_id=location, variant_id=variant_id)


async def test_stock_is_the_sum_of_its_movements_and_never_below_zero(wide: asyncpg.Connection) -> None:
    stock = await level(wide, await variant(wide))
    await add(wide, "stock_movements", level_id=stock, quantity=3, reason="receipt")
    assert await wide.fetchval("SELECT on_hand FROM stock_levels WHERE id = $1", stock) == 3
    take = "INSERT INTO stock_movements (level_id, quantity, reason) VALUES ($1, -4, 'sale')"
    assert await violated(wide, take, stock) == "stock_levels_on_hand_rule"
    assert await violated(wide, take.replace("-4", "0"), stock) == "stock_movements_quantity_rule"


async def test_of_five_sales_of_three_pieces_at_once_three_succeed(many: str, wide: asyncpg.Connection) -> None:
    stock = await level(wide, await variant(wide))
    await add(wide, "stock_movements", level_id=stock, quantity=3, reason="receipt")
    sell = "INSERT INTO stock_movements (level_id, quantity, reason) VALUES ($1, -1, 'sale')"
    results = await _at_once(many, 5, sell, stock)
    assert (results.count(None), results.count("stock_levels_on_hand_rule")) == (3, 2)
    assert await wide.fetchval("SELECT on_hand FROM stock_levels WHERE id = $1", stock) == 0


async def test_times_do_not_overlap_but_may_touch(many: str, wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    service = await add(wide, "booking_services", name="Cut", duration_minutes=30)
    chair = await add(wide, "bookable_resources", name="Chair", time_zone="Europe/Berlin")
    book = "INSERT INTO bookings (customer_id, resource_id, service_id, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5)"
    results = await _at_once(many, 10, book, ann, chair, service, hour(9), hour(10))
    assert results.count(None) == 1
    assert set(results) == {None, "bookings_resource_id_no_overlap"}
    await wide.execute(book, ann, chair, service, hour(10), hour(11))
    await wide.execute("UPDATE bookings SET state = 'cancelled' WHERE starts_at = $1", hour(9))
    await wide.execute(book, ann, chair, service, hour(9), hour(10))


async def test_states_change_only_along_the_arrows(wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    article = await add(wide, "articles", author_id=ann, title="A", slug="a", body="b")
    change = "UPDATE articles SET state = '{}' WHERE id = $1"
    assert await wide.fetchval("SELECT state FROM articles WHERE id = $1", article) == "draft"
    assert await violated(wide, change.format("archived"), article) == "articles_state_transition"
    assert await violated(wide, change.format("lost"), article) in ("articles_state_check", "articles_state_transition")
    await wide.execute(change.format("published"), article)
    await wide.execute("UPDATE articles SET title = 'B', state = state WHERE id = $1", article)
    assert await violated(wide, change.format("draft"), article) == "articles_state_transition"


async def test_nothing_is_its_own_ancestor(many: str, wide: asyncpg.Connection) -> None:
    a = await category(wide, "a", 1)
    b = await category(wide, "b", 1, a)
    c = await category(wide, "c", 1, b)
    move = "UPDATE product_categories SET parent_id = $2, position = 9 WHERE id = $1"
    for parent in (a, b, c):
        assert await violated(wide, move, a, parent) == "product_categories_parent_id_acyclic"
    connections = [await asyncpg.connect(many) for _ in range(2)]
    for pair in range(20):
        x, y = [await category(wide, f"{side}{pair}", 10 * pair + place) for side, place in (("x", 10), ("y", 11))]
        moves = [connections[0].execute(move, x, y), connections[1].execute(move, y, x)]
        results = await asyncio.gather(*moves, return_exceptions=True)
        refused = [result for result in results if isinstance(result, asyncpg.PostgresError)]
        assert [type(error) for error in refused] == [asyncpg.CheckViolationError], "one is told, and no deadlock"
    for connection in connections:
        await connection.close()


async def test_an_order_may_be_changed_in_one_statement(wide: asyncpg.Connection) -> None:
    a, b = await category(wide, "a", 1), await category(wide, "b", 2)
    take = "INSERT INTO product_categories (name, slug, position) VALUES ('c', 'c', 2)"
    assert await violated(wide, take) == "product_categories_position_order"
    await wide.execute("UPDATE product_categories SET position = 3 - position WHERE id = ANY ($1)", [a, b])


async def test_a_limit_holds_also_at_once(many: str, wide: asyncpg.Connection) -> None:
    insert = "INSERT INTO custom_fields (model, key, label, type, position) VALUES ('Sample', $1, 'x', 'text', $2)"
    await wide.executemany(insert, [(f"k{number}", number) for number in range(96)])
    connections = [await asyncpg.connect(many) for _ in range(8)]
    tasks = [connection.execute(insert, f"n{number}", 200 + number) for number, connection in enumerate(connections)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    names = {result.constraint_name for result in results if isinstance(result, asyncpg.CheckViolationError)}
    assert names == {"custom_fields_model_limit"}
    assert await wide.fetchval("SELECT count(*) FROM custom_fields") == 100
    for connection in connections:
        await connection.close()


async def test_a_reference_to_any_model_is_as_strict_as_a_foreign_key(wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    sample = await add(wide, "samples", title="s", created_by_id=ann)
    comment = "INSERT INTO comments (author_id, target_type, target_id, body) VALUES ($1, $2, $3, 'b')"
    await wide.execute(comment, ann, "Sample", sample)
    assert await violated(wide, comment, ann, "Tag", sample) == "comments_target_fkey"
    assert await violated(wide, comment, ann, "Comment", sample) == "comments_target_id_check"
    await wide.execute("DELETE FROM samples WHERE id = $1", sample)
    assert await wide.fetchval("SELECT count(*) FROM comments") == 0


async def test_a_target_cannot_vanish_under_a_reference_that_is_being_made(many: str, wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    sample = await add(wide, "samples", title="s", created_by_id=ann)
    other = await asyncpg.connect(many)
    async with wide.transaction():
        await add(wide, "comments", author_id=ann, target_type="Sample", target_id=sample, body="b")
        deletion = asyncio.create_task(other.execute("DELETE FROM samples WHERE id = $1", sample))
        done, _ = await asyncio.wait([deletion], timeout=0.3)
        assert not done, "waits for the lock of the reference"
    await deletion
    assert await wide.fetchval("SELECT count(*) FROM comments") == 0
    await other.close()


async def test_a_rule_that_follows_a_reference(wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    one, two = [await add(wide, "samples", title=title, created_by_id=ann) for title in ("one", "two")]
    parent = await add(wide, "comments", author_id=ann, target_type="Sample", target_id=one, body="b")
    reply = (
        "INSERT INTO comments (author_id, target_type, target_id, parent_id, body) VALUES ($1, 'Sample', $2, $3, 'r')"
    )
    assert await violated(wide, reply, ann, two, parent) == "comments_target_parent_rule"
    await wide.execute(reply, ann, one, parent)


async def test_what_is_decided_is_frozen_and_the_balance_follows(wide: asyncpg.Connection) -> None:
    employee = await add(wide, "employees", name="Ann", email="ann@example.org")
    kind = await add(wide, "leave_kinds", name="Holiday")
    balance = await add(wide, "leave_balances", employee_id=employee, kind_id=kind, year=2026, allotted=10)
    days = {"starts_on": datetime.date(2026, 5, 4), "ends_on": datetime.date(2026, 5, 8), "days": 5}
    request = await add(wide, "leave_requests", employee_id=employee, kind_id=kind, balance_id=balance, **days)
    assert await wide.fetchval("SELECT used FROM leave_balances WHERE id = $1", balance) == 5
    assert (
        await violated(wide, "UPDATE leave_requests SET days = 11 WHERE id = $1", request)
        == "leave_balances_allotted_used_rule"
    )
    await wide.execute("UPDATE leave_requests SET state = 'approved' WHERE id = $1", request)
    assert await violated(wide, "UPDATE leave_requests SET days = 1 WHERE id = $1", request) == "leave_requests_frozen"
    assert await violated(wide, "DELETE FROM leave_requests WHERE id = $1", request) == "leave_requests_frozen"
    await wide.execute("UPDATE leave_requests SET state = 'withdrawn' WHERE id = $1", request)
    assert await wide.fetchval("SELECT used FROM leave_balances WHERE id = $1", balance) == 0


async def test_a_number_is_given_on_creation_and_longer_ones_are_written_out(wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    values = {"requester_id": ann, "subject": "a", "body": "b", "respond_by": hour(9), "resolve_by": hour(9)}
    first = await add(wide, "tickets", **values)
    await wide.execute("SELECT setval('tickets_number_counter_seq', 1234566)")
    second = await add(wide, "tickets", **values)
    given = [await wide.fetchval("SELECT number FROM tickets WHERE id = $1", ticket) for ticket in (first, second)]
    assert given == ["T-000001", "T-1234567"]


async def test_numbers_of_a_year_leave_no_gap_also_at_once(many: str, wide: asyncpg.Connection) -> None:
    ann = await user(wide, "ann")
    order = (
        "INSERT INTO orders (customer_id, currency, ship_to, created_at) VALUES ($1, 'EUR', 'x', $2) RETURNING number"
    )
    async with wide.transaction():
        await wide.fetchval(order, ann, hour(1))
        raised = await violated(
            wide, "INSERT INTO orders (customer_id, currency, ship_to) VALUES ($1, 'eur', 'x')", ann
        )
        assert raised == "orders_currency_check"
    transaction = wide.transaction()
    await transaction.start()
    await wide.fetchval(order, ann, hour(2))
    await transaction.rollback()
    assert set(await _at_once(many, 8, order, ann, hour(3))) == {None}
    numbers = [row[0] for row in await wide.fetch("SELECT number FROM orders ORDER BY number")]
    assert numbers == [f"O-2026-{number:06}" for number in range(1, 10)]
    assert await wide.fetchval(order, ann, datetime.datetime(2027, 1, 1, tzinfo=UTC)) == "O-2027-000001"


async def test_a_number_may_wait_for_an_action(wide: asyncpg.Connection) -> None:
    due = datetime.date(2026, 6, 4)
    values = {"customer_name": "A", "customer_email": "a@example.org", "currency": "EUR", "due_on": due}
    invoice = await add(wide, "invoices", **values)
    assert await wide.fetchval("SELECT number FROM invoices WHERE id = $1", invoice) is None
    sent = "UPDATE invoices SET state = 'sent', issued_on = '2026-05-04' WHERE id = $1 RETURNING number"
    assert await wide.fetchval(sent, invoice) == "INV-2026-00001"


async def _at_once(address: str, count: int, statement: str, *values: object) -> list[str | None]:
    """Run a statement on several connections together; the constraint each violated."""
    connections = [await asyncpg.connect(address) for _ in range(count)]
    tasks = [connection.execute(statement, *values) for connection in connections]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for connection in connections:
        await connection.close()
    return [result.constraint_name if isinstance(result, asyncpg.PostgresError) else None for result in results]
