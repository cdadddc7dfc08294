"""The API of the orchestrator: GenerationService over the store, the queue and the log."""

from __future__ import annotations

import asyncio
import base64
import binascii
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import grpc
from google.protobuf import any_pb2, symbol_database
from google.protobuf.message import Message
from typing_extensions import override

from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1 import service_pb2_grpc
from stackwright_kit.bus import HandlerEventBus, LoggedEvent, WorkQueue, services_bucket
from stackwright_kit.errors import FailedPreconditionError, invalid_field
from stackwright_kit.files import CHUNK_BYTES
from stackwright_kit.logs import correlation
from stackwright_kit.server import Runtime
from stackwright_orchestrator.callback import Callbacks, check_url
from stackwright_orchestrator.discovery import Directory
from stackwright_orchestrator.planning import Planner, normalised
from stackwright_orchestrator.runs import RequestRecord, RunRecord, RunStore, to_proto
from stackwright_orchestrator.session import Hook, hook_of
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.worker import Worker
from stackwright_orchestrator.writer import slug_of

_PAGE, _EVENTS_PAGE = 50, 500
_POLL_SECONDS = 1.0
_DAY = 86_400.0
_CALLBACK_LEASE = 60.0
_Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"
EVENT_TYPES: dict[str, type[Message]] = {
    descriptor.full_name: symbol_database.Default().GetSymbol(descriptor.full_name)
    for descriptor in events.DESCRIPTOR.message_types_by_name.values()
    if "meta" in descriptor.fields_by_name
}
LOGGED = [kind for name, kind in EVENT_TYPES.items() if not name.endswith("Progress")]
"""Events of the log. Progress is told to who watches, and kept nowhere: its number depends on kills and on speed."""
LIVE = [kind for name, kind in EVENT_TYPES.items() if name.endswith("Progress")]
LAST = (events.RunCompleted, events.RunFailed, events.RunCancelled)
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
        self._store, self._log, self._queue = store, log, queue
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
        """Logged events after a sequence, then what comes, until the run is finished.

        Progress carries the sequence of the logged event before it, so that going on after any sequence loses nothing.
        """
        await self._store.get(request.run_id)
        after = request.after_sequence
        async with self._log.subscribe(*LOGGED, *LIVE, run_id=request.run_id) as arriving:
            waiting = asyncio.ensure_future(anext(arriving))
            try:
                while True:
                    found = await self._log.get_event_history(request.run_id, after=after)
                    for logged in found:
                        after = logged.sequence
                        yield generation.WatchRunResponse(event=_run_event(logged))
                        if isinstance(logged.event, LAST):
                            return
                    if not found and await self._over(request.run_id, after):
                        return
                    # The log is what counts: an event that arrives only wakes us, and so does time.
                    await asyncio.wait({waiting}, timeout=_POLL_SECONDS)
                    while waiting.done():
                        event = waiting.result()
                        waiting = asyncio.ensure_future(anext(arriving))
                        await asyncio.sleep(0)
                        if isinstance(event, tuple(LIVE)):
                            yield generation.WatchRunResponse(event=_run_event(LoggedEvent(after, event)))
            finally:
                waiting.cancel()
                with suppress(asyncio.CancelledError):
                    await waiting

    async def _over(self, run_id: str, after: int) -> bool:
        """Whether a run is finished and its last event lies at or before a sequence."""
        if not (await self._store.get(run_id)).value.finished:
            return False
        last = await self._log.get_event_history(run_id, LAST)
        return bool(last) and last[-1].sequence <= after

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
        unknown = [name for name in request.types if name not in EVENT_TYPES]
        if unknown:
            raise invalid_field("types", f"must be names of events (got {unknown[0]!r})")
        await self._store.get(request.run_id)
        size = request.page_size or _EVENTS_PAGE
        kinds = [EVENT_TYPES[name] for name in request.types]
        found = await self._log.get_event_history(request.run_id, kinds, after=request.after_sequence, limit=size)
        return generation.GetEventHistoryResponse(
            events=[_run_event(logged) for logged in found],
            next_sequence=found[-1].sequence if len(found) == size else 0,
        )

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


def _run_event(logged: LoggedEvent[Message]) -> generation.RunEvent:
    packed = any_pb2.Any()
    packed.Pack(logged.event)
    return generation.RunEvent(sequence=logged.sequence, event=packed)


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
