"""JSON Schemas of a contract: rows as they are answered, and bodies as they are sent."""

from __future__ import annotations

import json
from typing import TypeAlias

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi.fields import answers, required, sent_fields

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Schema: TypeAlias = "dict[str, Json]"

_NUMBERS = (model.FIELD_KIND_INT, model.FIELD_KIND_BIGINT)
_DECIMALS = (model.FIELD_KIND_DECIMAL, model.FIELD_KIND_MONEY)
_ROWS = (model.FIELD_KIND_REF, model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE)
_FORMATS: dict[model.FieldKind, str] = {
    model.FIELD_KIND_UUID: "uuid",
    model.FIELD_KIND_DATE: "date",
    model.FIELD_KIND_TIMESTAMP: "date-time",
    model.FIELD_KIND_DURATION: "duration",
    model.FIELD_KIND_EMAIL: "email",
    model.FIELD_KIND_URL: "uri",
    model.FIELD_KIND_PASSWORD: "password",
    # No registered names; who does not know them reads any text.
    model.FIELD_KIND_IP: "ip",
    model.FIELD_KIND_CIDR: "cidr",
    model.FIELD_KIND_TIMEZONE: "timezone",
    model.FIELD_KIND_RRULE: "rrule",
}
_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"


def ref(name: str) -> Schema:
    """Refer to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """Let a schema also be null."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    kind = schema.get("type")
    result = dict(schema)
    if isinstance(kind, str):
        result["type"] = [kind, "null"]
    if isinstance(members := result.get("enum"), list):
        result["enum"] = [*members, None]
    return result


def described(schema: Schema, field: model.Field) -> Schema:
    """Add what a field says of itself."""
    result = dict(schema)
    if field.description:
        result["description"] = field.description
    if field.HasField("default") and "$ref" not in schema and field.default.WhichOneof("value") != "null_value":
        result["default"] = literal(field.default)
    return result


def literal(value: expression.Literal) -> Json:
    """Give a literal as JSON."""
    kind = value.WhichOneof("value")
    if kind == "json_value":
        loaded: Json = json.loads(value.json_value)
        return loaded
    found: Json = None if kind in (None, "null_value") else getattr(value, kind)
    return found


class Schemas:
    """Makes the schemas of one contract."""

    def __init__(self, agreed: contract.Contract) -> None:
        self.models = {item.id: item for item in agreed.models}
        self._operations = agreed.operations
        # A row without a place in its list gets the last one.
        self._places = {
            rule.ordered.by_field_id for item in agreed.models for rule in item.rules if rule.HasField("ordered")
        }

    def value(self, type_: model.FieldType) -> Schema:
        """Give the schema of a plain value, the same in and out."""
        kind = type_.kind
        if kind in _NUMBERS:
            return {"type": "integer", **_range(type_)}
        if kind in _DECIMALS:
            digits = f"(\\.[0-9]{{1,{type_.scale}}})?" if type_.scale else ""
            sign = "" if type_.minimum and not type_.minimum.startswith("-") else "-?"
            return {"type": "string", "pattern": f"^{sign}[0-9]{{1,{type_.precision - type_.scale}}}{digits}$"}
        if kind == model.FIELD_KIND_BOOL:
            return {"type": "boolean"}
        if kind == model.FIELD_KIND_ENUM:
            return {"type": "string", "enum": list(type_.members)}
        if kind == model.FIELD_KIND_JSON:
            return {}
        if kind == model.FIELD_KIND_POINT:
            return ref("Point")
        if kind == model.FIELD_KIND_TIME:
            return {"type": "string", "pattern": _TIME}
        schema: Schema = {"type": "string"}
        if kind in _FORMATS:
            schema["format"] = _FORMATS[kind]
        if type_.HasField("min_length") and type_.min_length:
            schema["minLength"] = type_.min_length
        if type_.HasField("max_length"):
            schema["maxLength"] = type_.max_length
        if type_.pattern:
            schema["pattern"] = type_.pattern
        return schema

    def sent(self, field: model.Field) -> Schema:
        """Give the schema of a field as a client sends it."""
        kind = field.type.kind
        if field.trap:
            return {"type": ["string", "null"], "maxLength": 0, "description": "Stays empty: people do not see it."}
        if kind in _ROWS:
            schema: Schema = {"type": "string", "format": "uuid"}
        elif kind == model.FIELD_KIND_LINKS:
            schema = {"type": "array", "items": {"type": "string", "format": "uuid"}, "uniqueItems": True}
        elif kind == model.FIELD_KIND_ANY:
            schema = {**self._any(field), "required": ["type", "id"]}
        elif kind in (model.FIELD_KIND_LIST, model.FIELD_KIND_OBJECT):
            schema = self._nested(field.type, outgoing=False)
        else:
            schema = self.value(field.type)
        return described(nullable(schema) if field.optional and kind != model.FIELD_KIND_LINKS else schema, field)

    def answered(self, field: model.Field, *, whole: bool = False) -> Schema:
        """Give the schema of a field as it is answered; with `whole`, a reference is the row itself."""
        kind = field.type.kind
        if kind in _ROWS:
            target = self.models.get(field.type.targets[0]) if field.type.targets else None
            if whole and target is not None:
                row = ref(target.names.class_name)
                return nullable(row) if field.optional else row
            return nullable(ref("Reference"))
        if kind == model.FIELD_KIND_LINKS:
            return {"type": "array", "items": ref("Reference")}
        if kind == model.FIELD_KIND_ANY:
            shown = self._any(field)
            members = shown["properties"]
            assert isinstance(members, dict)  # noqa: S101  (made two lines above)
            members["display"] = {"type": ["string", "null"]}
            return nullable({**shown, "required": ["type", "id", "display"]})
        if kind in (model.FIELD_KIND_LIST, model.FIELD_KIND_OBJECT):
            schema = self._nested(field.type, outgoing=True)
        else:
            schema = self.value(field.type)
        result = described(nullable(schema) if field.optional else schema, field)
        return {**result, "readOnly": True} if field.server or field.HasField("value") else result

    def _any(self, field: model.Field) -> Schema:
        names: list[Json] = [self.models[target].name for target in field.type.targets]
        kinds: Schema = {"type": "string", "enum": names}
        return {"type": "object", "properties": {"type": kinds, "id": {"type": "string", "format": "uuid"}}}

    def _nested(self, type_: model.FieldType, *, outgoing: bool) -> Schema:
        make = self.answered if outgoing else self.sent
        item: Schema = {
            "type": "object",
            "properties": {member.names.json or member.name: make(member) for member in type_.members_fields},
            "required": [m.names.json or m.name for m in type_.members_fields if self.required(m) or outgoing],
            "additionalProperties": False,
        }
        if type_.kind == model.FIELD_KIND_OBJECT:
            return item
        result: Schema = {"type": "array", "items": item}
        if type_.HasField("min_items"):
            result["minItems"] = type_.min_items
        if type_.HasField("max_items"):
            result["maxItems"] = type_.max_items
        return result

    def row(self, item: model.Model) -> Schema:
        """Give the schema of a row as it is answered."""
        properties: Schema = {"id": _implied(item, {"type": "string", "format": "uuid", "readOnly": True})}
        needed: list[Json] = ["id"]
        for field in item.fields:
            if not answers(field):
                continue
            schema = self.answered(field)
            if field.id in item.tombstone_field_ids or _unset(item, field):
                schema = nullable(schema)
            properties[field.names.json] = schema
            # A field that not everybody may read is left out for the others.
            if not field.HasField("read"):
                needed.append(field.names.json)
        for name in ("created_at", "updated_at"):
            properties[name] = _implied(item, {"type": "string", "format": "date-time", "readOnly": True})
        needed += ["created_at", "updated_at"]
        if item.kind == model.MODEL_KIND_RESOURCE:
            properties["row_version"] = {"type": "integer", "minimum": 1, "readOnly": True}
            needed.append("row_version")
        if item.delete_mode == model.DELETE_MODE_TOMBSTONE:
            gone: Schema = {"type": ["string", "null"], "format": "date-time", "readOnly": True}
            gone["description"] = "When it was deleted: what it said is gone, its place stays."
            properties["deleted_at"] = gone
            needed.append("deleted_at")
        can: Schema = {"type": "array", "items": {"type": "string"}, "readOnly": True}
        can["description"] = "The operations that the caller may do to this row now."
        properties["can"] = can
        needed.append("can")
        return {"type": "object", "title": item.title, "properties": properties, "required": needed}

    def required(self, field: model.Field) -> bool:
        """Say whether a client must send a field when a row is made."""
        return required(field) and field.id not in self._places

    def body(self, item: operation.Operation) -> Schema:
        """Give the schema of an operation's body: of an update what changes, of any what the address does not say."""
        partial = item.kind == operation.OPERATION_KIND_UPDATE
        inputs = sent_fields(item)
        result: Schema = {
            "type": "object",
            "properties": {field.names.json or field.name: self.sent(field) for field in inputs},
            "additionalProperties": False,
        }
        needed: list[Json] = [] if partial else [f.names.json or f.name for f in inputs if self.required(f)]
        if needed:
            result["required"] = needed
        return result


def _implied(item: model.Model, schema: Schema) -> Schema:
    """What every row has; the one row of a key is answered with its defaults before there is one."""
    if item.kind != model.MODEL_KIND_SINGLE:
        return schema
    return {**nullable(schema), "description": "Null until the row is put."}


def _unset(item: model.Model, field: model.Field) -> bool:
    """Whether the one row of a key may be answered without the field: nothing is known of it before the row is put."""
    if item.kind != model.MODEL_KIND_SINGLE or field.optional or field.HasField("default"):
        return False
    unique = next((rule.unique for rule in item.rules if rule.WhichOneof("kind") == "unique"), None)
    return field.id != item.owner.field_id and field.id not in (unique.field_ids if unique else ())


def _range(type_: model.FieldType) -> Schema:
    bounds: Schema = {}
    if type_.minimum:
        bounds["minimum"] = int(type_.minimum)
    if type_.maximum:
        bounds["maximum"] = int(type_.maximum)
    return bounds
