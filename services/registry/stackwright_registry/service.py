"""The RegistryService: the published catalogue, contracts by revision, and what can be asked of both."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias

import grpc
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct
from typing_extensions import override

from stackwright.events.v1 import events_pb2 as events
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1 import service_pb2_grpc
from stackwright_kit.bus import HandlerEventBus
from stackwright_kit.errors import invalid_field
from stackwright_kit.logs import correlation
from stackwright_kit.openapi import openapi_bytes
from stackwright_kit.server import Runtime, Service
from stackwright_registry.asked import files_of, page_of
from stackwright_registry.catalogue import digest_of
from stackwright_registry.drafts import Drafts
from stackwright_registry.exports.compact import compact
from stackwright_registry.problems import ContractRefusedError
from stackwright_registry.published import Published, refused
from stackwright_registry.registry import APIContractRegistry
from stackwright_registry.resolving.draft import not_specified
from stackwright_registry.store import CatalogueStore, ContractStore

NAME, VERSION = "registry", "0.1.0"
_Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"


class RegistryServicer(service_pb2_grpc.RegistryServiceServicer):
    """Answers RegistryService."""

    def __init__(self, published: Published, contracts: APIContractRegistry, bus: HandlerEventBus) -> None:
        self._published = published
        self._contracts = contracts
        self._bus = bus
        self._drafts = Drafts()

    @override
    async def PublishCatalogue(
        self, request_iterator: AsyncIterator[registry.PublishCatalogueRequest], context: _Context
    ) -> registry.PublishCatalogueResponse:
        files = await files_of(request_iterator)
        try:
            catalogue = await self._published.publish(files)
        except ContractRefusedError as error:
            raise refused(error) from error
        return registry.PublishCatalogueResponse(digest=digest_of(files), features=len(catalogue.index))

    @override
    async def ListFeatures(
        self, request: registry.ListFeaturesRequest, context: _Context
    ) -> registry.ListFeaturesResponse:
        catalogue = await self._published.current()
        entries, token = page_of(list(catalogue.index.values()), request.page_size, request.page_token)
        features = []
        for entry in entries:
            parsed = catalogue.features.get(entry.key)
            features.append(
                registry.FeatureSummary(
                    key=entry.key,
                    title=catalogue.title(entry.key),
                    area=entry.area,
                    aliases=entry.aliases,
                    needs=entry.needs,
                    shows=entry.shows,
                    specified=parsed is not None,
                    version=parsed.fragment.version if parsed is not None else 0,
                    built=entry.built,
                )
            )
        return registry.ListFeaturesResponse(features=features, next_page_token=token)

    @override
    async def ResolveFeatures(
        self, request: registry.ResolveFeaturesRequest, context: _Context
    ) -> registry.ResolveFeaturesResponse:
        catalogue = await self._published.current()
        response = registry.ResolveFeaturesResponse()
        asked: dict[str, str] = {}
        for requirement in request.requirements:
            if not requirement.enabled:
                continue
            key = catalogue.find(requirement.name)
            if key is None:
                response.unknown.add(name=requirement.name, nearest=catalogue.nearest(requirement.name))
            else:
                asked.setdefault(key, requirement.name)
        for entry in catalogue.close(asked):
            response.features.add(
                key=entry.key,
                requested_as=entry.requested_as,
                needed_by=entry.needed_by,
                specified=entry.specified,
                title=catalogue.title(entry.key),
                built=catalogue.index[entry.key].built,
                native_modules=catalogue.native_modules(entry.key),
            )
        return response

    @override
    async def DraftContract(
        self, request: registry.DraftContractRequest, context: _Context
    ) -> registry.DraftContractResponse:
        catalogue = await self._published.current()
        try:
            drafted = await self._drafts.of(catalogue, request)
        except ContractRefusedError as error:
            raise refused(error) from error
        return registry.DraftContractResponse(
            contract=drafted, not_specified=not_specified(catalogue, request.features)
        )

    @override
    async def RegisterContract(
        self, request: registry.RegisterContractRequest, context: _Context
    ) -> registry.RegisterContractResponse:
        stored = await self._contracts.register_contracts(request.contract, request.replaces)
        if stored.created:
            meta = events.EventMeta(
                event_id=f"{stored.contract_id}/{stored.revision}",
                source=NAME,
                correlation=correlation.get() or str(uuid.uuid4()),
            )
            meta.at.GetCurrentTime()
            event = events.ContractRegistered(meta=meta, contract_id=stored.contract_id, revision=stored.revision)
            await self._bus.publish(event)
        return registry.RegisterContractResponse(
            contract_id=stored.contract_id, revision=stored.revision, created=stored.created
        )

    @override
    async def GetContract(
        self, request: registry.GetContractRequest, context: _Context
    ) -> registry.GetContractResponse:
        return registry.GetContractResponse(
            contract=await self._contracts.get_contract(request.contract_id, request.revision)
        )

    @override
    async def GetContractsForFeature(
        self, request: registry.GetContractsForFeatureRequest, context: _Context
    ) -> registry.GetContractsForFeatureResponse:
        found = await self._contracts.get_contracts_for_feature(request.contract_id, request.feature, request.revision)
        return registry.GetContractsForFeatureResponse(operations=found.operations, models=found.models)

    @override
    async def FindEndpoint(
        self, request: registry.FindEndpointRequest, context: _Context
    ) -> registry.FindEndpointResponse:
        found = await self._contracts.find_endpoint(request.contract_id, request.method, request.path, request.revision)
        return registry.FindEndpointResponse(operation=found)

    @override
    async def ListModels(self, request: registry.ListModelsRequest, context: _Context) -> registry.ListModelsResponse:
        models = await self._contracts.list_models(request.contract_id, request.revision)
        shown, token = page_of(models, request.page_size, request.page_token)
        return registry.ListModelsResponse(models=shown, next_page_token=token)

    @override
    async def ListRevisions(
        self, request: registry.ListRevisionsRequest, context: _Context
    ) -> registry.ListRevisionsResponse:
        revisions = await self._contracts.list_revisions(request.contract_id)
        shown, token = page_of(revisions, request.page_size, request.page_token)
        return registry.ListRevisionsResponse(revisions=shown, next_page_token=token)

    @override
    async def CompareRevisions(
        self, request: registry.CompareRevisionsRequest, context: _Context
    ) -> registry.CompareRevisionsResponse:
        changes = await self._contracts.compare_revisions(request.contract_id, request.base, request.head)
        return registry.CompareRevisionsResponse(changes=changes)

    @override
    async def CheckConsistency(
        self, request: registry.CheckConsistencyRequest, context: _Context
    ) -> registry.CheckConsistencyResponse:
        found = self._contracts.validate_cross_stack_consistency(request.contract, request.facts)
        return registry.CheckConsistencyResponse(deviations=found.deviations, compared=found.compared)

    @override
    async def ExportOpenApi(
        self, request: registry.ExportOpenApiRequest, context: _Context
    ) -> registry.ExportOpenApiResponse:
        return registry.ExportOpenApiResponse(document=openapi_bytes(request.contract))

    @override
    async def ExportCompact(
        self, request: registry.ExportCompactRequest, context: _Context
    ) -> registry.ExportCompactResponse:
        contracts = Struct()
        contracts.update(compact(request.contract))
        return registry.ExportCompactResponse(contracts=contracts)

    @override
    async def GetBehaviour(
        self, request: registry.GetBehaviourRequest, context: _Context
    ) -> registry.GetBehaviourResponse:
        catalogue = await self._published.current()
        response = registry.GetBehaviourResponse()
        for number, name in enumerate(request.features):
            key = catalogue.find(name)
            if key is None:
                raise invalid_field(f"features[{number}]", f"there is no feature {name}", reason="FEATURE_UNKNOWN")
            parsed = catalogue.features.get(key)
            if parsed is None:
                continue
            response.scenarios.extend(parsed.fragment.scenarios)
            folder = f"{catalogue.index[key].area}/{key}/behaviour/"
            for path in sorted(catalogue.files):
                if path.startswith(folder):
                    response.files.add(path=path, content=catalogue.files[path])
        return response


@asynccontextmanager
async def _open(runtime: Runtime) -> AsyncIterator[Sequence[object]]:
    bus = runtime.need_bus()
    published = Published(await CatalogueStore.open(bus))
    contracts = APIContractRegistry(await ContractStore.open(bus))
    yield [RegistryServicer(published, contracts, HandlerEventBus(bus))]


def service() -> Service:
    """Give the service, to be served."""
    return Service(name=NAME, version=VERSION, open=_open)
