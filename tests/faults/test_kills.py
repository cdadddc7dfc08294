"""Processes are killed at named points, never after a sleep; each run still ends as an undisturbed one does.

Same event sequence with no event twice, and the same bytes in every file, but for those that tell of the run itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import grpc
import orchestrator_toys  # type: ignore[import-not-found]  # on sys.path
import pytest
from orchestrator_support import a_spec, orchestrator_settings  # type: ignore[import-not-found]  # on sys.path
from orchestrator_toys import ToyRegistry, serving_toys, toy_handlers, toy_validators  # type: ignore[import-not-found]  # on sys.path

from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1.service_pb2_grpc import GenerationServiceStub
from stackwright_gateway.watching import watch
from stackwright_kit.bus import EmbeddedNats
from stackwright_kit.client import channel
from stackwright_kit.server import Service, running
from stackwright_kit.testing import TOKEN, nats_server
from stackwright_orchestrator.documents import RESULTS_BEGIN, RESULTS_END
from stackwright_orchestrator.service import opened
from stackwright_orchestrator.session import Hook, no_hook

REQUEST_ID = "the-request"
AT_ONCE = 2


@dataclass(frozen=True)
class Ending:
    """What a run left: its events by type and id, and the hash of each file that must not depend on the run."""

    events: list[tuple[str, str]]
    files: dict[str, str]


def files_of(folder: Path) -> dict[str, str]:
    hashes = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith((".stackwright/", "docs/generation-history/")):
            content = path.read_bytes()
            if name == "README.md":
                block = f"{RESULTS_BEGIN}.*{RESULTS_END}"
                content = re.sub(block, "", content.decode(), flags=re.DOTALL).encode()
            hashes[name] = sha256(content).hexdigest()
    assert len(hashes) > 60
    return hashes


async def start(to: grpc.aio.Channel) -> str:
    request = generation.StartGenerationRequest(request_id=REQUEST_ID, spec=a_spec())
    return (await GenerationServiceStub(to).StartGeneration(request, timeout=20)).run.run_id


async def ending(to: grpc.aio.Channel, run_id: str) -> Ending:
    stub = GenerationServiceStub(to)
    async for _ in watch(stub, run_id):
        pass
    run = (await stub.GetRun(generation.GetRunRequest(run_id=run_id))).run
    assert run.state == generation.RUN_STATE_SUCCEEDED, run.failure
    history = await stub.GetEventHistory(generation.GetEventHistoryRequest(run_id=run_id))
    told = []
    for found in history.events:
        event = getattr(events, found.event.TypeName().rsplit(".", 1)[1])()
        found.event.Unpack(event)
        told.append((event.DESCRIPTOR.name, event.meta.event_id))
    return Ending(told, files_of(Path(run.result.output_path)))


@asynccontextmanager
async def orchestrator(
    server: EmbeddedNats, root: Path, hook: Hook = no_hook, port: int = 0
) -> AsyncIterator[grpc.aio.Channel]:
    settings = orchestrator_settings(server, root, lease_seconds=1.0, service_patience=20.0, port=port)
    service = Service("orchestrator", "1", open=functools.partial(opened, hook=hook))
    async with running(service, settings) as started, channel(started.address, settings) as to:
        yield to


@asynccontextmanager
async def process(*command: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that is gone with the block."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, *command, env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, limit=1 << 20,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


@asynccontextmanager
async def around() -> AsyncIterator[EmbeddedNats]:
    """A broker with a registry, handlers and validators."""
    async with nats_server() as server, serving_toys(server, ToyRegistry(), *toy_handlers(), *toy_validators()):
        yield server


async def undisturbed(root: Path) -> tuple[Ending, list[str]]:
    points: list[str] = []
    async with around() as server, orchestrator(server, root, points.append) as to:
        return await ending(to, await start(to)), points


@asynccontextmanager
async def dying(server: EmbeddedNats, root: Path, point: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """An orchestrator, a process of its own, that dies at a point; and its address."""
    environment = {
        **server.environment("orchestrator"),
        "STACKWRIGHT_SERVICE_TOKEN": TOKEN,
        "STACKWRIGHT_OUTPUT_ROOT": str(root),
        "STACKWRIGHT_LEASE_SECONDS": "1",
        "STACKWRIGHT_TEST_HOOKS": "true",
        "STACKWRIGHT_TEST_KILL_AT": point,
    }
    async with process("-m", "stackwright_orchestrator", **environment) as started:
        assert started.stderr is not None
        address = ""
        while not address:
            line = await asyncio.wait_for(started.stderr.readline(), 30)
            assert line, "the orchestrator ended before it served"
            address = json.loads(line).get("address", "")
        yield started, address


async def killed_at(point: str, root: Path) -> Ending:
    """A run whose orchestrator dies at a point; another one takes it up."""
    async with around() as server:
        async with dying(server, root, point) as (first, address):
            async with channel(address, orchestrator_settings(server, root)) as to:
                with contextlib.suppress(grpc.aio.AioRpcError):  # it may die before it can answer
                    await start(to)
            await asyncio.wait_for(first.communicate(), 30)
            assert first.returncode == -signal.SIGKILL, f"{point} was never reached"
        async with orchestrator(server, root) as to:
            return await ending(to, await start(to))


async def check(points: list[str], expected: Ending, root: Path) -> None:
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, point: str) -> str:
        async with slots:
            try:
                found = await asyncio.wait_for(killed_at(point, root / str(number)), 90)
            except Exception as error:
                return f"{point}: {error!r}"
        wrong = [] if found.events == expected.events else [f"{point}: events {found.events}"]
        wrong += [
            f"{point}: {name} differs" for name in expected.files if found.files.get(name) != expected.files[name]
        ]
        return "; ".join(wrong)

    wrong = [said for said in await asyncio.gather(*(one(n, p) for n, p in enumerate(points))) if said]
    assert not wrong, "\n".join(wrong)


def chosen(points: list[str]) -> list[str]:
    """A few points of different kinds, for every day."""
    wanted = (
        "before:resolve", "after:establish", "before:generate.backend", "after:event.all_handlers_completed",
        "before:score.0", "before:write", "after:finished",
    )  # fmt: skip
    assert set(wanted) <= set(points)
    return list(wanted)


@pytest.mark.timeout(300)
async def test_an_orchestrator_killed_at_points_of_each_kind(tmp_path: Path) -> None:
    expected, points = await undisturbed(tmp_path / "undisturbed")
    assert len(expected.events) == len(set(expected.events)), "no event twice"
    await check(chosen(points), expected, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_an_orchestrator_killed_before_and_after_every_write(tmp_path: Path) -> None:
    expected, points = await undisturbed(tmp_path / "undisturbed")
    await check(points, expected, tmp_path)


async def test_who_watches_hears_the_end_from_the_next_orchestrator(tmp_path: Path) -> None:
    async with around() as server, dying(server, tmp_path, "before:score.0") as (first, address):
        async with channel(address, orchestrator_settings(server, tmp_path)) as to:
            run_id = await start(to)

            async def heard() -> list[tuple[int, str]]:
                watched = watch(GenerationServiceStub(to), run_id)
                return [(event.sequence, event.event.TypeName().rsplit(".", 1)[1]) async for event in watched]

            watching = asyncio.create_task(heard())
            await asyncio.wait_for(first.communicate(), 30)
            assert first.returncode == -signal.SIGKILL
            async with orchestrator(server, tmp_path, port=int(address.rsplit(":", 1)[1])):
                told = await asyncio.wait_for(watching, 60)
    logged = [(sequence, name) for sequence, name in told if not name.endswith("Progress")]
    assert logged == sorted(set(logged)), "each once, in order"
    assert (logged[0][1], logged[-1][1]) == ("GenerationStarted", "RunCompleted")


async def test_the_broker_killed_in_mid_run(tmp_path: Path) -> None:
    expected, _ = await undisturbed(tmp_path / "undisturbed")
    async with around() as server:
        back: list[asyncio.Task[None]] = []

        async def restart() -> None:
            await server.stop(kill=True)
            await server.start()

        def kill(point: str) -> None:
            if point == "before:generate.backend" and not back:
                assert server.process is not None
                server.process.kill()
                back.append(asyncio.create_task(restart()))

        async with orchestrator(server, tmp_path, kill) as to:
            found = await ending(to, await start(to))
        assert back, "the point was reached"
    assert found == expected


@pytest.mark.parametrize("victim", ["toy_backend", "runtime"])
async def test_a_handler_or_a_validator_killed_while_it_works(tmp_path: Path, victim: str) -> None:
    expected, _ = await undisturbed(tmp_path / "undisturbed")
    kind = events.BackendGenerationProgress if victim == "toy_backend" else events.ValidationProgress
    others = [toy for toy in [*toy_handlers(), *toy_validators()] if toy.description.name != victim]
    async with nats_server() as server, AsyncExitStack() as stack:
        await stack.enter_async_context(serving_toys(server, ToyRegistry(), *others))
        user = "handlers" if victim == "toy_backend" else "validators"
        environment = {**server.environment(user), "STACKWRIGHT_SERVICE_TOKEN": TOKEN, "TOY": victim, "TOY_PAUSE": "2"}

        async def serve() -> asyncio.subprocess.Process:
            started = await stack.enter_async_context(process(str(orchestrator_toys.__file__), **environment))
            assert started.stdout is not None
            assert await asyncio.wait_for(started.stdout.readline(), 30) == b"ready\n"
            return started

        first = await serve()
        async with orchestrator(server, tmp_path) as to:
            run_id = await start(to)
            async for found in GenerationServiceStub(to).WatchRun(
                generation.WatchRunRequest(run_id=run_id), timeout=30
            ):
                told = kind()
                if found.event.event.Unpack(told) and told.meta.source == victim:
                    break
            first.kill()
            await serve()
            assert await ending(to, run_id) == expected
