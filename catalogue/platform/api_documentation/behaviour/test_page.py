"""The page that shows the document, and tries it."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.scenarios.client import Request


@pytest.mark.shows(1)
async def test_the_page_lists_every_path_of_the_document(app: App, page: Page, site: str) -> None:
    document = (await app.call("openapi", by="ann", expect=200)).body
    await sign_in(page, site, await app.person("ann"))
    await page.goto(f"{site}/docs")
    await expect(page.get_by_text("/api/me", exact=True).first).to_be_visible()
    text = await page.locator("body").inner_text()
    missing = [path for path in document["paths"] if path not in text]
    assert not missing, f"the page lacks {', '.join(missing)}"


@pytest.mark.shows(1)
async def test_an_endpoint_can_be_tried_on_the_page(app: App, page: Page, site: str) -> None:
    ann = await app.person("ann")
    await sign_in(page, site, ann)
    await page.goto(f"{site}/docs")
    await page.get_by_text("/api/me", exact=True).first.click()
    await page.get_by_role("button", name=re.compile(r"^(send|try|execute)", re.IGNORECASE)).first.click()
    await expect(page.get_by_text(re.compile(r"\b200\b")).first).to_be_visible()
    await expect(page.get_by_text(re.compile(re.escape(ann.email))).first).to_be_visible()


@pytest.mark.shows(1)
async def test_the_document_is_whole(app: App) -> None:
    document = (await app.call("openapi", by="ann", expect=200)).body
    assert document["info"]["title"]
    assert document["info"]["version"]
    names = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if "operationId" in operation
    ]
    assert len(names) == len(set(names)), "an operationId stands twice"
    for reference in set(re.findall(r'"\$ref": ?"([^"]+)"', str(document).replace("'", '"'))):
        place = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in place, f"{reference} leads nowhere"
            place = place[part]


@pytest.mark.shows(1)
async def test_an_address_that_is_not_in_the_document_is_not_served(app: App) -> None:
    for path in ("/api/nothing-here", "/api/users/me/secret", "/api/.env", "/api/debug", "/api/openapi/internal"):
        answer = await app.send(Request("GET", path), by="admin")
        assert answer.status == 404, answer.summary()
        assert answer.body["error"]["code"] == "not_found"
