"""Typing of expressions, and each refusal: one row of the tables for each rule of §10 of the language."""

from __future__ import annotations

import pytest

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions.syntax import Infix, parse
from stackwright_registry.expressions.tokens import SyntaxFault

from .support import codes_of, contract_of, problems_of

ORDER = """
models:
  Customer:
    kind: resource
    display: name
    fields: {{name: string(1..80), vip: {{is: bool, default: false}}, orders: many Order.customer}}
    access: {{read: anyone, write: signed_in}}
  Order:
    kind: resource
    owner: placed_by
    fields:
      customer: ref Customer
      referrer: ref Customer optional
      state: {{is: enum(open paid closed), default: open}}
      quantity: int(1..99)
      price: decimal(10 2)
      discount: decimal(10 2) optional
      due_on: date
      starts_at: timestamp
      ends_at: timestamp optional
      zone: timezone
      note: text optional
      secret: password optional
      probe: {{is: {type}, value: "{expression}"}}
    access: {{read: anyone, write: signed_in}}
permissions:
  orders.read: {{title: Read, grant: [admin]}}
settings:
  shop.open: {{is: bool, default: true}}
  shop.limit: {{is: int optional}}
"""


def typed(expression: str, type_: str) -> pb.Node:
    """The typed tree of an expression that stands as a computed value of Order."""
    result = contract_of(ORDER.format(expression=expression, type=type_))
    order = next(item for item in result.models if item.name == "Order")
    return next(field for field in order.fields if field.name == "probe").value.root


def refused(expression: str, type_: str = "bool") -> set[str]:
    return codes_of(ORDER.format(expression=expression, type=type_))


@pytest.mark.parametrize(
    ("expression", "type_", "kind"),
    [
        ("quantity + 1", "int", pb.VALUE_KIND_INT),
        ("-quantity", "int", pb.VALUE_KIND_INT),
        ("quantity / 2", "decimal(12 4)", pb.VALUE_KIND_DECIMAL),
        ("quantity * price", "decimal(12 2)", pb.VALUE_KIND_DECIMAL),
        ("quantity % 2", "int", pb.VALUE_KIND_INT),
        ("round(quantity * price, 2)", "decimal(12 2)", pb.VALUE_KIND_DECIMAL),
        ("coalesce(discount, 0)", "decimal(10 2)", pb.VALUE_KIND_DECIMAL),
        ("least(quantity, 5)", "int", pb.VALUE_KIND_INT),
        ("state == 'paid'", "bool", pb.VALUE_KIND_BOOL),
        ("state in ['open', 'paid']", "bool", pb.VALUE_KIND_BOOL),
        ("state == 'paid' ? 'open' : state", "enum(open paid closed)", pb.VALUE_KIND_ENUM),
        ("lower(trim(customer.name)) + '!'", "string(200)", pb.VALUE_KIND_STRING),
        ("string(quantity)", "string(20)", pb.VALUE_KIND_STRING),
        ("customer.name.size()", "int", pb.VALUE_KIND_INT),
        ("starts_at + hours(2)", "timestamp", pb.VALUE_KIND_TIMESTAMP),
        ("due_on + days(2)", "date", pb.VALUE_KIND_DATE),
        ("addMonths(due_on, 1)", "date", pb.VALUE_KIND_DATE),
        ("starts_at - created_at", "duration", pb.VALUE_KIND_DURATION),
        ("dateOf(starts_at, zone)", "date", pb.VALUE_KIND_DATE),
        ("timeOf(starts_at, zone)", "time", pb.VALUE_KIND_TIME),
        ("weekday(due_on) + year(starts_at)", "int", pb.VALUE_KIND_INT),
        ("workdays(due_on, today)", "int", pb.VALUE_KIND_INT),
        ("due_on == '2026-01-31'", "bool", pb.VALUE_KIND_BOOL),
        ("customer.orders.filter(o, o.state == 'open').size()", "int", pb.VALUE_KIND_INT),
        ("customer.orders.sum(o, o.price)", "decimal(12 2)", pb.VALUE_KIND_DECIMAL),
        ("coalesce(customer.orders.avg(o, o.price), 0)", "decimal(12 2)", pb.VALUE_KIND_DECIMAL),
        ("coalesce(customer.orders.max(o, o.quantity), 0)", "int", pb.VALUE_KIND_INT),
        ("Order.exists(o, o.customer == customer && o != this)", "bool", pb.VALUE_KIND_BOOL),
        ("customer.orders.map(o, o.quantity).all(n, n > 1)", "bool", pb.VALUE_KIND_BOOL),
        ("customer in Customer", "bool", pb.VALUE_KIND_BOOL),
        ("referrer.name == 'Ann'", "bool", pb.VALUE_KIND_BOOL),
        ("referrer != null && referrer.name.size() > 2", "bool", pb.VALUE_KIND_BOOL),
        ("ends_at == null || ends_at > starts_at", "bool", pb.VALUE_KIND_BOOL),
        ("!(ends_at == null) && ends_at > starts_at", "bool", pb.VALUE_KIND_BOOL),
        ("ends_at == null ? false : ends_at > now", "bool", pb.VALUE_KIND_BOOL),
        ("placed_by == actor && signed_in", "bool", pb.VALUE_KIND_BOOL),
        ("can('orders.read') || placed_by.can('orders.read')", "bool", pb.VALUE_KIND_BOOL),
        ("readable(customer)", "bool", pb.VALUE_KIND_BOOL),
        ("display(customer) + model(this)", "string(200)", pb.VALUE_KIND_STRING),
        ("setting.shop.open", "bool", pb.VALUE_KIND_BOOL),
    ],
)
def test_has_its_type(expression: str, type_: str, kind: pb.ValueKind) -> None:
    root = typed(expression, type_)
    assert root.type.kind == kind
    assert not root.type.nullable


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("quantity +", "not_an_expression"),
        ("1 < 2 < 3", "not_an_expression"),
        ("quantity @ 2", "not_an_expression"),
        ("'open", "not_an_expression"),
        ("quantity", "type_mismatch"),
        ("quantity && true", "type_mismatch"),
        ("!quantity", "type_mismatch"),
        ("-state == state", "type_mismatch"),
        ("quantity == 'x'", "type_mismatch"),
        ("starts_at > due_on", "type_mismatch"),
        ("customer == placed_by", "type_mismatch"),
        ("customer.orders == customer.orders", "type_mismatch"),
        ("customer.orders.name == ''", "type_mismatch"),
        ("quantity in state", "type_mismatch"),
        ("round(quantity) > 1", "type_mismatch"),
        ("true ? 1 : 'x'", "type_mismatch"),
        ("due_on == '31.1.2026'", "type_mismatch"),
        ("can(state)", "type_mismatch"),
        ("customer.can('orders.read')", "type_mismatch"),
        ("customer.orders.sum(o, o.state) > 1", "type_mismatch"),
        ("state == 'payd'", "unknown_name"),
        ("state in ['open', 'shut']", "unknown_name"),
        ("quantitty > 1", "unknown_name"),
        ("customer.nmae == ''", "unknown_name"),
        ("Custommer.exists(c, true)", "unknown_name"),
        ("can('orders.write')", "unknown_name"),
        ("setting.shop.opened", "unknown_name"),
        ("lenght(note) > 1", "unknown_name"),
        ("discount > 0", "unguarded_null"),
        ("note.size() > 1", "unguarded_null"),
        ("!referrer.vip", "unguarded_null"),
        ("referrer != null || referrer.vip", "unguarded_null"),
        ("ends_at != null ? true : ends_at > now", "unguarded_null"),
        ("setting.shop.limit > 1", "unguarded_null"),
        ("readable(referrer)", "unguarded_null"),
        ("customer.orders.sum(o, o.discount) > 1", "unguarded_null"),
        ("Order.find(o, o.state == 'open').quantity > 1", "unguarded_null"),
        ("input.x == 1", "wrong_place"),
        ("event.name == 'x'", "wrong_place"),
        ("old.quantity > 1", "wrong_place"),
        ("request.id == 'x'", "wrong_place"),
        ("secret == 'x'", "wrong_place"),
        ("customer.orders.exists(this, true)", "reserved_name"),
    ],
)
def test_is_refused(expression: str, code: str) -> None:
    assert code in refused(expression)


def test_null_for_a_required_field_is_refused() -> None:
    assert refused("discount", "decimal(10 2)") == {"null_for_required"}
    assert typed("discount", "decimal(10 2) optional").type.nullable


def test_a_fault_is_told_with_file_line_and_column() -> None:
    body = ORDER.format(expression="quantity > 1 && discunt == 1", type="bool")
    (problem,) = problems_of(body)
    assert problem.place.path == "test/demo/feature.yaml"
    line = next(number for number, text in enumerate(("x\n" * 4 + body).splitlines(), 1) if "discunt" in text)
    assert problem.place.line == line
    assert body.splitlines()[line - 5][problem.place.column - 1 :].startswith("discunt")
    assert "discount" in problem.message


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("check: placed_by == actor", "wrong_place"),
        ("check: due_on > today", "wrong_place"),
        ("check: setting.shop.open", "wrong_place"),
        ("{unique: [state], where: customer.vip}", "wrong_place"),
        ("{unique: [state], where: placed_by == actor}", "wrong_place"),
        ("{no_overlap: {from: starts_at, to: ends_at, where: customer.orders.size() > 1}}", "wrong_place"),
    ],
)
def test_each_place_reads_what_the_table_allows(rule: str, code: str) -> None:
    body = ORDER.format(expression="true", type="bool")
    marker = "    access: {read: anyone, write: signed_in}\npermissions"
    assert marker in body
    assert code in codes_of(body.replace(marker, f"    rules:\n      - {rule}\n{marker}"))


def test_names_are_resolved_to_identities() -> None:
    root = typed("customer.name == 'x'", "bool")
    select = root.binary.left.select
    assert (select.member, select.field_id) == ("name", "demo/Customer/name")
    assert select.operand.select.operand.name.root == pb.ROOT_THIS
    assert typed("state == 'paid'", "bool").binary.right.literal.enum_value == "paid"


def test_precedence_is_that_of_cel() -> None:
    tree = parse("a || b && c == d + e * f")
    assert isinstance(tree, Infix)
    assert tree.operator == "||"
    assert isinstance(tree.right, Infix)
    assert tree.right.operator == "&&"


@pytest.mark.parametrize("text", ["(" * 200 + "1" + ")" * 200, "!" * 500 + "true", "", "a.b.", "[1,", "f(", "1 2"])
def test_hostile_texts_end_in_one_sentence(text: str) -> None:
    with pytest.raises(SyntaxFault):
        parse(text)


def test_values_that_depend_on_each_other_are_refused() -> None:
    assert "circular_value" in refused("!probe")
