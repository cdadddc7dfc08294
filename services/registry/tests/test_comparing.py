"""Two revisions: every row of the table of §12 of the language."""

from __future__ import annotations

import pytest

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_registry.comparing import compare

from .support import contract_of

BASE = """
models:
  Thing:
    kind: resource
    fields:
{fields}
    rules:
      - unique: [name]
{rules}
    access: {access}
{rest}
"""
FIELDS = {
    "name": "string(1..80)",
    "size": "int(0..100)",
    "state": "enum(open closed)",
    "note": "text optional",
    "twice": "{is: int, value: size * 2}",
}
ACCESS = "{read: signed_in, write: signed_in}"
D = registry.Change


def made(
    fields: dict[str, str] | None = None, access: str = ACCESS, rules: str = "", rest: str = ""
) -> contract.Contract:
    given = FIELDS if fields is None else fields
    lines = "\n".join(f"      {name}: {type_}" for name, type_ in given.items() if type_)
    return contract_of(BASE.format(fields=lines, access=access, rules=rules, rest=rest))


def changes(**changed: str) -> dict[str, registry.Change]:
    found = compare(made(), made({**FIELDS, **changed}))
    return {change.element: change for change in found if "/Thing/" in change.element}


@pytest.mark.parametrize(
    ("field", "type_", "kind", "breaking", "data"),
    [
        ("extra", "string(10) optional", "ADDED", False, D.DATA_EFFECT_SAFE),
        ("extra", "{is: int, default: 1}", "ADDED", False, D.DATA_EFFECT_SAFE),
        ("extra", "int", "ADDED", True, D.DATA_EFFECT_NEEDS_BACKFILL),
        ("note", "", "REMOVED", True, D.DATA_EFFECT_KEPT_ONE_REVISION),
        ("name", "string(1..200)", "CHANGED", False, D.DATA_EFFECT_SAFE),
        ("name", "string(1..20)", "CHANGED", True, D.DATA_EFFECT_CHECKED_FIRST),
        ("name", "text(1..200)", "CHANGED", False, D.DATA_EFFECT_SAFE),
        ("size", "bigint(0..100)", "CHANGED", False, D.DATA_EFFECT_SAFE),
        ("size", "decimal(12 2)", "CHANGED", False, D.DATA_EFFECT_SAFE),
        ("size", "int(0..50)", "CHANGED", True, D.DATA_EFFECT_CHECKED_FIRST),
        ("size", "int(-5..100)", "CHANGED", False, D.DATA_EFFECT_SAFE),
        ("state", "enum(open closed lost)", "CHANGED", False, D.DATA_EFFECT_SAFE),
        ("state", "enum(open)", "CHANGED", True, D.DATA_EFFECT_KEPT_ONE_REVISION),
        ("note", "text", "CHANGED", True, D.DATA_EFFECT_NEEDS_BACKFILL),
        ("name", "string(1..80) unique", "CHANGED", True, D.DATA_EFFECT_CHECKED_FIRST),
        ("twice", "{is: int, value: size * 3}", "CHANGED", False, D.DATA_EFFECT_RECOMPUTED),
        ("note", "text optional encrypted", "CHANGED", True, D.DATA_EFFECT_RECOMPUTED),
    ],
)
def test_a_change_of_a_field(field: str, type_: str, kind: str, breaking: bool, data: int) -> None:
    found = changes(
        **{field: type_, **({"twice": "{is: decimal(14 2), value: size * 2}"} if "decimal" in type_ else {})}
    )
    change = found[f"demo/Thing/{field}"]
    assert registry.ChangeKind.Name(change.kind) == f"CHANGE_KIND_{kind}"
    assert (change.api_breaking, change.data) == (breaking, data)


def test_a_rename_is_one() -> None:
    fields = {**FIELDS, "note": "", "remark": "{is: text optional, was: note}"}
    found = [change for change in compare(made(), made(fields)) if "/Thing/" in change.element]
    (change,) = found
    assert (change.kind, change.data) == (registry.CHANGE_KIND_RENAMED, D.DATA_EFFECT_RENAMED)
    assert change.element == "demo/Thing/remark"


def test_access_is_judged_by_who_gains_and_who_loses() -> None:
    wider = made(access="{read: signed_in || size > 1, write: signed_in}")
    narrower = made(access="{read: signed_in && size > 1, write: signed_in}")

    def found(base: contract.Contract, head: contract.Contract) -> bool:
        return {change.element: change.api_breaking for change in compare(base, head)}["demo/Thing:read"]

    assert found(made(), wider) is False
    assert found(made(), narrower) is True


def test_rules_models_and_actions() -> None:
    checked = made(rules="      - check: size > 1\n        message: More.")
    found = {change.element: change for change in compare(made(), checked)}
    rule = found["demo/Thing/rule/things_size_rule"]
    assert (rule.api_breaking, rule.data) == (True, D.DATA_EFFECT_CHECKED_FIRST)
    acting = made(rest="actions: {go: {by: anyone, input: {a: int}, returns: {b: int = input.a}}}")
    assert {change.element: change.api_breaking for change in compare(made(), acting)} == {"demo/go": False}
    assert {change.element: change.api_breaking for change in compare(acting, made())} == {"demo/go": True}
    more = made(rest="actions: {go: {by: anyone, input: {a: int, c: int}, returns: {b: int = input.a}}}")
    assert {change.element: change.api_breaking for change in compare(acting, more)}["demo/go/c"] is True


def test_equal_contracts_have_no_change() -> None:
    assert compare(made(), made()) == []
