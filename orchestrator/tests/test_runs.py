"""Whole runs through the API, on a real broker, with toy services that answer at once."""

from __future__ import annotations

import asyncio
import base64
import functools
import hashlib
import io
import json
import re
import time
import zipfile
from pathlib import Path

import pytest
import yaml
from orchestrator_support import Suite, a_spec, changed, download, history, orchestrator_settings, refused, suite  # type: ignore[import-not-found]  # on sys.path
from orchestrator_toys import ToyHandler, ToyRegistry, ToyValidator, serving_toys, toy_handlers, toy_validators  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import file_pb2, measurement_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1.service_pb2_grpc import GenerationServiceStub
from stackwright_kit.client import channel
from stackwright_kit.errors import AlreadyExistsError, FailedPreconditionError, NotFoundError
from stackwright_kit.server import Service, running
from stackwright_kit.testing import nats_server
from stackwright_orchestrator.documents import RESULTS_BEGIN, RESULTS_END
from stackwright_orchestrator.service import opened

STATIC = measurement_pb2.PROOF_LEVEL_STATIC
NONE = measurement_pb2.PROOF_LEVEL_NONE


async def test_a_run_from_request_to_project(tmp_path: Path) -> None:
    validators = toy_validators()
    async with suite(tmp_path, ToyRegistry(), *toy_handlers(), *validators) as of:
        started = await of.start(a_spec("authentication", "user_management", "real_time_chat", "teleport"))
        run = await of.finished(started.run_id)
        assert run.state == generation.RUN_STATE_SUCCEEDED, run.failure
        result = run.result
        assert result.success
        assert list(result.features_implemented) == ["authentication", "user_management"]
        assert [(m.name, m.reason, m.nearest) for m in result.features_not_implemented] == [
            ("teleport", "unknown", "authentication"), ("real_time_chat", "not_built", ""),
        ]  # fmt: skip
        assert await history(of, run.run_id) == [
            "GenerationStarted", "BackendContractsEstablished",
            "BackendGenerationStarted", "DatabaseGenerationStarted", "FrontendGenerationStarted",
            "BackendGenerationCompleted", "DatabaseGenerationCompleted", "FrontendGenerationCompleted",
            "AllHandlersCompleted", "ValidationCompleted", "RunCompleted",
        ]  # fmt: skip
        folder = Path(result.output_path)
        assert folder == tmp_path / "toy-app" / run.run_id
        written = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        assert len(written) == result.files_written
        assert list(result.premium_features) == [
            f"Quality Score: {result.report.overall:.1f}/10", f"Files Generated: {len(written)}",
            "Refinement Cycles: 0", "Contract-based architecture", "Progressive documentation",
            "Cross-stack validation",
        ]  # fmt: skip
        check_project(written, run)
        info, archive = await download(of, run.run_id, "PART_ARCHIVE")
        assert (info.file_name, info.size, info.sha256) == (
            "toy-app.zip",
            len(archive),
            hashlib.sha256(archive).hexdigest(),
        )
        assert info.sha256 == result.artifact_digest
        with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
            assert {name.split("/", 1)[1]: zipped.read(name) for name in zipped.namelist()} == written
        alone = (await download(of, run.run_id, "PART_REPORT_HTML"))[1].decode()
        beside = written[".stackwright/quality-report.html"].decode()
        assert beside.count('<img src="screenshots/users-') == 2
        assert beside.index("users-1440") < beside.index("users-390")
        data = f"data:image/webp;base64,{base64.b64encode(b'webp').decode()}"
        for path in ("screenshots/users-1440.webp", "screenshots/users-390.webp"):
            assert written[f".stackwright/{path}"] == b"webp"
            beside = beside.replace(path, data)
        assert alone == beside, "by itself the report has its pictures inside"
        listed = json.loads(written[".stackwright/quality-report.json"])["evidence"]
        assert [each["path"] for each in listed] == ["screenshots/users-1440.webp", "screenshots/users-390.webp"]
        for part, path in {
            "PART_OPENAPI": "contracts/openapi.yaml",
            "PART_CONTRACTS": "contracts/contract.json",
        }.items():
            assert (await download(of, run.run_id, part))[1] == written[path]
    check_validators(validators)


def check_project(written: dict[str, bytes], run: generation.Run) -> None:
    manifest = json.loads(written[".stackwright/manifest.json"])
    assert manifest["contract"]["revision"] == run.contract_revision
    assert set(manifest["files"]) == set(written) - {".stackwright/manifest.json"}
    for path, told in manifest["files"].items():
        assert told["sha256"] == hashlib.sha256(written[path]).hexdigest(), path
    assert Contract.FromString(written[".stackwright/contract.binpb"]).revision == run.contract_revision
    compose = yaml.safe_load(written["docker-compose.yml"])
    assert list(compose["services"]) == ["postgres", "redis", "backend", "frontend"]
    assert yaml.safe_load(written["contracts/openapi.yaml"])["openapi"] == "3.1.0"
    assert list(yaml.safe_load(written[".github/workflows/ci.yml"])["jobs"]) == ["backend", "database", "frontend"]
    assert b"POSTGRES_PASSWORD=\n" in written[".env.example"], "a secret has no default"
    readme = written["README.md"].decode()
    for said in (
        "# Toy App",
        "npm install",
        "real_time_chat",
        "known, but not built yet",
        "no such feature is known",
        "teleport",
    ):
        assert said in readme
    assert RESULTS_BEGIN in readme
    assert f"Overall {run.result.report.overall:.1f} of 10" in readme
    assert "`users`" in written["docs/DATABASE.md"].decode()
    assert "/api/users" in written["docs/API.md"].decode()
    stages = [path.rsplit("/", 1)[1] for path in sorted(written) if path.startswith("docs/generation-history/")]
    assert stages == [
        "01-plan.md",
        "02-contract.md",
        "03-backend.md",
        "04-database.md",
        "05-frontend.md",
        "06-validation.md",
    ]
    report = written[".stackwright/quality-report.html"].decode()
    assert "http" not in re.sub(r"https?://www\.w3\.org\S*", "", report), "the page needs nothing else"
    assert set(run.result.documentation_updated) >= {"README.md", "docs/API.md", "docs/SECURITY.md"}


def check_validators(validators: list[ToyValidator]) -> None:
    seen = {toy.name: toy.seen[0] for toy in validators}
    start, trees = seen["javascript"]
    assert set(trees) == {file_pb2.TREE_DELIVERED}
    assert all(path.endswith(".ts") for path in trees[file_pb2.TREE_DELIVERED])
    assert not start.scenarios
    start, trees = seen["runtime"]
    assert set(trees) == {file_pb2.TREE_DELIVERED, file_pb2.TREE_PROBE, file_pb2.TREE_BEHAVIOUR}
    assert trees[file_pb2.TREE_BEHAVIOUR] == ["identity/authentication/behaviour/test_it.py"]
    assert [scenario.name for scenario in start.scenarios] == ["sign in"]
    assert "Sample" in {model.name for model in start.probe_contract.models}
    assert "Sample" not in {model.name for model in start.contract.models}
    assert [command.name for command in start.commands] == ["install"] * 3


async def test_the_same_request_twice_is_the_same_bytes(tmp_path: Path) -> None:
    async with suite(tmp_path) as of:
        folders = []
        for _ in range(2):
            run = await of.finished((await of.start(a_spec())).run_id)
            folders.append(Path(run.result.output_path))
    trees = []
    for folder in folders:
        tree = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        tree = {k: v for k, v in tree.items() if not k.startswith((".stackwright/", "docs/generation-history/"))}
        block = f"{RESULTS_BEGIN}.*{RESULTS_END}".encode()
        trees.append(tree | {"README.md": re.sub(block, b"", tree["README.md"], flags=re.DOTALL)})
    assert trees[0] == trees[1]


async def test_a_request_id_stands_for_one_run(tmp_path: Path) -> None:
    async with suite(tmp_path) as of:
        request = generation.StartGenerationRequest(request_id="n8n-7", spec=a_spec(proof=NONE))
        answers = await asyncio.gather(*(of.stub.StartGeneration(request) for _ in range(5)))
        assert len({answer.run.run_id for answer in answers}) == 1
        assert sum(not answer.repeated_request for answer in answers) == 1
        run = await of.finished(answers[0].run.run_id)
        again = await of.stub.StartGeneration(request)
        assert again.repeated_request
        assert again.run.result.files_written == run.result.files_written
        request.spec.project_name = "Other"
        error = await refused(of.stub.StartGeneration(request))
        assert type(error) is AlreadyExistsError
        assert (error.reason, error.violations[0].field) == ("REQUEST_ID_REUSED", "request_id")


async def test_a_handler_that_fails_ends_in_a_fallback(tmp_path: Path) -> None:
    backend = ToyHandler("backend", "node.js", fails=True)
    async with suite(tmp_path, ToyRegistry(), backend, *toy_handlers()[1:]) as of:
        run = await of.finished((await of.start(a_spec(proof=NONE))).run_id)
        assert run.state == generation.RUN_STATE_FAILED
        assert (run.failure.reason, run.failure.phase) == ("handler_failed", generation.PHASE_GENERATE)
        assert "the blueprint is broken" in run.failure.message
        assert run.result.fallback.level == "human_intervention_required"
        assert list(run.result.fallback.completed_components) == ["database", "frontend"]
        assert run.result.fallback.recovery_instructions
        assert (await history(of, run.run_id))[-3:] == ["FrontendGenerationCompleted", "FallbackApplied", "RunFailed"]
        assert list(tmp_path.iterdir()) == []
        error = await refused(download(of, run.run_id, "PART_ARCHIVE"))
        assert (type(error), error.reason) == (FailedPreconditionError, "ARTIFACT_NOT_MADE")


async def test_validators_that_break_or_are_absent_prove_nothing(tmp_path: Path) -> None:
    javascript, security, *_ = toy_validators()
    security.breaks = True
    async with suite(tmp_path, ToyRegistry(), *toy_handlers(), javascript, security) as of:
        run = await of.finished((await of.start(a_spec(proof=STATIC))).run_id)
    assert run.state == generation.RUN_STATE_SUCCEEDED
    states = {check.name: check.state for check in run.result.report.checks}
    assert states["validator.security"] == states["validator.sql"] == measurement_pb2.CHECK_STATE_UNVERIFIED
    assert "validator.runtime" not in states, "static proof does not ask for it"
    unverified = {gate.gate for gate in run.result.report.gates if gate.unverified}
    assert len(unverified) == 5


async def test_cancelling_stops_a_run(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers(pause=20)) as of:
        run = await of.start(a_spec(proof=NONE))
        async for found in of.stub.WatchRun(generation.WatchRunRequest(run_id=run.run_id), timeout=20):
            if found.event.event.Is(events.BackendGenerationProgress.DESCRIPTOR):
                break
        await of.stub.CancelRun(generation.CancelRunRequest(request_id="c", run_id=run.run_id))
        run = await asyncio.wait_for(of.finished(run.run_id), 10)
        assert run.state == generation.RUN_STATE_CANCELLED
        assert (await history(of, run.run_id))[-1] == "RunCancelled"
        again = await of.stub.CancelRun(generation.CancelRunRequest(request_id="c", run_id=run.run_id))
        assert again.run.state == generation.RUN_STATE_CANCELLED
        assert list(tmp_path.iterdir()) == []


async def test_a_busy_machine_takes_no_run_from_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Heartbeats that come late bring the item back to the same worker, oftener than a run may be given up."""
    stopped = 0

    def stall(point: str) -> None:
        nonlocal stopped
        if point.startswith("before:event.") and stopped < 4:
            stopped += 1
            time.sleep(0.9)  # the whole loop, as a machine without a free processor does

    async with nats_server() as server, serving_toys(server, ToyRegistry(), *toy_handlers(pause=0.3)):
        settings = orchestrator_settings(server, tmp_path, lease_seconds=0.4, max_deliveries=3)
        service = Service("orchestrator", "1", open=functools.partial(opened, hook=stall))
        async with running(service, settings) as started, channel(started.address, settings) as to:
            of = Suite(server, GenerationServiceStub(to), tmp_path, settings)
            run = await of.finished((await of.start(a_spec(proof=NONE))).run_id)
            assert run.state == generation.RUN_STATE_SUCCEEDED, run.failure
            assert stopped == 4
            assert "was offered again while it is worked on" in caplog.text
            assert "is another worker's now" not in caplog.text
            told = await history(of, run.run_id)
            assert len(told) == len(set(told))


async def test_watching_goes_on_after_any_sequence(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        run = await of.finished((await of.start(a_spec(proof=NONE))).run_id)
        request = generation.WatchRunRequest(run_id=run.run_id)
        whole = [found.event.sequence async for found in of.stub.WatchRun(request, timeout=20)]
        assert whole == sorted(set(whole))
        request.after_sequence = whole[3]
        assert [found.event.sequence async for found in of.stub.WatchRun(request, timeout=20)] == whole[4:]
        request.after_sequence = whole[-1]
        assert [found async for found in of.stub.WatchRun(request, timeout=20)] == []
        page = await of.stub.GetEventHistory(generation.GetEventHistoryRequest(run_id=run.run_id, page_size=3))
        assert [found.sequence for found in page.events] == whole[:3]
        assert page.next_sequence == whole[2]
        only = generation.GetEventHistoryRequest(run_id=run.run_id, types=["stackwright.events.v1.RunCompleted"])
        assert len((await of.stub.GetEventHistory(only)).events) == 1
        wrong = generation.GetEventHistoryRequest(run_id=run.run_id, types=["stackwright.events.v1.Nonsense"])
        assert (await refused(of.stub.GetEventHistory(wrong))).violations[0].field == "types"


async def test_runs_are_listed_newest_first_by_page(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        started = []
        for number in range(5):
            run = await of.start(changed(project_name=f"App {number}"))
            started.append((await of.finished(run.run_id)).run_id)
        seen, token = [], ""
        for size in (2, 2, 1):
            page = await of.stub.ListRuns(generation.ListRunsRequest(page_size=2, page_token=token))
            assert len(page.runs) == size
            assert not any(run.HasField("result") for run in page.runs)
            seen += [run.run_id for run in page.runs]
            token = page.next_page_token
        assert token == ""
        assert seen == started[::-1]
        error = await refused(of.stub.ListRuns(generation.ListRunsRequest(page_token="%%%")))
        assert error.violations[0].field == "page_token"
        assert type(await refused(of.stub.GetRun(generation.GetRunRequest(run_id="none")))) is NotFoundError
