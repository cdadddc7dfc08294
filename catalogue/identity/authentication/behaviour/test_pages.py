"""The pages of authentication, in a real browser."""

import re

import pytest
from playwright.async_api import Page, Route, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, fill_in_login, fill_in_registration

PROTECTED = "/samples"
# Signed in or not, the address of a page that needs nobody.
SIGN_IN = re.compile(r"/login")


@pytest.mark.shows(5)
async def test_a_protected_page_sends_a_visitor_to_the_login_and_back(app: App, page: Page, site: str) -> None:
    ann = await app.person("ann")
    await page.goto(f"{site}{PROTECTED}?search=anything")
    await expect(page).to_have_url(SIGN_IN)
    await fill_in_login(page, ann.email, ann.password)
    await expect(page).to_have_url(re.compile(re.escape(f"{PROTECTED}?search=anything") + "$"))
    await expect(page.get_by_role("heading", name=re.compile("samples", re.IGNORECASE)).first).to_be_visible()


@pytest.mark.shows(5)
async def test_a_wrong_password_is_said_on_the_login_page(app: App, page: Page, site: str) -> None:
    ann = await app.person("ann")
    await page.goto(f"{site}/login")
    await fill_in_login(page, ann.email, "not her password")
    await expect(page.get_by_role("alert").first).to_be_visible()
    await expect(page).to_have_url(SIGN_IN)


@pytest.mark.shows(5)
async def test_the_registration_page_opens_an_account_and_names_bad_fields(app: App, page: Page, site: str) -> None:
    await page.goto(f"{site}/register")
    await fill_in_registration(page, "Newly Come", "newly@example.org", "short")
    # The server's own answer for the field must reach the page.
    await expect(field(page, "password")).to_have_attribute("aria-invalid", "true")
    await fill_in_registration(page, "Newly Come", "newly@example.org", "correct horse battery")
    await expect(page).not_to_have_url(re.compile("/register"))
    await app.call("login", {"email": "newly@example.org", "password": "correct horse battery"}, expect=200)


@pytest.mark.shows(5)
async def test_a_reload_keeps_the_session_without_a_token_that_scripts_can_read(
    app: App, page: Page, site: str
) -> None:
    ann = await app.person("ann")
    await page.goto(f"{site}{PROTECTED}")
    await fill_in_login(page, ann.email, ann.password)
    await expect(page).to_have_url(re.compile(f"{PROTECTED}$"))
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "eyJ" not in kept, "a token is kept where any script can read it"
    cookies = {cookie["name"]: cookie for cookie in await page.context.cookies()}
    refresh = cookies.get(app.contract.conventions.refresh_cookie or "refresh_token")
    assert refresh, f"no refresh cookie among {sorted(cookies)}"
    assert refresh["httpOnly"]
    assert refresh["sameSite"] == "Strict"
    await page.reload()
    await expect(page).to_have_url(re.compile(f"{PROTECTED}$"))
    await expect(page.get_by_role("heading", name=re.compile("samples", re.IGNORECASE)).first).to_be_visible()


@pytest.mark.shows(5)
async def test_an_expired_access_token_is_renewed_silently(app: App, page: Page, site: str) -> None:
    ann = await app.person("ann")
    await page.goto(f"{site}{PROTECTED}")
    await fill_in_login(page, ann.email, ann.password)
    await expect(page).to_have_url(re.compile(f"{PROTECTED}$"))
    await app.call("Sample.create", {"title": "seen after renewal"}, by="ann", expect=201)
    refused: list[str] = []

    async def expire_once(route: Route) -> None:
        if refused:
            await route.fallback()
            return
        refused.append(route.request.url)
        error = {"code": "token_expired", "status": 401, "message": "The token has expired.", "fields": []}
        await route.fulfill(status=401, json={"error": error})

    # Waited for: a first list that came late already shows the row, so that seeing it proves nothing by itself.
    async with page.expect_request(lambda request: request.url.endswith("/refresh")):
        await page.route("**/api/samples?*", expire_once)
        await page.route("**/api/samples", expire_once)
        # Inside the application, so that its memory with the old token stays. Not by way of the sign-in page: it sends
        # on who is signed in, and could do so after the second step.
        await page.evaluate(
            "history.pushState({}, '', '/samples?search=renewal'); dispatchEvent(new PopStateEvent('popstate'))"
        )
    await expect(page.get_by_text("seen after renewal").first).to_be_visible()
    assert refused, "the page asked for nothing"
