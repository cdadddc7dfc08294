"""The sandbox that everything which runs generated code goes through."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import posixpath
import shutil
import signal
import socket
import tarfile
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from stackwright_sdk.sandbox.agent import Request
from stackwright_sdk.sandbox.cgroup import ControlGroup
from stackwright_sdk.sandbox.control import Control
from stackwright_sdk.sandbox.launch import ROOT, Level, launch
from stackwright_sdk.sandbox.process import Capture, Pipes, SandboxProcess, first
from stackwright_sdk.sandbox.spec import Outcome, RunResult, SandboxError, SandboxSpec
from stackwright_sdk.sandbox.users import own_uid

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
                "start", process.number, list(argv), self._environment(env), posixpath.join(self.root, cwd)
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
            feeding = asyncio.ensure_future(_feed(process.stdin, input or b""))
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
        outcome, detail = Outcome.EXITED, ""
        if limit.done() and limit.result():
            outcome, detail = Outcome.LIMIT, limit.result()
        elif self._memory_kills() > kills:
            outcome, detail = (
                Outcome.LIMIT,
                f"memory: the kernel ended a process, limit {self.spec.limits.memory_bytes}",
            )
        elif out.full.is_set() or err.full.is_set():
            outcome, detail = Outcome.OUTPUT, f"more than {self.spec.limits.output_bytes} bytes of output"
        elif not ended:
            outcome, detail = Outcome.TIMEOUT, f"not done after {timeout:g} s"
        return RunResult(outcome, code, out.bytes(), err.bytes(), time.monotonic() - began, detail)

    async def put(self, files: Mapping[str, bytes], folder: str = "") -> None:
        """Write files (path relative to `folder`, which is relative to the scratch folder; folders are made)."""
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w") as tar:
            for name, content in files.items():
                path = posixpath.normpath(posixpath.join(folder, name))
                if path.startswith(("/", "../")):
                    raise SandboxError(f"{name!r} lies outside the scratch folder")
                member = tarfile.TarInfo(path)
                member.size = len(content)
                member.mode = 0o755 if content.startswith(b"#!") else 0o644
                tar.addfile(member, io.BytesIO(content))
        result = await self.run(["tar", "-x", "-f", "-", "-C", self.root], input=archive.getvalue())
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
        # Held here: a loop holds its tasks weakly, and one that waits for a silent peer is held by nothing else.
        connections: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(serve(reader, writer))
            connections.add(task)
            task.add_done_callback(connections.discard)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.closing(writer):
                try:
                    inner_reader, inner_writer = await asyncio.open_connection(sock=await self.dial(address))
                except (SandboxError, OSError):
                    return
                with contextlib.closing(inner_writer):
                    await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))

        if path:
            server = await asyncio.start_unix_server(accept, path)
        else:
            server = await asyncio.start_server(accept, "127.0.0.1", 0)
        try:
            yield 0 if path else server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in connections:
                task.cancel()
            await asyncio.gather(*connections, return_exceptions=True)

    async def _open(self, level: Level) -> None:
        uid = self._stack.enter_context(own_uid())
        if level is Level.LANDLOCK:
            # Outside namespaces a user must be one that this machine knows by name: some programs ask.
            uid = uid and _NOBODY
            self.root = self._make_scratch(uid)
        limits = self.spec.limits
        self._group = ControlGroup(limits.memory_bytes, limits.processes)
        self._stack.callback(self._group.close)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = Control(ours, self._ended)
        with theirs, launch(level, self.spec, self.root, uid, theirs.fileno()) as ready:
            agent = await asyncio.create_subprocess_exec(
                *ready.argv,
                pass_fds=ready.descriptors,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env={},
                # Ctrl-C is for this process, which ends the sandbox when nothing waits for it any more.
                start_new_session=True,
            )
        self._stack.push_async_callback(self._close, agent)
        if (
            not await first(self._control.ready, self._control.ended, timeout=_START_SECONDS)
            or self._control.ended.done()
        ):
            with contextlib.suppress(ProcessLookupError):
                agent.kill()
            said = (await agent.stderr.read()).decode(errors="replace").strip() if agent.stderr else ""
            raise SandboxError(f"{level.value} refused: {said[-500:] or 'no answer'}")
        self._group.add(_family(agent.pid))

    def _make_scratch(self, uid: int) -> str:
        folder = tempfile.mkdtemp(prefix="stackwright-")
        self._stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if uid:
            os.chown(folder, uid, uid)
        return folder

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

    def _environment(self, extra: Mapping[str, str] | None) -> dict[str, str]:
        base = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": self.root,
            "TMPDIR": self.root,
            "LANG": "C.UTF-8",
            "TZ": "UTC",
        }
        return base | dict(extra or {})


async def _feed(writer: asyncio.StreamWriter, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        writer.write(data)
        await writer.drain()
    writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


def _family(pid: int) -> list[int]:
    """A process and what it started; the agent has started nothing yet."""
    found = [pid]
    for known in found:
        with contextlib.suppress(OSError):
            found += [int(child) for child in Path(f"/proc/{known}/task/{known}/children").read_text().split()]
    return found
