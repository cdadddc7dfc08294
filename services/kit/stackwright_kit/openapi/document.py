"""The contract as an OpenAPI 3.1 document: every operation, every answer, every error; stable to the byte."""

from __future__ import annotations

from pydantic_core import to_json

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi.channel import channel
from stackwright_kit.openapi.examples import example_of
from stackwright_kit.openapi.fields import sent_fields
from stackwright_kit.openapi.parameters import Parameters
from stackwright_kit.openapi.responses import MEANINGS, error, responses
from stackwright_kit.openapi.schemas import Json, Schema, Schemas, ref

_SCOPES = {
    operation.OPERATION_KIND_LIST: "read",
    operation.OPERATION_KIND_READ: "read",
    operation.OPERATION_KIND_CHOICES: "refer",
    operation.OPERATION_KIND_METRIC: "read",
}
_BODILESS = (operation.HTTP_METHOD_GET, operation.HTTP_METHOD_DELETE)


def openapi_bytes(agreed: contract.Contract) -> bytes:
    """Give the document as JSON, keys in order of meaning."""
    return to_json(openapi(agreed), indent=2) + b"\n"


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
    live = channel(agreed)
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
        **({"x-live-channel": live} if live is not None else {}),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": {**_rows(agreed, schemas), **bodies, **_shared(agreed)},
            "responses": {f"Error{status}": error(agreed, status, text) for status, text in MEANINGS.items()},
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
    found["responses"] = responses(agreed, item, schemas)
    return found


def _probe(name: str) -> Json:
    """Describe what every application answers, whatever its features."""
    state: Schema = {"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]}
    success: Schema = {"description": "The answer.", "content": {"application/json": {"schema": state}}}
    responses: Schema = {"200": success, "500": {"$ref": "#/components/responses/Error500"}}
    if name == "ready":
        responses["503"] = {**success, "description": MEANINGS[503]}
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
    narrowing = [found for found in conditions if not _open(found)] or conditions[:1]
    closed = next((found.source for found in narrowing if found.root.name.root == expression.ROOT_NOBODY), "")
    sources = dict.fromkeys(_braced(found) if len(narrowing) > 1 else found.source for found in narrowing)
    return closed or " && ".join(sources)


def _open(condition: expression.Expression) -> bool:
    return condition.root.name.root == expression.ROOT_ANYONE


def _braced(condition: expression.Expression) -> str:
    kind = condition.root.WhichOneof("kind")
    either = kind == "binary" and condition.root.binary.operator == expression.BINARY_OPERATOR_OR
    return f"({condition.source})" if either or kind == "conditional" else condition.source


def _body(item: operation.Operation, schemas: Schemas, bodies: Schema) -> Schema | None:
    if item.method in _BODILESS:
        return None
    schema = schemas.body(item)
    files = _files(item)
    _streamed(schema, files)
    name = f"{item.names.operation_id[:1].upper()}{item.names.operation_id[1:]}Body"
    bodies[name] = schema
    media = "multipart/form-data" if files else "application/json"
    content: Schema = {"schema": ref(name)}
    if files:
        # Fields first, the file last: it is written away while it arrives.
        content["encoding"] = {name: {"contentType": "application/octet-stream"} for name in files}
    elif sent_fields(item):
        content["example"] = example_of(item)
    return {"required": bool(schema.get("required")), "content": {media: content}}


def _files(item: operation.Operation) -> list[str]:
    """Give the inputs that carry a file; elsewhere a field of that type names a stored one."""
    if item.kind != operation.OPERATION_KIND_ACTION:
        return []
    kinds = (model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE)
    return [field.names.json for field in item.inputs if field.type.kind in kinds]


def _streamed(schema: Schema, files: list[str]) -> None:
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name in files:
            properties.pop(name)
            properties[name] = {"type": "string", "contentMediaType": "application/octet-stream"}


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
