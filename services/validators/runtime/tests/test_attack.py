"""Every probe and every rule of the fuzz against a small application: safe as it is, then with each hole in turn."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sample_contract import sample_contract  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import measurement_pb2
from stackwright_runtime_validator.proof.attack.probe import PROBES
from stackwright_runtime_validator.proof.attack.run import attack
from stackwright_runtime_validator.proof.fuzz import judge
from stackwright_runtime_validator.proof.fuzz.run import fuzz
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Wire
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import Mail
from stackwright_sdk.node import node_binary
from stackwright_sdk.node.toolchain import toolchain_root
from stackwright_sdk.validation import Project, Report

APP = Path(__file__).parent / "vulnerable" / "app.mjs"
SECRET = "a-secret-of-the-tests-that-is-long-enough"
PASSED, FAILED = measurement_pb2.CHECK_STATE_PASSED, measurement_pb2.CHECK_STATE_FAILED
RULES = (
    judge.SERVER_ERROR,
    judge.NO_ANSWER,
    judge.STATUS,
    judge.CONTENT_TYPE,
    judge.SCHEMA,
    judge.ACCEPTED,
    judge.OPEN,
)


@dataclass
class Running:
    """The application of these tests, as the probes control it."""

    base_url: str
    output: Path

    async def grant(self, email: str, role: str) -> None:
        async with Wire(self.base_url) as wire:
            reply = await wire.send("GET", f"/grant?email={email}&role={role}", headers={"X-Control": SECRET})
        assert reply.status == 200, reply.summary()

    async def fault(self, dependency: str, *, down: bool) -> None:
        raise NotImplementedError

    def mails(self, address: str) -> list[Mail]:
        raise NotImplementedError

    async def kept(self, text: str) -> list[str]:
        raise NotImplementedError

    def log_text(self) -> str:
        return self.output.read_text("utf-8", "replace")


@asynccontextmanager
async def running(folder: Path, holes: str, *, login_limit: int = 1000) -> AsyncIterator[Running]:
    output = folder / f"log-{login_limit}"
    env = {**os.environ, "HOLES": holes, "JWT_SECRET": SECRET, "LOGIN_LIMIT": str(login_limit), "NODE_NO_WARNINGS": "1"}
    env["TOOLCHAIN"] = str(toolchain_root())
    with output.open("wb") as log:
        process = await asyncio.create_subprocess_exec(str(node_binary()), str(APP), env=env, stdout=log, stderr=log)
    try:
        while not output.read_text().startswith("listening"):
            assert process.returncode is None, output.read_text()
            await asyncio.sleep(0.02)
        yield Running(f"http://127.0.0.1:{output.read_text().split()[1]}", output)
        assert process.returncode is None, "the application ended"
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def target(folder: Path, holes: str) -> AsyncIterator[Target]:
    async with (
        running(folder, holes) as served,
        running(folder, holes, login_limit=20) as strict,
        Wire(served.base_url) as wire,
        Client(served.base_url) as client,
    ):
        met = await Target.meet(wire, client, served, sample_contract(), secret=SECRET, root=folder)
        met.strict_url = strict.base_url
        yield met


async def probed(folder: Path, holes: str, names: set[str]) -> set[str]:
    """Which of the probes got through, of those named."""
    report = Report(Project())
    async with target(folder, holes) as met:
        with pytest.MonkeyPatch.context() as patch:
            for name in PROBES.keys() - names:
                patch.delitem(PROBES, name)
            work = asyncio.create_task(attack(report, met))
            said = [each async for each in report.until(work)]
    check = next(each.check for each in said if each.HasField("check"))
    assert check.state == (FAILED if check.failed else PASSED), check.message
    assert check.passed + check.failed == len(names), f"nothing to try: {check.output}"
    return {each.finding.rule.removeprefix("attack-") for each in said if each.HasField("finding")}


async def fuzzed(folder: Path, holes: str) -> tuple[set[str], dict[str, float]]:
    report = Report(Project())
    async with target(folder, holes) as met, Client(met.wire.base_url) as client:
        work = asyncio.create_task(fuzz(report, met, client))
        said = [each async for each in report.until(work)]
    measured = {each.measurement.name: each.measurement.value for each in said if each.HasField("measurement")}
    return {each.finding.rule for each in said if each.HasField("finding")}, measured


async def test_a_safe_application_repels_every_probe(tmp_path: Path) -> None:
    assert await probed(tmp_path, "", set(PROBES)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PROBES))
async def test_each_probe_gets_through_its_hole(tmp_path: Path, name: str) -> None:
    assert await probed(tmp_path, name, {name}) == {name}


async def test_a_difference_in_time_alone_tells_who_has_an_account(tmp_path: Path) -> None:
    assert await probed(tmp_path, "user-enumeration-time", {"user-enumeration"}) == {"user-enumeration"}


async def test_a_sound_application_withstands_the_fuzz(tmp_path: Path) -> None:
    rules, measured = await fuzzed(tmp_path, "")
    assert rules == set()
    assert measured["fuzz.operations"] == 14
    # Forms are sent by the probes of uploads; the fuzz sees their refusals.
    assert measured["fuzz.operations.reached"] == 13
    assert measured["fuzz.requests"] > 300


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
async def test_each_rule_of_the_fuzz_finds_its_hole(tmp_path: Path, rule: str) -> None:
    rules, _ = await fuzzed(tmp_path, rule)
    assert rule in rules


@pytest.mark.slow
async def test_the_fuzz_sends_the_same_at_every_run(tmp_path: Path) -> None:
    first = await fuzzed(tmp_path, "")
    assert first == await fuzzed(tmp_path, "")
