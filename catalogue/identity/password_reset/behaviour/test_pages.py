"""A forgotten password, from the sign-in page by way of a mail to a session, in a real browser."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, fill_in_login

NEW = "another long password"


@pytest.mark.shows(1)
async def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(app: App, page: Page, site: str) -> None:
    ann = await app.person("ann")
    await page.goto(f"{site}/login")
    await page.get_by_role("link", name=re.compile("forgot", re.IGNORECASE)).click()
    # The page before it asks for an address too.
    await expect(page.get_by_role("heading", name=re.compile("forgot", re.IGNORECASE))).to_be_visible()
    await field(page, "e-?mail").fill(ann.email)
    await page.get_by_role("button", name=re.compile("link", re.IGNORECASE)).click()
    await expect(page.get_by_role("status")).to_contain_text("on its way")
    mail = await app.mail(ann, subject="Choose a new password")
    token = mail.body["links"][0]["query"]["token"]

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{site}/reset-password#token={token}")
    await expect(page).to_have_url(f"{site}/reset-password")
    await field(page, "new password").fill(NEW)
    await page.get_by_role("button", name=re.compile("change", re.IGNORECASE)).click()
    await expect(page.get_by_role("status")).to_contain_text("changed")
    assert not [url for url in asked if token in url], "the token stood in the address of a request"

    await page.get_by_role("link", name=re.compile("^sign in$", re.IGNORECASE)).click()
    await fill_in_login(page, ann.email, NEW)
    await expect(page).not_to_have_url(re.compile("/login"))


@pytest.mark.shows(1)
async def test_a_link_that_is_not_good_leads_to_another(app: App, page: Page, site: str) -> None:
    await page.goto(f"{site}/reset-password#token=nobody-was-ever-sent-this-token")
    await field(page, "new password").fill(NEW)
    await page.get_by_role("button", name=re.compile("change", re.IGNORECASE)).click()
    await expect(page.get_by_role("alert")).to_contain_text("not good any more")
    await page.get_by_role("link", name=re.compile("new link", re.IGNORECASE)).click()
    await expect(page).to_have_url(f"{site}/forgot-password")
