"""What a client may write of a model."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.contract.v1 import model_pb2 as model


def writes(field: model.Field, *, update: bool) -> bool:
    """Say whether a client may write a field on creation, or on an update."""
    if field.server or field.HasField("value") or field.HasField("sequence") or (update and field.once):
        return False
    if field.write.source == "nobody" or field.type.kind == model.FIELD_KIND_TOKEN:
        return False
    return field.type.kind != model.FIELD_KIND_MANY


def by_id(models: Iterable[model.Model]) -> dict[str, model.Field]:
    """Give every field by its id."""
    return {field.id: field for found in models for field in found.fields}
