"""Opens each distinct page of the contract once in a browser, signed in, and looks for what must not happen."""

from __future__ import annotations

from playwright.async_api import Browser, Error, Page, async_playwright

from stackwright_runtime_validator.browsing import launch, sign_in
from stackwright_runtime_validator.proof.lab import Lab
from stackwright_runtime_validator.proof.site import Site
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.persons import People
from stackwright_sdk.validation import Report

_PAGE_MILLISECONDS = 15_000


async def look_at_pages(report: Report, lab: Lab) -> None:
    """States the check `pages`: no page that answers a holder of every role breaks, says nothing, or logs an error."""
    paths = sorted({page.path for page in lab.contract.pages if page.path and ":" not in page.path})
    async with report.check("pages", timeout_seconds=240) as check:
        if not paths or lab.frontend is None or lab.chromium is None:
            check.unverified("the contract has no page with an address of its own")
            return
        async with (
            lab.instance() as instance,
            Client(instance.base_url) as client,
            Site(lab.frontend, instance.port) as address,
            async_playwright() as playwright,
        ):
            person = await People(Operations(lab.contract), client, instance, lab.persons).get("ann")
            if person:
                for role in lab.contract.roles:
                    await instance.grant(person.email, role.name)
            browser = await launch(playwright, lab.chromium)
            problems = []
            page = await _visitor(browser)
            if person:
                await sign_in(page, address, person)
            for path in paths:
                problem = await _look(page, address, path)
                problems += [problem] if problem else []
            await browser.close()
        check.passed, check.failed = len(paths) - len(problems), len(problems)
        if problems:
            check.fail("; ".join(problems[:10]))


async def _visitor(browser: Browser) -> Page:
    page = await browser.new_page()
    page.set_default_timeout(_PAGE_MILLISECONDS)
    return page


async def _look(page: Page, address: str, path: str) -> str:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        await page.goto(f"{address}{path}", wait_until="networkidle")
        text = (await page.locator("body").inner_text()).strip()
    except Error as error:
        return f"{path}: {error.message.splitlines()[0]}"
    if errors:
        return f"{path}: {errors[0]}"
    return "" if text else f"{path}: the page is empty"
