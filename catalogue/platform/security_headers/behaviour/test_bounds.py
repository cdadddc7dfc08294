"""Bodies are bounded in size and depth, before anything is done with them."""

import json

import httpx
import pytest

from stackwright_runtime_validator.app import App


@pytest.mark.shows(1)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"email": "' + "x" * 400_000 + '"}', {413}),
        ('{"email": ' + "[" * 2000 + "]" * 2000 + "}", {400}),
        (json.dumps({f"field{number}": 1 for number in range(5000)}), {400}),
        ('{"email": "a', {400}),
        ("\ufeff{}", {400, 422}),
    ],
    ids=["too large", "too deep", "too many fields", "cut off", "byte order mark"],
)
async def test_a_body_beyond_the_bounds_is_refused_in_the_shape_of_errors(
    app: App, body: str, status: set[int]
) -> None:
    async with httpx.AsyncClient(base_url=app.instance.base_url) as client:
        answer = await client.post("/api/login", content=body.encode(), headers={"content-type": "application/json"})
    assert answer.status_code in status
    assert answer.json()["error"]["status"] == answer.status_code
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.shows(1)
async def test_an_unknown_address_and_a_preflight_of_a_foreign_origin_carry_the_headers(app: App) -> None:
    async with httpx.AsyncClient(base_url=app.instance.base_url) as client:
        for answer in (
            await client.get("/api/nothing-is-here"),
            await client.options(
                "/api/me", headers={"origin": "https://evil.example", "access-control-request-method": "DELETE"}
            ),
        ):
            policy = answer.headers["content-security-policy"]
            assert "unsafe-inline" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "access-control-allow-origin" not in answer.headers
