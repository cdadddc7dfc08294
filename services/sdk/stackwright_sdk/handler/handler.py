"""The base class of a handler: request in, files out."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import (
    EstablishContractsRequest,
    GenerateRequest,
    HandlerDescription,
    HandlerResult,
    RefineRequest,
    RefineResult,
    Warning,  # noqa: A004  # the message's name in the protos
)

# Called with a message, steps done and steps in all.
ProgressReporter = Callable[[str, int, int], Awaitable[None]]


@dataclass(frozen=True)
class GeneratedProject:
    """What `generate` gives back; the servicer orders the files and fills in `result.files`."""

    files: Sequence[SourceFile]
    result: HandlerResult


@dataclass(frozen=True)
class Refinement:
    """What `refine` gives back: changed files only, and which findings were addressed or declined."""

    files: Sequence[SourceFile] = ()
    result: RefineResult = field(default_factory=RefineResult)


class TechnologyHandler(ABC):
    """Makes one layer of an application with one technology.

    Near pure: it reads its own blueprint and the request, and touches no disk, registry or bus. The same request gives
    the same bytes.
    """

    @abstractmethod
    def describe(self) -> HandlerDescription:
        """Say what this handler is and supports. Constant over the life of the process."""

    async def establish(self, request: EstablishContractsRequest) -> tuple[Contract, Sequence[Warning]]:
        """Review and complete a draft contract. Back ends override this; others raise `NotImplementedError`."""
        raise NotImplementedError

    @abstractmethod
    async def generate(self, request: GenerateRequest, progress: ProgressReporter) -> GeneratedProject:
        """Compile the contract to files.

        Raises `stackwright_kit` errors for a contract it cannot compile, naming the elements; it never leaves one out.
        """

    async def refine(self, request: RefineRequest, progress: ProgressReporter) -> Refinement:
        """Mend findings. By default each is declined with its reason: a compiled file has no hand to mend it."""
        declined = [
            Warning(
                code="not_refinable",
                subject=finding.fingerprint,
                message=f"{finding.path} is compiled from the contract; change the contract or the handler instead.",
            )
            for finding in request.findings
        ]
        return Refinement(result=RefineResult(declined=declined))
