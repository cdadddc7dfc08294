"""Whoever asked too often sees in a real browser that it is so and for how long, and then what they asked for."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.proof.lab import Lab
from stackwright_runtime_validator.proof.site import Site
from stackwright_runtime_validator.scenarios.controls import UnprovenError

SECONDS = 15
SETTINGS = {"RATE_LIMIT_FACTOR": "1", "limits.requests": 60, "limits.seconds": SECONDS}
TOO_MANY = re.compile("too many requests", re.IGNORECASE)
# What a busy machine needs for the steps that must happen before the caller may ask again.
ENOUGH = 10


@pytest.fixture
async def limited(start: Start) -> App:
    return await start(settings=SETTINGS)


@pytest.fixture
async def address(lab: Lab, limited: App) -> AsyncIterator[str]:
    if lab.frontend is None:
        raise UnprovenError("there is no built front end")
    async with Site(lab.frontend, limited.instance.port) as address:
        yield address


async def use_up(app: App, person: str) -> None:
    """Ask until no request is left for a while."""
    async with asyncio.timeout(4 * SECONDS):
        while True:
            answer = await app.call("me", by=person)
            if answer.status != 429:
                continue
            wait = int(answer.headers["retry-after"])
            if wait >= ENOUGH:
                return
            await asyncio.sleep(wait)


@pytest.mark.shows(1)
async def test_a_page_that_asked_too_often_says_so_waits_and_goes_on(limited: App, page: Page, address: str) -> None:
    await sign_in(page, address, await limited.person("ann"))
    await limited.call("Sample.create", {"title": "there after the wait"}, by="ann", expect=201)
    await use_up(limited, "ann")
    async with page.expect_response(lambda response: response.status == 429):
        await page.get_by_role("link", name="Samples").first.click()
    await expect(page.get_by_text(TOO_MANY).first).to_be_visible()
    await expect(page.get_by_role("timer").first).to_contain_text(re.compile(r"\d+ second"))
    await expect(page.get_by_text("there after the wait").first).to_be_visible(timeout=2_000 * SECONDS)
    await expect(page.get_by_text(TOO_MANY)).to_have_count(0)


@pytest.mark.shows(1)
async def test_a_reload_of_who_asked_too_often_says_so_and_keeps_the_session(
    limited: App, page: Page, address: str
) -> None:
    await sign_in(page, address, await limited.person("bob"))
    await use_up(limited, "bob")
    await page.reload()
    await expect(page.get_by_text(TOO_MANY).first).to_be_visible()
    await expect(page.get_by_role("button", name=re.compile("account", re.IGNORECASE))).to_be_visible(
        timeout=2_000 * SECONDS
    )
