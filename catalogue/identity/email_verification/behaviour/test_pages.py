"""An address is confirmed in a real browser: the gate holds, the link of the mail opens it."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import fill_in_registration


@pytest.mark.shows(1)
async def test_the_page_waits_for_the_link_and_goes_on_where_it_was(app: App, page: Page, site: str) -> None:
    await page.goto(f"{site}/register")
    await fill_in_registration(page, "Newly Come", "newly@example.org", "correct horse battery")
    await expect(page).not_to_have_url(re.compile("/register"))
    await page.goto(f"{site}/samples")
    await expect(page).to_have_url(f"{site}/verify-email")
    await expect(page.get_by_text("newly@example.org")).to_be_visible()
    mail = await app.mail("newly@example.org", subject="Confirm your e-mail address")
    token = mail.body["links"][0]["query"]["token"]

    await page.goto(f"{site}/verify-email#token={token}")
    await expect(page.get_by_role("status")).to_contain_text("confirmed")
    await expect(page).to_have_url(f"{site}/verify-email")
    await page.goto(f"{site}/samples")
    # Where there are organizations, who is in none is held by the gate behind this one.
    await expect(page.get_by_role("heading", name=re.compile("^(Samples|Choose an organization)$"))).to_be_visible()
    await expect(page).to_have_url(re.compile("/samples|/organizations/choose"))
