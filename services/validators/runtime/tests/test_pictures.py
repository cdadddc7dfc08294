"""Pictures of pages: each at its width, small enough, and of a form that was sent empty."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from stackwright.code.v1.measurement_pb2 import EvidenceFile
from stackwright_runtime_validator.browsing import launch
from stackwright_runtime_validator.proof.pictures import ERRORS, FILLED, Album
from stackwright_runtime_validator.tools import find_tools
from stackwright_sdk.validation import Project, Report

PAGE = """<!doctype html><title>Things</title><style>body { margin: 0; font: 16px sans-serif }</style>
<h1>Things</h1>%s
<form novalidate onsubmit="event.preventDefault(); title.ariaInvalid = String(!title.value)">
<label>Title <input name="title" id="title" value="filled in"></label><button type="submit">Save</button></form>
"""


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    tools = find_tools()
    await tools.prepare()
    if tools.chromium is None:
        pytest.skip("there is no Chromium here")
    rows = "".join(f"<p>Row {number} with a name that goes on and on</p>" for number in range(100))
    (tmp_path / "page.html").write_text(PAGE % rows)
    async with async_playwright() as playwright:
        browser = await launch(playwright, tools.chromium)
        opened = await browser.new_page(viewport={"width": 1440, "height": 900})
        await opened.goto((tmp_path / "page.html").as_uri())
        yield opened
        await browser.close()


async def said(report: Report) -> list[EvidenceFile]:
    done = asyncio.create_task(asyncio.sleep(0))
    return [each.evidence async for each in report.until(done) if each.HasField("evidence")]


def size(webp: bytes) -> tuple[int, int]:
    """Width and height of a WebP with an extended head, as Chromium writes it."""
    assert webp[:4] == b"RIFF"
    assert webp[8:16] == b"WEBPVP8X"
    return int.from_bytes(webp[24:27], "little") + 1, int.from_bytes(webp[27:30], "little") + 1


async def test_a_page_is_pictured_as_far_as_it_goes_at_both_widths_and_with_its_errors(page: Page) -> None:
    report = Report(Project())
    album = Album(report, ((1440, 900), (390, 844)))
    for width, height in ((1440, 900), (390, 844)):
        await page.set_viewport_size({"width": width, "height": height})
        await album.take(page, "/things/:id", width, FILLED)
    await album.take_errors(page, "/things/:id")
    files = await said(report)
    assert [(file.info.path, file.info.width, file.info.state) for file in files] == [
        ("screenshots/things-id-1440.webp", 1440, FILLED),
        ("screenshots/things-id-390.webp", 390, FILLED),
        ("screenshots/things-id-1440-errors.webp", 1440, ERRORS),
        ("screenshots/things-id-390-errors.webp", 390, ERRORS),
    ]
    assert [size(file.content) for file in files] == [(1440, 1600), (390, 1600), (1440, 1600), (390, 1600)]
    assert all(0 < len(file.content) == file.info.bytes <= 60 * 1024 for file in files)
    assert album.taken == 4


async def test_a_page_without_a_form_or_one_that_needs_nothing_has_no_errors(page: Page) -> None:
    report = Report(Project())
    album = Album(report, ((1440, 900),))
    await page.evaluate("() => { document.querySelector('form').onsubmit = (event) => event.preventDefault(); }")
    await album.take_errors(page, "/")
    await page.evaluate("document.querySelector('form').remove()")
    await album.take_errors(page, "/")
    assert await said(report) == []


async def test_what_has_no_room_is_counted(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stackwright_sdk.validation.report.MAX_EVIDENCE_FILES", 1)
    report = Report(Project())
    album = Album(report, ((1440, 900),))
    await album.take(page, "/", 1440, FILLED)
    await album.take(page, "/", 390, FILLED)
    assert (album.taken, album.left_out) == (1, 1)
    assert [file.info.path for file in await said(report)] == ["screenshots/home-1440.webp"]
