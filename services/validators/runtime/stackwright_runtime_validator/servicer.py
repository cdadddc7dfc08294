"""Puts the runtime validator behind `ValidatorService`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import grpc

from stackwright.validator.v1.request_response_pb2 import (
    DescribeRequest,
    DescribeResponse,
    ValidateRequest,
    ValidateResponse,
    ValidateResult,
)
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceServicer
from stackwright_runtime_validator.validator import RuntimeValidator
from stackwright_sdk.validation.servicer import join_job


class RuntimeServicer(ValidatorServiceServicer):
    """Streams what the proof says as it came out of the sandbox, with the times that were measured inside."""

    def __init__(self, validator: RuntimeValidator) -> None:
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
        """Run the application; the result comes last."""
        started = time.monotonic()
        job = await join_job(request_iterator)
        async for said in self._validator.said(job):
            yield said
        result = ValidateResult(files=sum(len(project) for project in job.trees.values()))
        result.elapsed.FromNanoseconds(int((time.monotonic() - started) * 1e9))
        yield ValidateResponse(result=result)
