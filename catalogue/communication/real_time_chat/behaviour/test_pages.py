"""The chat of two people, each in a browser of their own."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Locator, Page, Route, WebSocketRoute, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in
from stackwright_runtime_validator.plugin import Pages
from stackwright_runtime_validator.scenarios.values import Json


def chat_path(app: App) -> str:
    return next(page.path for page in app.contract.pages if page.native.module == "chat" and page.path)


async def room_of(app: App, name: str) -> str:
    """A room of ann and bob."""
    room = (await app.call("Room.create", {"name": name}, by="ann", expect=201)).body["id"]
    await app.call("Membership.create", {"room": room, "user": (await app.person("bob")).id}, by="ann", expect=201)
    return str(room)


async def enter(app: App, page: Page, site: str, label: str, name: str) -> None:
    """Signs somebody in, and opens the room of this name from the list."""
    if urlsplit(page.url).path != chat_path(app):
        await sign_in(page, site, await app.person(label))
        await page.goto(f"{site}{chat_path(app)}")
    await page.get_by_role("link", name=name).first.click()
    await expect(composer(page)).to_be_visible()


async def both(app: App, pages: Pages, site: str, name: str) -> tuple[Page, Page]:
    """The pages of ann and bob, who are in the new room of this name."""
    await room_of(app, name)
    hers, his = await pages(), await pages()
    await enter(app, hers, site, "ann", name)
    await enter(app, his, site, "bob", name)
    return hers, his


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^message", re.IGNORECASE))


def log(page: Page) -> Locator:
    return page.get_by_role("log")


async def say(page: Page, text: str) -> None:
    await composer(page).fill(text)
    await composer(page).press("Enter")


async def heard(page: Page, text: str) -> None:
    """The words stand there, once."""
    await expect(log(page).get_by_text(text, exact=True)).to_have_count(1)


@pytest.mark.shows(1)
async def test_what_one_writes_the_other_reads_at_once(app: App, pages: Pages, site: str) -> None:
    hers, his = await both(app, pages, site, "Kitchen")
    await say(hers, "is there any milk")
    await heard(his, "is there any milk")
    await say(his, "there is none")
    await heard(hers, "there is none")
    # Nothing is shown twice to who wrote it, although the answer and the event both bring it.
    await heard(hers, "is there any milk")
    await expect(composer(hers)).to_have_value("")


@pytest.mark.shows(1)
async def test_whoever_is_no_member_sees_no_such_room(app: App, page: Page, site: str) -> None:
    room = await room_of(app, "Between us two")
    await sign_in(page, site, await app.person("each"))
    await page.goto(f"{site}{chat_path(app)}?room={room}", wait_until="networkidle")
    await expect(page.get_by_text("Between us two")).to_have_count(0)
    await expect(composer(page)).to_have_count(0)


@pytest.mark.shows(1)
async def test_older_messages_come_when_one_scrolls_up(app: App, page: Page, site: str) -> None:
    room = await room_of(app, "Long talk")
    for number in range(95):
        await app.call("Message.create", {"room": room, "body": f"word {number}"}, by="bob", expect=201)
    await enter(app, page, site, "ann", "Long talk")
    await heard(page, "word 94")
    await expect(log(page).get_by_text("word 0", exact=True)).to_have_count(0)
    # What is in sight stays there while older messages come in above it.
    for number in (30, 0):
        await log(page).evaluate("box => { box.scrollTop = 0 }")
        await expect(log(page).get_by_text(f"word {number}", exact=True)).to_have_count(1)
    assert await log(page).evaluate("box => box.scrollTop") > 0
    await heard(page, "word 94")


@pytest.mark.shows(2)
async def test_typing_is_seen_and_passes(app: App, pages: Pages, site: str) -> None:
    hers, his = await both(app, pages, site, "Office")
    bob = (await app.person("bob")).name
    typing = hers.get_by_text(re.compile(f"{re.escape(bob)}.*typing"))
    await composer(his).press_sequentially("wait", delay=20)
    await expect(typing).to_be_visible()
    await expect(his.get_by_text(re.compile("typing"))).to_have_count(0)
    await composer(his).press("Enter")
    await expect(typing).to_have_count(0)


@pytest.mark.shows(2)
async def test_receipts_and_counts_of_what_is_unread(app: App, pages: Pages, site: str) -> None:
    room = await room_of(app, "Garden")
    await app.call("Message.create", {"room": room, "body": "who waters"}, by="ann", expect=201)
    hers, his = await pages(), await pages()
    await enter(app, hers, site, "ann", "Garden")
    await expect(log(hers).get_by_text(re.compile("seen", re.IGNORECASE))).to_have_count(0)
    await sign_in(his, site, await app.person("bob"))
    await his.goto(f"{site}{chat_path(app)}")
    await expect(his.get_by_role("link", name=re.compile("Garden.*1 unread"))).to_be_visible()
    await say(hers, "tomorrow")
    await expect(his.get_by_role("link", name=re.compile("Garden.*2 unread"))).to_be_visible()
    await enter(app, his, site, "bob", "Garden")
    await expect(log(hers).get_by_text(re.compile("seen", re.IGNORECASE))).to_be_visible()
    await expect(his.get_by_role("link", name=re.compile("Garden.*unread"))).to_have_count(0)


@pytest.mark.shows(2)
async def test_a_connection_that_breaks_loses_nothing(app: App, pages: Pages, site: str) -> None:
    room = await room_of(app, "Cellar")
    page = await pages()
    joined: list[WebSocketRoute] = []
    cut = False

    async def join(socket: WebSocketRoute) -> None:
        if cut:
            await socket.close(code=1012)
        else:
            joined.append(socket)
            socket.connect_to_server()

    await page.route_web_socket(re.compile("/api/stream"), join)
    await enter(app, page, site, "bob", "Cellar")
    await app.call("Message.create", {"room": room, "body": "before"}, by="ann", expect=201)
    await heard(page, "before")
    cut = True
    for socket in joined:
        await socket.close(code=1012)
    texts = [f"while away {number}" for number in range(12)]
    for text in texts:
        await app.call("Message.create", {"room": room, "body": text}, by="ann", expect=201)
    await expect(page.get_by_text(re.compile("connection|offline|reconnect", re.IGNORECASE)).first).to_be_visible()
    await expect(log(page).get_by_text(texts[0], exact=True)).to_have_count(0)
    cut = False
    await heard(page, texts[-1])
    shown = await log(page).get_by_text(re.compile(r"^while away \d+$")).all_inner_texts()
    assert shown == texts
    await app.call("Message.create", {"room": room, "body": "after"}, by="ann", expect=201)
    await heard(page, "after")


@pytest.mark.shows(2)
async def test_a_message_that_did_not_arrive_is_sent_again_once(app: App, pages: Pages, site: str) -> None:
    room = await room_of(app, "Attic")
    page = await pages()
    await enter(app, page, site, "ann", "Attic")

    async def lose_the_answer(route: Route) -> None:
        """The server has it, and its answer is lost."""
        if route.request.method != "POST":
            await route.fallback()
            return
        await route.fetch()
        await route.abort("connectionreset")

    await page.route_web_socket(re.compile("/api/stream"), lambda socket: socket.close(code=1012))
    await page.reload()
    await expect(composer(page)).to_be_visible()
    messages = re.compile(r"/messages$")
    await page.route(messages, lose_the_answer)
    await say(page, "only once")
    again = page.get_by_role("button", name=re.compile("again|retry", re.IGNORECASE))
    await expect(again).to_be_visible()
    await page.unroute(messages)
    await again.click()
    await expect(again).to_have_count(0)
    await heard(page, "only once")
    kept: Json = (await app.call("Message.list", {"room": room}, by="bob", expect=200)).body["items"]
    assert [message["body"] for message in kept] == ["only once"]


@pytest.mark.shows(2)
async def test_edits_and_deletions_reach_the_other(app: App, pages: Pages, site: str) -> None:
    hers, his = await both(app, pages, site, "Roof")
    await say(hers, "it reins")
    await heard(his, "it reins")
    actions = log(hers).get_by_role("button", name=re.compile("action", re.IGNORECASE))
    await actions.click()
    await hers.get_by_role("menuitem", name=re.compile("edit", re.IGNORECASE)).click()
    edited = hers.get_by_role("textbox", name=re.compile("edit", re.IGNORECASE))
    await edited.fill("it rains")
    await edited.press("Enter")
    await heard(his, "it rains")
    await expect(his.get_by_text("it reins")).to_have_count(0)
    await actions.click()
    await hers.get_by_role("menuitem", name=re.compile("delete", re.IGNORECASE)).click()
    await hers.get_by_role("alertdialog").get_by_role("button", name=re.compile("delete", re.IGNORECASE)).click()
    await expect(log(his).get_by_text(re.compile("deleted"))).to_be_visible()
    await expect(his.get_by_text("it rains")).to_have_count(0)
