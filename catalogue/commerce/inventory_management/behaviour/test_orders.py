"""Stock and orders: what is ordered leaves the stock, never below nothing, and comes back when it is cancelled."""

import asyncio

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.values import Json


async def for_sale(app: App, sku: str, *, pieces: int | None) -> tuple[str, str]:
    """A variant that is sold and its stock level; what is kept nowhere has none."""
    product = (await app.call("Product.create", {"name": sku}, by="admin", expect=201)).body["id"]
    values = {"product": product, "sku": sku, "price": "2.00"}
    variant = str((await app.call("ProductVariant.create", values, by="admin", expect=201)).body["id"])
    await app.call("Product.activate", by="admin", row=product, expect=200)
    if pieces is None:
        return variant, ""
    place = {"name": sku, "code": sku}
    location = (await app.call("StockLocation.create", place, by="admin", expect=201)).body["id"]
    level = {"location": location, "variant": variant}
    row = str((await app.call("StockLevel.create", level, by="admin", expect=201)).body["id"])
    receipt = {"level": row, "quantity": pieces, "reason": "receipt"}
    await app.call("StockMovement.create", receipt, by="warehouse", expect=201)
    return variant, row


async def order(app: App, key: str, *wanted: tuple[str, int]) -> tuple[int, Json]:
    items: Json = [{"variant": variant, "quantity": quantity} for variant, quantity in wanted]
    values = {"currency": "EUR", "ship_to": "1 Long Road", "items": items}
    answer = await app.call("Order.create", values, by="ann", headers={"Idempotency-Key": f"stock-{key}-order"})
    return answer.status, answer.body


async def on_hand(app: App, level: str) -> int:
    return int((await app.call("StockLevel.read", by="warehouse", row=level, expect=200)).body["on_hand"])


@pytest.mark.shows(1)
@pytest.mark.beside("order_management")
async def test_orders_placed_at_once_never_take_more_than_there_is(start: Start) -> None:
    app = await start()
    variant, level = await for_sale(app, "RARE", pieces=5)
    answers = await asyncio.gather(*(order(app, f"race-{number}", (variant, 2)) for number in range(6)))
    statuses = [status for status, _ in answers]
    assert statuses.count(201) == 2, answers
    assert set(statuses) == {201, 409}, answers
    assert await on_hand(app, level) == 1
    assert (await app.call("Order.list", by="ann", expect=200)).body["total"] == 2


@pytest.mark.shows(1)
@pytest.mark.beside("order_management")
async def test_an_order_of_which_a_part_is_sold_out_leaves_nothing_behind(start: Start) -> None:
    app = await start()
    plenty, level = await for_sale(app, "PLENTY", pieces=10)
    rare, _ = await for_sale(app, "RARE", pieces=1)
    service, _ = await for_sale(app, "GIFT-WRAP", pieces=None)
    status, body = await order(app, "partial", (plenty, 3), (rare, 2))
    assert (status, body["error"]["message"]) == (409, "One of the items is sold out.")
    assert await on_hand(app, level) == 10
    assert (await app.call("Order.list", by="ann", expect=200)).body["total"] == 0
    # What is kept nowhere is not counted.
    assert (await order(app, "service", (plenty, 3), (service, 40)))[0] == 201
    assert await on_hand(app, level) == 7


@pytest.mark.shows(1)
@pytest.mark.beside("order_management")
async def test_what_is_cancelled_comes_back_once(start: Start) -> None:
    app = await start()
    variant, level = await for_sale(app, "CHAIR", pieces=10)
    status, placed = await order(app, "cancelled", (variant, 4))
    assert status == 201
    assert await on_hand(app, level) == 6
    await app.call("Order.cancel", {}, by="ann", row=placed["id"], expect=200)
    assert await on_hand(app, level) == 10
    await app.call("Order.cancel", {}, by="ann", row=placed["id"], expect=[403, 409])
    assert await on_hand(app, level) == 10
