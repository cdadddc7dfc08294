"""What a stored value reads: its own columns, children, the far side of links, one reference beyond them."""

from __future__ import annotations

from dataclasses import dataclass, field

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_kit.errors import FieldViolation
from stackwright_postgresql_database.refusals import NotCompiledError
from stackwright_sdk.expressions import ContractIndex, walk
from stackwright_sdk.expressions.analysis import Node, children
from stackwright_sdk.expressions.index import is_computed, is_soft_deleted

_SETS = (model_pb2.FIELD_KIND_MANY, model_pb2.FIELD_KIND_LINKS)


@dataclass
class Source:
    """A set that is read: the relation from the parent, the columns read of its rows, and of the rows they refer to."""

    relation: model_pb2.Field
    model: model_pb2.Model
    columns: set[str] = field(default_factory=set)
    beyond: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Reads:
    """Everything that the stored values of a model depend on."""

    own: set[str] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)


def is_generated(of: model_pb2.Field) -> bool:
    """Whether a stored value reads columns of its own row only, so that PostgreSQL computes it by itself."""
    return of.stored and of.HasField("value") and not any(_is_set(node) or _is_path(node) for node in walk(of.value))


def is_aggregate(of: model_pb2.Field) -> bool:
    """Whether a stored value has to be kept by triggers."""
    return of.stored and of.HasField("value") and not is_generated(of)


def reads_of(model: model_pb2.Model, index: ContractIndex) -> Reads:
    """What the aggregates of a model read; raises NotCompiledError for what a trigger cannot follow."""
    reads = Reads()
    for of in model.fields:
        if is_aggregate(of):
            _Reader(of, index, reads).visit(of.value.root, {})
    return reads


class _Reader:
    """Walks one expression, knowing which relation each macro variable ranges over."""

    def __init__(self, of: model_pb2.Field, index: ContractIndex, reads: Reads) -> None:
        self._of = of
        self._index = index
        self._reads = reads

    def visit(self, node: Node, variables: dict[str, Source]) -> None:
        kind = node.WhichOneof("kind")
        if kind == "comprehension":
            source = self._source(node.comprehension.over, variables)
            self.visit(node.comprehension.over, variables)
            self.visit(node.comprehension.body, {**variables, node.comprehension.variable: source})
            return
        if kind == "select":
            self._select(node, variables)
            return
        if kind == "name" and node.name.model_id:
            raise self._refused("the whole set of a model")
        for child in children(node):
            self.visit(child, variables)

    def _select(self, node: Node, variables: dict[str, Source]) -> None:
        operand = node.select.operand
        if _is_set(node):
            self._source(node, variables)
        elif _is_root(operand, expression_pb2.ROOT_THIS):
            self._reads.own.add(self._column(node))
        elif operand.name.variable in variables:
            variables[operand.name.variable].columns.add(self._column(node))
        elif operand.WhichOneof("kind") == "select" and operand.select.operand.name.variable in variables:
            source = variables[operand.select.operand.name.variable]
            reference = self._column(operand)
            source.columns.add(reference)
            if node.select.member != "id":
                source.beyond.setdefault(operand.select.field_id, set()).add(self._column(node))
        else:
            raise self._refused("more than one reference beyond its children")

    def _source(self, node: Node, variables: dict[str, Source]) -> Source:
        while node.WhichOneof("kind") == "comprehension":
            node = node.comprehension.over
        if not _is_set(node) or not _is_root(node.select.operand, expression_pb2.ROOT_THIS):
            raise self._refused("a set that does not hang on the row itself")
        relation = self._index.field(node.select.field_id)
        if relation.id not in self._reads.sources:
            inverse = self._index.fields.get(relation.type.inverse_field_id)
            if inverse is not None and inverse.type.kind == model_pb2.FIELD_KIND_ANY:
                raise self._refused("rows that point at it by an `any` field")
            of_far = relation.type.kind == model_pb2.FIELD_KIND_LINKS
            model = (
                self._index.model(relation.type.targets[0])
                if of_far
                else self._index.model_of_field[relation.type.inverse_field_id]
            )
            self._reads.sources[relation.id] = Source(
                relation, model, {"deleted_at"} if is_soft_deleted(model) else set()
            )
        return self._reads.sources[relation.id]

    def _column(self, node: Node) -> str:
        if not node.select.field_id:
            return node.select.member
        field_of = self._index.field(node.select.field_id)
        if is_computed(field_of):
            raise self._refused(f"the computed field {field_of.id}")
        return field_of.names.column

    def _refused(self, what: str) -> NotCompiledError:
        problem = FieldViolation(self._of.id, f"a stored value that reads {what} is not compiled")
        return NotCompiledError(f"{problem.field}: {problem.description}", violations=[problem])


def _is_set(node: Node) -> bool:
    return node.WhichOneof("kind") == "select" and node.type.kind == expression_pb2.VALUE_KIND_ROWS


def _is_path(node: Node) -> bool:
    if node.WhichOneof("kind") == "name":
        return bool(node.name.model_id)
    if node.WhichOneof("kind") != "select":
        return False
    return node.select.operand.type.kind == expression_pb2.VALUE_KIND_ROW and not _is_root(
        node.select.operand, expression_pb2.ROOT_THIS
    )


def _is_root(node: Node, root: int) -> bool:
    return node.WhichOneof("kind") == "name" and node.name.root == root
