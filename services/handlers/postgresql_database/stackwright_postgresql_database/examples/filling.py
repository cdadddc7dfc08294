"""Makes the rows: model after model, each row tried until it keeps every rule of the contract."""

from __future__ import annotations

import datetime
import functools
import random
from collections.abc import Mapping

from stackwright.contract.v1 import expression_pb2, model_pb2, operation_pb2
from stackwright_postgresql_database.examples import words
from stackwright_postgresql_database.examples.made import Examples
from stackwright_postgresql_database.examples.rules import keeps_rules
from stackwright_postgresql_database.examples.store import MONDAY, ExampleRow, Store
from stackwright_postgresql_database.examples.values import K, Unknown, distinct, value_of
from stackwright_postgresql_database.fields import has_column, key_value_kind
from stackwright_sdk.expressions import ContractIndex, NotCompilable, needs_row, walk
from stackwright_sdk.expressions.index import is_reference
from stackwright_sdk.expressions.python import RowKey, Value
from stackwright_sdk.expressions.python.literals import literal

_MADE = frozenset({model_pb2.MODEL_KIND_RESOURCE, model_pb2.MODEL_KIND_PART, model_pb2.MODEL_KIND_LINK})
_ROWS, _MOST_PARTS, _TRIES, _ACTORS = 50, 120, 40, 4
# For all rows of a model: hard rules cost few rows, not seconds.
_MOST_ATTEMPTS = 300
_WEEKS_BACK = 4
_OF_PEOPLE = frozenset({"active", "last_login_at"})
# What a rule or an expression may do where it has no answer here.
NO_ANSWER = (NotCompilable, KeyError, ZeroDivisionError, TypeError, IndexError, ValueError, OverflowError)


class Filler:
    """Fills models with rows, each tried until it keeps every rule."""

    def __init__(self, index: ContractIndex) -> None:
        self.index = index
        self.store = Store(index)
        self.made = Examples(self.store)
        self._attempts = 0
        self.operations: dict[str, list[operation_pb2.Operation]] = {}
        for operation in index.contract.operations:
            self.operations.setdefault(operation.model_id, []).append(operation)
        self._from_contract = {seed.model_id for seed in index.contract.seeds}
        if index.has_role_tables and (role := index.named("Role")) is not None:
            for number, named in enumerate(index.contract.roles):
                self._existing(role, number, named.name)

    def _existing(self, model: model_pb2.Model, number: int, name: str) -> None:
        row = ExampleRow(self.store, model, number, existing=name)
        row.values_ |= {"name": name, "builtin": True}
        self.store.add(row)

    # -- rows ----------------------------------------------------------------------------------------------------------

    def fill(self, model: model_pb2.Model) -> None:
        """Make the rows of a model."""
        if not self._is_filled(model):
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

    def _is_filled(self, model: model_pb2.Model) -> bool:
        if model.HasField("native_rows") or model.id in self._from_contract:
            return False
        own = self.operations.get(model.id, [])
        if model.kind == model_pb2.MODEL_KIND_LOG:
            return any(operation.kind == operation_pb2.OPERATION_KIND_CREATE for operation in own)
        return model.kind in _MADE

    def _count(self, model: model_pb2.Model) -> int:
        named = words.NAMED.get(_label(model).lower().rsplit(" ", 1)[-1])
        if named:
            return len(named)
        if model.HasField("part_of"):
            return min(3 * len(self.store.of(model.part_of.parent_model_id)) + _ROWS, _MOST_PARTS)
        return _ROWS

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
                row.values_[item.name] = self.given(item, row, chance, attempt)
        return any(
            self._completed(later, row, actor)
            and self._allowed(row, actor, powerful=attempt > _TRIES // 4)
            and self._begun(row, actor)
            for actor in self._actors(row, chance)
        )

    def _completed(self, later: list[model_pb2.Field], row: ExampleRow, actor: ExampleRow | None) -> bool:
        """Fill in what follows from who makes the row; whether everything is known that must be."""
        for item in later:
            owned = item.id == row.model.owner.field_id
            value = actor.id if owned and actor else _held(item, self._initial(item, row, actor))
            row.values_[item.name] = value
            if value is None and not item.optional:
                return False
        return True

    def _initial(self, item: model_pb2.Field, row: ExampleRow, actor: ExampleRow | None) -> Value:
        return self.store.value(item.init, row, actor=actor) if item.HasField("init") else None

    def _actors(self, row: ExampleRow, chance: random.Random) -> list[ExampleRow] | list[None]:
        people = self.made.people
        if not people or row.model.name == "User":
            return [None]
        # The first person is who looks at the application: much is theirs.
        drawn = chance.sample(people, min(len(people), _ACTORS))
        first = [people[0]] if chance.random() < 0.3 else []
        return [*first, *self._near(row, chance), *drawn] if self._asks_who(row.model.id) else [*first, *drawn][:1]

    def _near(self, row: ExampleRow, chance: random.Random) -> list[ExampleRow]:
        """People whom the other parts of its parent name: as a rule it is they who add more."""
        if not row.model.HasField("part_of"):
            return []
        parent = row.get(self.index.field(row.model.part_of.field_id).name)
        user = getattr(self.index.named("User"), "id", "")
        found: dict[str, ExampleRow] = {}
        for item in self.index.fields.values():
            model = self.index.model_of_field[item.id]
            if model.part_of.parent_model_id != row.model.part_of.parent_model_id or item.type.targets != [user]:
                continue
            field = self.index.field(model.part_of.field_id).name
            for other in self.store.of(model.id):
                named = self.store.rows.known.get(str(other.get(item.name)))
                if other is not row and other.get(field) == parent and named is not None:
                    found[named.id] = named
        several = list(found.values())
        chance.shuffle(several)
        return several[:_ACTORS]

    @functools.cache  # noqa: B019 - one maker lives as long as one contract is compiled
    def _asks_who(self, model_id: str) -> bool:
        """Whether it matters to a new row who makes it."""
        model = self.index.model(model_id)
        asked = [guard.condition for guard in model.guards] + [
            item.init for item in model.fields if item.HasField("init")
        ]
        if model.access.HasField("create"):
            asked.append(model.access.create)
        return any(_reads_caller(expression) for expression in asked)

    def _allowed(self, row: ExampleRow, actor: ExampleRow | None, *, powerful: bool) -> bool:
        """Whether the contract lets the actor create the row; `powerful`: with every permission."""
        own = self.operations.get(row.model.id, [])
        if any(
            not self.store.value(guard.condition, row, actor=actor)
            for guard in row.model.guards
            if any(operation.kind == operation_pb2.OPERATION_KIND_CREATE for operation in own)
        ):
            return False
        access = row.model.access
        created = any(operation.kind == operation_pb2.OPERATION_KIND_CREATE for operation in own)
        if not created or not access.HasField("create") or not needs_row(access.create):
            # What the application makes by itself asks nobody.
            return True
        return bool(self.store.value(access.create, row, actor=actor, powerful=powerful))

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
                other.values_[item.name] = _default(item)
        for part in step.assignments:
            other.values_[part.member] = self.assigned(part, row, actor, {})
        other.values_["created_at"] = other.values_["updated_at"] = row.created
        self.store.add(other)

    # -- fields --------------------------------------------------------------------------------------------------------

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
        if is_reference(item) or item.type.kind == K.FIELD_KIND_ANY:
            return self._pointer(item, row, chance)
        if model.name == "User" and item.name in _OF_PEOPLE:
            return _of_person(item, row, chance)
        if item.HasField("default"):
            return _default(item)
        if item.server:
            return self._told(item, chance)
        return _typed(item, row, chance, attempt)

    def _position(self, rule: model_pb2.OrderedRule, row: ExampleRow) -> int:
        names = [self.index.field(part).name for part in rule.per_field_ids]
        others = [other for other in self.store.of(row.model.id) if other is not row]
        return 1 + sum(all(other[name] == row.get(name) for name in names) for other in others)

    def _told(self, item: model_pb2.Field, chance: random.Random) -> Value:
        """What only the application writes stays empty, but for the words of a notification."""
        if item.optional:
            return None
        if item.name == "kind" and self.index.contract.notices:
            return chance.choice([notice.key for notice in self.index.contract.notices])
        if item.name == "kind" and item.feature == "notifications":
            return "news"
        if item.name == "title":
            return chance.choice(words.SENTENCES)
        raise Unknown(item.id)

    def _counted(self, item: model_pb2.Field, row: ExampleRow) -> Value:
        groups = [self.store.value(part, row) for part in item.sequence.per]
        others = [other for other in self.store.of(row.model.id) if other is not row]
        alike = [o for o in others if [self.store.value(part, o) for part in item.sequence.per] == groups]
        numeric = item.type.kind in (K.FIELD_KIND_INT, K.FIELD_KIND_BIGINT)
        return len(alike) + 1 if numeric else f"{groups} {len(alike) + 1}"

    def _pointer(self, item: model_pb2.Field, row: ExampleRow, chance: random.Random) -> Value:
        """A row that is there already."""
        if item.server and item.optional:
            return None
        if item.optional and chance.random() < 0.4:
            return None
        target = chance.choice([*item.type.targets])
        several = [other for other in self.store.of(target) if other is not row and not other.existing]
        if not several:
            if item.optional:
                return None
            raise Unknown(item.id)
        is_parent = item.id == row.model.part_of.field_id
        # Each parent has a part before another has its second.
        found = several[row.number] if is_parent and row.number < len(several) else chance.choice(several)
        if target == getattr(self.index.named("User"), "id", "") and chance.random() < 0.2:
            found = several[0]
        if found.created >= row.created:
            made = min(found.created + datetime.timedelta(minutes=chance.randint(5, 300)), MONDAY)
            row.values_["created_at"] = row.values_["updated_at"] = made
        return found.key if item.type.kind == K.FIELD_KIND_ANY else found.id

    def assigned(
        self,
        part: operation_pb2.Assignment,
        row: ExampleRow,
        actor: ExampleRow | None,
        given: Mapping[str, Value],
    ) -> Value:
        """What a step assigns, as a row holds it."""
        value = self.store.value(part.value, row, actor=actor, given=given)
        return _held(self.index.field(part.field_id), value)


def _reads_caller(expression: expression_pb2.Expression) -> bool:
    return any(
        node.name.root == expression_pb2.ROOT_ACTOR
        or node.call.function in (expression_pb2.FUNCTION_READABLE, expression_pb2.FUNCTION_WRITABLE)
        for node in walk(expression)
    )


def _of_person(item: model_pb2.Field, row: ExampleRow, chance: random.Random) -> Value:
    """Most have signed in since they came, and some have left."""
    if item.name == "active":
        return row.number % 12 != 11
    return row.created + (MONDAY - row.created) * chance.random() if row.number % 5 else None


def _typed(item: model_pb2.Field, row: ExampleRow, chance: random.Random, attempt: int) -> Value:
    """What people would write; some fields stay empty where they may."""
    unsafe = item.type.kind in (K.FIELD_KIND_PASSWORD, K.FIELD_KIND_TOKEN) or item.secret or item.one_of
    if item.optional and (unsafe or item.name == "parent" or chance.random() < 0.25):
        return None
    if unsafe:
        raise Unknown(item.id)
    try:
        value = value_of(item, _label(row.model), row.number, row.values_, chance)
    except Unknown:
        if item.optional:
            return None
        raise
    return distinct(item, value, row.number + 1) if attempt > _TRIES // 4 and item.unique else value


def _label(model: model_pb2.Model) -> str:
    return model.names.label or model.title or model.name


def _default(item: model_pb2.Field) -> Value:
    return literal(item.default, key_value_kind(item)) if item.HasField("default") else None


def _held(item: model_pb2.Field, value: Value) -> Value:
    """A value as a row holds it: of another row its id, and of one of several models both."""
    return value.id if isinstance(value, RowKey) and item.type.kind != K.FIELD_KIND_ANY else value
