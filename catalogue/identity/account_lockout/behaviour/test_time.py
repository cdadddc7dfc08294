"""Locks end by themselves, grow with each failure, and hold against attempts that come together."""

import asyncio

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.persons import Person

WRONG = "certainly not the password"


async def fail(app: App, email: str) -> int:
    return (await app.call("login", {"email": email, "password": WRONG})).status


async def later(app: App, minutes: int) -> None:
    """Lets minutes pass for all failures."""
    table = app.table("FailedLogin")
    async with app.database() as database:
        await database.execute(
            f"UPDATE {table} SET blocks_until = blocks_until - make_interval(mins => $1),"
            " created_at = created_at - make_interval(mins => $1)",
            minutes,
        )


async def enter(app: App, person: Person) -> int:
    return (await app.call("login", {"email": person.email, "password": person.password})).status


@pytest.mark.shows(1)
async def test_a_lock_ends_after_the_configured_time(start: Start) -> None:
    app = await start(settings={"lockout.attempts": 2, "lockout.minutes": 10})
    ann = await app.person("ann")
    assert [await fail(app, ann.email) for _ in range(3)] == [401, 401, 409]
    await later(app, 9)
    assert await enter(app, ann) == 409
    await later(app, 2)
    assert await enter(app, ann) == 200


@pytest.mark.shows(1)
async def test_each_failure_after_a_lock_makes_the_next_one_longer(start: Start) -> None:
    app = await start(settings={"lockout.attempts": 2, "lockout.minutes": 10})
    ann = await app.person("ann")
    assert [await fail(app, ann.email) for _ in range(2)] == [401, 401]
    await later(app, 11)
    assert [await fail(app, ann.email) for _ in range(2)] == [401, 409]
    await later(app, 11)
    assert await enter(app, ann) == 409
    await later(app, 10)
    assert await enter(app, ann) == 200


@pytest.mark.shows(1)
async def test_failures_at_another_address_lock_nobody_out(start: Start) -> None:
    app = await start(settings={"lockout.attempts": 2})
    ann = await app.person("ann")
    for _ in range(2):
        await fail(app, ann.email)
    async with app.database() as database:
        await database.execute(f"UPDATE {app.table('FailedLogin')} SET address = '203.0.113.9'")
    assert await enter(app, ann) == 200


@pytest.mark.shows(1)
async def test_failures_that_come_together_are_all_counted(start: Start) -> None:
    app = await start(settings={"lockout.attempts": 3})
    ann = await app.person("ann")
    await asyncio.gather(*(fail(app, ann.email) for _ in range(8)))
    assert await enter(app, ann) == 409
    await app.call("login", {"email": "ANN@nowhere.example.org", "password": WRONG}, expect=401)
