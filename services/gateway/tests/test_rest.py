# ruff: noqa: N802  # methods are named as in the protos
"""The REST contract against a real HTTP server and a real gRPC server with a small orchestrator behind it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import httpx
import pytest
import pytest_asyncio
from google.protobuf import json_format
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.timestamp_pb2 import Timestamp
from pydantic import SecretStr

from stackwright.code.v1.measurement_pb2 import ProofLevel
from stackwright.code.v1.report_pb2 import QualityReport
from stackwright.events.v1.events_pb2 import EventMeta, GenerationStarted, RunCompleted
from stackwright.generation.v1 import request_response_pb2 as messages
from stackwright.generation.v1.service_pb2_grpc import GenerationServiceServicer
from stackwright.registry.v1.request_response_pb2 import FeatureSummary, ListFeaturesRequest, ListFeaturesResponse
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceServicer
from stackwright_gateway.server import running as gateway
from stackwright_gateway.settings import GatewaySettings
from stackwright_kit.errors import AlreadyExistsError, NotFoundError, invalid_field
from stackwright_kit.server import Service, running
from stackwright_kit.settings import Settings

EXAMPLE = json.loads((Path(__file__).parents[3] / "examples" / "seven-features.json").read_text())
EXAMPLE["project_name"] = "Enterprise App"
CONTRACTS = {
    "authentication": {"endpoints": [{"method": "POST", "path": "/api/login"}], "models": {"User": {"id": "uuid"}}}
}


@dataclass
class Orchestrator(GenerationServiceServicer):  # type: ignore[misc]  # the generated base has no types of its own
    """Runs that end when they are told to."""

    runs: dict[str, messages.Run] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    finish: asyncio.Event = field(default_factory=asyncio.Event)

    async def StartGeneration(
        self, request: messages.StartGenerationRequest, context: grpc.aio.ServicerContext
    ) -> messages.StartGenerationResponse:
        if request.spec.stack.backend.name not in {"Node.js"}:
            raise invalid_field("spec.stack.backend.name", "must be one of Node.js (got COBOL)")
        known = self.requests.get(request.request_id)
        if known and self.runs[known].spec != request.spec:
            raise AlreadyExistsError("this request_id belongs to another request")
        run_id = known or f"run-{len(self.runs) + 1}"
        if not known:
            self.requests[request.request_id] = run_id
            run = messages.Run(
                run_id=run_id, state=messages.RUN_STATE_RUNNING, spec=request.spec, slug="enterprise-app"
            )
            run.created_at.CopyFrom(Timestamp(seconds=1_800_000_000))
            self.runs[run_id] = run
        return messages.StartGenerationResponse(run=self.runs[run_id], repeated_request=bool(known))

    async def GetRun(
        self, request: messages.GetRunRequest, context: grpc.aio.ServicerContext
    ) -> messages.GetRunResponse:
        if request.run_id not in self.runs:
            raise NotFoundError(f"there is no run {request.run_id}")
        return messages.GetRunResponse(run=self.runs[request.run_id])

    async def WatchRun(
        self, request: messages.WatchRunRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[messages.WatchRunResponse]:
        meta = EventMeta(run_id=request.run_id)
        events = [
            GenerationStarted(meta=meta, project_name="x", features=["authentication"]),
            RunCompleted(meta=meta, overall=8.7),
        ]
        for sequence, event in enumerate(events, 1):
            if isinstance(event, RunCompleted):
                await self.finish.wait()
                self.complete(request.run_id)
            if sequence > request.after_sequence:
                packed = AnyMessage()
                packed.Pack(event)
                yield messages.WatchRunResponse(event=messages.RunEvent(sequence=sequence, event=packed))

    def complete(self, run_id: str) -> None:
        run = self.runs[run_id]
        run.state = messages.RUN_STATE_SUCCEEDED
        report = QualityReport(overall=8.74, potential=9.1, proof=ProofLevel.PROOF_LEVEL_RUN)
        result = messages.RunResult(
            success=True,
            features_implemented=["authentication"],
            features_not_implemented=[messages.FeatureNotImplemented(name="chatt", reason="unknown", nearest="chat")],
            output_path="/out/enterprise-app/run-1",
            files_written=120,
            report=report,
            documentation_updated=["README.md"],
            premium_features=["Quality Score: 8.7/10"],
        )
        json_format.ParseDict(CONTRACTS, result.contracts_established)
        run.result.CopyFrom(result)

    async def CancelRun(
        self, request: messages.CancelRunRequest, context: grpc.aio.ServicerContext
    ) -> messages.CancelRunResponse:
        run = self.runs[request.run_id]
        run.state = messages.RUN_STATE_CANCELLED
        return messages.CancelRunResponse(run=run)

    async def ListRuns(
        self, request: messages.ListRunsRequest, context: grpc.aio.ServicerContext
    ) -> messages.ListRunsResponse:
        return messages.ListRunsResponse(runs=list(self.runs.values())[: request.page_size])

    async def DownloadArtifact(
        self, request: messages.DownloadArtifactRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[messages.DownloadArtifactResponse]:
        if request.run_id not in self.runs:
            raise NotFoundError(f"there is no run {request.run_id}")
        info = messages.ArtifactInfo(file_name="enterprise-app.zip", media_type="application/zip", size=6, sha256="ab")
        yield messages.DownloadArtifactResponse(info=info)
        yield messages.DownloadArtifactResponse(chunk=b"PK\x03")
        yield messages.DownloadArtifactResponse(chunk=b"\x04zz")

    async def ListServices(
        self, request: messages.ListServicesRequest, context: grpc.aio.ServicerContext
    ) -> messages.ListServicesResponse:
        return messages.ListServicesResponse()

    async def PlanGeneration(
        self, request: messages.PlanGenerationRequest, context: grpc.aio.ServicerContext
    ) -> messages.PlanGenerationResponse:
        return messages.PlanGenerationResponse()

    async def GetEventHistory(
        self, request: messages.GetEventHistoryRequest, context: grpc.aio.ServicerContext
    ) -> messages.GetEventHistoryResponse:
        return messages.GetEventHistoryResponse()


class Registry(RegistryServiceServicer):  # type: ignore[misc]  # see above
    """One feature in two pages' time."""

    async def ListFeatures(
        self, request: ListFeaturesRequest, context: grpc.aio.ServicerContext
    ) -> ListFeaturesResponse:
        if not request.page_token:
            return ListFeaturesResponse(
                features=[FeatureSummary(key="authentication", built=True)], next_page_token="2"
            )
        return ListFeaturesResponse(features=[FeatureSummary(key="real_time_chat")])


Registry.__abstractmethods__ = frozenset()


@dataclass
class Stand:
    client: httpx.AsyncClient
    orchestrator: Orchestrator


@pytest_asyncio.fixture
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    orchestrator = Orchestrator()
    service = Service("orchestrator", "1", [orchestrator, Registry()])
    changes: dict[str, object] = getattr(request, "param", {})
    async with running(service, Settings.model_construct(drain_seconds=0.1)) as behind:
        address_of = {"port": 0, "orchestrator": behind.address, "registry": behind.address}
        settings = GatewaySettings.model_validate({**address_of, **changes})
        async with gateway(settings) as address, httpx.AsyncClient(base_url=address, timeout=10) as client:
            yield Stand(client, orchestrator)


async def test_a_run_is_waited_for_and_answered_field_by_field(stand: Stand) -> None:
    stand.orchestrator.finish.set()
    answer = await stand.client.post("/api/v1/generate", json={**EXAMPLE, "selector": "v3"})
    assert answer.status_code == 200
    assert answer.json() == {
        "success": True,
        "project_name": "Enterprise App",
        "features_implemented": ["authentication"],
        "output_path": "/out/enterprise-app/run-1",
        "files_written": 120,
        "quality_score": 8.7,
        "contracts_established": CONTRACTS,
        "documentation_updated": ["README.md"],
        "premium_features": ["Quality Score: 8.7/10"],
        "features_not_implemented": [{"name": "chatt", "reason": "unknown", "nearest": "chat"}],
        "proof": "run",
        "quality_potential": 9.1,
        "warnings": ["selector is not used by any part of Stackwright."],
        "run_id": "run-1",
        "artifact_url": "/api/v1/runs/run-1/artifact",
        "done": True,
    }


async def test_a_client_that_prefers_not_to_wait_polls(stand: Stand) -> None:
    answer = await stand.client.post("/api/v1/generate", json=EXAMPLE, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    assert answer.headers["location"] == answer.json()["status_url"] == "/api/v1/runs/run-1"
    assert answer.json()["done"] is False
    before = (await stand.client.get("/api/v1/runs/run-1")).json()
    assert (before["state"], before["done"]) == ("running", False)
    stand.orchestrator.complete("run-1")
    after = (await stand.client.get("/api/v1/runs/run-1")).json()
    assert (after["done"], after["success"], after["files_written"]) == (True, True, 120)


@pytest.mark.parametrize("stand", [{"wait_seconds": 0.3}], indirect=True)
async def test_a_long_wait_ends_with_202(stand: Stand) -> None:
    answer = await stand.client.post("/api/v1/generate", json=EXAMPLE)
    assert answer.status_code == 202


async def test_an_idempotency_key_gives_the_same_run_and_never_another_request(stand: Stand) -> None:
    headers = {"Idempotency-Key": "exec-1-0", "Prefer": "respond-async"}
    first, second = [await stand.client.post("/api/v1/generate", json=EXAMPLE, headers=headers) for _ in range(2)]
    assert first.json()["run_id"] == second.json()["run_id"]
    assert len(stand.orchestrator.runs) == 1
    other = await stand.client.post("/api/v1/generate", json={**EXAMPLE, "project_name": "Other"}, headers=headers)
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "already_exists"


async def test_what_the_orchestrator_refuses_is_told_in_the_clients_words(stand: Stand) -> None:
    body = json.loads(json.dumps(EXAMPLE))
    body["technology_stack"]["technology_recommendations"]["backend"]["framework"] = "COBOL"
    answer = await stand.client.post("/api/v1/generate", json=body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    path = "technology_stack.technology_recommendations.backend.framework"
    assert error["details"] == [{"field": path, "reason": "must be one of Node.js (got COBOL)"}]
    assert error["message"] == f"{path}: must be one of Node.js (got COBOL)."
    assert answer.json()["quality_standard"] == "Ultra-Premium (8.0+/10)"
    assert stand.orchestrator.runs == {}


async def test_a_body_above_the_limit_is_refused(stand: Stand) -> None:
    answer = await stand.client.post("/api/v1/generate", content=b'{"a": "' + b"x" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json()["error"]["details"][0]["field"] == "body"
    assert (await stand.client.get("/health")).status_code == 200


async def test_events_stream_and_resume(stand: Stand) -> None:
    await stand.client.post("/api/v1/generate", json=EXAMPLE, headers={"Prefer": "respond-async"})
    stand.orchestrator.finish.set()
    whole = (await stand.client.get("/api/v1/runs/run-1/events")).text
    assert [line for line in whole.splitlines() if line.startswith(("id:", "event:"))] == [
        "id: 1",
        "event: generation_started",
        "id: 2",
        "event: run_completed",
    ]
    rest = (await stand.client.get("/api/v1/runs/run-1/events", headers={"Last-Event-ID": "1"})).text
    assert "generation_started" not in rest
    assert '"overall": 8.7' in rest


async def test_an_artifact_is_a_named_download(stand: Stand) -> None:
    await stand.client.post("/api/v1/generate", json=EXAMPLE, headers={"Prefer": "respond-async"})
    answer = await stand.client.get("/api/v1/runs/run-1/artifact")
    assert answer.content == b"PK\x03\x04zz"
    assert answer.headers["content-disposition"] == 'attachment; filename="enterprise-app.zip"'
    missing = await stand.client.get("/api/v1/runs/run-9/artifact")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")


async def test_the_catalogue_is_listed_whole(stand: Stand) -> None:
    answer = await stand.client.get("/api/v1/features")
    assert [(item["name"], item["available"]) for item in answer.json()["features"]] == [
        ("authentication", True),
        ("real_time_chat", False),
    ]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/generate", 405),
        ("GET", "/api/v1/runs?page_size=0", 400),
        ("GET", "/api/v1/runs/no-run", 404),
    ],
)
async def test_every_refusal_has_the_one_shape(stand: Stand, method: str, path: str, status: int) -> None:
    answer = await stand.client.request(method, path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "status", "message", "details"}


@pytest.mark.parametrize("stand", [{"token": SecretStr("open sesame")}], indirect=True)
async def test_a_token_guards_all_but_health(stand: Stand) -> None:
    assert (await stand.client.get("/health")).status_code == 200
    assert (await stand.client.get("/api/v1/runs")).status_code == 401
    given = {"Authorization": "Bearer open sesame"}
    assert (await stand.client.get("/api/v1/runs", headers=given)).status_code == 200


def test_an_open_address_needs_a_token() -> None:
    with pytest.raises(ValueError, match="STACKWRIGHT_GATEWAY_TOKEN must be set"):
        GatewaySettings(host="0.0.0.0")


async def test_metrics_count_by_route(stand: Stand) -> None:
    await stand.client.get("/api/v1/features")
    await stand.client.get("/random-address")
    text = (await stand.client.get("/metrics")).text
    assert 'stackwright_gateway_requests_total{method="GET",route="/api/v1/features",status="200"} 1' in text
    assert "random-address" not in text


async def test_the_page_runs_no_foreign_script(stand: Stand) -> None:
    answer = await stand.client.get("/")
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert "<title>Stackwright runs</title>" in answer.text
    described = (await stand.client.get("/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    assert "GenerationDocument" in described["components"]["schemas"]
