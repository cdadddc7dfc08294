"""The output of a call as one piece of bytes: its messages, each with its length before it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TypeVar

from google.protobuf.message import Message
from google.protobuf.proto import parse_length_prefixed, serialize_length_prefixed

M = TypeVar("M", bound=Message)


def pack(messages: Iterable[Message]) -> bytes:
    """Join messages into one piece."""
    data = io.BytesIO()
    for message in messages:
        serialize_length_prefixed(message, data)
    return data.getvalue()


def unpack(kind: type[M], data: bytes) -> Iterator[M]:
    """The messages of a piece."""
    stream = io.BytesIO(data)
    while (message := parse_length_prefixed(kind, stream)) is not None:
        yield message
