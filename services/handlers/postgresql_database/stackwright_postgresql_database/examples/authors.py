"""Who makes the rows: people that the contract lets create them."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping, Sequence

from stackwright.contract.v1 import expression_pb2, operation_pb2
from stackwright_postgresql_database.examples.made import Examples
from stackwright_postgresql_database.examples.store import ExampleRow
from stackwright_sdk.expressions import needs_row, walk

_ACTORS = 4


class Authors:
    """People for rows; `operations` are those of each model, by its id."""

    def __init__(self, made: Examples, operations: Mapping[str, Sequence[operation_pb2.Operation]]) -> None:
        self._made, self._operations = made, operations
        self._store, self._index = made.store, made.store.index

    def of(self, row: ExampleRow, chance: random.Random) -> list[ExampleRow] | list[None]:
        """Who may have made a row, the likeliest first; without people nobody, told as one None."""
        people = self._made.people
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
        parent = row.get(self._index.field(row.model.part_of.field_id).name)
        user = getattr(self._index.named("User"), "id", "")
        found: dict[str, ExampleRow] = {}
        for item in self._index.fields.values():
            model = self._index.model_of_field[item.id]
            if model.part_of.parent_model_id != row.model.part_of.parent_model_id or item.type.targets != [user]:
                continue
            field = self._index.field(model.part_of.field_id).name
            for other in self._store.of(model.id):
                named = self._store.rows.known.get(str(other.get(item.name)))
                if other is not row and other.get(field) == parent and named is not None:
                    found[named.id] = named
        several = list(found.values())
        chance.shuffle(several)
        return several[:_ACTORS]

    @functools.cache  # noqa: B019 - they live as long as one contract is compiled
    def _asks_who(self, model_id: str) -> bool:
        """Whether it matters to a new row who makes it."""
        model = self._index.model(model_id)
        asked = [guard.condition for guard in model.guards] + [
            item.init for item in model.fields if item.HasField("init")
        ]
        if model.access.HasField("create"):
            asked.append(model.access.create)
        return any(_reads_caller(expression) for expression in asked)

    def may_create(self, row: ExampleRow, actor: ExampleRow | None, *, powerful: bool) -> bool:
        """Whether the contract lets the actor create the row; `powerful`: with every permission."""
        own = self._operations.get(row.model.id, [])
        if any(
            not self._store.value(guard.condition, row, actor=actor)
            for guard in row.model.guards
            if any(operation.kind == operation_pb2.OPERATION_KIND_CREATE for operation in own)
        ):
            return False
        access = row.model.access
        created = any(operation.kind == operation_pb2.OPERATION_KIND_CREATE for operation in own)
        if not created or not access.HasField("create") or not needs_row(access.create):
            # What the application makes by itself asks nobody.
            return True
        return bool(self._store.value(access.create, row, actor=actor, powerful=powerful))


def _reads_caller(expression: expression_pb2.Expression) -> bool:
    return any(
        node.name.root == expression_pb2.ROOT_ACTOR
        or node.call.function in (expression_pb2.FUNCTION_READABLE, expression_pb2.FUNCTION_WRITABLE)
        for node in walk(expression)
    )
