"""The parts of level `full` by themselves: what a README shows, what a document says, values, and verdicts."""

from __future__ import annotations

import json
import random

import pytest

from stackwright.handler.v1.request_response_pb2 import Command
from stackwright_runtime_validator.proof.attack.access import _reserved
from stackwright_runtime_validator.proof.fuzz import judge
from stackwright_runtime_validator.proof.fuzz.cases import Case, cases
from stackwright_runtime_validator.proof.fuzz.values import Values
from stackwright_runtime_validator.proof.readme import Step, steps, told
from stackwright_runtime_validator.proof.surface import Surface, read
from stackwright_runtime_validator.proof.tokens import claims_of, signed
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.values import Json

README = """
```sh
cd backend
npm install
npm run dev    # Start it.
```

Some text.

    cd frontend
    npm install

    {"not": "a command"}

```json
{"npm": "install"}
```

```sh
cd backend
npm run grant -- you@example.com admin
```
```sh
export DATABASE_URL=x
docker compose up --build
```
"""
DOCUMENT: Json = {
    "security": [{"bearer": []}],
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "minLength": 2, "maxLength": 5},
                    "count": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
                },
                "required": ["name"],
                "additionalProperties": False,
            }
        },
        "responses": {
            "Error": {"content": {"application/json": {"schema": {"type": "object", "required": ["error"]}}}}
        },
    },
    "paths": {
        "/api/things": {
            "post": {
                "operationId": "createThing",
                "x-permission": "things.manage",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "responses": {
                    "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "422": {"$ref": "#/components/responses/Error"},
                    "503": {"description": "-"},
                },
            }
        },
        "/api/live": {"get": {"security": [{}, {"bearer": []}], "responses": {}}},
    },
}


def surface() -> Surface:
    return read(DOCUMENT)


def reply(status: int, body: Json = None, kind: str = "application/json") -> Reply:
    return Reply("POST", "/api/things", status, {"content-type": kind}, json.dumps(body).encode(), 0)


def values() -> Values:
    return Values(surface(), random.Random(1), lambda name: f"id of {name}", 1)


def test_commands_of_a_readme() -> None:
    assert steps(README) == [
        Step("backend", "npm install"),
        Step("backend", "npm run dev"),
        Step("frontend", "npm install"),
        Step("backend", "npm run grant -- you@example.com admin"),
        Step("", "docker compose up --build"),
    ]
    assert [step.check for step in steps(README)] == [
        "readme.backend.install", "readme.backend.dev", "readme.frontend.install", "readme.backend.grant",
        "readme.docker",
    ]  # fmt: skip


def test_before_there_is_a_readme_its_commands_are_those_that_handlers_told() -> None:
    commands = [
        Command(name="grant", directory="backend", argv=["npm", "run", "grant", "--"]),
        Command(name="dev", directory="backend", argv=["npm", "run", "dev"]),
        Command(name="install", directory="backend", argv=["npm", "install"]),
        Command(name="migrate", directory="backend", argv=["npm", "run", "migrate"]),
    ]
    assert [step.command for step in told(commands)] == [
        "npm install", "npm run dev", "npm run grant -- you@example.com admin",
    ]  # fmt: skip


def test_a_document_is_read() -> None:
    create, live = surface().endpoints
    assert (create.method, create.secured, create.permission, create.collection) == (
        "POST", True, "things.manage", "/api/things",
    )  # fmt: skip
    assert not live.secured
    with pytest.raises(UnprovenError, match="paths"):
        read({"openapi": "3.1.0"})


def test_values_are_valid_at_the_edge_or_known_to_be_wrong() -> None:
    create = surface().endpoints[0]
    checker = surface().validator(create.body or {})
    made = list(cases(surface(), create, values(), ""))
    assert checker.is_valid(made[0].body)
    assert [case.what for case in made] == [case.what for case in cases(surface(), create, values(), "")]
    by_name = {case.what: case for case in made}
    assert not by_name["name: longest"].breaks
    assert by_name["name: one too long"].breaks
    assert by_name["count: str text"].breaks
    assert by_name["without name"].breaks
    assert by_name["with no_such_field"].breaks
    assert not by_name["count: NoneType None"].breaks


@pytest.mark.parametrize(
    ("answer", "breaks", "rule"),
    [
        (reply(201, {"name": "abc"}), False, ""),
        (reply(201, {"name": "abc"}), True, judge.ACCEPTED),
        (reply(201, {"name": 7}), False, judge.SCHEMA),
        (reply(201, None, "text/html"), False, judge.CONTENT_TYPE),
        (reply(422, {"error": {}}), True, ""),
        (reply(422, {}), True, judge.SCHEMA),
        (reply(418, {}), False, judge.STATUS),
        (reply(500, {}), False, judge.SERVER_ERROR),
        (reply(503, {}), False, ""),
    ],
)
def test_verdicts(answer: Reply, breaks: bool, rule: str) -> None:
    create = surface().endpoints[0]
    broken = judge.judge(surface(), create, Case("-", "/api/things", breaks=breaks), answer)
    assert (broken.rule if broken else "") == rule


@pytest.mark.parametrize(
    ("access", "reserved"),
    [
        ("created_by == actor || can('x')", True),
        ("(this == actor || can('y')) && can('x')", True),
        ("published || created_by == actor", False),
        ("can('held')", False),
        ("created_by != actor", False),
        ("signed_in", False),
        ("", False),
    ],
)
def test_rows_that_are_reserved(access: str, reserved: bool) -> None:
    assert _reserved(access, {"held"}) == reserved


def test_tokens() -> None:
    token = signed({"sub": "x"}, "secret")
    assert claims_of(token) == {"sub": "x"}
    assert signed({"sub": "x"}, "", algorithm="none").endswith(".")
    assert claims_of("nonsense") == {}
