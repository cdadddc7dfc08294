"""The gateway by itself, as installed: what it answers when nothing else is there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from isolated_members import ROOT, members
from processes import TOKEN, Started, spawn, started

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

GATEWAY = members()["services/gateway"]
EXAMPLE = json.loads((ROOT / "examples" / "seven-features.json").read_text())
NOBODY = {
    "STACKWRIGHT_GATEWAY_PORT": "0",
    # Discard: nothing listens there.
    "STACKWRIGHT_GATEWAY_ORCHESTRATOR": "127.0.0.1:9",
    "STACKWRIGHT_GATEWAY_REGISTRY": "127.0.0.1:9",
    "STACKWRIGHT_GATEWAY_TOKEN": TOKEN,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Started]:
    async with started(GATEWAY, NOBODY, tmp_path_factory.mktemp("empty")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(gateway: Started) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=gateway.address, headers=headers, timeout=60) as opened:
        yield opened


async def test_health_needs_no_token_and_says_that_nobody_is_behind_it(gateway: Started) -> None:
    async with httpx.AsyncClient(base_url=gateway.address, timeout=60) as anybody:
        answer = await anybody.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "orchestrator": "down"}


async def test_it_describes_itself(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert {"/api/v1/generate", "/api/v1/runs/{run}", "/api/v1/features", "/health"} <= set(document["paths"])
    assert "text/html" in (await client.get("/")).headers["content-type"]
    assert "stackwright_gateway_requests_total" in (await client.get("/metrics")).text


async def test_a_wrong_request_names_every_field_at_fault(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/generate", json={"project_name": 7, "options": {"proof": "total"}})
    assert answer.status_code == 400
    error = answer.json()["error"]
    fields = {detail["field"] for detail in error["details"]}
    assert fields == {"project_name", "requirements", "technology_stack", "options.proof"}
    assert all(field in error["message"] for field in fields)
    assert "Traceback" not in answer.text


async def test_a_right_request_says_that_the_suite_is_away(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/generate", json=EXAMPLE)
    assert answer.status_code == 503, answer.text
    assert answer.json()["error"]["code"] == "unavailable"
    assert answer.headers["retry-after"]


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer guessed"}])
async def test_a_call_without_the_token_is_refused(gateway: Started, given: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=gateway.address, headers=given) as anybody:
        for address in ("/api/v1/runs", "/", "/metrics"):
            answer = await anybody.get(address)
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthenticated")


async def test_sigterm_drains_and_ends_with_status_0(gateway: Started, client: httpx.AsyncClient) -> None:
    assert await gateway.terminate() == 0, "".join(gateway.lines)
    assert not [line for line in gateway.logged() if line["level"] == "error"]
    with pytest.raises(httpx.TransportError):
        await client.get("/health")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"STACKWRIGHT_GATEWAY_HOST": "0.0.0.0"}, "STACKWRIGHT_GATEWAY_TOKEN"),
        ({"STACKWRIGHT_GATEWAY_PORT": "70000"}, "STACKWRIGHT_GATEWAY_PORT"),
    ],
)
async def test_a_wrong_setting_ends_it_with_one_sentence(setting: dict[str, str], says: str, tmp_path: Path) -> None:
    ended = await spawn(GATEWAY, setting, tmp_path)
    await asyncio.wait_for(ended.rest(), 60)
    assert await ended.process.wait() == 2, "".join(ended.lines)
    assert [line["level"] for line in ended.logged()] == ["error"]
    assert says in str(ended.logged()[0]["message"])
