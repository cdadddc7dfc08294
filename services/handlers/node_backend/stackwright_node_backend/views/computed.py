"""Columns that follow from the rest of their row: computed with a new row, and again with what they follow."""

from collections.abc import Iterator

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.named import Named
from stackwright_sdk.expressions import NotCompilable, needs_row, walk
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, type_column

_UNKNOWN_HERE = frozenset({e.ROOT_INPUT, e.ROOT_EVENT})
_SLUG_LENGTH = 100


def follows_row(model: m.Model, field: m.Field) -> bool:
    """Whether the field's `init` is computed when the row is stored.

    Either it reads the row itself, or several places make such rows: parts are written with their parents too.
    """
    if not field.HasField("init"):
        return False
    return needs_row(field.init) or bool(field.again_field_ids) or model.kind == m.MODEL_KIND_PART


def is_made(model: m.Model, field: m.Field) -> bool:
    """Whether a row gets the field by itself when it is stored, where it was made without it."""
    placed = any(rule.HasField("ordered") and rule.ordered.by_field_id == field.id for rule in model.rules)
    return follows_row(model, field) or bool(field.from_field_id) or placed


def computed_lines(application: Application, imports: ts.Imports, model: m.Model) -> list[str]:
    """The entries of the columns that follow from their row, in order of the fields."""
    lines = []
    for field in application.columns(model):
        if not follows_row(model, field):
            continue
        if any(node.WhichOneof("kind") == "name" and node.name.root in _UNKNOWN_HERE for node in walk(field.init)):
            raise NotCompilable(f"{field.id}: an `init` that reads the row reads the input too: {field.init.source!r}")
        body = Body(application, imports, model, "row")
        text = value(body, field.init, field)
        again = ", ".join(ts.string(application.index.field(name).names.column) for name in field.again_field_ids)
        entries = [f"column: {ts.string(field.names.column)}", *([f"again: [{again}]"] if again else [])]
        lines.append(f"{{ {', '.join(entries)}, value: {_function(text, model)} }}")
    return lines


def _function(text: str, model: m.Model) -> str:
    unit = "unit" if "unit." in text else "_unit"
    row = f"row: {model.names.class_name}" if "row." in text or ", row" in text else ""
    head = f"({', '.join(part for part in (unit if row or unit == 'unit' else '', row) if part)})"
    direct = text.removeprefix("await ")
    return f"{head} => {direct}" if "await " not in direct else f"async {head} => {text}"


def lists_of(application: Application, model: m.Model) -> Iterator[str]:
    """The orders in which the rows of a model stand, each by a position within those of the same values."""
    for rule in model.rules:
        if rule.HasField("ordered"):
            by = application.index.field(rule.ordered.by_field_id).names.column
            fields = [application.index.field(field_id) for field_id in rule.ordered.per_field_ids]
            columns = (
                name
                for field in fields
                for name in ([type_column(field)] if field.type.kind == m.FIELD_KIND_ANY else []) + [field.names.column]
            )
            inside = [ORGANIZATION_COLUMN] if application.index.has_organization(model) else []
            within = ", ".join(ts.string(name) for name in (*inside, *columns))
            yield f"{{ by: {ts.string(by)}, within: [{within}] }}"


def slugs_of(application: Application, model: m.Model) -> list[Named]:
    """The columns whose text stands in addresses, each with what it is made from."""
    found = []
    for field in model.fields:
        if field.from_field_id:
            source = application.index.field(field.from_field_id)
            most = field.type.max_length if field.type.HasField("max_length") else _SLUG_LENGTH
            text = (
                f"{{ column: {ts.string(field.names.column)}, from: {ts.string(source.names.column)}, most: {most} }}"
            )
            found.append(Named(field.name, text))
    return found
