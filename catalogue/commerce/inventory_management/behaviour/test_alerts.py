"""Stock that runs low is told once to those who can order more, and stands in a chart."""

import asyncio

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start


async def level(app: App, sku: str, *, reorder_at: int) -> str:
    """A stock level with ten pieces of a product of its own; its location is called as the product."""
    product = (await app.call("Product.create", {"name": sku}, by="admin", expect=201)).body["id"]
    variant = {"product": product, "sku": sku, "price": "1.00"}
    variant_id = (await app.call("ProductVariant.create", variant, by="admin", expect=201)).body["id"]
    place = {"name": sku, "code": sku}
    location = (await app.call("StockLocation.create", place, by="admin", expect=201)).body["id"]
    made = {"location": location, "variant": variant_id, "reorder_at": reorder_at}
    row = str((await app.call("StockLevel.create", made, by="admin", expect=201)).body["id"])
    await move(app, row, 10)
    return row


async def move(app: App, row: str, quantity: int) -> None:
    values = {"level": row, "quantity": quantity, "reason": "adjustment"}
    await app.call("StockMovement.create", values, by="warehouse", expect=201)


async def notices(app: App, person: str) -> list[str]:
    """Titles of the alerts that somebody has."""
    listed = (await app.call("Notification.list", {"kind": "stock_low"}, by=person, expect=200)).body
    return [str(row["title"]) for row in listed["items"]]


@pytest.mark.shows(1)
async def test_stock_that_is_low_stands_in_a_chart(start: Start) -> None:
    app = await start()
    row = await level(app, "CUP", reorder_at=5)
    charted = (await app.call("metrics.stock_low", by="warehouse", expect=200)).body
    assert charted["items"] == []
    await move(app, row, -5)
    charted = (await app.call("metrics.stock_low", by="warehouse", expect=200)).body
    assert [item["value"] for item in charted["items"]] == [1]
    await app.call("metrics.stock_low", by="bob", expect=403)


@pytest.mark.shows(1)
@pytest.mark.beside("notifications")
async def test_those_who_manage_the_stock_are_told_once_when_it_becomes_low(start: Start) -> None:
    app = await start()
    row, other = await level(app, "PLATE", reorder_at=5), await level(app, "BOWL", reorder_at=5)
    for quantity in (-4, -1, -1):
        await move(app, row, quantity)
    # What comes after stands for the end of what came before.
    await move(app, other, -9)
    async with asyncio.timeout(15):
        while not any("BOWL" in title for title in await notices(app, "admin")):
            await asyncio.sleep(0.1)
    assert sorted(await notices(app, "admin")) == ["BOWL is low at BOWL: 1", "PLATE is low at PLATE: 5"]
    assert await notices(app, "warehouse") == []
