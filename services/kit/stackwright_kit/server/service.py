"""Starting a service: one call, the same for each."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1.health import aio as health
from grpc_reflection.v1alpha import reflection

from stackwright.handler.v1.request_response_pb2 import HandlerDescription
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_kit.bus import Bus, announce, connect
from stackwright_kit.logs import configure_logging
from stackwright_kit.server.interceptor import CallInterceptor
from stackwright_kit.settings import Settings, read_settings

_log = logging.getLogger("stackwright.server")
LEAST_PING_MILLISECONDS = 5_000
"""Pings of a quiet connection may come this often; clients send them less often by far."""


@dataclass
class Runtime:
    """What a service is given when it opens. `bus` is None where no NATS server is configured."""

    settings: Settings
    bus: Bus | None
    address: str = ""
    """`host:port` that it serves; set once it listens."""

    def need_bus(self) -> Bus:
        """The bus of a service that cannot do without one."""
        if self.bus is None:
            raise ValueError("STACKWRIGHT_NATS_URL must be set: this service keeps its state in NATS JetStream")
        return self.bus


Open = Callable[[Runtime], AbstractAsyncContextManager[Sequence[object]]]


@dataclass(frozen=True)
class Service:
    """A service to serve: its name, version and servicers.

    `servicers` are instances of classes derived from generated `…Servicer` classes; a service with state gives `open`
    instead, an async context manager that makes them from the Runtime. `description` is announced for handlers and
    validators; others are announced by name.
    """

    name: str
    version: str
    servicers: Sequence[object] = ()
    open: Open | None = None
    description: HandlerDescription | ValidatorDescription | None = None
    announced: bool = True


@dataclass
class Running:
    """A service that serves."""

    address: str
    runtime: Runtime


class _Names:
    """Takes the names of services where a server would take their methods."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def add_generic_rpc_handlers(self, handlers: Sequence[grpc.ServiceRpcHandler]) -> None:
        self.names += [str(handler.service_name()) for handler in handlers]

    def add_registered_method_handlers(self, name: str, handlers: object) -> None:
        """Part of the interface of a server; the names are known already."""


def _register(servicer: object, server: grpc.aio.Server) -> list[str]:
    """Add a servicer by the generated function beside its base class; returns the full names of its services."""
    names = _Names()
    for kind in type(servicer).__mro__:
        module = importlib.import_module(kind.__module__)
        add = getattr(module, f"add_{kind.__name__}_to_server", None)
        if add is not None:
            # The service's own descriptor, which the stubs do not load and reflection needs.
            importlib.import_module(kind.__module__.removesuffix("_grpc"))
            add(servicer, server)
            add(servicer, names)
    if not names.names:
        raise TypeError(f"{type(servicer).__name__} must derive from a generated …Servicer class")
    return names.names


def _server(settings: Settings) -> grpc.aio.Server:
    return grpc.aio.server(
        interceptors=[CallInterceptor(settings.service_token.get_secret_value())],
        options=[
            ("grpc.so_reuseport", 0),
            ("grpc.max_receive_message_length", settings.max_request_bytes),
            ("grpc.max_send_message_length", settings.max_request_bytes),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.min_recv_ping_interval_without_data_ms", LEAST_PING_MILLISECONDS),
            # On a machine that is held up, pings that were sent in good time arrive together: no reason to hang up.
            ("grpc.http2.max_ping_strikes", 0),
            ("grpc.max_connection_age_ms", 30 * 60 * 1000),
        ],
    )


def _listen(server: grpc.aio.Server, settings: Settings) -> str:
    loopback = settings.host in {"127.0.0.1", "::1", "localhost"}
    if not loopback and not settings.service_token.get_secret_value():
        raise ValueError(f"STACKWRIGHT_SERVICE_TOKEN must be set to serve on {settings.host}, which is not loopback")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    try:
        port = server.add_insecure_port(f"{host}:{settings.port}")
    except RuntimeError as error:
        raise ValueError(f"STACKWRIGHT_PORT: {host}:{settings.port} cannot be bound") from error
    return f"{host}:{port}"


@asynccontextmanager
async def running(service: Service, settings: Settings | None = None) -> AsyncIterator[Running]:
    """Serve inside the running loop until the block is left, then drain: what tests and the one-process suite use."""
    settings = settings or Settings()
    async with AsyncExitStack() as stack:
        bus = await stack.enter_async_context(connect(settings, service.name)) if settings.nats_url else None
        runtime = Runtime(settings, bus)
        server = _server(settings)
        bound = _listen(server, settings)
        runtime.address = settings.advertise or bound
        servicers = list(service.servicers)
        if service.open is not None:
            servicers += await stack.enter_async_context(service.open(runtime))
        names = [name for servicer in servicers for name in _register(servicer, server)]
        state = health.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(state, server)
        reflection.enable_server_reflection([*names, "grpc.health.v1.Health", reflection.SERVICE_NAME], server)
        await server.start()
        for name in ["", *names]:
            await state.set(name, health_pb2.HealthCheckResponse.SERVING)
        _log.info(f"{service.name} {service.version} serves on {runtime.address}", extra={"address": runtime.address})
        try:
            async with _announced(service, runtime):
                yield Running(runtime.address, runtime)
        finally:
            # The announcement is withdrawn by now, so that nobody new comes; the calls in hand may finish.
            await state.enter_graceful_shutdown()
            await server.stop(settings.drain_seconds)


def _announced(service: Service, runtime: Runtime) -> AbstractAsyncContextManager[None]:
    if runtime.bus is None or not service.announced:
        return nullcontext()
    return announce(
        runtime.bus,
        name=service.name,
        version=service.version,
        address=runtime.address,
        ttl=runtime.settings.announce_ttl,
        description=service.description,
    )


async def _run(service: Service, settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(service, settings):
        await stop.wait()
        _log.info(f"{service.name} drains")


def serve(service: Service, settings: type[Settings] = Settings) -> None:
    """Serve until SIGTERM or SIGINT, then drain. The one call of every service's `__main__`.

    Gives health, reflection, service tokens, correlation, deadlines, validation of every request, typed errors, traces,
    JSON logs, announcement on the bus, and draining. Exits with status 2 and one sentence for a wrong setting.
    """
    configure_logging(service.name, level="INFO", style="json")
    try:
        wanted = read_settings(settings)
        configure_logging(service.name, level=wanted.log_level, style=wanted.log_format)
        configure_tracing(service)
        asyncio.run(_run(service, wanted))
    except ValueError as error:
        _log.error(str(error))
        raise SystemExit(2) from None


def configure_tracing(service: Service) -> None:
    """Export spans where the standard variables ask for it: OTEL_TRACES_EXPORTER=console, or an OTLP endpoint."""
    wanted = os.environ.get("OTEL_TRACES_EXPORTER", "otlp" if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT") else "none")
    if wanted == "none":
        return
    # Loaded where it is asked for: the SDK is slow to load, and most processes only pass spans on.
    from opentelemetry import trace
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

    resource = Resource.create({"service.name": service.name, "service.version": service.version})
    provider = TracerProvider(resource=resource)
    module = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"
    if wanted == "console":
        provider.add_span_processor(BatchSpanProcessor(ConsoleSpanExporter()))
    elif wanted == "otlp" and importlib.util.find_spec("opentelemetry.exporter") is not None:
        provider.add_span_processor(BatchSpanProcessor(importlib.import_module(module).OTLPSpanExporter()))
    else:
        _log.warning(f"traces are not exported: install opentelemetry-exporter-otlp-proto-grpc for {wanted!r}")
        return
    trace.set_tracer_provider(provider)
