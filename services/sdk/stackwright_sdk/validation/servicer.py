"""Puts a `Validator` behind `ValidatorService`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import grpc

from stackwright.validator.v1.request_response_pb2 import (
    DescribeRequest,
    DescribeResponse,
    ValidateRequest,
    ValidateResponse,
    ValidateResult,
    ValidateStart,
)
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceServicer
from stackwright_kit.errors import invalid_field
from stackwright_kit.files import FileJoiner
from stackwright_sdk.validation.project import Project
from stackwright_sdk.validation.report import Report
from stackwright_sdk.validation.validator import ValidationJob, Validator


class ValidatorServicer(ValidatorServiceServicer):
    """Joins the stream of files into projects, streams what the validator says, and ends with the result."""

    def __init__(self, validator: Validator) -> None:
        self._validator = validator

    async def Describe(  # noqa: N802
        self,
        request: DescribeRequest,
        context: grpc.aio.ServicerContext[DescribeRequest, DescribeResponse],
    ) -> DescribeResponse:
        """Say what the validator is."""
        return DescribeResponse(validator=self._validator.describe())

    async def Validate(  # noqa: N802
        self,
        request_iterator: AsyncIterator[ValidateRequest],
        context: grpc.aio.ServicerContext[ValidateRequest, ValidateResponse],
    ) -> AsyncIterator[ValidateResponse]:
        """Stream what is found, then the result."""
        started = time.monotonic()
        job = await join_job(request_iterator)
        report = Report(job.delivered)
        work = asyncio.create_task(self._validator.validate(job, report))
        async for said in report.until(work):
            yield said
        await work
        result = ValidateResult(files=sum(len(project) for project in job.trees.values()))
        result.elapsed.FromNanoseconds(int((time.monotonic() - started) * 1e9))
        yield ValidateResponse(result=result)


async def join_job(requests: AsyncIterator[ValidateRequest]) -> ValidationJob:
    """Read a request stream to its end: `start`, then the files.

    Raises:
        InvalidArgumentError: `start` is missing or came twice, or a chunk is out of place, unsafe or too large.

    """
    start: ValidateStart | None = None
    joiner = FileJoiner()
    async for request in requests:
        if request.WhichOneof("event") == "start":
            if start is not None:
                raise invalid_field("start", "must come once, as the first message")
            start = request.start
        elif start is None:
            raise invalid_field("start", "must be the first message")
        else:
            joiner.add(request.chunk)
    if start is None:
        raise invalid_field("start", "must be the first message")
    return ValidationJob(start, {tree: Project.of(files) for tree, files in joiner.finish().items()})
