"""The whole suite in one process: an embedded NATS server, and every service on a port of its own."""

import asyncio
import contextlib
import importlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path

from stackwright_kit.bus import STANDARD_USERS, EmbeddedNats, embedded_nats
from stackwright_kit.errors import FailedPreconditionError
from stackwright_kit.logs import configure_logging
from stackwright_kit.server import Running, Service, running
from stackwright_kit.settings import Settings
from stackwright_local.publishing import publish
from stackwright_local.settings import LocalSettings
from stackwright_orchestrator import SERVICE as ORCHESTRATOR
from stackwright_orchestrator.settings import OrchestratorSettings


class Parts(Flag):
    """What a verb needs; each includes what it cannot do without."""

    ORCHESTRATOR = auto()
    REGISTRY = auto()
    HANDLERS = auto()
    VALIDATORS = auto()
    ALL = ORCHESTRATOR | REGISTRY | HANDLERS | VALIDATORS


HANDLERS = ("node_backend", "react_frontend", "postgresql_database")
VALIDATORS = ("javascript", "sql", "security", "runtime")


@dataclass(frozen=True)
class Suite:
    """Where a running suite is reached, and where it keeps its things."""

    orchestrator: str
    registry: str
    home: Path
    output_root: Path
    services: Mapping[str, str]
    """Addresses of handlers and validators by name."""


@contextlib.asynccontextmanager
async def suite(parts: Parts, *, orchestrator_port: int = 0) -> AsyncIterator[Suite]:
    """Run the suite until the block is left.

    Raises FailedPreconditionError when another process uses the same folder.
    """
    local = LocalSettings()
    configure_logging("stackwright", level="WARNING", style="text")
    async with contextlib.AsyncExitStack() as stack:
        users = {**STANDARD_USERS, **dict.fromkeys(HANDLERS, "handler"), **dict.fromkeys(VALIDATORS, "validator")}
        nats = await stack.enter_async_context(_nats(local.home / "jetstream", users))
        # The registry first: it is published to before anything asks it.
        registry = await _start(stack, "registry", _service("stackwright_registry"), nats)
        published = asyncio.create_task(publish(registry.address, local.catalogue))
        names = [f"stackwright_{name}" for name in HANDLERS if parts & Parts.HANDLERS]
        names += [f"stackwright_{name}_validator" for name in VALIDATORS if parts & Parts.VALIDATORS]
        services = {}
        for name in names:
            user = name.removeprefix("stackwright_").removesuffix("_validator")
            services[user] = (await _start(stack, user, _service(name), nats)).address
        await published
        base = OrchestratorSettings(
            output_root=local.output_root, registry_address=registry.address, port=orchestrator_port
        )
        orchestrator = await stack.enter_async_context(running(ORCHESTRATOR, nats.settings("orchestrator", base)))
        yield Suite(orchestrator.address, registry.address, local.home, local.output_root, services)


@contextlib.asynccontextmanager
async def _nats(store: Path, users: Mapping[str, str]) -> AsyncIterator[EmbeddedNats]:
    try:
        async with embedded_nats(store, users) as server:
            yield server
    except ValueError as error:
        raise FailedPreconditionError(
            f"{error}; use it with --server 127.0.0.1:8010, or set STACKWRIGHT_HOME to another folder"
        ) from error


async def _start(stack: contextlib.AsyncExitStack, user: str, service: Service, nats: EmbeddedNats) -> Running:
    return await stack.enter_async_context(running(service, nats.settings(user, Settings())))


def _service(package: str) -> Service:
    """Give a member's service: each has a module `service` with a function of that name."""
    make: Callable[[], Service] = importlib.import_module(f"{package}.service").service
    logging.getLogger("stackwright.local").debug("loaded %s", package)
    return make()
