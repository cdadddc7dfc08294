"""Tokens as an attacker makes them (RFC 7515, HMAC only)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from stackwright_runtime_validator.scenarios.values import Json

_HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


def signed(
    claims: Mapping[str, Json], secret: str, *, algorithm: str = "HS256", header: Mapping[str, Json] | None = None
) -> str:
    """A token; an algorithm that is no HMAC gets an empty signature."""
    told = {"alg": algorithm, "typ": "JWT", **(header or {})}
    text = f"{_part(json.dumps(told).encode())}.{_part(json.dumps(dict(claims)).encode())}"
    digest = _HASHES.get(algorithm)
    mark = hmac.new(secret.encode(), text.encode(), digest).digest() if digest else b""
    return f"{text}.{_part(mark)}"


def claims_of(token: str) -> dict[str, Json]:
    """What a token says; empty when it is no such token."""
    parts = token.split(".")
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
