"""Tickets in real browsers: asked by one person, worked on by another, with notes that only agents see."""

import re

import pytest
from playwright.async_api import expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in
from stackwright_runtime_validator.plugin import Pages


@pytest.mark.shows(1)
async def test_a_ticket_is_asked_assigned_and_answered(app: App, pages: Pages, site: str) -> None:
    requester, agent = await app.person("each"), await app.person("agent")
    hers = await pages()
    await sign_in(hers, site, requester)
    await hers.goto(f"{site}/tickets/new")
    await field(hers, "subject").fill("The lamp flickers")
    await field(hers, "body").fill("Since this morning")
    await hers.get_by_role("button", name=re.compile("^create", re.IGNORECASE)).click()
    await expect(hers.get_by_role("heading", name="The lamp flickers")).to_be_visible()
    # What is not hers to do has no button.
    for name in ("Assign", "Resolve"):
        await expect(hers.get_by_role("button", name=name, exact=True)).to_have_count(0)

    his = await pages()
    await sign_in(his, site, agent)
    await his.goto(f"{site}/tickets/board")
    await his.get_by_role("link", name="The lamp flickers").click()
    await his.get_by_role("button", name="Assign", exact=True).click()
    await his.get_by_role("dialog").get_by_role("combobox").fill(agent.name)
    await his.get_by_role("option", name=agent.name).first.click()
    await his.get_by_role("dialog").get_by_role("button", name="Assign").click()
    await expect(his.get_by_text("Open", exact=True).first).to_be_visible()
    replies = his.get_by_role("region", name=re.compile("replies", re.IGNORECASE))
    await replies.get_by_label(re.compile("^body", re.IGNORECASE)).fill("The wiring is old")
    await replies.get_by_role("checkbox", name="Internal").check()
    await replies.get_by_role("button", name=re.compile("^add", re.IGNORECASE)).click()
    note = replies.get_by_text("The wiring is old").locator("..")
    await expect(note.get_by_text("Internal", exact=True)).to_be_visible()
    await replies.get_by_label(re.compile("^body", re.IGNORECASE)).fill("Somebody comes today")
    await replies.get_by_role("button", name=re.compile("^add", re.IGNORECASE)).click()
    await expect(replies.get_by_text("Somebody comes today")).to_be_visible()

    await hers.reload()
    await expect(hers.get_by_text("Somebody comes today").first).to_be_visible()
    await expect(hers.get_by_text("The wiring is old")).to_have_count(0)
