"""The compact form of a contract: for each feature its endpoints and models, as the REST answer shows them."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi import Json, Schema, answers

_ANSWERS = {
    operation.ANSWER_BODY_NOTHING: "{}",
    operation.ANSWER_BODY_CHOICES: "choices",
    operation.ANSWER_BODY_JSON: "json",
    operation.ANSWER_BODY_FILE: "file",
}

# Shaped text is text to whoever reads this form; OpenAPI has the shapes.
_TEXTS = (
    model.FIELD_KIND_EMAIL,
    model.FIELD_KIND_URL,
    model.FIELD_KIND_SLUG,
    model.FIELD_KIND_PHONE,
    model.FIELD_KIND_COLOR,
    model.FIELD_KIND_TIMEZONE,
    model.FIELD_KIND_LOCALE,
    model.FIELD_KIND_CURRENCY,
    model.FIELD_KIND_IP,
    model.FIELD_KIND_CIDR,
    model.FIELD_KIND_RRULE,
    model.FIELD_KIND_PASSWORD,
    model.FIELD_KIND_TOKEN,
)


def compact(agreed: contract.Contract) -> Schema:
    """Give `{feature: {endpoints: [{method, path, input, output}], models: {Name: {field: type}}}}`."""
    names = {item.id: item.name for item in agreed.models}
    keys = [feature.key for feature in agreed.features]
    if any(item.feature == "domain" for item in agreed.models):
        keys.append("domain")
    found: Schema = {}
    for key in keys:
        endpoints: list[Json] = [_endpoint(item, names) for item in agreed.operations if item.feature == key]
        models: Schema = {item.name: _model(item, names) for item in agreed.models if item.feature == key}
        found[key] = {"endpoints": endpoints, "models": models}
    return found


def _endpoint(item: operation.Operation, names: dict[str, str]) -> Schema:
    return {
        "method": operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_"),
        "path": item.path,
        "input": {field.names.json or field.name: type_name(field, names) for field in item.inputs},
        "output": _output(item, names),
    }


def _output(item: operation.Operation, names: dict[str, str]) -> Json:
    row = names.get(item.model_id, "json")
    if item.success_status == 204:
        return None
    if item.answer_body in (operation.ANSWER_BODY_PAGE, operation.ANSWER_BODY_CURSOR_PAGE):
        return f"page of {row}"
    if item.answer_body == operation.ANSWER_BODY_FIELDS:
        return {field.names.json or field.name: type_name(field, names) for field in item.returns}
    return _ANSWERS.get(item.answer_body, row)


def _model(item: model.Model, names: dict[str, str]) -> Schema:
    fields: Schema = {"id": "uuid"}
    fields.update({field.names.json: type_name(field, names) for field in item.fields if answers(field)})
    return {**fields, "created_at": "timestamp", "updated_at": "timestamp"}


def type_name(field: model.Field, names: dict[str, str]) -> str:
    """Give a type in one word: `string`, `ref User`, `links Role`; `?` after what may be null."""
    kind = model.FieldKind.Name(field.type.kind).removeprefix("FIELD_KIND_").lower()
    kind = "string" if field.type.kind in _TEXTS else kind
    targets = "|".join(names.get(target, target) for target in field.type.targets)
    if kind == "any" and len(field.type.targets) > 3:
        targets = ""
    shown = f"{kind} {targets}".strip() if kind in ("ref", "links", "any") else kind
    return f"{shown}?" if field.optional else shown
