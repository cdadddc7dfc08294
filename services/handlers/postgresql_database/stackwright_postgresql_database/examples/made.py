"""What was made: rows, pairs, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.examples.store import ExampleRow, Store
from stackwright_sdk.expressions.python import Value


@dataclass(frozen=True)
class Change:
    """A row that an action takes from one state to the next, with what the action sets."""

    row: ExampleRow
    values: Mapping[str, Value]


@dataclass
class Examples:
    """The rows in the order in which they can be inserted, then the changes; `left_out` are models without any."""

    store: Store
    models: list[model_pb2.Model] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    # Members of each row as they are inserted, before any change.
    inserted: dict[str, dict[str, Value]] = field(default_factory=dict)

    @property
    def people(self) -> list[ExampleRow]:
        """The users."""
        user = self.store.index.named("User")
        return self.store.of(user.id) if user else []

    def rows(self, model: model_pb2.Model) -> list[ExampleRow]:
        """The rows of a model that have to be inserted."""
        return [row for row in self.store.of(model.id) if not row.existing]
