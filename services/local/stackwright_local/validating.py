"""Validates a project as it lies: the validators of a run, over files from disk."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from google.protobuf import json_format
from rich.console import Console

from stackwright.code.v1.file_pb2 import TREE_BEHAVIOUR, TREE_DELIVERED, TREE_PROBE, SourceFile, Tree
from stackwright.code.v1.measurement_pb2 import PROOF_LEVEL_RUN, PROOF_LEVEL_STATIC, ProofLevel
from stackwright.code.v1.report_pb2 import QualityReport
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import Command, GenerateRequest, Technology
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright.validator.v1.request_response_pb2 import ValidateRequest, ValidateResponse, ValidateStart
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceStub
from stackwright_kit.client import channel
from stackwright_kit.files import join_chunks, to_chunks
from stackwright_local import cli
from stackwright_local.projects import GeneratedProject, read_project
from stackwright_local.reports import tell_report
from stackwright_local.suite import HANDLERS, VALIDATORS, Suite, parts_for, suite
from stackwright_orchestrator.gates import Evidence
from stackwright_orchestrator.scoring import QualityCoordinator
from stackwright_orchestrator.validation import facts_of

if TYPE_CHECKING:
    from stackwright.registry.v1.service_pb2_grpc import RegistryServiceAsyncStub


@dataclass
class Subject:
    """What the validators are sent."""

    start: ValidateStart
    trees: dict[Tree, list[SourceFile]] = field(default_factory=dict)

    async def requests(self, *, runs: bool) -> AsyncIterator[ValidateRequest]:
        """The stream for one validator: static ones get what is delivered, those that run it get all."""
        yield ValidateRequest(start=self.start)
        for tree, files in self.trees.items():
            if runs or tree == TREE_DELIVERED:
                for chunk in to_chunks(files, tree):
                    yield ValidateRequest(chunk=chunk)


async def validate_directory(folder: Path, proof: str, *, as_json: bool) -> int:
    """Validate and print the report; give the exit status of `generate`."""
    project = read_project(folder)
    level = {"static": PROOF_LEVEL_STATIC, "run": PROOF_LEVEL_RUN}[proof]
    async with suite(parts_for(level)) as running:
        report = await _report(running, project, level)
    if as_json:
        print(json.dumps(json_format.MessageToDict(report, preserving_proto_field_name=True), indent=2))
    else:
        tell_report(Console(), project.contract.project.name, report)
    reached = max(report.overall, report.potential) >= report.target
    return cli.EXIT_OK if reached else cli.EXIT_BELOW_TARGET


async def _report(running: Suite, project: GeneratedProject, level: ProofLevel) -> QualityReport:
    async with channel(running.registry) as to:
        catalogue = RegistryServiceStub(to)
        subject = await _subject(running, catalogue, project, level)
        names = [name for name in VALIDATORS if name != "runtime" or level >= PROOF_LEVEL_RUN]
        answers = await asyncio.gather(*(_validate(running.services[name], name, subject) for name in names))
        messages = [message for answer in answers for message in answer]
        facts = facts_of(message.facts for message in messages if message.HasField("facts"))
        request = registry.CheckConsistencyRequest(contract=project.contract, facts=facts)
        consistency = await catalogue.CheckConsistency(request)
    evidence = Evidence(
        checks=[message.check for message in messages if message.HasField("check")],
        findings=[message.finding for message in messages if message.HasField("finding")],
        measurements=[message.measurement for message in messages if message.HasField("measurement")],
        shows=[message.show for message in messages if message.HasField("show")],
        deviations=consistency.deviations,
        compared=consistency.compared,
        requested=[feature.key for feature in project.contract.features if feature.requested],
    )
    coordinator = QualityCoordinator(project.spec.options.quality_target or 8.0, level)
    return coordinator.report(evidence, "", project.contract.revision)


async def _subject(
    running: Suite, catalogue: "RegistryServiceAsyncStub", project: GeneratedProject, level: ProofLevel
) -> Subject:
    start = ValidateStart(
        request_id=f"validate-{uuid.uuid4()}", proof=level, stack=project.spec.stack, contract=project.contract
    )
    subject = Subject(start, {TREE_DELIVERED: project.files})
    if level < PROOF_LEVEL_RUN:
        return subject
    # How to run it, and its twin with the entity Sample, come from the handlers; its own files stay as they lie.
    _, commands = await _generate(running, project, project.contract)
    start.commands.extend(commands)
    keys = [feature.key for feature in project.contract.features]
    draft = await catalogue.DraftContract(
        registry.DraftContractRequest(
            request_id=start.request_id,
            project_name=project.spec.project_name,
            features=keys,
            domain=project.spec.domain,
            with_probe=True,
        )
    )
    start.probe_contract.CopyFrom(draft.contract)
    subject.trees[TREE_PROBE], _ = await _generate(running, project, draft.contract)
    behaviour = await catalogue.GetBehaviour(registry.GetBehaviourRequest(features=keys))
    start.scenarios.extend(behaviour.scenarios)
    subject.trees[TREE_BEHAVIOUR] = [SourceFile(path=file.path, content=file.content) for file in behaviour.files]
    return subject


async def _generate(
    running: Suite, project: GeneratedProject, contract: Contract
) -> tuple[list[SourceFile], list[Command]]:
    stack = project.spec.stack
    layers: dict[str, Technology] = {
        "node_backend": stack.backend,
        "react_frontend": stack.frontend,
        "postgresql_database": stack.database,
    }
    files: list[SourceFile] = []
    commands: list[Command] = []
    for name in HANDLERS:
        request = GenerateRequest(
            request_id=f"validate-{name}", contract=contract, technology=layers[name], stack=stack
        )
        async with channel(running.services[name]) as to:
            messages = [message async for message in HandlerServiceStub(to).Generate(request)]
        files += join_chunks(message.chunk for message in messages if message.HasField("chunk"))
        commands += messages[-1].result.commands
    return files, commands


async def _validate(address: str, name: str, subject: Subject) -> list[ValidateResponse]:
    async with channel(address) as to:
        call = ValidatorServiceStub(to).Validate(subject.requests(runs=name == "runtime"))
        return [message async for message in call]
