"""What a request leaves in the log, and what never."""

import asyncio
import json

import pytest

from stackwright_runtime_validator.app import App

LEAST = {"time", "level", "correlation", "method", "route", "status", "milliseconds", "user"}


async def lines(app: App, correlation: str) -> list[dict]:
    """The lines of one request; a line may come a moment after its answer."""
    found: list[dict] = []
    for _ in range(30):
        parsed = [json.loads(line) for line in app.instance.log_text().splitlines() if line.startswith("{")]
        found = [line for line in parsed if line.get("correlation") == correlation]
        if found:
            return found
        await asyncio.sleep(0.1)
    return found


@pytest.mark.shows(1)
async def test_a_line_names_user_pattern_status_and_duration(app: App) -> None:
    ann = await app.person("ann")
    row = (await app.call("Sample.create", {"title": "t"}, by="ann", expect=201)).body["id"]
    await app.call("Sample.read", by="ann", row=row, headers={"x-correlation-id": "line-1"}, expect=200)
    (line,) = await lines(app, "line-1")
    assert line.keys() >= LEAST, f"the line lacks {sorted(LEAST - line.keys())}"
    assert line["user"] == ann.id
    assert line["status"] == 200
    assert line["method"] == "GET"
    assert isinstance(line["milliseconds"], int | float)
    assert row not in json.dumps(line), "the route is the address typed, not its pattern"


@pytest.mark.shows(1)
async def test_refused_requests_have_their_line_too(app: App) -> None:
    for number, (call, status) in enumerate([("me", 401), ("Sample.list", 401), ("login", 422)]):
        await app.call(call, headers={"x-correlation-id": f"refused-{number}"}, expect=status)
        (line,) = await lines(app, f"refused-{number}")
        assert (line["status"], line["user"]) == (status, None)


@pytest.mark.shows(1)
async def test_query_strings_bodies_and_credentials_are_never_written(app: App) -> None:
    ann = await app.person("ann")
    secret = "needle-in-a-query"
    await app.call(
        "Sample.list",
        {"search": secret},
        by="ann",
        headers={"x-correlation-id": "quiet", "cookie": "c=needle-in-a-cookie"},
    )
    await app.call("login", {"email": "needle@example.org", "password": "needle-in-a-body"})
    await lines(app, "quiet")
    text = app.instance.log_text()
    for needle in (secret, "needle-in-a-cookie", "needle-in-a-body", "needle@example.org", ann.access_token, ann.email):
        assert needle not in text, f"the log holds {needle[:20]}"


@pytest.mark.shows(1)
async def test_everything_on_standard_output_is_json(app: App) -> None:
    await app.call("me", by="ann", expect=200)
    for line in app.instance.log_text().splitlines():
        assert isinstance(json.loads(line), dict), f"not a JSON object: {line[:100]}"
