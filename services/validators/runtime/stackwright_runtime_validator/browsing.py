"""What behaviour tests do in a browser. Pages are found by what a person reads on them, never by their mark-up."""

from __future__ import annotations

import os
import re

from playwright.async_api import Browser, Locator, Page, Playwright, expect

from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_sdk.browser import Browser as Chromium

_SUBMIT = re.compile(r"^(sign|log) ?in$", re.IGNORECASE)
_REGISTER = re.compile(r"^(sign up|register|create (an |your )?account)$", re.IGNORECASE)


async def launch(playwright: Playwright, chromium: Chromium) -> Browser:
    """Starts a Chromium that the platform found."""
    return await playwright.chromium.launch(
        executable_path=chromium.executable,
        args=[argument for argument in chromium.arguments if argument != "--headless"],
        env={**os.environ, **chromium.environment},
    )


def field(page: Page, *words: str) -> Locator:
    """The input whose label begins with one of the words, whatever its case or its mark for required."""
    pattern = re.compile(rf"^\s*({'|'.join(words)})\b", re.IGNORECASE)
    return page.get_by_label(pattern).and_(page.locator("input, textarea")).first


async def fill_in_login(page: Page, email: str, password: str) -> None:
    """Fills in the login page that is open, and sends it."""
    await field(page, "e-?mail").fill(email)
    await field(page, "password").fill(password)
    await page.get_by_role("button", name=_SUBMIT).click()


async def fill_in_registration(page: Page, name: str, email: str, password: str) -> None:
    """Fills in the registration page that is open, and sends it; a repeated password too, where it is asked for."""
    await field(page, "(your |full )?name").fill(name)
    await field(page, "e-?mail").fill(email)
    for box in await page.locator("input[type=password]").all():
        await box.fill(password)
    await page.get_by_role("button", name=_REGISTER).click()


async def sign_in(page: Page, address: str, person: Person, *, login_path: str = "/login") -> None:
    """Signs a person in on the login page and waits until it is left."""
    await page.goto(f"{address}{login_path}")
    await fill_in_login(page, person.email, person.password)
    await expect(page).not_to_have_url(re.compile(re.escape(login_path)))
