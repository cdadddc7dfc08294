"""The parts of a pattern, and what is said of one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

# Code points, both ends included.
Ranges = tuple[tuple[int, int], ...]


class PatternError(ValueError):
    """A pattern that not every layer can read, or that can take for ever; the message is a sentence."""


@dataclass(frozen=True)
class Characters:
    """One character out of a set; `text` is how it is written."""

    text: str
    ranges: Ranges


@dataclass(frozen=True)
class Edge:
    """The beginning or the end of the text."""

    text: str


@dataclass(frozen=True)
class Repeated:
    """`inner`, from `least` to `most` times (None: without end)."""

    inner: Part
    least: int
    most: int | None
    text: str


@dataclass(frozen=True)
class Group:
    """A choice in parentheses; a `look` reads ahead and takes nothing."""

    choice: Choice
    opening: str

    @property
    def look(self) -> bool:
        """Whether it reads ahead."""
        return self.opening in ("(?=", "(?!")


@dataclass(frozen=True)
class Choice:
    """One of several sequences."""

    sequences: tuple[tuple[Part, ...], ...]


Part = Characters | Edge | Repeated | Group
