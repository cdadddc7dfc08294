"""The probe tree: the same contract with one more entity, on which the behaviour tests of the catalogue are run."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import asyncpg

from stackwright.code.v1 import finding_pb2, measurement_pb2
from stackwright_runtime_validator.proof.behaviours import Latencies, run_scenarios, run_tests, test_files
from stackwright_runtime_validator.proof.bench import CHECK_SECONDS, Bench, build_frontend
from stackwright_runtime_validator.proof.commands import BACKEND, FRONTEND, Commands
from stackwright_runtime_validator.proof.dependencies import Needs
from stackwright_runtime_validator.proof.instance import BootError
from stackwright_runtime_validator.proof.lab import CLEAN, Lab
from stackwright_runtime_validator.proof.processes import Finished
from stackwright_runtime_validator.proof.results import FAILED, PASSED, BehaviourRun, Line, shows
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_sdk.validation import CheckRun

_BUILT = ("dist", "build")


class BlockedError(Exception):
    """Behaviour tests cannot run because something that they stand on failed; the message says what."""


class Probe:
    """Says of each `shows` line whether it holds."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._commands = Commands(bench.place.probe, bench.start.commands, bench.place.path)
        self._runs: list[BehaviourRun] = []
        self._latencies = Latencies()

    async def run(self) -> None:
        """Runs all behaviour tests, and tells what they say about each line."""
        untried = ""
        started = time.monotonic()
        async with self._bench.report.check("behaviour", timeout_seconds=CHECK_SECONDS) as check:
            try:
                await self._behaviours(check)
            except (BlockedError, BootError, UnprovenError, asyncpg.PostgresError) as error:
                untried = str(error)
                check.unverified(untried)
            told = shows(self._bench.start.probe_contract, self._runs, untried)
            results = [result for result in told if self._wanted(Line(result.feature, result.line))]
            check.passed = sum(run.result.state == PASSED for run in self._runs)
            check.failed = sum(run.result.state == FAILED for run in self._runs)
            check.skipped = len(self._runs) - check.passed - check.failed
            broken = [result for result in results if result.state == FAILED]
            if broken:
                check.fail(f"{len(broken)} of {len(results)} lines do not hold")
            elif not untried and any(result.state != PASSED for result in results):
                check.unverified("some lines could not be tried")
        for result in results:
            self._bench.report.show(result)
            self._tell_failures(result)
        self._measure(time.monotonic() - started)

    async def _behaviours(self, check: CheckRun) -> None:
        if not self._bench.place.probe.is_dir():
            raise BlockedError("no probe application was sent")
        for half in (BACKEND, FRONTEND):
            if (self._bench.place.probe / half).is_dir():
                done = await asyncio.to_thread(self._bench.toolchain.install, self._bench.place.probe / half)
                if done.problems:
                    raise BlockedError(f"the probe's {half} cannot be installed: {done.problems[0]}")
        needs = Needs.of(self._bench.start.probe_contract, self._bench.start.stack)
        lab = Lab.new(
            self._bench.start.probe_contract, self._commands, self._bench.cluster, self._bench.place.logs, needs
        )
        lab.chromium = self._bench.place.chromium
        site = asyncio.create_task(self._site())
        try:
            await self._images(lab)
            _, tests = await asyncio.gather(self._scenarios(lab), self._tests(lab, site))
        finally:
            site.cancel()
        if tests is not None:
            check.output = tests.output[-20000:]
            if tests.timed_out or tests.code not in (0, 1, 5):
                raise BlockedError(f"behaviour tests broke off: {tests.why()}")

    async def _scenarios(self, lab: Lab) -> None:
        keys = {feature.key for feature in lab.contract.features}
        scenarios = [
            scenario
            for scenario in self._bench.start.scenarios
            if scenario.feature in keys and self._wanted(Line(scenario.feature, scenario.line))
        ]
        await run_scenarios(lab, scenarios, self._told, lanes=self._bench.place.processors, latencies=self._latencies)

    async def _tests(self, lab: Lab, site: asyncio.Task[Path | None]) -> Finished | None:
        lab.frontend = await site
        file = self._bench.place.root / "lab.json"
        lab.save(file, self._bench.place.start)
        keys = {feature.key for feature in lab.contract.features}
        return await run_tests(
            test_files(self._bench.place.behaviour, keys), file, self._told, lines=self._bench.place.lines
        )

    def _wanted(self, line: Line) -> bool:
        return not self._bench.place.lines or str(line) in self._bench.place.lines

    async def _images(self, lab: Lab) -> None:
        await lab.cluster.create(CLEAN)
        migrated = await lab.migrate(CLEAN)
        if not migrated.ok:
            raise BlockedError(f"the probe cannot be migrated: {migrated.why()}")
        await lab.prepare()

    async def _site(self) -> Path | None:
        folder = self._bench.place.probe / FRONTEND
        if not folder.is_dir() or self._commands.find("build", FRONTEND) is None:
            return None
        built = await build_frontend(self._commands)
        if not built.ok:
            self._bench.finding("build-fails", finding_pb2.GATE_SYNTAX, f"the front end cannot be built: {built.why()}")
            return None
        return next((folder / name for name in _BUILT if (folder / name / "index.html").is_file()), None)

    def _told(self, told: BehaviourRun) -> None:
        self._runs.append(told)
        self._bench.report.progress(f"{told.line.feature} {told.line.number}: {told.result.name}", len(self._runs))

    def _tell_failures(self, result: measurement_pb2.ShowResult) -> None:
        for behaviour in result.behaviours:
            if behaviour.state == FAILED:
                message = (
                    f"{result.feature}, line {result.line} (“{result.text}”), {behaviour.name}: {behaviour.message}"
                )
                self._bench.finding("behaviour-fails", finding_pb2.GATE_ARCHITECTURE, message)

    def _measure(self, seconds: float) -> None:
        self._bench.report.measure("behaviour.tests", len(self._runs), "count", "scenarios and tests of the catalogue")
        self._bench.report.measure("behaviour.milliseconds", seconds * 1000, "ms", "all behaviour tests")
        ordered = sorted(self._latencies.milliseconds)
        if ordered:
            p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
            self._bench.report.measure(
                "latency.behaviour.p95", p95, "ms", f"{len(ordered)} requests of scenarios, several instances at once"
            )
