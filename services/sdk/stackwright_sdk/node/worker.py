"""A Node process that stays warm and answers calls, one line of JSON each way."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from stackwright_sdk.node.toolchain import cache_folder, node_binary, toolchain_root

_HOST = Path(__file__).with_name("host.mjs")
_LINE_BYTES = 256 * 1024 * 1024
_REMEMBERED_LINES = 40

Result = TypeVar("Result")


class NodeCallError(Exception):
    """The function that was called threw; the message is its own."""


class NodeWorkerError(Exception):
    """The worker died or did not answer in time; the next call starts a new one."""


@dataclass(frozen=True)
class _Answer:
    id: int
    result: Any = None  # validated against the caller's type
    error: str | None = None


_answers = TypeAdapter(_Answer)


class NodeWorker:
    """Calls the exported functions of one JavaScript module (`.mjs`), which may import any package of the toolchain.

    Starts with the first call, serves calls at the same time, and belongs to one event loop. The process ends with
    `close()`, and with this process.
    """

    def __init__(self, module: Path, *, heap_mib: int = 1024) -> None:
        self._module = module
        self._heap_mib = heap_mib
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[_Answer]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._said: deque[str] = deque(maxlen=_REMEMBERED_LINES)
        self._starting = asyncio.Lock()

    async def call(self, method: str, params: object, result: type[Result], *, timeout: float = 60) -> Result:
        """Call `method` with `params` (a dataclass) and give its answer, checked against the type `result`.

        Raises NodeCallError when the function threw, NodeWorkerError when the worker died or was too slow.
        """
        process = await self._running()
        number = next(self._numbers)
        answer: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        message = {"id": number, "method": method, "params": asdict(params)}  # type: ignore[call-overload] # any dataclass
        try:
            if not process.stdin:
                raise NodeWorkerError("the worker has no input")
            process.stdin.write(json.dumps(message).encode() + b"\n")
            await process.stdin.drain()
            got = await asyncio.wait_for(answer, timeout)
        except TimeoutError:
            await self.close()
            raise NodeWorkerError(f"{self._module.stem}.{method} did not answer in {timeout:g} s") from None
        except (BrokenPipeError, ConnectionResetError):
            raise NodeWorkerError(self._last_words()) from None
        finally:
            self._waiting.pop(number, None)
        if got.error is not None:
            raise NodeCallError(got.error)
        return TypeAdapter(result).validate_python(got.result)

    async def close(self) -> None:
        """End the process; calls that still wait fail."""
        process, self._process = self._process, None
        if process:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _running(self) -> asyncio.subprocess.Process:
        async with self._starting:
            if self._process is None or self._process.returncode is not None:
                await self.close()  # the tasks of the one before
                self._process = await asyncio.create_subprocess_exec(
                    node_binary(),
                    f"--max-old-space-size={self._heap_mib}",
                    _HOST,
                    self._module,
                    toolchain_root(),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.PIPE,
                    # What Node made of the scripts before, so that it need not compile them again.
                    env={**os.environ, "NODE_COMPILE_CACHE": str(cache_folder() / "node")},
                    limit=_LINE_BYTES,
                    # Ctrl-C is for this process, which ends its workers when nothing waits for them any more.
                    start_new_session=True,
                )
                self._said.clear()
                listening = asyncio.create_task(self._listen(self._process))
                self._tasks = [listening, asyncio.create_task(self._read(self._process, listening))]
            return self._process

    async def _read(self, process: asyncio.subprocess.Process, listening: asyncio.Task[None]) -> None:
        try:
            while process.stdout and (line := await process.stdout.readline()):
                answer = _answers.validate_json(line)
                waiting = self._waiting.get(answer.id)
                if waiting and not waiting.done():
                    waiting.set_result(answer)
            # It is going: the next call starts another, and what it had to say is worth a moment.
            self._process = None if self._process is process else self._process
            await asyncio.wait([listening], timeout=1)
        finally:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(NodeWorkerError(self._last_words()))

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        while process.stderr and (line := await process.stderr.readline()):
            self._said.append(line.decode(errors="replace").rstrip())

    def _last_words(self) -> str:
        said = "\n".join(self._said) or "it said nothing"
        return f"the Node worker of {self._module.name} ended: {said}"
