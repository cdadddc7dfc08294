"""One worker's hold on one run: finished steps are remembered, events come once, and who lost it is stopped."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import secrets
import signal
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from google.protobuf.message import Message

from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.bus import HandlerEventBus, meta_of
from stackwright_kit.errors import CancelledError, ConflictError
from stackwright_orchestrator.records import FINISHED, Artifact, RunRecord, StepRecord, stamp
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.settings import OrchestratorSettings

M = TypeVar("M", bound=Message)
_log = logging.getLogger("stackwright.session")
_SOURCE = "orchestrator"
_INLINE_BYTES = 2048


class FencedError(Exception):
    """Another worker holds the run: stop without a trace."""


Hook = Callable[[str], None]
"""Told of every write to the journal and the event log: `before:<name>` and `after:<name>`."""


def no_hook(_point: str) -> None:
    """What production uses."""


def hook_of(settings: OrchestratorSettings) -> Hook:
    """The hook that the settings ask for: none, or one that ends the process at a named point as a power cut would."""
    if not settings.test_hooks or not settings.test_kill_at:
        return no_hook

    def kill(point: str) -> None:
        if point == settings.test_kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


class RunSession:
    """A run in hand. All its writes go through here, one at a time."""

    def __init__(self, store: RunStore, log: HandlerEventBus, record: RunRecord, revision: int, hook: Hook) -> None:
        self._store, self._log, self._hook = store, log, hook
        self.record, self._revision = record, revision
        self._last_sequence = 0
        self._emitted: set[str] = set()
        self._writing = asyncio.Lock()
        self._later: dict[str, object] = {}
        self.result: generation.RunResult | None = None
        """What came of it, once it is finished in this hand."""

    @classmethod
    async def take(cls, store: RunStore, log: HandlerEventBus, run_id: str, hook: Hook = no_hook) -> RunSession:
        """Take hold of a run; whoever held it is fenced from now on. A finished run is returned as it is."""
        while True:
            entry = await store.get(run_id)
            session = cls(store, log, entry.value, entry.revision, hook)
            if entry.value.state not in FINISHED:
                owner = secrets.token_hex(8)
                mine = entry.value.model_copy(
                    update={"owner": owner, "state": generation.RUN_STATE_RUNNING, "updated_at": time.time()}
                )
                try:
                    session._revision = await store.runs.update(run_id, mine, entry.revision)
                except ConflictError:
                    continue
                session.record = mine
            await session._read_log()
            return session

    async def _read_log(self) -> None:
        for found in await self._log.get_event_history(self.record.run_id, after=self._last_sequence):
            self._last_sequence = found.sequence
            self._emitted.add(meta_of(found.event).event_id)

    async def write(self, name: str, **changes: object) -> None:
        """Change the row.

        Raises:
            FencedError: another worker holds the run.
            CancelledError: somebody asked to cancel it.

        """
        async with self._writing:
            self._hook(f"before:{name}")
            await self._update(changes)
            self._hook(f"after:{name}")

    def later(self, **changes: object) -> None:
        """Change the row with the next write: for what is of no use without it."""
        self._later |= changes

    async def _update(self, changes: dict[str, object]) -> None:
        changes, self._later = {**self._later, **changes}, {}
        while True:
            changed = self.record.model_copy(update={**changes, "updated_at": time.time()})
            try:
                self._revision = await self._store.runs.update(changed.run_id, changed, self._revision)
            except ConflictError:
                await self.refresh()
                if self.record.cancel_requested and "state" not in changes:
                    raise CancelledError("the run was cancelled", reason="RUN_CANCELLED") from None
                continue
            self.record = changed
            return

    async def refresh(self) -> RunRecord:
        """Read the row again.

        Raises:
            FencedError: another worker holds the run, or it is gone.

        """
        entry = await self._store.runs.get(self.record.run_id)
        if entry is None or entry.value.owner != self.record.owner:
            raise FencedError(self.record.run_id)
        self.record, self._revision = entry.value, entry.revision
        return entry.value

    async def step(self, name: str, work: Callable[[], Awaitable[bytes]]) -> bytes:
        """The output of a step: from the journal if it is finished, else by doing the work and keeping what comes."""
        done = self.record.steps.get(name)
        if done is not None:
            if not done.digest:
                return base64.b64decode(done.inline)
            return await self._store.artifacts.get(self.record.run_id, done.digest)
        output = await work()
        finished = StepRecord(size=len(output), at=time.time())
        if len(output) <= _INLINE_BYTES:
            finished.inline = base64.b64encode(output).decode()
        else:
            finished.digest = await self._store.artifacts.put(self.record.run_id, output)
        async with self._writing:
            self._hook(f"before:{name}")
            # Read here, inside the turn: another step of this run may have ended meanwhile.
            await self._update({"steps": {**self.record.steps, name: finished}})
            self._hook(f"after:{name}")
        return output

    async def message(self, name: str, kind: type[M], work: Callable[[], Awaitable[M]]) -> M:
        """A step whose output is a protobuf message."""

        async def encoded() -> bytes:
            return (await work()).SerializeToString(deterministic=True)

        return kind.FromString(await self.step(name, encoded))

    async def keep(self, data: bytes, file_name: str, media_type: str) -> Artifact:
        """Store something to download."""
        digest = await self._store.artifacts.put(self.record.run_id, data)
        return Artifact(digest=digest, size=len(data), file_name=file_name, media_type=media_type)

    async def emit(self, event_id: str, event: Message, source: str = _SOURCE) -> None:
        """Append an event to the log of the run, unless a worker before us did.

        Raises:
            FencedError: another worker holds the run.

        """
        async with self._writing:
            if event_id in self._emitted:
                return
            meta = meta_of(event)
            assert isinstance(meta, events.EventMeta)  # noqa: S101 -- all events of this log have it
            meta.run_id, meta.event_id, meta.source = self.record.run_id, event_id, source
            meta.correlation = self.record.correlation
            meta.at.CopyFrom(stamp(time.time()))
            self._hook(f"before:event.{event_id}")
            while event_id not in self._emitted:
                try:
                    self._last_sequence = await self._log.append(event, after=self._last_sequence)
                    self._emitted.add(event_id)
                except ConflictError:
                    # Ours with a lost answer, another service's event of this run, or another worker's.
                    await self._read_log()
                    if event_id not in self._emitted:
                        await self.refresh()
            self._hook(f"after:event.{event_id}")

    async def tell(self, event: Message, source: str) -> None:
        """Publish progress: seen by who watches now, in no log, and so not repeated by a run that is taken up again."""
        meta = meta_of(event)
        assert isinstance(meta, events.EventMeta)  # noqa: S101 -- all events have it
        meta.run_id, meta.source, meta.correlation = self.record.run_id, source, self.record.correlation
        meta.at.CopyFrom(stamp(time.time()))
        await self._log.publish(event)
