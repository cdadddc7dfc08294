"""Encrypted fields: what goes with them, and what is refused because the database cannot read them."""

from __future__ import annotations

import pytest

from stackwright.contract.v1 import contract_pb2
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.problems import ContractRefusedError
from stackwright_registry.resolving.draft import DomainInput, draft_contract


def drafted(catalogue: Catalogue, fields: dict[str, object], **more: object) -> contract_pb2.Contract:
    fields = {"name": "string(1..80)", **fields}
    return draft_contract(
        catalogue, ["authentication"], DomainInput({"Account": {"fields": fields, **more}}), "Bank", with_probe=False
    )


@pytest.mark.parametrize(
    "type_", ["string(34)", "text", "richtext", "email", "url", "phone", "date", "int(0..9)", "json"]
)
def test_an_encrypted_field_is_no_filter_and_no_order(catalogue: Catalogue, type_: str) -> None:
    contract = drafted(catalogue, {"code": f"{type_} encrypted optional"})
    account = next(model for model in contract.models if model.name == "Account")
    code = next(field for field in account.fields if field.name == "code")
    assert code.encrypted
    assert (code.filter, code.sort, code.search) == (False, False, False)


@pytest.mark.parametrize(
    ("code", "more", "message"),
    [
        ("bool encrypted", {}, "`encrypted` is for string, text,"),
        ("ref User encrypted", {}, "`encrypted` is for string, text,"),
        ("string encrypted unique search", {}, "does not go with `unique`, `search`: the database cannot read it."),
        ({"is": "string encrypted", "default": "x"}, {}, "does not go with `default`"),
        ({"is": "string encrypted stored", "value": "name"}, {}, "does not go with `stored`, `value`"),
        ("string encrypted", {"display": "code"}, "cannot be what a row is called"),
        ("string encrypted", {"rules": [{"unique": ["name", "code"]}]}, "A rule cannot name an encrypted field"),
        ("string encrypted", {"rules": [{"check": "code != name"}]}, "can be read by no expression"),
        ("string encrypted", {"access": {"read": "code == 'x'", "write": "signed_in"}}, "can be read by no expression"),
    ],
)
def test_what_the_database_would_have_to_read_is_refused(
    catalogue: Catalogue, code: object, more: dict[str, object], message: str
) -> None:
    with pytest.raises(ContractRefusedError) as refused:
        drafted(catalogue, {"code": code}, **more)
    assert message in str(refused.value)
    assert "domain.entities.Account" in str(refused.value)


def test_what_a_row_is_called_is_chosen_among_what_can_be_read(catalogue: Catalogue) -> None:
    contract = draft_contract(
        catalogue,
        ["authentication"],
        DomainInput({"Account": {"fields": {"title": "string encrypted", "code": "string"}}}),
        "Bank",
        with_probe=False,
    )
    account = next(model for model in contract.models if model.name == "Account")
    assert account.display_field_id.endswith("/code")
