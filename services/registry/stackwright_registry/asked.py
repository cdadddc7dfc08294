"""What requests to the registry carry: entities, pages of lists, the files of a catalogue."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator, Sequence
from typing import TypeVar

from google.protobuf import json_format

from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_kit.errors import invalid_field
from stackwright_kit.files import check_path

_PAGE = 100
_MAX_FILES, _MAX_BYTES = 5000, 64 * 1024 * 1024
_T = TypeVar("_T")


def entities_of(domain: registry.Domain) -> dict[str, object]:
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


def page_of(items: Sequence[_T], size: int, token: str) -> tuple[list[_T], str]:
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


async def files_of(requests: AsyncIterator[registry.PublishCatalogueRequest]) -> dict[str, bytes]:
    """Take in the files of a catalogue, each once, by their paths."""
    files: dict[str, bytes] = {}
    size = 0
    async for request in requests:
        path = check_path(request.file.path)
        size += len(request.file.content)
        if path in files:
            raise invalid_field("file.path", f"{path} came twice", reason="REPEATED_PATH")
        if len(files) >= _MAX_FILES or size > _MAX_BYTES:
            raise invalid_field("file", f"a catalogue has at most {_MAX_FILES} files and {_MAX_BYTES} bytes")
        files[path] = request.file.content
    return files
