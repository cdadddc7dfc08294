"""Rules under eight connections: each is told what the rule says, sums and numbers stay right, no row is lost."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
import pytest_asyncio

from .conftest import add, user

pytestmark = pytest.mark.asyncio(loop_scope="session")
CONNECTIONS = 8


@pytest_asyncio.fixture(loop_scope="session")
async def eight(many: str, wide: asyncpg.Connection) -> AsyncIterator[list[asyncpg.Connection]]:
    """Connections to the database of `wide`."""
    del wide
    opened = [await asyncpg.connect(many) for _ in range(CONNECTIONS)]
    yield opened
    for connection in opened:
        await connection.close()


async def each(
    eight: list[asyncpg.Connection], work: Callable[[asyncpg.Connection, int], Awaitable[object]]
) -> list[str | None]:
    """Let all work at once; the constraint that each violated. Any other error is raised."""
    told = await asyncio.gather(
        *(work(connection, number) for number, connection in enumerate(eight)), return_exceptions=True
    )
    for result in told:
        if isinstance(result, BaseException) and not isinstance(result, asyncpg.IntegrityConstraintViolationError):
            raise result
    return [
        result.constraint_name if isinstance(result, asyncpg.IntegrityConstraintViolationError) else None
        for result in told
    ]


async def levels(db: asyncpg.Connection, count: int) -> list[str]:
    product = await add(db, "products", name="Cup", slug="cup")
    piece = await add(db, "product_variants", product_id=product, sku="C-1", price="1.00", currency="EUR")
    places = [await add(db, "stock_locations", name=f"Shop {n}", code=f"S{n}") for n in range(count)]
    return [await add(db, "stock_levels", location_id=place, variant_id=piece) for place in places]


async def test_a_stored_sum_over_four_parents_stays_exact(
    wide: asyncpg.Connection, eight: list[asyncpg.Connection]
) -> None:
    stock = await levels(wide, 4)
    for one in stock:
        await add(wide, "stock_movements", level_id=one, quantity=10_000, reason="receipt")
    insert = (
        "INSERT INTO stock_movements (level_id, quantity, reason) SELECT l, $2, 'sale' FROM unnest($1::uuid[]) AS l"
    )

    async def sells(connection: asyncpg.Connection, number: int) -> None:
        drawn = random.Random(number)
        for _ in range(40):
            # Two parents in either order: whoever locked as they come would deadlock.
            await connection.execute(insert, drawn.sample(stock, 2), -drawn.randint(1, 9))

    assert await each(eight, sells) == [None] * CONNECTIONS
    drift = await wide.fetch(
        "SELECT l.id FROM stock_levels l "
        "WHERE l.on_hand <> (SELECT sum(m.quantity) FROM stock_movements m WHERE m.level_id = l.id)"
    )
    assert drift == []


async def test_of_eight_sales_of_three_pieces_three_succeed(
    wide: asyncpg.Connection, eight: list[asyncpg.Connection]
) -> None:
    (stock,) = await levels(wide, 1)
    await add(wide, "stock_movements", level_id=stock, quantity=3, reason="receipt")
    sell = "INSERT INTO stock_movements (level_id, quantity, reason) VALUES ($1, -1, 'sale')"
    told = await each(eight, lambda connection, _: connection.execute(sell, stock))
    assert (told.count(None), told.count("stock_levels_on_hand_rule")) == (3, 5)


async def test_a_ring_of_moves_never_closes(wide: asyncpg.Connection, eight: list[asyncpg.Connection]) -> None:
    move = "UPDATE product_categories SET parent_id = $2, position = 9 WHERE id = $1"
    for turn in range(5):
        ring = [
            await add(wide, "product_categories", name=f"{turn}-{n}", slug=f"{turn}-{n}", position=100 * turn + n)
            for n in range(CONNECTIONS)
        ]

        async def moves(connection: asyncpg.Connection, number: int, ring: list[str] = ring) -> None:
            await connection.execute(move, ring[number], ring[number - 1])

        told = await each(eight, moves)
        assert set(told) == {None, "product_categories_parent_id_acyclic"}
        assert told.count("product_categories_parent_id_acyclic") == 1, "the one that would close it"


async def test_eight_tables_of_one_chair(wide: asyncpg.Connection, eight: list[asyncpg.Connection]) -> None:
    ann = await user(wide, "ann")
    service = await add(wide, "booking_services", name="Cut", duration_minutes=30)
    chair = await add(wide, "bookable_resources", name="Chair", time_zone="Europe/Berlin")
    book = (
        "INSERT INTO bookings (customer_id, resource_id, service_id, starts_at, ends_at) "
        "SELECT $1, $2, $3, timestamptz '2026-05-04 09:00Z' + $4 * interval '10 min', "
        "timestamptz '2026-05-04 09:30Z' + $4 * interval '10 min'"
    )
    told = await each(eight, lambda connection, n: connection.execute(book, ann, chair, service, n))
    assert set(told) == {None, "bookings_resource_id_no_overlap"}
    apart = await wide.fetchval(
        "SELECT count(*) FROM bookings a "
        "JOIN bookings b ON a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
    )
    assert apart == 0


async def test_a_year_of_numbers_has_no_gap_though_half_is_taken_back(
    wide: asyncpg.Connection, eight: list[asyncpg.Connection]
) -> None:
    ann = await user(wide, "ann")
    order = "INSERT INTO orders (customer_id, currency, ship_to, created_at) VALUES ($1, 'EUR', 'x', '2026-05-04')"

    async def orders(connection: asyncpg.Connection, number: int) -> None:
        for turn in range(10):
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(order, ann)
            await (transaction.rollback() if (turn + number) % 2 else transaction.commit())

    assert await each(eight, orders) == [None] * CONNECTIONS
    numbers = [row[0] for row in await wide.fetch("SELECT number FROM orders ORDER BY number")]
    assert numbers == [f"O-2026-{number:06}" for number in range(1, 10 * CONNECTIONS // 2 + 1)]


async def test_the_last_places_under_a_limit(wide: asyncpg.Connection, eight: list[asyncpg.Connection]) -> None:
    insert = "INSERT INTO custom_fields (model, key, label, type, position) VALUES ('Sample', $1, 'x', 'text', $2)"
    await wide.executemany(insert, [(f"k{number}", number) for number in range(97)])
    told = await each(eight, lambda connection, n: connection.execute(insert, f"n{n}", 200 + n))
    assert (told.count(None), told.count("custom_fields_model_limit")) == (3, 5)


async def test_nothing_points_at_what_is_deleted_meanwhile(
    wide: asyncpg.Connection, eight: list[asyncpg.Connection]
) -> None:
    ann = await user(wide, "ann")
    comment = "INSERT INTO comments (author_id, target_type, target_id, body) VALUES ($1, 'Sample', $2, 'b')"
    for _ in range(10):
        sample = await add(wide, "samples", title="s", created_by_id=ann)

        async def writes(connection: asyncpg.Connection, number: int, sample: str = sample) -> None:
            if number == CONNECTIONS // 2:
                await connection.execute("DELETE FROM samples WHERE id = $1", sample)
            else:
                await connection.execute(comment, ann, sample)

        assert set(await each(eight, writes)) <= {None, "comments_target_fkey"}
    assert await wide.fetchval("SELECT count(*) FROM comments") == 0
