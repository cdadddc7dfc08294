"""The result of a run, in the words of the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from stackwright.code.v1 import report_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_orchestrator.generation import Layer, feature_results, warnings_of
from stackwright_orchestrator.planning import contract_warnings, spec_warnings

_LOST = frozenset({handler.RUNG_API_DOCUMENTATION_ONLY, handler.RUNG_HUMAN_INTERVENTION_REQUIRED})


def not_implemented(
    resolved: registry.ResolveFeaturesResponse, contract: Contract, layers: Sequence[Layer]
) -> list[generation.FeatureNotImplemented]:
    """What was asked for and is not there: unknown names with the nearest known one, and features not built."""
    there = set(implemented(contract, layers))
    unknown = [
        generation.FeatureNotImplemented(name=found.name, reason="unknown", nearest=found.nearest)
        for found in resolved.unknown
    ]
    missing = [
        generation.FeatureNotImplemented(name=feature.requested_as or feature.key, reason="not_built")
        for feature in resolved.features
        if feature.key not in there
    ]
    return unknown + missing


def implemented(contract: Contract, layers: Sequence[Layer]) -> list[str]:
    """Features of the contract that no layer lost, asked for or pulled in, in order of dependency."""
    lost = {told.key for told in feature_results(layers) if told.rung in _LOST}
    return [feature.key for feature in contract.features if feature.key not in lost]


def premium_features(report: report_pb2.QualityReport, files: int, cycles: int) -> list[str]:
    """The six lines that the pipeline shows to people."""
    return [
        f"Quality Score: {report.overall:.1f}/10",
        f"Files Generated: {files}",
        f"Refinement Cycles: {cycles}",
        "Contract-based architecture",
        "Progressive documentation",
        "Cross-stack validation",
    ]


def all_warnings(
    spec: generation.GenerationSpec,
    contract: Contract,
    reviewed: handler.EstablishContractsResponse,
    layers: Sequence[Layer],
) -> list[handler.Warning]:
    """What a person should know, once each, from the request, the contract, its review and the handlers."""
    # The stubs take our Warning for the built-in one: hence the cast.
    seen: dict[tuple[str, str, str], handler.Warning] = {}
    for warning in [
        *spec_warnings(spec),
        *contract_warnings(contract),
        *cast("Sequence[handler.Warning]", reviewed.warnings),
        *warnings_of(layers),
    ]:
        seen.setdefault((warning.code, warning.subject, warning.message), warning)
    return list(seen.values())
