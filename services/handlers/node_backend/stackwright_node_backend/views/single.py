"""The one row of a key: of its owner, or of the fields of its first unique rule."""

from collections.abc import Sequence

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application


def key_fields(application: Application, model: m.Model) -> list[m.Field]:
    """The fields that name the row."""
    rule = next((rule for rule in model.rules if rule.WhichOneof("kind") == "unique"), None)
    if rule:
        return [application.index.field(field_id) for field_id in rule.unique.field_ids]
    return [application.index.field(model.owner.field_id)]


def at_text(model: m.Model, keys: Sequence[m.Field]) -> str:
    """SQL that finds the row, `t`, by the caller and the parts of the address."""
    return " AND ".join(
        f"t.{field.names.column} = {':actorId' if _is_owner(model, field) else _part(field)}" for field in keys
    )


def absent_text(application: Application, model: m.Model, keys: Sequence[m.Field]) -> str:
    """A function that gives the columns of a row that is not there."""
    members = []
    for field in application.columns(model):
        if _is_owner(model, field):
            members.append(f"{field.names.column}: caller")
        elif any(field.id == key.id for key in keys):
            members.append(f"{field.names.column}: at.{field.name}")
        elif field.HasField("default"):
            members.append(f"{field.names.column}: {ts.literal(field.default)}")
    owned = any(_is_owner(model, field) for field in keys)
    given = ("caller" if owned else "_caller") + (", at" if len(keys) > owned else "")
    return f"({given}) => ({{ {', '.join(members)} }})"


def _is_owner(model: m.Model, field: m.Field) -> bool:
    return model.HasField("owner") and field.id == model.owner.field_id


def _part(field: m.Field) -> str:
    cast = "::uuid" if field.type.kind == m.FIELD_KIND_REF else ""
    return f":at_{field.name}{cast}"
