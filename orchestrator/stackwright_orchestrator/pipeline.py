"""A run from its first phase to its last.

Written as if nothing ever failed: a step that is finished gives its output again, an event that is out is not sent
again, and so a run that is taken up goes on where it was left.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from stackwright.code.v1 import measurement_pb2, report_pb2
from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright_kit.errors import InternalError, UnimplementedError
from stackwright_orchestrator import answer
from stackwright_orchestrator.archive import files_of_zip
from stackwright_orchestrator.assembly import MANIFEST, Exports, Project, assemble, export, made_files
from stackwright_orchestrator.bundle import pack, unpack
from stackwright_orchestrator.discovery import Directory, Pinned
from stackwright_orchestrator.documents import Facts
from stackwright_orchestrator.generation import Generator, Layer, feature_results
from stackwright_orchestrator.history import stages
from stackwright_orchestrator.planning import Planner, Resolved
from stackwright_orchestrator.refinement import IterativeRefiner
from stackwright_orchestrator.runs import RunStore, stamp
from stackwright_orchestrator.scoring import QualityCoordinator
from stackwright_orchestrator.session import RunSession
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.validation import Subject, Validation
from stackwright_orchestrator.writer import PremiumFileWriter, check_target

REPORT = ".stackwright/quality-report.json"
_SEEN = "evidence.0"


class Pipeline:
    """One run. `run` gives its result, or raises what went wrong."""

    def __init__(
        self,
        session: RunSession,
        spec: generation.GenerationSpec,
        store: RunStore,
        directory: Directory,
        planner: Planner,
        settings: OrchestratorSettings,
    ) -> None:
        self._session, self._spec, self._store = session, spec, store
        self._directory, self._planner, self._settings = directory, planner, settings
        self._archive = b""

    async def run(self) -> generation.RunResult:
        """All phases in order."""
        resolved = await self._resolve()
        contract, probe, reviewed = await self._establish(resolved)
        generator = Generator(self._session, self._directory, self._settings)
        exporting = asyncio.create_task(export(self._directory, contract))
        probing = asyncio.create_task(self._probe(generator, probe))
        try:
            layers = await generator.layers(contract, self._spec.stack, lambda: self._phase(generation.PHASE_GENERATE))
            probed, exports = await probing, await exporting
        finally:
            # Whatever failed, nothing of this run goes on behind it.
            probing.cancel()
            exporting.cancel()
            await asyncio.gather(probing, exporting, return_exceptions=True)
        requested = resolved.requested()
        missing = answer.not_implemented(resolved.features, contract, layers)
        facts = Facts(self._spec, contract, layers, not_implemented=missing)
        made = await asyncio.to_thread(made_files, facts, exports)
        subject = Subject(
            contract=contract,
            files=made,
            stack=self._spec.stack,
            commands=[command for layer in layers for command in layer.result.commands],
            proof=self._spec.options.proof,
            requested=requested,
            probe_contract=probe,
            probe_files=[file for layer in probed for file in layer.files],
            behaviour=await self._behaviour(resolved) if probe is not None else None,
        )
        report = await self._validate(subject)
        cycles = await self._refine(report)
        facts.report, facts.cycles = report, cycles
        self._session.later(phase=max(self._session.record.phase, generation.PHASE_ASSEMBLE))
        return await self._assemble(made, facts, exports, resolved, reviewed)

    async def _probe(self, generator: Generator, contract: Contract | None) -> list[Layer]:
        return [] if contract is None else await generator.probe(contract, self._spec.stack)

    async def _phase(self, phase: generation.Phase) -> None:
        """Say that a long phase begins."""
        if self._session.record.phase < phase:
            await self._session.write(
                f"phase.{generation.Phase.Name(phase).removeprefix('PHASE_').lower()}", phase=phase
            )

    async def _resolve(self) -> Resolved:
        features = await self._session.message(
            "resolve", registry.ResolveFeaturesResponse, lambda: self._planner.resolve(self._spec)
        )
        pinned = await self._pin()
        keys = [feature.key for feature in features.features if feature.requested_as]
        await self._session.emit(
            "generation_started", events.GenerationStarted(project_name=self._spec.project_name, features=keys)
        )
        return Resolved(features, pinned)

    async def _pin(self) -> Pinned:
        """The handlers of this run: those that it has chosen before, as long as they are announced."""
        before = self._session.record.pins
        if before and (found := await self._directory.pinned(before)) is not None:
            return found
        pinned = await self._directory.pin(self._spec.stack, patience=self._settings.service_patience)
        if before and before != pinned.pins():
            # What it was pinned to is gone: generation starts again, and never with halves of two versions.
            kept = {name: step for name, step in self._session.record.steps.items() if name == "resolve"}
            await self._session.write("pin.again", pins=pinned.pins(), steps=kept)
        else:
            self._session.later(pins=pinned.pins())
            self._session.record = self._session.record.model_copy(update={"pins": pinned.pins()})
        return pinned

    async def _establish(
        self, resolved: Resolved
    ) -> tuple[Contract, Contract | None, handler.EstablishContractsResponse]:
        self._session.later(phase=max(self._session.record.phase, generation.PHASE_ESTABLISH))
        reviewed = await self._session.message(
            "establish",
            handler.EstablishContractsResponse,
            lambda: self._agree(resolved, "establish", with_probe=False),
        )
        contract = reviewed.contract
        if self._session.record.contract_revision != contract.revision:
            self._session.later(contract_revision=contract.revision, models=len(contract.models))
        probe = None
        if self._spec.options.proof >= measurement_pb2.PROOF_LEVEL_RUN:
            told = await self._session.message(
                "probe", handler.EstablishContractsResponse, lambda: self._agree(resolved, "probe", with_probe=True)
            )
            probe = told.contract
        established = events.BackendContractsEstablished(
            contract_revision=contract.revision, endpoints=len(contract.operations), models=len(contract.models)
        )
        await self._session.emit("backend_contracts_established", established)
        return contract, probe, reviewed

    async def _agree(self, resolved: Resolved, step: str, *, with_probe: bool) -> handler.EstablishContractsResponse:
        """Draft, have the back end review and complete it, and keep it in the registry if it is to be delivered."""
        request_id = f"{self._session.record.run_id}/{step}"
        draft = await self._planner.draft(self._spec, resolved, request_id, with_probe=with_probe)
        backend = next(pin for pin in self._session.record.pins if pin.role == "backend")
        asked = handler.EstablishContractsRequest(
            request_id=request_id, draft=draft.contract, technology=self._spec.stack.backend
        )
        try:
            reviewed = await self._directory.with_handler(
                backend, lambda to: HandlerServiceStub(to).EstablishContracts(asked, timeout=300)
            )
        except UnimplementedError:
            reviewed = handler.EstablishContractsResponse(contract=draft.contract)
        if not with_probe:
            kept = registry.RegisterContractRequest(request_id=request_id, contract=reviewed.contract)
            registered = await self._directory.with_registry(
                lambda to: RegistryServiceStub(to).RegisterContract(kept, timeout=60)
            )
            reviewed.contract.contract_id = registered.contract_id or reviewed.contract.contract_id
            reviewed.contract.revision = registered.revision
        return reviewed

    async def _behaviour(self, resolved: Resolved) -> registry.GetBehaviourResponse:
        request = registry.GetBehaviourRequest(features=resolved.keys())
        return await self._directory.with_registry(lambda to: RegistryServiceStub(to).GetBehaviour(request, timeout=60))

    async def _validate(self, subject: Subject) -> report_pb2.QualityReport:
        await self._phase(generation.PHASE_VALIDATE)
        validation = Validation(self._session, self._directory, self._settings)

        async def measure() -> report_pb2.QualityReport:
            evidence = await validation.evidence(subject)
            coordinator = QualityCoordinator(self._spec.options.quality_target, subject.proof)
            report = coordinator.report(evidence, self._session.record.run_id, subject.contract.revision)
            report.finished_at.CopyFrom(stamp(time.time()))

            async def packed() -> bytes:
                return pack(evidence.files)

            if evidence.files:
                await self._session.step(_SEEN, packed)
            return report

        report = await self._session.message("score.0", report_pb2.QualityReport, measure)
        await self._session.emit(
            "validation_completed.0",
            events.ValidationCompleted(overall=report.overall, findings=len(report.findings), proof=report.proof),
        )
        return report

    async def _refine(self, report: report_pb2.QualityReport) -> int:
        """Cycles done. None yet: no refiner finds anything that a handler could mend."""
        refiner = IterativeRefiner(self._settings.max_cycles)
        if refiner.next_cycle(report, 0) is not None:
            raise NotImplementedError("a refiner chose findings, and no handler mends any yet")
        return 0

    async def _assemble(
        self,
        made: list[SourceFile],
        facts: Facts,
        exports: Exports,
        resolved: Resolved,
        reviewed: handler.EstablishContractsResponse,
    ) -> generation.RunResult:
        report = facts.report or report_pb2.QualityReport()
        record = self._session.record
        facts.stages = stages(record, facts, report)

        async def put_together() -> bytes:
            seen = await self._seen(report)
            project = await asyncio.to_thread(assemble, made, facts, report, record.pins, seen)
            await self._keep(project)
            told = generation.RunResult(documentation_updated=project.documents, files_written=len(project.files))
            return pack([told])

        told = next(unpack(generation.RunResult, await self._session.step("assemble", put_together)))
        target = await self._write()
        artifact = self._session.record.artifacts["archive"]
        return generation.RunResult(
            success=True,
            features_implemented=answer.implemented(facts.contract, facts.layers),
            features_not_implemented=facts.not_implemented,
            output_path=str(target),
            files_written=told.files_written,
            report=report,
            contracts_established=exports.compact,
            documentation_updated=told.documentation_updated,
            premium_features=answer.premium_features(report, told.files_written, facts.cycles),
            refinement_cycles=facts.cycles,
            warnings=answer.all_warnings(self._spec, facts.contract, reviewed, facts.layers),
            features=feature_results(facts.layers),
            artifact_digest=artifact.digest,
            artifact_bytes=artifact.size,
        )

    async def _seen(self, report: report_pb2.QualityReport) -> list[measurement_pb2.EvidenceFile]:
        """The files of evidence that the report lists, which were kept before it was."""
        step = self._session.record.steps.get(_SEEN)
        if step is None or not report.evidence:
            return []
        return list(unpack(measurement_pb2.EvidenceFile, await self._session.step(_SEEN, _gone)))

    async def _keep(self, project: Project) -> None:
        """Store what can be downloaded."""
        slug = self._session.record.slug
        kept = await asyncio.gather(
            self._session.keep(project.archive, f"{slug}.zip", "application/zip"),
            self._session.keep(project.report_json, f"{slug}-quality-report.json", "application/json"),
            self._session.keep(project.report_html, f"{slug}-quality-report.html", "text/html; charset=utf-8"),
            self._session.keep(project.openapi_yaml, "openapi.yaml", "application/yaml"),
            self._session.keep(project.compact_json, "contract.json", "application/json"),
        )
        names = ("archive", "report_json", "report_html", "openapi", "contracts")
        self._archive = project.archive
        self._session.later(artifacts=dict(zip(names, kept, strict=True)))

    async def _write(self) -> Path:
        """Write the project where it was asked for, once: from the archive, so a resumed run writes the same."""
        record = self._session.record
        wanted, default = self._spec.options.output_path, f"{record.slug}/{record.run_id}"

        async def write() -> bytes:
            root = self._settings.output_root
            digest = self._session.record.artifacts["archive"].digest
            archive = self._archive or await self._store.artifacts.get(record.run_id, digest)
            return str(await asyncio.to_thread(_write_once, root, wanted, default, record.run_id, archive)).encode()

        return Path((await self._session.step("write", write)).decode())


async def _gone() -> bytes:
    raise InternalError("the files of evidence are gone from the journal", reason="EVIDENCE_GONE")


def _write_once(root: Path, wanted: str, default: str, run_id: str, archive: bytes) -> Path:
    files = files_of_zip(archive)
    target = (root.resolve() / (wanted or default)).resolve()
    manifest = target / MANIFEST
    ours = next(file.content for file in files if file.path == MANIFEST)
    # A worker before us may have moved the folder into place and died before it could say so.
    if (
        manifest.is_file()
        and manifest.read_bytes() == ours
        and (target / REPORT).read_bytes() == next(file.content for file in files if file.path == REPORT)
    ):
        return target
    target = check_target(root, wanted, default=default)
    PremiumFileWriter(root, run_id).write(target, files)
    return target
