"""The REST contract: JSON in, protobuf out, nothing else."""

import asyncio
import contextlib
import hmac
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import grpc
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from stackwright.generation.v1.request_response_pb2 import (
    CancelRunRequest,
    GetRunRequest,
    ListRunsRequest,
    ListServicesRequest,
    Run,
    StartGenerationRequest,
)
from stackwright.registry.v1.request_response_pb2 import ListFeaturesRequest
from stackwright_gateway import downloads, failures, metrics, responses
from stackwright_gateway.answers import ApiError, Detail, from_failure
from stackwright_gateway.body import read_json
from stackwright_gateway.clients import Clients
from stackwright_gateway.openapi import document
from stackwright_gateway.page import CONTENT_SECURITY_POLICY, PAGE
from stackwright_gateway.requests import document_path, parse_request
from stackwright_gateway.watching import watch
from stackwright_kit.errors import error_from_rpc

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Limits:
    """What the shim allows itself. `wait_seconds`: n8n gives up after 300 s, so a wait ends with 202 before that."""

    wait_seconds: float = 240
    token: str = ""


def create_app(clients: Clients, limits: Limits) -> Starlette:
    """Build the ASGI application over connected clients."""
    gateway = Gateway(clients, limits)
    routes = [
        Route("/", gateway.page, methods=["GET"]),
        Route("/health", gateway.health, methods=["GET"]),
        Route("/metrics", gateway.metrics, methods=["GET"]),
        Route("/openapi.json", gateway.openapi, methods=["GET"]),
        Route("/api/v1/generate", gateway.generate, methods=["POST"]),
        Route("/api/v1/runs", gateway.list_runs, methods=["GET"]),
        Route("/api/v1/runs/{run}", gateway.get_run, methods=["GET"]),
        Route("/api/v1/runs/{run}/cancel", gateway.cancel, methods=["POST"]),
        Route("/api/v1/runs/{run}/events", gateway.events, methods=["GET"]),
        *[
            Route(f"/api/v1/runs/{{run}}/{name}", gateway.download(part), methods=["GET"])
            for name, part in downloads.PARTS.items()
        ],
        Route("/api/v1/features", gateway.features, methods=["GET"]),
        Route("/api/v1/handlers", gateway.handlers, methods=["GET"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=limits.token), Middleware(metrics.Counting, counters=gateway.counters)],
        exception_handlers=failures.HANDLERS,
    )


class Gateway:
    """The endpoints. Each translates, calls one RPC, and translates back."""

    def __init__(self, clients: Clients, limits: Limits) -> None:
        self._clients = clients
        self._limits = limits
        self.counters = metrics.Counters()

    async def generate(self, request: Request) -> Response:
        """Start a run and wait for it, unless the client prefers not to."""
        parsed = parse_request(await read_json(request))
        key = request.headers.get("idempotency-key", "")
        if len(key) > 200:
            raise ApiError(
                400,
                "invalid_argument",
                "Idempotency-Key: at most 200 characters.",
                [Detail("Idempotency-Key", "at most 200 characters")],
            )
        try:
            started = await self._clients.generation.StartGeneration(
                StartGenerationRequest(request_id=key or f"rest-{uuid.uuid4()}", spec=parsed.spec),
                metadata=_correlation(request),
                timeout=30,
            )
        except grpc.aio.AioRpcError as error:
            raise from_failure(error_from_rpc(error), partial(document_path, spec=parsed.spec)) from error
        run = started.run
        if "respond-async" not in request.headers.get("prefer", "") and not responses.is_done(run):
            run = await self._wait(run.run_id)
        if not responses.is_done(run):
            location = f"{responses.BASE}/runs/{run.run_id}"
            return JSONResponse(
                responses.accepted(run), status_code=202, headers={"Location": location, "Retry-After": "5"}
            )
        return JSONResponse(responses.finished(run, parsed.unused))

    async def _wait(self, run_id: str) -> Run:
        """Follow a run until it ends or the wait is over. Reads the state at the end, so no event must arrive."""
        with contextlib.suppress(TimeoutError, grpc.aio.AioRpcError):
            async with asyncio.timeout(self._limits.wait_seconds):
                async for _ in watch(self._clients.generation, run_id):
                    pass
        return await self._run(run_id)

    async def _run(self, run_id: str) -> Run:
        answer = await self._clients.generation.GetRun(GetRunRequest(run_id=run_id), timeout=10)
        return answer.run

    async def list_runs(self, request: Request) -> Response:
        """List runs, newest first."""
        answer = await self._clients.generation.ListRuns(
            ListRunsRequest(
                page_size=_number(request, "page_size", 50, 200), page_token=request.query_params.get("page_token", "")
            ),
            timeout=10,
        )
        runs = [responses.summary(run) for run in answer.runs]
        return JSONResponse({"runs": runs, "next_page_token": answer.next_page_token})

    async def get_run(self, request: Request) -> Response:
        """Tell how a run stands."""
        return JSONResponse(responses.status(await self._run(request.path_params["run"])))

    async def cancel(self, request: Request) -> Response:
        """Cancel a run; one that has ended stays as it is."""
        answer = await self._clients.generation.CancelRun(
            CancelRunRequest(request_id=f"rest-{uuid.uuid4()}", run_id=request.path_params["run"]), timeout=10
        )
        return JSONResponse(responses.status(answer.run))

    async def events(self, request: Request) -> Response:
        """Stream a run's events; `Last-Event-ID` resumes."""
        run_id = request.path_params["run"]
        await self._run(run_id)  # 404 before the stream starts
        text = request.headers.get("last-event-id", "0")
        after = int(text) if text.isascii() and text.isdigit() else 0
        return downloads.event_stream(self._clients.generation, run_id, after)

    def download(self, part: str) -> Endpoint:
        """Give the endpoint of one part of a run's artifact."""

        async def endpoint(request: Request) -> Response:
            return await downloads.artifact(self._clients.generation, request.path_params["run"], part)

        return endpoint

    async def features(self, request: Request) -> Response:
        """List the catalogue."""
        features = []
        token = ""
        while True:
            answer = await self._clients.registry.ListFeatures(
                ListFeaturesRequest(page_size=500, page_token=token), timeout=10
            )
            features += [responses.feature(item) for item in answer.features]
            token = answer.next_page_token
            if not token:
                return JSONResponse({"features": features})

    async def handlers(self, request: Request) -> Response:
        """List the handlers that are announced now."""
        answer = await self._clients.generation.ListServices(ListServicesRequest(), timeout=10)
        return JSONResponse(
            {"handlers": [responses.service(item) for item in answer.services if item.HasField("handler")]}
        )

    async def health(self, request: Request) -> Response:
        """Answer 200 when the orchestrator answers, else 503."""
        state = "ok"
        try:
            await self._clients.generation.ListServices(ListServicesRequest(), timeout=2)
        except grpc.aio.AioRpcError:
            state = "failing"
        return JSONResponse(
            {"status": state, "orchestrator": "up" if state == "ok" else "down"}, 200 if state == "ok" else 503
        )

    async def metrics(self, request: Request) -> Response:
        """Give counters in the Prometheus text format."""
        return Response(self.counters.text(), media_type="text/plain; version=0.0.4")

    async def openapi(self, request: Request) -> Response:
        """Describe this API."""
        return JSONResponse(document())

    async def page(self, request: Request) -> Response:
        """Show runs and their events to a person."""
        return HTMLResponse(PAGE, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})


class Guard:
    """Asks for the token, if one is configured, on everything but /health."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through or answer 401."""
        if scope["type"] == "http" and self._token and scope["path"] != "/health":
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, b"Bearer " + self._token):
                refusal = ApiError(401, "unauthenticated", "Send the gateway's token as `Authorization: Bearer …`.")
                await refusal.response()(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _correlation(request: Request) -> tuple[tuple[str, str], ...]:
    given = request.headers.get("x-correlation-id", "")
    return (("x-correlation-id", given),) if given.isascii() and 0 < len(given) <= 64 else ()


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        reason = f"a whole number from 1 to {most}"
        raise ApiError(400, "invalid_argument", f"{name}: expected {reason}.", [Detail(name, reason)])
    return int(text)
