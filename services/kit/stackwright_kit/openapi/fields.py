"""What clients send and see of the fields of a contract."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation

_UNREAD = (model.FIELD_KIND_PASSWORD, model.FIELD_KIND_TOKEN)


def answers(field: model.Field) -> bool:
    """Say whether a field stands in answers (for those who may read it)."""
    if field.hidden or field.type.kind in _UNREAD or field.trap:
        return False
    return field.type.kind != model.FIELD_KIND_MANY


def required(field: model.Field) -> bool:
    """Say whether a client must send a field."""
    filled = field.HasField("default") or field.HasField("init") or bool(field.from_field_id)
    return not (field.optional or filled or field.trap or field.type.kind == model.FIELD_KIND_LINKS)


def sent_fields(item: operation.Operation) -> list[model.Field]:
    """Give what a client sends in the body: the key of the one row of a key stands in the address."""
    return [field for field in item.inputs if f"{{{field.name}}}" not in item.path]
