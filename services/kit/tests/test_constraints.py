"""What of a message is left out of its check: nothing of which anything is asked."""

from __future__ import annotations

import protovalidate
import pytest
from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.validator.v1 import request_response_pb2 as validator
from stackwright_kit.server.constraints import constrained

CONTRACT = contract.Contract(contract_id="c", models=[{"id": "domain/Thing", "name": "Thing"}])
VALIDATOR = protovalidate.Validator()


def test_a_contract_is_present_and_empty_in_what_is_checked() -> None:
    request = handler.GenerateRequest(request_id="r", contract=CONTRACT, technology={"name": "react"})
    light = constrained(request)
    assert isinstance(light, handler.GenerateRequest)
    assert light.HasField("contract")
    assert light.contract == contract.Contract()
    assert light.request_id == "r"
    assert request.contract == CONTRACT, "the request itself was changed"


def test_what_has_nothing_to_leave_out_is_checked_itself() -> None:
    request = handler.GenerateRequest(request_id="r")
    assert constrained(request) is request


@pytest.mark.parametrize(
    "message",
    [
        handler.GenerateRequest(request_id="x" * 101),
        handler.GenerateRequest(request_id="x" * 101, contract=CONTRACT),
        handler.EstablishContractsRequest(draft=CONTRACT),
        handler.RefineRequest(contract=CONTRACT),
        registry.RegisterContractRequest(contract=CONTRACT),
        registry.DraftContractRequest(features=["a", "a"]),
        validator.ValidateRequest(),
        generation.StartGenerationRequest(spec={"project_name": ""}),
    ],
    ids=lambda message: type(message).__name__,
)
def test_the_same_is_refused_as_of_the_whole_message(message: Message) -> None:
    def said(of: Message) -> list[str]:
        return sorted(str(violation.proto) for violation in VALIDATOR.collect_violations(of))

    assert said(message)
    assert said(constrained(message)) == said(message)
