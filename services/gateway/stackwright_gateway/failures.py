"""How each kind of error that an endpoint raises is answered."""

from collections.abc import Awaitable, Callable

import grpc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from stackwright_gateway.answers import ApiError, from_failure
from stackwright_gateway.requests import document_path
from stackwright_kit.errors import StackwrightError, error_from_rpc


async def _api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  # registered for this class only
    return error.response()


async def _rpc_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, grpc.aio.AioRpcError)  # noqa: S101
    return from_failure(error_from_rpc(error), document_path).response()


async def _typed_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, StackwrightError)  # noqa: S101
    return from_failure(error, document_path).response()


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    codes = {404: "not_found", 405: "method_not_allowed"}
    messages = {404: "There is nothing at this address.", 405: "This address does not take that method."}
    status = error.status_code
    response = ApiError(status, codes.get(status, "invalid_argument"), messages.get(status, error.detail)).response()
    response.headers.update(error.headers or {})
    return response


async def _unexpected(_: Request, error: Exception) -> Response:  # logged by the server
    return ApiError(500, "internal", "The gateway failed; its log says where.").response()


HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    ApiError: _api_error,
    grpc.aio.AioRpcError: _rpc_error,
    StackwrightError: _typed_error,
    HTTPException: _http_error,
    Exception: _unexpected,
}
"""What answers each kind, as Starlette takes it."""
