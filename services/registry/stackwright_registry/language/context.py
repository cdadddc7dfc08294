"""What the readers of one file share: the problems, the places of elements, and how an expression is taken up."""

from __future__ import annotations

from dataclasses import dataclass, field

from stackwright.contract.v1.expression_pb2 import Expression
from stackwright_registry.problems import Place, Problems
from stackwright_registry.yaml_source import Source

_MAX_EXPRESSION = 4000


@dataclass
class Reading:
    """The reading of one file."""

    feature: str
    problems: Problems
    # Entities of a request: their names may be anything, naming decides.
    foreign: bool = False
    # Element as written (`User`, `User.email`, `User.actions.update`, `pages.0`) → where it stands.
    places: dict[str, Place] = field(default_factory=dict)

    def note(self, element: str, source: Source) -> None:
        """Remember where an element stands."""
        self.places.setdefault(element, source.place)

    def expression(self, source: Source) -> Expression:
        """Take up an expression with its place; it is typed when the closure of features is known."""
        text = source.text("an expression").strip()
        if not text:
            source.wrong("empty_expression", "An expression is expected here.")
        if len(text) > _MAX_EXPRESSION:
            source.wrong("too_long", f"An expression has at most {_MAX_EXPRESSION} characters.")
            text = text[:_MAX_EXPRESSION]
        return Expression(source=text, place=source.place.message())
