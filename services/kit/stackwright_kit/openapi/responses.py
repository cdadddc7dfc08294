"""Answers of operations: the one that is wanted, and each error that may come instead."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi.limits import counted, limit_headers
from stackwright_kit.openapi.metrics import metric_answer, metric_of
from stackwright_kit.openapi.schemas import Json, Schema, Schemas, ref

MEANINGS = {
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
    431: "The address, or a header, is too long.",
    500: "Something went wrong here; the correlation id finds it in the log.",
    503: "The application is not ready.",
}
# Their addresses hold filters, which may be longer than a server reads.
_LISTS = (operation.ANSWER_BODY_PAGE, operation.ANSWER_BODY_CURSOR_PAGE, operation.ANSWER_BODY_CHOICES)


def responses(agreed: contract.Contract, item: operation.Operation, schemas: Schemas) -> Schema:
    """Give every answer of an operation by its status."""
    correlation = agreed.conventions.correlation_header
    headers: Schema = {correlation: {"$ref": "#/components/headers/Correlation"}}
    headers.update(limit_headers(agreed))
    target = schemas.models.get(item.model_id)
    bare = dict(headers)
    row = item.answer_body == operation.ANSWER_BODY_ROW
    if row and target is not None and target.kind == model.MODEL_KIND_RESOURCE:
        headers["ETag"] = {"schema": {"type": "string"}, "description": "`row_version` in quotes."}
    if item.success_status == 201:
        headers["Location"] = {"schema": {"type": "string"}, "description": "Address of the new row."}
    success: Schema = {"description": "Done." if item.success_status != 200 else "The answer.", "headers": headers}
    if item.success_status != 204:
        success["content"] = _content(agreed, item, target, schemas)
    if item.answer_body == operation.ANSWER_BODY_FILE:
        headers["Content-Disposition"] = {"schema": {"type": "string"}, "description": "`attachment`, with its name."}
        headers["Accept-Ranges"] = {"schema": {"const": "bytes"}}
    found: Schema = {str(item.success_status): success}
    if row and item.method != operation.HTTP_METHOD_GET and item.success_status == 200:
        found["204"] = {"description": "Done; the caller may not see the row any more.", "headers": bare}
    if item.answer_body == operation.ANSWER_BODY_FILE:
        found["206"] = {**success, "description": "The part that `Range` asked for."}
        found["416"] = {"description": "The file has no such part."}
    same = {error.status for error in item.errors if error.status >= 500}
    statuses = _statuses(item, target)
    if counted(agreed):
        statuses.add(429)
    if any(item.names.call not in gate.allow for gate in agreed.gates):
        statuses |= {gate.status for gate in agreed.gates if gate.status in MEANINGS}
    for status in sorted(statuses):
        found[str(status)] = {"$ref": f"#/components/responses/Error{status}"}
    for status in sorted(same):
        # A declared failure of a query carries the same body as its success.
        found[str(status)] = {**success, "description": MEANINGS.get(status, "It failed; the body says what.")}
    return found


def _statuses(item: operation.Operation, target: model.Model | None) -> set[int]:
    found = {400, 500, *(error.status for error in item.errors if error.status in MEANINGS)}
    query = item.method == operation.HTTP_METHOD_GET
    anyone = item.by.source == "anyone"
    if not item.public or not anyone:
        found |= {401, 403}
    nested = any("{" in path for path in (item.path, *item.alternative_paths))
    if nested or item.scope in (operation.OPERATION_SCOPE_ROW, operation.OPERATION_SCOPE_TOKEN):
        found.add(404)
    if not query:
        found |= {409, 413, 415, 422}
    elif item.inputs:
        found.add(422)
    if item.answer_body in _LISTS:
        found.add(431)
    if item.conditions:
        found.add(409)
    resource = target is not None and target.kind == model.MODEL_KIND_RESOURCE
    if resource and item.scope == operation.OPERATION_SCOPE_ROW and not query:
        found.add(412)
    if item.HasField("rate"):
        found.add(429)
    return found


def _content(
    agreed: contract.Contract, item: operation.Operation, target: model.Model | None, schemas: Schemas
) -> Schema:
    body = item.answer_body
    if body == operation.ANSWER_BODY_FILE:
        # The type is the one that the file has.
        return {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}
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
        members: Schema = {field.names.json: _returned(field, schemas) for field in item.returns}
        if any(field.returns.root.name.root == expression.ROOT_ACTOR for field in item.returns):
            # Who asks who they are is also told what they may do: pages hide by it all else.
            members["permissions"] = {"type": "array", "items": {"type": "string"}}
        schema = {"type": "object", "properties": members, "required": list(members)}
    elif item.kind == operation.OPERATION_KIND_METRIC:
        schema = metric_answer(metric_of(agreed, item))
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


def error(agreed: contract.Contract, status: int, text: str) -> Schema:
    """Give the shared answer of an error."""
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
        "headers": {
            agreed.conventions.correlation_header: {"$ref": "#/components/headers/Correlation"},
            **(limit_headers(agreed, refused=True) if status == 429 else {}),
        },
        "content": {"application/json": {"schema": ref("Error"), "example": example}},
    }
