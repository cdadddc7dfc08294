"""What a back end cannot say is refused by name; what stands in a rule of the database binds nothing."""

from dataclasses import replace

import pytest

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions import (
    ContractIndex,
    NotCompilable,
    NotInMemory,
    ParameterKind,
    needs_row,
    permissions,
    scope_sql,
    to_sql,
    to_typescript,
)
from stackwright_sdk.expressions.python import World, evaluate

from .cases import BOOL, call, teams, this, users, w
from .people import INDEX, contract, key, world
from .written import Writer


def test_a_rule_of_the_database_binds_nothing_but_reads_the_clock() -> None:
    past = (this.joined_at < w.now()).node
    assert to_sql(past, INDEX, model_id="people/User", this="NEW", in_database=True).text == "NEW.joined_at < now()"
    for expression in (
        this == w.actor(),
        w.can("people.read"),
        w.bool_root(e.ROOT_SIGNED_IN),
        w.setting("docs.public", BOOL),
    ):
        with pytest.raises(NotCompilable, match="a rule of the database cannot read"):
            to_sql(expression.node, INDEX, model_id="people/User", this="NEW", in_database=True)


def test_a_check_names_its_own_columns_bare() -> None:
    assert to_sql((this.level > 0).node, INDEX, model_id="people/User", this="", in_database=True).text == "level > 0"


def test_old_and_new_are_told_apart() -> None:
    old = w.root(e.ROOT_OLD, e.VALUE_KIND_ROW, models=("people/User",))
    fragment = to_sql(((old.level == 0) | (this.level >= 1)).node, INDEX, model_id="people/User", this="NEW", old="OLD")
    assert fragment.text == "OLD.level = 0 OR NEW.level >= 1"


def test_parameters_say_what_to_bind() -> None:
    rule = (this == w.actor()) | w.can("people.manage") | w.setting("docs.public", BOOL)
    fragment = to_sql(rule.node, INDEX, model_id="people/User", this="t")
    assert fragment.text == "t.id = :actorId OR :can_people_manage OR :setting_docs_public"
    assert [(item.name, item.kind, item.sql_type, item.path) for item in fragment.parameters] == [
        ("actorId", ParameterKind.ACTOR, "uuid", ()),
        ("can_people_manage", ParameterKind.CAN, "boolean", ("people.manage",)),
        ("setting_docs_public", ParameterKind.SETTING, "boolean", ("docs.public",)),
    ]
    assert needs_row(rule.node)
    assert permissions(rule.node) == ("people.manage",)


def test_circular_scopes_are_refused_with_their_circle() -> None:
    circular = contract()
    team = next(model for model in circular.models if model.name == "Team")
    writer = Writer(circular)
    readable = writer.call(e.FUNCTION_READABLE, BOOL, writer.this("Team").lead)
    team.access.read.root.CopyFrom(readable.node)
    user = next(model for model in circular.models if model.name == "User")
    user.access.read.root.CopyFrom(writer.call(e.FUNCTION_READABLE, BOOL, writer.this("User").home).node)
    with pytest.raises(NotCompilable, match="people/User read → people/Team read → people/User read"):
        scope_sql(ContractIndex(circular), "people/User", "read", this="t")


def test_a_model_without_access_is_closed() -> None:
    assert scope_sql(INDEX, "people/Tag", "read", this="t").text == "FALSE"


def test_without_role_tables_the_grants_of_the_contract_decide() -> None:
    index = ContractIndex(contract(roles=False))
    fragment = to_sql(w.can("people.read", this).node, index, model_id="people/User", this="t")
    assert fragment.text == "jsonb_exists_any(t.role_names, ARRAY['admin', 'clerk']::text[])"
    assert evaluate(w.can("people.read", w.this("User")).node, index, _as(2)) is True
    assert evaluate(w.can("people.manage", w.this("User")).node, index, _as(2)) is False


def test_an_alias_is_never_taken_twice_and_never_a_reserved_word() -> None:
    nested = users.exists(lambda x: users.exists(lambda y: y.boss == x, "user"), "user")
    text = to_sql(nested.node, INDEX, model_id="people/User", this="t").text
    assert "users AS user_row" in text
    assert "users AS user_row_2" in text


def test_unresolved_and_unknown_are_named() -> None:
    with pytest.raises(NotCompilable, match="'a == b' has not been typed"):
        to_sql(e.Expression(source="a == b"), INDEX)
    distance = e.Expression(source="distance(a, b)", root=call("DISTANCE", BOOL, 1, 2).node)
    with pytest.raises(NotCompilable, match=r"'distance\(a, b\)': distance\(\) in SQL"):
        to_sql(distance, INDEX)
    with pytest.raises(NotInMemory, match="size of a set"):
        to_typescript(call("SIZE", BOOL, teams).node, INDEX)


def _as(number: int) -> World:
    return replace(world(), this=key("User", number))
