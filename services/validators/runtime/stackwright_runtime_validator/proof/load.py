"""A short load on each kind of reading endpoint, and what it costs the database."""

from __future__ import annotations

import asyncio
import re
import statistics
from collections import defaultdict
from collections.abc import Mapping

from stackwright.contract.v1 import contract_pb2, operation_pb2
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.proof.statements import Statements
from stackwright_runtime_validator.scenarios.client import Client, Request
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.persons import People, Person
from stackwright_runtime_validator.scenarios.values import find
from stackwright_sdk.validation import CheckRun, Report

_ROUNDS = 3
_REQUESTS = 30
_AT_ONCE = 6
_WARM_UP = 5
_KINDS: Mapping[int, str] = {
    operation_pb2.OPERATION_KIND_LIST: "list",
    operation_pb2.OPERATION_KIND_CHOICES: "choices",
    operation_pb2.OPERATION_KIND_METRIC: "metric",
    operation_pb2.OPERATION_KIND_ACTION: "action",
    operation_pb2.OPERATION_KIND_READ: "read",
}
_PARAMETER = re.compile(r"\{\w+\}")


async def measure_load(report: Report, contract: contract_pb2.Contract, instance: Instance) -> None:
    """States `load.p95` over all addresses that answer GET, asked by a holder of every role at once.

    A row is read where the list above it shows one. Of three rounds the quietest counts, address by address: what else
    the machine does is nothing of the application's.
    """
    operations = Operations(contract)
    async with report.check("load", timeout_seconds=240) as check, Client(instance.base_url) as client:
        if "register" not in operations:
            raise UnprovenError("the contract has no operation `register`, so nobody can ask")
        person = await _holder_of_all(operations, client, instance)
        statements = await Statements.open(instance)
        kinds: defaultdict[str, list[float]] = defaultdict(list)
        queries: dict[str, float] = {}
        for operation in contract.operations:
            if operation.method != operation_pb2.HTTP_METHOD_GET or operation.kind not in _KINDS:
                continue
            path = await _address(client, operation, person)
            if not path:
                continue
            taken = await _quietest(client, path, person)
            if not taken:
                check.failed += 1
                continue
            check.passed += 1
            kinds[_KINDS[operation.kind]] += taken
            if statements is not None:
                queries[operation.path] = await _queries(statements, client, path, person)
        _tell(report, check, kinds)
        if statements is not None and queries:
            most = max(queries, key=lambda path: queries[path])
            evidence = f"mean of {len(queries)} endpoints; {most} takes {queries[most]:g}"
            report.measure("queries.per_request", statistics.mean(queries.values()), "count", evidence)


def _tell(report: Report, check: CheckRun, kinds: Mapping[str, list[float]]) -> None:
    every = [taken for found in kinds.values() for taken in found]
    if not every:
        check.unverified("no endpoint could be asked")
        return
    if check.failed:
        check.fail(f"{check.failed} endpoints did not answer under load")
    evidence = f"{len(every)} requests to {check.passed} endpoints, {_AT_ONCE} at once, quietest of {_ROUNDS} rounds"
    report.measure("load.p95", _percentile(every, 0.95), "ms", evidence)
    report.measure("load.p50", _percentile(every, 0.5), "ms", evidence)
    for kind, taken in sorted(kinds.items()):
        report.measure(f"load.p95.{kind}", _percentile(taken, 0.95), "ms", f"{len(taken)} requests")


def _percentile(taken: list[float], share: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))]


async def _holder_of_all(operations: Operations, client: Client, instance: Instance) -> Person:
    person = await People(operations, client, instance).get("ann")
    if person is None:
        raise UnprovenError("nobody could be registered")
    for role in operations.contract.roles:
        await instance.grant(person.email, role.name)
    return person


async def _address(client: Client, operation: operation_pb2.Operation, person: Person) -> str:
    """Where to ask: its address, with a row of the list above it; empty when that shows none."""
    if "{" not in operation.path:
        return operation.path
    if operation.kind != operation_pb2.OPERATION_KIND_READ or len(_PARAMETER.findall(operation.path)) > 1:
        return ""
    listed = await client.send(Request("GET", operation.path.partition("/{")[0]), token=person.access_token)
    found = find(listed.body, "items.0.id")
    return _PARAMETER.sub(found, operation.path) if isinstance(found, str) else ""


async def _quietest(client: Client, path: str, person: Person) -> list[float]:
    """Milliseconds of each answer of the quietest round; empty when one of them was not a success."""
    for _ in range(_WARM_UP):
        await client.send(Request("GET", path), token=person.access_token)
    rounds = [await _round(client, path, person) for _ in range(_ROUNDS)]
    return min(rounds, key=lambda taken: _percentile(taken, 0.95)) if all(rounds) else []


async def _round(client: Client, path: str, person: Person) -> list[float]:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one() -> float:
        async with gate:
            answer = await client.send(Request("GET", path), token=person.access_token)
            return answer.seconds * 1000 if answer.status < 400 else -1

    taken = await asyncio.gather(*(one() for _ in range(_REQUESTS)))
    return [] if min(taken) < 0 else list(taken)


async def _queries(statements: Statements, client: Client, path: str, person: Person) -> float:
    before = await statements.count()
    await client.send(Request("GET", path), token=person.access_token)
    return await statements.count() - before
