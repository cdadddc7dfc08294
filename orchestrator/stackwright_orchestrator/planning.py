"""What a specification comes to, before anything is made: features, handlers, a draft, and what is wrong."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1.contract_pb2 import Contract, Remark
from stackwright.contract.v1.operation_pb2 import HttpMethod
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright_kit.errors import FieldViolation, InvalidArgumentError, invalid_field
from stackwright_orchestrator.discovery import Directory, Pinned
from stackwright_orchestrator.records import RunRecord
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.writer import check_target

DEFAULT_TARGET = 8.0
_SECONDS_BY_PROOF = {
    measurement_pb2.PROOF_LEVEL_NONE: 0.5,
    measurement_pb2.PROOF_LEVEL_STATIC: 6.0,
    measurement_pb2.PROOF_LEVEL_RUN: 35.0,
    measurement_pb2.PROOF_LEVEL_FULL: 150.0,
    measurement_pb2.PROOF_LEVEL_AUDIT: 600.0,
}
_SECONDS_PER_MODEL = 0.05
_PAST_RUNS = 50


@dataclass(frozen=True)
class Resolved:
    """Features of a request with all that they need, and the handlers for its stack."""

    features: registry.ResolveFeaturesResponse
    pinned: Pinned

    def keys(self) -> list[str]:
        """What a contract can be drafted from, in order of dependency.

        Those are the features that are built and that every chosen handler supports, with all that they need.
        """
        left_out = {
            feature.key for feature in self.features.features if not feature.built or not self.pinned.supports(feature)
        }
        # What needs a feature that is left out cannot be built either; dependency order goes from needs to needing.
        for feature in self.features.features:
            if feature.key in left_out:
                left_out.update(feature.needed_by)
        return [feature.key for feature in self.features.features if feature.key not in left_out]

    def requested(self) -> list[str]:
        """Of all features, those asked for by name."""
        return [feature.key for feature in self.features.features if feature.requested_as]


def normalised(spec: generation.GenerationSpec) -> generation.GenerationSpec:
    """The specification with its defaults filled in, so that equal requests are equal bytes."""
    made = generation.GenerationSpec()
    made.CopyFrom(spec)
    made.options.quality_target = made.options.quality_target or DEFAULT_TARGET
    made.options.proof = made.options.proof or measurement_pb2.PROOF_LEVEL_FULL
    made.options.engine = made.options.engine or generation.ENGINE_AUTO
    for technology in (made.stack.backend, made.stack.frontend, made.stack.database):
        # Spelling stays the caller's: it is shown in documents and errors, and whoever compares ignores case.
        technology.name, technology.language = technology.name.strip(), technology.language.strip()
    return made


class Planner:
    """Resolves specifications; the same for a plan, for the check before a run, and for the run itself."""

    def __init__(self, directory: Directory, store: RunStore, settings: OrchestratorSettings) -> None:
        self._directory, self._store, self._settings = directory, store, settings

    async def resolve(self, spec: generation.GenerationSpec) -> registry.ResolveFeaturesResponse:
        """Features by name, with what they need."""
        request = registry.ResolveFeaturesRequest(requirements=[r for r in spec.requirements if r.enabled])
        return await self._directory.with_registry(
            lambda to: RegistryServiceStub(to).ResolveFeatures(request, timeout=30)
        )

    async def draft(
        self, spec: generation.GenerationSpec, resolved: Resolved, request_id: str, *, with_probe: bool = False
    ) -> registry.DraftContractResponse:
        """A resolved contract of the specification."""
        keys = resolved.keys()
        request = registry.DraftContractRequest(
            request_id=request_id,
            project_name=spec.project_name,
            features=keys,
            requested=[key for key in resolved.requested() if key in keys],
            with_probe=with_probe,
        )
        if spec.HasField("domain"):
            request.domain.CopyFrom(spec.domain)
        try:
            return await self._directory.with_registry(
                lambda to: RegistryServiceStub(to).DraftContract(request, timeout=120)
            )
        except InvalidArgumentError as error:
            # The registry names the fields of its own request; the caller knows them below `spec`.
            violations = [FieldViolation(f"spec.{found.field}", found.description) for found in error.violations]
            raise InvalidArgumentError(error.message, reason=error.reason, violations=violations) from error

    async def admit(self, spec: generation.GenerationSpec, run_id: str) -> Resolved:
        """Refuse what could never succeed, before a run exists.

        Raises:
            InvalidArgumentError: naming every field at fault.

        """
        if not any(r.enabled for r in spec.requirements) and not spec.HasField("domain"):
            raise invalid_field("spec.requirements", "must turn on at least one feature, or spec.domain name an entity")
        check_target(self._settings.output_root, spec.options.output_path)
        resolved = Resolved(await self.resolve(spec), await self._directory.pin(spec.stack))
        if spec.options.strict and resolved.features.unknown:
            raise InvalidArgumentError(
                "unknown features: " + ", ".join(sorted(unknown.name for unknown in resolved.features.unknown)),
                reason="FEATURE_UNKNOWN",
                violations=[_unknown(spec, unknown) for unknown in resolved.features.unknown],
            )
        if spec.HasField("domain"):
            await self.draft(spec, resolved, f"{run_id}/admit")
        return resolved

    async def plan(self, spec: generation.GenerationSpec) -> generation.PlanGenerationResponse:
        """What a run would do."""
        resolved = await self.admit(spec, "plan")
        draft = await self.draft(spec, resolved, "plan")
        built = {feature.key for feature in draft.contract.features}
        return generation.PlanGenerationResponse(
            features=resolved.features.features,
            unknown=resolved.features.unknown,
            endpoints=[
                generation.PlannedEndpoint(
                    method=HttpMethod.Name(operation.method).removeprefix("HTTP_METHOD_"),
                    path=operation.path,
                    feature=operation.feature,
                    permission=operation.permission,
                )
                for operation in draft.contract.operations
            ],
            tables=[
                generation.PlannedTable(
                    name=model.names.table,
                    feature=model.feature,
                    columns=sum(1 for field in model.fields if field.names.column),
                )
                for model in draft.contract.models
            ],
            warnings=[*spec_warnings(spec), *contract_warnings(draft.contract)],
            estimated_seconds=await self._estimate(spec.options.proof, len(draft.contract.models)),
            handlers=[
                generation.PinnedService(name=pin.name, version=pin.version, digest=pin.digest, role=pin.role)
                for pin in resolved.pinned.pins()
            ],
            not_implemented=[f.key for f in resolved.features.features if f.key not in built],
        )

    async def _estimate(self, proof: int, models: int) -> float:
        """Seconds: the median of past runs of the same proof and about as many models, else a measured rate."""
        past, _ = await self._store.page(_PAST_RUNS, "")
        like = [run.finished_at - run.created_at for run in past if _alike(run, proof, models)]
        if like:
            return round(statistics.median(like), 1)
        return round(_SECONDS_BY_PROOF[proof] + _SECONDS_PER_MODEL * models, 1)  # type: ignore[index]  # a number of the enum


def _alike(run: RunRecord, proof: int, models: int) -> bool:
    succeeded = run.state == generation.RUN_STATE_SUCCEEDED
    return succeeded and run.proof == proof and abs(run.models - models) <= max(2, models * 0.2)


def _unknown(spec: generation.GenerationSpec, unknown: registry.UnknownFeature) -> FieldViolation:
    index = next((n for n, r in enumerate(spec.requirements) if r.name == unknown.name), 0)
    nearest = f"; did you mean {unknown.nearest!r}?" if unknown.nearest else ""
    return FieldViolation(f"spec.requirements[{index}].name", f"no feature is called {unknown.name!r}{nearest}")


# Stores beside the database that handlers make use of.
_STORES = frozenset({"redis"})


def spec_warnings(spec: generation.GenerationSpec) -> list[handler.Warning]:
    """What of a specification nothing here can honour yet; it is said, never left out in silence."""
    warnings = [
        handler.Warning(
            code="secondary_unused",
            subject="spec.stack.database.secondary",
            message=f"{name} is used by nothing that is built; the application keeps to memory and PostgreSQL.",
        )
        for name in spec.stack.database.secondary
        if name.lower() not in _STORES
    ]
    if spec.options.engine == generation.ENGINE_CLAUDE:
        message = "No model service is there: everything was compiled from the catalogue."
        warnings.append(handler.Warning(code="engine_unavailable", subject="spec.options.engine", message=message))
    return warnings


def contract_warnings(contract: Contract) -> list[handler.Warning]:
    """What a person should know of a contract."""
    return [
        handler.Warning(code="contract", subject=remark.element, message=remark.message)
        for remark in contract.remarks
        if remark.level == Remark.LEVEL_WARNING
    ]
