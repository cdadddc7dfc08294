"""A whole orchestrator in the loop of a test, with toys around it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
import pytest
from orchestrator_toys import ToyHandler, ToyRegistry, ToyValidator, serving_toys, toy_handlers, toy_validators  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import measurement_pb2
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1.service_pb2_grpc import GenerationServiceStub
from stackwright_kit.bus import EmbeddedNats
from stackwright_kit.client import channel
from stackwright_kit.errors import StackwrightError, error_from_rpc
from stackwright_kit.server import running
from stackwright_kit.testing import nats_server, test_settings
from stackwright_orchestrator import SERVICE
from stackwright_orchestrator.settings import OrchestratorSettings

if TYPE_CHECKING:
    from stackwright.generation.v1.service_pb2_grpc import GenerationServiceAsyncStub


@dataclass
class Suite:
    server: EmbeddedNats
    stub: GenerationServiceAsyncStub
    root: Path
    settings: OrchestratorSettings

    async def start(self, spec: generation.GenerationSpec, request_id: str = "") -> generation.Run:
        request = generation.StartGenerationRequest(request_id=request_id or uuid.uuid4().hex, spec=spec)
        return (await self.stub.StartGeneration(request, timeout=30)).run

    async def finished(self, run_id: str) -> generation.Run:
        async for _ in self.stub.WatchRun(generation.WatchRunRequest(run_id=run_id), timeout=60):
            pass
        return (await self.stub.GetRun(generation.GetRunRequest(run_id=run_id))).run


def orchestrator_settings(server: EmbeddedNats, root: Path, **changes: object) -> OrchestratorSettings:
    base = {**test_settings().model_dump(), "nats_url": server.url, "nats_user": "orchestrator"}
    base |= {"nats_password": server.passwords["orchestrator"], "output_root": root, "lease_seconds": 2.0}
    return OrchestratorSettings(**{**base, "service_patience": 5.0, **changes})  # type: ignore[arg-type]


@asynccontextmanager
async def suite(
    root: Path,
    *toys: ToyHandler | ToyValidator | ToyRegistry,
    **changes: object,
) -> AsyncIterator[Suite]:
    toys = toys or (ToyRegistry(), *toy_handlers(), *toy_validators())
    async with nats_server() as server:
        settings = orchestrator_settings(server, root, **changes)
        async with serving_toys(server, *toys), running(SERVICE, settings) as started:
            async with channel(started.address, settings) as to:
                yield Suite(server, GenerationServiceStub(to), root, settings)


def a_spec(
    *features: str, proof: measurement_pb2.ProofLevel = measurement_pb2.PROOF_LEVEL_RUN, name: str = "Toy App"
) -> generation.GenerationSpec:
    spec = generation.GenerationSpec(project_name=name)
    for feature in features or ("authentication", "user_management"):
        spec.requirements.add(name=feature, enabled=True)
    spec.stack.backend.name, spec.stack.backend.language = "Node.js", "JavaScript"
    spec.stack.frontend.name, spec.stack.frontend.language = "React", "JavaScript"
    spec.stack.database.name = "PostgreSQL"
    spec.stack.database.secondary.append("redis")
    spec.options.proof = proof
    return spec


def changed(**changes: object) -> generation.GenerationSpec:
    spec = a_spec(proof=measurement_pb2.PROOF_LEVEL_NONE)
    for path, value in changes.items():
        *parents, last = path.split("__")
        target: object = spec
        for parent in parents:
            target = getattr(target, parent)
        setattr(target, last, value)
    return spec


async def refused(call: Awaitable[object]) -> StackwrightError:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return error_from_rpc(caught.value)


async def history(of: Suite, run_id: str) -> list[str]:
    told = await of.stub.GetEventHistory(generation.GetEventHistoryRequest(run_id=run_id))
    return [found.event.TypeName().rsplit(".", 1)[1] for found in told.events]


async def download(of: Suite, run_id: str, part: str) -> tuple[generation.ArtifactInfo, bytes]:
    request = generation.DownloadArtifactRequest(run_id=run_id, part=part)  # type: ignore[arg-type]  # a name will do
    messages = [message async for message in of.stub.DownloadArtifact(request)]
    assert all(len(message.chunk) <= 256 * 1024 for message in messages)
    return messages[0].info, b"".join(message.chunk for message in messages[1:])
