"""Files of evidence that validators send: which of them are kept, and how the report shows them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stackwright.code.v1.measurement_pb2 import EvidenceFile

FOLDER = ".stackwright"
MAX_FILES = 400
MAX_FILE_BYTES = 256 * 1024
MAX_BYTES = 16 * 1024 * 1024
_PATH = re.compile(r"screenshots/[a-z0-9][a-z0-9_-]{0,80}\.(webp|jpeg|png)")
"""Pictures only: whatever else a validator sent could be opened by somebody who reads the report."""


def kept(sent: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    """The pictures that have a safe path of their own and find room, by path: at most 400 and 16 MiB."""
    found: dict[str, EvidenceFile] = {}
    room = MAX_BYTES
    for file in sent:
        path, size = file.info.path, len(file.content)
        match = _PATH.fullmatch(path)
        if match is None or file.media_type != f"image/{match[1]}" or path in found or not 0 < size <= MAX_FILE_BYTES:
            continue
        if len(found) == MAX_FILES or size > room:
            break
        room -= size
        found[path] = file
    return [found[path] for path in sorted(found)]


@dataclass(frozen=True)
class PictureView:
    """One picture: where the report finds it, and what it is of in words."""

    address: str
    alt: str
    width: int
    caption: str


@dataclass(frozen=True)
class PageView:
    """The pictures of one page, wide before narrow, filled before errors."""

    page: str
    pictures: Sequence[PictureView]


def gallery(files: Iterable[EvidenceFile], *, inside: bool) -> list[PageView]:
    """Pictures by page. `inside` puts them into the document itself, for a report that lies by itself."""
    by_page: dict[str, list[EvidenceFile]] = {}
    for file in files:
        by_page.setdefault(file.info.page, []).append(file)
    return [
        PageView(page, [_view(file, inside=inside) for file in sorted(found, key=_order)])
        for page, found in sorted(by_page.items())
    ]


_STATES: Mapping[str, str] = {"filled": "with rows", "errors": "sent empty"}


def _order(file: EvidenceFile) -> tuple[bool, int]:
    return file.info.state == "errors", -file.info.width


def _view(file: EvidenceFile, *, inside: bool) -> PictureView:
    info = file.info
    data = f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}" if inside else info.path
    caption = f"{info.width} px, {_STATES.get(info.state, info.state)}"
    return PictureView(data, f"Page {info.page} in a window of {caption}", info.width, caption)
