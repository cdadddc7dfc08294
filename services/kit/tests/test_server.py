"""What every service gets from the one call, seen from outside over a real connection."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from typing import TypeAlias

import grpc
import pytest
from google.protobuf.message import Message
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import SecretStr
from typing_extensions import override

from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1 import service_pb2_grpc
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright_kit import server as kit
from stackwright_kit.client import channel
from stackwright_kit.errors import (
    DeadlineExceededError,
    InternalError,
    InvalidArgumentError,
    NotFoundError,
    StackwrightError,
    UnauthenticatedError,
    UnavailableError,
    UnimplementedError,
    error_from_rpc,
)
from stackwright_kit.logs import correlation
from stackwright_kit.server import Service, interceptor, running
from stackwright_kit.settings import Settings
from stackwright_kit.testing import serving, test_settings

Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"


class Toy(service_pb2_grpc.GenerationServiceServicer):
    def __init__(self, onward: str = "") -> None:
        self.onward = onward
        self.seen: list[tuple[str, float | None]] = []
        self.failures = 0

    @override
    async def GetRun(self, request: generation.GetRunRequest, context: Context) -> generation.GetRunResponse:
        self.seen.append((correlation.get(), context.time_remaining()))
        if request.run_id == "bug":
            raise RuntimeError("the password is hunter2")
        if request.run_id == "missing":
            raise NotFoundError("there is no run missing", reason="RUN_UNKNOWN")
        if request.run_id == "flaky" and self.failures < 2:
            self.failures += 1
            raise UnavailableError("not yet", retry_after=0.01)
        if request.run_id == "slow":
            await asyncio.sleep(30)
        if request.run_id == "onward":
            async with channel(self.onward, test_settings(deadline_margin=0.5)) as to:
                await service_pb2_grpc.GenerationServiceStub(to).GetRun(generation.GetRunRequest(run_id="end"))
        return generation.GetRunResponse(run=generation.Run(run_id=request.run_id))

    @override
    async def WatchRun(
        self, request: generation.WatchRunRequest, context: Context
    ) -> AsyncIterator[generation.WatchRunResponse]:
        for number in (1, 2):
            yield generation.WatchRunResponse(event=generation.RunEvent(sequence=number))
        raise UnavailableError("the log is away", retry_after=2)


async def failure(call: Awaitable[object]) -> StackwrightError:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return error_from_rpc(caught.value)


async def test_every_field_at_fault_is_named_at_once() -> None:
    async with serving(Service("toy", "1", [Toy()])) as to:
        request = generation.StartGenerationRequest(request_id="with space")
        request.spec.requirements.add(name="")
        error = await failure(service_pb2_grpc.GenerationServiceStub(to).StartGeneration(request))
    assert isinstance(error, InvalidArgumentError)
    assert error.reason == "INVALID_FIELDS"
    fields = {violation.field for violation in error.violations}
    assert fields == {"request_id", "spec.project_name", "spec.requirements[0].name", "spec.stack"}
    assert all(violation.description for violation in error.violations)


async def test_errors_keep_their_type_reason_and_advice() -> None:
    async with serving(Service("toy", "1", [Toy()])) as to:
        stub = service_pb2_grpc.GenerationServiceStub(to)
        error = await failure(stub.GetRun(generation.GetRunRequest(run_id="missing")))
        assert (type(error), error.reason, error.message) == (NotFoundError, "RUN_UNKNOWN", "there is no run missing")
        assert error.retry_after is None
        events = aiter(stub.WatchRun(generation.WatchRunRequest(run_id="a")))
        assert [(await anext(events)).event.sequence for _ in (1, 2)] == [1, 2]
        error = await failure(anext(events))
        assert (type(error), error.retry_after) == (UnavailableError, 2.0)


async def test_a_bug_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(Service("toy", "1", [Toy()])) as to:
        error = await failure(service_pb2_grpc.GenerationServiceStub(to).GetRun(generation.GetRunRequest(run_id="bug")))
    assert isinstance(error, InternalError)
    assert "hunter2" not in error.message
    assert "Traceback" not in error.message
    assert any(record.exc_info and "hunter2" in str(record.exc_info[1]) for record in caplog.records)


async def test_what_cannot_be_parsed_is_the_callers_mistake() -> None:
    deep = generation.GenerationSpec(project_name="x")
    value = deep.domain.entities.fields["a"]
    for _ in range(120):
        value = value.struct_value.fields["a"]
    value.string_value = "deep"
    method = "/stackwright.generation.v1.GenerationService/PlanGeneration"
    async with serving(Service("toy", "1", [Toy()])) as to:
        raw = to.unary_unary(method, request_serializer=bytes, response_deserializer=bytes)
        for body in (b"\xff\xff\xff", b"\x0a" + _varint(deep.ByteSize()) + deep.SerializeToString()):
            error = await failure(raw(body))
            assert (type(error), error.reason) == (InvalidArgumentError, "REQUEST_UNREADABLE")


def _varint(number: int) -> bytes:
    return bytes([number & 0x7F | 0x80, number >> 7]) if number > 0x7F else bytes([number])


async def test_a_method_that_is_not_there_is_unimplemented() -> None:
    async with serving(Service("toy", "1", [Toy()])) as to:
        request = generation.CancelRunRequest(request_id="a", run_id="a")
        error = await failure(service_pb2_grpc.GenerationServiceStub(to).CancelRun(request))
    assert type(error) is UnimplementedError


async def test_the_token_is_asked_for_and_health_and_reflection_are_open() -> None:
    settings = test_settings()
    async with running(Service("toy", "1", [Toy()]), settings) as started:
        async with grpc.aio.insecure_channel(started.address) as stranger:
            error = await failure(
                service_pb2_grpc.GenerationServiceStub(stranger).GetRun(generation.GetRunRequest(run_id="a"))
            )
            assert (type(error), error.reason) == (UnauthenticatedError, "TOKEN_MISSING")
            health = await health_pb2_grpc.HealthStub(stranger).Check(  # type: ignore[attr-defined]  # the stubs lack it
                health_pb2.HealthCheckRequest(service="stackwright.generation.v1.GenerationService")
            )
            assert health.status == health_pb2.HealthCheckResponse.SERVING
            asked = reflection_pb2.ServerReflectionRequest(list_services="")
            stub = reflection_pb2_grpc.ServerReflectionStub(stranger)  # type: ignore[arg-type]  # the stubs know no aio
            answers = stub.ServerReflectionInfo(iter([asked]))  # type: ignore[operator]  # see above
            names = {
                item.name for answer in [await anext(aiter(answers))] for item in answer.list_services_response.service
            }
            assert {"stackwright.generation.v1.GenerationService", "grpc.health.v1.Health"} <= names
        async with channel(started.address, test_settings(service_token=SecretStr("other"))) as wrong:
            error = await failure(
                service_pb2_grpc.GenerationServiceStub(wrong).GetRun(generation.GetRunRequest(run_id="a"))
            )
            assert error.reason == "TOKEN_WRONG"


async def test_deadline_and_correlation_go_on_to_the_next_service() -> None:
    end = Toy()
    async with running(Service("end", "1", [end]), test_settings()) as behind:
        async with serving(Service("toy", "1", [Toy(behind.address)])) as to:
            stub = service_pb2_grpc.GenerationServiceStub(to)
            metadata = (("x-correlation-id", "abc-1"),)
            await stub.GetRun(generation.GetRunRequest(run_id="onward"), timeout=5, metadata=metadata)
            error = await failure(stub.GetRun(generation.GetRunRequest(run_id="slow"), timeout=0.2))
    seen, remaining = end.seen[0]
    assert seen == "abc-1"
    assert remaining is not None
    assert 3.5 < remaining <= 4.5, "the caller's five seconds less the margin of half a second"
    assert isinstance(error, DeadlineExceededError)


async def test_calls_are_spans_of_one_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    monkeypatch.setattr(interceptor, "_tracer", provider.get_tracer("test"))
    async with running(Service("end", "1", [Toy()]), test_settings()) as behind:
        async with serving(Service("toy", "1", [Toy(behind.address)])) as to:
            request = generation.GetRunRequest(run_id="onward")
            await service_pb2_grpc.GenerationServiceStub(to).GetRun(request, timeout=5)
    inner, outer = spans.get_finished_spans()
    assert outer.name == "stackwright.generation.v1.GenerationService/GetRun"
    assert inner.parent is not None
    assert (inner.parent.span_id, inner.context.trace_id) == (outer.context.span_id, outer.context.trace_id)


async def test_unavailable_is_tried_again_by_the_channel() -> None:
    toy = Toy()
    async with serving(Service("toy", "1", [toy])) as to:
        answer = await service_pb2_grpc.GenerationServiceStub(to).GetRun(generation.GetRunRequest(run_id="flaky"))
    assert answer.run.run_id == "flaky"
    assert toy.failures == 2


async def test_nobody_there_is_unavailable_with_advice() -> None:
    async with channel("127.0.0.1:1", test_settings()) as to:
        error = await failure(
            service_pb2_grpc.GenerationServiceStub(to).GetRun(generation.GetRunRequest(run_id="a"), timeout=5)
        )
    assert (type(error), error.reason) == (UnavailableError, "UNREACHABLE")
    assert error.retry_after


async def test_draining_lets_calls_in_hand_finish() -> None:
    class Slow(service_pb2_grpc.GenerationServiceServicer):
        @override
        async def GetRun(self, request: generation.GetRunRequest, context: Context) -> generation.GetRunResponse:
            await asyncio.sleep(0.4)
            return generation.GetRunResponse()

    async with running(Service("toy", "1", [Slow()]), test_settings(drain_seconds=5.0)) as started:
        to = channel(started.address, test_settings())
        call = service_pb2_grpc.GenerationServiceStub(to).GetRun(generation.GetRunRequest(run_id="a"))
        await asyncio.sleep(0.1)
    assert (await call) == generation.GetRunResponse()
    await to.close()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (test_settings(host="0.0.0.0", service_token=SecretStr("")), "STACKWRIGHT_SERVICE_TOKEN must be set"),
        (test_settings(host="203.0.113.9"), "cannot be bound"),
        (test_settings(nats_url="nats://127.0.0.1:1"), "cannot connect to nats://127.0.0.1:1"),
    ],
)
async def test_a_wrong_setting_is_one_sentence(settings: Settings, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        async with running(Service("toy", "1", [Toy()]), settings):
            pass


async def test_a_servicer_of_no_service_is_refused() -> None:
    with pytest.raises(TypeError, match="must derive from a generated"):
        async with running(Service("toy", "1", [object()]), test_settings()):
            pass


def test_check_message_names_map_keys_and_whole_message() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        kit.check_message(handler.GenerateRequest(request_id="x" * 101))
    assert {violation.field for violation in caught.value.violations} == {"request_id", "contract"}


MAIN = """
from stackwright.generation.v1 import request_response_pb2, service_pb2_grpc
from stackwright_kit.server import Service, serve
class Toy(service_pb2_grpc.GenerationServiceServicer):
    async def GetRun(self, request, context):
        return request_response_pb2.GetRunResponse()
serve(Service("toy", "1", [Toy()]))
"""


def test_a_process_serves_logs_json_and_ends_on_sigterm() -> None:
    environment = {**os.environ, "STACKWRIGHT_LOG_FORMAT": "json"}
    process = subprocess.Popen([sys.executable, "-c", MAIN], stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    line = json.loads(process.stderr.readline())
    assert line["service"] == "toy"
    assert line["message"].startswith("toy 1 serves on 127.0.0.1:")

    async def call() -> None:
        async with channel(line["address"], test_settings(service_token=SecretStr(""))) as to:
            await service_pb2_grpc.GenerationServiceStub(to).GetRun(generation.GetRunRequest(run_id="a"), timeout=5)

    asyncio.run(call())
    process.send_signal(signal.SIGTERM)
    started = time.monotonic()
    rest = process.stderr.read()
    assert process.wait(10) == 0
    assert time.monotonic() - started < 5
    assert "Traceback" not in rest


def test_a_process_with_a_wrong_setting_exits_with_one_line() -> None:
    environment = {**os.environ, "STACKWRIGHT_HOST": "0.0.0.0", "STACKWRIGHT_LOG_FORMAT": "text"}
    done = subprocess.run([sys.executable, "-c", MAIN], capture_output=True, text=True, env=environment, timeout=30)
    assert done.returncode == 2
    assert "STACKWRIGHT_SERVICE_TOKEN must be set" in done.stderr
    assert "Traceback" not in done.stderr
