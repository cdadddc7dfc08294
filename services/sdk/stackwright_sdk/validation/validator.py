"""The base class of a validator: a project in; findings, facts, measurements and checks out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from stackwright.code.v1.file_pb2 import TREE_BEHAVIOUR, TREE_DELIVERED, TREE_PROBE, Tree
from stackwright.validator.v1.request_response_pb2 import ValidateStart, ValidatorDescription
from stackwright_sdk.validation.project import Project
from stackwright_sdk.validation.report import Report

_NOTHING = Project()


@dataclass(frozen=True)
class ValidationJob:
    """What came with a request: its start message and the trees of files."""

    start: ValidateStart
    trees: Mapping[Tree, Project]

    @property
    def delivered(self) -> Project:
        """The application that is delivered."""
        return self.trees.get(TREE_DELIVERED, _NOTHING)

    @property
    def probe(self) -> Project:
        """The same contract with the entity `Sample`; empty when none was sent."""
        return self.trees.get(TREE_PROBE, _NOTHING)

    @property
    def behaviour(self) -> Project:
        """Behaviour tests of the catalogue; empty when none were sent."""
        return self.trees.get(TREE_BEHAVIOUR, _NOTHING)


class Validator(ABC):
    """Looks at, or runs, a whole project. One object serves many requests, also at the same time."""

    @abstractmethod
    def describe(self) -> ValidatorDescription:
        """Say what it looks at, with which tools, and what it cannot do on this machine."""

    @abstractmethod
    async def validate(self, job: ValidationJob, report: Report) -> None:
        """Say everything there is to say about `job`; each check of it stands alone.

        Raises only for a wrong request (`stackwright_kit` errors): what a tool cannot do is a check `unverified`.
        """

    async def start(self) -> None:  # noqa: B027  # most have nothing to warm up
        """Warm up. Called once before the first request; a failure here must not keep the service from starting."""

    async def close(self) -> None:  # noqa: B027  # nor to end
        """End workers and remove scratch files. Called once, at the end."""
