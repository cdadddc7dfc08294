"""The tools of a proof: where they lie on this machine, and what must be seen inside the sandbox."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from stackwright_runtime_validator.proof.place import Place
from stackwright_sdk.browser import Browser, BrowserUnavailableError, chromium
from stackwright_sdk.node import ToolchainError, node_binary, read_only_tools, toolchain_root


@dataclass
class Tools:
    """Paths of this machine. `limitations` names what is not here."""

    processors: int
    chromium: Browser | None = None
    read_only: list[Path] = field(default_factory=list)
    limitations: list[str] = field(default_factory=list)
    lacking: str = ""
    """Why nothing can be run at all; empty when it can."""

    async def prepare(self) -> None:
        """Unpacks the browser, once for this machine. What is missing becomes a limitation."""
        try:
            self.read_only = [*read_only_tools(), *readable_folders()]
        except ToolchainError as error:
            self.lacking = str(error)
            self.limitations.append(self.lacking)
            return
        try:
            self.chromium = await chromium()
        except BrowserUnavailableError as error:
            self.limitations.append(str(error))
            return
        self.read_only += [*self.chromium.folders, self.chromium.executable.parent]

    def place(self, root: Path, folder: Path, postgres_port: int, lines: tuple[str, ...] = ()) -> Place:
        """Where things lie inside a sandbox whose scratch is `root`; `folder` holds the request."""
        return Place(
            root=root,
            start=folder / "start.binpb",
            behaviour=folder / "behaviour",
            toolchain=toolchain_root(),
            node=node_binary().parent,
            postgres_port=postgres_port,
            chromium=self.chromium,
            processors=self.processors,
            lines=lines,
        )


def find_tools() -> Tools:
    """The tools of this machine, before anything is unpacked."""
    return Tools(processors=len(os.sched_getaffinity(0)))


def readable_folders() -> list[Path]:
    """What a Python inside the sandbox needs to import what this process can."""
    found = [Path(sys.prefix), *(Path(entry) for entry in sys.path if entry)]
    kept: list[Path] = []
    for path in sorted({path.absolute() for path in found if path.is_dir()}, key=lambda each: len(each.parts)):
        if not any(path.is_relative_to(parent) for parent in kept):
            kept.append(path)
    return [path for path in kept if os.access(path, os.R_OK)]
