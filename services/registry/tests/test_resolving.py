"""The resolved shape: what handlers compile from, element by element."""

from __future__ import annotations

import pytest
from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.constructs import constructs, unsupported
from stackwright_registry.resolving.draft import DomainInput, draft_contract, revision_of

from .support import contract_of, problems_of


def calls(agreed: contract.Contract) -> dict[str, operation.Operation]:
    return {item.names.call: item for item in agreed.operations}


def models(agreed: contract.Contract) -> dict[str, model.Model]:
    return {item.name: item for item in agreed.models}


def fields(found: model.Model) -> dict[str, model.Field]:
    return {item.name: item for item in found.fields}


@pytest.mark.parametrize(
    ("call", "method", "path", "status", "permission", "public"),
    [
        ("register", "POST", "/api/register", 200, "", True),
        ("login", "POST", "/api/login", 200, "", True),
        ("me", "GET", "/api/me", 200, "", False),
        ("logout", "POST", "/api/logout", 200, "", False),
        ("openapi", "GET", "/api/openapi", 200, "", True),
        ("live", "GET", "/api/live", 200, "", True),
        ("User.list", "GET", "/api/users", 200, "users.read", False),
        ("User.create", "POST", "/api/users", 201, "users.manage", False),
        ("User.update", "PATCH", "/api/users/{id}", 200, "users.manage", False),
        ("User.delete", "DELETE", "/api/users/{id}", 204, "users.manage", False),
        ("User.restore", "POST", "/api/users/{id}/restore", 200, "users.manage", False),
        ("User.deactivate", "POST", "/api/users/{id}/deactivate", 200, "users.manage", False),
        ("User.choices", "GET", "/api/users/choices", 200, "", False),
        ("Role.list", "GET", "/api/roles", 200, "roles.read", False),
        ("Permission.list", "GET", "/api/permissions", 200, "roles.read", False),
        ("AuditEntry.list", "GET", "/api/audit-entries", 200, "audit.read", False),
        ("Sample.create", "POST", "/api/samples", 201, "", False),
        ("Sample.update", "PATCH", "/api/samples/{id}", 200, "", False),
        ("Sample.choices", "GET", "/api/samples/choices", 200, "", False),
    ],
)
def test_operations_follow_the_conventions(
    agreed: contract.Contract, call: str, method: str, path: str, status: int, permission: str, public: bool
) -> None:
    item = calls(agreed)[call]
    assert operation.HttpMethod.Name(item.method) == f"HTTP_METHOD_{method}"
    assert (item.path, item.success_status, item.permission, item.public) == (path, status, permission, public)


def test_what_is_nobodys_does_not_exist(agreed: contract.Contract) -> None:
    found = calls(agreed)
    assert (
        not {"AuditEntry.create", "AuditEntry.update", "AuditEntry.delete", "Permission.create", "Session.list"}
        & found.keys()
    )
    assert not {"Session.choices", "RefreshToken.choices", "AuditEntry.choices"} & found.keys()


def test_every_expression_is_typed_and_has_no_place(agreed: contract.Contract) -> None:
    seen = 0

    def walk(message: Message) -> None:
        nonlocal seen
        for descriptor, value in message.ListFields():
            if descriptor.message_type is None or descriptor.message_type.GetOptions().map_entry:
                continue
            for item in value if descriptor.is_repeated else (value,):
                if isinstance(item, expression.Expression):
                    seen += 1
                    assert item.root.WhichOneof("kind"), item.source
                    assert item.root.type.kind, item.source
                    assert not item.HasField("place")
                else:
                    walk(item)

    walk(agreed)
    assert seen > 80


def test_widened_access_is_joined_and_told(agreed: contract.Contract) -> None:
    access = models(agreed)["User"].access
    assert access.read.source == "this == actor || can('users.read')"
    assert access.create.source == "can('users.manage')"
    assert (access.widenings[0].feature, access.widenings[0].operation) == ("user_management", "read")


def test_roles_are_links_on_both_sides(agreed: contract.Contract) -> None:
    user, role = models(agreed)["User"], models(agreed)["Role"]
    near, far = fields(user)["roles"].type, fields(role)["users"].type
    assert near.kind == far.kind == model.FIELD_KIND_LINKS
    assert (near.join.table, near.join.near_column, near.join.far_column) == ("users_roles", "user_id", "role_id")
    assert (far.join.table, far.join.near_column, far.join.far_column) == ("users_roles", "role_id", "user_id")
    assert (near.join.inverse, far.join.inverse) == (False, True)
    assert near.inverse_field_id == fields(role)["users"].id
    assert far.inverse_field_id == fields(user)["roles"].id


def test_a_token_has_its_columns(agreed: contract.Contract) -> None:
    token = fields(models(agreed)["RefreshToken"])["token"].names
    assert (token.column, list(token.extra_columns)) == ("token_hash", ["expires_at", "used_at"])
    assert token.unique_name


def test_the_probe_is_a_plain_resource(agreed: contract.Contract) -> None:
    sample = models(agreed)["Sample"]
    assert sample.id == "domain/Sample"
    assert sample.owner.field_id == "domain/Sample/created_by"
    assert sample.access.update.source == "created_by == actor || can('sample.manage')"
    found = fields(sample)
    assert found["parent"].type.on_delete == model.ON_DELETE_SET_NULL
    assert found["created_by"].type.on_delete == model.ON_DELETE_RESTRICT
    assert (found["title"].type.min_length, found["title"].type.max_length) == (1, 200)
    assert [item.name for item in calls(agreed)["Sample.create"].inputs] == ["title", "note", "parent"]
    views = {page.path: page.view for page in agreed.pages if page.model_id == sample.id}
    assert views == {
        "/samples": contract.VIEW_LIST,
        "/samples/:id": contract.VIEW_DETAIL,
        "/samples/new": contract.VIEW_FORM,
        "/samples/:id/edit": contract.VIEW_FORM,
    }


def test_pages_know_who_may_open_them(agreed: contract.Contract) -> None:
    pages = {page.path: page for page in agreed.pages}
    assert (pages["/login"].public, pages["/users"].permission, pages["/samples"].access.source) == (
        True,
        "users.read",
        "signed_in",
    )
    assert pages["/users"].menu == contract.MENU_AREA_ADMIN
    assert pages["/users/roles"].permission == "roles.manage"
    assert pages["/audit-entries/:id"].view == contract.VIEW_DETAIL


def test_what_is_made_elsewhere_and_what_a_person_has_one_of_have_one_form(catalogue: Catalogue) -> None:
    own = {"read": "person == actor", "write": "person == actor"}
    taste = {"kind": "single", "owner": "person", "fields": {"about": "string(80) optional"}, "access": own}
    agreed = draft_contract(catalogue, ["order_management"], DomainInput({"Taste": taste}), "Forms", False)
    forms = {page.path: page.menu for page in agreed.pages if page.view == contract.VIEW_FORM}
    assert "/checkout" in forms
    assert "/orders/new" not in forms
    assert forms["/tastes"] == contract.MENU_AREA_ACCOUNT


def test_roles_come_from_grants(agreed: contract.Contract) -> None:
    roles = {role.name: set(role.permissions) for role in agreed.roles}
    assert roles["auditor"] == {"audit.read"}
    assert {"users.manage", "roles.manage", "sample.manage"} <= roles["admin"]


def test_without_role_tables_the_roles_are_names_on_the_user(catalogue: Catalogue) -> None:
    alone = draft_contract(catalogue, ["audit_logging"])
    field = fields(models(alone)["User"])["role_names"]
    assert (field.hidden, field.server, field.default.json_value) == (True, True, "[]")
    assert field.provenance == model.PROVENANCE_INFERRED
    assert "role_names" not in fields(models(draft_contract(catalogue, ["user_management"]))["User"])
    assert "role_names" not in fields(models(draft_contract(catalogue, ["authentication"]))["User"])


def test_authentication_is_inferred_when_the_caller_is_named(catalogue: Catalogue) -> None:
    result = draft_contract(catalogue, ["product_catalog"])
    assert [feature.key for feature in result.features] == ["authentication", "product_catalog"]
    assert result.features[0].provenance == model.PROVENANCE_INFERRED
    assert any("authentication" in remark.message for remark in result.remarks)
    assert [f.key for f in draft_contract(catalogue, ["structured_logging"]).features] == ["structured_logging"]


def test_a_part_is_nested_and_written_with_its_parent() -> None:
    result = contract_of(
        """
models:
  Invoice:
    kind: resource
    fields: {title: string(1..80)}
    access: {read: signed_in, write: signed_in}
  InvoiceLine:
    part_of: Invoice.lines
    fields: {text: string(1..80), position: int}
    rules:
      - ordered: {by: position, per: [invoice]}
    access: {read: readable(invoice), write: signed_in}
"""
    )
    found = calls(result)
    listing, reading = found["InvoiceLine.list"], found["InvoiceLine.read"]
    assert listing.path == "/api/invoices/{invoice_id}/lines"
    assert reading.path == "/api/invoices/{invoice_id}/lines/{id}"
    assert list(reading.alternative_paths) == ["/api/invoice-lines/{id}"]
    assert [item.name for item in found["InvoiceLine.create"].inputs] == ["text", "position"]
    lines = next(item for item in found["Invoice.create"].inputs if item.name == "lines")
    assert [item.name for item in lines.type.members_fields] == ["text", "position"]
    assert found["InvoiceLine.move"].path == "/api/invoices/{invoice_id}/lines/{id}/move"
    assert fields(models(result)["InvoiceLine"])["invoice"].type.on_delete == model.ON_DELETE_CASCADE


def test_states_gather_their_transitions(catalogue: Catalogue) -> None:
    article = models(draft_contract(catalogue, ["content_management"]))["Article"]
    pairs = {(getattr(item, "from"), item.to) for item in article.states.transitions}
    assert {("draft", "in_review"), ("in_review", "published"), ("archived", "draft")} <= pairs
    assert ("published", "draft") not in pairs
    state = fields(article)["state"]
    assert (state.server, state.default.enum_value) == (True, "draft")


def test_a_selector_extends_all_but_its_own_and_those_with_any(catalogue: Catalogue) -> None:
    result = models(draft_contract(catalogue, ["tagging", "comments"], with_probe=True))
    assert "tags" in fields(result["Sample"])
    assert "tags" in fields(result["User"])
    assert "tags" not in fields(result["Comment"])
    assert "tags" not in fields(result["Tag"])


def test_a_users_entity_is_adopted_or_goes_first(catalogue: Catalogue) -> None:
    entities = {
        "User": {"fields": {"nick name": "string(1..40) optional"}},
        "Room": {"fields": {"beds": "int(1..9)", "guest": "ref User optional"}},
    }
    result = draft_contract(catalogue, ["real_time_chat"], DomainInput(entities))
    found = {item.id: item for item in result.models}
    assert "nick_name" in fields(found["authentication/User"])
    assert fields(found["authentication/User"])["nick_name"].title == "nick name"
    assert found["domain/Room"].names.table == "rooms"
    assert found["real_time_chat/Room"].name == "ChatRoom"
    assert fields(found["real_time_chat/Membership"])["room"].type.targets == ["real_time_chat/Room"]
    assert calls(result)["ChatRoom.typing"].event == "ChatRoom.typing"
    assert fields(found["domain/Room"])["guest"].type.targets == ["authentication/User"]
    assert "domain/User" not in found
    bound = DomainInput({"Task": {"fields": {"a": "text"}}}, {"Task": "none"})
    assert "domain/Task" in {item.id for item in draft_contract(catalogue, [], bound).models}


def test_a_field_of_another_type_keeps_its_name_and_the_catalogues_is_prefixed(catalogue: Catalogue) -> None:
    entities = {"Order": {"fields": {"state": "string(1..80)", "colour": "string(20) optional"}}}
    result = draft_contract(catalogue, ["order_management"], DomainInput(entities))
    order = models(result)["Order"]
    found = fields(order)
    assert found["state"].type.kind == model.FIELD_KIND_STRING
    assert found["order_state"].type.kind == model.FIELD_KIND_ENUM
    assert order.states.field_id == found["order_state"].id
    revenue = next(item for item in result.metrics if item.key == "revenue")
    assert revenue.where.root.binary.left.select.field_id == found["order_state"].id
    assert any("order_state" in remark.element for remark in result.remarks)


def test_the_same_request_gives_the_same_bytes(
    catalogue: Catalogue, seven: list[str], agreed: contract.Contract
) -> None:
    again = draft_contract(catalogue, list(reversed(seven)), project_name="Test", with_probe=True)
    assert again.SerializeToString(deterministic=True) == agreed.SerializeToString(deterministic=True)
    assert agreed.revision == revision_of(agreed)


def test_a_handler_refuses_by_name_what_it_does_not_build(agreed: contract.Contract) -> None:
    names = constructs(agreed)
    assert {
        "rule.check.old",
        "field.type.token",
        "subscription.selector",
        "page.view.grid",
        "native.auth.login",
    } <= set(names)
    assert [item.name for item in agreed.constructs] == names
    assert unsupported(agreed, names) == []
    lacking = unsupported(agreed, ["*.*", "clock", "setting"])
    assert lacking == []
    left = [name for name in names if name != "page.view.grid"]
    (problem,) = unsupported(agreed, left)
    assert "page.view.grid" in problem.message
    assert problem.code == "not_built"


@pytest.mark.parametrize(
    ("entities", "place"),
    [
        ({"Invoice": 5}, "domain.entities.Invoice"),
        ({"Invoice": {"feilds": {}}}, "domain.entities.Invoice.feilds"),
        ({"Invoice": {"fields": ["a"]}}, "domain.entities.Invoice.fields"),
        ({"Line": {"part_of": "Nope.lines", "fields": {"a": "text"}}}, "domain.entities.Line"),
        ({"Line": {"fields": {"a": "ref Nope"}}}, "domain.entities.Line.fields.a"),
        ({"Line": {"kind": "log", "fields": {"a": "text"}}}, "domain.entities.Line"),
        ({"Line": {"fields": {"a": {"is": "int(0..5)", "default": 9.0}}}}, "domain.entities.Line.fields.a.default"),
        ({"Line": {"fields": {}, "access": {"read": "nmae == 1"}}}, "domain.entities.Line.access.read"),
    ],
)
def test_wrong_entities_are_refused_by_position(entities: dict[str, object], place: str) -> None:
    assert place in {problem.place.path for problem in problems_of("", entities)}


def test_entities_get_sensible_defaults(catalogue: Catalogue) -> None:
    entities = {
        "Order": {
            "fields": {
                "no": "string(1..20) unique",
                "created_by": "string(1..9)",
                "size": {"is": "int", "default": 1.0},
            }
        },
        "Line": {"part_of": "Order.lines", "fields": {"quantity": "int(1..9)"}},
        "Session": {"fields": {"topic": "string(1..80)"}},
        "Scan": {"fields": {"picture": "image optional"}},
    }
    result = draft_contract(catalogue, [], DomainInput(entities))
    found = {item.id: item for item in result.models}
    assert found["domain/Order"].owner.field_id == "domain/Order/row_owner"
    assert found["domain/Order"].display_field_id == "domain/Order/no"
    assert fields(found["domain/Order"])["size"].default.int_value == 1
    assert found["domain/Line"].access.read.source == "readable(order)"
    assert {"Line.list", "Line.create", "Line.delete"} <= calls(result).keys()
    assert found["domain/Session"].names.table == "sessions"
    assert found["authentication/Session"].name == "AuthenticationSession"
    assert "file_upload" in {feature.key for feature in result.features}


def test_pages_read_public_settings_by_one_operation(catalogue: Catalogue, agreed: contract.Contract) -> None:
    found = calls(draft_contract(catalogue, ["api_documentation", "file_upload"]))["public_settings"]
    assert (found.path, found.method, found.public) == ("/api/public-settings", operation.HTTP_METHOD_GET, True)
    assert [field.name for field in found.returns] == ["docs_try", "files_max_mb", "files_types"]
    kinds = [field.type.kind for field in found.returns]
    assert kinds == [model.FIELD_KIND_BOOL, model.FIELD_KIND_INT, model.FIELD_KIND_STRING]
    assert found.returns[0].returns.source == "setting.docs.try"
    assert found.answer_body == operation.ANSWER_BODY_FIELDS
    assert "public_settings" in calls(agreed)
    assert "public_settings" not in calls(draft_contract(catalogue, ["audit_logging"]))
