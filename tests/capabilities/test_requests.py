"""Limits, headers and bounds: what stands before every operation."""

from collections.abc import Callable

import httpx
from capability_support import Person, Running, until

ROOM = 1_048_576


def test_headers_protect_a_browser(person: Callable[..., Person]) -> None:
    answer = person().client.get("/free")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] in {"DENY", "SAMEORIGIN"}
    assert answer.headers["cache-control"] == "no-store"
    assert "x-powered-by" not in answer.headers
    stranger = person().client.get("/free", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in stranger.headers


def test_bodies_are_bounded(person: Callable[..., Person]) -> None:
    client = person().client
    json = {"Content-Type": "application/json"}
    assert client.post("/echo", json={"text": "x" * 1000}).status_code == 200
    assert client.post("/echo", json={"text": "x" * ROOM}).status_code == 413
    assert client.post("/echo", content='{"a":' + "[" * 50 + "]" * 50 + "}", headers=json).status_code == 400
    assert client.post("/echo", json={"list": [0] * 20_000}).status_code == 400
    assert client.post("/echo", content="{", headers=json).status_code == 400
    assert client.post("/echo", content="a=b", headers={"Content-Type": "text/plain"}).status_code == 415
    refused = client.post("/echo", files={"content": ("a.txt", b"x")})
    assert refused.status_code == 415
    assert refused.json()["error"]["correlation"] == refused.headers["x-correlation-id"]


def test_an_operation_has_its_own_limit_and_says_so(person: Callable[..., Person]) -> None:
    somebody = person()
    answers = [somebody.client.get("/rare") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers[:3]] == ["2", "1", "0"]
    assert answers[0].headers["ratelimit-limit"] == "3"
    assert 0 < int(answers[3].headers["retry-after"]) <= 60
    assert answers[3].json()["error"]["code"] == "rate_limited"
    assert somebody.client.get("/free").status_code == 200
    assert person().client.get("/rare").status_code == 200


def test_all_calls_of_a_caller_count_together_over_both_instances(
    running: Running, person: Callable[..., Person]
) -> None:
    somebody = person()
    there = somebody.at(running.instances[1])
    statuses = [(somebody if turn % 2 else there).client.get("/free").status_code for turn in range(101)]
    assert statuses == [200] * 100 + [429]
    assert there.client.get("/rare").status_code == 429
    assert httpx.get(f"{running.instances[0]}/api/live", trust_env=False).status_code == 200


def test_a_dead_redis_costs_exactness_only(running: Running, person: Callable[..., Person]) -> None:
    def ready(instance: str) -> dict[str, object]:
        answer = httpx.get(f"{instance}/api/ready", trust_env=False)
        assert answer.status_code == 200
        return dict(answer.json())

    running.redis.kill()
    try:
        here = person()
        there = here.at(running.instances[1])
        assert [here.client.get("/rare").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert [there.client.get("/rare").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert until(lambda: [ready(it).get("degraded") for it in running.instances] == [["redis"], ["redis"]])
    finally:
        running.redis.start()
    assert until(lambda: not any("degraded" in ready(it) for it in running.instances))
    here = person()
    assert [here.client.get("/rare").status_code for _ in range(3)] == [200, 200, 200]
    assert here.at(running.instances[1]).client.get("/rare").status_code == 429
