"""Compares an OpenAPI document with the contract and with the running application, both ways."""

from __future__ import annotations

import asyncio
import re

from stackwright_runtime_validator.scenarios.client import Answer, Client, Request
from stackwright_runtime_validator.scenarios.operations import METHODS, Operations
from stackwright_runtime_validator.scenarios.values import Json

_PARAMETER = re.compile(r"\{[^}]*\}")
_UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"
_METHODS = ("get", "post", "put", "patch", "delete")
# Every application has these two, whichever features are on.
_ALWAYS = frozenset({("GET", "/live"), ("GET", "/ready")})


async def undocumented(document: Json, operations: Operations, client: Client) -> list[str]:
    """One sentence for each difference.

    Every operation of the contract must be in the document and nothing else; every documented route must answer; and at
    each documented path the application must refuse other methods with 405, with the documented ones in `Allow`.
    """
    if not isinstance(document, dict) or not isinstance(paths := document.get("paths"), dict):
        return ["the document has no `paths`"]
    shapes: dict[str, set[str]] = {}
    spelled: dict[str, str] = {}
    for path, item in paths.items():
        shape = _PARAMETER.sub("{}", path)
        shapes[shape] = {method.upper() for method in _METHODS if isinstance(item, dict) and method in item}
        spelled[shape] = path
    problems = _against_contract(shapes, spelled, operations)
    for chunk in await asyncio.gather(*(_serves(spelled[shape], shapes[shape], client) for shape in sorted(shapes))):
        problems.extend(chunk)
    return problems


def _against_contract(shapes: dict[str, set[str]], spelled: dict[str, str], operations: Operations) -> list[str]:
    base = operations.contract.conventions.base_path or "/api"
    wanted: set[tuple[str, str]] = set()
    allowed = {(method, f"{base}{path}") for method, path in _ALWAYS}
    problems = []
    for operation in operations.contract.operations:
        key = METHODS[operation.method], _PARAMETER.sub("{}", operation.path)
        wanted.add(key)
        allowed |= {(key[0], _PARAMETER.sub("{}", path)) for path in operation.alternative_paths}
        if key[0] not in shapes.get(key[1], set()):
            problems.append(f"{key[0]} {operation.path} ({operation.names.call}) is not in the document")
    for shape, methods in shapes.items():
        problems.extend(
            f"{method} {spelled[shape]} is in the document but not in the contract"
            for method in sorted(methods)
            if (method, shape) not in wanted | allowed
        )
    return problems


async def _serves(path: str, methods: set[str], client: Client) -> list[str]:
    filled = _PARAMETER.sub(_UNKNOWN_ID, path)
    problems = []
    for method in sorted(methods):
        answer = await client.send(Request(method, filled, {} if method in ("POST", "PUT", "PATCH") else None))
        if answer.status in (405, 501) or (answer.status == 404 and not _known(answer)):
            problems.append(f"{method} {path} is in the document but not served: {answer.status}")
        elif answer.status >= 500 and answer.status != 503:
            problems.append(f"{method} {path} fails: {answer.summary()}")
    wrong = next(method for method in ("PUT", "DELETE", "PATCH", "POST", "GET") if method not in methods)
    answer = await client.send(Request(wrong, filled))
    served = {name.strip().upper() for name in answer.headers.get("allow", "").split(",")} - {"", "HEAD", "OPTIONS"}
    if answer.status != 405:
        problems.append(f"{wrong} {path} is not in the document, yet it answers {answer.status} instead of 405")
    elif served != methods:
        problems.append(f"{path} serves {', '.join(sorted(served))}; the document has {', '.join(sorted(methods))}")
    return problems


def _known(answer: Answer) -> bool:
    """Whether a 404 is the application's own answer for an unknown row, in its error shape."""
    return isinstance(answer.body, dict) and "error" in answer.body
