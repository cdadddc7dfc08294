"""Limits and headers stand before every address of every feature."""

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.client import Answer, Request
from stackwright_runtime_validator.scenarios.operations import METHODS

UNKNOWN = "00000000-0000-7000-8000-000000000000"
# They tell machines whether the application is there, and are never limited.
PROBES = ("/api/live", "/api/ready")
HEADERS = (
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-correlation-id",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
)


def addresses(app: App) -> list[Request]:
    """A request to each address of each operation but the probes, and to addresses that nothing serves."""
    found = [Request("GET", "/api/nothing-is-here"), Request("GET", "/")]
    for operation in app.contract.operations:
        for path in (operation.path, *operation.alternative_paths):
            filled = "/".join(UNKNOWN if part.startswith("{") else part for part in path.split("/"))
            method = METHODS[operation.method]
            if path in PROBES:
                continue
            found.append(Request(method, filled, {} if method in {"POST", "PATCH", "PUT"} else None))
    return found


def named(answer: Answer) -> str:
    return f"{answer.request.method} {answer.request.path} ({answer.status})"


@pytest.mark.shows(3)
@pytest.mark.parametrize("person", ["stranger", "ann"])
async def test_every_address_counts_and_refuses_who_asked_too_often(start: Start, person: str) -> None:
    app = await start(settings={"RATE_LIMIT_FACTOR": "1", "limits.requests": 1, "limits.seconds": 3600})
    # Where no operation asks who calls, the address counts.
    await app.call("me", by=person)
    await app.send(Request("GET", "/api/nothing-is-here"), by=person)
    answers = [await app.send(request, by=person) for request in addresses(app)]
    let_in = [named(answer) for answer in answers if answer.status != 429 or "retry-after" not in answer.headers]
    assert not let_in, "; ".join(let_in)
    for probe in PROBES:
        assert (await app.send(Request("GET", probe), by=person)).status == 200


@pytest.mark.shows(3)
@pytest.mark.parametrize("person", ["stranger", "ann", "admin"])
async def test_every_answer_has_the_headers(start: Start, person: str) -> None:
    app = await start()
    wrong = []
    for request in addresses(app):
        if request.path.endswith(("/logout", "/end-others")):
            continue  # who is signed out is a stranger, and those are tried as well
        answer = await app.send(request, by=person)
        assert answer.status < 500, answer.summary()
        wrong += [f"{named(answer)} lacks {header}" for header in HEADERS if header not in answer.headers]
        wrong += [f"{named(answer)} has x-powered-by" for _ in range("x-powered-by" in answer.headers)]
    assert not wrong, "; ".join(wrong)
