"""Problems of feature files and domains: collected as values, so that a writer sees all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stackwright.contract.v1.expression_pb2 import Place as PlaceMessage


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; line and column are 1-based, 0 when unknown."""

    path: str = ""
    line: int = 0
    column: int = 0

    @staticmethod
    def of(message: PlaceMessage) -> Place:
        """Read the place that an expression of a fragment carries."""
        return Place(message.path, message.line, message.column)

    def message(self) -> PlaceMessage:
        """Give the place as an expression of a fragment carries it."""
        return PlaceMessage(path=self.path, line=self.line, column=self.column)

    def moved(self, columns: int) -> Place:
        """Give the place some columns further on in the same line."""
        return Place(self.path, self.line, self.column + columns)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


NOWHERE = Place()


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, with its place and a stable code such as `unknown_key`."""

    place: Place
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} [{self.code}]"


class Problems:
    """A list that grows while files are read; nothing is raised until all of them were looked at."""

    def __init__(self) -> None:
        self._items: dict[Problem, None] = {}
        # Where elements that are known by name stand in a text: `domain.entities.Book.fields.isbn` → line and column.
        self.texts: dict[str, Place] = {}

    def add(self, place: Place, code: str, message: str) -> None:
        """Note a problem; the same problem twice is noted once."""
        self._items[Problem(self._in_text(place), code, message)] = None

    def _in_text(self, place: Place) -> Place:
        """Give the place in the text that an element came from, by the longest path that is known."""
        path = "" if place.line or not self.texts else place.path
        while path:
            if path in self.texts:
                return self.texts[path]
            path = path.rpartition(".")[0]
        return place

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note many."""
        for problem in problems:
            self._items[problem] = None

    def __bool__(self) -> bool:
        return bool(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def sorted(self) -> list[Problem]:
        """Give all problems in order of file and line."""
        return sorted(self._items)

    def refuse(self) -> None:
        """Raise `ContractRefusedError` with all problems, if there is any."""
        if self._items:
            raise ContractRefusedError(self.sorted())


class ContractRefusedError(Exception):
    """No contract can be drawn from these files, entities or features; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = "\n".join(str(problem) for problem in problems[:20])
        rest = f"\n… and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(f"{len(problems)} problem(s):\n{shown}{rest}")
