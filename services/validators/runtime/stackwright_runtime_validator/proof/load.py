"""A short load on each kind of reading endpoint, after the rest of the proof is done with the application."""

from __future__ import annotations

import asyncio

from stackwright.contract.v1 import contract_pb2, operation_pb2
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.scenarios.client import Client, Request
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.persons import People, Person
from stackwright_sdk.validation import Report

_REQUESTS = 60
_AT_ONCE = 6
_WARM_UP = 5
_KINDS = (
    operation_pb2.OPERATION_KIND_LIST,
    operation_pb2.OPERATION_KIND_CHOICES,
    operation_pb2.OPERATION_KIND_METRIC,
    operation_pb2.OPERATION_KIND_ACTION,
)


async def measure_load(report: Report, contract: contract_pb2.Contract, instance: Instance) -> None:
    """States `load.p95` over all addresses without a row that answer GET, asked by a holder of every role at once."""
    operations = Operations(contract)
    async with report.check("load", timeout_seconds=120) as check, Client(instance.base_url) as client:
        if "register" not in operations:
            raise UnprovenError("the contract has no operation `register`, so nobody can ask")
        person = await _holder_of_all(operations, client, instance)
        milliseconds: list[float] = []
        for operation in contract.operations:
            readable = operation.method == operation_pb2.HTTP_METHOD_GET and "{" not in operation.path
            if not readable or operation.kind not in _KINDS:
                continue
            taken = await _ask(client, operation.path, person)
            if not taken:
                check.failed += 1
                continue
            check.passed += 1
            milliseconds += taken
        if not milliseconds:
            check.unverified("no endpoint could be asked")
            return
        if check.failed:
            check.fail(f"{check.failed} endpoints did not answer under load")
        milliseconds.sort()
        evidence = f"{len(milliseconds)} requests to {check.passed} endpoints, {_AT_ONCE} at once"
        report.measure("load.p95", milliseconds[int(len(milliseconds) * 0.95)], "ms", evidence)
        report.measure("load.p50", milliseconds[len(milliseconds) // 2], "ms", evidence)


async def _holder_of_all(operations: Operations, client: Client, instance: Instance) -> Person:
    person = await People(operations, client, instance).get("ann")
    if person is None:
        raise UnprovenError("nobody could be registered")
    for role in operations.contract.roles:
        await instance.grant(person.email, role.name)
    return person


async def _ask(client: Client, path: str, person: Person) -> list[float]:
    """Milliseconds of each answer; empty when one of them was not a success."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one() -> float:
        async with gate:
            answer = await client.send(Request("GET", path), token=person.access_token)
            return answer.seconds * 1000 if answer.status < 400 else -1

    for _ in range(_WARM_UP):
        await one()
    taken = await asyncio.gather(*(one() for _ in range(_REQUESTS)))
    return [] if min(taken) < 0 else list(taken)
