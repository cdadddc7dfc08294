"""Notifications in real browsers: they appear without a reload, and are read everywhere at once."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.plugin import Pages

BELL = re.compile(r"^notifications", re.IGNORECASE)
UNREAD = re.compile(r"^notifications\D*1 unread", re.IGNORECASE)


async def signed_in(pages: Pages, app: App, site: str, label: str) -> Page:
    page = await pages()
    await sign_in(page, site, await app.person(label))
    await expect(page.get_by_role("button", name=BELL)).to_be_visible()
    return page


@pytest.mark.shows(1)
async def test_a_notification_appears_without_a_reload_and_is_read_everywhere(
    app: App, pages: Pages, site: str
) -> None:
    one = await signed_in(pages, app, site, "ann")
    two = await signed_in(pages, app, site, "ann")
    his = await signed_in(pages, app, site, "bob")
    # A page is open for good once its live channel is.
    await one.wait_for_load_state("networkidle")
    await app.call("send_test_notification", by="ann", expect=200)
    for page in (one, two):
        await expect(page.get_by_role("button", name=UNREAD)).to_be_visible()
    await one.get_by_role("button", name=UNREAD).click()
    inbox = one.get_by_role("dialog", name=BELL)
    await inbox.get_by_role("button", name=re.compile("This is how a notification looks")).click()
    for page in (one, two):
        await expect(page.get_by_label(UNREAD)).to_have_count(0)
    await expect(his.get_by_label(UNREAD)).to_have_count(0)
    answer = await app.call("Notification.unread_count", by="ann", expect=200)
    assert answer.body["count"] == 0


@pytest.mark.shows(1)
async def test_a_kind_is_switched_off_on_the_page(app: App, page: Page, site: str) -> None:
    await sign_in(page, site, await app.person("bob"))
    await page.goto(f"{site}/notification-preferences")
    subject = page.get_by_role("group", name="Test notification")
    await subject.get_by_role("switch", name="In app").uncheck()
    await page.wait_for_load_state("networkidle")
    await page.reload()
    await expect(subject.get_by_role("switch", name="In app")).not_to_be_checked()
    await app.call("send_test_notification", by="bob", expect=200)
    answer = await app.call("Notification.unread_count", by="bob", expect=200)
    assert answer.body["count"] == 0
