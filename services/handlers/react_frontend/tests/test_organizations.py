"""People work in one organization at a time, and choose which."""

from pathlib import Path

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit

CONTRACT = Path(__file__).parent / "contracts" / "organizations.binpb"


def test_the_page_switches_and_forgets_what_was_read_before() -> None:
    emission = emit(Application(Contract.FromString(CONTRACT.read_bytes())))
    files = {file.path: file.text for file in emission.files}
    page = files["src/features/organizations/OrganizationPicker.tsx"]
    assert "await switchOrganization({ organization }).unwrap();" in page
    assert "dispatch(api.util.resetApiState());" in page
    index = files["src/features/organizations/index.ts"]
    assert 'organization_required: "/organizations/choose"' in index
    assert 'label: "Switch organization"' in index
    assert not emission.missing


def test_without_the_operation_the_page_is_not_made() -> None:
    contract = Contract.FromString(CONTRACT.read_bytes())
    for operation in contract.operations:
        if operation.name == "switch_organization":
            operation.name = "something_else"
    missing = emit(Application(contract)).missing
    assert any("switch_organization" in what for _, _, what in missing)
