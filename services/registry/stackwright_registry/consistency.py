"""A contract beside the facts of the code: what is missing, what nobody agreed on, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stackwright.code.v1 import facts_pb2 as facts
from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.consistency_tables import compare_tables
from stackwright_registry.deviations import Consistency

_PARAMETER = re.compile(r"\{[^}]*\}|:[A-Za-z_][A-Za-z0-9_]*|\$\{[^}]*\}")
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
# Every application answers these, whatever its features.
_ALWAYS = frozenset({("GET", "/api/live"), ("GET", "/api/ready")})


def check_consistency(agreed: contract.Contract, found: facts.Facts) -> Consistency:
    """Compare a contract with facts, in both directions; a kind of fact that was not measured is not compared."""
    result = Consistency()
    if found.routes:
        _routes(agreed, found, result)
    if found.calls:
        _calls(agreed, found, result)
    if found.tables:
        compare_tables(agreed, found, result)
    return result


def normal(path: str) -> str:
    """Give an address with its parameters blanked, so that their names do not matter."""
    return _PARAMETER.sub("{}", path.partition("?")[0]).rstrip("/") or "/"


def addresses(item: operation.Operation) -> set[tuple[str, str]]:
    """Give every method and address of an operation."""
    method = operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_")
    return {(method, normal(path)) for path in (item.path, *item.alternative_paths)}


def _routes(agreed: contract.Contract, found: facts.Facts, result: Consistency) -> None:
    served = _by_address(found.routes)
    asked = any(route.permissions for route in found.routes)
    expected: set[tuple[str, str]] = set()
    for item in agreed.operations:
        expected |= addresses(item)
        for address in sorted(addresses(item)):
            result.compared += 1
            route = served.get(address)
            if route is None:
                result.add("endpoint", item.id, "missing", f"{' '.join(address)} is not served.")
                continue
            _permission(item, route, asked, result)
    base = agreed.conventions.base_path or "/api"
    for address, route in served.items():
        if address[1].startswith(f"{base}/") and address not in expected | _ALWAYS:
            result.compared += 1
            where = f" ({route.source_path}:{route.source_line})" if route.source_path else ""
            result.add("endpoint", " ".join(address), "extra", f"{' '.join(address)} is in no contract{where}.")


def _by_address(routes: Iterable[facts.RouteFact]) -> dict[tuple[str, str], facts.RouteFact]:
    """Join what several validators say of one route: one reads its guards, another asks the running application."""
    joined: dict[tuple[str, str], facts.RouteFact] = {}
    for route in routes:
        if route.method.upper() not in _METHODS:
            continue
        known = joined.setdefault((route.method.upper(), normal(route.path)), facts.RouteFact())
        known.permissions.extend(key for key in route.permissions if key not in known.permissions)
        known.public = known.public or route.public
        known.source_path, known.source_line = (
            (route.source_path, route.source_line) if route.source_path else (known.source_path, known.source_line)
        )
    return joined


def _permission(item: operation.Operation, route: facts.RouteFact, asked: bool, result: Consistency) -> None:
    if route.public and not item.public:
        result.add("permission", item.id, "different", f"{item.names.call} answers a stranger.")
    if asked and item.permission:
        result.compared += 1
        if item.permission not in route.permissions:
            shown = ", ".join(route.permissions) or "none"
            message = f"{item.names.call} asks for {shown}, not for {item.permission}."
            result.add("permission", item.id, "different" if route.permissions else "missing", message)


def _calls(agreed: contract.Contract, found: facts.Facts, result: Consistency) -> None:
    expected: set[tuple[str, str]] = set(_ALWAYS)
    for item in agreed.operations:
        expected |= addresses(item)
    for call in found.calls:
        result.compared += 1
        address = (call.method.upper(), normal(call.path))
        based = (address[0], normal(f"{agreed.conventions.base_path}{address[1]}"))
        if address not in expected and based not in expected:
            where = f"{call.source_path}:{call.source_line}" if call.source_path else "the front end"
            result.add(
                "call", " ".join(address), "extra", f"{where} calls {' '.join(address)}, which is in no contract."
            )
