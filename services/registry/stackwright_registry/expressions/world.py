"""What the checker must know of the application, and what one expression may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from stackwright_registry.expressions.stands import Stand
from stackwright_registry.expressions.types import Type


@dataclass(frozen=True)
class MemberType:
    """A member of a row: its type, and the id of its field if it is one."""

    type: Type
    field_id: str = ""
    # Why it cannot be read in an expression; empty: it can.
    refusal: str = ""


class World(Protocol):
    """The resolved elements that expressions may name."""

    def model(self, name: str) -> str | None:
        """Give the id of a model by its name."""

    def models(self) -> Iterable[str]:
        """Give the names of all models, for suggestions."""

    def member(self, model_id: str, name: str) -> MemberType | None:
        """Give a member of the rows of a model."""

    def members(self, model_id: str) -> Iterable[str]:
        """Give the names of all members, for suggestions."""

    def setting(self, key: str) -> Type | None:
        """Give the type of a setting."""

    def settings(self) -> Iterable[str]:
        """Give all keys of settings, for suggestions."""

    def permissions(self) -> Iterable[str]:
        """Give all keys of permissions."""


@dataclass(frozen=True)
class Scope:
    """What one expression may name beside the world."""

    stand: Stand
    # The row that it belongs to; None: it belongs to none.
    this: Type | None = None
    inputs: Mapping[str, Type] | None = None
    variables: Mapping[str, Type] = field(default_factory=dict)
    # Paths that a test before has shown not to be null: `this.parent`, `m.order_line`.
    present: frozenset[str] = frozenset()
    # The row was made in this transaction, so that the secret of its token still exists.
    fresh: bool = False
    # The secret of a token may stand here.
    secrets: bool = False

    def with_variable(self, name: str, type_: Type) -> Scope:
        """Give the scope with one more variable."""
        return replace(self, variables={**self.variables, name: type_})

    def with_present(self, paths: frozenset[str]) -> Scope:
        """Give the scope in which these paths are not null."""
        return replace(self, present=self.present | paths) if paths else self
