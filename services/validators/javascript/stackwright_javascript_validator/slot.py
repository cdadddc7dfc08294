"""A folder where the tools find the project, kept between requests so that they see only what changed."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from stackwright_sdk.node import node_modules
from stackwright_sdk.validation import Project, ProjectChanges

# Made by builds and installs: not source, and `node_modules` is the toolchain's own.
_MADE = frozenset({"node_modules", "dist", "coverage", ".vite"})


class Slot:
    """One folder and one turn: whoever holds it has its own project there, with the toolchain's packages beside it."""

    def __init__(self) -> None:
        self._made: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="stackwright-js-")
        self.beside = Path(self._made.name).resolve()
        """For what tools need and the project does not have."""
        self.folder = self.beside / "project"
        self.folder.mkdir()
        (self.beside / "node_modules").symlink_to(node_modules())
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def holding(self, project: Project) -> AsyncIterator[ProjectChanges]:
        """Wait for the turn, put the project there, and give what differs from the one before."""
        async with self._turn:
            yield await asyncio.to_thread(sources_of(project).write_to, self.folder)

    def close(self) -> None:
        """Remove the folder."""
        self._made.cleanup()


def sources_of(project: Project) -> Project:
    """Leave out what builds and installs make."""
    return Project.of(file for path, file in project.files.items() if not _MADE.intersection(path.split("/")))
