"""Reads a request body: bounded in bytes, in depth, in numbers, and never twice."""

import json
import re

from starlette.requests import Request

from stackwright_gateway.answers import ApiError, Detail

MAX_BODY_BYTES = 6 * 1024 * 1024
MAX_DEPTH = 32

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


async def read_json(request: Request) -> Json:
    """Give the JSON value of the body.

    Raises ApiError 413 above MAX_BODY_BYTES, 415 for another content type, 400 for an empty body, broken JSON, a
    repeated key, NaN, or nesting deeper than MAX_DEPTH. The field of each is `body`.
    """
    kind = request.headers.get("content-type", "application/json").split(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(415, "unsupported_media_type", "Send the request as application/json.", [Detail("body", kind)])
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY_BYTES:
            message = f"The body is larger than {MAX_BODY_BYTES // 1024 // 1024} MB."
            raise ApiError(413, "payload_too_large", message, [Detail("body", message)])
    return parse(bytes(raw))


def parse(raw: bytes) -> Json:
    """Parse JSON under the same rules as `read_json`."""
    if not raw.strip():
        raise _bad("The body is empty; send a JSON object with project_name, requirements and technology_stack.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad(f"The body is not UTF-8 (byte {error.start}).") from None
    if _depth(text) > MAX_DEPTH:
        raise _bad(f"The body is nested deeper than {MAX_DEPTH} levels.")
    try:
        value: Json = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_bounded_int)
    except json.JSONDecodeError as error:
        raise _bad(f"The body is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.") from None
    except ValueError as error:
        raise _bad(str(error)) from None
    return value


def _bad(message: str) -> ApiError:
    return ApiError(400, "invalid_argument", message, [Detail("body", message)])


def _depth(text: str) -> int:
    """Count nesting before parsing, so that a hostile body cannot exhaust the parser's stack."""
    deepest = level = 0
    bare = re.sub(r'"(?:[^"\\]|\\.)*"?', "", text)
    for character in bare:
        if character in "[{":
            level += 1
            deepest = max(deepest, level)
        elif character in "]}":
            level -= 1
    return deepest


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise ValueError(f"The body has the member {name[:80]!r} twice.")
            seen.add(name)
    return members


def _no_constant(name: str) -> float:
    raise ValueError(f"The body has the number {name}, which JSON does not have.")


def _bounded_int(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError("The body has a number of more than 20 digits.")
    return int(digits)
