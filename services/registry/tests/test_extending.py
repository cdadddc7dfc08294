"""What a feature adds to the models of others, and what the newer parts of the language mean."""

from __future__ import annotations

import pytest

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_registry.comparing import compare

from .support import codes_of, contract_of, problems_of

THING = """
models:
  Thing:
    kind: resource
    fields: {name: string(1..80)}
    access: {read: anyone, write: signed_in}
"""
TICKET = """
models:
  Ticket:
    kind: internal
    fields: {user: ref User cascade, token: token(32 PT1H)}
    access: {read: nobody}
    actions:
      open:
        scope: token
        by: anyone
        input: {name: string(1..80)}
        do: [{update: user, set: {name: input.name}}]
subscribe:
  - event: Ticket.created
    within: transaction
    do: [{mail: ticket, to: user.email, with: {token: token}}]
mails:
  ticket: {with: {token: string(200)}, subject: A ticket, body: "{app.url}/open#token={token}"}
"""
CODE = "80), code: {is: string(1..80), fill: FILL}}"


def operation_of(result: contract.Contract, call: str) -> operation.Operation:
    return next(item for item in result.operations if item.names.call == call)


def test_a_page_in_an_extension_is_of_the_extended_model() -> None:
    result = contract_of(THING, more="extend: {Thing: {pages: [{view: board, columns: [name], title: Wall}]}}")
    page = next(page for page in result.pages if page.title == "Wall")
    assert (page.feature, page.model_id, page.path) == ("more", "demo/Thing", "/things/board")


def test_a_page_of_a_selector_stands_once_for_each_model() -> None:
    more = "extend: {resource: {pages: [{view: grid, title: Grid}]}}"
    result = contract_of(THING, {"Bike": {"fields": {"name": "string"}}}, more=more)
    found = [page.model_id for page in result.pages if page.title == "Grid"]
    assert len(found) == 3
    assert {name.partition("/")[2] for name in found} == {"Thing", "User", "Bike"}


def test_a_wrong_page_in_an_extension_is_told_where_it_stands() -> None:
    (problem,) = problems_of(THING, None, more="extend:\n  Thing:\n    pages:\n      - {view: list, columns: [nmae]}\n")
    assert (problem.code, problem.place.path, problem.place.line) == ("unknown_name", "test/more/feature.yaml", 8)


@pytest.mark.parametrize(("flag", "written"), [("", True), (" server", False)])
def test_parts_that_the_server_keeps_are_not_written_with_their_parent(flag: str, written: bool) -> None:
    body = f"""
    models:
      Box:
        kind: resource
        fields: {{name: "string(1..80)", items: many Item.box{flag}}}
        access: {{read: anyone, write: signed_in}}
      Item: {{part_of: Box.items, fields: {{name: "string(1..80)"}}, access: {{read: anyone, write: signed_in}}}}
    """
    names = {item.name for item in operation_of(contract_of(body), "Box.update").inputs}
    assert ("items" in names) == written


def test_an_action_by_token_takes_it_in_the_body_and_needs_no_row_in_sight() -> None:
    found = operation_of(contract_of(TICKET), "Ticket.open")
    assert found.scope == operation.OPERATION_SCOPE_TOKEN
    assert (found.path, found.event, found.public) == ("/api/tickets/open", "Ticket.open", True)
    inputs = [(item.name, item.secret, item.optional) for item in found.inputs]
    assert inputs == [("token", True, False), ("name", False, False)]


def test_a_model_without_a_token_has_no_action_by_token() -> None:
    assert codes_of(THING + "    actions: {open: {scope: token, by: anyone}}\n") == {"missing_key"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    within: transaction\n", ""),
        ("event: Ticket.created", "event: Ticket.open"),
        ("set: {name: input.name}", "set: {name: token}"),
        ("    do: [{mail: ticket", "    if: token == null\n    do: [{mail: ticket"),
    ],
)
def test_the_secret_of_a_token_is_read_by_its_first_mail_alone(old: str, new: str) -> None:
    assert old in TICKET
    assert "wrong_place" in codes_of(TICKET.replace(old, new, 1))


def test_what_an_operation_was_given_is_known_where_its_event_is_followed() -> None:
    body = """
    actions:
      knock: {native: door.knock, by: anyone, input: {who: "string(1..80)"}, returns: {ok: bool}, emits: [knocked]}
    native: {door: {operations: [knock]}}
    models:
      Visit: {kind: internal, fields: {who: "string(1..80)"}, access: {read: nobody}}
    subscribe: [{event: knocked, within: transaction, do: [{create: Visit, with: {who: input.WHO}}]}]
    """
    assert contract_of(body.replace("WHO", "who")).subscriptions
    assert codes_of(body.replace("WHO", "whom")) == {"unknown_name"}
    assert "wrong_place" in codes_of(body.replace("WHO", "who").replace("event: knocked", "event: Visit.created"))


def test_rows_of_a_module_must_be_offered_by_it() -> None:
    body = """
    models:
      Run: {kind: internal, native: engine.runs, fields: {name: string}, access: {read: anyone}, api: [list]}
    native: {engine: {rows: [ROWS]}}
    """
    (found,) = [item for item in contract_of(body.replace("ROWS", "runs")).models if item.name == "Run"]
    assert (found.native_rows.module, found.native_rows.name) == ("engine", "runs")
    assert codes_of(body.replace("ROWS", "rnus")) == {"unknown_name"}


def test_a_required_field_that_fills_old_rows_needs_no_other_backfill() -> None:
    old = contract_of(THING)
    heads = {
        registry.Change.DATA_EFFECT_NEEDS_BACKFILL: "80), code: string(1..80)}",
        registry.Change.DATA_EFFECT_RECOMPUTED: CODE.replace("FILL", "upper(name)"),
    }
    for effect, head in heads.items():
        changes = compare(old, contract_of(THING.replace("80)}", head)))
        assert [change.data for change in changes if change.element == "demo/Thing/code"] == [effect]


@pytest.mark.parametrize("fill", ["actor.name", "string(now)", "nmae", "'1' == '2'"])
def test_a_fill_reads_the_row_alone(fill: str) -> None:
    body = THING.replace("80)}", CODE.replace("FILL", f'"{fill}"'))
    assert codes_of(body) & {"wrong_place", "unknown_name", "type_mismatch"}
