"""What level `full` adds, on the delivered tree: load, pages in a browser, attack probes, contract fuzz."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from stackwright.code.v1 import finding_pb2
from stackwright_runtime_validator.proof import facts
from stackwright_runtime_validator.proof.attack.run import attack
from stackwright_runtime_validator.proof.bench import CHECK_SECONDS, Bench
from stackwright_runtime_validator.proof.commands import BACKEND, FRONTEND, Commands
from stackwright_runtime_validator.proof.dependencies import Needs, dependencies
from stackwright_runtime_validator.proof.fuzz.run import fuzz
from stackwright_runtime_validator.proof.instance import SECRETS, BootError, Instance, run_backend
from stackwright_runtime_validator.proof.laws.run import try_laws
from stackwright_runtime_validator.proof.load import measure_load
from stackwright_runtime_validator.proof.readme import Follower
from stackwright_runtime_validator.proof.results import PASSED
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.views import look_at_pages
from stackwright_runtime_validator.proof.wire import Wire
from stackwright_runtime_validator.scenarios.client import Client, NoAnswerError
from stackwright_runtime_validator.scenarios.controls import UnprovenError

_FUZZED = "fuzzed"
_BUILT = ("dist", "build")
_SECRET = "a-secret-of-the-proof-that-nobody-else-knows"  # noqa: S105 - lives as long as the proof
_FREELY = {"RATE_LIMIT_FACTOR": "1000"}


class Measured:
    """Each stage has an application and a database of its own, copied from `database`, which is migrated and seeded."""

    def __init__(self, bench: Bench, commands: Commands, database: str) -> None:
        self._bench = bench
        self._commands = commands
        self._database = database

    async def run(self) -> None:
        """Load first and alone, since what runs beside would be measured too; then the others beside each other."""
        await self._stage("load", self._load)
        await asyncio.gather(
            self._stage("readme", Follower(self._bench).run),
            self._stage("pages", self._pages),
            self._stage("attack", self._attack),
            self._stage("fuzz", self._fuzz),
        )

        if self._bench.audit:
            await self._stage("migrate.populated", self._migrate_populated)
            self._bench.blocked("there is no sqlmap here, and none is called", "sqlmap")
            self._bench.blocked("the generated code is not mutated yet", "mutation")

    async def laws(self) -> None:
        """What holds for the rows of the user's own entities; every level tries it."""
        await self._stage("laws", self._laws)

    async def _laws(self) -> None:
        # Under test a password is hashed cheaply, which is most of what signing three persons up would take.
        async with (
            self._instance(await self._copied("ruled"), {**_FREELY, "NODE_ENV": "test"}) as instance,
            self._target(instance) as target,
        ):
            await try_laws(self._bench.report, target)

    async def _migrate_populated(self) -> None:
        """A database in which the fuzz left its rows is migrated again, and seeded again."""
        report, cluster = self._bench.report, self._bench.cluster
        async with report.check("migrate.populated", timeout_seconds=CHECK_SECONDS) as check:
            before = await facts.schema_digest(cluster, _FUZZED)
            # Example rows are for development: in production the command refuses.
            for name, environment in (("migrate", "production"), ("seed", "development")):
                command = self._commands.find(name, BACKEND)
                if command is not None and check.state == PASSED:
                    finished = await run_backend(command, cluster.url(_FUZZED), environment=environment)
                    self._bench.command_result(check, finished, f"{name}-fails")
            if check.state == PASSED and before != await facts.schema_digest(cluster, _FUZZED):
                message = "a second `migrate` changed a database with rows in it"
                self._bench.fail(check, "migrate-repeats", finding_pb2.GATE_SYNTAX, message)

    async def _stage(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except (BootError, UnprovenError, NoAnswerError, asyncpg.PostgresError) as error:
            self._bench.blocked(str(error), name)

    @asynccontextmanager
    async def _instance(self, name: str, environment: dict[str, str] | None = None) -> AsyncIterator[Instance]:
        freely = _FREELY if environment is None else environment
        told = {"NODE_ENV": "production", **SECRETS, "JWT_SECRET": _SECRET, **freely}
        needs = Needs.of(self._bench.start.contract, self._bench.start.stack)
        async with dependencies(needs, self._bench.place.logs) as beside:
            instance = await Instance.start(
                self._commands,
                self._bench.cluster,
                name,
                environment=told,
                logs=self._bench.place.logs,
                beside=beside,
            )
            try:
                yield instance
            finally:
                await instance.stop()

    async def _copied(self, name: str) -> str:
        await self._bench.cluster.create(name, template=self._database)
        return name

    async def _load(self) -> None:
        async with self._instance(await self._copied("loaded")) as instance:
            await measure_load(self._bench.report, self._bench.start.contract, instance)

    async def _pages(self) -> None:
        folder = self._bench.place.delivered / FRONTEND
        built = next((folder / name for name in _BUILT if (folder / name / "index.html").is_file()), None)
        if built is None or self._bench.place.chromium is None:
            raise UnprovenError("there is no built front end" if built is None else "there is no Chromium here")
        async with self._instance(await self._copied("viewed")) as instance, self._target(instance) as target:
            await look_at_pages(self._bench, instance, target, built)

    async def _attack(self) -> None:
        name = await self._copied("attacked")
        async with (
            self._instance(name) as instance,
            self._instance(name, {}) as strict,
            self._target(instance) as target,
        ):
            target.strict_url = strict.base_url
            await attack(self._bench.report, target)

    async def _fuzz(self) -> None:
        async with (
            self._instance(await self._copied(_FUZZED)) as instance,
            self._target(instance) as target,
            Client(instance.base_url) as client,
        ):
            await fuzz(self._bench.report, target, client)

    @asynccontextmanager
    async def _target(self, instance: Instance) -> AsyncIterator[Target]:
        root: Path = self._bench.place.delivered
        async with Wire(instance.base_url) as wire, Client(instance.base_url) as client:
            yield await Target.meet(wire, client, instance, self._bench.start.contract, secret=_SECRET, root=root)
