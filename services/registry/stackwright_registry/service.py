"""The RegistryService: the published catalogue, contracts by revision, and what can be asked of both."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias, TypeVar

import grpc
from google.protobuf import json_format
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct
from typing_extensions import override

from stackwright.events.v1 import events_pb2 as events
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1 import service_pb2_grpc
from stackwright_kit.bus import HandlerEventBus
from stackwright_kit.errors import invalid_field
from stackwright_kit.files import check_path
from stackwright_kit.logs import correlation
from stackwright_kit.openapi import openapi_bytes
from stackwright_kit.server import Runtime, Service
from stackwright_registry.catalogue import digest_of
from stackwright_registry.exports.compact import compact
from stackwright_registry.problems import ContractRefusedError
from stackwright_registry.published import Published, refused
from stackwright_registry.registry import APIContractRegistry
from stackwright_registry.resolving.draft import DomainInput, draft_contract, not_specified
from stackwright_registry.store import CatalogueStore, ContractStore

NAME, VERSION = "registry", "0.1.0"
_PAGE = 100
_MAX_FILES, _MAX_BYTES = 5000, 64 * 1024 * 1024
_T = TypeVar("_T")
_Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"


class RegistryServicer(service_pb2_grpc.RegistryServiceServicer):
    """Answers RegistryService."""

    def __init__(self, published: Published, contracts: APIContractRegistry, bus: HandlerEventBus) -> None:
        self._published = published
        self._contracts = contracts
        self._bus = bus

    @override
    async def PublishCatalogue(
        self, request_iterator: AsyncIterator[registry.PublishCatalogueRequest], context: _Context
    ) -> registry.PublishCatalogueResponse:
        files: dict[str, bytes] = {}
        size = 0
        async for request in request_iterator:
            path = check_path(request.file.path)
            size += len(request.file.content)
            if path in files:
                raise invalid_field("file.path", f"{path} came twice", reason="REPEATED_PATH")
            if len(files) >= _MAX_FILES or size > _MAX_BYTES:
                raise invalid_field("file", f"a catalogue has at most {_MAX_FILES} files and {_MAX_BYTES} bytes")
            files[path] = request.file.content
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
        entries, token = _page(list(catalogue.index.values()), request.page_size, request.page_token)
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
            )
        return response

    @override
    async def DraftContract(
        self, request: registry.DraftContractRequest, context: _Context
    ) -> registry.DraftContractResponse:
        catalogue = await self._published.current()
        domain = DomainInput(_entities(request.domain), dict(request.domain.bind), request.domain.jdl)
        try:
            drafted = await asyncio.to_thread(
                draft_contract,
                catalogue,
                list(request.features),
                domain,
                request.project_name,
                request.with_probe,
                list(request.requested),
            )
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
        shown, token = _page(models, request.page_size, request.page_token)
        return registry.ListModelsResponse(models=shown, next_page_token=token)

    @override
    async def ListRevisions(
        self, request: registry.ListRevisionsRequest, context: _Context
    ) -> registry.ListRevisionsResponse:
        revisions = await self._contracts.list_revisions(request.contract_id)
        shown, token = _page(revisions, request.page_size, request.page_token)
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


def _entities(domain: registry.Domain) -> dict[str, object]:
    """The request's own entities in the client's order; those of a struct, which has none, by name."""
    if not domain.entities_json:
        return json.loads(json.dumps(json_format.MessageToDict(domain.entities), sort_keys=True))  # type: ignore[no-any-return]
    try:
        entities = json.loads(domain.entities_json)
    except (ValueError, RecursionError) as error:
        raise invalid_field("domain.entities_json", f"expected a JSON object: {error}") from error
    if not isinstance(entities, dict):
        raise invalid_field("domain.entities_json", f"expected a JSON object, not {type(entities).__name__}")
    return entities


def _page(items: Sequence[_T], size: int, token: str) -> tuple[list[_T], str]:
    """Give one page and the token of the next; a token is the place in the list."""
    start = 0
    if token:
        try:
            start = int(base64.urlsafe_b64decode(token.encode()).decode())
        except (ValueError, binascii.Error) as error:
            raise invalid_field("page_token", "must be a token of an answer before") from error
    end = start + (size or _PAGE)
    following = base64.urlsafe_b64encode(str(end).encode()).decode() if end < len(items) else ""
    return list(items[start:end]), following


@asynccontextmanager
async def _open(runtime: Runtime) -> AsyncIterator[Sequence[object]]:
    bus = runtime.need_bus()
    published = Published(await CatalogueStore.open(bus))
    contracts = APIContractRegistry(await ContractStore.open(bus))
    yield [RegistryServicer(published, contracts, HandlerEventBus(bus))]


def service() -> Service:
    """Give the service, to be served."""
    return Service(name=NAME, version=VERSION, open=_open)
