"""The step `repoint`: everything that refers to one row refers to another one from then on."""

from collections.abc import Iterator

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.views.base import import_base
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.references import REFERENCES
from stackwright_sdk.expressions.index import type_column


def repointing(body: Body, step: o.RepointStep) -> list[str]:
    """The statement of the step."""
    model = body.application.model(step.row.root.type.model_ids[0])
    function = import_base(body.imports, "repoint")
    lines = [f"await {function}(unit, {{", f"  from: {value(body, step.row)},", f"  to: {value(body, step.to)},"]
    lines += _array("columns", list(_pointing(body, model)))
    joins = list(_joins(body, model))
    return [*lines, *(_array("joins", joins) if joins else []), "});"]


def _array(name: str, entries: list[str]) -> list[str]:
    return [f"  {name}: [", *(f"    {entry}," for entry in entries), "  ],"] if entries else [f"  {name}: [],"]


def _pointing(body: Body, target: m.Model) -> Iterator[str]:
    """The columns that refer to rows of the model. What is written once only, in logs and by native modules, stays."""
    for model in body.application.contract.models:
        if model.kind == m.MODEL_KIND_LOG or model.HasField("native_rows"):
            continue
        for field in body.application.columns(model):
            if target.id not in field.type.targets or field.type.kind not in (*REFERENCES, m.FIELD_KIND_ANY):
                continue
            class_name = body.application.import_model(body.imports, model)
            entries = [f"model: {class_name}", f"column: {ts.string(field.names.column)}"]
            if field.type.kind == m.FIELD_KIND_ANY:
                kind = f"column: {ts.string(type_column(field))}, name: {ts.string(target.name)}"
                entries.append(f"kind: {{ {kind} }}")
            if field.optional:
                entries.append("optional: true")
            yield f"{{ {', '.join(entries)} }}"


def _joins(body: Body, target: m.Model) -> Iterator[str]:
    """The sides of join tables that name rows of the model."""
    for model in body.application.contract.models:
        for field in model.fields:
            # A table stands with the field that declares it; the other side only shows it.
            if field.type.kind != m.FIELD_KIND_LINKS or field.type.join.inverse:
                continue
            join = body.application.index.join_table(field)
            sides = [(join.near, join.far)] * (model.id == target.id)
            sides += [(join.far, join.near)] * (target.id in field.type.targets)
            for near, far in sides:
                yield f"{{ table: {ts.string(join.table)}, near: {ts.string(near)}, far: {ts.string(far)} }}"
