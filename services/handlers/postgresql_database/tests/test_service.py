"""The handler over gRPC, as any other program calls it."""

from __future__ import annotations

import grpc
import pytest

from stackwright.code.v1.finding_pb2 import Finding
from stackwright.contract.v1.model_pb2 import FIELD_KIND_LIST
from stackwright.handler.v1 import request_response_pb2 as messages
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright_kit.files import join_chunks
from stackwright_kit.testing import serving
from stackwright_postgresql_database.service import service

from .conftest import contract, database_files

pytestmark = pytest.mark.asyncio


async def test_it_says_what_it_is() -> None:
    async with serving(service()) as channel:
        described = (await HandlerServiceStub(channel).Describe(messages.DescribeRequest())).handler
    assert (described.name, described.role) == ("postgresql_database", messages.HANDLER_ROLE_DATABASE)
    assert "postgresql" in described.technologies
    assert {"authentication", "organizations"} <= {feature.key for feature in described.features}
    assert len(described.blueprint_digest) == 64


async def test_it_streams_files_and_then_what_it_made() -> None:
    request = messages.GenerateRequest(request_id="r1", contract=contract("seven_features"))
    request.technology.libraries.append("PostGIS")
    async with serving(service()) as channel:
        answers = [answer async for answer in HandlerServiceStub(channel).Generate(request)]
    result = answers[-1].result
    chunks = [answer.chunk for answer in answers if answer.HasField("chunk")]
    files = {file.path: file.content.decode() for file in join_chunks(chunks)}
    assert files == database_files("seven_features")
    assert result.success
    assert result.files == len(files)
    assert {"users", "roles", "users_roles", "audit_entries"} <= set(result.tables)
    assert [warning.subject for warning in result.warnings] == ["PostGIS"]
    assert "backup.sh" in result.documents[0].markdown
    assert {feature.rung for feature in result.features} == {messages.RUNG_FULL_FEATURE_IMPLEMENTATION}


async def test_a_contract_it_cannot_compile_is_the_callers_mistake() -> None:
    request = messages.GenerateRequest(request_id="r1", contract=contract("small"))
    request.contract.models[0].fields[0].type.kind = FIELD_KIND_LIST
    async with serving(service()) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            [answer async for answer in HandlerServiceStub(channel).Generate(request)]
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert request.contract.models[0].fields[0].id in (refused.value.details() or "")


async def test_findings_are_declined_with_a_reason() -> None:
    finding = Finding(fingerprint="f" * 16, path="database/migrations/0002_schema.sql", message="m", tool="t", rule="r")
    request = messages.RefineRequest(request_id="r1", contract=contract("small"), findings=[finding])
    async with serving(service()) as channel:
        answers = [answer async for answer in HandlerServiceStub(channel).Refine(request)]
    declined = answers[-1].result.declined
    assert [warning.subject for warning in declined] == ["f" * 16]
    assert "0002_schema.sql" in declined[0].message
