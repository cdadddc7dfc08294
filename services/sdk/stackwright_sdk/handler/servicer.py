"""Puts a `TechnologyHandler` behind `HandlerService`."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import TypeAlias

import grpc

from stackwright.handler.v1.request_response_pb2 import (
    DescribeRequest,
    DescribeResponse,
    EstablishContractsRequest,
    EstablishContractsResponse,
    GenerateRequest,
    GenerateResponse,
    Progress,
    RefineRequest,
    RefineResponse,
)
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceServicer
from stackwright_kit.files import to_chunks
from stackwright_sdk.handler.handler import TechnologyHandler

Context: TypeAlias = "grpc.aio.ServicerContext[object, object]"


class HandlerServicer(HandlerServiceServicer):
    """Streams progress while the handler works, then its files in order of path, then the result."""

    def __init__(self, handler: TechnologyHandler) -> None:
        self._handler = handler

    async def Describe(self, request: DescribeRequest, context: Context) -> DescribeResponse:  # noqa: N802
        """Say what the handler is."""
        return DescribeResponse(handler=self._handler.describe())

    async def EstablishContracts(  # noqa: N802
        self, request: EstablishContractsRequest, context: Context
    ) -> EstablishContractsResponse:
        """Review a draft; UNIMPLEMENTED for handlers that are no back end."""
        try:
            contract, warnings = await self._handler.establish(request)
        except NotImplementedError:
            await context.abort(grpc.StatusCode.UNIMPLEMENTED, "Only a back end establishes contracts.")
        return EstablishContractsResponse(contract=contract, warnings=warnings)

    async def Generate(  # noqa: N802
        self,
        request: GenerateRequest,
        context: Context,
    ) -> AsyncIterator[GenerateResponse]:
        """Stream progress, files and the result."""
        started = time.monotonic()
        progress = _ProgressQueue()
        work = asyncio.create_task(self._handler.generate(request, progress.report))
        async for step in progress.until(work):
            yield GenerateResponse(progress=step)
        project = await work
        files = sorted(project.files, key=lambda file: file.path)
        for chunk in to_chunks(files):
            yield GenerateResponse(chunk=chunk)
        project.result.files = len(files)
        project.result.elapsed.FromNanoseconds(int((time.monotonic() - started) * 1e9))
        yield GenerateResponse(result=project.result)

    async def Refine(  # noqa: N802
        self,
        request: RefineRequest,
        context: Context,
    ) -> AsyncIterator[RefineResponse]:
        """Stream progress, changed files and the result."""
        progress = _ProgressQueue()
        work = asyncio.create_task(self._handler.refine(request, progress.report))
        async for step in progress.until(work):
            yield RefineResponse(progress=step)
        refinement = await work
        for chunk in to_chunks(sorted(refinement.files, key=lambda file: file.path)):
            yield RefineResponse(chunk=chunk)
        yield RefineResponse(result=refinement.result)


class _ProgressQueue:
    """Hands progress from the working task to the stream."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Progress | None] = asyncio.Queue()

    async def report(self, message: str, done: int, total: int) -> None:
        await self._queue.put(Progress(message=message, done=done, total=total))

    async def until(self, work: asyncio.Task[object]) -> AsyncIterator[Progress]:
        """Yield progress until `work` ends; cancel it when the stream is closed first."""
        work.add_done_callback(lambda _: self._queue.put_nowait(None))
        try:
            while (step := await self._queue.get()) is not None:
                yield step
        finally:
            if not work.done():
                work.cancel()
