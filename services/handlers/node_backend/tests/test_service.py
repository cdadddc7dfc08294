"""The handler behind gRPC, as the orchestrator calls it."""

from __future__ import annotations

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import DescribeRequest, GenerateRequest, Technology
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright_kit.testing import serving
from stackwright_node_backend.service import service


async def test_it_serves_files_and_a_result(contract: Contract) -> None:
    async with serving(service()) as channel:
        stub = HandlerServiceStub(channel)
        described = await stub.Describe(DescribeRequest())
        assert described.handler.name == "node_backend"
        request = GenerateRequest(
            request_id="t", contract=contract, technology=Technology(name="node.js", language="TypeScript")
        )
        answers = [answer async for answer in stub.Generate(request)]
        paths = [answer.chunk.file.path for answer in answers if answer.WhichOneof("event") == "chunk"]
        assert "backend/src/app.ts" in paths
        assert answers[-1].result.success
        assert answers[-1].result.files == len({path for path in paths if path})
