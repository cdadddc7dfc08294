"""What is told about a JDL text without refusing it: once for each message, with all lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.jdl.syntax import PATH, Word

_MOST_LINES = 8


@dataclass
class Notes:
    """Messages with the lines that they are about, in the order of their first line."""

    _lines: dict[tuple[contract.Remark.Level, str], dict[int, None]] = field(default_factory=dict)

    def warn(self, word: Word, message: str) -> None:
        """Tell what has no meaning here, or is done otherwise than written."""
        self._lines.setdefault((contract.Remark.LEVEL_WARNING, message), {})[word.line] = None

    def tell(self, word: Word, message: str) -> None:
        """Tell what holds anyway."""
        self._lines.setdefault((contract.Remark.LEVEL_NOTE, message), {})[word.line] = None

    def remarks(self) -> list[contract.Remark]:
        """Give one remark for each message."""
        return [
            contract.Remark(level=level, element=PATH, message=f"{PATH}, {_shown(list(lines))}: {message}")
            for (level, message), lines in self._lines.items()
        ]


def _shown(lines: list[int]) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) <= _MOST_LINES:
        return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return f"lines {', '.join(map(str, lines[:_MOST_LINES]))} and {len(lines) - _MOST_LINES} more"
