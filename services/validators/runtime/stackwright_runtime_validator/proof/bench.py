"""What both halves of a proof work with, and how they tell what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from stackwright.code.v1 import finding_pb2, measurement_pb2
from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.commands import FRONTEND, Commands
from stackwright_runtime_validator.proof.install import Toolchain
from stackwright_runtime_validator.proof.place import Place
from stackwright_runtime_validator.proof.processes import Finished, run
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_sdk.validation import CheckRun, Report

# By the clock, so with room for a busy machine: what hangs is ended, what waits for its turn is not. The whole proof is
# bounded by its caller.
CHECK_SECONDS = 900.0
_BUILD_SECONDS = 840.0


@dataclass
class Bench:
    """One proof's tools. `heavy` is held by suites, which use as many processors as there are."""

    place: Place
    start: request_response_pb2.ValidateStart
    report: Report
    cluster: Cluster
    toolchain: Toolchain
    heavy: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.heavy = asyncio.Semaphore(max(1, self.place.processors))

    @property
    def full(self) -> bool:
        """Whether the level asks for load, build and pages too."""
        return self.start.proof >= measurement_pb2.PROOF_LEVEL_FULL

    @property
    def audit(self) -> bool:
        """Whether the level asks for every role, and for what only an audit does."""
        return self.start.proof >= measurement_pb2.PROOF_LEVEL_AUDIT

    def finding(self, rule: str, gate: finding_pb2.Gate, message: str) -> None:
        """States that something was executed and is wrong."""
        self.report.finding(tool="runtime", rule=rule, severity=finding_pb2.SEVERITY_HIGH, gate=gate, message=message)

    def fail(self, check: CheckRun, rule: str, gate: finding_pb2.Gate, message: str) -> None:
        """Fails a check, with the finding that a failure leaves."""
        check.fail(message)
        self.finding(rule, gate, message)

    def command_result(self, check: CheckRun, finished: Finished, rule: str) -> None:
        """Fails a check unless its command ended well."""
        check.output = finished.output
        if not finished.ok:
            self.fail(check, rule, finding_pb2.GATE_SYNTAX, finished.why())

    def blocked(self, reason: str, *names: str) -> None:
        """States that checks were not tried, since what they stand on did not pass."""
        for name in names:
            self.report.unverified(name, reason)


async def build_frontend(commands: Commands) -> Finished:
    """Builds the front end of a tree. Raises UnprovenError when its handler told no way."""
    command = commands.find("build", FRONTEND)
    if command is None:
        raise UnprovenError("the front end's handler told no command `build`")
    return await run(command.argv, cwd=command.cwd, env=command.env, timeout_seconds=_BUILD_SECONDS)
