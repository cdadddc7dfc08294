"""The generate phase: each layer from the same contract, all at once, each a step of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import grpc
from google.protobuf.message import Message

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.events.v1 import events_pb2 as events
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright_kit.errors import InternalError, StackwrightError
from stackwright_kit.files import FileJoiner, join_chunks, to_chunks
from stackwright_orchestrator.bundle import pack, unpack
from stackwright_orchestrator.discovery import ROLES, Directory
from stackwright_orchestrator.records import Pin
from stackwright_orchestrator.session import RunSession
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.together import together

_STARTED: dict[str, type[Message]] = {
    "backend": events.BackendGenerationStarted,
    "database": events.DatabaseGenerationStarted,
    "frontend": events.FrontendGenerationStarted,
}
_COMPLETED: dict[str, type[Message]] = {
    "backend": events.BackendGenerationCompleted,
    "database": events.DatabaseGenerationCompleted,
    "frontend": events.FrontendGenerationCompleted,
}
_PROGRESS: dict[str, type[Message]] = {
    "backend": events.BackendGenerationProgress,
    "database": events.DatabaseGenerationProgress,
    "frontend": events.FrontendGenerationProgress,
}


class HandlerError(Exception):
    """A handler could not make its layer."""

    def __init__(self, role: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.role, self.reason, self.message = role, reason, message


@dataclass(frozen=True)
class Layer:
    """What one handler made, its files sorted by path."""

    role: str
    made_by: str
    files: list[SourceFile]
    result: handler.HandlerResult


def _load(role: str, pin: Pin, data: bytes) -> Layer:
    messages = list(unpack(handler.GenerateResponse, data))
    files = join_chunks(message.chunk for message in messages if message.HasField("chunk"))
    return Layer(role, f"{pin.name}@{pin.version}", sorted(files, key=lambda file: file.path), messages[-1].result)


class Generator:
    """Makes the layers of one run."""

    def __init__(self, session: RunSession, directory: Directory, settings: OrchestratorSettings) -> None:
        self._session, self._directory, self._settings = session, directory, settings
        self._pins = {pin.role: pin for pin in session.record.pins}

    async def layers(
        self, contract: Contract, stack: handler.Stack, begun: Callable[[], Awaitable[None]]
    ) -> list[Layer]:
        """All layers of what is delivered, with their events in an order that does not depend on who is quick.

        `begun` is awaited once the handlers are called, before any event: it and these are written while they work.

        Raises:
            HandlerError: for the first layer, in the order of ROLES, that failed after all have ended.

        """
        tasks = {
            role: asyncio.create_task(self._layer(f"generate.{role}", role, contract, stack, tell=True))
            for role in ROLES
        }
        try:
            await begun()
            for role in ROLES:
                started = _STARTED[role](handler=self._pins[role].name)
                await self._session.emit(f"{role}.started", started, self._pins[role].name)
            ended = dict(zip(tasks, await asyncio.gather(*tasks.values(), return_exceptions=True), strict=True))
        finally:
            for task in tasks.values():
                task.cancel()
        layers: list[Layer] = []
        failures: list[BaseException] = []
        for role, outcome in ended.items():
            made = 0
            if isinstance(outcome, BaseException):
                failures.append(outcome)
                if not isinstance(outcome, HandlerError):
                    continue
            else:
                layers.append(outcome)
                made = len(outcome.files)
            name = self._pins[role].name
            completed = _COMPLETED[role](handler=name, files=made, success=isinstance(outcome, Layer))
            await self._session.emit(f"{role}.completed", completed, name)
        if failures:
            # A bug or a lost lease counts more than a layer that could not be made.
            raise next((f for f in failures if not isinstance(f, HandlerError)), failures[0])
        _no_clash(layers)
        total = sum(len(layer.files) for layer in layers)
        await self._session.emit("all_handlers_completed", events.AllHandlersCompleted(files=total))
        return layers

    async def probe(self, contract: Contract, stack: handler.Stack) -> list[Layer]:
        """The same layers of the contract with one more entity, for the behaviour tests."""
        return await together(self._layer(f"probe.{role}", role, contract, stack, tell=False) for role in ROLES)

    async def _layer(self, step: str, role: str, contract: Contract, stack: handler.Stack, *, tell: bool) -> Layer:
        pin = self._pins[role]
        request = handler.GenerateRequest(
            request_id=f"{self._session.record.run_id}/{step}",
            contract=contract,
            technology=getattr(stack, role),
            stack=stack,
        )

        async def work() -> bytes:
            try:
                return await self._directory.with_handler(pin, lambda to: self._call(to, role, request, tell=tell))
            except StackwrightError as error:
                raise HandlerError(role, error.reason.lower(), f"{pin.name}: {error.message}") from error

        return _load(role, pin, await self._session.step(step, work))

    async def _call(self, to: grpc.aio.Channel, role: str, request: handler.GenerateRequest, *, tell: bool) -> bytes:
        joiner, result = FileJoiner(), None
        async for message in HandlerServiceStub(to).Generate(request, timeout=self._settings.handler_seconds):
            if message.HasField("progress") and tell:
                told = message.progress
                progress = _PROGRESS[role](message=told.message, done=told.done, total=told.total)
                await self._session.tell(progress, self._pins[role].name)
            elif message.HasField("chunk"):
                joiner.add(message.chunk)
            elif message.HasField("result"):
                result = message.result
        if result is None:
            raise InternalError("the stream ended without a result", reason="HANDLER_CUT_OFF")
        if not result.success:
            said = "; ".join(warning.message for warning in result.warnings) or "it reported no success"
            raise InternalError(said, reason="HANDLER_FAILED")
        # Times differ from call to call, and nothing in a project depends on them.
        result.ClearField("elapsed")
        files = [file for found in joiner.finish().values() for file in found]
        messages = [handler.GenerateResponse(chunk=chunk) for chunk in to_chunks(sorted(files, key=lambda f: f.path))]
        return pack([*messages, handler.GenerateResponse(result=result)])


def _no_clash(layers: Sequence[Layer]) -> None:
    owner: dict[str, str] = {}
    for layer in layers:
        for source in layer.files:
            other = owner.setdefault(source.path.casefold(), layer.made_by)
            if other != layer.made_by:
                raise HandlerError(layer.role, "path_clash", f"{layer.made_by} and {other} both made {source.path}")


def warnings_of(layers: Sequence[Layer]) -> list[handler.Warning]:
    """What the handlers want a person to know."""
    return [warning for layer in layers for warning in layer.result.warnings]


def feature_results(layers: Sequence[Layer]) -> list[handler.FeatureResult]:
    """Each feature at the lowest rung that any layer reached for it."""
    worst: dict[str, handler.FeatureResult] = {}
    for layer in layers:
        for told in layer.result.features:
            before = worst.get(told.key)
            if before is None or told.rung > before.rung:
                worst[told.key] = told
    return list(worst.values())
