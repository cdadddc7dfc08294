"""Parsing of every SQL file, by PostgreSQL's own parser in a warm worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stackwright_sdk.node import NodeCallError, NodeWorker, NodeWorkerError
from stackwright_sdk.validation import ToolError


@dataclass(frozen=True)
class SqlRemark:
    """Something about a statement; line from 1, 0 when not known."""

    rule: str
    message: str
    line: int


@dataclass(frozen=True)
class ParsedFile:
    """What is wrong with a file, and what is remarkable in it."""

    path: str
    errors: Sequence[SqlRemark]
    remarks: Sequence[SqlRemark]


@dataclass(frozen=True)
class _Parsed:
    files: Sequence[ParsedFile]


@dataclass(frozen=True)
class _Request:
    files: Mapping[str, str]


class SqlParser:
    """A warm worker; it starts with the first call, and again after it died."""

    def __init__(self) -> None:
        self._worker = NodeWorker(Path(__file__).with_name("worker") / "parse.mjs")

    async def parse(self, files: Mapping[str, str]) -> Sequence[ParsedFile]:
        """Parse texts by path.

        Raises:
            ToolError: the worker died, or took too long.

        """
        try:
            return (await self._worker.call("parse", _Request(files), _Parsed, timeout=30)).files
        except (NodeCallError, NodeWorkerError) as error:
            raise ToolError(f"The parser of SQL failed: {error}") from error

    async def close(self) -> None:
        """End the worker."""
        await self._worker.close()
