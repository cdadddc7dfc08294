"""Publishes the catalogue's folder to a registry, as a platform team would after a change."""

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from stackwright.registry.v1.request_response_pb2 import (
    CatalogueFile,
    PublishCatalogueRequest,
    PublishCatalogueResponse,
)
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright_kit.client import channel

ENDINGS = {".yaml", ".py", ".json", ".png", ".txt", ".csv"}


async def publish(address: str, folder: Path) -> PublishCatalogueResponse:
    """Send every file of the catalogue. The registry takes all of it or refuses all of it, with file and line."""
    async with channel(address) as to:
        return await RegistryServiceStub(to).PublishCatalogue(_requests(folder))


async def _requests(folder: Path) -> AsyncIterator[PublishCatalogueRequest]:
    request_id = f"publish-{uuid.uuid4()}"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in ENDINGS and "__pycache__" not in path.parts:
            file = CatalogueFile(path=path.relative_to(folder).as_posix(), content=path.read_bytes())
            yield PublishCatalogueRequest(request_id=request_id, file=file)
