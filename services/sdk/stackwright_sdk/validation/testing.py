"""For tests of validators: run one over a project and look at what it said."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stackwright.code.v1.facts_pb2 import Facts
from stackwright.code.v1.file_pb2 import TREE_DELIVERED
from stackwright.code.v1.finding_pb2 import Finding
from stackwright.code.v1.measurement_pb2 import PROOF_LEVEL_STATIC, Check, CheckState
from stackwright.validator.v1.request_response_pb2 import ValidateStart
from stackwright_sdk.validation.project import Project
from stackwright_sdk.validation.report import Report
from stackwright_sdk.validation.validator import ValidationJob, Validator


@dataclass
class Said:
    """All that a validator said of a project."""

    findings: list[Finding] = field(default_factory=list)
    checks: dict[str, Check] = field(default_factory=dict)
    measurements: dict[str, float] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    @property
    def rules(self) -> set[str]:
        """Rules that found something."""
        return {finding.rule for finding in self.findings}

    @property
    def states(self) -> dict[str, str]:
        """How each check ended: `PASSED`, `FAILED` or `UNVERIFIED`."""
        return {name: CheckState.Name(check.state).removeprefix("CHECK_STATE_") for name, check in self.checks.items()}


@dataclass(frozen=True)
class Defect:
    """A mistake put into a clean project: in `path`, `old` becomes `new`; without `old` the whole file does."""

    name: str
    rule: str
    path: str
    new: str
    old: str = ""

    def put_into(self, clean: Mapping[str, str]) -> dict[str, str]:
        """Give the project with the mistake. Raises ValueError when `old` is not there exactly once."""
        if not self.old:
            return {**clean, self.path: self.new}
        if clean[self.path].count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} must stand in {self.path} exactly once")
        return {**clean, self.path: clean[self.path].replace(self.old, self.new)}


@dataclass(frozen=True)
class CatchRate:
    """How many of the defects were found by the rule that is meant to, in a file that is meant."""

    caught: tuple[str, ...]
    missed: tuple[str, ...]

    def __str__(self) -> str:
        every = len(self.caught) + len(self.missed)
        missed = f"; missed: {', '.join(self.missed)}" if self.missed else ""
        return f"{len(self.caught)} of {every} seeded defects found{missed}"


async def catch_rate(validator: Validator, clean: Mapping[str, str], defects: Sequence[Defect]) -> CatchRate:
    """Put each defect by itself into the clean project and see whether the validator finds it."""
    caught: list[str] = []
    missed: list[str] = []
    for defect in defects:
        said = await validate(validator, defect.put_into(clean))
        (caught if defect.rule in said.rules else missed).append(defect.name)
    return CatchRate(tuple(caught), tuple(missed))


def print_catch_rate(validator: Validator, clean: Mapping[str, str], defects: Sequence[Defect]) -> None:
    """Print the catch rate of a validator, for a person; ends with status 1 when something was missed."""

    async def measure() -> CatchRate:
        try:
            await validator.start()
            return await catch_rate(validator, clean, defects)
        finally:
            await validator.close()

    rate = asyncio.run(measure())
    sys.stdout.write(f"{validator.describe().name}: {rate}\n")
    sys.exit(1 if rate.missed else 0)


async def validate(validator: Validator, project: Project | Mapping[str, str]) -> Said:
    """Run a validator over a project (or over texts by path) and collect what it says."""
    delivered = project if isinstance(project, Project) else Project.of_texts(project)
    job = ValidationJob(ValidateStart(request_id="test", proof=PROOF_LEVEL_STATIC), {TREE_DELIVERED: delivered})
    report, said = Report(delivered), Said()
    work = asyncio.create_task(validator.validate(job, report))
    async for message in report.until(work):
        match message.WhichOneof("event"):
            case "finding":
                said.findings.append(message.finding)
            case "check":
                said.checks[message.check.name] = message.check
            case "measurement":
                said.measurements[message.measurement.name] = message.measurement.value
            case "facts":
                said.facts.MergeFrom(message.facts)
    await work
    return said
