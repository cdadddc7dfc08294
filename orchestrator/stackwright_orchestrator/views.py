"""What the documents say, decided here; the templates only print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.code.v1 import finding_pb2, measurement_pb2, report_pb2
from stackwright.contract.v1 import model_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.contract.v1.operation_pb2 import HttpMethod, Operation
from stackwright.handler.v1 import request_response_pb2 as handler

STATES = {
    measurement_pb2.CHECK_STATE_PASSED: "passed",
    measurement_pb2.CHECK_STATE_FAILED: "failed",
    measurement_pb2.CHECK_STATE_UNVERIFIED: "unproven",
}
ROLES = {"backend": "Back end", "frontend": "Front end", "database": "Database"}


@dataclass(frozen=True)
class EndpointView:
    """A line of the API document."""

    method: str
    path: str
    title: str
    who: str
    rate: str


@dataclass(frozen=True)
class FeatureView:
    """A feature with its endpoints and tables."""

    key: str
    title: str
    requested: bool
    shows: list[str]
    endpoints: list[EndpointView]
    tables: list[str]
    effect: str


@dataclass(frozen=True)
class ColumnView:
    """A column of the database document."""

    name: str
    type: str
    nullable: str
    note: str


@dataclass(frozen=True)
class TableView:
    """A table with its columns and rules."""

    name: str
    title: str
    feature: str
    kind: str
    columns: list[ColumnView]
    rules: list[str]


@dataclass(frozen=True)
class GateView:
    """A gate of the report."""

    name: str
    score: float
    least: float
    weight: float
    unverified: bool
    parts: Sequence[report_pb2.GatePart]


@dataclass(frozen=True)
class PermissionView:
    """A permission and the roles that have it."""

    key: str
    title: str
    roles: str


def method_of(operation: Operation) -> str:
    """The method as HTTP writes it: `GET`."""
    return HttpMethod.Name(operation.method).removeprefix("HTTP_METHOD_")


def _who(operation: Operation) -> str:
    if operation.public:
        return "anyone"
    return f"`{operation.permission}`" if operation.permission else "signed in"


def _rate(operation: Operation) -> str:
    if not operation.rate.count:
        return ""
    seconds = operation.rate.per.seconds
    units = {60: "minute", 3600: "hour", 86_400: "day"}
    return f"{operation.rate.count} per {units.get(seconds, f'{seconds} s')}"


def endpoint(operation: Operation) -> EndpointView:
    """A line of the API document."""
    title = operation.title or operation.names.label or operation.name
    return EndpointView(method_of(operation), operation.path, title, _who(operation), _rate(operation))


def features(contract: Contract) -> list[FeatureView]:
    """Features in order of dependency."""
    views = []
    for feature in contract.features:
        endpoints = [endpoint(operation) for operation in contract.operations if operation.feature == feature.key]
        tables = [model.names.table for model in contract.models if model.feature == feature.key]
        parts = [_many(len(endpoints), "endpoint"), _many(len(tables), "table")]
        pages = sum(1 for page in contract.pages if page.feature == feature.key)
        effect = (
            ", ".join(part for part in [*parts, _many(pages, "page")] if part)
            or "cross-cutting, no endpoint of its own"
        )
        shows = [show.text for show in feature.shows]
        views.append(
            FeatureView(feature.key, feature.title or feature.key, feature.requested, shows, endpoints, tables, effect)
        )
    return views


def _many(count: int, noun: str) -> str:
    return "" if not count else f"{count} {noun}{'' if count == 1 else 's'}"


def own_endpoints(contract: Contract) -> list[EndpointView]:
    """Endpoints of the user's own entities."""
    known = {feature.key for feature in contract.features}
    return [endpoint(operation) for operation in contract.operations if operation.feature not in known]


def tables(contract: Contract) -> list[TableView]:
    """Every table with its columns and rules."""
    by_id = {model.id: model for model in contract.models}
    return [
        TableView(
            name=model.names.table,
            title=model.title or model.names.label,
            feature=model.feature,
            kind=model_pb2.ModelKind.Name(model.kind).removeprefix("MODEL_KIND_").lower(),
            columns=[_column(field, by_id) for field in model.fields if field.names.column],
            rules=[rule.message or rule.constraint_name for rule in model.rules],
        )
        for model in contract.models
    ]


def _column(field: model_pb2.Field, by_id: dict[str, model_pb2.Model]) -> ColumnView:
    kind = model_pb2.FieldKind.Name(field.type.kind).removeprefix("FIELD_KIND_").lower()
    notes = []
    if field.type.kind == model_pb2.FIELD_KIND_REF and field.type.targets:
        target = by_id.get(field.type.targets[0])
        cascade = model_pb2.OnDelete.Name(field.type.on_delete).removeprefix("ON_DELETE_").lower().replace("_", " ")
        notes.append(f"→ `{target.names.table}`, on delete {cascade}" if target else "reference")
    if field.type.HasField("max_length"):
        kind = f"{kind}({field.type.min_length}..{field.type.max_length})"
    if field.type.members:
        notes.append("one of " + ", ".join(field.type.members))
    for word, holds in (
        ("unique", field.unique),
        ("never sent to a client", field.hidden),
        ("personal", field.personal),
    ):
        if holds:
            notes.append(word)
    return ColumnView(field.names.column, kind, "yes" if field.optional else "no", "; ".join(notes))


def permissions(contract: Contract) -> list[PermissionView]:
    """Permissions by key."""
    return [PermissionView(p.key, p.title, ", ".join(p.roles) or "nobody") for p in contract.permissions]


def gates(report: report_pb2.QualityReport) -> list[GateView]:
    """Gates in order of the report."""
    return [
        GateView(
            finding_pb2.Gate.Name(gate.gate).removeprefix("GATE_").lower(),
            gate.score,
            gate.least,
            gate.weight,
            gate.unverified,
            gate.parts,
        )
        for gate in report.gates
    ]


def technologies(stack: handler.Stack) -> list[tuple[str, str]]:
    """Layer and what it is made with."""
    told = []
    for role, label in ROLES.items():
        technology: handler.Technology = getattr(stack, role)
        extra = [technology.language] if technology.language else []
        extra += [*technology.libraries, *technology.secondary]
        told.append((label, f"{technology.name}{' (' + ', '.join(extra) + ')' if extra else ''}"))
    return told


def section(results: dict[str, handler.HandlerResult], *keys: str) -> list[handler.DocumentSection]:
    """What the handlers wrote for a document, in order of layers."""
    return [found for result in results.values() for found in result.documents if found.key in keys]
