"""Which fields anybody may see at all."""

from stackwright.contract.v1 import model_pb2 as m


def is_secret(field: m.Field) -> bool:
    """Whether no event and no answer may show the field's value."""
    return field.secret or field.type.kind in (m.FIELD_KIND_PASSWORD, m.FIELD_KIND_TOKEN)


def is_masked(field: m.Field) -> bool:
    """Whether events and the log of changes tell that it changed, and not what to."""
    return is_secret(field) or field.encrypted


def is_shown(field: m.Field) -> bool:
    """Whether answers hold the field."""
    return not (field.hidden or field.trap or is_secret(field) or field.type.kind == m.FIELD_KIND_MANY)
