"""Callbacks against a real HTTP server that is not ready at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from orchestrator_support import a_spec, suite  # type: ignore[import-not-found]  # on sys.path
from orchestrator_toys import ToyHandler, ToyRegistry, toy_handlers  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import measurement_pb2
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.errors import InvalidArgumentError
from stackwright_orchestrator.callback import _resolve, check_url

NONE = measurement_pb2.PROOF_LEVEL_NONE


@dataclass
class Receiver:
    """Answers with these statuses in turn, the last one for ever."""

    statuses: list[int]
    port: int = 0
    posts: list[tuple[str, dict[str, str], dict[str, object]]] = field(default_factory=list)
    taken: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if line)}
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        status = self.statuses[min(len(self.posts), len(self.statuses) - 1)]
        self.posts.append((head[0], headers, body))
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        if status < 400:
            self.taken.set()


@asynccontextmanager
async def receiving(*statuses: int) -> AsyncIterator[Receiver]:
    receiver = Receiver(list(statuses))
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver


async def test_a_callback_is_repeated_until_it_is_taken(tmp_path: Path) -> None:
    toys = ToyRegistry(), *toy_handlers()
    async with receiving(409, 404, 503, 200) as receiver:
        async with suite(tmp_path, *toys, callback_private=True, callback_first_pause=0.05) as of:
            spec = a_spec(proof=NONE)
            spec.options.callback_url = f"http://127.0.0.1:{receiver.port}/wait/7?signature=a%2Fb&x=1"
            run = await of.finished((await of.start(spec)).run_id)
            await asyncio.wait_for(receiver.taken.wait(), 20)
            await asyncio.sleep(0.3)
    assert len(receiver.posts) == 4, "taken once, and sent no more"
    line, headers, body = receiver.posts[-1]
    assert line == "POST /wait/7?signature=a%2Fb&x=1 HTTP/1.1"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert body["success"] is True
    assert (body["run_id"], body["state"], body["done"]) == (run.run_id, "succeeded", True)
    assert body["files_written"] == run.result.files_written
    assert body["artifact_url"] == f"http://127.0.0.1:8004/api/v1/runs/{run.run_id}/artifact"
    assert all(post[2] == body for post in receiver.posts)


async def test_a_failed_run_calls_back_too(tmp_path: Path) -> None:
    toys = ToyRegistry(), ToyHandler("backend", "node.js", fails=True), *toy_handlers()[1:]
    async with receiving(200) as receiver:
        async with suite(tmp_path, *toys, callback_private=True) as of:
            spec = a_spec(proof=NONE)
            spec.options.callback_url = f"http://localhost:{receiver.port}/"
            run = await of.finished((await of.start(spec)).run_id)
            assert run.state == generation.RUN_STATE_FAILED
            await asyncio.wait_for(receiver.taken.wait(), 20)
    body = receiver.posts[0][2]
    assert (body["success"], body["fallback_applied"], body["fallback_level"]) == (
        False,
        True,
        "human_intervention_required",
    )
    error = body["error"]
    assert isinstance(error, dict)
    assert error["code"] == "handler_failed"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1:8080/x", "http://169.254.169.254/latest",
        "http://localhost/", "http://x.internal/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://224.0.0.1/",
        "https://user:secret@example.com/", "http:///x", "http://example.com:0/", "http://[bad/", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_at_once(url: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_url(url, private=False)
    assert caught.value.violations[0].field == "spec.options.callback_url"


@pytest.mark.parametrize("url", ["", "https://example.com/hook?x=1", "http://8.8.8.8:8080/"])
def test_addresses_that_pass(url: str) -> None:
    check_url(url, private=False)


async def test_a_name_that_leads_inside_is_refused_when_it_is_called() -> None:
    with pytest.raises(InvalidArgumentError, match="leads to a private address"):
        await _resolve("localhost", 80, private=False)
    assert await _resolve("localhost", 80, private=True) in {"127.0.0.1", "::1"}
