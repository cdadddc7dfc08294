"""Each law against an application that keeps all of them, and against one that breaks it alone."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_runtime_validator.proof.laws.collection import same
from stackwright_runtime_validator.proof.laws.run import _LAWS, try_laws
from stackwright_runtime_validator.proof.surface import read
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Wire
from stackwright_runtime_validator.scenarios.controls import Controls
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.persons import People, Person
from stackwright_runtime_validator.scenarios.values import Json
from stackwright_sdk.node import node_binary
from stackwright_sdk.validation import Project, Report

APP = Path(__file__).parent / "lawless" / "app.mjs"
PASSED, FAILED = measurement_pb2.CHECK_STATE_PASSED, measurement_pb2.CHECK_STATE_FAILED
PERSON = Person("each", "each@example.org", "Each", "secret", "1", "token", "")
ROW: Json = {"$ref": "#/components/schemas/Thing"}


def parameter(name: str) -> Json:
    return {"name": name, "in": "query", "schema": {"type": "string"}}


def operation(name: str, **more: Json) -> Json:
    return {"operationId": name, "responses": {}, **more}


def sending(schema: Json) -> Json:
    return {"content": {"application/json": {"schema": schema}}}


DOCUMENT: Json = {
    "security": [{"bearer": []}],
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "properties": {
                    "title": {"type": "string", "minLength": 2, "maxLength": 20},
                    "code": {"type": "string", "minLength": 8, "maxLength": 20},
                    "count": {"type": ["integer", "null"], "minimum": 0, "maximum": 9},
                },
                "required": ["title"],
            }
        }
    },
    "paths": {
        "/api/things": {
            "get": operation(
                "listThings",
                parameters=[parameter(name) for name in ("page", "page_size", "created_at", "count", "count[ne]")],
            ),
            "post": operation("createThing", requestBody=sending(ROW)),
        },
        "/api/things/{id}": {
            "get": operation("readThing"),
            "patch": operation("updateThing", requestBody=sending(ROW)),
            "delete": operation("deleteThing"),
        },
        "/api/things/{id}/finish": {"post": operation("finishThing")},
        "/api/things/{id}/reopen": {"post": operation("reopenThing")},
    },
}


def contract() -> contract_pb2.Contract:
    made = contract_pb2.Contract()
    thing = made.models.add(id="m", name="Thing", feature="domain")
    thing.names.path = "things"
    title = thing.fields.add(id="t", name="title", unique=True)
    title.type.kind, title.type.min_length, title.type.max_length = model_pb2.FIELD_KIND_STRING, 2, 20
    count = thing.fields.add(id="c", name="count", optional=True)
    count.type.kind, count.type.minimum, count.type.maximum = model_pb2.FIELD_KIND_INT, "0", "9"
    code = thing.fields.add(id="e", name="code", optional=True, encrypted=True)
    code.type.kind, code.type.min_length, code.type.max_length = model_pb2.FIELD_KIND_STRING, 8, 20
    thing.fields.add(id="s", name="state")
    thing.states.field_id, thing.states.initial = "s", "draft"
    for name, begins, ends in (("finish", "draft", "done"), ("reopen", "done", "draft")):
        made.operations.add(
            id=name,
            name=name,
            model_id="m",
            kind=operation_pb2.OPERATION_KIND_ACTION,
            method=operation_pb2.HTTP_METHOD_POST,
            path=f"/api/things/{{id}}/{name}",
            from_states=[begins],
            to_state=ends,
        )
    return made


@dataclass
class Tables:
    """The database of things, which are in memory: it is asked for texts alone."""

    fault: str

    async def kept(self, text: str) -> list[str]:
        """The table, where it is to hold what it should not."""
        return ["public.things"] if text and self.fault == "what_is_encrypted_is_sealed" else []


@asynccontextmanager
async def target(fault: str) -> AsyncIterator[Target]:
    process = await asyncio.create_subprocess_exec(
        str(node_binary()), str(APP), env={**os.environ, "FAULT": fault}, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        port = int(await process.stdout.readline())
        async with Wire(f"http://127.0.0.1:{port}") as wire:
            # Laws ask the document, the contract, the wire and tables; nobody has to be registered for that.
            yield Target(
                wire,
                controls=cast(Controls, Tables(fault)),
                operations=Operations(contract()),
                surface=read(DOCUMENT),
                secret="",
                people=cast(People, None),
                ann=PERSON,
                bob=PERSON,
                holder=PERSON,
                rows=defaultdict(list),
            )
    finally:
        process.kill()
        await process.wait()


async def tried(fault: str) -> tuple[measurement_pb2.CheckState, set[str]]:
    report = Report(Project())
    async with target(fault) as running:
        told = [response async for response in report.until(asyncio.create_task(try_laws(report, running)))]
    checks = [response.check for response in told if response.HasField("check") and response.check.name == "laws"]
    return checks[-1].state, {response.finding.rule for response in told if response.HasField("finding")}


async def test_an_application_that_keeps_every_law_passes() -> None:
    assert await tried("") == (PASSED, set())


@pytest.mark.parametrize("law", [law.__name__ for law in _LAWS])
async def test_a_broken_law_is_noticed(law: str) -> None:
    state, rules = await tried(law)
    assert state == FAILED
    assert rules == {f"law-{law.replace('_', '-')}"}


@pytest.mark.parametrize(
    ("sent", "shown", "equal"),
    [
        ("1", {"id": "1", "display": "One"}, True),
        ("2", {"id": "1", "display": "One"}, False),
        ("1.5", "1.50", True),
        ("1.5", "1.51", False),
        ("A@B.ORG", "a@b.org", True),
        ("2026-01-31T12:00:00+01:00", "2026-01-31T11:00:00.000Z", True),
        (["1", "2"], [{"id": "2"}, {"id": "1"}], True),
        (["1"], [{"id": "2"}], False),
        (None, "", False),
        (True, True, True),
    ],
)
def test_what_was_sent_is_known_again(sent: Json, shown: Json, equal: bool) -> None:
    assert same(sent, shown) is equal
