"""Makes the application of a selection as the registry and the handlers would, in this process."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from selection_sets import Selection

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import (
    Command,
    FeatureResult,
    GenerateRequest,
    HandlerResult,
    Stack,
    Technology,
)
from stackwright_node_backend.handler import NodeBackendHandler
from stackwright_postgresql_database.handler import PostgresqlDatabaseHandler
from stackwright_react_frontend.handler import ReactFrontend
from stackwright_registry.catalogue import Catalogue, load_catalogue
from stackwright_registry.resolving.draft import DomainInput, draft_contract
from stackwright_sdk.node import SourceTools
from stackwright_sdk.validation import Project

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
Language = Literal["typescript", "javascript"]


@dataclass(frozen=True)
class Made:
    """An application with its contract and what the handlers said of it."""

    contract: Contract
    project: Project
    results: Sequence[HandlerResult]

    @property
    def features(self) -> list[FeatureResult]:
        """What each handler says of each feature."""
        return [feature for result in self.results for feature in result.features]

    @property
    def commands(self) -> list[Command]:
        """How to run it."""
        return [command for result in self.results for command in result.commands]


def stack(language: Language, secondary: Sequence[str] = ()) -> Stack:
    """The one stack there is."""
    return Stack(
        backend=Technology(name="node.js", language=language, secondary=secondary),
        frontend=Technology(name="react", language=language),
        database=Technology(name="postgresql", secondary=secondary),
    )


class Workshop:
    """The catalogue and the three handlers, warm."""

    def __init__(self, catalogue: Path = CATALOGUE) -> None:
        self.folder = catalogue
        self.catalogue: Catalogue = load_catalogue(catalogue)
        self._tools = SourceTools()
        self._node = NodeBackendHandler(self._tools)
        self._react = ReactFrontend()
        self._postgresql = PostgresqlDatabaseHandler()

    async def close(self) -> None:
        """End the workers."""
        await asyncio.gather(self._tools.close(), self._react.close())

    @cached_property
    def features(self) -> list[str]:
        """Features that are generated when they are asked for."""
        return sorted(key for key, entry in self.catalogue.index.items() if entry.built)

    async def make(
        self, chosen: Selection, language: Language, *, probe: bool = False, secondary: Sequence[str] = ()
    ) -> Made:
        """Draw the contract up and compile it. With `probe` it has the entity `Sample` too."""
        contract = draft_contract(self.catalogue, chosen.asked, DomainInput({}), "Selection", probe)
        wanted = stack(language, secondary)
        projects = [
            await handler.generate(
                GenerateRequest(request_id="selection", contract=contract, technology=technology, stack=wanted), _quiet
            )
            for handler, technology in (
                (self._node, wanted.backend),
                (self._react, wanted.frontend),
                (self._postgresql, wanted.database),
            )
        ]
        files = [file for project in projects for file in project.files]
        return Made(contract, Project.of(files), [project.result for project in projects])


async def _quiet(message: str, done: int, total: int) -> None:
    """Progress that nobody follows."""
