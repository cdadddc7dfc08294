"""TypeScript to JavaScript by erasing its types, and formatting, in a warm Node worker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from stackwright_sdk.node import kept
from stackwright_sdk.node.worker import NodeWorker


@dataclass(frozen=True)
class SourceProblem:
    """A place that does not parse or cannot be erased. `line` counts from 1."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class SourceError(Exception):
    """Files that could not be turned; `problems` names each place."""

    def __init__(self, problems: list[SourceProblem]) -> None:
        super().__init__("; ".join(map(str, problems[:5])))
        self.problems = problems


@dataclass(frozen=True)
class FormatOptions:
    """As oxfmt names them; these are the house style of generated code."""

    printWidth: int = 110  # noqa: N815 - oxfmt's own names
    singleQuote: bool = False  # noqa: N815


@dataclass(frozen=True)
class _Files:
    files: dict[str, str]


@dataclass(frozen=True)
class _FormatFiles:
    files: dict[str, str]
    options: FormatOptions


@dataclass(frozen=True)
class _Turned:
    files: dict[str, str]
    errors: list[SourceProblem] = field(default_factory=list)


class SourceTools:
    """Erases and formats. Use as `async with SourceTools() as tools`; one serves many calls at once."""

    def __init__(self) -> None:
        self._worker = NodeWorker(Path(__file__).with_name("source.mjs"))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._worker.close()

    async def erase(self, files: Mapping[str, str]) -> dict[str, str]:
        """`.ts` and `.tsx` (paths and contents) as `.js` and `.jsx`, not yet formatted; other files as they are.

        The documentation of an erased type goes with it, relative imports of `.ts` become `.js`. Declaration files are
        left out, and so are files of nothing but types that no other file still names. Raises SourceError for what
        does not parse or has a meaning at run time (enums, namespaces).
        """
        turned = await self._worker.call("erase", _Files(dict(files)), _Turned)
        if turned.errors:
            raise SourceError(turned.errors)
        return turned.files

    async def format(self, files: Mapping[str, str], options: FormatOptions | None = None) -> dict[str, str]:
        """The files formatted; the language follows from each path. Raises SourceError for what does not parse."""
        return await self._kept("format", files, options or FormatOptions(), self._format)

    async def to_javascript(self, files: Mapping[str, str], options: FormatOptions | None = None) -> dict[str, str]:
        """`erase`, then `format`."""
        return await self._kept("to_javascript", files, options or FormatOptions(), self._to_javascript)

    async def _format(self, files: Mapping[str, str], options: FormatOptions) -> dict[str, str]:
        turned = await self._worker.call("format", _FormatFiles(dict(files), options), _Turned)
        if turned.errors:
            raise SourceError(turned.errors)
        return {path: turned.files[path] for path in files}

    async def _to_javascript(self, files: Mapping[str, str], options: FormatOptions) -> dict[str, str]:
        return await self._format(await self.erase(files), options)

    async def _kept(
        self,
        method: str,
        files: Mapping[str, str],
        options: FormatOptions,
        turn: Callable[[Mapping[str, str], FormatOptions], Awaitable[dict[str, str]]],
    ) -> dict[str, str]:
        """What `turn` makes of the files, or made of the same ones before, in this process or another."""
        place = await asyncio.to_thread(kept.place, method, files, options)
        if (found := await asyncio.to_thread(kept.read, place)) is not None:
            return found
        turned = await turn(files, options)
        await asyncio.to_thread(kept.write, place, turned)
        return turned
