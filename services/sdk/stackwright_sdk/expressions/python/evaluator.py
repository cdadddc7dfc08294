"""Expressions evaluated directly, over rows as mappings: the plainest reading of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions.analysis import Expression, Node, tree
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.index import ContractIndex, is_computed, is_reference
from stackwright_sdk.expressions.python import functions, macros, operators
from stackwright_sdk.expressions.python.literals import literal
from stackwright_sdk.expressions.python.world import NOBODY, RowKey, Value, World

_OBJECTS = {e.ROOT_INPUT: "input", e.ROOT_REQUEST: "request", e.ROOT_EVENT: "event", e.ROOT_APP: "app"}


def _stranger(node: Node) -> RowKey:
    """Who is nobody, as a row that is not there."""
    return RowKey(node.type.model_ids[0] if node.type.model_ids else "", NOBODY)


_ROOTS: dict[int, Callable[[World, Node], Value]] = {
    e.ROOT_THIS: lambda world, _: world.this,
    e.ROOT_ACTOR: lambda world, node: world.actor or _stranger(node),
    e.ROOT_SESSION: lambda world, node: world.session or _stranger(node),
    e.ROOT_VISITOR: lambda world, _: world.visitor,
    e.ROOT_NOW: lambda world, _: world.now,
    e.ROOT_TODAY: lambda world, _: world.now.date(),
    e.ROOT_ANYONE: lambda *_: True,
    e.ROOT_NOBODY: lambda *_: False,
    e.ROOT_SIGNED_IN: lambda world, _: world.actor is not None,
}


def evaluate(expression: Expression | Node, index: ContractIndex, world: World) -> Value:
    """The value of an expression; a row is a RowKey, a set of rows a list of them.

    Raises NotCompilable for a construct that has no meaning here, ZeroDivisionError as the database does.
    """
    return Evaluator(index, world).value(tree(expression))


class Evaluator:
    """Evaluates nodes over one world; `variables` are those of that world, and of the macros around a node."""

    def __init__(self, index: ContractIndex, world: World, variables: Mapping[str, Value] | None = None) -> None:
        self.index = index
        self.world = world
        self.variables = world.variables if variables is None else variables

    def within(self, name: str, value: Value) -> Evaluator:
        """The same with one more variable in reach."""
        return Evaluator(self.index, self.world, {**self.variables, name: value})

    def seen_from(self, row: RowKey) -> Evaluator:
        """The same with another row in hand."""
        return Evaluator(self.index, replace(self.world, this=row, variables={}))

    def value(self, node: Node) -> Value:
        """The value of a node."""
        visit = _VISITORS.get(node.WhichOneof("kind") or "")
        if visit is None:
            raise NotCompilable("an empty node")
        return visit(self, node)

    def rows(self, node: Node) -> list[RowKey]:
        """The value of a node that is a set of rows."""
        value = self.value(node)
        if not isinstance(value, list):
            raise NotCompilable("one value stands where a set of rows is expected")
        return [item for item in value if isinstance(item, RowKey)]

    def field(self, row: RowKey, field: model_pb2.Field) -> Value:
        """A field of a row: null when there is no such row."""
        if field.type.kind in (model_pb2.FIELD_KIND_MANY, model_pb2.FIELD_KIND_LINKS):
            return list(self._collection(row, field))
        if is_computed(field):
            return self.seen_from(row).value(field.value.root) if self.world.row(row) else None
        stored = self.world.row(row)
        held = None if stored is None else stored.get(field.name)
        if held is not None and is_reference(field):
            return RowKey(field.type.targets[0], str(held))
        return held

    def _collection(self, row: RowKey, field: model_pb2.Field) -> Sequence[RowKey]:
        inverse = self.index.fields.get(field.type.inverse_field_id)
        if field.type.kind == model_pb2.FIELD_KIND_LINKS or (
            inverse is not None and inverse.type.kind == model_pb2.FIELD_KIND_LINKS
        ):
            table = self.index.join_table(field)
            owned = field.type.kind == model_pb2.FIELD_KIND_LINKS and not field.type.join.inverse
            pairs = self.world.links.get(table.table, ())
            far = {pair[1] if owned else pair[0] for pair in pairs if (pair[0] if owned else pair[1]) == row.id}
            target = self.index.model_of_field[inverse.id].id if inverse is not None else field.type.targets[0]
            return [other for other in self.world.all(target) if other.id in far]
        if inverse is None:
            raise NotCompilable(f"{field.id} inverts no reference")
        model = self.index.model_of_field[inverse.id]
        if is_reference(inverse) and not is_computed(inverse):
            return self._pointing(model, inverse, row)
        return [other for other in self.world.all(model.id) if self.field(other, inverse) == row]

    def _pointing(self, model: model_pb2.Model, reference: model_pb2.Field, row: RowKey) -> list[RowKey]:
        """The rows of a model whose reference holds a row: the most frequent set, so no key is made to be compared."""
        if reference.type.targets[0] != row.model_id:
            return []
        name, found = reference.name, []
        for other in self.world.all(model.id):
            stored = self.world.row(other)
            held = None if stored is None else stored.get(name)
            if held is not None and str(held) == row.id:
                found.append(other)
        return found

    # -- nodes ---------------------------------------------------------------------------------------------------------

    def _literal(self, node: Node) -> Value:
        return literal(node.literal, node.type.kind)

    def _name(self, node: Node) -> Value:
        name = node.name
        kind = name.WhichOneof("name")
        if kind == "setting_key":
            return self.world.settings[name.setting_key]
        if kind == "model_id":
            return list(self.world.all(name.model_id))
        if kind == "variable":
            return self.variables[name.variable]
        return self._root(node)

    def _root(self, node: Node) -> Value:
        world, root = self.world, node.name.root
        known = _ROOTS.get(root)
        if known is not None:
            return known(world, node)
        if root in _OBJECTS:
            return world.objects.get(_OBJECTS[root], {})
        raise NotCompilable(f"{e.Root.Name(root)} as a value")

    def _select(self, node: Node) -> Value:
        operand = node.select.operand
        if operand.name.root == e.ROOT_OLD and operand.WhichOneof("kind") == "name":
            return (self.world.old or {}).get(node.select.member)
        value = self.value(operand)
        if isinstance(value, Mapping):
            held = value.get(node.select.member)
            is_row = node.type.kind == e.VALUE_KIND_ROW and isinstance(held, str)
            return RowKey(node.type.model_ids[0], str(held)) if is_row else held
        if not isinstance(value, RowKey):
            # Nobody's rows are no rows: a path through an empty reference is null, a set beyond it is empty.
            return [] if node.type.kind == e.VALUE_KIND_ROWS else None
        if node.select.member == "id" and not node.select.field_id:
            return value.id
        if not node.select.field_id:
            return (self.world.row(value) or {}).get(node.select.member)
        return self.field(value, self.index.field(node.select.field_id))

    def _conditional(self, node: Node) -> Value:
        parts = node.conditional
        return self.value(parts.then if self.value(parts.condition) else parts.otherwise)

    def _list(self, node: Node) -> Value:
        return [self.value(item) for item in node.list.items]


_VISITORS: dict[str, Callable[[Evaluator, Node], Value]] = {
    "literal": Evaluator._literal,
    "name": Evaluator._name,
    "select": Evaluator._select,
    "unary": operators.unary,
    "binary": operators.binary,
    "conditional": Evaluator._conditional,
    "call": functions.call,
    "comprehension": macros.comprehension,
    "list": Evaluator._list,
}
