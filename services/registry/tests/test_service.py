"""The service as it is deployed: real gRPC, a real nats-server, nothing in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import grpc
import pytest
import pytest_asyncio
from google.protobuf import json_format

from stackwright.code.v1 import facts_pb2 as facts
from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.events.v1 import events_pb2 as events
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright_kit.bus import HandlerEventBus
from stackwright_kit.errors import error_from_rpc
from stackwright_kit.settings import Settings
from stackwright_kit.testing import bus_as, nats_server, serving, test_settings
from stackwright_registry.catalogue import read_files
from stackwright_registry.service import service

if TYPE_CHECKING:
    from stackwright.registry.v1.service_pb2_grpc import RegistryServiceAsyncStub

Stub: TypeAlias = "RegistryServiceAsyncStub"
ROOT = Path(__file__).resolve().parents[3] / "catalogue"
FEATURES = ["authentication", "role_based_access_control", "user_management"]


def stub_of(channel: grpc.aio.Channel) -> Stub:
    """The stub as it is awaited; the generated class serves both kinds of channel."""
    return RegistryServiceStub(channel)


async def publish(stub: Stub, files: dict[str, bytes]) -> registry.PublishCatalogueResponse:
    async def requests() -> AsyncIterator[registry.PublishCatalogueRequest]:
        for path, content in files.items():
            file = registry.CatalogueFile(path=path, content=content)
            yield registry.PublishCatalogueRequest(request_id="test", file=file)

    return await stub.PublishCatalogue(requests())


@pytest_asyncio.fixture
async def stub() -> AsyncIterator[Stub]:
    async with nats_server() as nats, serving(service(), nats.settings("registry", _settings())) as channel:
        yield stub_of(channel)


def _settings() -> Settings:
    return test_settings()


async def draft(
    stub: Stub, features: Sequence[str] = FEATURES, domain: registry.Domain | None = None
) -> contract.Contract:
    request = registry.DraftContractRequest(request_id="test", project_name="Test", features=features, domain=domain)
    return (await stub.DraftContract(request)).contract


async def refusal(call: Awaitable[object]) -> tuple[str, list[str]]:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    error = error_from_rpc(caught.value)
    return error.code.name, [violation.field for violation in error.violations]


async def test_the_whole_life_of_a_contract() -> None:
    async with nats_server() as nats, bus_as(nats, "orchestrator") as bus:
        async with serving(service(), nats.settings("registry", _settings())) as channel:
            stub = stub_of(channel)
            assert await refusal(stub.ListFeatures(registry.ListFeaturesRequest())) == ("FAILED_PRECONDITION", [])
            published = await publish(stub, read_files(ROOT))
            assert published.features == 110
            listed = await stub.ListFeatures(registry.ListFeaturesRequest(page_size=100))
            rest = await stub.ListFeatures(
                registry.ListFeaturesRequest(page_size=100, page_token=listed.next_page_token)
            )
            assert (len(listed.features), len(rest.features), rest.next_page_token) == (100, 10, "")
            resolved = await stub.ResolveFeatures(
                registry.ResolveFeaturesRequest(
                    requirements=[
                        registry.Requirement(name="User Admin", enabled=True),
                        registry.Requirement(name="chat", enabled=False),
                        registry.Requirement(name="auditlogs", enabled=True),
                    ]
                )
            )
            assert [item.key for item in resolved.features] == FEATURES
            assert [(item.name, item.nearest) for item in resolved.unknown] == [("auditlogs", "audit_logging")]
            first = await draft(stub)
            async with HandlerEventBus(bus).subscribe(events.ContractRegistered) as heard:
                stored = await stub.RegisterContract(registry.RegisterContractRequest(request_id="1", contract=first))
                event = await asyncio.wait_for(anext(heard), 5)
            assert (event.contract_id, event.revision) == ("test", first.revision)
            again = await stub.RegisterContract(registry.RegisterContractRequest(request_id="2", contract=first))
            assert (stored.created, again.created, stored.revision) == (True, False, first.revision)
            entities = {"Note": {"fields": {"text": "text(1..500)"}}}
            second = await draft(stub, domain=_domain(entities))
            replaced = registry.RegisterContractRequest(request_id="3", contract=second, replaces=first.revision)
            assert (await stub.RegisterContract(replaced)).created
            stale = registry.RegisterContractRequest(request_id="4", contract=first, replaces=first.revision)
            assert (await refusal(stub.RegisterContract(stale)))[0] == "ABORTED"
        # Another replica, started later, has everything that the first one was given.
        async with serving(service(), nats.settings("registry", _settings())) as channel:
            stub = stub_of(channel)
            revisions = await stub.ListRevisions(registry.ListRevisionsRequest(contract_id="test"))
            assert [item.revision for item in revisions.revisions] == [second.revision, first.revision]
            newest = await stub.GetContract(registry.GetContractRequest(contract_id="test"))
            assert newest.contract == second
            older = registry.GetContractRequest(contract_id="test", revision=first.revision)
            assert (await stub.GetContract(older)).contract == first
            found = await stub.FindEndpoint(
                registry.FindEndpointRequest(contract_id="test", method="post", path="/api/users/17/deactivate")
            )
            assert found.operation.names.call == "User.deactivate"
            choices = registry.FindEndpointRequest(contract_id="test", method="GET", path="/api/users/choices")
            assert (await stub.FindEndpoint(choices)).operation.name == "choices"
            of = registry.GetContractsForFeatureRequest(contract_id="test", feature="user_management")
            assert {item.name for item in (await stub.GetContractsForFeature(of)).models} == {"User"}
            models = await stub.ListModels(registry.ListModelsRequest(contract_id="test", page_size=2))
            assert len(models.models) == 2
            assert models.next_page_token
            changes = await stub.CompareRevisions(
                registry.CompareRevisionsRequest(contract_id="test", base=first.revision, head=second.revision)
            )
            assert "domain/Note" in {change.element for change in changes.changes}


def _domain(entities: Mapping[str, object]) -> registry.Domain:
    domain = registry.Domain()
    json_format.ParseDict(dict(entities), domain.entities)
    return domain


async def test_of_ten_who_replace_one_revision_at_once_one_wins(stub: Stub) -> None:
    await publish(stub, read_files(ROOT))
    first = await draft(stub)
    await stub.RegisterContract(registry.RegisterContractRequest(request_id="1", contract=first))

    async def replace(number: int) -> str:
        changed = contract.Contract()
        changed.CopyFrom(first)
        changed.project.name = f"Test {number}"
        request = registry.RegisterContractRequest(request_id=str(number), contract=changed, replaces=first.revision)
        try:
            await stub.RegisterContract(request)
        except grpc.aio.AioRpcError as error:
            return error.code().name
        return "stored"

    outcomes = await asyncio.gather(*(replace(number) for number in range(10)))
    assert sorted(outcomes) == ["ABORTED"] * 9 + ["stored"]


async def test_a_catalogue_is_taken_whole_or_refused_whole(stub: Stub) -> None:
    files = read_files(ROOT)
    digest = (await publish(stub, files)).digest
    broken = dict(files)
    path = "identity/user_management/feature.yaml"
    broken[path] = files[path].replace(b"can('users.read')", b"can('users.raed')", 1)
    code, fields = await refusal(publish(stub, broken))
    assert code == "INVALID_ARGUMENT"
    assert any(field.startswith(f"{path}:") for field in fields)
    assert (await draft(stub)).features
    assert (await publish(stub, files)).digest == digest
    assert (await refusal(publish(stub, {"../x.yaml": b""})))[0] == "INVALID_ARGUMENT"


async def test_entities_keep_the_clients_order_and_those_of_a_struct_have_one_too(stub: Stub) -> None:
    await publish(stub, read_files(ROOT))
    names = ["zeta", "alpha", *(f"n{number}" for number in range(20)), "beta"]
    given = {"Zebra": {"fields": dict.fromkeys(names, "int")}, "Ant": {"fields": {"a": "text"}}}
    told = await draft(stub, domain=registry.Domain(entities_json=json.dumps(given)))
    own = [model for model in told.models if model.feature == "domain"]
    assert [model.name for model in own] == ["Zebra", "Ant"]
    assert [field.name for field in own[0].fields if field.name in names] == names
    by_name = [model for model in (await draft(stub, domain=_domain(given))).models if model.feature == "domain"]
    assert [model.name for model in by_name] == ["Ant", "Zebra"]
    assert [field.name for field in by_name[1].fields if field.name in names] == sorted(names)


async def test_wrong_requests_name_their_fields(stub: Stub) -> None:
    await publish(stub, read_files(ROOT))
    assert await refusal(draft(stub, features=["chatt"])) == ("INVALID_ARGUMENT", ["features.chatt"])
    wrong = {"Invoice": {"fields": {"total": "mony"}}}
    code, fields = await refusal(draft(stub, domain=_domain(wrong)))
    assert (code, fields) == ("INVALID_ARGUMENT", ["domain.entities.Invoice.fields.total"])
    for broken in ("{", "[]", "[" * 100_000):
        code, fields = await refusal(draft(stub, domain=registry.Domain(entities_json=broken)))
        assert (code, fields) == ("INVALID_ARGUMENT", ["domain.entities_json"])
    code, fields = await refusal(draft(stub, domain=registry.Domain(jdl="entity A { name Sting }\nentity A")))
    assert (code, fields) == ("INVALID_ARGUMENT", ["domain.jdl", "domain.jdl"])
    missing = registry.GetContractRequest(contract_id="nothing")
    assert (await refusal(stub.GetContract(missing)))[0] == "NOT_FOUND"
    unsafe = registry.GetContractRequest(contract_id="a.*.>")
    assert await refusal(stub.GetContract(unsafe)) == ("INVALID_ARGUMENT", ["contract_id"])
    page = registry.ListFeaturesRequest(page_token="%%%")
    assert await refusal(stub.ListFeatures(page)) == ("INVALID_ARGUMENT", ["page_token"])


async def test_exports_and_behaviour(stub: Stub) -> None:
    await publish(stub, read_files(ROOT))
    agreed = await draft(stub)
    document = (await stub.ExportOpenApi(registry.ExportOpenApiRequest(contract=agreed))).document
    assert json.loads(document)["openapi"] == "3.1.0"
    shown = await stub.ExportCompact(registry.ExportCompactRequest(contract=agreed))
    assert set(shown.contracts) == set(FEATURES)
    behaviour = await stub.GetBehaviour(registry.GetBehaviourRequest(features=["user_management"]))
    assert {item.line for item in behaviour.scenarios} >= {1, 2, 3}
    empty = registry.CheckConsistencyRequest(contract=agreed, facts=facts.Facts())
    assert (await stub.CheckConsistency(empty)).compared == 0
