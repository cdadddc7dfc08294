"""Constraints of the database, by name, with what the caller is told when one is violated."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.visibility import is_shown

# Kinds of field that have a CHECK of their own.
_CHECKED = frozenset(
    {
        m.FIELD_KIND_STRING,
        m.FIELD_KIND_TEXT,
        m.FIELD_KIND_INT,
        m.FIELD_KIND_BIGINT,
        m.FIELD_KIND_DECIMAL,
        m.FIELD_KIND_MONEY,
        m.FIELD_KIND_ENUM,
        m.FIELD_KIND_EMAIL,
    }
)
_TAKEN = "{label} is in use already."


def constraint_lines(application: Application, model: m.Model) -> list[str]:
    """One entry for each constraint of the table of a model."""
    lines: list[str] = []
    for field in model.fields:
        lines += _of_field(field)
    for rule in model.rules:
        lines += _of_rule(application, rule)
    return lines


def _of_field(field: m.Field) -> list[str]:
    label = field.names.label or field.title or field.name
    lines = []
    if field.unique and field.names.unique_name:
        lines.append(_entry(field.names.unique_name, 409, _TAKEN.format(label=label), field.name, "unique"))
    checked = field.type.kind in _CHECKED and not field.encrypted
    if field.names.check_name and is_shown(field) and not field.server and checked:
        lines.append(_entry(field.names.check_name, 422, "This value is out of its range.", field.name, "range"))
    if field.names.foreign_key_name and field.type.kind == m.FIELD_KIND_REF and not field.server:
        message = "This does not exist, or something else still refers to it."
        lines.append(_entry(field.names.foreign_key_name, 409, message, field.name, "reference"))
    return lines


def _of_rule(application: Application, rule: m.Rule) -> list[str]:
    if not rule.constraint_name:
        return []
    kind = rule.WhichOneof("kind")
    field = ""
    if kind == "unique" and rule.unique.field_ids:
        first = application.index.field(rule.unique.field_ids[0])
        field = first.name
        message = rule.message or _TAKEN.format(label=first.names.label or first.name)
        return [_entry(rule.constraint_name, 409, message, field, "unique")]
    own = kind == "check" and rule.check.own_columns
    return [
        _entry(rule.constraint_name, 422 if own else 409, rule.message or "A rule of the application forbids this.")
    ]


def _entry(name: str, status: int, message: str, field: str = "", code: str = "") -> str:
    at = f", field: {ts.string(field)}, code: {ts.string(code)}" if field else ""
    return f"{name}: {{ status: {status}{at}, message: {ts.string(message)} }}"
