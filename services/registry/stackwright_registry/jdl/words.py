"""From tokens of the grammar to words, documentation, and what waits for its owner."""

from __future__ import annotations

from dataclasses import dataclass, field

from lark import Token

from stackwright_registry.jdl.syntax import Annotation, Word
from stackwright_registry.problems import Problems

_LONGEST_DOCUMENTATION = 2000


def word(token: Token) -> Word:
    """Give a token as a word, without its quotes or slashes."""
    text = str(token)
    if token.type in ("STRING", "REGEX"):
        text = text[1:-1]
    return Word(text.strip() if token.type == "RAW" else text, token.line or 1, token.column or 1)


def documentation(token: Token) -> str:
    """Give the text of `/** … */` without stars and indentation."""
    lines = (line.strip().removeprefix("*").strip() for line in str(token)[3:-2].strip().splitlines())
    return "\n".join(lines).strip()[:_LONGEST_DOCUMENTATION]


def is_documentation(item: object) -> bool:
    """Say whether an item is the token of `/** … */`."""
    return isinstance(item, Token) and item.type == "DOC"


def astray(problems: Problems, annotations: tuple[Annotation, ...]) -> None:
    """Note annotations that belong to nothing."""
    for found in annotations:
        message = f"`@{found.name}` stands before nothing that takes it: an entity, a field or a relation is expected."
        problems.add(found.name.place, "misplaced", message)


@dataclass(frozen=True)
class Lead:
    """Documentation and annotations before their owner."""

    annotations: tuple[Annotation, ...] = ()
    documentation: str = ""


@dataclass
class Pending:
    """Documentation and annotations that wait for what they belong to."""

    documentation: str = ""
    annotations: list[Annotation] = field(default_factory=list)

    def take(self, item: object) -> bool:
        """Take up a comment or an annotation; say whether it was one."""
        if isinstance(item, Annotation):
            self.annotations.append(item)
        elif isinstance(item, Token) and item.type == "DOC":
            self.documentation = documentation(item)
        else:
            return False
        return True

    def lead(self) -> Lead:
        """Give what was gathered, and begin anew."""
        found = Lead(tuple(self.annotations), self.documentation)
        self.documentation, self.annotations = "", []
        return found
