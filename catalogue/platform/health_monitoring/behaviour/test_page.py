"""The page of health, and what readiness tells a stranger."""

import asyncio
import time

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.plugin import Start


@pytest.mark.shows(1)
async def test_an_administrator_sees_each_dependency_on_the_page(app: App, page: Page, site: str) -> None:
    await sign_in(page, site, await app.person("admin"))
    await page.goto(f"{site}/admin/health")
    await expect(page.get_by_text("database", exact=False).first).to_be_visible()
    await expect(page.get_by_text("up", exact=True).first).to_be_visible()


@pytest.mark.shows(1)
async def test_a_failing_dependency_is_named_without_its_address_or_error(start: Start) -> None:
    app = await start()
    await app.instance.fault("database", down=True)
    # An answer is remembered for a second, and a probe may take two.
    until = time.monotonic() + 10
    while (answer := await app.call("ready", expect=[200, 503])).status == 200 and time.monotonic() < until:
        await asyncio.sleep(0.1)
    assert answer.status == 503, "readiness does not fail without the database"
    text = answer.content.decode()
    for secret in (app.instance.database, str(app.instance.cluster.port), "127.0.0.1", "terminat", "ECONN"):
        assert secret not in text, f"the answer tells {secret}"
