"""The delivered tree: installed, migrated, started, tested and, at level `full`, built and put under load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from stackwright.code.v1 import facts_pb2, finding_pb2
from stackwright_runtime_validator.proof import facts
from stackwright_runtime_validator.proof.bench import CHECK_SECONDS, Bench, build_frontend
from stackwright_runtime_validator.proof.commands import BACKEND, FRONTEND, Commands
from stackwright_runtime_validator.proof.dependencies import Dependencies, Needs, dependencies
from stackwright_runtime_validator.proof.instance import SECRETS, BootError, Instance, run_backend
from stackwright_runtime_validator.proof.laws.collection import DOMAIN
from stackwright_runtime_validator.proof.measured import Measured
from stackwright_runtime_validator.proof.processes import Finished
from stackwright_runtime_validator.proof.results import MEASURED_CHECKS, PASSED
from stackwright_runtime_validator.proof.suites import Branches, run_suite
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import UnprovenError

_DATABASE = "delivered"


class Delivered:
    """Says what became of the tree that its user gets."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._commands = Commands(bench.place.delivered, bench.start.commands, bench.place.path)
        self._branches: list[Branches] = []
        self._booted = False

    async def run(self) -> None:
        """Runs all stages; the two halves beside each other."""
        installed = {half: await self._install(half) for half in self._halves()}
        work: list[Awaitable[None]] = []
        if BACKEND in installed:
            work.append(self._backend(installed[BACKEND]))
            work.append(self._suite(BACKEND, installed[BACKEND]))
        if FRONTEND in installed:
            work.append(self._frontend(installed[FRONTEND]))
        await asyncio.gather(*work)
        total = sum(each.total for each in self._branches)
        if total:
            ratio = sum(each.covered for each in self._branches) / total
            self._bench.report.measure("coverage.branches", ratio, "ratio", "v8 coverage over src/ of both halves")

    def _halves(self) -> list[str]:
        return [half for half in (BACKEND, FRONTEND) if (self._bench.place.delivered / half).is_dir()]

    async def _install(self, half: str) -> bool:
        async with self._bench.report.check(f"install.{half}", timeout_seconds=60) as check:
            done = await asyncio.to_thread(self._bench.toolchain.install, self._bench.place.delivered / half)
            check.passed = done.packages
            if done.problems:
                self._bench.fail(check, "install-fails", finding_pb2.GATE_SYNTAX, "; ".join(done.problems[:10]))
                check.failed = len(done.problems)
        return check.state == PASSED

    async def _backend(self, installed: bool) -> None:
        if not installed:
            self._bench.blocked("install.backend did not pass", "migrate", "migrate.again", "boot", "routes.runtime")
            return
        await self._bench.cluster.create(_DATABASE)
        if not await self._migrate():
            self._bench.blocked("migrate did not pass", "migrate.again", "boot", "routes.runtime")
            return
        self._bench.report.facts(facts_pb2.Facts(tables=await facts.tables(self._bench.cluster, _DATABASE)))
        await self._migrate_again()
        await self._seed()
        await self._boot()

    async def _migrate(self) -> bool:
        async with self._bench.report.check("migrate", timeout_seconds=CHECK_SECONDS) as check:
            self._bench.command_result(check, await self._on_database("migrate"), "migrate-fails")
        return check.state == PASSED

    async def _migrate_again(self) -> None:
        async with self._bench.report.check("migrate.again", timeout_seconds=CHECK_SECONDS) as check:
            before = await facts.schema_digest(self._bench.cluster, _DATABASE)
            self._bench.command_result(check, await self._on_database("migrate"), "migrate-fails")
            if check.state == PASSED and before != await facts.schema_digest(self._bench.cluster, _DATABASE):
                self._bench.fail(
                    check, "migrate-repeats", finding_pb2.GATE_SYNTAX, "a second `migrate` changed the database"
                )

    async def _seed(self) -> None:
        if self._commands.find("seed", BACKEND) is None:
            return
        async with self._bench.report.check("seed", timeout_seconds=CHECK_SECONDS) as check:
            # Example rows are for development: in production the command refuses.
            done = await self._on_database("seed", "development")
            self._bench.command_result(check, done, "seed-fails")

    async def _on_database(self, name: str, environment: str = "production") -> Finished:
        command = self._commands.find(name, BACKEND)
        if command is None:
            raise UnprovenError(f"the back end's handler told no command `{name}`")
        url = self._bench.cluster.url(_DATABASE)
        return await run_backend(command, url, timeout_seconds=120, environment=environment)

    async def _boot(self) -> None:
        needs = Needs.of(self._bench.start.contract, self._bench.start.stack)
        async with dependencies(needs, self._bench.place.logs) as beside:
            await self._boot_with(beside)

    async def _boot_with(self, beside: Dependencies) -> None:
        instance: Instance | None = None
        async with self._bench.report.check("boot", timeout_seconds=CHECK_SECONDS) as check:
            try:
                instance = await self._started(beside)
            except BootError as error:
                self._bench.fail(check, "boot-fails", finding_pb2.GATE_SYNTAX, str(error))
        if instance is None:
            self._bench.blocked("boot did not pass", "routes.runtime")
            return
        self._booted = True
        evidence = "start until /api/ready answers 200"
        self._bench.report.measure("boot.milliseconds", instance.boot_milliseconds, "ms", evidence)
        await self._routes(instance)
        if not await instance.stop():
            message = "the application does not end by itself on SIGTERM"
            self._bench.finding("stop-fails", finding_pb2.GATE_MAINTAINABILITY, message)

    async def _started(self, beside: Dependencies) -> Instance:
        environment = {"NODE_ENV": "production", **SECRETS, "RATE_LIMIT_FACTOR": "1000"}
        logs = self._bench.place.logs
        environment["DATA_DIR"] = str(logs.parent / "data" / _DATABASE)
        return await Instance.start(
            self._commands, self._bench.cluster, _DATABASE, environment=environment, logs=logs, beside=beside
        )

    async def try_laws(self) -> None:
        """What holds for the rows of the user's own entities, where there are any."""
        if not any(model.feature == DOMAIN for model in self._bench.start.contract.models):
            return
        if self._booted:
            await Measured(self._bench, self._commands, _DATABASE).laws()
        else:
            self._bench.blocked("boot did not pass", "laws")

    async def measure(self) -> None:
        """What level `full` adds, when everything else is done."""
        if self._booted:
            await Measured(self._bench, self._commands, _DATABASE).run()
        else:
            self._bench.blocked("boot did not pass", *MEASURED_CHECKS)

    async def _routes(self, instance: Instance) -> None:
        async with (
            self._bench.report.check("routes.runtime", timeout_seconds=60) as check,
            Client(instance.base_url) as client,
        ):
            found, problems = await facts.routes(client, self._bench.start.contract)
            self._bench.report.facts(facts_pb2.Facts(routes=found))
            check.passed = len(found)
            if problems:
                check.failed = len(problems)
                self._bench.fail(check, "route-breaks", finding_pb2.GATE_ARCHITECTURE, "; ".join(problems[:10]))

    async def _frontend(self, installed: bool) -> None:
        await self._suite(FRONTEND, installed)
        if not self._bench.full:
            return
        if not installed:
            self._bench.blocked("install.frontend did not pass", "build.frontend")
            return
        async with self._bench.report.check("build.frontend", timeout_seconds=CHECK_SECONDS) as check:
            self._bench.command_result(check, await build_frontend(self._commands), "build-fails")

    async def _suite(self, half: str, installed: bool) -> None:
        name = f"tests.{half}"
        if not installed:
            self._bench.blocked(f"install.{half} did not pass", name)
            return
        async with self._bench.report.check(name, timeout_seconds=CHECK_SECONDS) as check:
            command = self._commands.find("test", half)
            if command is None:
                raise UnprovenError(f"the handler of the {half} told no command `test`")
            await self._bench.cluster.create(f"tests_{half}")
            env = {
                "DATABASE_URL": self._bench.cluster.url(f"tests_{half}"),
                "TEST_DATABASE_URL": self._bench.cluster.url(f"tests_{half}"),
                "NODE_ENV": "test",
            }
            coverage = self._bench.place.root / "coverage" / half
            async with self._bench.heavy:
                result = await run_suite(command, env=env, coverage=coverage)
            check.passed, check.failed, check.skipped = result.passed, result.failed, result.skipped
            check.output = result.finished.output
            if result.branches:
                self._branches.append(result.branches)
            if result.problem:
                self._bench.fail(check, "tests-fail", finding_pb2.GATE_MAINTAINABILITY, result.problem)
