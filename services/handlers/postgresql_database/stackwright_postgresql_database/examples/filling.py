"""Makes the rows: model after model, each row tried until it keeps every rule of the contract."""

from __future__ import annotations

import datetime
import random

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_postgresql_database.examples import words
from stackwright_postgresql_database.examples.authors import Authors
from stackwright_postgresql_database.examples.entries import COMMON_TRIES, Entries, default_of, held, label_of
from stackwright_postgresql_database.examples.made import Examples
from stackwright_postgresql_database.examples.members import (
    COUNT,
    first_organization,
    is_organization,
    name_organizations,
)
from stackwright_postgresql_database.examples.rules import keeps_rules
from stackwright_postgresql_database.examples.store import MONDAY, ExampleRow, Store
from stackwright_postgresql_database.examples.values import Unknown
from stackwright_postgresql_database.fields import has_column
from stackwright_sdk.expressions import ContractIndex, NotCompilable
from stackwright_sdk.expressions.python import Value

_MADE = frozenset({model_pb2.MODEL_KIND_RESOURCE, model_pb2.MODEL_KIND_PART, model_pb2.MODEL_KIND_LINK})
_ROWS, _MOST_PARTS, _TRIES = 50, 120, 40
# Up to so many models have all rows. Of more each has fewer, and all together fewer too, but enough to be looked at.
_MODELS, _LEAST = 50, 12
# For all rows of a model: hard rules cost few rows, not seconds.
_MOST_ATTEMPTS = 300
_WEEKS_BACK = 4
# What a rule or an expression may do where it has no answer here.
NO_ANSWER = (NotCompilable, KeyError, ZeroDivisionError, TypeError, IndexError, ValueError, OverflowError)


class Filler:
    """Fills models with rows, each tried until it keeps every rule."""

    def __init__(self, index: ContractIndex) -> None:
        self.index = index
        self.store = Store(index)
        self.made = Examples(self.store)
        self.entries = Entries(self.store)
        self._attempts = 0
        share = _MODELS / max(_MODELS, len(index.contract.models))
        self._rows = max(_LEAST, int(_ROWS * share * share))
        self.operations: dict[str, list[operation_pb2.Operation]] = {}
        for operation in index.contract.operations:
            self.operations.setdefault(operation.model_id, []).append(operation)
        self._authors = Authors(self.made, self.operations)
        self._from_contract = {seed.model_id for seed in index.contract.seeds}
        if index.has_role_tables and (role := index.named("Role")) is not None:
            for number, named in enumerate(index.contract.roles):
                self._existing(role, number, named.name)

    def _existing(self, model: model_pb2.Model, number: int, name: str) -> None:
        row = ExampleRow(self.store, model, number, existing=name)
        row.values_ |= {"name": name, "builtin": True}
        self.store.add(row)

    def fill(self, model: model_pb2.Model) -> None:
        """Make the rows of a model."""
        if not self._is_filled(model) or (self.index.is_tenanted(model) and not first_organization(self.made)):
            return
        wanted, missed = self._count(model), 0
        self._attempts = 0
        for number in range(wanted):
            if missed > 5 or not self._make(model, number, wanted):
                missed += 1
        if self.made.rows(model):
            self.made.models.append(model)
            for row in self.made.rows(model):
                self.made.inserted[row.id] = dict(row.values_)
        else:
            self.made.left_out.append(model.name)
        if is_organization(model, self.index):
            name_organizations(self.made, model)

    def _is_filled(self, model: model_pb2.Model) -> bool:
        if model.HasField("native_rows") or model.id in self._from_contract:
            return False
        own = self.operations.get(model.id, [])
        if model.kind == model_pb2.MODEL_KIND_LOG:
            return any(operation.kind == operation_pb2.OPERATION_KIND_CREATE for operation in own)
        return model.kind in _MADE

    def _count(self, model: model_pb2.Model) -> int:
        named = words.NAMED.get(label_of(model).lower().rsplit(" ", 1)[-1])
        if named:
            return len(named)
        if is_organization(model, self.index):
            return COUNT
        if model.HasField("part_of"):
            return min(3 * len(self.store.of(model.part_of.parent_model_id)) + self._rows, _MOST_PARTS)
        return self._rows

    def _make(self, model: model_pb2.Model, number: int, wanted: int) -> bool:
        for attempt in range(_TRIES):
            self._attempts += 1
            if self._attempts > _MOST_ATTEMPTS:
                return False
            chance = random.Random(f"{model.id} {number} {attempt}")  # noqa: S311 - examples
            row = ExampleRow(self.store, model, number)
            moment = MONDAY - datetime.timedelta(weeks=_WEEKS_BACK) * (1 - number / wanted)
            moment = moment.replace(
                hour=chance.randint(7, 17), minute=chance.randint(0, 59), second=chance.randint(0, 59)
            )
            row.values_["created_at"] = row.values_["updated_at"] = moment
            self.store.add(row)
            try:
                if self._filled(row, chance, attempt) and keeps_rules(self.store, row):
                    return True
            except (Unknown, *NO_ANSWER):
                pass
            self.store.remove(row)
        return False

    def _filled(self, row: ExampleRow, chance: random.Random, attempt: int) -> bool:
        """Fill a row in; whether somebody may create it so."""
        later = []
        for item in row.model.fields:
            if not has_column(item) or item.HasField("value"):
                continue
            if item.HasField("init") or item.id == row.model.owner.field_id:
                row.values_[item.name] = None
                later.append(item)
            else:
                row.values_[item.name] = self.entries.given(item, row, chance, attempt)
        return any(
            self._completed(later, row, actor)
            and self._authors.may_create(row, actor, powerful=attempt > COMMON_TRIES)
            and self._begun(row, actor)
            for actor in self._authors.of(row, chance)
        )

    def _completed(self, later: list[model_pb2.Field], row: ExampleRow, actor: ExampleRow | None) -> bool:
        """Fill in what follows from who makes the row; whether everything is known that must be."""
        for item in later:
            owned = item.id == row.model.owner.field_id
            value = actor.id if owned and actor else held(item, self._initial(item, row, actor))
            row.values_[item.name] = value
            if value is None and not item.optional:
                return False
        return True

    def _initial(self, item: model_pb2.Field, row: ExampleRow, actor: ExampleRow | None) -> Value:
        return self.store.value(item.init, row, actor=actor) if item.HasField("init") else None

    def _begun(self, row: ExampleRow, actor: ExampleRow | None) -> bool:
        """What the operation that creates such a row makes beside it."""
        own = self.operations.get(row.model.id, [])
        for operation in own:
            if operation.kind == operation_pb2.OPERATION_KIND_CREATE:
                for step in operation.steps:
                    if step.HasField("create") and not step.HasField("each") and not step.HasField("if"):
                        self._beside(step.create, row, actor)
        return True

    def _beside(self, step: operation_pb2.CreateStep, row: ExampleRow, actor: ExampleRow | None) -> None:
        model = self.index.model(step.model_id)
        if not self._is_filled(model):
            return
        rows = self.store.of(model.id)
        other = ExampleRow(self.store, model, 10_000 + len(rows))
        for item in model.fields:
            if has_column(item) and not item.HasField("value"):
                other.values_[item.name] = default_of(item)
        for part in step.assignments:
            other.values_[part.member] = self.entries.assigned(part, row, actor, {})
        other.values_["created_at"] = other.values_["updated_at"] = row.created
        self.store.add(other)
