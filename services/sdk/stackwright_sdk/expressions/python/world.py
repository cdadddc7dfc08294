"""What the evaluator reads: rows, the caller, the input, the clock."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

# A row by field name. A reference is the id it holds, an `any` field a RowKey; `id` and `created_at` are always there.
Row = Mapping[str, "Value"]


@dataclass(frozen=True, order=True)
class RowKey:
    """A row that is spoken of: its model and its id."""

    model_id: str
    id: str


Scalar = (
    None | bool | int | Decimal | str | datetime.date | datetime.time | datetime.datetime | datetime.timedelta | RowKey
)
Value = Scalar | Sequence["Value"] | Mapping[str, "Value"]

NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class World:
    """Everything an expression can read.

    `rows` are the tables by model id (deleted ones have a `deleted_at`), `links` the pairs (near, far) of each join
    table. `actor` and `session` are null for a stranger; `permissions` are those of the caller. `objects` holds
    `input`, `request`, `event` and `app`; `variables` what steps named.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    links: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    this: RowKey | None = None
    old: Row | None = None
    actor: RowKey | None = None
    session: RowKey | None = None
    visitor: str | None = None
    permissions: frozenset[str] = frozenset()
    settings: Mapping[str, Value] = field(default_factory=dict)
    objects: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    variables: Mapping[str, Value] = field(default_factory=dict)
    now: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))

    def row(self, key: RowKey) -> Row | None:
        """The row, whether it was deleted softly or not; null when there is none."""
        return next((row for row in self.rows.get(key.model_id, ()) if row["id"] == key.id), None)

    def all(self, model_id: str) -> list[RowKey]:
        """The set of all rows of a model, oldest first."""
        present = [row for row in self.rows.get(model_id, ()) if row.get("deleted_at") is None]
        present.sort(key=lambda row: (str(row.get("created_at", "")), str(row["id"])))
        return [RowKey(model_id, str(row["id"])) for row in present]
