"""The thread on the page of a row, in the browsers of two people."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.plugin import Pages


async def sample_of(app: App, title: str) -> str:
    return str((await app.call("Sample.create", {"title": title}, by="ann", expect=201)).body["id"])


async def opened(app: App, page: Page, site: str, label: str, sample: str) -> None:
    """The page of a sample, before somebody who is signed in."""
    path = next(
        page.path
        for page in app.contract.pages
        if page.model_id == app.model("Sample").id and page.path.endswith("/:id")
    )
    await sign_in(page, site, await app.person(label))
    await page.goto(f"{site}{path.replace(':id', sample)}")
    await expect(composer(page)).to_be_visible()


def thread(page: Page) -> Locator:
    return page.get_by_role("region", name="Comments")


def composer(page: Page, label: str = "Add comment") -> Locator:
    return thread(page).get_by_role("form", name=re.compile(label, re.IGNORECASE))


async def say(form: Locator, text: str) -> None:
    await form.get_by_role("textbox").fill(text)
    await form.get_by_role("button", name=re.compile("^(add|send|post|reply)", re.IGNORECASE)).click()


@pytest.mark.shows(1)
async def test_people_talk_in_a_thread_below_what_it_is_about(app: App, pages: Pages, site: str) -> None:
    sample = await sample_of(app, "Roof")
    hers, his = await pages(), await pages()
    await opened(app, hers, site, "ann", sample)
    await opened(app, his, site, "bob", sample)
    await say(composer(hers), "Does it leak?")
    # His page was open all the time.
    await expect(thread(his).get_by_text("Does it leak?")).to_be_visible()
    await thread(his).get_by_role("button", name="Reply").click()
    await say(composer(his, "Reply"), "Above the stairs")
    answers = thread(hers).get_by_role("listitem").filter(has_text="Does it leak?").get_by_role("listitem")
    await expect(answers.get_by_text("Above the stairs")).to_be_visible()


@pytest.mark.shows(1)
async def test_ones_own_comment_can_be_deleted_and_its_replies_stay(app: App, page: Page, site: str) -> None:
    sample = await sample_of(app, "Cellar")
    about = {"type": "Sample", "id": sample}
    first = (await app.call("Comment.create", {"target": about, "body": "Too damp"}, by="ann", expect=201)).body["id"]
    reply = {"target": about, "parent": first, "body": "Open a window"}
    await app.call("Comment.create", reply, by="bob", expect=201)
    await opened(app, page, site, "ann", sample)
    # Only what is her own has actions.
    await thread(page).get_by_role("button", name=re.compile("action", re.IGNORECASE)).click()
    await page.get_by_role("menuitem", name=re.compile("delete", re.IGNORECASE)).click()
    await page.get_by_role("alertdialog").get_by_role("button", name=re.compile("delete", re.IGNORECASE)).click()
    await expect(thread(page).get_by_text("Too damp")).to_have_count(0)
    await expect(thread(page).get_by_text("Open a window")).to_be_visible()
