"""Events of a run: those of the log by page, and all of them as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from google.protobuf import any_pb2, symbol_database
from google.protobuf.message import Message

from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.bus import HandlerEventBus, LoggedEvent
from stackwright_kit.errors import invalid_field
from stackwright_orchestrator.runs import RunStore

_EVENTS_PAGE = 500
_POLL_SECONDS = 1.0
EVENT_TYPES: dict[str, type[Message]] = {
    descriptor.full_name: symbol_database.Default().GetSymbol(descriptor.full_name)
    for descriptor in events.DESCRIPTOR.message_types_by_name.values()
    if "meta" in descriptor.fields_by_name
}
LOGGED = [kind for name, kind in EVENT_TYPES.items() if not name.endswith("Progress")]
"""Events of the log. Progress is told to who watches, and kept nowhere: its number depends on kills and on speed."""
LIVE = [kind for name, kind in EVENT_TYPES.items() if name.endswith("Progress")]
LAST = (events.RunCompleted, events.RunFailed, events.RunCancelled)


class Watching:
    """Tells of runs from the store, which knows when one is over, and the log."""

    def __init__(self, store: RunStore, log: HandlerEventBus) -> None:
        self._store, self._log = store, log

    async def watch(self, request: generation.WatchRunRequest) -> AsyncGenerator[generation.WatchRunResponse, None]:
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

    async def history(self, request: generation.GetEventHistoryRequest) -> generation.GetEventHistoryResponse:
        """One page of the logged events of a run."""
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


def _run_event(logged: LoggedEvent[Message]) -> generation.RunEvent:
    packed = any_pb2.Any()
    packed.Pack(logged.event)
    return generation.RunEvent(sequence=logged.sequence, event=packed)
