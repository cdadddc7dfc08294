"""The contract as an OpenAPI 3.1 document: every operation, every answer, every error; stable to the byte."""

from __future__ import annotations

import json

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.exports.examples import example_of
from stackwright_registry.exports.parameters import Parameters
from stackwright_registry.exports.schemas import Json, Schema, Schemas, ref
from stackwright_registry.resolving.joining import joined

_SCOPES = {
    operation.OPERATION_KIND_LIST: "read",
    operation.OPERATION_KIND_READ: "read",
    operation.OPERATION_KIND_CHOICES: "refer",
    operation.OPERATION_KIND_METRIC: "read",
}
_BODILESS = (operation.HTTP_METHOD_GET, operation.HTTP_METHOD_DELETE)
_MEANINGS = {
    400: "The request cannot be read, or a parameter is unknown.",
    401: "Nobody is signed in, or the credentials are not valid.",
    403: "The caller may not do this.",
    404: "There is no such thing, or the caller may not see it.",
    409: "It is not possible now; the message says why.",
    412: "The row was changed in the meantime.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "Some fields are not valid; one entry for each.",
    429: "Too many requests; `Retry-After` says when to try again.",
    500: "Something went wrong here; the correlation id finds it in the log.",
    503: "The application is not ready.",
}


def openapi_bytes(agreed: contract.Contract) -> bytes:
    """Give the document as JSON, keys in order of meaning."""
    return (json.dumps(openapi(agreed), indent=2, ensure_ascii=False) + "\n").encode()


def openapi(agreed: contract.Contract) -> Schema:
    """Give the OpenAPI 3.1 document of a contract."""
    schemas = Schemas(agreed)
    parameters = Parameters(agreed, schemas)
    paths: dict[str, dict[str, Json]] = {}
    bodies: Schema = {}
    for item in agreed.operations:
        body = _body(item, schemas, bodies)
        for number, path in enumerate((item.path, *item.alternative_paths)):
            method = operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_").lower()
            suffix = "" if number == 0 else f"At{number}"
            paths.setdefault(path, {})[method] = _operation(agreed, item, path, suffix, body, schemas, parameters)
    for name in ("live", "ready"):
        paths.setdefault(f"{agreed.conventions.base_path}/{name}", {}).setdefault("get", _probe(name))
    tags: list[Json] = [{"name": feature.key, "description": feature.title} for feature in agreed.features]
    if any(item.feature == "domain" for item in agreed.operations):
        tags.append({"name": "domain", "description": "The entities of this application"})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": agreed.project.name or "Application",
            "version": "1.0.0",
            "description": "Compiled from the application's contract. Every answer carries "
            f"`{agreed.conventions.correlation_header}`, and every error has one shape.",
            "x-contract-revision": agreed.revision,
        },
        "servers": [{"url": "/"}],
        "tags": tags,
        "security": [{"bearer": []}],
        "paths": {path: dict(item) for path, item in paths.items()},
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": {**_rows(agreed, schemas), **bodies, **_shared(agreed)},
            "responses": {f"Error{status}": _error(agreed, status, text) for status, text in _MEANINGS.items()},
            "headers": {
                "Correlation": {
                    "description": "Finds the request in the log; taken over from the request when well formed.",
                    "schema": {"type": "string", "maxLength": 64},
                }
            },
        },
    }


def _operation(
    agreed: contract.Contract,
    item: operation.Operation,
    path: str,
    suffix: str,
    body: Schema | None,
    schemas: Schemas,
    parameters: Parameters,
) -> Json:
    found: Schema = {
        "operationId": f"{item.names.operation_id}{suffix}",
        "summary": item.title or item.names.label,
        "tags": [item.feature],
    }
    if item.description:
        found["description"] = item.description
    if item.permission:
        found["x-permission"] = item.permission
    if access := _access(agreed, item):
        found["x-access"] = access
    if item.public:
        # A stranger may call it; who is signed in may see more.
        found["security"] = [{}, {"bearer": []}]
    if given := parameters.of(item, path):
        found["parameters"] = given
    if body is not None:
        found["requestBody"] = body
    found["responses"] = _responses(agreed, item, schemas)
    return found


def _probe(name: str) -> Json:
    """Describe what every application answers, whatever its features."""
    state: Schema = {"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]}
    success: Schema = {"description": "The answer.", "content": {"application/json": {"schema": state}}}
    responses: Schema = {"200": success, "500": {"$ref": "#/components/responses/Error500"}}
    if name == "ready":
        responses["503"] = {**success, "description": _MEANINGS[503]}
    summary = "Whether the process answers" if name == "live" else "Whether the application can work"
    return {"operationId": f"probe{name.capitalize()}", "summary": summary, "security": [{}], "responses": responses}


def _access(agreed: contract.Contract, item: operation.Operation) -> str:
    """Give who may, as written: the scope of the rows and what narrows it."""
    conditions: list[expression.Expression] = []
    target = next((found for found in agreed.models if found.id == item.model_id), None)
    name = _SCOPES.get(item.kind)
    if target is not None and name is not None and target.access.HasField(name):
        conditions.append(getattr(target.access, name))
    if item.HasField("by"):
        conditions.append(item.by)
    found = joined(expression.BINARY_OPERATOR_AND, conditions)
    return found.source if found is not None else ""


def _body(item: operation.Operation, schemas: Schemas, bodies: Schema) -> Schema | None:
    if item.method in _BODILESS:
        return None
    schema = schemas.body(item)
    name = f"{item.names.operation_id[:1].upper()}{item.names.operation_id[1:]}Body"
    bodies[name] = schema
    files = any(field.type.kind == model.FIELD_KIND_FILE and field.name == "content" for field in item.inputs)
    media = "multipart/form-data" if files else "application/json"
    content: Schema = {"schema": ref(name)}
    if item.inputs and not files:
        content["example"] = example_of(item)
    return {"required": bool(schema.get("required")), "content": {media: content}}


def _responses(agreed: contract.Contract, item: operation.Operation, schemas: Schemas) -> Schema:
    correlation = agreed.conventions.correlation_header
    headers: Schema = {correlation: {"$ref": "#/components/headers/Correlation"}}
    target = schemas.models.get(item.model_id)
    row = item.answer_body == operation.ANSWER_BODY_ROW
    if row and target is not None and target.kind == model.MODEL_KIND_RESOURCE:
        headers["ETag"] = {"schema": {"type": "string"}, "description": "`row_version` in quotes."}
    if item.success_status == 201:
        headers["Location"] = {"schema": {"type": "string"}, "description": "Address of the new row."}
    success: Schema = {"description": "Done." if item.success_status != 200 else "The answer.", "headers": headers}
    if item.success_status != 204:
        success["content"] = _content(item, target, schemas)
    found: Schema = {str(item.success_status): success}
    same = {error.status for error in item.errors if error.status >= 500}
    for status in sorted(_statuses(item, target)):
        found[str(status)] = {"$ref": f"#/components/responses/Error{status}"}
    for status in sorted(same):
        # A declared failure of a query carries the same body as its success.
        found[str(status)] = {**success, "description": _MEANINGS.get(status, "It failed; the body says what.")}
    return found


def _statuses(item: operation.Operation, target: model.Model | None) -> set[int]:
    found = {400, 500, *(error.status for error in item.errors if error.status in _MEANINGS)}
    query = item.method == operation.HTTP_METHOD_GET
    anyone = item.by.source == "anyone"
    if not item.public or not anyone:
        found |= {401, 403}
    if item.scope == operation.OPERATION_SCOPE_ROW or "{" in item.path:
        found.add(404)
    if not query:
        found |= {409, 413, 415, 422}
    elif item.inputs:
        found.add(422)
    if item.conditions:
        found.add(409)
    resource = target is not None and target.kind == model.MODEL_KIND_RESOURCE
    if resource and item.scope == operation.OPERATION_SCOPE_ROW and not query:
        found.add(412)
    if item.HasField("rate"):
        found.add(429)
    return found


def _content(item: operation.Operation, target: model.Model | None, schemas: Schemas) -> Schema:
    body = item.answer_body
    if body == operation.ANSWER_BODY_FILE:
        return {
            "application/octet-stream": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
        }
    row = ref(target.names.class_name) if target is not None else {}
    if body == operation.ANSWER_BODY_PAGE:
        schema = _page(row, {"page": {"type": "integer"}, "page_size": {"type": "integer"}})
    elif body == operation.ANSWER_BODY_CURSOR_PAGE:
        schema = _page(row, {"next_cursor": {"type": ["string", "null"]}})
    elif body == operation.ANSWER_BODY_CHOICES:
        schema = {
            "type": "object",
            "properties": {"items": {"type": "array", "items": ref("Reference")}, "total": {"type": "integer"}},
            "required": ["items", "total"],
        }
    elif body == operation.ANSWER_BODY_FIELDS:
        schema = {
            "type": "object",
            "properties": {field.names.json: _returned(field, schemas) for field in item.returns},
            "required": [field.names.json for field in item.returns],
        }
    elif body == operation.ANSWER_BODY_JSON:
        schema = {}
    elif body == operation.ANSWER_BODY_ROW:
        schema = row
    else:
        schema = {"type": "object", "maxProperties": 0}
    return {"application/json": {"schema": schema}}


def _returned(field: model.Field, schemas: Schemas) -> Schema:
    if field.type.kind == model.FIELD_KIND_JSON and field.name == "tokens":
        return ref("Tokens")
    return schemas.answered(field, whole=True)


def _page(row: Schema, more: Schema) -> Schema:
    properties: Schema = {"items": {"type": "array", "items": row}, "total": {"type": "integer", "minimum": 0}, **more}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _rows(agreed: contract.Contract, schemas: Schemas) -> Schema:
    """Give the rows that some answer shows."""
    shown = {item.model_id for item in agreed.operations if item.model_id}
    shown |= {target for item in agreed.operations for field in item.returns for target in field.type.targets}
    return {item.names.class_name: schemas.row(item) for item in agreed.models if item.id in shown}


def _shared(agreed: contract.Contract) -> Schema:
    text: Schema = {"type": "string"}
    codes: list[Json] = [item.code for item in agreed.conventions.error_codes]
    declared = sorted(
        {error.code for item in agreed.operations for error in item.errors} | {g.code for g in agreed.gates}
    )
    codes += [code for code in declared if code not in codes]
    entry: Schema = {
        "type": "object",
        "properties": {"field": text, "code": text, "message": text},
        "required": ["field", "code", "message"],
    }
    error: Schema = {
        "type": "object",
        "properties": {
            "code": {"type": "string", "enum": codes},
            "status": {"type": "integer"},
            "message": text,
            "fields": {"type": "array", "items": entry},
            "correlation": text,
        },
        "required": ["code", "status", "message", "fields", "correlation"],
    }
    found: Schema = {
        "Error": {"type": "object", "properties": {"error": error}, "required": ["error"]},
        "Reference": {
            "type": "object",
            "properties": {"id": {"type": "string", "format": "uuid"}, "display": {"type": ["string", "null"]}},
            "required": ["id", "display"],
        },
    }
    if any(field.name == "tokens" for item in agreed.operations for field in item.returns):
        found["Tokens"] = {
            "type": "object",
            "description": "`refresh_token` is absent when the browser keeps it as a cookie.",
            "properties": {
                "access_token": text,
                "refresh_token": text,
                "token_type": {"const": "Bearer"},
                "expires_in": {"type": "integer"},
            },
            "required": ["access_token", "token_type", "expires_in"],
        }
    kinds = {field.type.kind for item in agreed.models for field in item.fields}
    if model.FIELD_KIND_POINT in kinds:
        degree: Schema = {"type": "number"}
        found["Point"] = {
            "type": "object",
            "properties": {"latitude": degree, "longitude": degree},
            "required": ["latitude", "longitude"],
        }
    return found


def _error(agreed: contract.Contract, status: int, text: str) -> Schema:
    codes = [item.code for item in agreed.conventions.error_codes if item.status == status]
    code = codes[0] if codes else "conflict"
    fields: list[Json] = (
        [{"field": "email", "code": "format", "message": "Enter an e-mail address."}] if status == 422 else []
    )
    example: Schema = {
        "error": {"code": code, "status": status, "message": text, "fields": fields, "correlation": "0198c1d27a4e"}
    }
    return {
        "description": text,
        "headers": {agreed.conventions.correlation_header: {"$ref": "#/components/headers/Correlation"}},
        "content": {"application/json": {"schema": ref("Error"), "example": example}},
    }
