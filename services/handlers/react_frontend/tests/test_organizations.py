"""People work in one organization at a time, and choose which."""

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit


def test_the_page_switches_and_forgets_what_was_read_before(organizations: Contract) -> None:
    emission = emit(Application(organizations))
    files = emission.texts()
    page = files["src/features/organizations/OrganizationPicker.tsx"]
    assert "await switchOrganization({ organization }).unwrap();" in page
    for api in ("organizations/api.ts", "organizations/organization/api.ts"):
        # Who switches, and who makes an organization, works in another one from then on.
        assert files[f"src/features/{api}"].count("onQueryStarted: forgetAll") == 1
    index = files["src/features/organizations/index.ts"]
    assert 'organization_required: "/organizations/choose"' in index
    assert 'label: "Switch organization"' in index
    assert not emission.missing


def test_without_the_operation_the_page_is_not_made(organizations: Contract) -> None:
    for operation in organizations.operations:
        if operation.name == "switch_organization":
            operation.name = "something_else"
    missing = emit(Application(organizations)).missing
    assert any("switch_organization" in what for _, _, what in missing)
