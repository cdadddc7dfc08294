"""The OpenAPI 3.1 document that the application serves, computed from the contract."""

import re
from collections.abc import Mapping

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.scope import is_shown
from stackwright_sdk.handler.compose import Json

_METHODS = {
    o.HTTP_METHOD_GET: "get",
    o.HTTP_METHOD_POST: "post",
    o.HTTP_METHOD_PATCH: "patch",
    o.HTTP_METHOD_PUT: "put",
    o.HTTP_METHOD_DELETE: "delete",
}
_FORMATS = {
    m.FIELD_KIND_EMAIL: "email",
    m.FIELD_KIND_URL: "uri",
    m.FIELD_KIND_UUID: "uuid",
    m.FIELD_KIND_DATE: "date",
    m.FIELD_KIND_TIME: "time",
    m.FIELD_KIND_TIMESTAMP: "date-time",
    m.FIELD_KIND_DURATION: "duration",
    m.FIELD_KIND_PASSWORD: "password",
}
_REFERENCE: Json = {
    "type": "object",
    "required": ["id", "display"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "display": {"type": ["string", "null"]}},
}
_ERROR: Json = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "status", "message", "fields", "correlation"],
            "properties": {
                "code": {"type": "string"},
                "status": {"type": "integer"},
                "message": {"type": "string"},
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["field", "code", "message"],
                        "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
                    },
                },
                "correlation": {"type": "string"},
            },
        }
    },
}
_MEANINGS = {
    400: "The request cannot be read.",
    401: "Sign in first.",
    403: "The caller may not do this.",
    404: "There is no such row.",
    409: "A rule forbids this now.",
    412: "The row has another version.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "Some values cannot be accepted.",
    429: "Too many requests.",
    503: "Something that this needs does not answer.",
}
_WRITES = ("post", "patch", "put")


def document(application: Application) -> Json:
    """The whole document. The order of its members is that of the contract."""
    paths: dict[str, dict[str, Json]] = {}
    for operation in application.contract.operations:
        for path in (operation.path, *operation.alternative_paths):
            paths.setdefault(path, {})[_METHODS[operation.method]] = _operation(application, operation, path)
    for name in ("live", "ready"):
        paths.setdefault(f"/api/{name}", {"get": _health(name)})
    schemas: dict[str, Json] = {"Error": _ERROR, "Reference": _REFERENCE}
    for model in application.contract.models:
        if application.has_scope(model):
            schemas[model.names.class_name] = _row(model)
    return {
        "openapi": "3.1.0",
        "info": {"title": application.contract.project.name or "Application", "version": "1.0.0"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _operation(application: Application, operation: o.Operation, path: str) -> Json:
    method = _METHODS[operation.method]
    described: dict[str, Json] = {
        "operationId": operation.names.operation_id,
        "summary": operation.title or operation.names.label or operation.name,
        "tags": [operation.feature],
        "parameters": _parameters(application, operation, path),
        "responses": _responses(application, operation),
    }
    if operation.description:
        described["description"] = operation.description
    if operation.permission:
        described["x-permission"] = operation.permission
    if not operation.public:
        described["security"] = [{"bearer": []}]
    if method in _WRITES and operation.inputs:
        partial = operation.kind == o.OPERATION_KIND_UPDATE
        described["requestBody"] = {"required": True, "content": _content(_input(operation, partial=partial))}
    return described


def _parameters(application: Application, operation: o.Operation, path: str) -> Json:
    found: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    query: dict[str, Json] = {}
    if operation.kind == o.OPERATION_KIND_LIST:
        model = application.model(operation.model_id)
        query = _list_parameters(model)
    elif operation.kind == o.OPERATION_KIND_CHOICES:
        query = {"search": {"type": "string", "maxLength": 200}, **_paging()}
    elif operation.method == o.HTTP_METHOD_GET:
        query = {field.name: _schema(field, writing=True) for field in operation.inputs}
    found += [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in query.items()]
    if operation.method == o.HTTP_METHOD_POST and operation.idempotent_required:
        schema: Json = {"type": "string", "minLength": 8, "maxLength": 200}
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": schema})
    return found


def _paging() -> dict[str, Json]:
    return {
        "page": {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
        "page_size": {"type": "integer", "minimum": 1, "maximum": 100, "default": 25},
    }


def _list_parameters(model: m.Model) -> dict[str, Json]:
    size = _paging()
    if model.paging.cursor:
        paging: dict[str, Json] = {"cursor": {"type": "string"}, "page_size": size["page_size"]}
    else:
        paging = {**size, "sort": {"type": "string"}}
    if any(field.search and is_shown(field) for field in model.fields):
        paging["search"] = {"type": "string", "maxLength": 200}
    return paging


def _responses(application: Application, operation: o.Operation) -> Json:
    status = operation.success_status or 200
    answer: dict[str, Json] = {"description": "Done."}
    if status != 204:  # no content
        answer["content"] = _content(_answer(application, operation))
    responses: dict[str, Json] = {str(status): answer}
    for code in sorted(_failures(operation) | {error.status for error in operation.errors}):
        if (operation.native.module, operation.native.operation) == ("observe", "ready") and code == 503:
            responses["503"] = {"description": _MEANINGS[503], "content": _content(_answer(application, operation))}
            continue
        reference: Json = {"$ref": "#/components/schemas/Error"}
        responses[str(code)] = {"description": _MEANINGS.get(code, "Refused."), "content": _content(reference)}
    return responses


def _failures(operation: o.Operation) -> set[int]:
    codes = {400}
    if not operation.public:
        codes |= {401, 403}
    if operation.scope == o.OPERATION_SCOPE_ROW:
        codes.add(404)
    if operation.method != o.HTTP_METHOD_GET:
        codes |= {401, 403, 409, 413, 415, 422}
        if operation.scope == o.OPERATION_SCOPE_ROW:
            codes.add(412)
    if operation.HasField("rate"):
        codes.add(429)
    return codes


def _answer(application: Application, operation: o.Operation) -> Json:
    if operation.answer_body == o.ANSWER_BODY_JSON:
        return {}
    if operation.returns:
        members: dict[str, Json] = {field.name: _returned(application, field) for field in operation.returns}
        return {"type": "object", "required": list(members), "properties": members}
    if not operation.model_id:
        return {"type": "object"}
    model = application.model(operation.model_id)
    row: Json = {"$ref": f"#/components/schemas/{model.names.class_name}"}
    if operation.kind == o.OPERATION_KIND_CHOICES:
        return _page({"$ref": "#/components/schemas/Reference"}, {})
    if operation.kind == o.OPERATION_KIND_LIST:
        if model.paging.cursor:
            return _page(row, {"next_cursor": {"type": ["string", "null"]}})
        return _page(row, {"page": {"type": "integer"}, "page_size": {"type": "integer"}})
    return row


def _returned(application: Application, field: m.Field) -> Json:
    if field.type.kind == m.FIELD_KIND_REF:
        return {"$ref": f"#/components/schemas/{application.model(field.type.targets[0]).names.class_name}"}
    return _schema(field, writing=False)


def _page(row: Json, more: Mapping[str, Json]) -> Json:
    members: dict[str, Json] = {"items": {"type": "array", "items": row}, "total": {"type": "integer"}, **more}
    return {"type": "object", "required": list(members), "properties": members}


def _row(model: m.Model) -> Json:
    members: dict[str, Json] = {"id": {"type": "string", "format": "uuid"}}
    for name in ("created_at", "updated_at"):
        members[name] = {"type": "string", "format": "date-time"}
    if model.kind == m.MODEL_KIND_RESOURCE:
        members["row_version"] = {"type": "integer"}
    for field in model.fields:
        if is_shown(field):
            members[field.name] = _schema(field, writing=False)
    members["can"] = {"type": "array", "items": {"type": "string"}}
    return {"type": "object", "required": list(members), "properties": members}


def _input(operation: o.Operation, *, partial: bool) -> Json:
    members: dict[str, Json] = {field.name: _schema(field, writing=True) for field in operation.inputs}
    schema: dict[str, Json] = {"type": "object", "additionalProperties": False, "properties": members}
    required = [
        field.name
        for field in operation.inputs
        if not (field.optional or field.HasField("default") or field.HasField("init"))
        and field.type.kind != m.FIELD_KIND_LINKS
    ]
    if required and not partial:
        schema["required"] = required
    return schema


def _schema(field: m.Field, *, writing: bool) -> Json:
    kind = field.type.kind
    if kind == m.FIELD_KIND_REF:
        return _nullable({"type": "string", "format": "uuid"}, field) if writing else _reference()
    if kind == m.FIELD_KIND_LINKS:
        item: Json = {"type": "string", "format": "uuid"} if writing else {"$ref": "#/components/schemas/Reference"}
        return {"type": "array", "items": item}
    if kind == m.FIELD_KIND_JSON:
        return {}
    if kind == m.FIELD_KIND_BOOL:
        return _nullable({"type": "boolean"}, field)
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        return _nullable(_integer(field), field)
    if kind == m.FIELD_KIND_ENUM:
        members: list[Json] = [*field.type.members, *([None] if field.optional else [])]
        return {"enum": members}
    if kind == m.FIELD_KIND_LIST:
        inner: dict[str, Json] = {found.name: _schema(found, writing=writing) for found in field.type.members_fields}
        return {"type": "array", "items": {"type": "object", "properties": inner}}
    return _nullable(_text(field, writing=writing), field)


def _reference() -> Json:
    return {"anyOf": [{"$ref": "#/components/schemas/Reference"}, {"type": "null"}]}


def _text(field: m.Field, *, writing: bool) -> dict[str, Json]:
    schema: dict[str, Json] = {"type": "string"}
    if field.type.kind in _FORMATS:
        schema["format"] = _FORMATS[field.type.kind]
    if writing and field.type.HasField("min_length") and field.type.min_length:
        schema["minLength"] = field.type.min_length
    if writing and field.type.HasField("max_length"):
        schema["maxLength"] = field.type.max_length
    if writing and field.type.pattern:
        schema["pattern"] = field.type.pattern
    return schema


def _integer(field: m.Field) -> dict[str, Json]:
    small = field.type.kind == m.FIELD_KIND_INT
    low, high = (-2_147_483_648, 2_147_483_647) if small else (-9_007_199_254_740_991, 9_007_199_254_740_991)
    return {
        "type": "integer",
        "minimum": int(field.type.minimum or low),
        "maximum": int(field.type.maximum or high),
    }


def _nullable(schema: dict[str, Json], field: m.Field) -> Json:
    if field.optional:
        schema["type"] = [schema["type"], "null"]
    return schema


def _content(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _health(name: str) -> Json:
    schema: Json = {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}}
    responses: dict[str, Json] = {"200": {"description": "It answers.", "content": _content(schema)}}
    if name == "ready":
        responses["503"] = {"description": _MEANINGS[503], "content": _content(schema)}
    return {"operationId": name, "summary": name.capitalize(), "tags": ["health"], "responses": responses}
