"""Pictures of pages for the report: each page at both widths, with rows, and with its form sent empty."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from playwright.async_api import Page
from playwright.async_api import TimeoutError as TooSlowError

from stackwright.code.v1.measurement_pb2 import EvidenceFile, EvidenceInfo
from stackwright_sdk.validation import Report

FILLED, ERRORS = "filled", "errors"

_TARGET_BYTES = 60 * 1024
_QUALITIES = (70, 50, 30, 15)
_MOST_PIXELS_HIGH = 1600
"""What lies further down is more of the same rows."""

_FORM = "form:has([type=submit])"
_BOXES = "input:not([type=checkbox]):not([type=radio]):not([type=hidden]):not([type=file]), textarea"
_TOLD = "[aria-invalid=true], [role=alert]"
_REFUSED_MILLISECONDS = 3000
_HEIGHT = "Math.max(document.documentElement.scrollHeight, window.innerHeight)"
_SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Album:
    """Takes pictures until the report has no more room for them; `left_out` counts those that came too late."""

    def __init__(self, report: Report, windows: Sequence[tuple[int, int]]) -> None:
        self._report = report
        self._windows = windows
        self.taken = 0
        self.left_out = 0

    async def take(self, page: Page, pattern: str, width: int, state: str) -> None:
        """A picture of what the page shows now, at most 1600 pixels high, as WebP of about 60 kB or less."""
        await page.evaluate(_SETTLED)
        content = await _picture(page, width)
        info = EvidenceInfo(
            path=f"screenshots/{_stem(pattern, width, state)}.webp",
            page=pattern,
            width=width,
            state=state,
            bytes=len(content),
        )
        if self._report.evidence(EvidenceFile(info=info, media_type="image/webp", content=content)):
            self.taken += 1
        else:
            self.left_out += 1

    async def take_errors(self, page: Page, pattern: str) -> None:
        """Sends the page's form with nothing filled in and takes what it says; nothing where there is no form."""
        form = page.locator(_FORM).first
        if not await form.count():
            return
        for box in await form.locator(_BOXES).all():
            if await box.is_visible() and await box.is_editable():
                await box.fill("")
        submit = form.locator("[type=submit]").first
        if not await submit.is_enabled():
            return
        await submit.click()
        try:
            await page.locator(_TOLD).first.wait_for(timeout=_REFUSED_MILLISECONDS)
        except TooSlowError:
            # A form that needs nothing has nothing to refuse.
            return
        for width, height in self._windows:
            await page.set_viewport_size({"width": width, "height": height})
            await self.take(page, pattern, width, ERRORS)


async def _picture(page: Page, width: int) -> bytes:
    # By the browser's own protocol, as Playwright offers no WebP, which is a third of a JPEG of the same text.
    session = await page.context.new_cdp_session(page)
    height = min(int(await page.evaluate(_HEIGHT)), _MOST_PIXELS_HIGH)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    content = b""
    for quality in _QUALITIES:
        options = {"format": "webp", "quality": quality, "clip": clip, "captureBeyondViewport": True}
        content = base64.b64decode((await session.send("Page.captureScreenshot", options))["data"])
        if len(content) <= _TARGET_BYTES:
            break
    await session.detach()
    return content


def _stem(pattern: str, width: int, state: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", pattern.lower()).strip("-")[:60] or "home"
    return f"{name}-{width}" if state == FILLED else f"{name}-{width}-{state}"
