"""What the generated back end serves as its OpenAPI document is what the registry exports for the same contract."""

import json
from pathlib import Path

import pytest

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.contract.v1.operation_pb2 import HttpMethod
from stackwright.handler.v1.request_response_pb2 import GenerateRequest, Technology
from stackwright_kit.openapi import openapi_bytes
from stackwright_node_backend.handler import NodeBackendHandler
from stackwright_registry.catalogue import load_catalogue
from stackwright_registry.resolving.draft import draft_contract
from stackwright_sdk.node import SourceTools

ROOT = Path(__file__).parents[2]
SEVEN = [
    "authentication",
    "user_management",
    "role_based_access_control",
    "audit_logging",
    "api_documentation",
    "health_monitoring",
    "structured_logging",
]
PLACE = "backend/src/features/api_documentation/openapi.json"


@pytest.fixture(scope="module")
def agreed() -> Contract:
    return draft_contract(load_catalogue(ROOT / "catalogue"), SEVEN, project_name="Golden", with_probe=True)


async def served(agreed: Contract, language: str) -> bytes:
    async def silent(message: str, done: int, total: int) -> None:
        pass

    async with SourceTools() as tools:
        request = GenerateRequest(request_id="o", contract=agreed, technology=Technology(language=language))
        project = await NodeBackendHandler(tools).generate(request, silent)
    return next(file.content for file in project.files if file.path == PLACE)


@pytest.mark.parametrize("language", ["JavaScript", "TypeScript"])
async def test_it_is_the_registry_s_to_the_byte(agreed: Contract, language: str) -> None:
    assert await served(agreed, language) == openapi_bytes(agreed)


async def test_it_has_each_operation_at_each_of_its_addresses(agreed: Contract) -> None:
    paths = json.loads(await served(agreed, "JavaScript"))["paths"]
    found = {(method, path): item for path, methods in paths.items() for method, item in methods.items()}
    known = {
        (HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_").lower(), path): item
        for item in agreed.operations
        for path in (item.path, *item.alternative_paths)
    }
    probes = {("get", "/api/live"), ("get", "/api/ready")}
    assert set(found) == set(known) | probes
    for address, item in known.items():
        described = found[address]
        assert described.get("x-permission", "") == item.permission
        assert str(item.success_status) in described["responses"]
        sent = {field["name"] for field in described.get("parameters", []) if field["in"] == "path"}
        assert sent == {part[1:-1] for part in address[1].split("/") if part.startswith("{")}


async def test_it_says_that_me_tells_the_permissions(agreed: Contract) -> None:
    document = json.loads(await served(agreed, "JavaScript"))
    answer = document["paths"]["/api/me"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["properties"]["permissions"] == {"type": "array", "items": {"type": "string"}}
    assert set(answer["required"]) == {"user", "permissions"}


def test_the_one_row_of_a_key_may_be_none_yet() -> None:
    contract = draft_contract(load_catalogue(ROOT / "catalogue"), ["notifications"], project_name="Golden")
    rows = json.loads(openapi_bytes(contract))["components"]["schemas"]
    single, other = rows["NotificationPreference"]["properties"], rows["NotificationModel"]["properties"]
    for name in ("id", "created_at", "updated_at"):
        assert single[name]["type"] == ["string", "null"], "nothing is known of a row that was not put"
        assert other[name]["type"] == "string"
    # The address says the one, the contract has a default for the other.
    assert single["kind"]["type"] == "string"
    assert single["in_app"]["type"] == "boolean"
