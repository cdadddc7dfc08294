"""Mutants: small changes of a generated application, each of which breaks one `shows` line."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from stackwright.code.v1.file_pb2 import SourceFile


class MutantError(Exception):
    """A mutant cannot be made: the code that it changes is not there any more."""


@dataclass(frozen=True)
class Edit:
    """Replaces every occurrence of a text in the files that a pattern names."""

    file: str
    find: str
    put: str


@dataclass(frozen=True)
class Mutant:
    """One change and the line that it breaks."""

    feature: str
    line: int
    name: str
    edits: tuple[Edit, ...]
    browser: bool = False
    """Whether it can be noticed only in a browser, so that its front end must be built."""

    @property
    def target(self) -> str:
        """The line, as `authentication:2`."""
        return f"{self.feature}:{self.line}"

    def apply(self, files: Mapping[str, SourceFile]) -> dict[str, SourceFile]:
        """The files of the mutant. Raises MutantError when an edit meets nothing."""
        changed = dict(files)
        for edit in self.edits:
            found = [path for path in files if fnmatch.fnmatch(path, edit.file)]
            hits = [path for path in found if edit.find in changed[path].content.decode()]
            if not hits:
                where = f"{edit.file} is not there" if not found else f"{edit.file} does not hold: {edit.find}"
                raise MutantError(f"{self.target}, “{self.name}”: {where}")
            for path in hits:
                content = changed[path].content.decode().replace(edit.find, edit.put)
                changed[path] = SourceFile(path=path, content=content.encode())
        return changed


def read_mutants(catalogue: Path, handlers: tuple[str, ...]) -> Iterator[Mutant]:
    """Those declared beside the behaviour tests, for a stack made by these handlers."""
    for file in sorted(catalogue.glob("*/*/behaviour/mutants.yaml")):
        for told in yaml.safe_load(file.read_text("utf-8")):
            edits = [Edit(**edit) for handler in handlers for edit in told.get(handler, [])]
            if edits:
                browser = bool(told.get("browser")) or any(edit.file.startswith("frontend/") for edit in edits)
                yield Mutant(file.parent.parent.name, told["line"], told["name"], tuple(edits), browser)
