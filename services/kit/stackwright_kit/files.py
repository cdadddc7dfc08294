"""Files over streams: cut into chunks that fit a message, joined again, and never trusted with a path."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stackwright.code.v1 import file_pb2
from stackwright_kit.errors import invalid_field

CHUNK_BYTES = 256 * 1024
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_TREE_BYTES = 512 * 1024 * 1024
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{stem}{n}" for stem in ("com", "lpt") for n in range(1, 10))})


def check_path(path: str) -> str:
    """Return `path` if it is a relative POSIX path that stays inside its folder on every system.

    Raises:
        InvalidArgumentError: naming `path` and what is wrong with it.

    """
    parts = path.split("/")
    wrong = ""
    if not path or path.startswith("/"):
        wrong = "must be a relative path"
    elif len(path.encode()) > 300 or any(len(part.encode()) > 200 for part in parts):
        wrong = "must be at most 300 bytes, and 200 for each part"
    elif "\\" in path or _has_control(path):
        wrong = "must have no backslash and no control character"
    elif any(part in {"", ".", ".."} for part in parts):
        wrong = "must have no empty part, `.` or `..`"
    elif any(part != part.strip() or part.endswith(".") or ":" in part for part in parts):
        wrong = "must have no part with a colon, an outer space or a final dot"
    elif any(part.split(".")[0].lower() in _DEVICES for part in parts):
        wrong = "must have no part that names a device"
    elif path.split("/")[0].lower() == ".git":
        wrong = "must not lie in .git"
    if wrong:
        raise invalid_field("path", f"{wrong} (got {path[:120]!r})", reason="UNSAFE_PATH")
    return path


def _has_control(path: str) -> bool:
    # Nearly every path is plain, and each is looked at several times on its way.
    plain = path.isascii() and path.isprintable()
    return not plain and any(unicodedata.category(character)[0] == "C" for character in path)


def to_chunks(
    files: Iterable[file_pb2.SourceFile], tree: file_pb2.Tree = file_pb2.TREE_DELIVERED
) -> Iterator[file_pb2.FileChunk]:
    """Cut files into chunks of at most 256 KiB of content, in order; an empty file is one chunk."""
    for source in files:
        check_path(source.path)
        head = file_pb2.SourceFile()
        head.CopyFrom(source)
        head.content = source.content[:CHUNK_BYTES]
        rest = range(CHUNK_BYTES, len(source.content), CHUNK_BYTES)
        yield file_pb2.FileChunk(tree=tree, file=head, last=not rest)
        for start in rest:
            more = source.content[start : start + CHUNK_BYTES]
            yield file_pb2.FileChunk(tree=tree, more=more, last=start == rest[-1])


@dataclass
class FileJoiner:
    """Joins chunks into files. Feed each chunk to `add`; `finish` gives the files by tree, in order of arrival."""

    max_bytes: int = MAX_TREE_BYTES
    _trees: dict[file_pb2.Tree, dict[str, file_pb2.SourceFile]] = field(default_factory=dict)
    _open: file_pb2.SourceFile | None = None
    _pieces: list[bytes] = field(default_factory=list)
    _open_bytes: int = 0
    _bytes: int = 0

    def add(self, chunk: file_pb2.FileChunk) -> file_pb2.SourceFile | None:
        """Take one chunk; returns the file that it completes, if it does.

        Raises:
            InvalidArgumentError: for a chunk out of place, an unsafe or repeated path, or too many bytes.

        """
        if chunk.HasField("file"):
            self._begin(chunk)
        elif self._open is None:
            raise invalid_field("chunk", "a file must start with a chunk that has `file`", reason="CHUNK_OUT_OF_PLACE")
        piece = chunk.file.content if chunk.HasField("file") else chunk.more
        self._bytes += len(piece)
        self._open_bytes += len(piece)
        if self._bytes > self.max_bytes or self._open_bytes > MAX_FILE_BYTES:
            raise invalid_field("chunk", f"files must have at most {self.max_bytes} bytes in all", reason="TOO_LARGE")
        self._pieces.append(piece)
        if not chunk.last or self._open is None:
            return None
        done, self._open = self._open, None
        done.content = b"".join(self._pieces)
        return done

    def _begin(self, chunk: file_pb2.FileChunk) -> None:
        path = check_path(chunk.file.path)
        tree = self._trees.setdefault(chunk.tree or file_pb2.TREE_DELIVERED, {})
        if self._open is not None:
            raise invalid_field("chunk", f"{self._open.path} did not end before {path}", reason="CHUNK_OUT_OF_PLACE")
        if path in tree:
            raise invalid_field("path", f"{path} came twice", reason="REPEATED_PATH")
        self._open = file_pb2.SourceFile()
        self._open.CopyFrom(chunk.file)
        tree[path] = self._open
        self._pieces, self._open_bytes = [], 0

    def finish(self) -> dict[file_pb2.Tree, list[file_pb2.SourceFile]]:
        """The files of each tree.

        Raises:
            InvalidArgumentError: if the last file is cut off.

        """
        if self._open is not None:
            raise invalid_field("chunk", f"{self._open.path} is cut off", reason="CHUNK_OUT_OF_PLACE")
        return {tree: list(files.values()) for tree, files in self._trees.items()}


def join_chunks(chunks: Iterable[file_pb2.FileChunk]) -> list[file_pb2.SourceFile]:
    """Join the chunks of one tree (`TREE_DELIVERED`)."""
    joiner = FileJoiner()
    for chunk in chunks:
        joiner.add(chunk)
    return joiner.finish().get(file_pb2.TREE_DELIVERED, [])
