"""Opens every page of the contract in a browser: as a holder of every role, and at level `audit` as each role."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Error, Page, Response, async_playwright
from playwright.async_api import TimeoutError as TooSlowError

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.browsing import launch, sign_in
from stackwright_runtime_validator.proof.bench import Bench
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.proof.pictures import FILLED, Album
from stackwright_runtime_validator.proof.rows import fill
from stackwright_runtime_validator.proof.seen import DESKTOP, PHONE, Seen, View, Violation, tell
from stackwright_runtime_validator.proof.site import Site
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.persons import Person

_PAGE_MILLISECONDS = 15_000
_SECONDS = {measurement_pb2.PROOF_LEVEL_FULL: 360.0, measurement_pb2.PROOF_LEVEL_AUDIT: 720.0}
_PARAMETER = re.compile(r":\w+")
_SHOWN = "document.body.innerText.trim() !== '' && !document.querySelector('[role=progressbar]')"
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_AXE = """
async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map((violation) => [violation.id, violation.impact, violation.help, violation.nodes[0].html]);
}
"""


async def look_at_pages(bench: Bench, instance: Instance, target: Target, dist: Path) -> None:
    """States the check `pages`, and which share of the pages keeps its budget."""
    if bench.place.chromium is None:
        raise UnprovenError("there is no Chromium here")
    async with bench.report.check("pages", timeout_seconds=_SECONDS.get(bench.start.proof, 360.0)) as check:
        await fill(target)
        views, left_out = _views(bench.start.contract, target)
        check.skipped = left_out
        if not views:
            check.unverified("the contract has no page with an address of its own")
            return
        async with Site(dist, instance.port) as site, async_playwright() as playwright:
            browser = await launch(playwright, bench.place.chromium)
            axe = (bench.place.toolchain / "node_modules/axe-core/axe.min.js").read_text("utf-8")
            album = Album(bench.report, (DESKTOP, PHONE))
            visit = _Visit(browser, site, axe, album)
            seen = await visit.all(views, target.holder, measure=True)
            if bench.audit:
                for person in [target.ann, *[each for each in await _roles(target) if each]]:
                    for found in await visit.all(views, person, measure=False):
                        seen.append(found)
                        found.problems = [f"as {person.label}: {problem}" for problem in found.problems]
            await visit.errors(views, target.holder)
            await browser.close()
        bench.report.measure("pages.pictures", album.taken, "count", _where(album))
        broken = [found for found in seen if found.problems]
        check.passed, check.failed = len(seen) - len(broken), len(broken)
        if broken:
            check.fail("; ".join(f"{found.view.pattern}: {found.problems[0]}" for found in broken)[:1500])
        tell(bench, seen, dist)


async def _roles(target: Target) -> list[Person | None]:
    return [await target.people.get(role.name) for role in target.operations.contract.roles]


def _where(album: Album) -> str:
    return f".stackwright/screenshots; no room for {album.left_out}" if album.left_out else ".stackwright/screenshots"


def _views(contract: contract_pb2.Contract, target: Target) -> tuple[list[View], int]:
    """The pages with an address, and how many of them need a row that nobody could make."""
    base = contract.conventions.base_path or "/api"
    # The start page and the one of an unknown address belong to no feature.
    views = {page.pattern: page for page in (View("/", "/", False), View("/nowhere", "/nowhere", True))}
    left_out = 0
    for page in contract.pages:
        if not page.path:
            continue
        rows = target.rows[base + page.path.partition("/:")[0]]
        if ":" in page.path and not rows:
            left_out += 1
            continue
        address = _PARAMETER.sub(rows[0] if rows else "", page.path)
        views[page.path] = View(page.path, address, page.public)
    return sorted(views.values(), key=lambda view: view.pattern), left_out


class _Visit:
    """Looks at pages of one site, each in a page of its own."""

    def __init__(self, browser: Browser, site: str, axe: str, album: Album) -> None:
        self._browser = browser
        self._site = site
        self._axe = axe
        self._album = album

    async def all(self, views: Iterable[View], person: Person, *, measure: bool) -> list[Seen]:
        async with self._visitors(person) as (signed_in, stranger):
            return [await self._look(stranger if view.public else signed_in, view, measure=measure) for view in views]

    async def errors(self, views: Iterable[View], person: Person) -> None:
        """Pictures of the forms when they are sent empty. Judges nothing, and comes last since a form may write."""
        async with self._visitors(person) as (signed_in, stranger):
            for view in views:
                page = await (stranger if view.public else signed_in).new_page()
                with suppress(Error):
                    await page.goto(f"{self._site}{view.address}", wait_until="networkidle")
                    await page.wait_for_function(_SHOWN)
                    await self._album.take_errors(page, view.pattern)
                await page.close()

    @asynccontextmanager
    async def _visitors(self, person: Person) -> AsyncIterator[tuple[BrowserContext, BrowserContext]]:
        """Somebody signed in, and a stranger."""
        signed_in, stranger = await self._context(), await self._context()
        page = await signed_in.new_page()
        await sign_in(page, self._site, person)
        await page.close()
        yield signed_in, stranger
        await signed_in.close()
        await stranger.close()

    async def _context(self) -> BrowserContext:
        width, height = DESKTOP
        context = await self._browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.set_default_timeout(_PAGE_MILLISECONDS)
        return context

    async def _look(self, context: BrowserContext, view: View, *, measure: bool) -> Seen:
        seen = Seen(view)
        page = await context.new_page()
        page.on("pageerror", lambda error: seen.problems.append(f"error {str(error)[:200]}"))
        page.on("response", lambda response: _answered(seen, response))
        page.on("requestfailed", lambda request: seen.problems.append(f"{urlsplit(request.url).path} failed"))
        page.on(
            "console",
            lambda said: (
                seen.problems.append(f"console: {said.text[:200]}")
                # The browser repeats what the answers say, without the address.
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        try:
            await page.goto(f"{self._site}{view.address}", wait_until="networkidle")
            # A busy machine may take seconds between the last answer and what it makes appear.
            await page.wait_for_function(_SHOWN)
            seen.blocked = urlsplit(page.url).path != view.address
            if measure:
                await self._measure(page, seen)
        except TooSlowError:
            seen.problems.append("shows nothing within 15 s")
        except Error as error:
            seen.problems.append(error.message.splitlines()[0])
        await page.close()
        return seen

    async def _measure(self, page: Page, seen: Seen) -> None:
        if seen.blocked:
            seen.problems.append(f"leads to {urlsplit(page.url).path} for somebody who holds every role")
        await page.evaluate(self._axe)
        seen.violations = [Violation(*map(str, found)) for found in await page.evaluate(_AXE)]
        for width, height in (DESKTOP, PHONE):
            await page.set_viewport_size({"width": width, "height": height})
            wider = int(await page.evaluate(_WIDER))
            if wider > 1:
                seen.problems.append(f"is {wider} px wider than a window of {width} px")
            await self._album.take(page, seen.view.pattern, width, FILLED)


def _answered(seen: Seen, response: Response) -> None:
    path = urlsplit(response.url).path
    if path.endswith((".js", ".css")) and response.status == 200:
        seen.assets.add(path)
    # A first visit asks for a session that a stranger does not have.
    expected = response.status == 401 and path.endswith("/refresh")
    if response.status >= 400 and not expected:
        seen.problems.append(f"{response.request.method} {path} answered {response.status}")
