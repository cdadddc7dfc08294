"""One started application on a database of its own, and what behaviour tests may do to it."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Mapping
from pathlib import Path

from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.commands import BACKEND, Commands, Runnable
from stackwright_runtime_validator.proof.dependencies import Dependencies
from stackwright_runtime_validator.proof.processes import Finished, Server, free_port, run
from stackwright_runtime_validator.scenarios.client import Client, NoAnswerError, Request
from stackwright_runtime_validator.scenarios.controls import Mail, UnprovenError

# What an application refuses to start without in production. They live as long as the proof.
SECRETS = {"JWT_SECRET": "x" * 40, "ENCRYPTION_KEYS": f"proof:{base64.b64encode(b'x' * 32).decode()}"}
_TABLES = """
SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_BOOT_SECONDS = 30.0
_COMMAND_SECONDS = 60.0
_POLL_SECONDS = 0.02


class BootError(Exception):
    """The application did not become ready; the message holds what it said."""


class Instance:
    """A process of the back end. It implements `Controls`, so scenarios can be run against it."""

    def __init__(
        self,
        server: Server,
        port: int,
        database: str,
        cluster: Cluster,
        commands: Commands,
        beside: Dependencies | None = None,
    ) -> None:
        self._server = server
        self._commands = commands
        self._beside = beside or Dependencies()
        self._log_begins = 0
        self.disturbed = False
        """Whether it was ended, lost a server, or may have, so that it is not what it was."""
        self.cluster = cluster
        self.database = database
        self.port = port
        self.boot_milliseconds = 0.0
        self.data_folder = Path()
        """What it keeps on disk lies here, unless its environment named no folder."""

    @classmethod
    async def start(
        cls,
        commands: Commands,
        cluster: Cluster,
        database: str,
        *,
        environment: Mapping[str, str],
        logs: Path,
        beside: Dependencies | None = None,
    ) -> Instance:
        """Starts it and waits until `/api/ready` answers 200. Raises BootError when it does not within 30 s.

        `beside` are the other servers that it uses; who started them ends them.
        """
        command = commands.find("start", BACKEND)
        if command is None:
            raise BootError("the back end's handler told no command `start`")
        port = free_port()
        env = {
            **command.env,
            **(beside.environment if beside else {}),
            **environment,
            "DATABASE_URL": cluster.url(database),
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }
        started = time.monotonic()
        try:
            server = await Server.start(command.argv, cwd=command.cwd, env=env, logs=logs, name=f"{database}-{port}")
        except OSError as error:
            raise BootError(f"`{command.shown()}` could not be started: {error.strerror}") from error
        instance = cls(server, port, database, cluster, commands, beside)
        instance.data_folder = Path(environment.get("DATA_DIR", ""))
        try:
            await instance._ready()
        except BaseException:
            await server.stop(grace_seconds=0)
            raise
        instance.boot_milliseconds = (time.monotonic() - started) * 1000
        return instance

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        return self._server.running

    def log_text(self) -> str:
        return self._server.stdout(self._log_begins)

    def tail(self) -> str:
        """The end of both outputs, for a person."""
        return self._server.tail()

    async def stop(self) -> bool:
        """Asks it to end as an operator would; true when it ended in time with status 0."""
        self.disturbed = True
        return await self._server.stop()

    async def kill(self) -> None:
        """Ends it without a word, as a machine that loses its power."""
        self.disturbed = True
        await self._server.stop(grace_seconds=0, ask=False)

    @property
    def beside(self) -> Dependencies:
        """The servers that it uses beside its database. Who asks for them may change them."""
        self.disturbed = True
        return self._beside

    async def forget(self) -> None:
        """Forgets what it wrote and what its other servers hold; its database is its caller's to restore."""
        self._log_begins = self._server.written()
        await self._beside.empty()
        await asyncio.to_thread(_delete_files, self.data_folder)

    def mails(self, address: str) -> list[Mail]:
        return self._beside.mails(address)

    async def kept(self, text: str) -> list[str]:
        connection = await self.cluster.connect(self.database)
        try:
            found = []
            for (name,) in await connection.fetch(_TABLES):
                # Its name comes quoted from the database.
                statement = f"SELECT EXISTS (SELECT FROM {name} AS t WHERE strpos(t::text, $1) > 0)"  # noqa: S608
                if await connection.fetchval(statement, text):
                    found.append(name)
            return found
        finally:
            await connection.close()

    async def grant(self, email: str, role: str) -> None:
        finished = await self.command("grant", email, role)
        if not finished.ok:
            raise UnprovenError(f"the role {role} could not be given: {finished.why()}")

    async def command(self, name: str, *arguments: str) -> Finished:
        """Runs another command of the back end on the same database."""
        command = self._commands.find(name, BACKEND)
        if command is None:
            raise UnprovenError(f"the back end's handler told no command `{name}`")
        return await run_backend(command, self.cluster.url(self.database), *arguments)

    async def fault(self, dependency: str, *, down: bool) -> None:
        self.disturbed = True
        if dependency == "database":
            await self.cluster.allow(self.database, connections=not down)
        else:
            await self._beside.fault(dependency, down=down)

    async def _ready(self) -> None:
        deadline = time.monotonic() + _BOOT_SECONDS
        said = "no answer"
        # Asked for its port first, which costs a tenth of a request.
        while self._server.running and time.monotonic() < deadline and not await _listens(self.port):  # noqa: ASYNC110
            await asyncio.sleep(_POLL_SECONDS)
        async with Client(self.base_url, timeout_seconds=5) as client:
            while time.monotonic() < deadline:
                if not self._server.running:
                    raise BootError(f"the application ended before it was ready: {self.tail().strip()[-1500:]}")
                try:
                    answer = await client.send(Request("GET", "/api/ready"))
                except NoAnswerError:
                    await asyncio.sleep(_POLL_SECONDS)
                    continue
                if answer.status == 200:
                    return
                said = answer.summary()
                await asyncio.sleep(_POLL_SECONDS * 5)
        raise BootError(
            f"/api/ready did not answer 200 within {_BOOT_SECONDS:g} s ({said}): {self.tail().strip()[-1500:]}"
        )


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def _delete_files(folder: Path) -> None:
    """Its folders stay: an application may make them only once."""
    if folder != Path():
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink(missing_ok=True)


async def run_backend(
    command: Runnable,
    database_url: str,
    *arguments: str,
    timeout_seconds: float = _COMMAND_SECONDS,
    environment: str = "production",
) -> Finished:
    """Runs a command of the back end on a database, as an operator would in production unless another is named."""
    argv = command.argv
    if arguments:
        # A script is one shell line; further words become its positional parameters.
        argv = (
            (*argv[:2], f'{argv[2]} "$@"', "sh", *arguments) if argv[:2] == ("/bin/sh", "-c") else (*argv, *arguments)
        )
    env = {**command.env, "DATABASE_URL": database_url, "NODE_ENV": environment, **SECRETS}
    return await run(argv, cwd=command.cwd, env=env, timeout_seconds=timeout_seconds)
