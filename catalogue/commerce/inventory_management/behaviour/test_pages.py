"""Stock in a real browser: a movement is recorded where the level stands, and changes it."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in


@pytest.mark.shows(1)
async def test_a_movement_is_recorded_beside_its_level(app: App, page: Page, site: str) -> None:
    product = (await app.call("Product.create", {"name": "Spade"}, by="admin", expect=201)).body["id"]
    variant = {"product": product, "sku": "SPADE-1", "price": "1.00"}
    variant_id = (await app.call("ProductVariant.create", variant, by="admin", expect=201)).body["id"]
    place = {"name": "Shed", "code": "SHED"}
    location = (await app.call("StockLocation.create", place, by="admin", expect=201)).body["id"]
    made = {"location": location, "variant": variant_id}
    row = (await app.call("StockLevel.create", made, by="admin", expect=201)).body["id"]

    await sign_in(page, site, await app.person("warehouse"))
    await page.goto(f"{site}/stock-levels/{row}")
    movements = page.get_by_role("region", name="Stock movements")
    for quantity in ("12", "-20"):
        await movements.get_by_role("button", name=re.compile("add", re.IGNORECASE)).click()
        await field(page, "quantity").fill(quantity)
        await page.get_by_role("combobox", name=re.compile("reason", re.IGNORECASE)).click()
        await page.get_by_role("option", name="Adjustment").click()
        await (
            page.get_by_role("dialog")
            .get_by_role("button", name=re.compile("^(add|create|save)", re.IGNORECASE))
            .click()
        )
    # More than there is cannot go; the reason stands beside what was entered.
    await expect(page.get_by_role("dialog").get_by_text("Not enough in stock.")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await expect(movements.get_by_role("row").filter(has_text="12")).to_have_count(1)
    # The level itself follows, without loading the page anew.
    details = page.get_by_role("region", name="Details")
    await expect(details.get_by_text("12", exact=True)).to_be_visible()
    level = (await app.call("StockLevel.read", by="warehouse", row=row, expect=200)).body
    assert level["on_hand"] == 12
