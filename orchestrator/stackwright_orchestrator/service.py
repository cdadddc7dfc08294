"""The API of the orchestrator: GenerationService over the store, the queue and the log."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import TypeAlias

import grpc
from google.protobuf.message import Message
from typing_extensions import override

from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1 import service_pb2_grpc
from stackwright_kit.bus import HandlerEventBus, WorkQueue, services_bucket
from stackwright_kit.errors import FailedPreconditionError, invalid_field
from stackwright_kit.files import CHUNK_BYTES
from stackwright_kit.logs import correlation
from stackwright_kit.server import Runtime
from stackwright_orchestrator.callback import Callbacks, check_url
from stackwright_orchestrator.discovery import Directory
from stackwright_orchestrator.planning import Planner, normalised
from stackwright_orchestrator.records import RequestRecord, RunRecord, to_proto
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.session import Hook, hook_of
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.watching import LOGGED, Watching
from stackwright_orchestrator.worker import Worker
from stackwright_orchestrator.writer import slug_of

_PAGE = 50
_DAY = 86_400.0
_CALLBACK_LEASE = 60.0
_Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"
_PARTS = {
    generation.DownloadArtifactRequest.PART_UNSPECIFIED: "archive",
    generation.DownloadArtifactRequest.PART_ARCHIVE: "archive",
    generation.DownloadArtifactRequest.PART_REPORT_JSON: "report_json",
    generation.DownloadArtifactRequest.PART_REPORT_HTML: "report_html",
    generation.DownloadArtifactRequest.PART_OPENAPI: "openapi",
    generation.DownloadArtifactRequest.PART_CONTRACTS: "contracts",
}


class GenerationServicer(service_pb2_grpc.GenerationServiceServicer):
    """Starts runs and tells of them; the worker does them."""

    def __init__(
        self,
        store: RunStore,
        log: HandlerEventBus,
        queue: WorkQueue,
        directory: Directory,
        planner: Planner,
        settings: OrchestratorSettings,
    ) -> None:
        self._store, self._queue = store, queue
        self._watching = Watching(store, log)
        self._directory, self._planner, self._settings = directory, planner, settings

    @override
    async def PlanGeneration(
        self, request: generation.PlanGenerationRequest, context: _Context
    ) -> generation.PlanGenerationResponse:
        """What a run would do."""
        return await self._planner.plan(normalised(request.spec))

    @override
    async def StartGeneration(
        self, request: generation.StartGenerationRequest, context: _Context
    ) -> generation.StartGenerationResponse:
        """Queue a run, or return the one that this request id started before."""
        spec = normalised(request.spec)
        known = await self._store.known(request.request_id, spec)
        if known is None:
            check_url(spec.options.callback_url, private=self._settings.callback_private)
            await self._planner.admit(spec, request.request_id[:80])
        claimed, repeated = await self._store.claim_request(request.request_id, spec)
        record = await self._ensure(claimed, request.request_id, spec)
        run = to_proto(record)
        run.spec.CopyFrom(spec)
        if result := await self._store.result(record):
            run.result.CopyFrom(result)
        return generation.StartGenerationResponse(run=run, repeated_request=repeated)

    async def _ensure(self, claimed: RequestRecord, request_id: str, spec: generation.GenerationSpec) -> RunRecord:
        """The run of a claimed request; made and queued unless it is there, wherever an earlier attempt ended."""
        entry = await self._store.runs.get(claimed.run_id)
        if entry is None:
            record = RunRecord(
                run_id=claimed.run_id,
                request_id=request_id,
                correlation=correlation.get(),
                project_name=spec.project_name,
                slug=slug_of(spec.project_name),
                spec_digest=claimed.spec_digest,
                proof=spec.options.proof,
                created_at=claimed.created_at,
                updated_at=time.time(),
            )
            record = await self._store.create(record, spec)
        else:
            record = entry.value
        if record.state == generation.RUN_STATE_QUEUED:
            # Queued once: the queue knows the id of an item for two minutes, and a second item finds the run held.
            await self._queue.put(claimed.run_id.encode(), item_id=claimed.run_id)
        return record

    @override
    async def GetRun(self, request: generation.GetRunRequest, context: _Context) -> generation.GetRunResponse:
        """A run with its specification and, when it is finished, its result."""
        return generation.GetRunResponse(run=await self._whole((await self._store.get(request.run_id)).value))

    async def _whole(self, record: RunRecord) -> generation.Run:
        run = to_proto(record)
        run.spec.CopyFrom(await self._store.spec(record))
        result = await self._store.result(record)
        if result is not None:
            run.result.CopyFrom(result)
        return run

    @override
    async def ListRuns(self, request: generation.ListRunsRequest, context: _Context) -> generation.ListRunsResponse:
        """Runs, newest first, by page."""
        before = _decode_token(request.page_token)
        records, further = await self._store.page(request.page_size or _PAGE, before)
        runs = []
        for record in records:
            run = to_proto(record)
            run.spec.project_name = record.project_name
            runs.append(run)
        token = base64.urlsafe_b64encode(further.encode()).decode() if further else ""
        return generation.ListRunsResponse(runs=runs, next_page_token=token)

    @override
    async def WatchRun(
        self, request: generation.WatchRunRequest, context: _Context
    ) -> AsyncIterator[generation.WatchRunResponse]:
        """Events of a run, until it is finished."""
        async with aclosing(self._watching.watch(request)) as arriving:
            async for found in arriving:
                yield found

    @override
    async def CancelRun(self, request: generation.CancelRunRequest, context: _Context) -> generation.CancelRunResponse:
        """Ask a run to stop; its events and its state say when it has."""
        return generation.CancelRunResponse(run=await self._whole(await self._store.request_cancel(request.run_id)))

    @override
    async def DownloadArtifact(
        self, request: generation.DownloadArtifactRequest, context: _Context
    ) -> AsyncIterator[generation.DownloadArtifactResponse]:
        """What a run made, in chunks."""
        record = (await self._store.get(request.run_id)).value
        part = _PARTS[request.part]
        if part not in record.artifacts:
            raise FailedPreconditionError(f"run {record.run_id} has not made this yet", reason="ARTIFACT_NOT_MADE")
        found = record.artifacts[part]
        data = await self._store.artifacts.get(record.run_id, found.digest)
        info = generation.ArtifactInfo(
            file_name=found.file_name, media_type=found.media_type, size=found.size, sha256=found.digest
        )
        yield generation.DownloadArtifactResponse(info=info)
        for start in range(0, len(data), CHUNK_BYTES):
            yield generation.DownloadArtifactResponse(chunk=data[start : start + CHUNK_BYTES])

    @override
    async def GetEventHistory(
        self, request: generation.GetEventHistoryRequest, context: _Context
    ) -> generation.GetEventHistoryResponse:
        """Logged events of a run, by page."""
        return await self._watching.history(request)

    @override
    async def ListServices(
        self, request: generation.ListServicesRequest, context: _Context
    ) -> generation.ListServicesResponse:
        """Handlers and validators that are announced now."""
        services = []
        for found in await self._directory.announcements():
            info = generation.ServiceInfo(instance_id=found.instance_id, address=found.address)
            if found.HasField("handler"):
                info.handler.CopyFrom(found.handler)
                info.version = found.handler.version
            elif found.HasField("validator"):
                info.validator, info.version = found.validator.name, found.validator.version
            else:
                continue
            services.append(info)
        return generation.ListServicesResponse(services=services)


def _decode_token(token: str) -> str:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise invalid_field("page_token", "must be a token of an earlier page") from None


@asynccontextmanager
async def opened(runtime: Runtime, hook: Hook | None = None) -> AsyncIterator[Sequence[object]]:
    """Everything of the orchestrator on a bus: its store, its worker, its callbacks, and the servicer."""
    bus, settings = runtime.need_bus(), runtime.settings
    if not isinstance(settings, OrchestratorSettings):
        raise TypeError("the orchestrator needs OrchestratorSettings")
    hook = hook or hook_of(settings)
    age = settings.retention_days * _DAY
    log = HandlerEventBus(bus)
    await log.provision(LOGGED, age)
    store = await RunStore.open(bus)
    runs = await WorkQueue.open(
        bus, "runs", lease=settings.lease_seconds, max_deliveries=settings.max_deliveries, max_age=age
    )
    callbacks = await WorkQueue.open(
        bus, "callbacks", lease=_CALLBACK_LEASE, max_deliveries=settings.callback_attempts, max_age=age
    )
    directory = Directory(await services_bucket(bus), settings)
    planner = Planner(directory, store, settings)
    worker = Worker(store, log, runs, callbacks, directory, planner, settings, hook)
    try:
        async with worker.working(), Callbacks(store, callbacks, settings).delivering():
            yield [GenerationServicer(store, log, runs, directory, planner, settings)]
    finally:
        await directory.close()
