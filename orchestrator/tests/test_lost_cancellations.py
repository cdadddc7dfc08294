"""A run ends also when whoever looks whether it is cancelled misses that its work is done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from orchestrator_support import a_spec, suite  # type: ignore[import-not-found]  # on sys.path
from orchestrator_toys import ToyRegistry, toy_handlers  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import measurement_pb2
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_orchestrator.session import RunSession
from stackwright_orchestrator.worker import Worker


async def test_a_watcher_that_loses_its_cancellation_holds_up_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[str] = []

    async def deaf(_: Worker, session: RunSession) -> None:
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                # As `asyncio.wait_for` does when the answer is there at that moment.
                if session.record.run_id in lost:
                    raise
                lost.append(session.record.run_id)

    monkeypatch.setattr(Worker, "_cancelled", deaf)
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        started = await of.start(a_spec("authentication", proof=measurement_pb2.PROOF_LEVEL_NONE))
        run = await of.finished(started.run_id)
        assert run.state == generation.RUN_STATE_SUCCEEDED, run.failure
        told = generation.WatchRunRequest(run_id=run.run_id)
        async with asyncio.timeout(20):
            names = [message.event.event.TypeName() async for message in of.stub.WatchRun(told)]
    assert lost == [run.run_id]
    assert names[-1] == "stackwright.events.v1.RunCompleted"
