"""OpenAPI 3.1 and the compact form: valid, complete, and true to the contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi import openapi_bytes
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.exports.compact import compact
from stackwright_registry.resolving.draft import draft_contract


def document_of(agreed: contract.Contract) -> Any:
    """The document as a client reads it."""
    return json.loads(openapi_bytes(agreed))


def test_the_document_is_valid(agreed: contract.Contract) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="a development dependency of the workspace")
    validator.validate(document_of(agreed))


def test_every_operation_is_in_it_with_its_permission(agreed: contract.Contract) -> None:
    paths = document_of(agreed)["paths"]
    for item in agreed.operations:
        method = operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_").lower()
        for path in (item.path, *item.alternative_paths):
            found = paths[path][method]
            assert found.get("x-permission", "") == item.permission
            assert str(item.success_status) in found["responses"]
            assert ("security" in found) == item.public
    assert paths["/api/samples/{id}"]["patch"]["x-access"] == "created_by == actor || can('sample.manage')"


def test_every_reference_leads_somewhere(catalogue: Catalogue) -> None:
    everything = draft_contract(catalogue, sorted(catalogue.features), with_probe=True)
    document = document_of(everything)
    identifiers: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                target: Any = document
                for part in value["$ref"].removeprefix("#/").split("/"):
                    assert part in target, value["$ref"]
                    target = target[part]
            if isinstance(value.get("operationId"), str):
                identifiers.append(value["operationId"])
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(document)
    assert len(set(identifiers)) == len(identifiers)


def test_rows_and_bodies_tell_the_truth(agreed: contract.Contract) -> None:
    schemas = document_of(agreed)["components"]["schemas"]
    user = schemas["User"]
    assert "password" not in user["properties"]
    assert "role_names" not in user["properties"]
    assert {"id", "email", "roles", "row_version", "can"} <= set(user["required"])
    assert user["properties"]["last_login_at"]["type"] == ["string", "null"]
    body = schemas["CreateUserBody"]
    assert body["required"] == ["email", "name"]
    assert body["additionalProperties"] is False
    assert "required" not in schemas["UpdateUserBody"]
    assert schemas["RegisterBody"]["properties"]["password"]["minLength"] == 10
    entry = schemas["AuditEntry"]["properties"]
    assert entry["actor"] == {"oneOf": [{"$ref": "#/components/schemas/Reference"}, {"type": "null"}]}


def test_lists_page_sort_search_and_filter(agreed: contract.Contract) -> None:
    paths = document_of(agreed)["paths"]
    users = {item["name"]: item for item in paths["/api/users"]["get"]["parameters"]}
    assert {"page", "page_size", "sort", "search", "active", "created_at[gte]", "last_login_at[null]"} <= users.keys()
    assert users["page_size"]["schema"]["maximum"] == 100
    assert "password" not in users
    entries = {item["name"] for item in paths["/api/audit-entries"]["get"]["parameters"]}
    assert "cursor" in entries
    assert "page" not in entries
    assert {"target_id", "correlation", "actor[in]"} <= entries


def test_errors_have_one_shape_and_declared_codes(agreed: contract.Contract) -> None:
    document = document_of(agreed)
    codes = document["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["enum"]
    assert {"bad_credentials", "token_reused", "validation_failed", "rate_limited"} <= set(codes)
    assert "429" in document["paths"]["/api/login"]["post"]["responses"]
    assert "503" in document["paths"]["/api/ready"]["get"]["responses"]


def test_the_bytes_are_stable(agreed: contract.Contract) -> None:
    assert openapi_bytes(agreed) == openapi_bytes(agreed)


def test_the_compact_form(agreed: contract.Contract) -> None:
    shown: Any = compact(agreed)
    assert shown["authentication"]["models"]["User"]["email"] == "string"
    assert shown["authentication"]["models"]["User"]["id"] == "uuid"
    endpoints = {(item["method"], item["path"]): item for item in shown["user_management"]["endpoints"]}
    assert endpoints["POST", "/api/users"]["input"]["name"] == "string"
    assert endpoints["GET", "/api/users"]["output"] == "page of User"
    assert shown["domain"]["models"]["Sample"]["parent"] == "ref Sample?"
    json.dumps(shown)


def test_what_the_newer_features_answer_is_in_it(catalogue: Catalogue) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="a development dependency of the workspace")
    features = ["real_time_chat", "file_upload", "rate_limiting", "password_reset", "email_verification"]
    document = document_of(draft_contract(catalogue, features))
    validator.validate(document)
    paths = document["paths"]
    upload = paths["/api/upload"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert upload["encoding"] == {"content": {"contentType": "application/octet-stream"}}
    body = document["components"]["schemas"]["UploadBody"]["properties"]
    assert list(body)[-1] == "content"
    assert body["content"] == {"type": "string", "contentMediaType": "application/octet-stream"}
    download = paths["/api/stored-files/{id}/download"]["get"]["responses"]
    assert {"200", "206", "416", "404"} <= download.keys()
    assert "Content-Disposition" in download["200"]["headers"]
    assert {"404", "409", "422", "429"} <= paths["/api/password-resets/confirm"]["post"]["responses"].keys()
    assert "RateLimit-Remaining" in paths["/api/me"]["get"]["responses"]["200"]["headers"]
    assert "Retry-After" in document["components"]["responses"]["Error429"]["headers"]
    error = document["components"]["schemas"]["Error"]["properties"]["error"]["properties"]
    assert "email_unverified" in error["code"]["enum"]
    live = document["x-live-channel"]
    assert live["path"] == "/api/stream"
    assert "Message" in live["receive"]["event"]["properties"]["model"]["enum"]
    assert live["receive"]["signal"]["properties"]["name"]["enum"] == ["Room.typing"]


def test_what_is_not_on_is_not_in_it(agreed: contract.Contract) -> None:
    document = document_of(agreed)
    assert "x-live-channel" not in document
    assert "Retry-After" not in document["components"]["responses"]["Error429"]["headers"]


def test_a_row_whose_place_stays_says_since_when(catalogue: Catalogue) -> None:
    schemas = document_of(draft_contract(catalogue, ["real_time_chat"]))["components"]["schemas"]
    assert schemas["Message"]["properties"]["deleted_at"]["type"] == ["string", "null"]
    assert "deleted_at" in schemas["Message"]["required"]
    assert "deleted_at" not in schemas["Room"]["properties"]
