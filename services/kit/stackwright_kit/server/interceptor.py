"""What happens around every call: correlation, token, deadline, validation, errors, one log line and one span.

One interceptor wraps all four kinds of method, so that the order is the same everywhere: trace → correlation → token →
validation → method → mapping of errors. Health and reflection pass untouched.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from typing import TypeAlias, TypeVar, cast

import grpc
import protovalidate
from google.protobuf.message import DecodeError, Message
from grpc_status import rpc_status
from opentelemetry import context as otel_context
from opentelemetry import propagate, trace

from stackwright_kit.errors import (
    FieldViolation,
    InternalError,
    InvalidArgumentError,
    StackwrightError,
    UnauthenticatedError,
    UnimplementedError,
    error_from_rpc,
    to_status,
)
from stackwright_kit.logs import correlation
from stackwright_kit.server.constraints import constrained

OPEN_SERVICES = ("grpc.health.", "grpc.reflection.")
CORRELATION_KEY = "x-correlation-id"
TOKEN_KEY = "authorization"  # noqa: S105 -- the name of a header

deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
"""`time.monotonic()` at which the caller of the call in hand gives up; clients keep to it."""

_log = logging.getLogger("stackwright.rpc")
_tracer = trace.get_tracer("stackwright")
_validator = protovalidate.Validator()
_MAX_CORRELATION = 100
_STUB_SAYS = "Method not implemented!"  # of the generated base classes

_Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"
_Handler: TypeAlias = "grpc.RpcMethodHandler[Message, Message]"
_Request: TypeAlias = bytes | AsyncIterator[bytes]
_Checked: TypeAlias = Message | AsyncIterator[Message]
_UnaryBehaviour: TypeAlias = Callable[[_Checked, _Context], Awaitable[Message]]
_StreamBehaviour: TypeAlias = Callable[[_Checked, _Context], AsyncIterator[Message]]
_Q = TypeVar("_Q")
_R = TypeVar("_R")


def field_path(violation: protovalidate.Violation) -> str:
    """Dotted path of the field at fault: `spec.requirements[0].name`; empty for the whole message."""
    text = ""
    path = violation.proto.field
    for element in path.elements if path is not None else ():
        text += f".{element.field_name}" if text else element.field_name
        if element.subscript is not None:
            value = element.subscript.value
            text += f"[{value!r}]" if isinstance(value, str) else f"[{value}]"
    return text


def check_message(message: Message, *, noun: str = "request") -> None:
    """Check a message against the constraints in its proto, all fields at once.

    Raises:
        InvalidArgumentError: with one violation for each field at fault.

    """
    found = _validator.collect_violations(constrained(message))
    if not found:
        return
    violations = [FieldViolation(field_path(v), v.proto.message or v.proto.rule_id) for v in found]
    listed = "; ".join(f"{v.field or noun}: {v.description}" for v in violations[:5])
    more = f"; and {len(violations) - 5} more" if len(violations) > 5 else ""
    raise InvalidArgumentError(f"{listed}{more}", reason="INVALID_FIELDS", violations=violations)


class CallInterceptor(grpc.aio.ServerInterceptor):
    """The server side of every call. `token` empty means that none is asked for."""

    def __init__(self, token: str = "") -> None:
        self._expected = f"Bearer {token}".encode() if token else b""

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[_Q, _R] | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[_Q, _R] | None:
        """Wrap the method that is called, if it is one of ours."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method.lstrip("/")
        if handler is None or method.startswith(OPEN_SERVICES):  # None: no such method
            return handler
        return cast("grpc.RpcMethodHandler[_Q, _R]", self._wrap(cast("_Handler", handler), method))

    def _wrap(self, handler: _Handler, method: str) -> _Handler:
        """The same method with its surroundings. The stubs of grpc know the synchronous form alone: hence the casts."""
        parse = cast("Callable[[bytes], Message]", handler.request_deserializer)
        check = functools.partial(_checked_stream if handler.request_streaming else _checked, parse)
        if handler.response_streaming:
            stream_inner = cast("_StreamBehaviour", handler.stream_stream or handler.unary_stream)

            async def stream(request: _Request, context: _Context) -> AsyncIterator[Message]:
                call = _Call(method, context)
                try:
                    self._authorise(context)
                    async for response in stream_inner(check(request), context):
                        yield response
                    call.ended()
                except GeneratorExit:  # the caller has heard enough
                    call.ended("CANCELLED")
                    raise
                except BaseException as error:
                    await call.fail(error)
                    raise

            return _rebuilt(handler, stream)
        unary_inner = cast("_UnaryBehaviour", handler.stream_unary or handler.unary_unary)

        async def unary(request: _Request, context: _Context) -> Message:
            call = _Call(method, context)
            try:
                self._authorise(context)
                response = await unary_inner(check(request), context)
                call.ended()
                return response
            except BaseException as error:
                await call.fail(error)
                raise

        return _rebuilt(handler, unary)

    def _authorise(self, context: _Context) -> None:
        given = _metadata(context, TOKEN_KEY).encode()
        if self._expected and not hmac.compare_digest(given, self._expected):
            raise UnauthenticatedError(
                "the call needs the service token: send `authorization: Bearer <STACKWRIGHT_SERVICE_TOKEN>`",
                reason="TOKEN_MISSING" if not given else "TOKEN_WRONG",
            )


def _rebuilt(handler: _Handler, behaviour: object) -> _Handler:
    kinds = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }
    make = cast("Callable[..., _Handler]", kinds[handler.request_streaming, handler.response_streaming])
    # Requests are parsed inside: what gRPC cannot parse it answers with INTERNAL, and it is the caller's mistake.
    return make(behaviour, request_deserializer=None, response_serializer=handler.response_serializer)


def _checked(parse: Callable[[bytes], Message], request: _Request) -> Message:
    try:
        message = parse(cast("bytes", request))
    except DecodeError as error:
        said = "the request cannot be read: it is no message of this method, or nested too deeply"
        raise InvalidArgumentError(said, reason="REQUEST_UNREADABLE") from error
    check_message(message)
    return message


async def _checked_stream(parse: Callable[[bytes], Message], requests: _Request) -> AsyncIterator[Message]:
    async for request in cast("AsyncIterator[bytes]", requests):
        yield _checked(parse, request)


def _metadata(context: _Context, key: str) -> str:
    for name, value in context.invocation_metadata() or ():
        if name == key:
            return value if isinstance(value, str) else value.decode("utf-8", "replace")
    return ""


class _Call:
    """One call in hand: its context variables, span, log line, and the way its failure goes out."""

    def __init__(self, method: str, context: _Context) -> None:
        self._method, self._context, self._started = method, context, time.monotonic()
        given = _metadata(context, CORRELATION_KEY)
        fits = 0 < len(given) <= _MAX_CORRELATION and given.isprintable() and given.isascii()
        correlation.set(given if fits else uuid.uuid4().hex)
        remaining = cast("float | None", context.time_remaining())  # the stubs deny that there may be none
        deadline.set(None if remaining is None else self._started + remaining)

        carrier = {key: str(value) for key, value in context.invocation_metadata() or ()}
        self._span = _tracer.start_span(
            method,
            context=propagate.extract(carrier),
            kind=trace.SpanKind.SERVER,
            attributes={"rpc.system": "grpc", "rpc.method": method, "stackwright.correlation": correlation.get()},
        )
        # Never detached: each call has a task, and so a context, of its own, and a stream may be closed from another.
        otel_context.attach(trace.set_span_in_context(self._span))

    def ended(self, status: str = "OK", level: int = logging.DEBUG, message: str = "") -> None:
        elapsed = round((time.monotonic() - self._started) * 1000, 1)
        extra = {"method": self._method, "status": status, "ms": elapsed}
        self._span.set_attribute("rpc.grpc.status", status)
        self._span.end()
        _log.log(level, f"{self._method} {status}{': ' if message else ''}{message}", extra=extra)

    async def fail(self, error: BaseException) -> None:
        """Tell the caller what went wrong, without a stack; an unknown failure is logged with one."""
        if isinstance(error, grpc.aio.AbortError):  # the method has answered already
            return
        if isinstance(error, asyncio.CancelledError):
            self.ended("CANCELLED")
            return
        if isinstance(error, grpc.aio.AioRpcError):  # a failed call of ours is our failure, under its own name
            error = error_from_rpc(error)
        if isinstance(error, NotImplementedError) and str(error) == _STUB_SAYS:
            error = UnimplementedError(f"{self._method} is not offered by this service")
        if not isinstance(error, StackwrightError):
            if not isinstance(error, Exception):
                return
            _log.error(f"{self._method} failed", exc_info=error, extra={"method": self._method})
            error = InternalError(f"the service failed; its log has the cause under correlation {correlation.get()}")
        self.ended(error.code.name, logging.INFO, error.message)
        await self._context.abort_with_status(rpc_status.to_status(to_status(error)))
