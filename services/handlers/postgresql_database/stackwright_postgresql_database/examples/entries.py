"""What the fields of a row hold: what people would write, rows that are there already, numbers that go on."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_postgresql_database.examples import words
from stackwright_postgresql_database.examples.store import MONDAY, ExampleRow, Store
from stackwright_postgresql_database.examples.values import Unknown, distinct, value_of
from stackwright_postgresql_database.fields import key_value_kind
from stackwright_sdk.expressions.index import is_reference
from stackwright_sdk.expressions.python import RowKey, Value
from stackwright_sdk.expressions.python.literals import literal

_OF_PEOPLE = frozenset({"active", "last_login_at"})
_SECRETS = (model_pb2.FIELD_KIND_PASSWORD, model_pb2.FIELD_KIND_TOKEN)
# Tries with what is common, before a value that nothing else has and an author who may do everything.
COMMON_TRIES = 10
# How often people choose something else than the default.
_VARIED = 0.5


class Entries:
    """Values for the fields of the rows of a store."""

    def __init__(self, store: Store) -> None:
        self._store, self._index = store, store.index

    def given(self, item: model_pb2.Field, row: ExampleRow, chance: random.Random, attempt: int) -> Value:
        """A value for a field of a row."""
        model = row.model
        ordered = next((rule.ordered for rule in model.rules if rule.ordered.by_field_id == item.id), None)
        if item.HasField("sequence"):
            return None if item.sequence.at_action else self._counted(item, row)
        if ordered is not None:
            return self._position(ordered, row)
        if item.id == model.states.field_id:
            return model.states.initial
        if is_reference(item) or item.type.kind == model_pb2.FIELD_KIND_ANY:
            return self._pointer(item, row, chance)
        if model.name == "User" and item.name in _OF_PEOPLE:
            return _of_person(item, row, chance)
        if item.HasField("default") and not _varies(item, chance, attempt):
            return default_of(item)
        if item.server:
            return self._told(item, chance)
        return _typed(item, row, chance, attempt)

    def _position(self, rule: model_pb2.OrderedRule, row: ExampleRow) -> int:
        names = [self._index.field(part).name for part in rule.per_field_ids]
        others = [other for other in self._store.of(row.model.id) if other is not row]
        return 1 + sum(all(other[name] == row.get(name) for name in names) for other in others)

    def _told(self, item: model_pb2.Field, chance: random.Random) -> Value:
        """What only the application writes stays empty, but for the words of a notification."""
        if item.optional:
            return None
        if item.name == "kind" and self._index.contract.notices:
            return chance.choice([notice.key for notice in self._index.contract.notices])
        if item.name == "kind" and item.feature == "notifications":
            return "news"
        if item.name == "title":
            return chance.choice(words.SENTENCES)
        raise Unknown(item.id)

    def _counted(self, item: model_pb2.Field, row: ExampleRow) -> Value:
        groups = [self._store.value(part, row) for part in item.sequence.per]
        others = [other for other in self._store.of(row.model.id) if other is not row]
        alike = [o for o in others if [self._store.value(part, o) for part in item.sequence.per] == groups]
        numeric = item.type.kind in (model_pb2.FIELD_KIND_INT, model_pb2.FIELD_KIND_BIGINT)
        return len(alike) + 1 if numeric else f"{groups} {len(alike) + 1}"

    def _pointer(self, item: model_pb2.Field, row: ExampleRow, chance: random.Random) -> Value:
        """A row that is there already."""
        if item.server and item.optional:
            return None
        if item.optional and chance.random() < 0.4:
            return None
        target = chance.choice([*item.type.targets])
        several = [other for other in self._store.of(target) if other is not row and not other.existing]
        if not several:
            if item.optional:
                return None
            raise Unknown(item.id)
        is_parent = item.id == row.model.part_of.field_id
        # Each parent has a part before another has its second.
        found = several[row.number] if is_parent and row.number < len(several) else chance.choice(several)
        if target == getattr(self._index.named("User"), "id", "") and chance.random() < 0.2:
            found = several[0]
        if found.created >= row.created:
            made = min(found.created + datetime.timedelta(minutes=chance.randint(5, 300)), MONDAY)
            row.values_["created_at"] = row.values_["updated_at"] = made
        return found.key if item.type.kind == model_pb2.FIELD_KIND_ANY else found.id

    def assigned(
        self,
        part: operation_pb2.Assignment,
        row: ExampleRow,
        actor: ExampleRow | None,
        given: Mapping[str, Value],
    ) -> Value:
        """What a step assigns, as a row holds it."""
        value = self._store.value(part.value, row, actor=actor, given=given)
        return held(self._index.field(part.field_id), value)


def _of_person(item: model_pb2.Field, row: ExampleRow, chance: random.Random) -> Value:
    """Most have signed in since they came, and some have left."""
    if item.name == "active":
        return row.number % 12 != 11
    return row.created + (MONDAY - row.created) * chance.random() if row.number % 5 else None


def _typed(item: model_pb2.Field, row: ExampleRow, chance: random.Random, attempt: int) -> Value:
    """What people would write; some fields stay empty where they may."""
    unsafe = item.type.kind in _SECRETS or item.secret or item.one_of
    if item.optional and (unsafe or item.name == "parent" or chance.random() < 0.25):
        return None
    if unsafe:
        raise Unknown(item.id)
    try:
        value = value_of(item, label_of(row.model), row.number, row.values_, chance)
    except Unknown:
        if item.optional:
            return None
        raise
    return distinct(item, value, row.number + 1) if attempt > COMMON_TRIES and item.unique else value


def label_of(model: model_pb2.Model) -> str:
    """What people call a model."""
    return model.names.label or model.title or model.name


def _varies(item: model_pb2.Field, chance: random.Random, attempt: int) -> bool:
    """Whether people chose something else than the default; a row that was refused is tried with its defaults."""
    chosen = item.type.kind in (model_pb2.FIELD_KIND_ENUM, model_pb2.FIELD_KIND_INT)
    free = not item.server and not item.HasField("write")
    return chosen and free and attempt == 0 and chance.random() < _VARIED


def default_of(item: model_pb2.Field) -> Value:
    """What the contract gives a field by itself, else nothing."""
    return literal(item.default, key_value_kind(item)) if item.HasField("default") else None


def held(item: model_pb2.Field, value: Value) -> Value:
    """A value as a row holds it: of another row its id, and of one of several models both."""
    return value.id if isinstance(value, RowKey) and item.type.kind != model_pb2.FIELD_KIND_ANY else value
