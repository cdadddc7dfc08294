"""Values of rows and entries in the tests of pages: each is one that the form takes."""

from decimal import Decimal

from stackwright.contract.v1 import model_pb2
from stackwright_react_frontend import fields
from stackwright_react_frontend.source import string

# What the tests call rows, and enter as their titles.
FIRST, TITLES = "First one", ("First one", "First one again", "Second one", "refuse me")
ENTRY = "second@example.com"
_FIXED = {
    model_pb2.FIELD_KIND_BOOL: "true",
    model_pb2.FIELD_KIND_MONEY: '"1.50"',
    model_pb2.FIELD_KIND_DATE: '"2026-01-31"',
    model_pb2.FIELD_KIND_TIME: '"12:00:00"',
    model_pb2.FIELD_KIND_TIMESTAMP: '"2026-01-31T12:00:00.000Z"',
    model_pb2.FIELD_KIND_DURATION: '"PT30M"',
    model_pb2.FIELD_KIND_RRULE: '"FREQ=DAILY"',
    model_pb2.FIELD_KIND_CURRENCY: '"EUR"',
    model_pb2.FIELD_KIND_POINT: "{ latitude: 52.5, longitude: 13.4 }",
    model_pb2.FIELD_KIND_UUID: '"01890a5d-ac96-774b-bcce-b302099a8057"',
    model_pb2.FIELD_KIND_EMAIL: '"first@example.com"',
    model_pb2.FIELD_KIND_JSON: "{}",
}


def example(field: model_pb2.Field, title: model_pb2.Field) -> str:
    """A value that an answer could carry."""
    kind = field.type.kind
    if field.id == title.id:
        return string(FIRST)
    if kind == model_pb2.FIELD_KIND_LINKS:
        return "[]"
    if field.optional or kind in fields.ONE or kind == model_pb2.FIELD_KIND_ANY:
        return "null"
    if kind == model_pb2.FIELD_KIND_ENUM:
        return string(field.type.members[0]) if field.type.members else '""'
    if kind in (model_pb2.FIELD_KIND_INT, model_pb2.FIELD_KIND_BIGINT):
        return format(_within(field.type, Decimal(1)), "f")
    if kind == model_pb2.FIELD_KIND_DECIMAL:
        return string(format(_within(field.type, Decimal("1.5")), "f"))
    return _FIXED.get(kind, string("x" * max(1, field.type.min_length)))


def entered(field: model_pb2.Field) -> bool:
    """Whether the form takes the example of a required field as it stands."""
    missing = field.type.kind in fields.ONE or field.type.kind == model_pb2.FIELD_KIND_ANY
    return field.optional or not (missing or field.type.pattern)


def takes(field: model_pb2.Field, texts: tuple[str, ...]) -> bool:
    """Whether a text field takes each of these texts."""
    type_ = field.type
    most = type_.max_length if type_.HasField("max_length") else len(max(texts, key=len))
    return not type_.pattern and all(type_.min_length <= len(text) <= most for text in texts)


def _within(type_: model_pb2.FieldType, value: Decimal) -> Decimal:
    if type_.minimum:
        value = max(value, Decimal(type_.minimum))
    return min(value, Decimal(type_.maximum)) if type_.maximum else value
