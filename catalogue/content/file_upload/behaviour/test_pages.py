"""The page of files, in a real browser."""

import asyncio
import hashlib
import re
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import sign_in

MEGABYTE = 1024 * 1024


async def open_files(app: App, page: Page, site: str) -> None:
    path = next(page.path for page in app.contract.pages if page.native.operation == "FilesPage")
    await sign_in(page, site, await app.person("ann"))
    await page.goto(f"{site}{path}")


def payload(name: str, content: bytes, kind: str = "text/plain") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


async def choose(page: Page, *files: FilePayload) -> None:
    await page.locator("input[type=file]").set_input_files(list(files))


def listed(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


@pytest.mark.shows(3)
async def test_files_go_up_with_their_progress_and_come_down_as_they_were(app: App, page: Page, site: str) -> None:
    await open_files(app, page, site)
    gate = asyncio.Event()

    async def hold(route: Route) -> None:
        await gate.wait()
        await route.fallback()

    await page.route(re.compile(r"/append$"), hold)
    await choose(page, payload("first.txt", b"the first\n"), payload("second.txt", b"the second\n"))
    await expect(page.get_by_role("progressbar", name=re.compile("first.txt"))).to_be_visible()
    await expect(page.get_by_role("progressbar", name=re.compile("second.txt"))).to_be_visible()
    gate.set()
    for name in ("first.txt", "second.txt"):
        await expect(listed(page, name)).to_contain_text(re.compile("ready", re.IGNORECASE))
    await listed(page, "second.txt").get_by_role("button", name=re.compile("action", re.IGNORECASE)).click()
    async with page.expect_download() as coming:
        await page.get_by_role("menuitem", name=re.compile("download", re.IGNORECASE)).click()
    download = await coming.value
    assert download.suggested_filename == "second.txt"
    assert await asyncio.to_thread((await download.path()).read_bytes) == b"the second\n"


@pytest.mark.shows(1)
async def test_a_program_that_is_called_a_picture_is_refused_in_words(app: App, page: Page, site: str) -> None:
    await open_files(app, page, site)
    program = b"MZ" + bytes(range(256)) * 8
    await choose(page, payload("holiday.png", program, "image/png"))
    refusal = page.get_by_role("alert").filter(has_text="holiday.png")
    await expect(refusal).to_contain_text("PDF")
    await expect(listed(page, "holiday.png")).to_have_count(0)


@pytest.mark.shows(2)
async def test_what_is_too_large_is_refused_with_the_limit(app: App, page: Page, site: str, tmp_path: Path) -> None:
    film = tmp_path / "film.txt"
    film.write_bytes(b"0123456789abcdef" * (26 * MEGABYTE // 16))
    await open_files(app, page, site)
    await page.locator("input[type=file]").set_input_files(film)
    refusal = page.get_by_role("alert").filter(has_text="film.txt")
    await expect(refusal).to_contain_text(re.compile(r"\b25\b"))
    await expect(refusal).to_contain_text(re.compile(r"\b26\b"))
    await expect(listed(page, "film.txt")).to_have_count(0)


@pytest.mark.shows(3)
async def test_an_upload_that_broke_off_goes_on_where_it_was(app: App, page: Page, site: str) -> None:
    await open_files(app, page, site)
    content = b"".join(b"line %08d\n" % number for number in range(700_000))
    sent: list[str] = []

    async def cut_after_the_first(route: Route) -> None:
        sent.append(route.request.url)
        await (route.fallback() if len(sent) == 1 else route.abort("connectionreset"))

    pieces = re.compile(r"/append$")
    await page.route(pieces, cut_after_the_first)
    await choose(page, payload("long.txt", content))
    more = page.get_by_role("button", name=re.compile("go on|resume|continue", re.IGNORECASE))
    await expect(more).to_be_visible()
    assert len(sent) == 2, "the file is small enough for one piece"
    await page.unroute(pieces)
    async with page.expect_request(pieces) as first:
        await more.click()
    # What arrived is not sent once more.
    assert (await first.value).url == sent[0]
    await expect(listed(page, "long.txt")).to_contain_text(re.compile("ready", re.IGNORECASE))
    found = (await app.call("StoredFile.list", {"search": "long.txt"}, by="ann", expect=200)).body["items"]
    assert [(file["size"], file["state"]) for file in found] == [(len(content), "ready")]
    assert found[0]["checksum"] == hashlib.sha256(content).hexdigest()


@pytest.mark.shows(3)
async def test_an_upload_that_is_cancelled_leaves_nothing(app: App, page: Page, site: str) -> None:
    await open_files(app, page, site)
    gate = asyncio.Event()

    async def hold(route: Route) -> None:
        await gate.wait()
        await route.abort()

    await page.route(re.compile(r"/append$"), hold)
    await choose(page, payload("unwanted.txt", b"never mind"))
    await expect(page.get_by_role("progressbar", name=re.compile("unwanted.txt"))).to_be_visible()
    await page.get_by_role("button", name=re.compile("cancel.*unwanted.txt", re.IGNORECASE)).click()
    gate.set()
    await expect(page.get_by_role("progressbar", name=re.compile("unwanted.txt"))).to_have_count(0)
    async with asyncio.timeout(15):
        while (await app.call("StoredFile.list", {"search": "unwanted"}, by="ann", expect=200)).body["total"]:
            await asyncio.sleep(0.1)


@pytest.mark.shows(1)
async def test_a_file_is_put_to_a_row_and_deleted_after_a_question(app: App, page: Page, site: str) -> None:
    sample = (await app.call("Sample.create", {"title": "with files"}, by="ann", expect=201)).body["id"]
    await sign_in(page, site, await app.person("ann"))
    await page.goto(f"{site}/samples/{sample}")
    await choose(page, payload("notes.txt", b"to the row\n"))
    actions = page.get_by_role("button", name=re.compile("action.*notes.txt", re.IGNORECASE))
    line = page.get_by_role("listitem").filter(has=actions)
    await expect(line).to_be_visible()
    found = (await app.call("StoredFile.list", {"search": "notes.txt"}, by="bob", expect=200)).body["items"]
    assert [file["target"]["id"] for file in found] == [sample], "who may read the row may read its files"
    await line.get_by_role("button").click()
    await page.get_by_role("menuitem", name=re.compile("delete", re.IGNORECASE)).click()
    await page.get_by_role("alertdialog").get_by_role("button", name=re.compile("delete", re.IGNORECASE)).click()
    await expect(line).to_have_count(0)
