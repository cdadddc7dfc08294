"""The pytest plugin that behaviour tests of the catalogue are written against.

A test is marked with the `shows` line of its feature that it proves, `@pytest.mark.shows(2)`; its feature is the folder
above `behaviour/`. It knows no stack: fixtures give operations by their names, persons, the database and a browser.
What a line promises of a second store, as "when Redis is set", is marked `@pytest.mark.secondary("redis")` as well, and
left out where the stack has none. What it promises of another feature, as of stock when orders are there too, is marked
`@pytest.mark.beside("order_management")`, and left out where the application lacks it.

============  ====================================================================================================
`app`         a started application (`App`) with ann, bob and a holder of each role, shared by the tests of a module;
              its process may have served other modules, its rows did not
`start`       starts one for the test alone: `await start(settings={"docs.public": False}, fresh=False)`, or a second
              process of one that runs, on the same database and servers: `await start(beside=app)`
`contract`    the contract of the application
`site`        address of the front end, served together with the API of `app`
`page`        a page of a Chromium, with nothing remembered
`pages`       more of them: `await pages()` is a page of somebody else, with a memory of its own
============  ====================================================================================================
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import launch
from stackwright_runtime_validator.proof.behaviours import LAB_VARIABLE, LINES_VARIABLE, RESULTS_VARIABLE
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.proof.lab import Lab, LabFile
from stackwright_runtime_validator.proof.processes import seal
from stackwright_runtime_validator.proof.results import FAILED, PASSED, UNVERIFIED, BehaviourRun, Line
from stackwright_runtime_validator.proof.shared import Shared
from stackwright_runtime_validator.proof.site import Site
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.organizations import place_of
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import Json

Start = Callable[..., Awaitable[App]]
Pages = Callable[[], Awaitable[Page]]
_PAGE_MILLISECONDS = 15_000


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "shows(line): proves this line of `shows` of the feature")
    config.addinivalue_line("markers", "secondary(store): is about this second store of the stack")
    config.addinivalue_line("markers", "beside(feature): is about the feature together with this one")
    if os.environ.get(RESULTS_VARIABLE):
        seal()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests of other lines, where lines are named, and of stores and features that are not there.

    A test that names no line is a mistake.
    """
    wanted = {name for name in os.environ.get(LINES_VARIABLE, "").split(",") if name}
    unmarked = [item.nodeid for item in items if _line(item) is None]
    if unmarked:
        raise pytest.UsageError(f"{unmarked[0]}: mark it with the line it proves, @pytest.mark.shows(1)")
    there = _there()
    left_out = [item for item in items if (wanted and str(_line(item)) not in wanted) or not _asked(item) <= there]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _line(item: pytest.Item) -> Line | None:
    marker = item.get_closest_marker("shows")
    if marker is None or len(marker.args) != 1 or not isinstance(marker.args[0], int):
        return None
    return Line(item.path.parent.parent.name, marker.args[0])


def _asked(item: pytest.Item) -> set[str]:
    """Second stores and other features without which a test is left out."""
    return {str(name) for marker in ("secondary", "beside") for mark in item.iter_markers(marker) for name in mark.args}


def _there() -> set[str]:
    file = os.environ.get(LAB_VARIABLE)
    if not file:
        return set()
    stores = {name for name, needed in LabFile.read(Path(file)).needs.items() if needed}
    return stores | {feature.key for feature in Lab.open(Path(file)).contract.features}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the validator what became of a test: its body, or what it could not be started for."""
    report = yield
    line = _line(item)
    descriptor = os.environ.get(RESULTS_VARIABLE)
    told = report.when == "call" or not report.passed
    if told and line and descriptor:
        result = measurement_pb2.BehaviourResult(
            name=item.name.removeprefix("test_").replace("_", " "),
            state=_state(report, call),
            message=_message(report, call),
            seconds=report.duration,
        )
        os.write(int(descriptor), BehaviourRun(line, result).encode())
    return report


def _state(report: pytest.TestReport, call: pytest.CallInfo[None]) -> measurement_pb2.CheckState:
    if report.skipped or (call.excinfo and call.excinfo.errisinstance(UnprovenError)):
        return UNVERIFIED
    return PASSED if report.passed else FAILED


def _message(report: pytest.TestReport, call: pytest.CallInfo[None]) -> str:
    if report.passed or call.excinfo is None:
        return ""
    return f"{call.excinfo.typename}: {call.excinfo.value}"[:2000]


@pytest.fixture(scope="session")
def lab() -> Lab:
    file = os.environ.get(LAB_VARIABLE)
    if not file:
        pytest.fail(f"behaviour tests are run by the runtime validator, which sets {LAB_VARIABLE}")
    return Lab.open(Path(file))


@pytest.fixture(scope="session")
def contract(lab: Lab) -> contract_pb2.Contract:
    return lab.contract


@asynccontextmanager
async def _starting(lab: Lab) -> AsyncIterator[Start]:
    async with AsyncExitStack() as stack:

        async def begin(
            *, settings: Mapping[str, Json] | None = None, fresh: bool = False, beside: App | None = None
        ) -> App:
            instance = await stack.enter_async_context(
                lab.another(beside.instance, settings) if beside else lab.instance(settings, fresh=fresh)
            )
            known = beside.known if beside else {} if fresh else lab.persons
            return await stack.enter_async_context(_speaking(lab, instance, known))

        yield begin


@asynccontextmanager
async def _speaking(lab: Lab, instance: Instance, known: Mapping[str, Person]) -> AsyncIterator[App]:
    async with Client(instance.base_url, organization=place_of(known)) as client:
        yield App(lab.contract, instance, client, known)


@pytest.fixture
async def start(lab: Lab) -> AsyncIterator[Start]:
    async with _starting(lab) as begin:
        yield begin


@pytest.fixture(scope="session")
async def shared(lab: Lab) -> AsyncIterator[Shared]:
    async with Shared(lab) as running:
        yield running


@pytest.fixture(scope="module")
async def app(lab: Lab, shared: Shared) -> AsyncIterator[App]:
    async with shared.instance() as instance, _speaking(lab, instance, lab.persons) as app:
        yield app


@pytest.fixture(scope="session")
async def browser(lab: Lab) -> AsyncIterator[Browser]:
    if lab.chromium is None:
        raise UnprovenError("there is no Chromium here")
    async with async_playwright() as playwright:
        # On a busy machine a page may take seconds; one that never comes fails all the same.
        expect.set_options(timeout=_PAGE_MILLISECONDS)
        chromium = await launch(playwright, lab.chromium)
        yield chromium
        await chromium.close()


@pytest.fixture(scope="module")
async def site(lab: Lab, app: App) -> AsyncIterator[str]:
    if lab.frontend is None:
        raise UnprovenError("there is no built front end")
    async with Site(lab.frontend, app.instance.port, place_of(app.known)) as address:
        yield address


@pytest.fixture
async def pages(browser: Browser) -> AsyncIterator[Pages]:
    async with AsyncExitStack() as stack:

        async def another() -> Page:
            # A part that is still unfolding moves under the mouse: its click begins in one place and ends in another.
            context = await browser.new_context(reduced_motion="reduce")
            stack.push_async_callback(context.close)
            context.set_default_timeout(_PAGE_MILLISECONDS)
            return await context.new_page()

        yield another


@pytest.fixture
async def page(pages: Pages) -> Page:
    return await pages()
