"""Articles in a real browser: what readers see without signing in, and how an editor publishes."""

import pytest
from playwright.async_api import Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in


async def written(app: App, title: str, *, publish: bool) -> str:
    body = {"title": title, "summary": f"About {title}", "body": f"All of {title}"}
    article = (await app.call("Article.create", body, by="author", expect=201)).body
    if publish:
        await app.call("Article.publish", by="editor", row=article["id"], expect=200)
    return str(article["slug"])


@pytest.mark.shows(1)
async def test_a_stranger_reads_what_is_published_under_its_own_address(app: App, page: Page, site: str) -> None:
    slug = await written(app, "On Bees", publish=True)
    await written(app, "On Wasps", publish=False)
    await page.goto(f"{site}/read")
    await expect(page.get_by_text("On Bees").first).to_be_visible()
    await expect(page.get_by_text("On Wasps")).to_have_count(0)
    await page.goto(f"{site}/read/{slug}")
    await expect(page.get_by_text("All of On Bees").first).to_be_visible()


@pytest.mark.shows(1)
async def test_what_is_not_published_has_no_page(app: App, page: Page, site: str) -> None:
    slug = await written(app, "On Hornets", publish=False)
    await page.goto(f"{site}/read/{slug}")
    await expect(page.get_by_role("main")).to_be_visible()
    await expect(page.get_by_text("All of On Hornets")).to_have_count(0)


@pytest.mark.shows(1)
async def test_an_editor_publishes_what_an_author_wrote(app: App, page: Page, site: str) -> None:
    slug = await written(app, "On Moths", publish=False)
    await sign_in(page, site, await app.person("editor"))
    await page.goto(f"{site}/articles")
    await page.get_by_role("link", name="On Moths").click()
    await page.get_by_role("button", name="Publish", exact=True).click()
    await expect(page.get_by_text("Published", exact=True).first).to_be_visible()
    await expect(page.get_by_role("button", name="Archive", exact=True)).to_be_visible()
    read = (await app.call("Article.list", {"slug": slug}, by="stranger", expect=200)).body
    assert [row["title"] for row in read["items"]] == ["On Moths"]
