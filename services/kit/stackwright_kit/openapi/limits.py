"""Headers of rate limits: on every answer of an application that counts requests."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_kit.openapi.schemas import Schema

_WHOLE: Schema = {"type": "integer", "minimum": 0}
_HEADERS = {
    "RateLimit-Limit": "Requests that the caller has in the window.",
    "RateLimit-Remaining": "Requests that are left of them.",
    "RateLimit-Reset": "Seconds until the window ends.",
}


def counted(agreed: contract.Contract) -> bool:
    """Say whether every operation counts, not only those with a rate of their own."""
    return any(feature.key == "rate_limiting" for feature in agreed.features)


def limit_headers(agreed: contract.Contract, *, refused: bool = False) -> Schema:
    """Give the headers of an answer; with `refused` those of a 429."""
    if not counted(agreed):
        return {}
    headers: Schema = {name: {"description": text, "schema": _WHOLE} for name, text in _HEADERS.items()}
    if refused:
        headers["Retry-After"] = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
    return headers
