"""The one shape of errors, and the translation of gRPC failures into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import grpc
from starlette.responses import JSONResponse

from stackwright_kit.errors import StackwrightError

QUALITY_STANDARD = "Ultra-Premium (8.0+/10)"

# gRPC status → (HTTP status, code).
STATUSES: dict[grpc.StatusCode, tuple[int, str]] = {
    grpc.StatusCode.INVALID_ARGUMENT: (400, "invalid_argument"),
    grpc.StatusCode.FAILED_PRECONDITION: (409, "failed_precondition"),
    grpc.StatusCode.OUT_OF_RANGE: (400, "out_of_range"),
    grpc.StatusCode.UNAUTHENTICATED: (401, "unauthenticated"),
    grpc.StatusCode.PERMISSION_DENIED: (403, "permission_denied"),
    grpc.StatusCode.NOT_FOUND: (404, "not_found"),
    grpc.StatusCode.ALREADY_EXISTS: (409, "already_exists"),
    grpc.StatusCode.ABORTED: (409, "aborted"),
    grpc.StatusCode.RESOURCE_EXHAUSTED: (429, "resource_exhausted"),
    grpc.StatusCode.UNIMPLEMENTED: (501, "unimplemented"),
    grpc.StatusCode.UNAVAILABLE: (503, "unavailable"),
    grpc.StatusCode.DEADLINE_EXCEEDED: (504, "deadline_exceeded"),
}


@dataclass(frozen=True)
class Detail:
    """One bad field: its path as the client wrote it, and what was expected."""

    field: str
    reason: str


@dataclass
class ApiError(Exception):
    """An answer other than success. `message` is one clear sentence; n8n shows it."""

    status: int
    code: str
    message: str
    details: Sequence[Detail] = field(default_factory=list)

    def response(self) -> JSONResponse:
        """Give the answer in the documented shape."""
        headers = {"Retry-After": "5"} if self.status in {429, 503} else {}
        return JSONResponse(
            {
                "success": False,
                "error": {
                    "code": self.code,
                    "status": self.status,
                    "message": self.message,
                    "details": [{"field": item.field, "reason": item.reason} for item in self.details],
                },
                "quality_standard": QUALITY_STANDARD,
            },
            status_code=self.status,
            headers=headers,
        )


def from_failure(error: StackwrightError, path: Callable[[str], str]) -> ApiError:
    """Translate a failed call; `path` turns a proto field into the client's. A bug is 500 without its text."""
    status, code = STATUSES.get(error.code, (500, "internal"))
    if status == 500:
        return ApiError(500, "internal", "The generation service failed; its log says where.")
    details = [Detail(path(item.field), item.description) for item in error.violations]
    message = error.message
    if details:
        message = "; ".join(f"{item.field}: {item.reason}" for item in details[:5])
    return ApiError(status, code, _sentence(message), details)


def _sentence(message: str) -> str:
    text = message.strip() or "The request was refused."
    return text if text[-1] in ".!?" else text + "."
