"""Tries every documented operation, and states the check `fuzz`."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace

from stackwright.code.v1 import finding_pb2
from stackwright_runtime_validator.proof.fuzz import judge
from stackwright_runtime_validator.proof.fuzz.cases import Case, cases
from stackwright_runtime_validator.proof.fuzz.judge import Broken
from stackwright_runtime_validator.proof.surface import UNKNOWN_ID, Endpoint
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.tokens import signed
from stackwright_runtime_validator.scenarios.client import Client, NoAnswerError
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import Json
from stackwright_sdk.validation import Report

_AT_ONCE = 4
_ALL_REQUESTS = 6000
_LEAST, _MOST = 40, 160
_TOLD = 3
_SECONDS = 400.0


@dataclass
class Tried:
    """What became of one operation; `reached` when it once did what it is for."""

    endpoint: Endpoint
    requests: int = 0
    reached: bool = False
    broken: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def breaks(self, broken: Broken, case: Case) -> None:
        """Notes a rule that was broken, with the request that did it."""
        self.broken[broken.rule].append(f"{broken.message} ({case.what})")


async def fuzz(report: Report, target: Target, client: Client) -> None:
    """Finds operations that break; the same requests at every run.

    An operation that answers a stranger although it is documented as secured is a critical finding of gate security.
    """
    async with report.check("fuzz", timeout_seconds=_SECONDS) as check:
        endpoints = sorted(target.surface.endpoints, key=_least_harm_first)
        most = max(_LEAST, min(_MOST, _ALL_REQUESTS // max(1, len(endpoints))))
        results = []
        for endpoint in endpoints:
            results.append(await _try(target, client, endpoint, most))
            report.progress(f"fuzz {endpoint}", len(results), len(endpoints))
        broken = [tried for tried in results if tried.broken]
        check.passed, check.failed = len(results) - len(broken), len(broken)
        if not results:
            check.unverified("the document has no operation")
            return
        if broken:
            check.fail(f"{len(broken)} of {len(results)} operations break")
        for tried in broken:
            _tell(report, tried)
        evidence = f"document {target.surface.source}"
        report.measure("fuzz.requests", sum(tried.requests for tried in results), "count", evidence)
        report.measure("fuzz.operations", len(results), "count", evidence)
        report.measure(
            "fuzz.operations.reached", sum(tried.reached for tried in results), "count", "answered a success"
        )
        report.measure("fuzz.operations.broken", len(broken), "count", "findings fuzz-*")


def _least_harm_first(endpoint: Endpoint) -> tuple[int, str, str]:
    harmful = endpoint.method == "DELETE" or not endpoint.has_row
    order = {"GET": 0, "POST": 1, "PUT": 2, "PATCH": 2, "DELETE": 4}[endpoint.method]
    return order + (endpoint.method == "POST" and not harmful), endpoint.path, endpoint.method


async def _try(target: Target, client: Client, endpoint: Endpoint, most: int) -> Tried:
    tried = Tried(endpoint)
    caller = await target.again(target.holder, client) or target.ann
    await _as_strangers(target, tried)
    values = target.values(str(endpoint))
    row = await _row(target, endpoint, caller)
    chosen = list(cases(target.surface, endpoint, values, row))
    known = _known(target, endpoint, caller)
    if known:
        chosen[0] = replace(chosen[0], body=known)
    if len(chosen) > most:
        # Spread evenly, so that every kind of value is kept.
        chosen = [chosen[index * len(chosen) // most] for index in range(most)]
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(case: Case) -> None:
        async with gate:
            await _send(target, tried, case, caller)

    # The valid ones come first, and alone.
    await one(chosen[0])
    await asyncio.gather(*(one(case) for case in chosen[1:]))
    return tried


def _known(target: Target, endpoint: Endpoint, caller: Person) -> dict[str, Json]:
    """What no schema tells: the credentials with which signing in and refreshing succeed."""
    if "login" in target.operations and endpoint.path == target.operations.route("login").path:
        return {"email": caller.email, "password": caller.password}
    if "refresh" in target.operations and endpoint.path == target.operations.route("refresh").path:
        return {"refresh_token": caller.refresh_token}
    return {}


async def _row(target: Target, endpoint: Endpoint, caller: Person) -> str:
    """A row of its own where one can be made, so that what it does harms no other operation."""
    if not endpoint.has_row:
        return UNKNOWN_ID
    maker = next(
        (each for each in target.surface.endpoints if each.method == "POST" and each.path == endpoint.collection), None
    )
    if maker is not None:
        await target.made(maker, caller)
    return next(iter(target.rows[endpoint.collection]), UNKNOWN_ID)


async def _send(target: Target, tried: Tried, case: Case, caller: Person) -> None:
    tried.requests += 1
    try:
        reply = await target.wire.send(
            tried.endpoint.method,
            case.target,
            case.body,
            content=case.content,
            token=caller.access_token,
            headers=case.headers,
        )
    except NoAnswerError as error:
        tried.breaks(Broken(judge.NO_ANSWER, str(error)[-200:]), case)
        return
    tried.reached |= reply.status < 300
    broken = judge.judge(target.surface, tried.endpoint, case, reply)
    if broken:
        tried.breaks(broken, case)


async def _as_strangers(target: Target, tried: Tried) -> None:
    if not tried.endpoint.secured:
        return
    ann = target.ann
    tokens = {
        "no token": "",
        "nonsense": "nonsense",
        "a token signed by somebody else": signed({"sub": ann.id, "exp": 4_000_000_000}, "x" * 40),
        "a token of the past": signed({"sub": ann.id, "exp": 1}, target.secret),
    }
    for what, token in tokens.items():
        tried.requests += 1
        case = Case(what, tried.endpoint.target())
        content = b"{}" if tried.endpoint.body is not None else None
        try:
            reply = await target.wire.send(tried.endpoint.method, case.target, content=content, token=token)
        except NoAnswerError as error:
            tried.breaks(Broken(judge.NO_ANSWER, str(error)[-200:]), case)
            continue
        if reply.status != 401:
            tried.breaks(Broken(judge.OPEN, f"is documented as secured and answers {reply.status}"), case)


def _tell(report: Report, tried: Tried) -> None:
    for rule, messages in sorted(tried.broken.items()):
        more = f", and {len(messages) - _TOLD} more" if len(messages) > _TOLD else ""
        is_open = rule == judge.OPEN
        report.finding(
            tool="runtime",
            rule=rule,
            severity=finding_pb2.SEVERITY_CRITICAL
            if is_open
            else finding_pb2.SEVERITY_HIGH
            if rule in (judge.SERVER_ERROR, judge.NO_ANSWER, judge.ACCEPTED)
            else finding_pb2.SEVERITY_MEDIUM,
            gate=finding_pb2.GATE_SECURITY if is_open else finding_pb2.GATE_ARCHITECTURE,
            message=f"{tried.endpoint}: {'; '.join(messages[:_TOLD])}{more}",
        )
