"""Metrics in the document: what may be asked of them, and what they answer."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi.schemas import Schema, nullable, ref

STEPS = ("day", "week", "month")
MOST_GROUPS = 500
_DAY: Schema = {"type": "string", "format": "date"}
_SCALARS: dict[expression.ValueKind, Schema] = {
    expression.VALUE_KIND_BOOL: {"type": "boolean"},
    expression.VALUE_KIND_INT: {"type": "integer"},
    expression.VALUE_KIND_DATE: _DAY,
    expression.VALUE_KIND_TIMESTAMP: {"type": "string", "format": "date-time"},
}
_WHAT: dict[str, tuple[Schema, str]] = {
    "step": ({"type": "string", "enum": list(STEPS), "default": "day"}, "How long each step of time is."),
    "from": (_DAY, "The first day."),
    "to": (_DAY, "The last day."),
}


def metric_of(agreed: contract.Contract, item: operation.Operation) -> contract.Metric:
    """Give the metric that an operation answers."""
    return next(found for found in agreed.metrics if found.key == item.name)


def metric_parameters(metric: contract.Metric) -> dict[str, tuple[Schema, str]]:
    """Give the parameters of a metric by their names, each with its schema and what it is."""
    return _WHAT if metric.over_member else {}


def metric_answer(metric: contract.Metric) -> Schema:
    """Give the schema of what a metric answers."""
    members: Schema = {}
    if metric.over_member:
        members["over"] = {**_DAY, "description": "The first day of the step, in UTC."}
    if metric.HasField("by"):
        members["by"] = _by(metric.by.root.type)
    members["value"] = _value(metric)
    item: Schema = {"type": "object", "properties": members, "required": list(members)}
    items: Schema = {"type": "array", "items": item, "maxItems": MOST_GROUPS}
    if not (metric.over_member or metric.HasField("by")):
        items.update({"minItems": 1, "maxItems": 1})
    more: Schema = {"type": "boolean", "description": "Whether there are groups beyond these."}
    return {"type": "object", "properties": {"items": items, "more": more}, "required": ["items", "more"]}


def _by(type_: expression.ValueType) -> Schema:
    if type_.kind == expression.VALUE_KIND_ROW:
        return nullable(ref("Reference"))
    if type_.kind == expression.VALUE_KIND_ENUM:
        return nullable({"type": "string", "enum": list(type_.members)})
    return nullable(_SCALARS.get(type_.kind, {"type": "string"}))


def _value(metric: contract.Metric) -> Schema:
    if metric.aggregate == contract.Metric.AGGREGATE_COUNT:
        return {"type": "integer", "minimum": 0}
    if metric.aggregate == contract.Metric.AGGREGATE_AVG:
        return nullable({"type": "string", "pattern": "^-?[0-9]+\\.[0-9]{4}$"})
    if metric.of.root.type.kind == expression.VALUE_KIND_INT:
        return {"type": "integer"}
    return {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
