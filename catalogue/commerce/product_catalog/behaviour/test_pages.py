"""The shop window in a real browser, without signing in."""

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App


async def product(app: App, name: str, sku: str, *, sold: bool) -> None:
    row = (await app.call("Product.create", {"name": name}, by="merchandiser", expect=201)).body["id"]
    variant = {"product": row, "sku": sku, "price": "9.99"}
    await app.call("ProductVariant.create", variant, by="merchandiser", expect=201)
    if sold:
        await app.call("Product.activate", by="merchandiser", row=row, expect=200)


@pytest.mark.shows(1)
async def test_the_shop_window_shows_only_what_is_for_sale(app: App, page: Page, site: str) -> None:
    await product(app, "Blue Cup", "BLUE-1", sold=True)
    await product(app, "Secret Spoon", "SECRET-1", sold=False)
    await page.goto(f"{site}/shop")
    await expect(page.get_by_text("Blue Cup").first).to_be_visible()
    await expect(page.get_by_text("Secret Spoon")).to_have_count(0)
    await page.get_by_role("link", name="Blue Cup").first.click()
    await expect(page.get_by_role("heading", name="Blue Cup")).to_be_visible()
