"""The bus on a real nats-server: state, log, queue, artifacts, announcements, permissions, and a server that dies."""

from __future__ import annotations

import asyncio
import hashlib
import stat
from pathlib import Path
from typing import TypeVar

import pytest
from google.protobuf.message import Message

from stackwright.events.v1 import events_pb2 as events
from stackwright.generation.v1 import service_pb2_grpc
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright_kit.bus import (
    TEXT,
    ArtifactStore,
    HandlerEventBus,
    KeyValue,
    WorkQueue,
    connection,
    embedded_nats,
    meta_of,
    proto_codec,
    services_bucket,
    subject_of,
)
from stackwright_kit.errors import AlreadyExistsError, ConflictError, NotFoundError
from stackwright_kit.server import Service, running
from stackwright_kit.testing import bus_as, nats_server, test_settings

E = TypeVar("E", bound=Message)
LOGGED: list[type[Message]] = [events.GenerationStarted, events.RunCompleted]


def event(kind: type[E], run: str, number: str) -> E:
    made = kind()
    meta = meta_of(made)
    meta.run_id, meta.event_id = run, number
    return made


def test_one_function_derives_the_subject() -> None:
    assert subject_of(events.GenerationStarted, "r1") == "stackwright.runs.r1.generation_started"
    assert subject_of(events.BackendContractsEstablished) == "stackwright.runs.*.backend_contracts_established"
    assert subject_of(events.ContractRegistered, "") == "stackwright.runs.none.contract_registered"


async def test_of_many_writers_with_the_same_revision_one_wins() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        bucket = await KeyValue.open(bus, "b", proto_codec(handler.Progress))
        revision = await bucket.create("k", handler.Progress(done=0))
        results = await asyncio.gather(
            *(bucket.update("k", handler.Progress(done=n), revision) for n in range(1, 51)), return_exceptions=True
        )
        assert sum(isinstance(result, int) for result in results) == 1
        assert sum(isinstance(result, ConflictError) for result in results) == 49
        with pytest.raises(AlreadyExistsError):
            await bucket.create("k", handler.Progress())
        entry = await bucket.get("k")
        assert entry is not None
        assert entry.value.done == [isinstance(result, int) for result in results].index(True) + 1


async def test_reading_many_keys_at_once() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        bucket = await KeyValue.open(bus, "b", TEXT)
        assert await bucket.read() == []
        for key in ("x.a", "x.b", "y.a"):
            await bucket.put(key, key)
        await bucket.delete("x.b")
        assert [(entry.key, entry.value) for entry in await bucket.read("x.*")] == [("x.a", "x.a")]
        assert [entry.key for entry in await bucket.read("x.a", "y.a", "z")] == ["x.a", "y.a"]
        assert await bucket.keys("y.>") == ["y.a"]
        assert await bucket.get("none") is None


async def test_the_log_is_fenced_and_has_no_event_twice() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        log = HandlerEventBus(bus)
        await log.provision(LOGGED, 3600)
        first = await log.append(event(events.GenerationStarted, "r1", "1"), after=0)
        await log.append(event(events.GenerationStarted, "r2", "1"), after=0)
        second = await log.append(event(events.RunCompleted, "r1", "2"), after=first)
        with pytest.raises(ConflictError):
            await log.append(event(events.RunCompleted, "r1", "3"), after=first)
        found = await log.get_event_history("r1")
        assert [(item.sequence, type(item.event)) for item in found] == [
            (first, events.GenerationStarted), (second, events.RunCompleted),
        ]  # fmt: skip
        assert [meta_of(item.event).event_id for item in await log.get_event_history("r1", [events.RunCompleted])] == [
            "2"
        ]
        assert [item.sequence for item in await log.get_event_history("r1", after=first)] == [second]
        assert len(await log.get_event_history("r1", limit=1)) == 1
        assert await log.get_event_history("none") == []


async def test_subscribers_get_their_types_only_logged_or_not() -> None:
    async with nats_server() as server, bus_as(server) as bus, bus_as(server, "gateway") as reader:
        log = HandlerEventBus(bus)
        await log.provision(LOGGED, 3600)
        kinds = (events.GenerationStarted, events.BackendGenerationProgress)
        async with HandlerEventBus(reader).subscribe(*kinds, run_id="r1") as stream:
            await log.append(event(events.GenerationStarted, "r1", "1"), after=0)
            await log.publish(event(events.GenerationStarted, "r2", "1"))
            await log.publish(event(events.RunCompleted, "r1", "2"))
            await log.publish(event(events.BackendGenerationProgress, "r1", ""))
            first, second = [await asyncio.wait_for(anext(stream), 5) for _ in range(2)]
        assert [type(first), type(second)] == list(kinds)
        # What is published, not appended, is in the log a moment later.
        for _ in range(500):
            logged = [type(item.event) for item in await log.get_event_history("r1")]
            if logged == LOGGED:
                break
            await asyncio.sleep(0.01)
        assert logged == LOGGED


async def test_artifacts_are_named_by_content() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        store = await ArtifactStore.open(bus, "artifacts", ttl=3600)
        for data in (b"", b"x", bytes(3_000_000)):
            digest = await store.put("r1", data)
            assert digest == hashlib.sha256(data).hexdigest()
            assert await store.put("r1", data) == digest
            assert await store.get("r1", digest) == data
        with pytest.raises(NotFoundError):
            await store.get("r2", hashlib.sha256(b"x").hexdigest())


async def test_a_lease_is_kept_by_heartbeat_and_lost_without() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        queue = await WorkQueue.open(bus, "runs", lease=0.6, max_deliveries=3, max_age=3600)
        await queue.put(b"one", item_id="one")
        await queue.put(b"one", item_id="one")
        items = queue.take()
        lease = await asyncio.wait_for(anext(items), 5)
        assert (lease.payload, lease.deliveries) == (b"one", 1)
        other = asyncio.ensure_future(anext(queue.take()))
        async with queue.holding(lease):
            await asyncio.sleep(1.5)
            assert not other.done(), "the heartbeat holds the item"
        again = await asyncio.wait_for(other, 5)
        assert (again.payload, again.deliveries) == (b"one", 2)
        await again.done()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(queue.take()), 1.2)


async def test_what_nobody_finishes_becomes_a_dead_letter_and_leaves_the_queue() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        queue = await WorkQueue.open(bus, "runs", lease=0.3, max_deliveries=2, max_age=3600)
        await queue.put(b"poison", item_id="poison")
        buried: asyncio.Queue[bytes] = asyncio.Queue()

        async def work() -> None:
            async for _lease in queue.take():
                pass

        tasks = [asyncio.create_task(work()), asyncio.create_task(queue.bury(buried.put))]
        assert await asyncio.wait_for(buried.get(), 10) == b"poison"
        await asyncio.sleep(0.3)
        info = await bus.jetstream.stream_info("STACKWRIGHT_QUEUE_RUNS")
        assert info.state.messages == 0
        for task in tasks:
            task.cancel()


async def test_a_dead_letter_that_could_not_be_dealt_with_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stackwright_kit.bus.queue._BURY_AGAIN", 0.1)
    async with nats_server() as server, bus_as(server) as bus:
        queue = await WorkQueue.open(bus, "runs", lease=0.3, max_deliveries=1, max_age=3600)
        await queue.put(b"poison", item_id="poison")
        tried = 0
        buried = asyncio.Event()

        async def handle(payload: bytes) -> None:
            nonlocal tried
            tried += 1
            if tried == 1:
                raise ValueError("not now")
            assert payload == b"poison"
            buried.set()

        async def work() -> None:
            async for _lease in queue.take():
                pass

        tasks = [asyncio.create_task(work()), asyncio.create_task(queue.bury(handle))]
        await asyncio.wait_for(buried.wait(), 10)
        for task in tasks:
            task.cancel()


async def test_a_later_delivery_is_adopted_by_who_works_on_the_item() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        queue = await WorkQueue.open(bus, "runs", lease=0.3, max_deliveries=9, max_age=3600)
        await queue.put(b"work", item_id="work")
        leases = queue.take()
        first = await anext(leases)
        second = await asyncio.wait_for(anext(leases), 10)  # no heartbeat came
        await first.adopt(second)
        assert (first.payload, first.deliveries) == (b"work", 2)
        async with queue.holding(first):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(leases), 1)
        await first.done()
        assert (await bus.jetstream.stream_info("STACKWRIGHT_QUEUE_RUNS")).state.messages == 0


async def test_everything_goes_on_after_the_server_was_killed() -> None:
    async with nats_server() as server, bus_as(server) as bus:
        bucket = await KeyValue.open(bus, "b", TEXT)
        log = HandlerEventBus(bus)
        await log.provision(LOGGED, 3600)
        store = await ArtifactStore.open(bus, "artifacts", ttl=3600)
        queue = await WorkQueue.open(bus, "runs", lease=2, max_deliveries=3, max_age=3600)
        revision = await bucket.create("k", "1")
        digest = await store.put("r1", b"data")
        item = asyncio.ensure_future(anext(queue.take()))
        await asyncio.sleep(0.1)
        await server.stop(kill=True)
        writes = asyncio.gather(
            bucket.update("k", "2", revision),
            log.append(event(events.GenerationStarted, "r1", "1"), after=0),
            store.get("r1", digest),
            queue.put(b"later", item_id="later"),
        )
        await asyncio.sleep(0.5)
        await server.start()
        _, _, data, _ = await asyncio.wait_for(writes, 20)
        assert data == b"data"
        entry = await bucket.get("k")
        assert entry is not None
        assert entry.value == "2"
        assert (await asyncio.wait_for(item, 10)).payload == b"later"


class Toy(service_pb2_grpc.GenerationServiceServicer):
    pass


async def test_a_service_is_announced_while_it_serves_and_again_after_a_restart() -> None:
    description = handler.HandlerDescription(name="node_backend", version="2", role=handler.HANDLER_ROLE_BACKEND)
    service = Service("node_backend", "2", [Toy()], description=description)
    roles = {"orchestrator": "orchestrator", "node_backend": "handler"}
    async with nats_server(roles) as server, bus_as(server) as bus:
        bucket = await services_bucket(bus)
        settings = server.settings("node_backend", test_settings(announce_ttl=1.5))
        async with running(service, settings) as started:
            (entry,) = await bucket.read("handler.>")
            assert entry.value.address == started.address
            assert entry.value.handler == description
            await asyncio.sleep(2.5)
            assert len(await bucket.read("handler.>")) == 1, "the heartbeat keeps it"
            await server.stop(kill=True)
            await server.start()
            await asyncio.sleep(2.0)
            assert len(await bucket.read("handler.>")) == 1
        assert await bucket.read("handler.>") == []


async def test_a_service_may_announce_only_itself() -> None:
    service = Service("node_backend", "2", [Toy()], description=handler.HandlerDescription(name="node_backend"))
    async with nats_server({"react_frontend": "handler"}) as server:
        with pytest.raises(ValueError, match="may not announce 'node_backend'"):
            async with running(service, server.settings("react_frontend", test_settings())):
                pass


@pytest.mark.parametrize("user", ["handlers", "validators", "gateway", "registry"])
async def test_only_the_orchestrator_writes_runs(user: str) -> None:
    async with nats_server() as server, bus_as(server) as owner, bus_as(server, user) as other:
        await KeyValue.open(owner, "stackwright_runs", TEXT)
        await WorkQueue.open(owner, "runs", lease=2, max_deliveries=3, max_age=3600)
        await HandlerEventBus(owner).provision(LOGGED, 3600)
        for subject in ("$KV.stackwright_runs.x", "stackwright.queue.runs", "stackwright.runs.r1.run_completed"):
            other.denied.clear()
            await other.client.publish(subject, b"x")
            await other.client.flush()
            await asyncio.wait_for(other.denied.wait(), 2)
        assert (await owner.jetstream.stream_info("STACKWRIGHT_EVENTS")).state.messages == 0


async def test_only_the_registry_writes_contracts() -> None:
    async with nats_server() as server, bus_as(server, "registry") as owner, bus_as(server) as other:
        await (await KeyValue.open(owner, "stackwright_contracts", TEXT)).put("k", "v")
        await other.client.publish("$KV.stackwright_contracts.k", b"x")
        await other.client.flush()
        await asyncio.wait_for(other.denied.wait(), 5)


async def test_wrong_credentials_and_an_old_server_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async with nats_server() as server:
        wrong = server.settings("gateway", test_settings()).model_copy(update={"nats_user": "registry"})
        with pytest.raises(ValueError, match="STACKWRIGHT_NATS_URL: cannot connect"):
            async with connection.connect(wrong, "registry"):
                pass
        monkeypatch.setattr(connection, "LEAST_VERSION", (99, 0))
        with pytest.raises(ValueError, match=r"at least 99\.0 is needed"):
            async with bus_as(server):
                pass


async def test_the_embedded_server_keeps_its_secrets_and_its_folder(tmp_path: Path) -> None:
    async with embedded_nats(tmp_path / "store") as server:
        config = Path(server._work.name) / "nats.conf"
        assert stat.S_IMODE(config.stat().st_mode) == 0o600
        with pytest.raises(ValueError, match="in use by another process"):
            async with embedded_nats(tmp_path / "store"):
                pass
        process = server.process
    assert process is not None
    assert process.poll() == 0
    assert not config.exists()
