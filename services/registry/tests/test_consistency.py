"""A contract beside facts: what is missing, extra and different, in both directions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stackwright.code.v1 import facts_pb2 as facts
from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.consistency import check_consistency
from stackwright_registry.consistency_tables import column_types, columns_of
from stackwright_registry.resolving.draft import draft_contract

AUTO, NONE, EITHER = model_pb2.TENANCY_AUTO, model_pb2.TENANCY_NONE, model_pb2.TENANCY_EITHER


def true_facts(agreed: contract.Contract) -> facts.Facts:
    """Facts of an application that does exactly what was agreed."""
    found = facts.Facts()
    for item in agreed.operations:
        method = operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_")
        for path in (item.path, *item.alternative_paths):
            permissions = [item.permission] if item.permission else []
            found.routes.add(method=method, path=path, permissions=permissions, public=item.public)
            found.calls.add(method=method, path=path.replace("{id}", "${id}").removeprefix("/api"))
    found.routes.add(method="GET", path="/api/ready", public=True)
    found.routes.add(method="GET", path="/assets/:file")
    for model in agreed.models:
        table = found.tables.add(schema="public", name=model.names.table)
        for name, field in columns_of(agreed, model).items():
            main = field is not None and field.names.column == name
            written = column_types(field)[0] if field is not None and main else ""
            table.columns.add(name=name, nullable=field is not None and field.optional, type=written)
        table.triggers.extend(rule.constraint_name for rule in model.rules)
        for field in model.fields:
            if field.unique:
                table.indexes.add(name=field.names.unique_name)
            if field.names.foreign_key_name:
                table.foreign_keys.add(name=field.names.foreign_key_name)
            join = field.type.join
            if join.table and not join.inverse:
                other = found.tables.add(schema="public", name=join.table)
                for name in (join.near_column, join.far_column, "created_at"):
                    other.columns.add(name=name)
    found.tables.add(schema="system", name="outbox")
    return found


def test_what_was_agreed_deviates_in_nothing(agreed: contract.Contract) -> None:
    result = check_consistency(agreed, true_facts(agreed))
    assert [str(item) for item in result.deviations] == []
    assert result.compared > 150


def table(found: facts.Facts, name: str) -> facts.TableFact:
    return next(item for item in found.tables if item.name == name)


def column(found: facts.Facts, of: str, name: str) -> facts.ColumnFact:
    return next(item for item in table(found, of).columns if item.name == name)


CHANGES: dict[str, Callable[[facts.Facts], object]] = {
    "route gone": lambda found: found.routes.pop(0),
    "route extra": lambda found: found.routes.add(method="POST", path="/api/backdoor", source_path="a.ts"),
    "permission gone": lambda found: next(r for r in found.routes if r.permissions).ClearField("permissions"),
    "public": lambda found: setattr(next(route for route in found.routes if not route.public), "public", True),
    "call extra": lambda found: found.calls.add(method="GET", path="/nothing"),
    "table gone": lambda found: found.tables.remove(table(found, "samples")),
    "table extra": lambda found: found.tables.add(schema="public", name="leftovers"),
    "column gone": lambda found: table(found, "samples").columns.pop(),
    "column extra": lambda found: table(found, "users").columns.add(name="shoe_size"),
    "nullable": lambda found: setattr(column(found, "samples", "title"), "nullable", True),
    "type": lambda found: setattr(column(found, "samples", "title"), "type", "integer"),
    "rule gone": lambda found: table(found, "roles").triggers.remove("roles_frozen"),
    "key gone": lambda found: table(found, "samples").foreign_keys.pop(),
}


@pytest.mark.parametrize(
    ("what", "kind", "difference"),
    [
        ("route gone", "endpoint", "missing"),
        ("route extra", "endpoint", "extra"),
        ("permission gone", "permission", "missing"),
        ("public", "permission", "different"),
        ("call extra", "call", "extra"),
        ("table gone", "table", "missing"),
        ("table extra", "table", "extra"),
        ("column gone", "column", "missing"),
        ("column extra", "column", "extra"),
        ("nullable", "column", "different"),
        ("type", "column", "different"),
        ("rule gone", "constraint", "missing"),
        ("key gone", "constraint", "missing"),
    ],
)
def test_each_deviation_is_told(agreed: contract.Contract, what: str, kind: str, difference: str) -> None:
    found = true_facts(agreed)
    CHANGES[what](found)
    (deviation,) = check_consistency(agreed, found).deviations
    assert (deviation.kind, deviation.difference) == (kind, difference)


def test_what_was_not_measured_is_not_compared(agreed: contract.Contract) -> None:
    assert check_consistency(agreed, facts.Facts()).compared == 0
    found = facts.Facts(routes=true_facts(agreed).routes)
    assert not check_consistency(agreed, found).deviations


def test_two_validators_may_state_one_route(agreed: contract.Contract) -> None:
    found = true_facts(agreed)
    for item in agreed.operations:
        # As the running application shows it: served, and nothing is known of its permission.
        method = operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_")
        found.routes.add(method=method, path=item.path, public=item.public)
    assert check_consistency(agreed, found).deviations == []
    refused = next(item for item in agreed.operations if not item.public)
    found.routes.add(method=operation.HttpMethod.Name(refused.method)[12:], path=refused.path, public=True)
    assert refused.id in {deviation.element for deviation in check_consistency(agreed, found).deviations}


def test_a_type_that_was_not_measured_is_not_compared(agreed: contract.Contract) -> None:
    found = true_facts(agreed)
    column(found, "samples", "title").type = ""
    assert not check_consistency(agreed, found).deviations


def test_rows_that_a_module_keeps_need_no_table(catalogue: Catalogue) -> None:
    agreed = draft_contract(catalogue, ["background_jobs"])
    found = true_facts(agreed)
    found.tables.remove(table(found, "jobs"))
    assert [item.message for item in check_consistency(agreed, found).deviations] == []


@pytest.fixture
def tenanted(catalogue: Catalogue) -> contract.Contract:
    return draft_contract(catalogue, ["organizations", "product_catalog", "tagging", "file_upload"], with_probe=True)


def closed_facts(tenanted: contract.Contract) -> facts.Facts:
    """True facts with what each foreign key holds, as a database tells it."""
    found = true_facts(tenanted)
    tables = {model.names.table: model for model in tenanted.models}
    for shown in found.tables:
        inside = any(column.name == "organization_id" for column in shown.columns)
        for key in shown.foreign_keys:
            model = tables[shown.name]
            field = next(item for item in model.fields if item.names.foreign_key_name == key.name)
            target = next(item for item in tenanted.models if item.id == field.type.targets[0])
            both = ["organization_id"] if inside and AUTO == model.tenancy == target.tenancy else []
            key.columns.extend([*both, field.names.column])
            key.references_columns.extend([*both, "id"])
    return found


def test_rows_of_organizations_say_whose_they_are(tenanted: contract.Contract) -> None:
    found = closed_facts(tenanted)
    assert [item.message for item in check_consistency(tenanted, found).deviations] == []
    column(found, "samples", "organization_id").nullable = True
    table(found, "products").columns.remove(column(found, "products", "organization_id"))
    table(found, "roles").columns.add(name="organization_id")
    assert sorted(item.message for item in check_consistency(tenanted, found).deviations) == [
        "products has no column organization_id.",
        "roles.organization_id is in no contract.",
        "samples.organization_id may be null: rows of nobody.",
    ]


def test_a_reference_that_leaves_the_organization_is_told(tenanted: contract.Contract) -> None:
    found = closed_facts(tenanted)
    key = next(key for key in table(found, "samples").foreign_keys if "organization_id" in key.columns)
    key.columns.remove("organization_id")
    (deviation,) = check_consistency(tenanted, found).deviations
    assert deviation.message == f"samples.{key.name} lets a row refer to one of another organization."


def test_rows_that_only_actions_reach_belong_where_what_they_refer_to_does(tenanted: contract.Contract) -> None:
    settled = {model.name: model.tenancy for model in tenanted.models}
    assert settled["Session"] == settled["Permission"] == settled["OrganizationMembership"] == NONE
    assert settled["Sample"] == settled["ProductImage"] == settled["TagUse"] == AUTO
    assert settled["StoredFile"] == EITHER
