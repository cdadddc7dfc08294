"""A run from its first phase to its last.

Written as if nothing ever failed: a step that is finished gives its output again, an event that is out is not sent
again, and so a run that is taken up goes on where it was left.
"""

from __future__ import annotations

import asyncio
import time

from stackwright.code.v1 import measurement_pb2, report_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright_kit.errors import UnimplementedError
from stackwright_orchestrator import answer
from stackwright_orchestrator.assembly import export, made_files
from stackwright_orchestrator.bundle import pack
from stackwright_orchestrator.delivery import SEEN, Delivery
from stackwright_orchestrator.discovery import Directory, Pinned
from stackwright_orchestrator.documents import Facts
from stackwright_orchestrator.generation import Generator, Layer
from stackwright_orchestrator.planning import Planner, Resolved
from stackwright_orchestrator.records import stamp
from stackwright_orchestrator.refinement import IterativeRefiner
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.scoring import QualityCoordinator
from stackwright_orchestrator.session import RunSession
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.validation import Subject, Validation


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
        self._session, self._spec = session, spec
        self._directory, self._planner, self._settings = directory, planner, settings
        self._delivery = Delivery(session, spec, store, settings)

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
            behaviour=await self._behaviour(contract) if probe is not None else None,
        )
        report = await self._validate(subject)
        cycles = await self._refine(report)
        facts.report, facts.cycles = report, cycles
        self._session.later(phase=max(self._session.record.phase, generation.PHASE_ASSEMBLE))
        return await self._delivery.deliver(made, facts, exports, reviewed)

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

    async def _behaviour(self, contract: Contract) -> registry.GetBehaviourResponse:
        # Those of the contract: the user's own entities may need features that nobody named, as files do.
        request = registry.GetBehaviourRequest(features=[feature.key for feature in contract.features])
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
                await self._session.step(SEEN, packed)
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
