"""Each gRPC service by itself, as installed: a process in an environment with its own dependencies and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from isolated_members import Member, services
from processes import TOKEN, Started, spawn, started

from stackwright.discovery.v1.announcement_pb2 import Announcement
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.generation.v1 import service_pb2 as generation_service
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.handler.v1 import service_pb2 as handler_service
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1 import service_pb2 as registry_service
from stackwright.validator.v1 import request_response_pb2 as validator
from stackwright.validator.v1 import service_pb2 as validator_service
from stackwright_kit.bus import EmbeddedNats, services_bucket
from stackwright_kit.errors import InvalidArgumentError, StackwrightError, UnauthenticatedError, error_from_rpc
from stackwright_kit.testing import bus_as, nats_server

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

MEMBERS = [member for member in services() if member.folder != "services/gateway"]
GENERATION: ServiceDescriptor = generation_service.DESCRIPTOR.services_by_name["GenerationService"]
HANDLER: ServiceDescriptor = handler_service.DESCRIPTOR.services_by_name["HandlerService"]
REGISTRY: ServiceDescriptor = registry_service.DESCRIPTOR.services_by_name["RegistryService"]
VALIDATOR: ServiceDescriptor = validator_service.DESCRIPTOR.services_by_name["ValidatorService"]


@dataclass(frozen=True)
class Role:
    """What is expected of a kind of service: its methods, its NATS user, and a request wrong in several fields."""

    service: ServiceDescriptor
    user: str
    method: str
    wrong: Message
    fields: frozenset[str]


def role_of(member: Member) -> Role:
    start = validator.ValidateStart()
    known = {
        "orchestrator": Role(
            GENERATION,
            "orchestrator",
            "StartGeneration",
            generation.StartGenerationRequest(spec=generation.GenerationSpec(project_name="../../etc")),
            frozenset({"request_id", "spec.project_name", "spec.stack"}),
        ),
        "services/registry": Role(
            REGISTRY,
            "registry",
            "DraftContract",
            registry.DraftContractRequest(features=["a", "a"]),
            frozenset({"request_id", "project_name", "features"}),
        ),
        "services/handlers": Role(
            HANDLER, "handlers", "Generate", handler.GenerateRequest(), frozenset({"request_id", "contract"})
        ),
        "services/validators": Role(
            VALIDATOR,
            "validators",
            "Validate",
            validator.ValidateRequest(start=start),
            frozenset({"start.request_id", "start.proof"}),
        ),
    }
    return known.get(member.folder) or known[str(Path(member.folder).parent)]


@dataclass(frozen=True)
class Serving:
    """A member that serves, a channel to it, and the broker that it announced itself to."""

    member: Member
    role: Role
    running: Started
    channel: grpc.aio.Channel
    nats: EmbeddedNats


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nats() -> AsyncIterator[EmbeddedNats]:
    async with nats_server() as server:
        yield server


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=MEMBERS, ids=[member.folder.rsplit("/", 1)[-1] for member in MEMBERS]
)
async def serving(
    request: pytest.FixtureRequest, nats: EmbeddedNats, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Serving]:
    member: Member = request.param
    role, folder = role_of(member), tmp_path_factory.mktemp("empty")
    added = {**nats.environment(role.user), "STACKWRIGHT_SERVICE_TOKEN": TOKEN, "STACKWRIGHT_PORT": "0"}
    added["STACKWRIGHT_OUTPUT_ROOT"] = str(folder / "output")
    async with started(member, added, folder) as running, grpc.aio.insecure_channel(running.address) as channel:
        yield Serving(member, role, running, channel, nats)


def _bytes_of(message: Message) -> bytes:
    return message.SerializeToString()


async def call(to: Serving, method: str, request: Message, token: str = TOKEN) -> Message:
    """Call a method by its descriptor; the first answer, if it streams.

    Raises:
        StackwrightError: what the service answered instead.

    """
    described = to.role.service.methods_by_name[method]
    answer = GetMessageClass(described.output_type)
    path, metadata = f"/{to.role.service.full_name}/{method}", [("authorization", f"Bearer {token}")] if token else None
    try:
        answers: AsyncIterable[Message]
        if described.client_streaming:
            many = to.channel.stream_stream(path, _bytes_of, answer.FromString)
            answers = many(iter([request]), metadata=metadata, timeout=30)
        elif described.server_streaming:
            one = to.channel.unary_stream(path, _bytes_of, answer.FromString)
            answers = one(request, metadata=metadata, timeout=30)
        else:
            plain = to.channel.unary_unary(path, _bytes_of, answer.FromString)
            return await plain(request, metadata=metadata, timeout=30)
        async for message in answers:
            return message
    except grpc.aio.AioRpcError as error:
        raise error_from_rpc(error) from error
    raise AssertionError(f"{method} ended without an answer")


async def announcements(nats: EmbeddedNats) -> dict[str, Announcement]:
    async with bus_as(nats) as bus:
        return {entry.value.address: entry.value for entry in await (await services_bucket(bus)).read()}


async def test_health_says_serving_for_the_process_and_its_service(serving: Serving) -> None:
    stub = health_pb2_grpc.HealthStub(serving.channel)
    for name in ("", serving.role.service.full_name):
        asked = health_pb2.HealthCheckRequest(service=name)
        answer = await stub.Check(asked, timeout=10)  # type: ignore[attr-defined]  # the stubs lack it
        assert answer.status == health_pb2.HealthCheckResponse.SERVING, name


async def test_reflection_lists_its_services_and_has_their_messages(serving: Serving) -> None:
    stub = reflection_pb2_grpc.ServerReflectionStub(serving.channel)  # type: ignore[arg-type]  # the stubs know no aio
    asked = [
        reflection_pb2.ServerReflectionRequest(list_services=""),
        reflection_pb2.ServerReflectionRequest(file_containing_symbol=serving.role.service.full_name),
    ]
    answers = stub.ServerReflectionInfo(iter(asked), timeout=10)  # type: ignore[operator]  # see above
    listed, described = [answer async for answer in answers]
    names = {service.name for service in listed.list_services_response.service}
    assert names == {
        serving.role.service.full_name,
        "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection",
    }
    assert described.file_descriptor_response.file_descriptor_proto


async def test_it_announces_where_it_is_and_what_it_can_do(serving: Serving) -> None:
    announced = (await announcements(serving.nats))[serving.running.address]
    if serving.role.service == HANDLER:
        described = await call(serving, "Describe", handler.DescribeRequest())
        assert isinstance(described, handler.DescribeResponse)
        assert announced.handler == described.handler
        assert f"stackwright_{announced.handler.name}" == serving.member.package
        assert announced.handler.features
        assert announced.handler.technologies
        assert announced.handler.blueprint_digest
    elif serving.role.service == VALIDATOR:
        described = await call(serving, "Describe", validator.DescribeRequest())
        assert isinstance(described, validator.DescribeResponse)
        assert announced.validator.name == described.validator.name
        assert f"stackwright_{announced.validator.name}_validator" == serving.member.package
        assert described.validator.from_level
    else:
        assert f"stackwright_{announced.named.name}" == serving.member.package


async def test_a_wrong_request_names_every_field_at_fault(serving: Serving) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        await call(serving, serving.role.method, serving.role.wrong)
    assert {violation.field for violation in refused.value.violations} == serving.role.fields
    assert all(violation.description for violation in refused.value.violations)
    assert "Traceback" not in refused.value.message


@pytest.mark.parametrize(("token", "reason"), [("", "TOKEN_MISSING"), ("guessed", "TOKEN_WRONG")])
async def test_a_call_without_the_service_token_is_refused(serving: Serving, token: str, reason: str) -> None:
    method, request = serving.role.method, serving.role.wrong
    described = serving.role.service.methods_by_name[method]
    if described.client_streaming:
        # A refusal before the stream is read may reach the client as a broken write: the unary method tells it surely.
        method = "Describe"
        request = GetMessageClass(serving.role.service.methods_by_name[method].input_type)()
    with pytest.raises(UnauthenticatedError) as refused:
        await call(serving, method, request, token)
    assert refused.value.reason == reason


async def test_sigterm_withdraws_drains_and_ends_with_status_0(serving: Serving) -> None:
    # The last test of a member: pytest runs those of one fixture together, in the order of this file.
    status = await serving.running.terminate()
    said = [line["message"] for line in serving.running.logged()]
    assert status == 0, said
    assert any("drains" in str(message) for message in said), said
    wrong = [line for line in serving.running.logged() if line["level"] in {"warning", "error"}]
    assert not wrong, [line["message"] for line in wrong]
    assert serving.running.address not in await announcements(serving.nats)
    with pytest.raises(StackwrightError):
        await call(serving, serving.role.method, serving.role.wrong)


@pytest.mark.parametrize("member", MEMBERS, ids=[member.folder.rsplit("/", 1)[-1] for member in MEMBERS])
async def test_a_wrong_setting_ends_it_with_one_sentence(member: Member, tmp_path: Path) -> None:
    ended = await spawn(member, {"STACKWRIGHT_PORT": "70000"}, tmp_path)
    await asyncio.wait_for(ended.rest(), 60)
    assert await ended.process.wait() == 2, "".join(ended.lines)
    said = ended.logged()
    assert [line["level"] for line in said] == ["error"], said
    assert "STACKWRIGHT_PORT" in str(said[0]["message"])
