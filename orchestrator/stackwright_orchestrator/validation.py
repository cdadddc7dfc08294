"""The validate phase: all validators at once over the whole project, each a step of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

import grpc

from stackwright.code.v1 import facts_pb2, measurement_pb2
from stackwright.code.v1.file_pb2 import TREE_BEHAVIOUR, TREE_DELIVERED, TREE_PROBE, SourceFile, Tree
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.events.v1 import events_pb2 as events
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright.validator.v1 import request_response_pb2 as validator
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceStub
from stackwright_kit.errors import InternalError, StackwrightError
from stackwright_kit.files import to_chunks
from stackwright_orchestrator.bundle import pack, unpack
from stackwright_orchestrator.discovery import Directory
from stackwright_orchestrator.gates import UNVERIFIED, Evidence
from stackwright_orchestrator.seen import kept
from stackwright_orchestrator.session import RunSession
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.together import together

EXPECTED = ("javascript", "sql", "security", "runtime")
"""Validators without which some gate cannot be measured; an absent one is reported as such."""


@dataclass(frozen=True)
class Subject:
    """What is validated: the trees, their contracts, and what the handlers told of them."""

    contract: Contract
    files: Sequence[SourceFile]
    stack: handler.Stack
    commands: Sequence[handler.Command]
    proof: measurement_pb2.ProofLevel
    requested: Sequence[str]
    probe_contract: Contract | None = None
    probe_files: Sequence[SourceFile] = ()
    behaviour: registry.GetBehaviourResponse | None = None


class Validation:
    """Runs the validators of one run."""

    def __init__(self, session: RunSession, directory: Directory, settings: OrchestratorSettings) -> None:
        self._session, self._directory, self._settings = session, directory, settings

    async def evidence(self, subject: Subject, cycle: int = 0) -> Evidence:
        """What all validators found, and how far the facts agree with the contract."""
        if subject.proof <= measurement_pb2.PROOF_LEVEL_NONE:
            return Evidence(requested=subject.requested)
        announced = [v for v in await self._directory.validators() if v.from_level <= subject.proof]
        announced.sort(key=lambda found: (found.from_level, found.name))
        told = await together(self._validator(found, subject, cycle) for found in announced)
        messages = [message for messages in told for message in messages]
        facts = facts_of(message.facts for message in messages if message.HasField("facts"))
        consistency = await self._consistency(subject.contract, facts)
        absent = [name for name in EXPECTED if name not in {found.name for found in announced}]
        absent = [name for name in absent if name != "runtime" or subject.proof >= measurement_pb2.PROOF_LEVEL_RUN]
        return Evidence(
            checks=[m.check for m in messages if m.HasField("check")] + [_absent(name) for name in absent],
            findings=[m.finding for m in messages if m.HasField("finding")],
            measurements=[m.measurement for m in messages if m.HasField("measurement")],
            shows=[m.show for m in messages if m.HasField("show")],
            deviations=consistency.deviations,
            compared=consistency.compared,
            requested=subject.requested,
            files=kept(m.evidence for m in messages if m.HasField("evidence")),
        )

    async def _consistency(self, contract: Contract, facts: facts_pb2.Facts) -> registry.CheckConsistencyResponse:
        if not facts.ByteSize():
            return registry.CheckConsistencyResponse()
        request = registry.CheckConsistencyRequest(contract=contract, facts=facts)
        return await self._directory.with_registry(
            lambda to: RegistryServiceStub(to).CheckConsistency(request, timeout=60)
        )

    async def _validator(
        self, told: validator.ValidatorDescription, subject: Subject, cycle: int
    ) -> list[validator.ValidateResponse]:
        async def work() -> bytes:
            try:
                return await self._directory.with_validator(told.name, lambda to: self._call(to, told, subject))
            except StackwrightError as error:
                # A validator that broke proves nothing, and stops nothing.
                broken = measurement_pb2.Check(name=f"validator.{told.name}", state=UNVERIFIED, message=error.message)
                return pack([validator.ValidateResponse(check=broken)])

        return list(unpack(validator.ValidateResponse, await self._session.step(f"validate.{cycle}.{told.name}", work)))

    async def _call(self, to: grpc.aio.Channel, told: validator.ValidatorDescription, subject: Subject) -> bytes:
        told_so_far: list[validator.ValidateResponse] = []
        ended = False
        requests = _requests(told, subject, f"{self._session.record.run_id}/{told.name}")
        async for message in ValidatorServiceStub(to).Validate(requests, timeout=self._settings.validator_seconds):
            if message.HasField("progress"):
                progress = events.ValidationProgress(validator=told.name, message=message.progress.message)
                await self._session.tell(progress, told.name)
            elif message.HasField("result"):
                ended = True
            else:
                told_so_far.append(message)
        if not ended:
            raise InternalError("the stream ended without a result", reason="VALIDATOR_CUT_OFF")
        return pack(told_so_far)


async def _requests(
    told: validator.ValidatorDescription, subject: Subject, request_id: str
) -> AsyncIterator[validator.ValidateRequest]:
    runs = told.from_level >= measurement_pb2.PROOF_LEVEL_RUN
    start = validator.ValidateStart(
        request_id=request_id,
        proof=subject.proof,
        stack=subject.stack,
        commands=subject.commands,
        contract=subject.contract,
    )
    trees: list[tuple[Tree, Sequence[SourceFile]]] = [(TREE_DELIVERED, subject.files)]
    if runs:
        if subject.probe_contract is not None:
            start.probe_contract.CopyFrom(subject.probe_contract)
            trees.append((TREE_PROBE, subject.probe_files))
        if subject.behaviour is not None:
            start.scenarios.extend(subject.behaviour.scenarios)
            tests = [SourceFile(path=file.path, content=file.content) for file in subject.behaviour.files]
            trees.append((TREE_BEHAVIOUR, tests))
    yield validator.ValidateRequest(start=start)
    endings = tuple(told.extensions)
    for tree, files in trees:
        wanted = [file for file in files if not endings or runs or file.path.endswith(endings)]
        for chunk in to_chunks(wanted, tree):
            yield validator.ValidateRequest(chunk=chunk)


def facts_of(told: Iterable[facts_pb2.Facts]) -> facts_pb2.Facts:
    """All facts, each once: two validators that see the same table tell one fact, and the later telling holds.

    Told in the order of validation, so that the application's own migration (level `run`) counts more than the static
    one. Routes and calls have places in the code and are kept as they are; the registry compares them as sets.
    """
    merged, tables = facts_pb2.Facts(), dict[tuple[str, str], facts_pb2.TableFact]()
    for facts in told:
        merged.routes.extend(facts.routes)
        merged.calls.extend(facts.calls)
        merged.pages.extend(facts.pages)
        tables |= {(table.schema, table.name): table for table in facts.tables}
    merged.tables.extend(tables[key] for key in sorted(tables))
    return merged


def _absent(name: str) -> measurement_pb2.Check:
    told = f"no {name} validator is announced, so nothing of it was checked"
    return measurement_pb2.Check(name=f"validator.{name}", state=UNVERIFIED, message=told)
