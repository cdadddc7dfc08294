"""The page of users, in a real browser."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in


def path_of(app: App) -> str:
    model = app.model("User")
    pages = [
        page.path for page in app.contract.pages if page.model_id == model.id and page.path and ":" not in page.path
    ]
    return pages[0] if pages else "/users"


@pytest.mark.shows(1)
async def test_an_administrator_finds_a_user_on_the_page(app: App, page: Page, site: str) -> None:
    ann = await app.person("ann")
    await sign_in(page, site, await app.person("admin"))
    await page.goto(f"{site}{path_of(app)}?search={ann.email}")
    await expect(page.get_by_text(ann.email).first).to_be_visible()
    await expect(page.get_by_text((await app.person("bob")).email)).to_have_count(0)


@pytest.mark.shows(1)
async def test_others_see_no_user_on_the_page(app: App, page: Page, site: str) -> None:
    admin = await app.person("admin")
    await sign_in(page, site, await app.person("bob"))
    await page.goto(f"{site}{path_of(app)}", wait_until="networkidle")
    await expect(page.get_by_text(admin.email)).to_have_count(0)
    await expect(
        page.get_by_text(
            re.compile(r"permission|not allowed|may not|not found|no access|forbidden", re.IGNORECASE)
        ).first
    ).to_be_visible()
