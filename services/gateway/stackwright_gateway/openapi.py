"""The shim's own OpenAPI 3.1 document, from the models that check requests."""

from functools import cache

from stackwright_gateway.body import Json
from stackwright_gateway.requests import GenerationDocument
from stackwright_gateway.responses import BASE

ERROR: dict[str, Json] = {
    "type": "object",
    "required": ["success", "error", "quality_standard"],
    "properties": {
        "success": {"const": False},
        "error": {
            "type": "object",
            "required": ["code", "status", "message", "details"],
            "properties": {
                "code": {"type": "string"},
                "status": {"type": "integer"},
                "message": {"type": "string", "description": "One clear sentence."},
                "details": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["field", "reason"],
                        "properties": {"field": {"type": "string"}, "reason": {"type": "string"}},
                    },
                },
            },
        },
        "quality_standard": {"type": "string"},
    },
}

# Method, address, operation, summary, answers beside errors.
OPERATIONS: list[tuple[str, str, str, str, dict[str, str]]] = [
    (
        "post",
        f"{BASE}/generate",
        "generate",
        "Generate an application; waits for it unless `Prefer: respond-async`.",
        {"200": "The finished run.", "202": "The run goes on; poll `Location`."},
    ),
    ("get", f"{BASE}/runs", "listRuns", "Runs, newest first.", {"200": "A page of runs."}),
    ("get", f"{BASE}/runs/{{run}}", "getRun", "How a run stands.", {"200": "The run."}),
    ("post", f"{BASE}/runs/{{run}}/cancel", "cancelRun", "Cancel a run.", {"200": "The run."}),
    ("get", f"{BASE}/runs/{{run}}/events", "watchRun", "A run's events, resumable.", {"200": "Server-sent events."}),
    ("get", f"{BASE}/runs/{{run}}/artifact", "getArtifact", "The project as zip.", {"200": "A zip file."}),
    ("get", f"{BASE}/runs/{{run}}/report", "getReport", "The quality report.", {"200": "JSON."}),
    ("get", f"{BASE}/runs/{{run}}/report.html", "getReportPage", "The quality report to read.", {"200": "HTML."}),
    ("get", f"{BASE}/runs/{{run}}/contracts", "getContracts", "The established contracts.", {"200": "JSON."}),
    ("get", f"{BASE}/runs/{{run}}/openapi", "getOpenApi", "The application's OpenAPI document.", {"200": "JSON."}),
    ("get", f"{BASE}/features", "listFeatures", "The feature catalogue.", {"200": "All features."}),
    ("get", f"{BASE}/handlers", "listHandlers", "Announced handlers.", {"200": "Handlers."}),
    ("get", "/health", "health", "Whether the suite answers.", {"200": "It does.", "503": "It does not."}),
    ("get", "/metrics", "metrics", "Counters for Prometheus.", {"200": "Text."}),
]


@cache
def document() -> dict[str, Json]:
    """Give the document; the same object each time."""
    request_schema: dict[str, Json] = GenerationDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = request_schema.pop("$defs", {})
    assert isinstance(schemas, dict)  # noqa: S101  # JSON Schema says so
    paths: dict[str, Json] = {}
    for method, path, operation_id, summary, answers in OPERATIONS:
        operation: dict[str, Json] = {
            "operationId": operation_id,
            "summary": summary,
            "responses": {
                **{status: {"description": text} for status, text in answers.items()},
                "default": {
                    "description": "An error.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
                },
            },
        }
        if "{run}" in path:
            operation["parameters"] = [{"name": "run", "in": "path", "required": True, "schema": {"type": "string"}}]
        if operation_id == "generate":
            operation["parameters"] = [
                {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}},
                {"name": "Prefer", "in": "header", "schema": {"enum": ["respond-async"]}},
            ]
            operation["requestBody"] = {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/GenerationDocument"}}},
            }
        item = paths.setdefault(path, {})
        assert isinstance(item, dict)  # noqa: S101
        item[method] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Stackwright gateway", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"Error": ERROR, "GenerationDocument": request_schema, **schemas}},
    }
