"""Writing, archives and names: what comes from users is hostile."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackwright.code.v1 import facts_pb2
from stackwright.code.v1.file_pb2 import SourceFile
from stackwright_kit.errors import FailedPreconditionError, InvalidArgumentError
from stackwright_orchestrator.archive import files_of_zip, tar_of, zip_of
from stackwright_orchestrator.validation import facts_of
from stackwright_orchestrator.writer import PremiumFileWriter, check_target, slug_of


def source(path: str, content: bytes = b"x", *, executable: bool = False) -> SourceFile:
    return SourceFile(path=path, content=content, executable=executable)


FILES = [source("b/run.sh", b"#!/bin/sh\n", executable=True), source("a.txt", b"a" * 1000), source("b/empty", b"")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Enterprise App", "enterprise-app"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "app"),
        ("", "app"),
        ("日本語", "app"),
        ("Über Größe", "uber-groe"),
        ("CON", "app-con"),
        ("a" * 300, "a" * 60),
        ("-- x --", "x"),
        ("a\x00b/c\\d", "a-b-c-d"),
        ("constructor", "constructor"),
        ("$(rm -rf /)", "rm-rf"),
    ],
)
def test_slugs_are_safe(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    "wanted", ["../x", "/etc/x", "a/../../x", "link/x", ".", "a/..", "x\x00y", "y" * 300, "~/../../x"]
)
def test_no_output_outside_the_root(tmp_path: Path, wanted: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    with pytest.raises(InvalidArgumentError) as caught:
        check_target(root, wanted)
    assert caught.value.violations[0].field == "spec.options.output_path"
    assert list(outside.iterdir()) == []


def test_output_that_fits(tmp_path: Path) -> None:
    assert check_target(tmp_path, "a/b") == tmp_path / "a" / "b"
    assert check_target(tmp_path, str(tmp_path / "c")) == tmp_path / "c"
    (tmp_path / "empty").mkdir()
    assert check_target(tmp_path, "empty") == tmp_path / "empty"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "file").touch()
    for wanted in ("full", "file"):
        with pytest.raises(InvalidArgumentError) as caught:
            check_target(tmp_path, wanted)
        assert caught.value.reason == "OUTPUT_NOT_EMPTY"


def test_all_files_or_none(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "project"
    assert PremiumFileWriter(tmp_path).write(target, FILES) == 3
    assert sorted(p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()) == [
        "a.txt",
        "b/empty",
        "b/run.sh",
    ]
    assert os.access(target / "b" / "run.sh", os.X_OK)
    assert not os.access(target / "a.txt", os.X_OK)
    assert [p.name for p in target.parent.iterdir()] == ["project"], "no partial folder stays"


@pytest.mark.parametrize(
    "bad", [[source("../x")], [source("a"), source("A")], [source("a"), source("a")], [source("a"), source("a/b")]]
)
def test_a_bad_path_leaves_nothing(tmp_path: Path, bad: list[SourceFile]) -> None:
    with pytest.raises((InvalidArgumentError, FailedPreconditionError)):
        PremiumFileWriter(tmp_path).write(tmp_path / "project", [*FILES[:1], *bad])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_filled_in_between_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "project"

    def files() -> Iterator[SourceFile]:
        yield from FILES
        target.mkdir()
        (target / "theirs").touch()

    with pytest.raises(FailedPreconditionError):
        PremiumFileWriter(tmp_path).write(target, files())
    assert [p.name for p in tmp_path.rglob("*")] == ["project", "theirs"]


def test_archives_depend_on_nothing_but_their_files() -> None:
    assert zip_of(FILES, "toy") == zip_of(list(reversed(FILES)), "toy")
    assert tar_of(FILES) == tar_of(list(reversed(FILES)))
    with zipfile.ZipFile(io.BytesIO(zip_of(FILES, "toy"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["toy/a.txt", "toy/b/empty", "toy/b/run.sh"]
    with tarfile.open(fileobj=io.BytesIO(tar_of(FILES))) as archive:
        assert [(m.name, m.mode, m.mtime) for m in archive] == [
            ("a.txt", 0o644, 0), ("b/empty", 0o644, 0), ("b/run.sh", 0o755, 0),
        ]  # fmt: skip
    back = {file.path: (file.content, file.executable) for file in files_of_zip(zip_of(FILES, "toy"))}
    assert back == {file.path: (file.content, file.executable) for file in FILES}


def test_a_table_that_two_validators_tell_of_is_one_fact() -> None:
    table = facts_pb2.TableFact
    static = facts_pb2.Facts(tables=[table(schema="public", name="users"), table(schema="public", name="roles")])
    later = table(schema="public", name="users", columns=[facts_pb2.ColumnFact(name="id")])
    running = facts_pb2.Facts(tables=[later, table(schema="system", name="users")])
    merged = facts_of([static, running])
    assert [(t.schema, t.name, len(t.columns)) for t in merged.tables] == [
        ("public", "roles", 0), ("public", "users", 1), ("system", "users", 0),
    ]  # fmt: skip
