"""The worker: takes runs from the queue, sees each to its end, and hands on what it cannot finish."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from google.protobuf.message import Message

from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.bus import HandlerEventBus, Lease, WorkQueue
from stackwright_kit.errors import CancelledError, NotFoundError, StackwrightError, UnavailableError
from stackwright_kit.logs import correlation
from stackwright_kit.tasks import end
from stackwright_orchestrator.discovery import Directory
from stackwright_orchestrator.fallback import FailureInfo, ProgressiveFallback
from stackwright_orchestrator.generation import HandlerError
from stackwright_orchestrator.pipeline import Pipeline
from stackwright_orchestrator.planning import Planner
from stackwright_orchestrator.records import Failure
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.session import FencedError, Hook, RunSession
from stackwright_orchestrator.settings import OrchestratorSettings

_log = logging.getLogger("stackwright.worker")
_CANCEL_POLL = 0.5
_COMPONENTS = {
    generation.PHASE_RESOLVE: "registry",
    generation.PHASE_ESTABLISH: "contract",
    generation.PHASE_GENERATE: "handlers",
    generation.PHASE_VALIDATE: "validation",
    generation.PHASE_REFINE: "refinement",
    generation.PHASE_ASSEMBLE: "documents and files",
}


class Worker:
    """Works on up to `parallel_runs` runs at a time."""

    def __init__(
        self,
        store: RunStore,
        log: HandlerEventBus,
        runs: WorkQueue,
        callbacks: WorkQueue,
        directory: Directory,
        planner: Planner,
        settings: OrchestratorSettings,
        hook: Hook,
    ) -> None:
        self._store, self._log, self._runs, self._callbacks = store, log, runs, callbacks
        self._directory, self._planner, self._settings, self._hook = directory, planner, settings, hook
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand: dict[str, Lease] = {}

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work while the block runs; then give back what is in hand, for another to take up."""
        loops = [asyncio.create_task(self._take()), asyncio.create_task(self._runs.bury(self._given_up))]
        try:
            yield
        finally:
            await end(loops)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self) -> None:
        slots = asyncio.Semaphore(self._settings.parallel_runs)
        leases = self._runs.take()
        while True:
            # A slot first: an item that is fetched and waits here would only lose its lease.
            await slots.acquire()
            lease = await anext(leases)
            task = asyncio.create_task(self._hold(lease))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            task.add_done_callback(lambda _: slots.release())

    async def _hold(self, lease: Lease) -> None:
        run_id = lease.payload.decode()
        if run_id in self._in_hand:
            # A busy machine, not a dead worker: taking the run from ourselves would only begin its work again.
            _log.warning(f"run {run_id} was offered again while it is worked on; a heartbeat came late")
            await self._in_hand[run_id].adopt(lease)
            return
        self._in_hand[run_id] = lease
        try:
            await self._work_under(lease, run_id)
        finally:
            del self._in_hand[run_id]

    async def _work_under(self, lease: Lease, run_id: str) -> None:
        try:
            async with self._runs.holding(lease):
                await self._see_through(run_id)
        except FencedError:
            _log.warning(f"run {run_id} is another worker's now")
        except NotFoundError:
            _log.warning(f"run {run_id} is kept no longer")
            await lease.done()
        except asyncio.CancelledError:
            await lease.give_back(0)
            raise
        except UnavailableError as error:
            _log.warning(f"run {run_id} waits: {error.message}")
            await lease.give_back(2)
        except Exception:
            _log.exception(f"run {run_id} stopped; it will be taken up again")
            await lease.give_back(1)
        else:
            await lease.done()

    async def _see_through(self, run_id: str) -> None:
        session = await RunSession.take(self._store, self._log, run_id, self._hook)
        correlation.set(session.record.correlation)
        spec = await self._store.spec(session.record)
        if not session.record.finished:
            await self._work(session, spec)
        await self._tell(session, spec)

    async def _work(self, session: RunSession, spec: generation.GenerationSpec) -> None:
        pipeline = Pipeline(session, spec, self._store, self._directory, self._planner, self._settings)
        working = asyncio.create_task(self._outcome(session, pipeline))
        watching = asyncio.create_task(self._cancelled(session))
        try:
            await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                working.cancel()
                with suppress(asyncio.CancelledError):
                    await working
                await watching  # raises if the run is another's now
                if not session.record.finished:
                    await self._finish(session, generation.RUN_STATE_CANCELLED)
            else:
                await working
        finally:
            working.cancel()
            await end([watching])
            await asyncio.gather(working, return_exceptions=True)

    async def _outcome(self, session: RunSession, pipeline: Pipeline) -> None:
        if session.record.failure is not None:  # decided by a worker before us
            await self._fall_back(session, FailureInfo(session.record.failure.phase, "", "", ""))
            return
        try:
            result = await pipeline.run()
        except CancelledError:
            await self._finish(session, generation.RUN_STATE_CANCELLED)
        except HandlerError as error:
            info = FailureInfo(generation.PHASE_GENERATE, error.role, "handler_failed", error.message)
            await self._fall_back(session, info)
        except StackwrightError as error:
            phase = generation.Phase.Name(session.record.phase).removeprefix("PHASE_").lower()
            if isinstance(error, UnavailableError) and error.reason == "BUS_UNAVAILABLE":
                raise
            component = _COMPONENTS.get(session.record.phase, phase)  # type: ignore[call-overload]  # a number of the enum
            reason = "contract_invalid" if component == "contract" else error.reason.lower()
            await self._fall_back(session, FailureInfo(session.record.phase, component, reason, error.message))
        except FencedError:
            raise
        except Exception:
            _log.exception(f"run {session.record.run_id} failed")
            info = FailureInfo(
                session.record.phase, "orchestrator", "internal", "the generator failed; its log has the cause"
            )
            await self._fall_back(session, info)
        else:
            await self._finish(session, generation.RUN_STATE_SUCCEEDED, result)

    async def _fall_back(self, session: RunSession, info: FailureInfo) -> None:
        record = session.record
        if record.failure is None:
            failure = Failure(reason=info.reason, message=info.message, phase=info.phase)
            await session.write("failure", failure=failure, phase=generation.PHASE_FALLBACK)
        kept = session.record.failure
        assert kept is not None  # noqa: S101 -- written above
        component = info.component or _COMPONENTS.get(kept.phase, "orchestrator")  # type: ignore[call-overload]  # a number of the enum
        completed = [name.removeprefix("generate.") for name in record.steps if name.startswith("generate.")]
        decided = ProgressiveFallback().decide(
            FailureInfo(kept.phase, component, kept.reason, kept.message), sorted(completed)
        )
        await session.emit("fallback_applied", events.FallbackApplied(level=decided.level, reason=kept.message))
        result = generation.RunResult(success=False, fallback=decided.outcome)
        await self._finish(session, generation.RUN_STATE_FAILED, result)

    async def _finish(self, session: RunSession, state: int, result: generation.RunResult | None = None) -> None:
        record, digest = session.record, ""
        if result is not None:
            digest = await self._store.artifacts.put(record.run_id, result.SerializeToString(deterministic=True))
            session.result = result
        phase = generation.PHASE_DONE if state == generation.RUN_STATE_SUCCEEDED else record.phase
        await session.write("finished", state=state, phase=phase, result_digest=digest, finished_at=time.time())

    async def _tell(self, session: RunSession, spec: generation.GenerationSpec) -> None:
        """Say that it is finished: in the log, and to who asked to be called back. Repeats nothing."""
        record = session.record
        await session.emit("finished", await self._last_event(session))
        if spec.options.callback_url and not record.callback_queued:
            await self._callbacks.put(record.run_id.encode(), item_id=f"callback/{record.run_id}")
            await session.write("callback", state=record.state, callback_queued=True)

    async def _last_event(self, session: RunSession) -> Message:
        record = session.record
        if record.state == generation.RUN_STATE_CANCELLED:
            return events.RunCancelled()
        result = session.result or await self._store.result(record) or generation.RunResult()
        if record.state == generation.RUN_STATE_SUCCEEDED:
            overall = result.report.overall
            return events.RunCompleted(overall=overall, files=result.files_written, output_path=result.output_path)
        failure = record.failure or Failure(reason="internal", message="", phase=0)
        return events.RunFailed(reason=failure.reason, message=failure.message)

    async def _cancelled(self, session: RunSession) -> None:
        """Return once somebody asked to cancel the run."""
        while True:
            await asyncio.sleep(_CANCEL_POLL)
            entry = await self._store.get(session.record.run_id)
            if entry.value.owner != session.record.owner:
                raise FencedError(session.record.run_id)
            if entry.value.cancel_requested and not entry.value.finished:
                return

    async def _given_up(self, payload: bytes) -> None:
        """End a run that no worker could finish."""
        run_id = payload.decode()
        if run_id in self._in_hand:
            raise UnavailableError(f"run {run_id} is late, but worked on", reason="RUN_IN_HAND")
        with suppress(NotFoundError, FencedError):
            session = await RunSession.take(self._store, self._log, run_id, self._hook)
            if not session.record.finished:
                said = f"the run was taken up {self._settings.max_deliveries} times and never finished"
                info = FailureInfo(session.record.phase, "orchestrator", "given_up", said)
                await self._fall_back(session, info)
            await self._tell(session, await self._store.spec(session.record))
