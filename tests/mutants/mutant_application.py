"""Generates the application that the mutants are made of, through the handlers' own services."""

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
FEATURES = (
    "authentication",
    "role_based_access_control",
    "user_management",
    "audit_logging",
    "api_documentation",
    "health_monitoring",
    "structured_logging",
)
_HANDLERS = ("postgresql_database", "node_backend", "react_frontend")
_STACK = Stack(
    backend=Technology(name="node.js", language="typescript"),
    frontend=Technology(name="react", language="typescript"),
    database=Technology(name="postgresql"),
)


@dataclass(frozen=True)
class Application:
    """A generated application with everything that its behaviour tests need."""

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
            stack=_STACK,
            commands=self.commands,
            probe_contract=self.contract,
            scenarios=self.scenarios,
        )
        trees: dict[Tree, Project] = {TREE_PROBE: Project(files), TREE_BEHAVIOUR: self.behaviour}
        return ValidationJob(start, trees)


async def generate() -> Application:
    """The application of all seven features and `Sample`, in TypeScript."""
    catalogue = load_catalogue(CATALOGUE)
    contract = draft_contract(catalogue, list(FEATURES), DomainInput({}), "Mutants", True)
    files: dict[str, SourceFile] = {}
    commands: list[Command] = []
    async with AsyncExitStack() as stack:
        for name in _HANDLERS:
            service: Service = importlib.import_module(f"stackwright_{name}.service").service()
            served = await stack.enter_async_context(running(service, Settings(port=0)))
            stub = HandlerServiceStub(await stack.enter_async_context(channel(served.address)))
            made, told = await _generated(stub, contract, name)
            files |= made
            commands += told
    return Application(contract, files, commands, _scenarios(catalogue), _behaviour())


async def _generated(
    stub: HandlerServiceAsyncStub, contract: contract_pb2.Contract, name: str
) -> tuple[dict[str, SourceFile], list[Command]]:
    role = name.rpartition("_")[2]
    technology: Technology = getattr(_STACK, role)
    joiner, commands = FileJoiner(), list[Command]()
    request = GenerateRequest(request_id=f"mutant-{name}", contract=contract, technology=technology, stack=_STACK)
    async for message in stub.Generate(request):
        if message.HasField("chunk"):
            joiner.add(message.chunk)
        elif message.HasField("result"):
            commands = list(message.result.commands)
    return {file.path: file for tree in joiner.finish().values() for file in tree}, commands


def _scenarios(catalogue: Catalogue) -> list[behaviour_pb2.Scenario]:
    return [scenario for key in FEATURES for scenario in catalogue.features[key].fragment.scenarios]


def _behaviour() -> Project:
    found = [path for path in CATALOGUE.glob("*/*/behaviour/*.py") if path.parent.parent.name in FEATURES]
    return Project.of(
        SourceFile(path=path.relative_to(CATALOGUE).as_posix(), content=path.read_bytes()) for path in found
    )
