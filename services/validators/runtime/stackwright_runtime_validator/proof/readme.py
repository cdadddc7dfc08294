"""Follows the delivered README as somebody new would: each command that it shows, in its order, in a fresh copy."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stackwright.code.v1 import finding_pb2
from stackwright.handler.v1 import request_response_pb2
from stackwright_runtime_validator.proof.bench import Bench
from stackwright_runtime_validator.proof.commands import BACKEND, FRONTEND
from stackwright_runtime_validator.proof.processes import Server, run
from stackwright_runtime_validator.scenarios.client import Client, NoAnswerError, Request
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_sdk.validation import CheckRun

_READY_SECONDS = 90.0
_COMMAND_SECONDS = 240.0
_API = "http://127.0.0.1:3000"
_EMAIL = re.compile(r"[\w.]+@[\w.]+")
_ADDRESS = re.compile(r"http://(?:localhost|127\.0\.0\.1):\d+")
_FENCE = re.compile(r"^```(?P<kind>\w*)\s*$")
_SERVERS = ("dev", "start", "preview")
_SUITES = ("test", "build", "lint")
_NOT_HERE = {
    "docker": "there is no Docker in the sandbox",
    "backup": "it needs a database of one's own and the client programs of PostgreSQL, which are not here",
    "restore": "it needs a database of one's own and the client programs of PostgreSQL, which are not here",
}
_LEFT_OUT = ("node_modules", "dist", ".data", "coverage")


@dataclass(frozen=True)
class Step:
    """One command of the README, and the folder in which it stands, from the root of the project."""

    folder: str
    command: str

    @property
    def name(self) -> str:
        """What it is about: `install`, `dev`, `grant`, `docker`, `backup`."""
        words = [word for word in self.command.split() if word not in ("npm", "run")]
        return Path(words[0]).stem if words else "npm"

    @property
    def check(self) -> str:
        return ".".join(part for part in ("readme", self.folder, self.name) if part)


def steps(readme: str) -> list[Step]:
    """The commands of all shell blocks, fenced or indented, each once. `cd` holds to the end of its block."""
    found: dict[tuple[str, str], Step] = {}
    for block in _blocks(readme):
        folder = ""
        for line in block:
            command = re.split(r"\s+#\s", line.strip())[0].strip()
            if command.startswith("cd "):
                folder = command.removeprefix("cd ").strip("/ ")
            elif command and not command.startswith(("#", "export ")):
                step = Step(folder, command)
                found.setdefault((folder, step.name), step)
    return list(found.values())


def told(commands: Iterable[request_response_pb2.Command]) -> list[Step]:
    """The same while the README is not written yet: it is made of what the handlers tell, in this order."""
    known = {(command.directory.strip("/"), command.name): shlex.join(command.argv) for command in commands}
    wanted = [(half, name) for half in (BACKEND, FRONTEND) for name in ("install", *_SERVERS[:1], *_SUITES)]
    found = [Step(half, known[half, name]) for half, name in wanted if (half, name) in known]
    grant = known.get((BACKEND, "grant"), "")
    if grant:
        found.append(Step(BACKEND, f"{grant.removesuffix(' --')} -- you@example.com admin"))
    return found


def _blocks(text: str) -> Iterator[list[str]]:
    fence, lines = "", list[str]()
    for line in [*text.splitlines(), ""]:
        mark = _FENCE.match(line)
        if mark and not fence:
            fence, lines = mark["kind"] or "text", []
        elif mark:
            if fence in ("sh", "bash", "shell", "console"):
                yield lines
            fence, lines = "", []
        elif fence or line.startswith("    "):
            lines.append(line)
        elif lines:
            # An indented block is one of commands when it begins by going into a folder.
            if lines[0].strip().startswith("cd "):
                yield lines
            lines = []


class Follower:
    """States a check `readme.…` for each command."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._root = bench.place.root / "readme"
        self._tools = bench.place.root / "readme-tools"
        self._servers: list[Server] = []
        self._site = ""

    async def run(self) -> None:
        """Runs them all, suites only at level `audit`, since a proof has run these itself; ends what it started."""
        file = self._bench.place.delivered / "README.md"
        shown = steps(file.read_text("utf-8")) if file.is_file() else told(self._bench.start.commands)
        ignore = shutil.ignore_patterns(*_LEFT_OUT)
        await asyncio.to_thread(shutil.copytree, self._bench.place.delivered, self._root, ignore=ignore)
        await asyncio.to_thread(self._make_npm)
        try:
            for step in shown:
                if step.name not in _SUITES or self._bench.audit:
                    await self._follow(step)
        finally:
            for server in self._servers:
                await server.stop()

    def _make_npm(self) -> None:
        """The real npm of this Node under its name: the package that brings both has no script of it that starts."""
        self._tools.mkdir(exist_ok=True)
        cli = self._bench.place.node.parent / "lib/node_modules/npm/bin/npm-cli.js"
        script = self._tools / "npm"
        script.write_text(f'#!/bin/sh\nexec node "{cli}" "$@"\n', "utf-8")
        script.chmod(0o755)

    async def _follow(self, step: Step) -> None:
        async with self._bench.report.check(step.check, timeout_seconds=_COMMAND_SECONDS) as check:
            if step.name in _NOT_HERE:
                raise UnprovenError(_NOT_HERE[step.name])
            if step.name == "install":
                await self._install(check, step)
            elif step.name in _SERVERS:
                await self._serve(check, step)
            else:
                await self._command(check, step)

    async def _install(self, check: CheckRun, step: Step) -> None:
        # There is no registry here, so npm itself is not run: what the lock file names is linked, version by version.
        folder = self._root / step.folder
        done = await asyncio.to_thread(self._bench.toolchain.install, folder)
        check.passed = done.packages
        check.output = "npm install is stood in for by links to the same versions; there is no network"
        if done.problems:
            self._fail(check, step, done.problems[0])

    async def _serve(self, check: CheckRun, step: Step) -> None:
        argv = ["/bin/sh", "-c", f"exec {step.command}"]
        name = step.check.replace(".", "-")
        server = await Server.start(
            argv, cwd=self._root / step.folder, env=self._env(), logs=self._bench.place.logs, name=name
        )
        self._servers.append(server)
        until = time.monotonic() + _READY_SECONDS
        while time.monotonic() < until and server.running:
            if await self._answers(step, server):
                return
            await asyncio.sleep(0.2)
        check.output = server.tail()
        ended = "ended" if not server.running else f"does not answer within {_READY_SECONDS:g} s"
        self._fail(check, step, f"{ended}: {server.tail().strip()[-300:]}")

    async def _answers(self, step: Step, server: Server) -> bool:
        if step.folder == BACKEND:
            return await _status(_API, "/api/ready") == 200
        printed = _ADDRESS.search(re.sub(r"\x1b\[[0-9;]*m", "", server.stdout()))
        address = printed[0].replace("localhost", "127.0.0.1") if printed else ""
        if step.folder == FRONTEND and address and await _status(address, "/") == 200:
            # The page is served, and the API behind it.
            self._site = address
            return await _status(address, "/api/live") == 200
        return False

    async def _command(self, check: CheckRun, step: Step) -> None:
        if step.name == "grant":
            await self._register(step)
        argv = ["/bin/sh", "-c", step.command]
        finished = await run(argv, cwd=self._root / step.folder, env=self._env(), timeout_seconds=_COMMAND_SECONDS)
        check.output = finished.output
        if not finished.ok:
            self._fail(check, step, finished.why())

    async def _register(self, step: Step) -> None:
        """Somebody of the address that the command names registers first, as the README asks for."""
        operations = Operations(self._bench.start.contract)
        named = _EMAIL.search(step.command)
        if named is None or "register" not in operations:
            return
        route = operations.route("register")
        values = {"email": named[0], "name": "New Person", "password": "Quiet-harbour-3b1d55f0"}
        async with Client(self._site or _API) as client:
            try:
                answer = await client.send(Request(route.method, route.path, dict(values)))
            except NoAnswerError as error:
                raise UnprovenError(f"nobody could register: {error}") from error
        if answer.status >= 300:
            raise UnprovenError(f"nobody could register at {self._site or _API}: {answer.summary()}")

    def _env(self) -> dict[str, str]:
        root = self._bench.place.root
        return {
            "PATH": f"{self._tools}:{self._bench.place.path}",
            "HOME": str(root / "home"),
            "TMPDIR": str(root / "tmp"),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "npm_config_offline": "true",
            "npm_config_update_notifier": "false",
        }

    def _fail(self, check: CheckRun, step: Step, message: str) -> None:
        check.fail(message)
        self._bench.report.finding(
            tool="runtime",
            rule="readme-fails",
            severity=finding_pb2.SEVERITY_HIGH,
            gate=finding_pb2.GATE_MAINTAINABILITY,
            message=f"`{step.command}` in {step.folder or 'the project'}/, as the README says: {message}",
        )


async def _status(address: str, path: str) -> int:
    try:
        async with Client(address, timeout_seconds=5) as client:
            return (await client.send(Request("GET", path, headers={"Accept": "text/html, */*"}))).status
    except NoAnswerError:
        return 0
