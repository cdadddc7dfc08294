"""The runtime validator: prepares the sandbox, sends the trees in, and hands on what the proof inside says."""

from __future__ import annotations

import asyncio
import base64
import logging
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from stackwright.code.v1 import measurement_pb2
from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator import NAME, VERSION
from stackwright_runtime_validator.proof.place import Place
from stackwright_runtime_validator.proof.results import MEASURED_CHECKS, shows
from stackwright_runtime_validator.reuse import Reuse, key_of
from stackwright_runtime_validator.scratch import proof_folder, sweep
from stackwright_runtime_validator.tools import Tools, find_tools
from stackwright_sdk.postgres import PostgresServer
from stackwright_sdk.sandbox import Limits, Sandbox, SandboxError, SandboxSpec, confinement
from stackwright_sdk.validation import Project, ValidationJob

_log = logging.getLogger(__name__)

_MIB = 1024 * 1024
_PROOF_SECONDS = 900.0
_LIMITS = Limits(
    memory_bytes=6 * 1024 * _MIB,
    processes=3000,
    cpu_seconds=900,
    wall_seconds=_PROOF_SECONDS,
    scratch_bytes=4 * 1024 * _MIB,
    output_bytes=64 * _MIB,
)
_CHECKS = ("install.backend", "install.frontend", "migrate", "migrate.again", "boot", "routes.runtime")
_LATER_CHECKS = ("tests.backend", "tests.frontend", "behaviour")
_FULL_CHECKS = ("build.frontend", *MEASURED_CHECKS)


class RuntimeValidator:
    """Runs the application. One proof at a time, since a proof uses every processor and its times are measured."""

    def __init__(self, tools: Tools | None = None) -> None:
        self._tools = tools or find_tools()
        self._turn = asyncio.Lock()
        self._reuse = Reuse()
        self._ready: asyncio.Task[None] | None = None
        self._limitations: list[str] = []

    def warm_up(self) -> None:
        """Begins to find out what this machine can confine, and to unpack the browser; a proof waits for both."""
        self._ready = self._ready or asyncio.create_task(self._prepare())

    async def close(self) -> None:
        """Waits for what `warm_up` began: its programs end by themselves within seconds."""
        if self._ready:
            await asyncio.wait([self._ready])

    async def _prepare(self) -> None:
        if swept := await asyncio.to_thread(sweep):
            _log.info("removed %d folders of proofs that were killed", len(swept))
        found = await confinement()
        if found.proof_refused:
            self._limitations.append(found.proof_refused)
        elif found.level:
            self._limitations.append(f"sandbox: {found.level.value}")
        await self._tools.prepare()
        self._limitations += self._tools.limitations

    def describe(self) -> request_response_pb2.ValidatorDescription:
        """Say what it does, and what it cannot do here."""
        return request_response_pb2.ValidatorDescription(
            name=NAME,
            version=VERSION,
            from_level=measurement_pb2.PROOF_LEVEL_RUN,
            tools=["postgresql", "vitest", "pytest", "chromium", "playwright"],
            limitations=self._limitations,
        )

    async def said(
        self, job: ValidationJob, lines: tuple[str, ...] = ()
    ) -> AsyncIterator[request_response_pb2.ValidateResponse]:
        """Everything that the proof says, as it says it; the result message is the caller's.

        With `lines`, such as `authentication:2`, only their behaviour tests are run.
        """
        if job.start.proof < measurement_pb2.PROOF_LEVEL_RUN:
            return
        self.warm_up()
        if self._ready:
            await self._ready
        refused = (await confinement()).proof_refused or self._tools.lacking
        if refused:
            for said in unproven(job, f"not run: {refused}"):
                yield said
            return
        async with self._turn:
            key = "" if lines else await asyncio.to_thread(key_of, job, self._tools, str((await confinement()).level))
            if before := self._reuse.find(key):
                for said in before:
                    yield said
                return
            told: list[request_response_pb2.ValidateResponse] = []
            try:
                async for said in self._prove(job, lines):
                    told.append(said)
                    yield said
            except SandboxError as error:
                said_checks = {said.check.name for said in told if said.HasField("check")}
                for said in unproven(job, f"the proof broke off: {error}", said_checks):
                    yield said
                return
            if key:
                self._reuse.keep(key, told)

    async def _prove(
        self, job: ValidationJob, lines: tuple[str, ...]
    ) -> AsyncIterator[request_response_pb2.ValidateResponse]:
        # Read by another user inside.
        with proof_folder() as folder:
            (folder / "start.binpb").write_bytes(job.start.SerializeToString())
            (folder / "behaviour").mkdir()
            job.behaviour.write_to(folder / "behaviour")
            spec = SandboxSpec(read_only=(folder, *self._tools.read_only), limits=_LIMITS)
            async with Sandbox(spec) as box:
                await box.put(_files(job.delivered), "delivered")
                await box.put(_files(job.probe), "probe")
                port = await box.free_port()
                async with PostgresServer(box, port=port):
                    async for said in _run(box, self._tools.place(Path(box.root), folder, port, lines)):
                        yield said


async def _run(box: Sandbox, place: Place) -> AsyncIterator[request_response_pb2.ValidateResponse]:
    argv = [sys.executable, "-m", "stackwright_runtime_validator.proof", place.encode()]
    # Playwright's own driver is Node too; it must not look for browsers to download.
    env = {"PATH": place.path, "PYTHONDONTWRITEBYTECODE": "1", "PLAYWRIGHT_BROWSERS_PATH": "0"}
    process = await box.start(argv, env=env, pipe=True)
    if process.stdout_stream is None:
        raise SandboxError("the proof has no output")
    async for line in _lines(process.stdout_stream):
        yield request_response_pb2.ValidateResponse.FromString(base64.b64decode(line, validate=True))
    code = await process.wait()
    await process.drained()
    if code:
        said = process.output().decode("utf-8", "replace").strip()
        raise SandboxError(f"the proof ended with status {code}: {said[-1500:]}")


async def _lines(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    rest = b""
    while chunk := await stream.read(65536):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line


def _files(project: Project) -> dict[str, bytes]:
    return {path: file.content for path, file in project.files.items()}


def unproven(
    job: ValidationJob, reason: str, said: set[str] | frozenset[str] = frozenset()
) -> list[request_response_pb2.ValidateResponse]:
    """What is said when nothing ran: every check not said yet and every line, unverified with the reason."""
    state = measurement_pb2.CHECK_STATE_UNVERIFIED
    full = job.start.proof >= measurement_pb2.PROOF_LEVEL_FULL
    answers = [
        request_response_pb2.ValidateResponse(check=measurement_pb2.Check(name=name, state=state, message=reason))
        for name in (*_CHECKS, *_LATER_CHECKS, *(_FULL_CHECKS if full else ()))
        if name not in said
    ]
    if "behaviour" not in said:
        answers += [
            request_response_pb2.ValidateResponse(show=show) for show in shows(job.start.probe_contract, [], reason)
        ]
    return answers
