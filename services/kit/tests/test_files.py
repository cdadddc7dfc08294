from __future__ import annotations

import pytest

from stackwright.code.v1 import file_pb2
from stackwright_kit.errors import InvalidArgumentError
from stackwright_kit.files import CHUNK_BYTES, FileJoiner, check_path, join_chunks, to_chunks


def source(path: str, content: bytes = b"x") -> file_pb2.SourceFile:
    return file_pb2.SourceFile(path=path, content=content, executable=True, feature="f")


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_cut_and_joined_is_the_same(size: int) -> None:
    files = [source("a/b.ts", bytes(size)), source("c.ts", b"second")]
    chunks = list(to_chunks(files))
    assert all(chunk.ByteSize() < CHUNK_BYTES + 1024 for chunk in chunks)
    assert join_chunks(chunks) == files


def test_trees_are_kept_apart() -> None:
    joiner = FileJoiner()
    for tree in (file_pb2.TREE_DELIVERED, file_pb2.TREE_PROBE):
        for chunk in to_chunks([source("same.ts")], tree):
            joiner.add(chunk)
    assert {tree: [file.path for file in files] for tree, files in joiner.finish().items()} == {
        file_pb2.TREE_DELIVERED: ["same.ts"],
        file_pb2.TREE_PROBE: ["same.ts"],
    }


@pytest.mark.parametrize(
    "path",
    [
        "", "/etc/passwd", "../x", "a/../b", "a/./b", "a//b", "a\\b", "a\x00b", "a\nb", "a\u202eb", "c:/x", "con",
        "a/NUL.txt", "a /b", "a./b", "x" * 301, "a/" + "y" * 201, ".git/config", ".GIT/hooks/x",
    ],
)  # fmt: skip
def test_unsafe_paths_are_refused(path: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_path(path)
    assert caught.value.reason == "UNSAFE_PATH"
    assert caught.value.violations[0].field == "path"


@pytest.mark.parametrize(
    "path", [".github/workflows/ci.yml", "src/[id].tsx", "a-b_c.d.e", "docs/Über.md", ".env.example"]
)
def test_ordinary_paths_pass(path: str) -> None:
    assert check_path(path) == path


def test_chunks_out_of_place_are_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="must start with"):
        join_chunks([file_pb2.FileChunk(more=b"x")])
    first = file_pb2.FileChunk(file=source("a"))
    with pytest.raises(InvalidArgumentError, match="did not end"):
        join_chunks([first, file_pb2.FileChunk(file=source("b"))])
    with pytest.raises(InvalidArgumentError, match="cut off"):
        join_chunks([first])
    whole = file_pb2.FileChunk(file=source("a"), last=True)
    with pytest.raises(InvalidArgumentError, match="came twice"):
        join_chunks([whole, whole])


def test_too_much_is_refused() -> None:
    joiner = FileJoiner(max_bytes=10)
    (chunk,) = to_chunks([source("a", b"0123456789x")])
    with pytest.raises(InvalidArgumentError) as caught:
        joiner.add(chunk)
    assert caught.value.reason == "TOO_LARGE"
