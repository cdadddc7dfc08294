"""The validator over a secure application and over its mistakes."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from stackwright_sdk.validation.testing import Defect, catch_rate, validate
from stackwright_security_validator.defects import APP, CLEAN, DEFECTS, ROUTES
from stackwright_security_validator.validator import SecurityValidator

module_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def validator() -> AsyncIterator[SecurityValidator]:
    made = SecurityValidator()
    await made.start()
    yield made
    await made.close()


@module_loop
async def test_a_secure_application_has_no_finding(validator: SecurityValidator) -> None:
    said = await validate(validator, CLEAN)
    assert [f"{f.rule} {f.path}:{f.range.start_line} {f.message}" for f in said.findings] == []
    assert said.states == dict.fromkeys(["secrets", "hardening", "patterns", "routes.guarded"], "PASSED")
    assert (said.measurements["routes.total"], said.measurements["routes.public"]) == (3, 1)


@module_loop
@pytest.mark.slow
async def test_every_seeded_defect_is_found(validator: SecurityValidator, capsys: pytest.CaptureFixture[str]) -> None:
    rate = await catch_rate(validator, CLEAN, DEFECTS)
    with capsys.disabled():
        print(f"\nsecurity: {rate}")  # noqa: T201  # the figure is published
    assert not rate.missed


@module_loop
async def test_routes_that_cannot_be_read_are_not_called_guarded(validator: SecurityValidator) -> None:
    said = await validate(validator, CLEAN | {ROUTES: CLEAN[ROUTES] + "\nconst = 1;\n"})
    assert said.states["routes.guarded"] == "UNVERIFIED"


@module_loop
async def test_a_route_may_say_that_anyone_may(validator: SecurityValidator) -> None:
    anyone = "const anyone = (request, response, next) => next();"
    news = f"{anyone}\n  app.get('/api/news', anyone, (_, response) => response.end());"
    opened = Defect("", "", APP, f"{news}\n  app.get('/api/live',", "app.get('/api/live',").put_into(CLEAN)
    said = await validate(validator, opened)
    assert "route-unguarded" not in said.rules
    assert said.measurements["routes.public"] == 2


@module_loop
async def test_a_worker_that_dies_leaves_its_checks_unverified_and_comes_back(validator: SecurityValidator) -> None:
    worker = validator._analyser._worker
    assert worker._process
    worker._process.kill()
    first = await validate(validator, CLEAN)
    assert "FAILED" not in first.states.values()
    second = await validate(validator, CLEAN)
    assert set(second.states.values()) == {"PASSED"}


@module_loop
async def test_tests_may_attack_their_own_application(validator: SecurityValidator) -> None:
    attack = "await get(`/x?q=${'<script>'}`); eval('1'); const password = 'correct horse battery';\n"
    said = await validate(validator, CLEAN | {"backend/tests/attack.test.ts": attack})
    assert said.findings == []
