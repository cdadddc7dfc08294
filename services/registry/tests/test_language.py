"""The reader: unknown keys, names and types are refused with file and line, all at once."""

from __future__ import annotations

import pytest

from stackwright_registry.language.fragment import read_feature
from stackwright_registry.problems import ContractRefusedError, Problems

from .support import catalogue_of, codes_of, contract_of, problems_of

THING = """
models:
  Thing:
    kind: resource
    fields: {{{fields}}}
    access: {{read: anyone, write: signed_in}}
{rest}
"""


def thing(fields: str = "name: string(1..80)", rest: str = "") -> str:
    return THING.format(fields=fields, rest=rest)


def refused(fields: str = "name: string(1..80)", rest: str = "") -> set[str]:
    with pytest.raises(ContractRefusedError) as error:
        contract_of(thing(fields, rest))
    return {problem.code for problem in error.value.problems}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("name: strnig", "unknown_type"),
        ("name: string(9..1)", "wrong_type_argument"),
        ("name: string(a)", "wrong_type_argument"),
        ("name: int(5..2)", "wrong_type_argument"),
        ("name: decimal(2 5)", "wrong_type_argument"),
        ("name: enum", "wrong_type_argument"),
        ("name: enum(a a)", "wrong_type_argument"),
        ("name: enum(A)", "wrong_type_argument"),
        ("name: token(32)", "wrong_type_argument"),
        ("name: bool(1)", "wrong_type_argument"),
        ("name: string optinal", "unknown_flag"),
        ("name: string cascade", "wrong_flag"),
        ("name: ref Thing set_null", "wrong_flag"),
        ("name: ref", "unknown_type"),
        ("name: ref Nothing", "unknown_name"),
        ("name: many Thing.nothing", "unknown_name"),
        ("name: {is: string, defualt: x}", "unknown_key"),
        ("name: {default: x}", "missing_key"),
        ("name: {is: int, default: x}", "type_mismatch"),
        ("name: {is: 'int(1..5)', default: 9}", "type_mismatch"),
        ("name: {is: enum(a b), default: c}", "type_mismatch"),
        ("Name: string", "wrong_name"),
        ("name: [a]", "wrong_shape"),
        ("name: {is: string, one_of: modles}", "unknown_name"),
    ],
)
def test_a_wrong_field_is_refused(fields: str, code: str) -> None:
    assert code in refused(fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("name: float", "There is no type `float`; one of any, bigint, bool, "),
        ("name: strnig", "There is no type `strnig`; did you mean `string`"),
        ("name: string shown", "There is no flag `shown`; one of encrypted, filter, hidden, "),
        ("name: 'decimal(10,2)'", "`decimal` does not take (10,2); `decimal(12 3)` is expected"),
        ("name: bool(1)", "`bool` does not take (1); `bool` alone is expected"),
        ("name: 'enum(red, blue)'", "`red,` is no member name: lower-case letters, digits and underscores, parted by"),
    ],
)
def test_a_refusal_says_what_is_expected(fields: str, said: str) -> None:
    with pytest.raises(ContractRefusedError) as error:
        contract_of(thing(fields))
    assert any(problem.message.startswith(said) for problem in error.value.problems)


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("modles: {}", "unknown_key"),
        ("actions: {Go: {by: anyone}}", "wrong_name"),
        ("actions: {go: {}}", "missing_key"),
        ("actions: {go: {by: anyone, rate: fast}}", "wrong_shape"),
        ("actions: {go: {by: anyone, doo: []}}", "unknown_key"),
        ("actions: {go: {by: anyone, do: [{jump: 1}]}}", "unknown_key"),
        ("actions: {go: {by: anyone, native: a.b}}", "unknown_name"),
        ("actions: {go: {by: anyone, do: [{create: Thing}]}}", "missing_key"),
        ("actions: {go: {by: anyone, do: [{create: Thing, with: {name: '1'}}]}}", "type_mismatch"),
        ("actions: {go: {by: anyone, do: [{create: Thing, with: {nmae: \"'x'\"}}]}}", "unknown_name"),
        ("actions: {go: {by: anyone, do: [{put: Thing, by: [name], with: {name: \"'x'\"}}]}}", "missing_key"),
        ("actions: {go: {by: anyone, do: [{mail: none, to: \"'a@b.c'\"}]}}", "unknown_name"),
        ("actions: {go: {by: anyone, do: [{notify: actor, kind: none}]}}", "unknown_name"),
        ("actions: {go: {by: anyone, do: [{call: pdf.render}]}}", "unknown_name"),
        ("actions: {go: {by: anyone, do: [{set: {name: \"'x'\"}}]}}", "wrong_place"),
        ("every: [{each: Thing, interval: 1h, where: \"name == 'x'\", do: [{set: {name: \"'x'\"}}]}]", ""),
        ("every: [{each: Thing, interval: soon, where: 'true', do: [{delete: this}]}]", "wrong_shape"),
        ("subscribe: [{event: Thing.exploded, do: []}]", "unknown_name"),
        ("subscribe: [{event: Thing, do: []}]", "wrong_shape"),
        ("settings: {a.b: {is: int}}", "missing_key"),
        ("pages: [{view: lst, of: Thing}]", "unknown_name"),
        ("pages: [{view: list, of: Thing, columns: [nmae]}]", "unknown_name"),
        ("pages: [{native: a.Page}]", "unknown_name"),
        ("metrics: {m: {from: Thing, over: name}}", "unknown_name"),
        ("gates: {g: {unless: 'true', alow: []}}", "unknown_key"),
        ("gates: {g: {unless: 'true', allow: [Thing.lst]}}", "unknown_name"),
        ("gates: {g: {unless: 'true', allow: [Thing.list, Thing.*]}}", ""),
        ("gates: {g: {unless: 'true', allow: [Thin.*]}}", "unknown_name"),
        ("gates: {g: {unless: 'true', page: Nowhere}}", "unknown_name"),
        ("subscribe: [{event: login_faild, do: []}]", "wrong_shape"),
        ("seeds: {Thing: [{nmae: x}]}", "unknown_name"),
        ("extend: {Nothing: {api: [list]}}", "unknown_name"),
        ("extend: {User: {api: [lst]}}", "unknown_name"),
        ("extend: {User: {fields: {size: int}}}", "missing_key"),
    ],
)
def test_a_wrong_element_is_refused(rest: str, code: str) -> None:
    if code:
        assert code in refused(rest=rest)
    else:
        contract_of(thing(rest=rest))


def test_a_clock_that_is_never_done_is_refused() -> None:
    body = "every: [{each: Thing, interval: 1h, where: \"name == 'x'\", do: [{set: {size: '1'}}]}]"
    assert "endless_clock" in refused("name: string, size: int", body)


def test_more_than_twelve_steps_are_refused() -> None:
    steps = ", ".join(["{require: 'true'}"] * 13)
    assert "too_long" in refused(rest=f"actions: {{go: {{by: anyone, do: [{steps}]}}}}")


def test_all_problems_come_at_once_with_lines() -> None:
    problems = problems_of(thing("name: strnig, size: itn", "modles: {}"))
    assert {problem.code for problem in problems} == {"unknown_type", "unknown_key"}
    assert [problem.place.line for problem in problems] == sorted(problem.place.line for problem in problems)
    assert all(problem.place.line for problem in problems)
    assert any("did you mean `string`" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "text",
    ["", "- a", "a: [", "a: &x 1\nb: *x", "\t", "feature: !!python/object:os.system x", "a: 1\na: 2", "x" * 5],
)
def test_what_is_no_feature_file_is_refused_and_never_run(text: str) -> None:
    problems = Problems()
    read_feature(text, "x.yaml", problems)
    assert problems


def test_a_circle_of_scopes_is_refused() -> None:
    body = """
models:
  A: {kind: resource, fields: {b: ref B optional}, access: {read: "b == null || readable(b)", write: signed_in}}
  B: {kind: resource, fields: {a: ref A optional}, access: {read: "a == null || readable(a)", write: signed_in}}
"""
    (problem,) = problems_of(body)
    assert problem.code == "circular_scope"
    assert "A.read" in problem.message
    assert "B.read" in problem.message


def test_two_models_of_one_name_are_refused() -> None:
    assert "duplicate_name" in codes_of(thing(), other=thing())


def test_with_sections_apply_only_beside_their_feature() -> None:
    body = thing(rest="with:\n  other:\n    extend:\n      Thing: {fields: {extra: int optional}}\n")
    alone = contract_of(body)
    beside = contract_of(body, other="actions: {ping: {by: anyone, query: true, returns: {a: int = 1}}}")
    names = [
        [field.name for item in result.models if item.name == "Thing" for field in item.fields]
        for result in (alone, beside)
    ]
    assert names == [["name"], ["name", "extra"]]


def test_the_index_resolves_names_and_tells_the_nearest() -> None:
    catalogue = catalogue_of(user_management=thing())
    assert catalogue.find("User Management") == catalogue.find("user-management") == "user_management"
    assert catalogue.find("nothing at all") is None
    assert catalogue.nearest("usermanagment") == "user_management"
    assert catalogue.nearest("zzzzzz") == ""


def test_a_native_operation_may_emit_events_of_its_row() -> None:
    body = """
actions:
  enter: {native: door.enter, by: anyone, row: User, input: {email: email}, emits: [enter_failed], errors: {wrong: 401}}
native: {door: {operations: [enter]}}
subscribe:
  - event: enter_failed
    do: [{set: {name: "trim(name)"}}]
"""
    result = contract_of(body)
    (subscription,) = result.subscriptions
    assert (list(subscription.events), subscription.model_id) == (["enter_failed"], "authentication/User")
    (action,) = [item for item in result.operations if item.name == "enter"]
    assert action.row_model_id == "authentication/User"


def test_a_step_of_a_scenario_may_be_a_mail_that_came() -> None:
    body = """
    actions: {go: {by: anyone, do: []}}
    scenarios:
      - name: somebody is written to
        line: 1
        steps:
          - {as: stranger, do: go, keep: went}
          - {mail: ann, keep: mail, within: 20s, see: {subject: Hello, links.0.path: /there, html: {starts: "<"}}}
          - {mail: $went.address, see: {count: 0}}
    """
    (scenario,) = catalogue_of(things=body).features["things"].fragment.scenarios
    first, second = scenario.steps[1:]
    assert (first.mail.to, first.keep, first.within_seconds) == ("ann", "mail", 20.0)
    assert first.see.fields["subject"].string_value == "Hello"
    assert second.mail.to == "$went.address"


def test_a_step_of_a_scenario_is_one_thing() -> None:
    body = """
    actions: {{go: {{by: anyone, do: []}}}}
    scenarios:
      - {{name: two things at once, line: 1, steps: [{step}]}}
    """
    assert "missing_key" in codes_of(body.format(step="{mail: ann, as: stranger, do: go}"))
    assert "missing_key" in codes_of(body.format(step="{see: {subject: Hello}}"))
