"""`features`, `handlers` and `runs`."""

import argparse
import json
import uuid

from rich.console import Console
from rich.table import Table

from stackwright.generation.v1.request_response_pb2 import (
    CancelRunRequest,
    GetRunRequest,
    ListRunsRequest,
    ListServicesRequest,
)
from stackwright.registry.v1.request_response_pb2 import ListFeaturesRequest
from stackwright_gateway import responses
from stackwright_gateway.answers import ApiError, Detail
from stackwright_gateway.body import Json
from stackwright_gateway.clients import Clients
from stackwright_gateway.watching import watch
from stackwright_local import cli
from stackwright_local.backend import reach
from stackwright_local.suite import Parts


async def features(words: argparse.Namespace) -> int:
    """List the catalogue."""
    async with reach(words, Parts.REGISTRY) as clients:
        answer = await clients.registry.ListFeatures(ListFeaturesRequest(page_size=500))
    rows: list[Json] = [responses.feature(item) for item in answer.features]
    _show(words, rows, ["name", "area", "title", "available"])
    return cli.EXIT_OK


async def handlers(words: argparse.Namespace) -> int:
    """List announced handlers."""
    async with reach(words, Parts.HANDLERS) as clients:
        answer = await clients.generation.ListServices(ListServicesRequest())
    rows: list[Json] = [responses.service(item) for item in answer.services if item.HasField("handler")]
    _show(words, rows, ["name", "version", "role", "technologies"])
    return cli.EXIT_OK


async def runs(words: argparse.Namespace) -> int:
    """List, show, watch or cancel."""
    if words.action != "list" and not words.run:
        reason = "expected a run id"
        raise ApiError(400, "invalid_argument", f"RUN: {reason}.", [Detail("RUN", reason)])
    async with reach(words, Parts.ORCHESTRATOR) as clients:
        if words.action == "list":
            answer = await clients.generation.ListRuns(ListRunsRequest(page_size=200))
            _show(words, [responses.summary(run) for run in answer.runs], ["run_id", "slug", "state", "created_at"])
        elif words.action == "watch":
            await _watch(clients, words.run)
        else:
            await _one(clients, words)
    return cli.EXIT_OK


async def _one(clients: Clients, words: argparse.Namespace) -> None:
    if words.action == "cancel":
        request = CancelRunRequest(request_id=f"cli-{uuid.uuid4()}", run_id=words.run)
        run = (await clients.generation.CancelRun(request)).run
    else:
        run = (await clients.generation.GetRun(GetRunRequest(run_id=words.run))).run
    print(json.dumps(responses.status(run), indent=2))


async def _watch(clients: Clients, run_id: str) -> None:
    async for event in watch(clients.generation, run_id):
        name, members = responses.event(event)
        print(json.dumps({"event": name, **members}), flush=True)


def _show(words: argparse.Namespace, rows: list[Json], columns: list[str]) -> None:
    if words.json:
        print(json.dumps(rows, indent=2))
        return
    table = Table(*columns, show_edge=False)
    for row in rows:
        assert isinstance(row, dict)  # noqa: S101  # made above
        table.add_row(*(_text(row[column]) for column in columns))
    Console().print(table)


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
