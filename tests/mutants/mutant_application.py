"""Generates the applications that the mutants are made of, through the handlers' own services."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stackwright.code.v1 import measurement_pb2
from stackwright.code.v1.file_pb2 import TREE_BEHAVIOUR, TREE_PROBE, SourceFile, Tree
from stackwright.contract.v1 import behaviour_pb2, contract_pb2
from stackwright.handler.v1.request_response_pb2 import Command, GenerateRequest, Stack, Technology
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright.validator.v1.request_response_pb2 import ValidateStart
from stackwright_kit.client import channel
from stackwright_kit.files import FileJoiner
from stackwright_kit.server import Service, running
from stackwright_kit.settings import Settings
from stackwright_registry.catalogue import Catalogue, load_catalogue
from stackwright_registry.resolving.draft import DomainInput, draft_contract
from stackwright_sdk.validation import Project, ValidationJob

if TYPE_CHECKING:
    from stackwright.handler.v1.service_pb2_grpc import HandlerServiceAsyncStub

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
_HANDLERS = ("postgresql_database", "node_backend")
_FRONT_END = "react_frontend"


@dataclass(frozen=True)
class Recipe:
    """An application: `features` are those whose lines its mutants break, `beside` those that stand around them."""

    features: tuple[str, ...]
    beside: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()


FIRST = Recipe(
    (
        "authentication",
        "role_based_access_control",
        "user_management",
        "audit_logging",
        "api_documentation",
        "health_monitoring",
        "structured_logging",
    )
)
GROWN = Recipe(
    (
        "rate_limiting",
        "security_headers",
        "email_notifications",
        "password_reset",
        "email_verification",
        "account_lockout",
        "background_jobs",
        "session_management",
        "notifications",
        "file_upload",
        "real_time_chat",
    ),
    beside=FIRST.features,
    secondary=("Redis",),
)
SHARED = Recipe(("organizations",), beside=FIRST.features)
PEOPLE = Recipe(("comments", "employee_directory", "leave_management"))
BUSINESS = Recipe(
    ("helpdesk_ticketing", "content_management", "product_catalog", "order_management", "inventory_management"),
    beside=("notifications",),
)
RECIPES = (FIRST, GROWN, SHARED, PEOPLE, BUSINESS)


@dataclass(frozen=True)
class Application:
    """A generated application with everything that its behaviour tests need."""

    stack: Stack
    contract: contract_pb2.Contract
    files: Mapping[str, SourceFile]
    commands: Sequence[Command]
    scenarios: Sequence[behaviour_pb2.Scenario]
    behaviour: Project

    def job(self, files: Mapping[str, SourceFile]) -> ValidationJob:
        """A job of the runtime validator for `files` as the probe; nothing is delivered."""
        start = ValidateStart(
            request_id="mutant",
            proof=measurement_pb2.PROOF_LEVEL_RUN,
            stack=self.stack,
            commands=self.commands,
            probe_contract=self.contract,
            scenarios=self.scenarios,
        )
        trees: dict[Tree, Project] = {TREE_PROBE: Project(files), TREE_BEHAVIOUR: self.behaviour}
        return ValidationJob(start, trees)


def lines_of(recipe: Recipe) -> list[str]:
    """The `shows` lines of the features that its mutants break, as `authentication:2`."""
    index = load_catalogue(CATALOGUE).index
    return [f"{key}:{line}" for key in recipe.features for line in range(1, len(index[key].shows) + 1)]


async def generate(recipe: Recipe, *, browser: bool) -> Application:
    """The application of a recipe with `Sample`, in TypeScript; a front end only for tests in a browser."""
    technology = Stack(
        backend=Technology(name="node.js", language="typescript"),
        frontend=Technology(name="react", language="typescript"),
        database=Technology(name="postgresql", secondary=recipe.secondary),
    )
    catalogue = load_catalogue(CATALOGUE)
    features = [*recipe.beside, *recipe.features]
    contract = draft_contract(catalogue, features, DomainInput({}), "Mutants", True)
    files: dict[str, SourceFile] = {}
    commands: list[Command] = []
    async with AsyncExitStack() as stack:
        for name in (*_HANDLERS, _FRONT_END) if browser else _HANDLERS:
            service: Service = importlib.import_module(f"stackwright_{name}.service").service()
            served = await stack.enter_async_context(running(service, Settings(port=0)))
            stub = HandlerServiceStub(await stack.enter_async_context(channel(served.address)))
            made, told = await _generated(stub, contract, technology, name)
            files |= made
            commands += told
    scenarios = _scenarios(catalogue, recipe.features)
    return Application(technology, contract, files, commands, scenarios, _behaviour(recipe.features))


async def _generated(
    stub: HandlerServiceAsyncStub, contract: contract_pb2.Contract, stack: Stack, name: str
) -> tuple[dict[str, SourceFile], list[Command]]:
    technology: Technology = getattr(stack, name.rpartition("_")[2])
    joiner, commands = FileJoiner(), list[Command]()
    request = GenerateRequest(request_id=f"mutant-{name}", contract=contract, technology=technology, stack=stack)
    async for message in stub.Generate(request):
        if message.HasField("chunk"):
            joiner.add(message.chunk)
        elif message.HasField("result"):
            commands = list(message.result.commands)
    return {file.path: file for tree in joiner.finish().values() for file in tree}, commands


def _scenarios(catalogue: Catalogue, features: Sequence[str]) -> list[behaviour_pb2.Scenario]:
    return [scenario for key in features for scenario in catalogue.features[key].fragment.scenarios]


def _behaviour(features: Sequence[str]) -> Project:
    found = [path for path in CATALOGUE.glob("*/*/behaviour/*.py") if path.parent.parent.name in features]
    return Project.of(
        SourceFile(path=path.relative_to(CATALOGUE).as_posix(), content=path.read_bytes()) for path in found
    )
