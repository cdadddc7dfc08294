"""Follows a run to its end, whichever orchestrator tells of it."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import grpc

from stackwright.generation.v1.request_response_pb2 import GetRunRequest, RunEvent, WatchRunRequest

if TYPE_CHECKING:
    from stackwright.generation.v1.service_pb2_grpc import GenerationServiceAsyncStub

_PATIENCE = 60.0
_PAUSE = 0.5
# What a caller sees of an orchestrator that was killed, or that drains.
_CUT_OFF = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED}


async def watch(
    generation: "GenerationServiceAsyncStub", run_id: str, after: int = 0, *, patience: float = _PATIENCE
) -> AsyncIterator[RunEvent]:
    """Give a run's events from just after position `after` until it has ended.

    A stream that is cut off is taken up again where it was, by whichever orchestrator answers. Raises AioRpcError of
    the last attempt when none has answered for `patience` seconds, and at once for any other failure.
    """
    while True:
        try:
            async for message in generation.WatchRun(WatchRunRequest(run_id=run_id, after_sequence=after)):
                after = message.event.sequence
                yield message.event
        except grpc.aio.AioRpcError as error:
            if error.code() not in _CUT_OFF:
                raise
            await _until_one_answers(generation, run_id, patience)
        else:
            return


async def _until_one_answers(generation: "GenerationServiceAsyncStub", run_id: str, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        await asyncio.sleep(_PAUSE)
        try:
            await generation.GetRun(GetRunRequest(run_id=run_id), timeout=10)
        except grpc.aio.AioRpcError as error:
            if error.code() not in _CUT_OFF or time.monotonic() > end:
                raise
        else:
            return
