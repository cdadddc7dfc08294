"""The stages of a run as docs/generation-history tells them."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.code.v1 import report_pb2
from stackwright.code.v1.measurement_pb2 import CHECK_STATE_PASSED, ProofLevel
from stackwright_orchestrator.documents import Facts, Stage
from stackwright_orchestrator.records import RunRecord


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def stages(record: RunRecord, facts: Facts, report: report_pb2.QualityReport) -> list[Stage]:
    """Each finished stage with its time, its inputs and its result."""
    contract, stack = facts.contract, facts.spec.stack
    at = {name: step.at for name, step in record.steps.items()}
    revision = contract.revision[:16]
    told = [
        Stage(
            "plan",
            at.get("resolve", record.created_at),
            {
                "project": " ".join(facts.spec.project_name.split()),
                "stack": f"{stack.backend.name}, {stack.frontend.name}, {stack.database.name}",
                "requirements": _listed(r.name for r in facts.spec.requirements if r.enabled),
                "quality target": f"{facts.spec.options.quality_target:g}",
            },
            {
                "features": _listed(feature.key for feature in contract.features),
                "for a person": _listed(missing.name for missing in facts.not_implemented),
                "handlers": _listed(f"{pin.name} {pin.version}" for pin in record.pins),
            },
        ),
        Stage(
            "contract",
            at.get("establish", record.created_at),
            {"features": str(len(contract.features))},
            {
                "revision": revision,
                "models": str(len(contract.models)),
                "endpoints": str(len(contract.operations)),
                "pages": str(len(contract.pages)),
            },
        ),
    ]
    for layer in facts.layers:
        features = _listed(f.key for f in layer.result.features)
        result = {"files": str(len(layer.files)), "features": features}
        result |= {f"warning {n}": w.message for n, w in enumerate(layer.result.warnings, 1)}
        when = at.get(f"generate.{layer.role}", record.created_at)
        told.append(Stage(layer.role, when, {"contract": revision, "handler": layer.made_by}, result))
    passed = sum(check.state == CHECK_STATE_PASSED for check in report.checks)
    told.append(
        Stage(
            "validation",
            at.get("score.0", record.created_at),
            {"proof": ProofLevel.Name(report.proof).removeprefix("PROOF_LEVEL_").lower()},
            {
                "overall": f"{report.overall:.1f} of 10",
                "checks": f"{passed} of {len(report.checks)} passed",
                "findings": str(len(report.findings)),
                "deviations from the contract": str(len(report.deviations)),
            },
        )
    )
    return told
