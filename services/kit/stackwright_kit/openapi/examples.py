"""Examples of bodies: values that the schema takes, the same for the same contract."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi.fields import required, sent_fields
from stackwright_kit.openapi.schemas import Json

_ID = "0198c1d2-7a4e-7c3b-9f10-5d2b6f1a9e01"
_VALUES: dict[model.FieldKind, Json] = {
    model.FIELD_KIND_BOOL: True,
    model.FIELD_KIND_UUID: _ID,
    model.FIELD_KIND_DATE: "2026-01-31",
    model.FIELD_KIND_TIME: "09:30:00",
    model.FIELD_KIND_TIMESTAMP: "2026-01-31T12:00:00.000Z",
    model.FIELD_KIND_DURATION: "PT30M",
    model.FIELD_KIND_EMAIL: "ada@example.org",
    model.FIELD_KIND_URL: "https://example.org/",
    model.FIELD_KIND_SLUG: "an-example",
    model.FIELD_KIND_PHONE: "+49 30 1234567",
    model.FIELD_KIND_COLOR: "#3366cc",
    model.FIELD_KIND_TIMEZONE: "Europe/Berlin",
    model.FIELD_KIND_LOCALE: "en",
    model.FIELD_KIND_CURRENCY: "EUR",
    model.FIELD_KIND_IP: "203.0.113.7",
    model.FIELD_KIND_CIDR: "203.0.113.0/24",
    model.FIELD_KIND_RRULE: "FREQ=WEEKLY",
    model.FIELD_KIND_PASSWORD: "correct horse battery",
    model.FIELD_KIND_REF: _ID,
    model.FIELD_KIND_FILE: _ID,
    model.FIELD_KIND_IMAGE: _ID,
    model.FIELD_KIND_JSON: {},
    model.FIELD_KIND_LINKS: [],
    model.FIELD_KIND_POINT: {"latitude": 52.5, "longitude": 13.4},
}


def example_of(item: operation.Operation) -> Json:
    """Give an example of an operation's body: what must be sent, or the first field of an update."""
    fields = [field for field in sent_fields(item) if required(field)]
    if item.kind == operation.OPERATION_KIND_UPDATE or not fields:
        fields = sent_fields(item)[:1]
    return {field.names.json or field.name: _value(field) for field in fields}


def _value(field: model.Field) -> Json:
    type_ = field.type
    if type_.kind in (model.FIELD_KIND_INT, model.FIELD_KIND_BIGINT):
        least, most = int(type_.minimum or 0), int(type_.maximum or 1)
        return min(max(1, least), most)
    if type_.kind in (model.FIELD_KIND_DECIMAL, model.FIELD_KIND_MONEY):
        return f"1.{'0' * type_.scale}" if type_.scale else "1"
    if type_.kind == model.FIELD_KIND_ENUM:
        return type_.members[0]
    if type_.kind == model.FIELD_KIND_ANY:
        return {"type": type_.targets[0].rpartition("/")[2] if type_.targets else "", "id": _ID}
    if type_.kind in (model.FIELD_KIND_LIST, model.FIELD_KIND_OBJECT):
        inner: Json = {
            member.names.json or member.name: _value(member) for member in type_.members_fields if required(member)
        }
        return [inner] if type_.kind == model.FIELD_KIND_LIST else inner
    if type_.kind in _VALUES:
        return _VALUES[type_.kind]
    text = "correct horse battery" if field.name == "password" else f"Example {field.title or field.name}".strip()
    text = text[: type_.max_length] if type_.HasField("max_length") else text
    return text.ljust(type_.min_length, "x")
