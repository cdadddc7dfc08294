"""What is done to the two trees, and in which order: what does not depend on something else runs beside it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from pathlib import Path

import asyncpg

from stackwright.code.v1 import facts_pb2, finding_pb2, measurement_pb2
from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_sdk.validation import CheckRun, Report

from . import facts
from .behaviours import Latencies, run_scenarios, run_tests, test_files
from .cluster import Cluster
from .commands import BACKEND, FRONTEND, Commands
from .install import Toolchain
from .instance import BootError, Instance, run_backend
from .lab import CLEAN, Lab
from .load import measure_load
from .place import Place
from .processes import Finished, run
from .results import FAILED, PASSED, BehaviourRun, Line, shows
from .suites import Branches, run_suite
from .views import look_at_pages

_BUILD_SECONDS = 240.0
_CHECK_SECONDS = 300.0
_DELIVERED = "delivered"
_BUILT = ("dist", "build")


class BlockedError(Exception):
    """A stage cannot run because one that it stands on did not pass; the message says which."""


class Proof:
    """One proof of level `run` or above. `report` gets everything."""

    def __init__(self, place: Place, start: request_response_pb2.ValidateStart, report: Report) -> None:
        self._place = place
        self._start = start
        self._report = report
        self._toolchain = Toolchain(place.toolchain)
        self._delivered = Commands(place.delivered, start.commands, place.path)
        self._probe = Commands(place.probe, start.commands, place.path)
        # Suites and builds use as many processors as there are, so only as many of them at once.
        self._heavy = asyncio.Semaphore(max(1, place.processors))
        self._runs: list[BehaviourRun] = []
        self._branches: list[Branches] = []
        self._latencies = Latencies()

    async def run(self) -> None:
        """Runs everything. What could not be tried is told as unverified, with the reason."""
        for folder in ("home", "tmp", "cache"):
            (self._place.root / folder).mkdir(parents=True, exist_ok=True)
        cluster = Cluster(self._place.postgres_port)
        await cluster.let_owner_create()
        await asyncio.gather(self._behave(cluster), *([] if self._place.lines else [self._deliver(cluster)]))
        if self._branches and (total := sum(each.total for each in self._branches)):
            ratio = sum(each.covered for each in self._branches) / total
            self._report.measure(
                "coverage.branches", ratio, "ratio", "vitest with v8 coverage over src/ of both halves"
            )

    # The delivered tree.

    async def _deliver(self, cluster: Cluster) -> None:
        installed = {half: await self._install(half) for half in self._halves()}
        work: list[Awaitable[None]] = []
        if BACKEND in installed:
            work.append(self._backend(cluster, installed[BACKEND]))
            work.append(self._suite(cluster, BACKEND, installed[BACKEND]))
        if FRONTEND in installed:
            work.append(self._frontend(cluster, installed[FRONTEND]))
        await asyncio.gather(*work)

    def _halves(self) -> list[str]:
        return [half for half in (BACKEND, FRONTEND) if (self._place.delivered / half).is_dir()]

    async def _install(self, half: str) -> bool:
        async with self._report.check(f"install.{half}", timeout_seconds=60) as check:
            done = await asyncio.to_thread(self._toolchain.install, self._place.delivered / half)
            check.passed = done.packages
            if done.problems:
                self._fail(check, "install-fails", finding_pb2.GATE_SYNTAX, "; ".join(done.problems[:10]))
                check.failed = len(done.problems)
        return check.state == PASSED

    async def _backend(self, cluster: Cluster, installed: bool) -> None:
        if not installed:
            self._blocked("install.backend did not pass", "migrate", "migrate.again", "boot", "routes.runtime")
            return
        await cluster.create(_DELIVERED)
        if not await self._migrate(cluster):
            self._blocked("migrate did not pass", "migrate.again", "boot", "routes.runtime")
            return
        self._report.facts(facts_pb2.Facts(tables=await facts.tables(cluster, _DELIVERED)))
        await self._migrate_again(cluster)
        await self._seed(cluster)
        await self._boot(cluster)

    async def _migrate(self, cluster: Cluster) -> bool:
        async with self._report.check("migrate", timeout_seconds=_CHECK_SECONDS) as check:
            self._command_result(check, await self._on_database(cluster, "migrate"), "migrate-fails")
        return check.state == PASSED

    async def _migrate_again(self, cluster: Cluster) -> None:
        async with self._report.check("migrate.again", timeout_seconds=_CHECK_SECONDS) as check:
            before = await facts.schema_digest(cluster, _DELIVERED)
            self._command_result(check, await self._on_database(cluster, "migrate"), "migrate-fails")
            if check.state == PASSED and before != await facts.schema_digest(cluster, _DELIVERED):
                self._fail(check, "migrate-repeats", finding_pb2.GATE_SYNTAX, "a second `migrate` changed the database")

    async def _seed(self, cluster: Cluster) -> None:
        if self._delivered.find("seed", BACKEND) is None:
            return
        async with self._report.check("seed", timeout_seconds=_CHECK_SECONDS) as check:
            self._command_result(check, await self._on_database(cluster, "seed"), "seed-fails")

    async def _on_database(self, cluster: Cluster, name: str) -> Finished:
        command = self._delivered.find(name, BACKEND)
        if command is None:
            raise UnprovenError(f"the back end's handler told no command `{name}`")
        return await run_backend(command, cluster.url(_DELIVERED), timeout_seconds=120)

    async def _boot(self, cluster: Cluster) -> None:
        instance: Instance | None = None
        async with self._report.check("boot", timeout_seconds=_CHECK_SECONDS) as check:
            try:
                environment = {"NODE_ENV": "production", "JWT_SECRET": "x" * 40, "RATE_LIMIT_FACTOR": "1000"}
                instance = await Instance.start(
                    self._delivered, cluster, _DELIVERED, environment=environment, logs=self._place.logs
                )
            except BootError as error:
                self._fail(check, "boot-fails", finding_pb2.GATE_SYNTAX, str(error))
        if instance is None:
            self._blocked("boot did not pass", "routes.runtime")
            return
        self._report.measure(
            "boot.milliseconds", instance.boot_milliseconds, "ms", "start until /api/ready answers 200"
        )
        await self._routes(instance)
        if self._full:
            await measure_load(self._report, self._start.contract, instance)
        if not await instance.stop():
            self._finding(
                "stop-fails", finding_pb2.GATE_MAINTAINABILITY, "the application does not end by itself on SIGTERM"
            )

    async def _routes(self, instance: Instance) -> None:
        async with (
            self._report.check("routes.runtime", timeout_seconds=60) as check,
            Client(instance.base_url) as client,
        ):
            found, problems = await facts.routes(client, self._start.contract)
            self._report.facts(facts_pb2.Facts(routes=found))
            check.passed = len(found)
            if problems:
                check.failed = len(problems)
                self._fail(check, "route-breaks", finding_pb2.GATE_ARCHITECTURE, "; ".join(problems[:10]))

    async def _frontend(self, cluster: Cluster, installed: bool) -> None:
        await self._suite(cluster, FRONTEND, installed)
        if not self._full:
            return
        if not installed:
            self._blocked("install.frontend did not pass", "build.frontend")
            return
        async with self._report.check("build.frontend", timeout_seconds=_CHECK_SECONDS) as check:
            self._command_result(check, await self._build(self._delivered), "build-fails")

    async def _build(self, commands: Commands) -> Finished:
        command = commands.find("build", FRONTEND)
        if command is None:
            raise UnprovenError("the front end's handler told no command `build`")
        return await run(command.argv, cwd=command.cwd, env=command.env, timeout_seconds=_BUILD_SECONDS)

    async def _suite(self, cluster: Cluster, half: str, installed: bool) -> None:
        name = f"tests.{half}"
        if not installed:
            self._blocked(f"install.{half} did not pass", name)
            return
        async with self._report.check(name, timeout_seconds=_CHECK_SECONDS) as check:
            command = self._delivered.find("test", half)
            if command is None:
                raise UnprovenError(f"the handler of the {half} told no command `test`")
            await cluster.create(f"tests_{half}")
            env = {
                "DATABASE_URL": cluster.url(f"tests_{half}"),
                "TEST_DATABASE_URL": cluster.url(f"tests_{half}"),
                "NODE_ENV": "test",
            }
            coverage = self._place.root / "coverage" / half
            async with self._heavy:
                result = await run_suite(command, env=env, coverage=coverage)
            check.passed, check.failed, check.skipped = result.passed, result.failed, result.skipped
            check.output = result.finished.output
            if result.branches:
                self._branches.append(result.branches)
            if result.problem:
                self._fail(check, "tests-fail", finding_pb2.GATE_MAINTAINABILITY, result.problem)

    # The probe tree.

    async def _behave(self, cluster: Cluster) -> None:
        untried = ""
        started = time.monotonic()
        async with self._report.check("behaviour", timeout_seconds=_CHECK_SECONDS) as check:
            try:
                await self._behaviours(cluster, check)
            except (BlockedError, BootError, UnprovenError, asyncpg.PostgresError) as error:
                untried = str(error)
                check.unverified(untried)
            told = shows(self._start.probe_contract, self._runs, untried)
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
            self._report.show(result)
            self._tell_failures(result)
        self._measure(time.monotonic() - started)

    async def _behaviours(self, cluster: Cluster, check: CheckRun) -> None:
        if not self._place.probe.is_dir():
            raise BlockedError("no probe application was sent")
        for half in (BACKEND, FRONTEND):
            if (self._place.probe / half).is_dir():
                done = await asyncio.to_thread(self._toolchain.install, self._place.probe / half)
                if done.problems:
                    raise BlockedError(f"the probe's {half} cannot be installed: {done.problems[0]}")
        lab = Lab.new(self._start.probe_contract, self._probe, cluster, self._place.logs)
        lab.chromium = self._place.chromium
        site = asyncio.create_task(self._probe_site())
        try:
            await self._images(lab)
            _, tests = await asyncio.gather(self._scenarios(lab), self._tests(lab, site))
        finally:
            site.cancel()
        if tests is not None:
            check.output = tests.output[-20000:]
            if tests.timed_out or tests.code not in (0, 1, 5):
                raise BlockedError(f"behaviour tests broke off: {tests.why()}")
        if self._full and lab.frontend and lab.chromium:
            await look_at_pages(self._report, lab)

    async def _scenarios(self, lab: Lab) -> None:
        keys = {feature.key for feature in lab.contract.features}
        scenarios = [
            scenario
            for scenario in self._start.scenarios
            if scenario.feature in keys and self._wanted(Line(scenario.feature, scenario.line))
        ]
        await run_scenarios(lab, scenarios, self._told, lanes=self._place.processors, latencies=self._latencies)

    async def _tests(self, lab: Lab, site: asyncio.Task[Path | None]) -> Finished | None:
        lab.frontend = await site
        file = self._place.root / "lab.json"
        lab.save(file, self._place.start)
        keys = {feature.key for feature in lab.contract.features}
        return await run_tests(test_files(self._place.behaviour, keys), file, self._told, lines=self._place.lines)

    def _wanted(self, line: Line) -> bool:
        return not self._place.lines or str(line) in self._place.lines

    async def _images(self, lab: Lab) -> None:
        await lab.cluster.create(CLEAN)
        migrated = await lab.migrate(CLEAN)
        if not migrated.ok:
            raise BlockedError(f"the probe cannot be migrated: {migrated.why()}")
        await lab.prepare()

    async def _probe_site(self) -> Path | None:
        folder = self._place.probe / FRONTEND
        if not folder.is_dir() or self._probe.find("build", FRONTEND) is None:
            return None
        built = await self._build(self._probe)
        if not built.ok:
            self._finding("build-fails", finding_pb2.GATE_SYNTAX, f"the front end cannot be built: {built.why()}")
            return None
        return next((folder / name for name in _BUILT if (folder / name / "index.html").is_file()), None)

    def _told(self, told: BehaviourRun) -> None:
        self._runs.append(told)
        self._report.progress(f"{told.line.feature} {told.line.number}: {told.result.name}", len(self._runs))

    def _tell_failures(self, result: measurement_pb2.ShowResult) -> None:
        for behaviour in result.behaviours:
            if behaviour.state == FAILED:
                message = (
                    f"{result.feature}, line {result.line} (“{result.text}”), {behaviour.name}: {behaviour.message}"
                )
                self._finding("behaviour-fails", finding_pb2.GATE_ARCHITECTURE, message)

    def _measure(self, seconds: float) -> None:
        self._report.measure("behaviour.tests", len(self._runs), "count", "scenarios and tests of the catalogue")
        self._report.measure("behaviour.milliseconds", seconds * 1000, "ms", "all behaviour tests")
        ordered = sorted(self._latencies.milliseconds)
        if ordered:
            p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
            self._report.measure(
                "latency.behaviour.p95", p95, "ms", f"{len(ordered)} requests of scenarios, several instances at once"
            )

    # Telling.

    @property
    def _full(self) -> bool:
        return self._start.proof >= measurement_pb2.PROOF_LEVEL_FULL

    def _command_result(self, check: CheckRun, finished: Finished, rule: str) -> None:
        check.output = finished.output
        if not finished.ok:
            self._fail(check, rule, finding_pb2.GATE_SYNTAX, finished.why())

    def _fail(self, check: CheckRun, rule: str, gate: finding_pb2.Gate, message: str) -> None:
        check.fail(message)
        self._finding(rule, gate, message)

    def _finding(self, rule: str, gate: finding_pb2.Gate, message: str) -> None:
        self._report.finding(tool="runtime", rule=rule, severity=finding_pb2.SEVERITY_HIGH, gate=gate, message=message)

    def _blocked(self, reason: str, *names: str) -> None:
        for name in names:
            self._report.unverified(name, reason)
