"""Files built from structures, never by pasting text."""

import json
from collections.abc import Mapping, Sequence

from stackwright.code.v1.file_pb2 import FileOrigin, Layer, SourceFile

# What JSON is made of.
Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


def json_file(path: str, value: Json, *, layer: Layer, handler: str, feature: str = "") -> SourceFile:
    """Give a composed JSON file: two blanks of indentation, keys in the order given, a newline at the end."""
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    return text_file(path, text, layer=layer, handler=handler, feature=feature, origin=FileOrigin.FILE_ORIGIN_COMPOSED)


def text_file(
    path: str,
    text: str,
    *,
    layer: Layer,
    handler: str,
    feature: str = "",
    origin: FileOrigin = FileOrigin.FILE_ORIGIN_EMITTED,
    executable: bool = False,
) -> SourceFile:
    """Give a text file in UTF-8 with Unix line ends and exactly one newline at its end."""
    content = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    return SourceFile(
        path=path,
        content=content.encode(),
        executable=executable,
        origin=origin,
        layer=layer,
        feature=feature,
        handler=handler,
    )
