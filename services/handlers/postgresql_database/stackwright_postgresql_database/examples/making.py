"""Makes the rows of a contract: model after model, then the pairs, then what actions did with them."""

from __future__ import annotations

import random

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_postgresql_database.examples.audit import audit
from stackwright_postgresql_database.examples.filling import NO_ANSWER, Filler
from stackwright_postgresql_database.examples.made import Change, Examples
from stackwright_postgresql_database.examples.rules import keeps_rules
from stackwright_postgresql_database.examples.store import ExampleRow
from stackwright_postgresql_database.examples.values import K, Unknown
from stackwright_postgresql_database.tables import in_order
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.index import is_reference
from stackwright_sdk.expressions.python import RowKey, Value


def examples_of(index: ContractIndex) -> Examples:
    """Rows for each model that people may fill: the same for the same contract."""
    maker = _Maker(index)
    for model in in_order(list(index.contract.models), index):
        maker.fill(model)
        maker.link()
    for model in maker.made.models:
        if model.HasField("states"):
            maker.move_on(model)
    audit(maker.made)
    return maker.made


class _Maker(Filler):
    def __init__(self, index: ContractIndex) -> None:
        super().__init__(index)
        every = (item for model in index.contract.models for item in model.fields)
        self._links = [item for item in every if item.type.kind == K.FIELD_KIND_LINKS and not item.type.join.inverse]

    def link(self) -> None:
        """Pairs of the many-to-many fields whose two sides are there by now."""
        for item in self._links:
            table, model = item.type.join.table, self.index.model_of_field[item.id]
            if table in self.store.links or all(made.id != model.id for made in self.made.models):
                continue
            far = [row for row in self.store.of(item.type.targets[0]) if row.existing != "admin"]
            if not table or not far:
                continue
            pairs = self.store.links[table] = []
            for row in self.made.rows(model)[1 if model.name == "User" else 0 :]:
                chance = random.Random(f"{item.id} {row.number}")  # noqa: S311 - examples
                others = [other for other in far if other is not row]
                several = chance.choice((0, 0, 1)) if others[:1] and others[0].existing else chance.choice((1, 2, 3))
                pairs += [(row.id, other.id) for other in chance.sample(others, min(len(others), several))]

    def move_on(self, model: model_pb2.Model) -> None:
        """Let actions take the rows of a model through their states."""
        name = self.index.field(model.states.field_id).name
        actions = [
            action for action in self.operations.get(model.id, []) if action.to_state and not action.native.module
        ]
        for row in self.made.rows(model):
            chance = random.Random(f"{model.id} {row.number} states")  # noqa: S311 - examples
            for _ in range(chance.choice((0, 1, 1, 2, 3))):
                open_ = [action for action in actions if row[name] in action.from_states]
                if not open_ or not self._moved(row, name, chance.choice(open_), chance):
                    break

    def _moved(self, row: ExampleRow, state: str, action: operation_pb2.Operation, chance: random.Random) -> bool:
        old, actor = dict(row.values_), None
        if self.made.people:
            actor = chance.choice(self.made.people)
        try:
            given = {item.name: _key(item, self.entries.given(item, row, chance, 0)) for item in action.inputs}
            asked = [part.condition for part in action.conditions]
            asked += [step.require.condition for step in action.steps if step.HasField("require")]
            if not all(self.store.value(part, row, actor=actor, given=given, powerful=True) for part in asked):
                return False
            row.values_ = {**old, state: action.to_state}
            for step in action.steps:
                told = not step.HasField("if") or self.store.value(getattr(step, "if"), row, actor=actor, given=given)
                for part in step.set.assignments if told else ():
                    row.values_[part.member] = self.entries.assigned(part, row, actor, given)
            if not keeps_rules(self.store, row, old):
                row.values_ = old
                return False
        except (Unknown, *NO_ANSWER):
            row.values_ = old
            return False
        changed = {name: value for name, value in row.values_.items() if value != old.get(name)}
        self.made.changes.append(Change(row, changed))
        return True


def _key(item: model_pb2.Field, value: Value) -> Value:
    """A value as expressions see it: an id as the row it names."""
    return RowKey(item.type.targets[0], value) if is_reference(item) and isinstance(value, str) else value
