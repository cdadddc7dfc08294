"""Leaves out what no file of a selection imports, so that every file delivered has a reason to be there."""

import posixpath
import re
from collections.abc import Iterator, Sequence

from stackwright.code.v1.file_pb2 import SourceFile

_IMPORT = re.compile(r"""(?:\bfrom|\bimport\(?)\s*["'](\.[^"']+)["']""")
_SOURCES = "frontend/src/"
_SCRIPTS = (".ts", ".tsx", ".js", ".jsx")


def without_unimported(files: Sequence[SourceFile]) -> list[SourceFile]:
    """All files but the scripts that nothing imports, and what only those imported.

    What the page itself begins with stays, and so do the lists of features.
    """
    kept = list(files)
    named = {file.path: set(_imports(file)) for file in files}
    while True:
        imported = {path for file in kept for path in named[file.path]}
        fewer = [file for file in kept if not _is_part(file.path) or file.path in imported]
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def _is_part(path: str) -> bool:
    name = posixpath.basename(path)
    return path.startswith(_SOURCES) and path.endswith(_SCRIPTS) and not name.startswith(("index.", "main."))


def _imports(file: SourceFile) -> Iterator[str]:
    if file.path.endswith(_SCRIPTS):
        folder = posixpath.dirname(file.path)
        for source in _IMPORT.findall(file.content.decode()):
            yield posixpath.normpath(f"{folder}/{source}")
