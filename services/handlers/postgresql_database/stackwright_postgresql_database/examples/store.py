"""The rows made so far, as the evaluator of expressions reads them."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from stackwright.contract.v1 import model_pb2
from stackwright.contract.v1.expression_pb2 import Expression
from stackwright_postgresql_database.fields import key_value_kind
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.python import RowKey, Value, World, evaluate
from stackwright_sdk.expressions.python.literals import literal

# A Monday: when the rows are added, the Monday of that week takes its place, so that weekdays stay what they are.
MONDAY = datetime.datetime(2026, 6, 15, tzinfo=datetime.UTC)
_SPACE = uuid.UUID("6f1d3c1e-5b8e-4f0c-9d52-6a0f5d0c7e21")


class CalendarYear(int):
    """The year of that Monday, whichever it is by then."""


class ExampleRow(Mapping[str, Value]):
    """A row by field name. What the database derives from other rows is derived when it is read."""

    def __init__(self, store: Store, model: model_pb2.Model, number: int, *, existing: str = "") -> None:
        self.model, self.number, self.existing = model, number, existing
        self._store = store
        self.id = str(uuid.uuid5(_SPACE, f"{store.index.contract.contract_id}/{model.id}/{number}{existing}"))
        self.key = RowKey(model.id, self.id)
        self.values_: dict[str, Value] = {"id": self.id, "created_at": MONDAY, "updated_at": MONDAY}

    @property
    def created(self) -> datetime.datetime:
        """When it was made."""
        moment = self.values_["created_at"]
        return moment if isinstance(moment, datetime.datetime) else MONDAY

    def __getitem__(self, name: str) -> Value:
        derived = self._store.derived.get((self.model.id, name))
        if derived is not None:
            return self._store.value(derived, self)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash(self.id)


class _World(World):
    """A world that finds its rows without a search: they are made in the order of their ages, and none is deleted."""

    def row(self, key: RowKey) -> Mapping[str, Value] | None:
        """The row with this id."""
        known = cast("_Tables", self.rows).known.get(key.id)
        return known if known is not None and known.model.id == key.model_id else None

    def all(self, model_id: str) -> list[RowKey]:
        """All rows of a model."""
        return [cast("ExampleRow", row).key for row in self.rows.get(model_id, ())]


class _Tables(dict[str, list["ExampleRow"]]):
    """Rows by model, and by id."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, ExampleRow] = {}


@dataclass
class Store:
    """Rows by model, pairs by join table."""

    index: ContractIndex
    rows: _Tables = field(default_factory=_Tables)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    derived: dict[tuple[str, str], Expression] = field(init=False)
    settings: dict[str, Value] = field(init=False)

    def __post_init__(self) -> None:
        self.derived = {
            (model.id, item.name): item.value
            for model in self.index.contract.models
            for item in model.fields
            if item.HasField("value") and item.stored
        }
        self.settings = {
            setting.key: literal(setting.default, key_value_kind(model_pb2.Field(type=setting.type)))
            for setting in self.index.contract.settings
            if setting.HasField("default")
        }

    def of(self, model_id: str) -> list[ExampleRow]:
        """The rows of a model, in the order made."""
        return self.rows.setdefault(model_id, [])

    def add(self, row: ExampleRow) -> None:
        """Put a row behind the others of its model."""
        self.of(row.model.id).append(row)
        self.rows.known[row.id] = row

    def remove(self, row: ExampleRow) -> None:
        """Take a row out again."""
        self.of(row.model.id).remove(row)
        del self.rows.known[row.id]

    def value(
        self,
        expression: Expression,
        row: ExampleRow | None,
        *,
        actor: ExampleRow | None = None,
        old: Mapping[str, Value] | None = None,
        given: Mapping[str, Value] | None = None,
        powerful: bool = False,
    ) -> Value:
        """The value of an expression for a row, at the moment it was made; `powerful`: for one who may do all.

        Raises NotCompilable, KeyError or ZeroDivisionError where it has none.
        """
        world = _World(
            rows=self.rows,
            links=self.links,
            this=row.key if row else None,
            old=old,
            actor=actor.key if actor else None,
            permissions=frozenset(self.index.permissions) if powerful else frozenset(),
            settings=self.settings,
            objects={"input": dict(given or {})},
            now=row.created if row else MONDAY,
        )
        return evaluate(expression, self.index, world)
