"""All instances count together behind Redis; without it the application works on and says so."""

import asyncio

import pytest

from stackwright_runtime_validator.plugin import Start

SETTINGS = {"RATE_LIMIT_FACTOR": "1", "limits.requests": 6, "limits.seconds": 600}


@pytest.mark.shows(1)
@pytest.mark.secondary("redis")
async def test_two_processes_count_together(start: Start) -> None:
    app = await start(settings=SETTINGS)
    other = await start(beside=app, settings=SETTINGS)
    statuses = [(await (app, other)[number % 2].call("me", by="ann")).status for number in range(8)]
    assert statuses == [200] * 6 + [429] * 2


@pytest.mark.shows(1)
@pytest.mark.secondary("redis")
async def test_a_dead_redis_stops_nobody_and_is_told(start: Start) -> None:
    app = await start(settings=SETTINGS)
    await app.instance.fault("redis", down=True)
    await app.call("me", by="ann", expect=200)
    # What it knows of its health is a second old at most.
    async with asyncio.timeout(5):
        while "redis" not in (await app.call("ready", expect=200)).body.get("degraded", []):
            await asyncio.sleep(0.2)
    assert [(await app.call("me", by="ann")).status for _ in range(7)][-1] == 429


@pytest.mark.shows(1)
async def test_a_hundred_requests_a_minute_is_the_default(start: Start) -> None:
    app = await start(settings={"RATE_LIMIT_FACTOR": "1"})
    answer = await app.call("me", by="bob", expect=200)
    assert (answer.headers["ratelimit-limit"], answer.headers["ratelimit-remaining"]) == ("100", "99")
    assert 0 < int(answer.headers["ratelimit-reset"]) <= 60
