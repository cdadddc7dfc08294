"""The sandbox that everything which runs generated code goes through."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import posixpath
import signal
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from stackwright_sdk.sandbox.agent import Request
from stackwright_sdk.sandbox.cgroup import ControlGroup, family
from stackwright_sdk.sandbox.control import Control
from stackwright_sdk.sandbox.forwarding import forwarded
from stackwright_sdk.sandbox.launch import ROOT, Level, launch, started
from stackwright_sdk.sandbox.packing import packed
from stackwright_sdk.sandbox.process import Capture, Pipes, SandboxProcess, environment, feed, first
from stackwright_sdk.sandbox.spec import Outcome, RunResult, SandboxError, SandboxSpec
from stackwright_sdk.sandbox.users import own_uid, scratch_of

_START_SECONDS = 10
_NOBODY = 65534


class Sandbox:
    """Long-lived: the processes started in it see each other, one loopback and one scratch folder, and nothing else.

    Use as `async with Sandbox(spec) as box`. `level` comes from `probe.best_level()` unless given.
    """

    def __init__(self, spec: SandboxSpec | None = None, *, level: Level | None = None) -> None:
        self.spec = spec or SandboxSpec()
        self._level = level
        self._stack = contextlib.AsyncExitStack()
        self._processes: dict[int, SandboxProcess] = {}
        self._control: Control | None = None
        self._group: ControlGroup | None = None
        self.root = ROOT
        """The scratch folder as its processes see it: an absolute path."""

    async def __aenter__(self) -> Self:
        if self._level is None:
            from stackwright_sdk.sandbox.probe import level_for  # the probe opens sandboxes itself

            self._level = await level_for(self.spec)
        try:
            await self._open(self._level)
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def start(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: str = "",
        pipe: bool = False,
    ) -> SandboxProcess:
        """Start a process. `cwd` is relative to the scratch folder; `env` is added to a minimal one of the sandbox.

        With `pipe` standard input and output are the caller's (`stdin`, `stdout_stream`); else there is no input and
        all output is captured. Raises SandboxError when it cannot be started.
        """
        control = self._open_control()
        process = SandboxProcess(control.number(), self._signal)
        pipes = Pipes(write=pipe)
        try:
            request = Request(
                "start", process.number, list(argv), environment(self.root, env), posixpath.join(self.root, cwd)
            )
            self._processes[process.number] = process
            started, _ = await control.ask(request, pipes.theirs)
            process.pid = started.number
            if pipe:
                process.stdin = await pipes.writer()
                process.stdout_stream = await pipes.reader()
            else:
                process.captured.append(Capture(await pipes.reader(), self.spec.limits.output_bytes))
            process.captured.append(Capture(await pipes.reader(), self.spec.limits.output_bytes))
        except BaseException:
            self._processes.pop(process.number, None)
            raise
        finally:
            pipes.close()
        return process

    async def run(
        self,
        argv: Sequence[str],
        *,
        input: bytes | None = None,  # noqa: A002 - as in subprocess.run
        env: Mapping[str, str] | None = None,
        cwd: str = "",
        timeout: float = 60,
    ) -> RunResult:
        """Run a command to its end. It is killed after `timeout` seconds and when it writes more than the limit.

        A command that fails is a result, not an error; SandboxError is raised only when it cannot be started.
        """
        began = time.monotonic()
        kills = self._memory_kills()
        process = await self.start(argv, env=env, cwd=cwd, pipe=input is not None)
        if process.stdout_stream and process.stdin:
            process.captured.insert(0, Capture(process.stdout_stream, self.spec.limits.output_bytes))
            feeding = asyncio.ensure_future(feed(process.stdin, input or b""))
        else:
            feeding = None
        out, err = process.captured
        ended = await first(process.wait(), out.full.wait(), err.full.wait(), timeout=timeout)
        process.signal(signal.SIGKILL)
        code = await process.wait()
        await process.drained()
        if feeding:
            feeding.cancel()
        limit = self._open_control(ended_too=True).ended
        over = limit.result() if limit.done() else ""
        if not over and self._memory_kills() > kills:
            over = f"memory: the kernel ended a process, limit {self.spec.limits.memory_bytes}"
        outcome, detail = Outcome.EXITED, ""
        if over:
            outcome, detail = Outcome.LIMIT, over
        elif out.full.is_set() or err.full.is_set():
            outcome, detail = Outcome.OUTPUT, f"more than {self.spec.limits.output_bytes} bytes of output"
        elif not ended:
            outcome, detail = Outcome.TIMEOUT, f"not done after {timeout:g} s"
        return RunResult(outcome, code, out.bytes(), err.bytes(), time.monotonic() - began, detail)

    async def put(self, files: Mapping[str, bytes], folder: str = "") -> None:
        """Write files (path relative to `folder`, which is relative to the scratch folder; folders are made)."""
        result = await self.run(["tar", "-x", "-f", "-", "-C", self.root], input=packed(files, folder))
        if not result.ok:
            raise SandboxError(f"files were not written: {result.detail or result.text.strip()[-500:]}")

    async def read(self, path: str) -> bytes:
        """A file's content, at most the output limit; `path` is relative to the scratch folder. Raises SandboxError."""
        result = await self.run(["/bin/cat", "--", posixpath.join(self.root, path)])
        if not result.ok:
            raise SandboxError(f"{path} was not read: {result.detail or result.text.strip()[-500:]}")
        return result.stdout

    async def free_port(self) -> int:
        """A TCP port of the sandbox's loopback that nothing listens on now."""
        control = self._open_control()
        event, _ = await control.ask(Request("port", control.number()))
        return event.number

    async def dial(self, address: int | str) -> socket.socket:
        """A non-blocking connection to a port of 127.0.0.1 inside, or to a socket file in the scratch folder.

        Raises SandboxError when nothing listens.
        """
        control = self._open_control()
        port, path = (address, "") if isinstance(address, int) else (0, posixpath.join(self.root, address))
        _, descriptors = await control.ask(Request("dial", control.number(), number=port, path=path))
        return socket.socket(fileno=descriptors[0])

    async def wait_for(self, address: int | str, process: SandboxProcess, timeout: float = 30) -> None:
        """Wait until something listens. Raises SandboxError at the timeout, or, with its output, if `process` ends."""
        until = time.monotonic() + timeout
        while True:
            if not process.running:
                await process.drained()
                text = process.output().decode(errors="replace")[-2000:]
                raise SandboxError(f"the process ended with status {await process.wait()} before it listened: {text}")
            try:
                (await self.dial(address)).close()
            except SandboxError:
                if time.monotonic() > until:
                    raise SandboxError(f"nothing listens on {address} after {timeout:g} s") from None
                await asyncio.sleep(0.02)
            else:
                return

    @contextlib.asynccontextmanager
    async def forward(self, address: int | str, path: Path | None = None) -> AsyncIterator[int]:
        """Lets clients of this machine reach `address` (as for `dial`): by the port given, of 127.0.0.1, or by `path`.

        `path` is a socket file to make; its folder decides who may connect, and the port given is then 0.
        """
        async with forwarded(functools.partial(self.dial, address), path) as port:
            yield port

    async def _open(self, level: Level) -> None:
        uid = self._stack.enter_context(own_uid())
        if level is Level.LANDLOCK:
            # Outside namespaces a user must be one that this machine knows by name: some programs ask.
            uid = uid and _NOBODY
            self.root = self._stack.enter_context(scratch_of(uid))
        limits = self.spec.limits
        self._group = ControlGroup(limits.memory_bytes, limits.processes)
        self._stack.callback(self._group.close)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = Control(ours, self._ended)
        with theirs, launch(level, self.spec, self.root, uid, theirs.fileno()) as ready:
            agent = await started(ready)
        self._stack.push_async_callback(self._close, agent)
        if (
            not await first(self._control.ready, self._control.ended, timeout=_START_SECONDS)
            or self._control.ended.done()
        ):
            with contextlib.suppress(ProcessLookupError):
                agent.kill()
            said = (await agent.stderr.read()).decode(errors="replace").strip() if agent.stderr else ""
            raise SandboxError(f"{level.value} refused: {said[-500:] or 'no answer'}")
        self._group.add(family(agent.pid))

    async def _close(self, agent: asyncio.subprocess.Process) -> None:
        self._open_control(ended_too=True).close()
        try:
            await asyncio.wait_for(agent.wait(), 10)
        except TimeoutError:
            agent.kill()
            await agent.wait()
        for process in list(self._processes.values()):
            self._ended(process.number, -signal.SIGKILL)
            await process.drained()

    def _memory_kills(self) -> int:
        return self._group.memory_kills() if self._group else 0

    def _open_control(self, *, ended_too: bool = False) -> Control:
        if self._control is None:
            raise SandboxError("the sandbox is not open; use `async with`")
        if not ended_too and self._control.ended.done():
            raise self._control.gone()
        return self._control

    def _ended(self, number: int, code: int) -> None:
        process = self._processes.pop(number, None)
        if process and not process.code.done():
            process.code.set_result(code)

    def _signal(self, number: int, signal_number: int) -> None:
        with contextlib.suppress(SandboxError):
            self._open_control().send(Request("signal", number, number=signal_number))
