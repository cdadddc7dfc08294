"""`generate` and `plan`."""

import argparse
import json
import uuid

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from stackwright.generation.v1.request_response_pb2 import (
    GetRunRequest,
    PlanGenerationRequest,
    PlanGenerationResponse,
    Run,
    RunState,
    StartGenerationRequest,
)
from stackwright_gateway import responses
from stackwright_gateway.clients import Clients
from stackwright_gateway.watching import watch
from stackwright_local import cli
from stackwright_local.backend import reach
from stackwright_local.documents import Overrides, read_request
from stackwright_local.progress import Progress
from stackwright_local.reports import tell_report
from stackwright_local.suite import Parts, parts_for


async def generate(words: argparse.Namespace) -> int:
    """Generate an application, with live progress; print where it is, its score and what was proven."""
    overrides = Overrides(words.output, words.jdl, words.proof, words.engine)
    parsed = read_request(words.request, overrides)
    console = Console(stderr=words.json)
    with Progress(console, parsed.spec.project_name) as progress:
        async with reach(words, parts_for(parsed.spec.options.proof)) as clients:
            request = StartGenerationRequest(request_id=f"cli-{uuid.uuid4()}", spec=parsed.spec)
            run = (await clients.generation.StartGeneration(request)).run
            run = await _follow(clients, run, progress)
    answer = responses.finished(run, parsed.unused)
    if words.json:
        print(json.dumps(answer, indent=2))
    else:
        _tell(console, run, [str(text) for text in answer["warnings"] or []])  # type: ignore[union-attr]  # a list by construction
    return _exit_status(run)


async def _follow(clients: Clients, run: Run, progress: Progress) -> Run:
    async for event in watch(clients.generation, run.run_id):
        name, members = responses.event(event)
        progress.show(name, members)
    return (await clients.generation.GetRun(GetRunRequest(run_id=run.run_id))).run


def _exit_status(run: Run) -> int:
    if run.state != RunState.RUN_STATE_SUCCEEDED:
        return cli.EXIT_FAILED
    report = run.result.report
    # Where proof was limited by choice, the score over what was measured decides; a fallback never reaches the target.
    reached = max(report.overall, report.potential) >= (run.spec.options.quality_target or 8.0)
    return cli.EXIT_OK if reached and run.result.success else cli.EXIT_BELOW_TARGET


def _tell(console: Console, run: Run, warnings: list[str]) -> None:
    result = run.result
    tell_report(console, run.spec.project_name, result.report)
    for feature in result.features_not_implemented:
        hint = f"; did you mean {feature.nearest}?" if feature.nearest else ""
        console.print(
            f"  [yellow]not implemented[/yellow] {escape(feature.name)} ({feature.reason}{hint})", soft_wrap=True
        )
    for warning in warnings:
        console.print(f"  [yellow]note[/yellow] {escape(warning)}", soft_wrap=True)
    console.print(f"Files    {result.files_written}")
    console.print(f"Project  {result.output_path}", soft_wrap=True)
    console.print(f"Report   {result.output_path}/.stackwright/quality-report.html", soft_wrap=True)


async def plan(words: argparse.Namespace) -> int:
    """Show what a run would make, before anything is generated."""
    parsed = read_request(words.request, Overrides(jdl=words.jdl, proof=words.proof))
    async with reach(words, Parts.HANDLERS) as clients:
        answer = await clients.generation.PlanGeneration(PlanGenerationRequest(spec=parsed.spec))
    if words.json:
        from google.protobuf import json_format

        print(json_format.MessageToJson(answer, preserving_proto_field_name=True))
    else:
        _tell_plan(Console(), answer, parsed.unused)
    return cli.EXIT_OK


def _tell_plan(console: Console, answer: PlanGenerationResponse, unused: list[str]) -> None:
    features = Table("Feature", "", title="Features", title_justify="left", show_edge=False)
    for feature in answer.features:
        why = "" if feature.requested_as else f"needed by {', '.join(feature.needed_by)}"
        features.add_row(feature.key, why or ("" if feature.built else "not built yet"))
    console.print(features)
    endpoints = Table(
        "Method", "Path", "Feature", "Permission", title="\nEndpoints", title_justify="left", show_edge=False
    )
    for endpoint in answer.endpoints:
        endpoints.add_row(endpoint.method, endpoint.path, endpoint.feature, endpoint.permission)
    console.print(endpoints)
    tables = Table("Table", "Feature", "Columns", title="\nTables", title_justify="left", show_edge=False)
    for table in answer.tables:
        tables.add_row(table.name, table.feature, str(table.columns))
    console.print(tables)
    for unknown in answer.unknown:
        hint = f"; did you mean {unknown.nearest}?" if unknown.nearest else ""
        console.print(f"[yellow]unknown[/yellow] {escape(unknown.name)}{hint}")
    for name in answer.not_implemented:
        console.print(f"[yellow]not built yet[/yellow] {name}")
    for warning in answer.warnings:
        console.print(f"[yellow]note[/yellow] {escape(warning.message)}")
    for path in unused:
        console.print(f"[yellow]note[/yellow] {path} is not used by any part of Stackwright.")
    console.print(f"\nAbout {answer.estimated_seconds:.0f} s.")
