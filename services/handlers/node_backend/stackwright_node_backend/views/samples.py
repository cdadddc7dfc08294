"""Values that a field takes, and such as it does not, as literals of TypeScript."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application

_TEXTS = frozenset({m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT, m.FIELD_KIND_RICHTEXT, m.FIELD_KIND_SLUG})
_FIXED = {
    m.FIELD_KIND_URL: "'https://example.org/'",
    m.FIELD_KIND_BOOL: "true",
    m.FIELD_KIND_UUID: "randomUUID()",
    m.FIELD_KIND_DATE: "'2026-01-31'",
    m.FIELD_KIND_TIME: "'09:30:00'",
    m.FIELD_KIND_TIMESTAMP: "'2026-01-31T12:00:00.000Z'",
    m.FIELD_KIND_DURATION: "'PT1H'",
    m.FIELD_KIND_JSON: "{ key: 'value' }",
    m.FIELD_KIND_IP: "'192.0.2.1'",
    m.FIELD_KIND_EMAIL: "`${randomUUID()}@example.org`",
    m.FIELD_KIND_PASSWORD: "'correct horse battery staple'",
}
_WRONG = {
    m.FIELD_KIND_EMAIL: "'nobody'",
    m.FIELD_KIND_PASSWORD: "'short'",
    m.FIELD_KIND_URL: "'nowhere'",
    m.FIELD_KIND_BOOL: "'perhaps'",
    m.FIELD_KIND_ENUM: "'no choice of it'",
    m.FIELD_KIND_UUID: "'no id'",
    m.FIELD_KIND_REF: "'no id'",
    m.FIELD_KIND_LINKS: "['no id']",
    m.FIELD_KIND_DATE: "'2026-02-30'",
    m.FIELD_KIND_TIME: "'25:00'",
    m.FIELD_KIND_TIMESTAMP: "'soon'",
    m.FIELD_KIND_DURATION: "'long'",
    m.FIELD_KIND_IP: "'somewhere'",
}


def body_value(application: Application, field: m.Field) -> str:
    """A value that the field takes; empty where none can be made up."""
    kind = field.type.kind
    if field.type.pattern:
        return ""
    if kind == m.FIELD_KIND_REF:
        target = application.model(field.type.targets[0])
        if target.name == "User":
            return "person.me.id"
        made = any(
            operation.kind == o.OPERATION_KIND_CREATE and operation.model_id == target.id
            for operation in application.contract.operations
        )
        return f"(await make(app, person, {ts.string(target.name)})).id" if made and target.id not in field.id else ""
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        return str(int(field.type.minimum) if field.type.minimum else min(1, int(field.type.maximum or 1)))
    if kind == m.FIELD_KIND_DECIMAL:
        return ts.string(field.type.minimum or "0")
    if kind == m.FIELD_KIND_ENUM:
        return ts.string(field.type.members[0])
    if kind in _TEXTS:
        return _text_value(field)
    return _FIXED.get(kind, "")


def _text_value(field: m.Field) -> str:
    low = field.type.min_length if field.type.HasField("min_length") else 0
    high = field.type.max_length if field.type.HasField("max_length") else 200
    if high < 36:  # a UUID has 36 characters
        return f"randomUUID().slice(0, {max(1, high)})" if low <= high else ""
    return f"randomUUID().padEnd({low}, '-')" if low > 36 else "randomUUID()"


def wrong_values(field: m.Field) -> list[str]:
    """Just outside of what the field takes."""
    kind = field.type.kind
    if kind in _TEXTS and field.type.HasField("max_length"):
        return [f"'x'.repeat({field.type.max_length + 1})"]
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        bounds = [(field.type.minimum, -1), (field.type.maximum, 1)]
        return [
            *_broken(field.type),
            *(str(int(bound) + step) for bound, step in bounds if bound and abs(int(bound)) < 2**52),
        ]
    return [_WRONG[kind]] if kind in _WRONG else []


def _broken(field_type: m.FieldType) -> list[str]:
    """A number that is wrong only because it is not whole: between the bounds, if anything is."""
    low, high = (
        int(bound) if bound else default for bound, default in ((field_type.minimum, 0), (field_type.maximum, 2))
    )
    if low >= high:
        return []
    # Of what lies between, the one nearest to 1.5; below nothing, the half is counted the other way.
    whole = max(low, min(1, high - 1))
    return [f"{whole}.5" if whole >= 0 else f"-{-whole - 1}.5"]


def is_required(field: m.Field) -> bool:
    """Whether a row cannot be made without the field."""
    if field.type.kind == m.FIELD_KIND_LINKS:
        return False
    return not (field.optional or field.HasField("default") or field.HasField("init"))
