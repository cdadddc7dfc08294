"""Instances of one application, each on its own copy of a database in which the usual persons exist already."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from stackwright.contract.v1 import contract_pb2
from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.commands import BACKEND, Commands
from stackwright_runtime_validator.proof.dependencies import Dependencies, Needs, dependencies
from stackwright_runtime_validator.proof.instance import SECRETS, Instance, run_backend
from stackwright_runtime_validator.proof.place import decode_browser, encode_browser
from stackwright_runtime_validator.proof.processes import Finished
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.organizations import HOST
from stackwright_runtime_validator.scenarios.persons import People, Person
from stackwright_runtime_validator.scenarios.values import Json, plain
from stackwright_sdk.browser import Browser

CLEAN = "image_clean"
"""Migrated, and nobody in it."""
PEOPLED = "image_peopled"
"""The same with ann, bob and a holder of each role, signed in."""

_ALWAYS = ("ann", "bob")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class LabFile:
    """What another process needs to work in the same lab; written as JSON."""

    root: str
    start: str
    port: int
    path: str
    secret: str
    persons: dict[str, dict[str, str]]
    frontend: str
    chromium: str
    needs: dict[str, bool]

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def read(cls, file: Path) -> LabFile:
        return cls(**json.loads(file.read_text("utf-8")))


@dataclass
class Lab:
    """Everything that behaviour tests need of one application. `frontend` is its built front end, if any."""

    contract: contract_pb2.Contract
    commands: Commands
    cluster: Cluster
    logs: Path
    secret: str
    persons: dict[str, Person]
    needs: Needs
    frontend: Path | None = None
    chromium: Browser | None = None

    @classmethod
    def new(
        cls, contract: contract_pb2.Contract, commands: Commands, cluster: Cluster, logs: Path, needs: Needs
    ) -> Lab:
        return cls(contract, commands, cluster, logs, secrets.token_hex(32), {}, needs)

    @classmethod
    def open(cls, file: Path) -> Lab:
        """The lab that `save` wrote, in another process."""
        told = LabFile.read(file)
        start = request_response_pb2.ValidateStart.FromString(Path(told.start).read_bytes())
        root = Path(told.root)
        return cls(
            start.probe_contract,
            Commands(root, start.commands, told.path),
            Cluster(told.port),
            root.parent / "logs",
            told.secret,
            {label: Person(**person) for label, person in told.persons.items()},
            Needs(**told.needs),
            Path(told.frontend) if told.frontend else None,
            decode_browser(told.chromium),
        )

    def save(self, file: Path, start: Path) -> None:
        """Writes what `open` reads; `start` is the file of the request."""
        persons = {label: asdict(person) for label, person in self.persons.items()}
        frontend = str(self.frontend) if self.frontend else ""
        browser = encode_browser(self.chromium)
        root, path = str(self.commands.root), self.commands.path
        needs = asdict(self.needs)
        LabFile(root, str(start), self.cluster.port, path, self.secret, persons, frontend, browser, needs).write(file)

    async def migrate(self, database: str) -> Finished:
        """Runs the command `migrate` on a database. Raises UnprovenError when there is none."""
        command = self.commands.find("migrate", BACKEND)
        if command is None:
            raise UnprovenError("the back end's handler told no command `migrate`")
        return await run_backend(command, self.cluster.url(database), timeout_seconds=120)

    async def prepare(self) -> None:
        """Makes the images: CLEAN must be migrated already. Raises BootError or UnprovenError.

        The usual persons register while the application is told that it is under test, so that it may hash their
        passwords cheaply: a hash holds its own cost, and most of a proof would be spent on logins else. Whatever is
        tried runs as in production, where a new password has its full cost.
        """
        await self.cluster.create(PEOPLED, template=CLEAN)
        async with dependencies(self.needs, self.logs) as beside:
            instance = await self._start(PEOPLED, {"NODE_ENV": "test"}, beside)
            await self._register(instance)

    async def _register(self, instance: Instance) -> None:
        try:
            operations = Operations(self.contract)
            if "register" in operations:
                async with Client(instance.base_url) as client:
                    people = People(operations, client, instance)
                    if self.contract.tenancy:
                        await people.meet()
                    labels = [*_ALWAYS, *(role.name for role in self.contract.roles)]
                    made = await asyncio.gather(*(people.get(label) for label in labels))
                    self.persons = {label: person for label, person in zip(labels, made, strict=True) if person}
                    self.persons |= {label: person for label, person in people.known.items() if label == HOST}
        finally:
            await instance.stop()

    @asynccontextmanager
    async def instance(
        self, settings: Mapping[str, Json] | None = None, *, fresh: bool = False
    ) -> AsyncIterator[Instance]:
        """A started application on a copy of the image; `fresh`: on a database with nobody in it."""
        environment = self._settings(settings or {})
        database = f"app_{os.getpid()}_{next(_numbers)}"
        await self.cluster.create(database, template=CLEAN if fresh else PEOPLED)
        try:
            async with dependencies(self.needs, self.logs) as beside:
                instance = await self._start(database, environment, beside)
                try:
                    yield instance
                finally:
                    await instance.stop()
        finally:
            await self.cluster.drop(database)

    @asynccontextmanager
    async def another(self, instance: Instance, settings: Mapping[str, Json] | None = None) -> AsyncIterator[Instance]:
        """A second process of an application: on the same database, files and other servers."""
        second = await self._start(instance.database, self._settings(settings or {}), instance.beside)
        try:
            yield second
        finally:
            await second.stop()

    async def _start(self, database: str, settings: Mapping[str, str], beside: Dependencies) -> Instance:
        environment = {
            "NODE_ENV": "production",
            **SECRETS,
            "JWT_SECRET": self.secret,
            # Behaviour tests ask far more in a minute than a person does; what tests a limit sets it back.
            "RATE_LIMIT_FACTOR": "1000",
            # What it keeps on disk belongs to its database.
            "DATA_DIR": str(self.logs.parent / "data" / database),
            **settings,
        }
        return await Instance.start(
            self.commands, self.cluster, database, environment=environment, logs=self.logs, beside=beside
        )

    def _settings(self, settings: Mapping[str, Json]) -> dict[str, str]:
        names = {setting.key: setting.environment_name for setting in self.contract.settings}
        unknown = [key for key in settings if key not in names and not key.isupper()]
        if unknown:
            raise UnprovenError(f"the contract has no setting `{unknown[0]}`")
        # A key in capitals is a variable of the environment itself, as RATE_LIMIT_FACTOR.
        return {names.get(key, key): plain(value) for key, value in settings.items()}
