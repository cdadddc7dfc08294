"""The validator over a clean application and over its mistakes."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from stackwright_javascript_validator.defects import CLEAN, DEFECTS
from stackwright_javascript_validator.placeholders import placeholder_in
from stackwright_javascript_validator.structure import strongly_connected
from stackwright_javascript_validator.validator import JavascriptValidator
from stackwright_sdk.validation.testing import Defect, catch_rate, validate


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def validator() -> AsyncIterator[JavascriptValidator]:
    made = JavascriptValidator()
    await made.start()
    yield made
    await made.close()


module_loop = pytest.mark.asyncio(loop_scope="module")


@module_loop
async def test_a_clean_application_has_no_finding(validator: JavascriptValidator) -> None:
    said = await validate(validator, CLEAN)
    assert [f"{f.rule} {f.path}:{f.range.start_line} {f.message}" for f in said.findings] == []
    assert said.states == dict.fromkeys(
        ["types.backend", "types.frontend", "syntax.parse", "imports", "placeholders", "structure", "lint"], "PASSED"
    )
    assert [(r.method, r.path, r.public) for r in said.facts.routes] == [("GET", "/api/notes", False)]


@module_loop
@pytest.mark.slow
async def test_every_seeded_defect_is_found(validator: JavascriptValidator, capsys: pytest.CaptureFixture[str]) -> None:
    rate = await catch_rate(validator, CLEAN, DEFECTS)
    with capsys.disabled():
        print(f"\njavascript: {rate}")  # noqa: T201  # the figure is published
    assert not rate.missed


@module_loop
async def test_measurements_have_their_names(validator: JavascriptValidator) -> None:
    said = await validate(validator, CLEAN)
    assert {"lines.code", "lines.tests", "layering.edges", "layering.violations", "cycles", "duplication.ratio"} <= set(
        said.measurements
    )
    assert said.measurements["layering.edges"] == 4
    assert said.measurements["lines.tests"] == 5


@module_loop
async def test_javascript_is_checked_for_names_instead_of_types(validator: JavascriptValidator) -> None:
    app = {
        "backend/package.json": '{"name": "backend", "type": "module"}',
        "backend/package-lock.json": '{"packages": {"": {}}}',
        "backend/src/a.js": "export const count = (rows) => rows.length;\n",
        "backend/src/main.js": "import { count } from './a.js';\n\nprocess.exitCode = count([]);\n",
    }
    said = await validate(validator, app)
    assert said.findings == []
    assert said.states["names.backend"] == "PASSED"
    for old, new, rule in [("count([])", "weigh([])", "TS2304"), ("{ count }", "{ count, sum }", "TS2305")]:
        wrong = await validate(validator, Defect("", rule, "backend/src/main.js", new, old).put_into(app))
        assert rule in wrong.rules
        assert wrong.states["names.backend"] == "FAILED"


@module_loop
async def test_a_worker_that_dies_leaves_its_checks_unverified_and_comes_back(validator: JavascriptValidator) -> None:
    for worker in (validator._types._worker, validator._analyser._worker):
        assert worker._process
        worker._process.kill()
    changed = CLEAN | {"backend/src/shared/store.ts": CLEAN["backend/src/shared/store.ts"] + "\n"}
    first = await validate(validator, changed)
    assert "FAILED" not in first.states.values()
    second = await validate(validator, CLEAN)
    assert set(second.states.values()) == {"PASSED"}


@module_loop
async def test_a_project_without_scripts_is_none_of_its_business(validator: JavascriptValidator) -> None:
    said = await validate(validator, {"database/migrations/0001_a.sql": "SELECT 1;"})
    assert (said.checks, said.findings) == ({}, [])


@pytest.mark.parametrize(
    "comment",
    [
        " TODO: later",
        " FIXME",
        " ... rest of the code remains unchanged",
        " ... existing code ...",
        "\n * Implementation goes here\n",
        " your code here",
        " placeholder implementation",
    ],
)
def test_placeholders(comment: str) -> None:
    assert placeholder_in(comment)


@pytest.mark.parametrize(
    "comment",
    [
        " The rest is read on demand.",
        " A placeholder for people who search.",
        " Whether it is implemented by the browser.",
        " Stubbornly kept.",
    ],
)
def test_plain_comments(comment: str) -> None:
    assert not placeholder_in(comment)


def test_groups_of_modules_that_reach_one_another() -> None:
    graph = {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": [], "f": ["f"]}
    assert strongly_connected(graph) == [["a", "b", "c"], ["f"]]
