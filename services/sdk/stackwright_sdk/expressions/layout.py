"""A small pretty printer: what fits on a line stays on it, what does not is broken at the outermost place.

The algorithm is Wadler's, with three primitives: text, a possible line break, and a group that is either wholly flat or
wholly broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 100
STEP = 2


@dataclass(frozen=True)
class Text:
    """Characters without a line break."""

    value: str


@dataclass(frozen=True)
class Line:
    """A line break; `flat` is what stands for it in a group that fits."""

    flat: str = " "


@dataclass(frozen=True)
class Group:
    """Documents that are printed flat if they fit, else with every direct line broken."""

    parts: tuple[Doc, ...]


@dataclass(frozen=True)
class Nest:
    """Documents whose broken lines are indented by one step."""

    parts: tuple[Doc, ...]


@dataclass(frozen=True)
class Concat:
    """Documents one after another."""

    parts: tuple[Doc, ...]


Doc = Text | Line | Group | Nest | Concat

SOFT = Line("")
SPACE = Line(" ")


def text(value: str) -> Text:
    """A piece of text."""
    return Text(value)


def concat(*parts: Doc | str) -> Concat:
    """Documents one after another; strings are text."""
    return Concat(_documents(parts))


def group(*parts: Doc | str) -> Group:
    """A group of documents; strings are text."""
    return Group(_documents(parts))


def nest(*parts: Doc | str) -> Nest:
    """Documents indented by one step; strings are text."""
    return Nest(_documents(parts))


def join(separator: Doc, documents: Sequence[Doc]) -> Concat:
    """Documents with a separator between each two."""
    parts: list[Doc] = []
    for position, document in enumerate(documents):
        if position:
            parts.append(separator)
        parts.append(document)
    return Concat(tuple(parts))


def brackets(inner: Doc, *, before: str = "") -> Group:
    """`before(inner)`, with the inner document on lines of its own when it is too long."""
    return group(f"{before}(", nest(SOFT, inner), SOFT, ")")


def render(document: Doc, *, indent: int = 0, width: int = WIDTH) -> str:
    """Print a document whose first line starts at column `indent`."""
    out: list[str] = []
    column = indent
    stack: list[tuple[int, bool, Doc]] = [(indent, False, document)]
    while stack:
        level, flat, current = stack.pop()
        if isinstance(current, Text):
            out.append(current.value)
            column += len(current.value)
        elif isinstance(current, Line):
            if flat:
                out.append(current.flat)
                column += len(current.flat)
            else:
                out.append("\n" + " " * level)
                column = level
        elif isinstance(current, Group):
            fits = flat or column + _flat_length(current) <= width
            stack.extend((level, fits, part) for part in reversed(current.parts))
        else:
            inner = level + STEP if isinstance(current, Nest) else level
            stack.extend((inner, flat, part) for part in reversed(current.parts))
    return "".join(out)


def _flat_length(document: Doc) -> int:
    if isinstance(document, Text):
        return len(document.value)
    if isinstance(document, Line):
        return len(document.flat)
    return sum(_flat_length(part) for part in document.parts)


def _documents(parts: Iterable[Doc | str]) -> tuple[Doc, ...]:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)
