"""The whole suite in one process: an embedded NATS server, and every service on a port of its own."""

import asyncio
import contextlib
import importlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path

from stackwright.code.v1.measurement_pb2 import PROOF_LEVEL_NONE, PROOF_LEVEL_STATIC, ProofLevel
from stackwright_kit.bus import STANDARD_USERS, EmbeddedNats, embedded_nats
from stackwright_kit.errors import FailedPreconditionError
from stackwright_kit.logs import configure_logging
from stackwright_kit.server import Running, Service, running
from stackwright_kit.settings import Settings
from stackwright_local.publishing import publish
from stackwright_local.settings import LocalSettings
from stackwright_orchestrator import SERVICE as ORCHESTRATOR
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.together import together


class Parts(Flag):
    """What a verb needs; each includes what it cannot do without."""

    ORCHESTRATOR = auto()
    REGISTRY = auto()
    HANDLERS = auto()
    VALIDATORS = auto()
    """The static ones."""
    RUNTIME = auto()
    """The one that runs what was generated."""
    ALL = ORCHESTRATOR | REGISTRY | HANDLERS | VALIDATORS | RUNTIME


def parts_for(proof: ProofLevel) -> Parts:
    """Give what a run of this proof needs; one that says none is proven in full."""
    parts = Parts.ORCHESTRATOR | Parts.REGISTRY | Parts.HANDLERS
    if proof == PROOF_LEVEL_NONE:
        return parts
    return parts | Parts.VALIDATORS if proof == PROOF_LEVEL_STATIC else Parts.ALL


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
        # The broker starts up while the services are imported.
        starting = asyncio.create_task(stack.enter_async_context(_nats(local.home / "jetstream", users)))
        await asyncio.sleep(0)
        makers = {name: _service(f"stackwright_{name}") for name in HANDLERS if parts & Parts.HANDLERS}
        makers |= {name: _service(f"stackwright_{name}_validator") for name in VALIDATORS if parts & _part_of(name)}
        registry_service = _service("stackwright_registry")
        nats = await starting
        # Two groups, each started at once: the orchestrator, which calls all the others, ends before they do.
        called = await stack.enter_async_context(contextlib.AsyncExitStack())
        calling = await stack.enter_async_context(contextlib.AsyncExitStack())

        async def start(user: str) -> Running:
            return await called.enter_async_context(running(makers[user], nats.settings(user, Settings())))

        async def start_platform() -> list[Running]:
            of_registry = nats.settings("registry", Settings())
            registry = await called.enter_async_context(running(registry_service, of_registry))
            base = OrchestratorSettings(
                output_root=local.output_root, registry_address=registry.address, port=orchestrator_port
            )

            async def published() -> Running:
                await publish(registry.address, local.catalogue)
                return registry

            # Nobody can ask for a feature before both have ended.
            serving = running(ORCHESTRATOR, nats.settings("orchestrator", base))
            return await together([calling.enter_async_context(serving), published()])

        async def start_services() -> list[Running]:
            return await together(start(user) for user in makers)

        (orchestrator, registry), others = await together([start_platform(), start_services()])
        services = {user: service.address for user, service in zip(makers, others, strict=True)}
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


def _part_of(validator: str) -> Parts:
    return Parts.RUNTIME if validator == "runtime" else Parts.VALIDATORS


def _service(package: str) -> Service:
    """Give a member's service: each has a module `service` with a function of that name."""
    make: Callable[[], Service] = importlib.import_module(f"{package}.service").service
    logging.getLogger("stackwright.local").debug("loaded %s", package)
    return make()
