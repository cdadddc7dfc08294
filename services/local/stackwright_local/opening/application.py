"""Runs a generated application in a sandbox: PostgreSQL, back end, and the built front end with `/api` behind it.

Everything lies in the sandbox's own scratch folder and ends with it, whatever it started: nothing is written where the
project was delivered, and no process outlives the command.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright_local.opening.mails import Mailbox
from stackwright_runtime_validator.proof.dependencies import valkey_program
from stackwright_sdk.node import node_home, node_modules, read_only_tools
from stackwright_sdk.postgres import PostgresServer
from stackwright_sdk.sandbox import Limits, Sandbox, SandboxError, SandboxProcess, SandboxSpec

_MIB = 1024 * 1024
_DATABASE = "application"
_DATA = "data"
_BUILD_SECONDS, _START_SECONDS, _COMMAND_SECONDS = 300.0, 60.0, 60.0
_READY = (
    "const until = Date.now() + Number(process.argv[2]) * 1000;"
    "for (;;) {"
    "  const answer = await fetch(process.argv[1]).catch(() => undefined);"
    "  if (answer?.ok) process.exit(0);"
    "  if (Date.now() > until) process.exit(1);"
    "  await new Promise((resolve) => setTimeout(resolve, 50));"
    "}"
)
# As long as the person looks at it, and as much as development needs.
_LIMITS = Limits(processes=1024, cpu_seconds=0, wall_seconds=0, scratch_bytes=4096 * _MIB, file_bytes=0)


class StartError(Exception):
    """A part of the application did not start; the message says which, and the end of what it said."""


@dataclass(frozen=True)
class Application:
    """One that serves. `port` is the site's inside the sandbox, or that of the back end if there is no site."""

    box: Sandbox
    port: int
    parts: Mapping[str, SandboxProcess]
    """What must go on running, by its name in a sentence."""
    environment: Mapping[str, str]
    mails: Mailbox

    async def grant(self, email: str, role: str) -> None:
        """Give a person a role with the application's own command."""
        script = f'{_script(await self.box.read("backend/package.json"), "grant")} "$@"'
        argv = ["/bin/sh", "-c", script, "sh", email, role]
        done = await self.box.run(argv, cwd="backend", env=self.environment, timeout=_COMMAND_SECONDS)
        if not done.ok:
            raise StartError(f"`npm run grant` failed: {_end_of(done.text)}")

    async def seed(self) -> None:
        """Add its example rows; a project without them has no such command."""
        if seed := _script(await self.box.read("backend/package.json"), "seed", needed=False):
            argv = ["/bin/sh", "-c", seed]
            done = await self.box.run(argv, cwd="backend", env=self.environment, timeout=_COMMAND_SECONDS)
            if not done.ok:
                raise StartError(f"`npm run seed` failed: {done.detail or _end_of(done.text)}")

    async def ended(self) -> str:
        """Wait until a part ends by itself, and say which, with the end of what it said."""
        waiting = {asyncio.ensure_future(process.wait()): name for name, process in self.parts.items()}
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            name = waiting[next(iter(done))]
            return f"{name} ended by itself: {_end_of(self.parts[name].output().decode(errors='replace'))}"
        finally:
            for task in waiting:
                task.cancel()


@contextlib.asynccontextmanager
async def started(files: list[SourceFile], address: str, *, redis: bool) -> AsyncIterator[Application]:
    """Build and start it, with a Valkey if it is made for Redis; `address` is where people will reach it.

    Raises StartError when a part of the project fails, SandboxError when this machine cannot confine it.
    """
    async with _unpacked(files, redis=redis) as box:
        # Side by side: the build takes longest, and the back end brings its database up to date meanwhile.
        building = asyncio.create_task(_build(box))
        try:
            async with _serving(box, address, {}, redis=redis) as api:
                await building
                port = await box.free_port()
                site = await box.start(
                    ["vite", "preview", "--host", "127.0.0.1", "--port", str(port), "--strictPort"], cwd="frontend",
                    env={**_tools(box), "BACKEND_URL": f"http://127.0.0.1:{api.port}", "PORT": str(port)},
                )  # fmt: skip
                await _listening(box, port, site, "the front end")
                yield replace(api, port=port, parts={**api.parts, "the front end": site})
                await site.stop()
        finally:
            building.cancel()
            await asyncio.gather(building, return_exceptions=True)


@contextlib.asynccontextmanager
async def started_api(
    files: list[SourceFile], address: str, settings: Mapping[str, str], *, redis: bool
) -> AsyncIterator[Application]:
    """Start its back end alone, with `settings` in its environment; else as `started`."""
    async with _unpacked(files, redis=redis) as box, _serving(box, address, settings, redis=redis) as api:
        yield api


@contextlib.asynccontextmanager
async def _unpacked(files: list[SourceFile], *, redis: bool) -> AsyncIterator[Sandbox]:
    programs = (valkey_program().parent,) if redis else ()
    async with Sandbox(SandboxSpec(read_only=(*read_only_tools(), *programs), limits=_LIMITS)) as box:
        await box.put({file.path: file.content for file in files})
        for half in ("backend", "frontend"):
            await _link_packages(box, half)
        yield box


@contextlib.asynccontextmanager
async def _serving(
    box: Sandbox, address: str, settings: Mapping[str, str], *, redis: bool
) -> AsyncIterator[Application]:
    """Its back end, with the servers that it uses."""
    database_port, port = [await box.free_port() for _ in range(2)]
    async with PostgresServer(box, port=database_port) as postgres:
        await postgres.create_database(_DATABASE)
        environment = {
            **_tools(box),
            "NODE_ENV": "development",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "DATABASE_URL": postgres.inside_dsn(_DATABASE),
            "APP_URL": address,
            "DATA_DIR": f"{box.root}/{_DATA}",
            # An account for each role comes from one address.
            "RATE_LIMIT_FACTOR": "10",
            **settings,
        }
        parts: dict[str, SandboxProcess] = {}
        if redis:
            redis_port, parts["Redis"] = await _valkey(box)
            environment["REDIS_URL"] = f"redis://127.0.0.1:{redis_port}"
        parts["the back end"] = await _backend(box, port, environment)
        yield Application(box, port, parts, environment, Mailbox(box, _DATA))
        await asyncio.gather(*(process.stop() for process in parts.values()))


def _tools(box: Sandbox) -> dict[str, str]:
    programs = f"{box.root}/backend/node_modules/.bin:{box.root}/frontend/node_modules/.bin"
    return {"PATH": f"{node_home()}/bin:{programs}:/usr/local/bin:/usr/bin:/bin", "NO_COLOR": "1"}


async def _link_packages(box: Sandbox, half: str) -> None:
    # A folder with a link for each package: tools keep their own things beside them.
    script = 'mkdir -p node_modules && ln -s "$1"/* "$1"/.bin node_modules/'
    done = await box.run(["/bin/sh", "-c", script, "sh", str(node_modules())], cwd=half)
    if not done.ok:
        raise SandboxError(f"the packages of {half} were not linked: {done.text[-300:]}")


async def _build(box: Sandbox) -> None:
    done = await box.run(["vite", "build"], cwd="frontend", env=_tools(box), timeout=_BUILD_SECONDS)
    if not done.ok:
        raise StartError(f"the front end cannot be built: {done.detail or _end_of(done.text)}")


async def _backend(box: Sandbox, port: int, environment: Mapping[str, str]) -> SandboxProcess:
    manifest = await box.read("backend/package.json")
    process = await box.start(["/bin/sh", "-c", f"exec {_script(manifest, 'start')}"], cwd="backend", env=environment)
    await _listening(box, port, process, "the back end")
    ready = ["node", "--input-type=module", "-e", _READY, f"http://127.0.0.1:{port}/api/ready", str(_START_SECONDS)]
    if not (await box.run(ready, env=environment, timeout=_START_SECONDS + 5)).ok:
        said = _end_of(process.output().decode(errors="replace"))
        raise StartError(f"the back end is not ready after {_START_SECONDS:g} s: {said}")
    return process


async def _valkey(box: Sandbox) -> tuple[int, SandboxProcess]:
    """Start a Valkey, which speaks Redis' protocol, and give its port."""
    port = await box.free_port()
    argv = [str(valkey_program()), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = await box.start(argv, cwd=".", env=_tools(box))
    await _listening(box, port, process, "Redis")
    return port, process


async def _listening(box: Sandbox, port: int, process: SandboxProcess, name: str) -> None:
    try:
        await box.wait_for(port, process, _START_SECONDS)
    except SandboxError:
        said = _end_of(process.output().decode(errors="replace"))
        raise StartError(f"{name} did not start: {said}") from None


def _script(manifest: bytes, name: str, *, needed: bool = True) -> str:
    try:
        found = json.loads(manifest)["scripts"].get(name, "")
    except (ValueError, KeyError, AttributeError, TypeError):
        found = ""
    if needed and not (isinstance(found, str) and found):
        raise StartError(f"backend/package.json has no script `{name}`")
    return str(found)


def _end_of(said: str) -> str:
    """The last lines that are not of a stack, on one line."""
    lines = [line.strip() for line in said.splitlines()]
    told = [line for line in lines if line and not line.startswith(("at ", "Node.js v", "^"))]
    return " / ".join(told[-3:])[-600:] or "it said nothing"
