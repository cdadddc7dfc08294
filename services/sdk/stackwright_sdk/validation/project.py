"""The files of one application, in memory, and on disk when a tool needs them there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from stackwright.code.v1.file_pb2 import SourceFile


@dataclass(frozen=True)
class Project:
    """One tree of files by path (relative, POSIX). Immutable: tools get a copy on disk."""

    files: Mapping[str, SourceFile] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[SourceFile]) -> Project:
        """Make a project of files; their paths must differ."""
        return cls({file.path: file for file in files})

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> Project:
        """Make a project of texts by path, for tests and fixtures."""
        return cls.of(SourceFile(path=path, content=text.encode()) for path, text in texts.items())

    @classmethod
    def read(cls, folder: Path) -> Project:
        """Read a folder from disk, without `node_modules`, `dist` and hidden version-control folders."""
        skipped = {"node_modules", "dist", ".git"}
        return cls.of(
            SourceFile(path=found.relative_to(folder).as_posix(), content=found.read_bytes())
            for found in sorted(folder.rglob("*"))
            if found.is_file() and not skipped.intersection(found.relative_to(folder).parts)
        )

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def __len__(self) -> int:
        return len(self.files)

    def has(self, folder: str) -> bool:
        """Say whether any file lies below `folder`."""
        return any(path.startswith(f"{folder}/") for path in self.files)

    def matching(self, *endings: str, under: str = "") -> Iterator[SourceFile]:
        """Files whose names end so, below a folder (all of it when empty), in order of path."""
        prefix = f"{under.rstrip('/')}/" if under else ""
        for path in self._paths:
            if path.startswith(prefix) and (not endings or path.endswith(endings)):
                yield self.files[path]

    @cached_property
    def _paths(self) -> list[str]:
        return sorted(self.files)

    def digest(self, *, under: str = "") -> str:
        """Give sha256 in hex over paths and contents below a folder: the same when nothing there differs."""
        whole = hashlib.sha256()
        for file in self.matching(under=under):
            whole.update(f"{file.path}\0{len(file.content)}\0".encode())
            whole.update(file.content)
        return whole.hexdigest()

    def text(self, path: str) -> str:
        """Text of a file, wrong UTF-8 replaced; empty when there is no such file."""
        found = self.files.get(path)
        return "" if found is None else found.content.decode("utf-8", errors="replace")

    def line(self, path: str, number: int) -> str:
        """Give the `number`-th line (from 1) of a file without its end; empty when there is none."""
        lines = self._lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @cached_property
    def _split(self) -> dict[str, list[str]]:
        return {}

    def _lines(self, path: str) -> list[str]:
        if path not in self._split:
            self._split[path] = self.text(path).split("\n")
        return self._split[path]

    def write_to(self, folder: Path, *, under: str = "") -> ProjectChanges:
        """Make `folder` hold the files below `under` and no others; what is the same already is left alone.

        Symbolic links in `folder` (a shared `node_modules`) are kept. Returns what was changed, so that a warm tool
        need look at nothing else. Paths were checked when the files arrived.
        """
        prefix = f"{under.rstrip('/')}/" if under else ""
        wanted = {path[len(prefix) :]: file for path, file in self.files.items() if path.startswith(prefix)}
        changes = ProjectChanges()
        present = dict(_files_in(folder))
        for relative in present.keys() - wanted.keys():
            present[relative].unlink()
            changes.deleted.append(relative)
            _remove_empty(present[relative].parent, folder)
        for relative, file in wanted.items():
            target = folder / relative
            if relative in present:
                if _same(target, file.content):
                    continue
                changes.changed.append(relative)
            else:
                _make_folder(target.parent, folder)
                changes.created.append(relative)
            target.write_bytes(file.content)
            if file.executable:
                target.chmod(0o755)
        return changes


@dataclass
class ProjectChanges:
    """Paths, relative to the folder written, that differ from what was there before."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.deleted)


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files below a folder, not through symbolic links."""
    pending = [folder] if folder.is_dir() else []
    while pending:
        for entry in pending.pop().iterdir():
            if entry.is_symlink():
                continue
            if entry.is_dir():
                pending.append(entry)
            else:
                yield entry.relative_to(folder).as_posix(), entry


def _same(path: Path, content: bytes) -> bool:
    if path.stat().st_size != len(content):
        return False
    return hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(content).digest()


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder and those above it that hold nothing any more: a file may come to stand in their place."""
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _make_folder(folder: Path, root: Path) -> None:
    """Make a folder below `root`; a file of an earlier project that stands in its way was deleted before."""
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{folder} leads out of {root}")
