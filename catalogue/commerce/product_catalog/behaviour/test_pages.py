"""Products in a real browser: the shop window without signing in, and the pages of who fills it."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in


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


@pytest.mark.shows(1)
async def test_a_product_is_entered_with_its_variant_and_picture_and_then_sold(app: App, page: Page, site: str) -> None:
    await sign_in(page, site, await app.person("merchandiser"))
    await page.goto(f"{site}/products/new")
    await field(page, "name").fill("Garden lamp")
    await page.get_by_role("button", name=re.compile("^create", re.IGNORECASE)).click()
    await expect(page.get_by_role("heading", name="Garden lamp")).to_be_visible()

    variants = page.get_by_role("region", name="Variants")
    await variants.get_by_role("button", name=re.compile("add", re.IGNORECASE)).click()
    await field(page, "sku").fill("LAMP-1")
    # A number that no money has is refused before it is sent.
    await field(page, "price").fill("49.999")
    save = page.get_by_role("dialog").get_by_role("button", name=re.compile("^(add|create|save)", re.IGNORECASE))
    await save.click()
    await expect(page.get_by_role("dialog").get_by_text(re.compile("at most 2 digits"))).to_be_visible()
    await field(page, "price").fill("49.90")
    await save.click()
    await expect(variants.get_by_role("row").filter(has_text="LAMP-1")).to_have_count(1)

    pictures = page.get_by_role("region", name="Images")
    await pictures.get_by_role("button", name=re.compile("add", re.IGNORECASE)).click()
    await field(page, "image").fill("https://pictures.example/lamp.jpg")
    await field(page, "alt").fill("Lit at night")
    await page.get_by_role("dialog").get_by_role("button", name=re.compile("^(add|create|save)", re.IGNORECASE)).click()
    await expect(pictures.get_by_text("Lit at night").first).to_be_visible()

    await page.get_by_role("button", name="Activate", exact=True).click()
    await expect(page.get_by_role("button", name="Retire", exact=True)).to_be_visible()
    sold = (await app.call("Product.list", {"search": "garden lamp"}, by="stranger", expect=200)).body
    assert [row["state"] for row in sold["items"]] == ["active"]
