"""Streams: artifacts as they come from the store, and events for people."""

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import grpc
from starlette.responses import Response, StreamingResponse

from stackwright.generation.v1.request_response_pb2 import (
    DownloadArtifactRequest,
    DownloadArtifactResponse,
)
from stackwright_gateway import responses
from stackwright_gateway.answers import ApiError
from stackwright_gateway.watching import watch

if TYPE_CHECKING:
    from stackwright.generation.v1.service_pb2_grpc import GenerationServiceAsyncStub

# Last part of the address → part of the artifact.
PARTS: dict[str, str] = {
    "artifact": "PART_ARCHIVE",
    "report": "PART_REPORT_JSON",
    "report.html": "PART_REPORT_HTML",
    "openapi": "PART_OPENAPI",
    "contracts": "PART_CONTRACTS",
}


async def artifact(generation: "GenerationServiceAsyncStub", run_id: str, part: str) -> Response:
    """Stream one part of a run. The archive has a Content-Disposition, so that n8n makes a binary item of it."""
    call = generation.DownloadArtifact(DownloadArtifactRequest(run_id=run_id, part=part))
    chunks = aiter(call)
    first: DownloadArtifactResponse = await anext(chunks)  # a failure surfaces here, before any byte is sent
    if not first.HasField("info"):
        raise ApiError(502, "internal", "The artifact stream began without its description.")
    info = first.info
    headers = {"ETag": f'"{info.sha256}"', "Content-Length": str(info.size), "X-Content-Type-Options": "nosniff"}
    if part == "PART_ARCHIVE":
        headers["Content-Disposition"] = f'attachment; filename="{info.file_name}"'

    async def body() -> AsyncIterator[bytes]:
        async for message in chunks:
            yield message.chunk

    return StreamingResponse(body(), media_type=info.media_type, headers=headers)


def event_stream(generation: "GenerationServiceAsyncStub", run_id: str, after: int) -> Response:
    """Stream a run's events as server-sent events from just after position `after`, until the run ends."""

    async def body() -> AsyncIterator[str]:
        try:
            async for event in watch(generation, run_id, after):
                name, members = responses.event(event)
                yield f"id: {event.sequence}\nevent: {name}\ndata: {json.dumps(members)}\n\n"
        except grpc.aio.AioRpcError:
            # The client resumes from the last id it has; there is no status to send in mid-stream.
            yield ": the stream was interrupted\n\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(body(), media_type="text/event-stream", headers=headers)
