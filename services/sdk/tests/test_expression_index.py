"""Models of the catalogue are found by the name in their file, whatever they are called now."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_sdk.expressions.index import ContractIndex


def test_an_entity_of_the_request_may_have_the_name_of_a_model() -> None:
    contract = contract_pb2.Contract()
    contract.models.add(id="domain/Permission", name="Permission", provenance=model_pb2.PROVENANCE_REQUEST)
    contract.models.add(id="role_based_access_control/Permission", name="ControlPermission")
    index = ContractIndex(contract)
    found = index.named("Permission")
    assert found is not None
    assert found.id == "role_based_access_control/Permission"
    assert index.named("ControlPermission") is None
    assert index.named("Role") is None
