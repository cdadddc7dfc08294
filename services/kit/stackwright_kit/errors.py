"""One root for every failure that crosses a service, and its form on the wire.

A failure has a canonical gRPC status, a stable `reason` within `DOMAIN`, one clear sentence, the fields at fault, and
says explicitly whether to try again. The server interceptor makes it a `google.rpc.Status`; `error_from_rpc` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc import code_pb2, error_details_pb2, status_pb2

DOMAIN = "stackwright"
_DETAILS_KEY = "grpc-status-details-bin"


@dataclass(frozen=True)
class FieldViolation:
    """A field of the request at fault: its path (`spec.stack.backend.name`) and what was expected of it."""

    field: str
    description: str


class StackwrightError(Exception):
    """Root of all failures. `retry_after` in seconds says when a repeat may succeed; None says that it will not."""

    code: ClassVar[grpc.StatusCode] = grpc.StatusCode.INTERNAL
    default_reason: ClassVar[str] = "INTERNAL"

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        violations: Sequence[FieldViolation] = (),
        retry_after: float | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason or self.default_reason
        self.violations = tuple(violations)
        self.retry_after = retry_after
        self.metadata = dict(metadata or {})


class InvalidArgumentError(StackwrightError):
    """The request is wrong, whatever the state of the system; `violations` name the fields."""

    code = grpc.StatusCode.INVALID_ARGUMENT
    default_reason = "INVALID_ARGUMENT"


class UnauthenticatedError(StackwrightError):
    """No valid service token came with the call."""

    code = grpc.StatusCode.UNAUTHENTICATED
    default_reason = "UNAUTHENTICATED"


class PermissionDeniedError(StackwrightError):
    """The caller is known and may not do this."""

    code = grpc.StatusCode.PERMISSION_DENIED
    default_reason = "PERMISSION_DENIED"


class NotFoundError(StackwrightError):
    """What was named does not exist, or is kept no longer."""

    code = grpc.StatusCode.NOT_FOUND
    default_reason = "NOT_FOUND"


class AlreadyExistsError(StackwrightError):
    """What was to be created is there, and differs."""

    code = grpc.StatusCode.ALREADY_EXISTS
    default_reason = "ALREADY_EXISTS"


class ConflictError(StackwrightError):
    """Somebody else changed it in between: read again, then try again."""

    code = grpc.StatusCode.ABORTED
    default_reason = "CONFLICT"


class FailedPreconditionError(StackwrightError):
    """The state of the system does not allow it; a repeat alone will not help."""

    code = grpc.StatusCode.FAILED_PRECONDITION
    default_reason = "FAILED_PRECONDITION"


class ResourceExhaustedError(StackwrightError):
    """A limit was reached: size, rate, or money."""

    code = grpc.StatusCode.RESOURCE_EXHAUSTED
    default_reason = "RESOURCE_EXHAUSTED"


class UnimplementedError(StackwrightError):
    """This service does not do that."""

    code = grpc.StatusCode.UNIMPLEMENTED
    default_reason = "UNIMPLEMENTED"


class UnavailableError(StackwrightError):
    """The service, or one that it needs, is not there now; try again."""

    code = grpc.StatusCode.UNAVAILABLE
    default_reason = "UNAVAILABLE"


class DeadlineExceededError(StackwrightError):
    """The time that the caller allowed has passed."""

    code = grpc.StatusCode.DEADLINE_EXCEEDED
    default_reason = "DEADLINE_EXCEEDED"


class CancelledError(StackwrightError):
    """The caller, or a person, called it off."""

    code = grpc.StatusCode.CANCELLED
    default_reason = "CANCELLED"


class InternalError(StackwrightError):
    """A bug. Its cause is logged where it happened and not told to the caller."""


_BY_CODE: dict[grpc.StatusCode, type[StackwrightError]] = {
    kind.code: kind
    for kind in (
        InvalidArgumentError,
        UnauthenticatedError,
        PermissionDeniedError,
        NotFoundError,
        AlreadyExistsError,
        ConflictError,
        FailedPreconditionError,
        ResourceExhaustedError,
        UnimplementedError,
        UnavailableError,
        DeadlineExceededError,
        CancelledError,
    )
}


def invalid_field(field: str, description: str, *, reason: str = "") -> InvalidArgumentError:
    """An InvalidArgumentError for one field; its message is `<field>: <description>`."""
    return InvalidArgumentError(
        f"{field}: {description}", reason=reason, violations=[FieldViolation(field, description)]
    )


def to_status(error: StackwrightError) -> status_pb2.Status:
    """The `google.rpc.Status` of an error: ErrorInfo always, BadRequest for fields, RetryInfo if a repeat may help."""
    status = status_pb2.Status(code=code_pb2.Code.Value(error.code.name), message=error.message)
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=error.metadata)
    status.details.add().Pack(info)
    if error.violations:
        bad = error_details_pb2.BadRequest()
        for violation in error.violations:
            bad.field_violations.add(field=violation.field, description=violation.description)
        status.details.add().Pack(bad)
    if error.retry_after is not None:
        delay = Duration()
        delay.FromMilliseconds(round(error.retry_after * 1000))
        status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    return status


def error_from_rpc(error: grpc.aio.AioRpcError) -> StackwrightError:
    """The typed error behind a failed call; `retry_after` is set where the server said so, or never saw the call."""
    kind = _BY_CODE.get(error.code(), InternalError)
    reason, metadata = "", {}
    violations: list[FieldViolation] = []
    retry_after: float | None = None
    for key, value in error.trailing_metadata() or ():
        if key != _DETAILS_KEY:
            continue
        for detail in status_pb2.Status.FromString(value if isinstance(value, bytes) else value.encode()).details:
            info, bad, retry = (
                error_details_pb2.ErrorInfo(),
                error_details_pb2.BadRequest(),
                error_details_pb2.RetryInfo(),
            )
            if detail.Unpack(info):
                reason, metadata = info.reason, dict(info.metadata)
            elif detail.Unpack(bad):
                violations = [FieldViolation(v.field, v.description) for v in bad.field_violations]
            elif detail.Unpack(retry):
                retry_after = retry.retry_delay.ToMilliseconds() / 1000
    if not reason and kind is UnavailableError:
        # Made by the transport: no server answered.
        reason, retry_after = "UNREACHABLE", 0.5
    return kind(
        error.details() or error.code().name,
        reason=reason,
        violations=violations,
        retry_after=retry_after,
        metadata=metadata,
    )
