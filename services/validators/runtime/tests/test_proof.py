"""Whole proofs of a tiny application in the sandbox: what is right passes, and each seeded defect is caught."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
import pytest
from sample_contract import sample_contract, scenario  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import facts_pb2, file_pb2, measurement_pb2
from stackwright.contract.v1 import contract_pb2
from stackwright.handler.v1.request_response_pb2 import Command
from stackwright.validator.v1 import request_response_pb2 as validator
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceStub
from stackwright_kit.client import channel
from stackwright_kit.files import to_chunks
from stackwright_kit.server import running
from stackwright_kit.settings import Settings
from stackwright_runtime_validator.service import service
from stackwright_sdk.validation import Project

if TYPE_CHECKING:
    from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceAsyncStub

TINY = Path(__file__).parent / "tiny"
PASSED = measurement_pb2.CHECK_STATE_PASSED
FAILED = measurement_pb2.CHECK_STATE_FAILED
UNVERIFIED = measurement_pb2.CHECK_STATE_UNVERIFIED
SCENARIO = {
    "feature": "tiny",
    "name": "a visitor is not let in",
    "line": 1,
    "steps": [
        {"as": "stranger", "do": "Sample.list", "expect": [401]},
        {"as": "ann", "do": "Sample.create", "with": {"title": "t"}, "keep": "s", "expect": [201]},
        {"as": "bob", "do": "Sample.list", "expect": [200], "see": {"total": 1, "items.0.id": "$s.id"}},
    ],
}
BEHAVIOUR = """
import pytest


@pytest.mark.shows(2)
async def test_titles_are_limited_in_the_database(app):
    async with app.database() as database:
        found = await database.fetchval("SELECT count(*) FROM pg_constraint WHERE conname = 'samples_title_check'")
    assert found == 1
    assert (await app.person("auditor")).email == "auditor@example.org"


@pytest.mark.shows(2)
async def test_two_processes_serve_one_database(start):
    first = await start()
    second = await start(beside=first)
    assert first.instance.port != second.instance.port
    await first.call("Sample.create", {"title": "t"}, by="ann", expect=201)
    await first.instance.kill()
    assert not first.instance.running
    answer = await second.call("Sample.list", by="ann", expect=200)
    assert [row["title"] for row in answer.body["items"]] == ["t"]
"""


@dataclass
class Said:
    """What the validator said about one job."""

    checks: dict[str, measurement_pb2.Check] = field(default_factory=dict)
    shows: dict[int, measurement_pb2.ShowResult] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)
    facts: facts_pb2.Facts = field(default_factory=facts_pb2.Facts)
    measured: dict[str, float] = field(default_factory=dict)
    result: validator.ValidateResult | None = None

    def state(self, name: str) -> measurement_pb2.CheckState:
        return self.checks[name].state


@pytest.fixture
async def stub() -> AsyncIterator[ValidatorServiceAsyncStub]:
    async with running(service(), Settings(port=0)) as served, channel(served.address) as to:
        yield ValidatorServiceStub(to)


def contract() -> contract_pb2.Contract:
    told: contract_pb2.Contract = sample_contract(())
    shows = [contract_pb2.Show(line=1, text="one"), contract_pb2.Show(line=2, text="two")]
    told.features.append(contract_pb2.Feature(key="tiny", shows=shows))
    return told


async def prove(stub: ValidatorServiceAsyncStub, changed: Mapping[str, tuple[str, str]] | None = None) -> Said:
    """Sends the tiny application as both trees, with `changed` texts in some files."""
    files = dict(Project.read(TINY).files)
    for path, (old, new) in (changed or {}).items():
        text = files[path].content.decode()
        assert old in text
        files[path] = file_pb2.SourceFile(path=path, content=text.replace(old, new).encode())
    test = file_pb2.SourceFile(path="area/tiny/behaviour/test_tiny.py", content=BEHAVIOUR.encode())
    names = ("migrate", "start", "grant", "test")
    start = validator.ValidateStart(
        request_id="r",
        proof=measurement_pb2.PROOF_LEVEL_RUN,
        commands=[Command(name=name, directory="backend", argv=["npm", "run", name]) for name in names],
        contract=contract(),
        probe_contract=contract(),
        scenarios=[scenario(SCENARIO)],
    )

    async def requests() -> AsyncIterator[validator.ValidateRequest]:
        yield validator.ValidateRequest(start=start)
        for tree, sent in (
            (file_pb2.TREE_DELIVERED, files.values()),
            (file_pb2.TREE_PROBE, files.values()),
            (file_pb2.TREE_BEHAVIOUR, [test]),
        ):
            for chunk in to_chunks(list(sent), tree):
                yield validator.ValidateRequest(chunk=chunk)

    said = Said()
    async for message in stub.Validate(requests(), timeout=120):
        match message.WhichOneof("event"):
            case "check":
                said.checks[message.check.name] = message.check
            case "show":
                said.shows[message.show.line] = message.show
            case "finding":
                said.rules.add(message.finding.rule)
            case "facts":
                said.facts.MergeFrom(message.facts)
            case "measurement":
                said.measured[message.measurement.name] = message.measurement.value
            case "result":
                said.result = message.result
    return said


async def test_an_application_that_does_what_it_says_passes(stub: ValidatorServiceAsyncStub) -> None:
    said = await prove(stub)
    states = {name: (check.state, check.message) for name, check in said.checks.items()}
    wanted = ("install.backend", "migrate", "migrate.again", "boot", "routes.runtime", "tests.backend", "behaviour")
    assert states == dict.fromkeys(wanted, (PASSED, ""))
    assert {line: show.state for line, show in said.shows.items()} == {1: PASSED, 2: PASSED}
    assert said.rules == set()
    assert {table.name for table in said.facts.tables} == {"users", "samples", "schema_migrations"}
    samples = next(table for table in said.facts.tables if table.name == "samples")
    assert [column.name for column in samples.columns] == ["id", "title", "created_by"]
    assert samples.foreign_keys[0].on_delete == "cascade"
    routes = {(route.method, route.path): route.public for route in said.facts.routes}
    assert routes[("GET", "/api/me")] is False
    assert routes[("GET", "/api/live")] is True
    assert ("GET", "/api/users") not in routes
    assert said.checks["tests.backend"].passed == 1
    assert said.measured["boot.milliseconds"] > 0
    assert said.result is not None
    assert said.result.files == 2 * len(list(TINY.rglob("*.*"))) + 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "old", "new", "check", "said_in_it"),
    [
        ("backend/app.mjs", "const routes", "throw new Error('no way'); const routes", "boot", "no way"),
        ("database/migrations/0001_tiny.sql", "samples (\n", "samples (\n  wrong wrongtype,\n", "migrate", "wrongtype"),
        ("backend/tests/sums.test.mjs", "toBe(2)", "toBe(3)", "tests.backend", "1 of 1 tests failed"),
        ("backend/package.json", '"8.23.1"', '"8.0.0"', "install.backend", "8.0.0 is declared, the toolchain has"),
        ("backend/package.json", '"pg"', '"left-pad"', "install.backend", "declared, but not in the toolchain"),
        ("backend/migrate.mjs", "rowCount === 0", "true", "migrate.again", "already exists"),
    ],
)
async def test_seeded_defects_are_caught(
    stub: ValidatorServiceAsyncStub, path: str, old: str, new: str, check: str, said_in_it: str
) -> None:
    said = await prove(stub, {path: (old, new)})
    assert said.state(check) == FAILED
    assert said_in_it in said.checks[check].message
    assert said.rules, "a failure leaves a finding"
    # What stands on the broken stage is unverified, and never passed.
    for later in {"install.backend": ("migrate", "boot", "behaviour"), "migrate": ("boot",), "boot": ()}.get(check, ()):
        assert said.state(later) == UNVERIFIED


@pytest.mark.slow
async def test_an_open_door_is_seen_by_behaviour_and_facts(stub: ValidatorServiceAsyncStub) -> None:
    said = await prove(
        stub,
        {
            "backend/app.mjs": (
                "if (!user) return [401, {}];\n    const { rows } = await pool.query('SELECT *",
                "const { rows } = await pool.query('SELECT *",
            )
        },
    )
    assert said.state("boot") == PASSED
    assert said.state("behaviour") == FAILED
    assert said.shows[1].state == FAILED
    assert "step 1 (stranger: Sample.list): expected 401, got 200" in said.shows[1].behaviours[0].message
    assert said.shows[2].state == PASSED
    routes = {(route.method, route.path): route.public for route in said.facts.routes}
    assert routes[("GET", "/api/samples")] is True


async def test_the_same_content_is_proven_once_and_that_is_said(stub: ValidatorServiceAsyncStub) -> None:
    first, again = await prove(stub), await prove(stub)
    assert "proof.reused_seconds" not in first.measured
    assert again.measured.pop("proof.reused_seconds") < 60
    assert again.measured == first.measured
    assert again.checks == first.checks
    assert again.shows == first.shows
    assert again.facts == first.facts
    # One byte more is another content; and what fails is not remembered.
    wrong = {"backend/tests/sums.test.mjs": ("toBe(2)", "toBe(3)")}
    for _ in range(2):
        other = await prove(stub, wrong)
        assert other.state("tests.backend") == FAILED
        assert "proof.reused_seconds" not in other.measured


async def test_two_proofs_at_once_do_not_meet(stub: ValidatorServiceAsyncStub) -> None:
    # Differs in a remark, so that both are run.
    other = {"backend/app.mjs": ("const routes", "/* */ const routes")}
    first, second = await asyncio.gather(prove(stub), prove(stub, other))
    assert first.state("behaviour") == second.state("behaviour") == PASSED


async def test_below_its_level_it_says_nothing(stub: ValidatorServiceAsyncStub) -> None:
    start = validator.ValidateStart(request_id="r", proof=measurement_pb2.PROOF_LEVEL_STATIC)

    async def requests() -> AsyncIterator[validator.ValidateRequest]:
        yield validator.ValidateRequest(start=start)

    messages = [message.WhichOneof("event") async for message in stub.Validate(requests())]
    assert messages == ["result"]


async def test_a_request_without_start_is_refused(stub: ValidatorServiceAsyncStub) -> None:
    async def requests() -> AsyncIterator[validator.ValidateRequest]:
        yield validator.ValidateRequest(chunk=file_pb2.FileChunk(tree=file_pb2.TREE_DELIVERED))

    with pytest.raises(grpc.aio.AioRpcError, match="start"):
        async for _ in stub.Validate(requests()):
            pass
