"""Orders in real browsers: placed at the checkout, then paid and shipped by a clerk."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in
from stackwright_runtime_validator.plugin import Pages


async def for_sale(app: App, name: str, sku: str, price: str) -> None:
    row = (await app.call("Product.create", {"name": name}, by="admin", expect=201)).body["id"]
    await app.call("ProductVariant.create", {"product": row, "sku": sku, "price": price}, by="admin", expect=201)
    await app.call("Product.activate", by="admin", row=row, expect=200)


async def press(page: Page, name: str) -> None:
    """Presses the button of an action, and the one that confirms it if it is asked for."""
    await page.get_by_role("button", name=name, exact=True).click()
    confirm = page.get_by_role("dialog").or_(page.get_by_role("alertdialog"))
    settled = page.get_by_role("button", name=name, exact=True)
    await expect(confirm.or_(settled).first).to_be_visible()
    if await confirm.count():
        await confirm.get_by_role("button", name=name, exact=True).click()


@pytest.mark.shows(1)
async def test_an_order_is_placed_at_the_checkout_and_worked_on_by_a_clerk(app: App, pages: Pages, site: str) -> None:
    await for_sale(app, "Fountain pen", "PEN-1", "12.50")
    customer = await app.person("each")
    his = await pages()
    await sign_in(his, site, customer)
    await his.goto(f"{site}/checkout")
    await his.get_by_role("combobox", name=re.compile("^currency", re.IGNORECASE)).fill("EUR")
    await his.get_by_role("option", name=re.compile("^EUR")).click()
    await field(his, "ship to").fill("1 Long Road")
    await his.get_by_role("combobox", name=re.compile("^variant", re.IGNORECASE)).fill("PEN")
    await his.get_by_role("option", name="PEN-1").click()
    await field(his, "quantity").fill("3")
    await his.get_by_role("button", name=re.compile("^create order", re.IGNORECASE)).click()
    await expect(his.get_by_text("€37.50").first).to_be_visible()
    placed = (await app.call("Order.list", by=customer, expect=200)).body["items"]
    assert [row["total"] for row in placed] == ["37.50"]
    # What he may not do has no button.
    await expect(his.get_by_role("button", name="Pay", exact=True)).to_have_count(0)
    await expect(his.get_by_role("button", name="Cancel", exact=True).first).to_be_visible()

    hers = await pages()
    await sign_in(hers, site, await app.person("clerk"))
    await hers.goto(f"{site}/orders/{placed[0]['id']}")
    await press(hers, "Pay")
    await expect(hers.get_by_text("Paid", exact=True).first).to_be_visible()
    await press(hers, "Ship")
    await expect(hers.get_by_text("Shipped", exact=True).first).to_be_visible()
    await expect(hers.get_by_role("button", name="Pay", exact=True)).to_have_count(0)
