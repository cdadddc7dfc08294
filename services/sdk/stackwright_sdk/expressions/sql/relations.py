"""Members of rows: columns, references, collections, members of inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.index import is_computed, is_reference, is_soft_deleted, type_column
from stackwright_sdk.expressions.sql import organizations
from stackwright_sdk.expressions.sql.rows import RowSet, RowValue
from stackwright_sdk.expressions.sql.values import Level, Sql, atom, column, compare, is_null, quote

if TYPE_CHECKING:
    from stackwright_sdk.expressions.sql.compiler import Compiler, Value

_ROW_LIKE = frozenset({expression_pb2.VALUE_KIND_ROW, expression_pb2.VALUE_KIND_ROWS})


def select(compiler: Compiler, node: Node, alias: str) -> Value:
    """`operand.member`."""
    operand = node.select.operand
    if operand.type.kind == expression_pb2.VALUE_KIND_JSON and operand.WhichOneof("kind") != "name":
        return Sql(
            layout.concat(compiler.scalar(operand).at(Level.OTHER), f" ->> {quote(node.select.member)}"), Level.OTHER
        )
    if operand.type.kind not in _ROW_LIKE:
        return _member_of_object(compiler, node)
    row = compiler.row(operand)
    if node.select.member == "id" and not node.select.field_id:
        return row.id
    if not node.select.field_id:
        return project(compiler, row, lambda name: column(name, node.select.member))
    field = compiler.index.field(node.select.field_id)
    if field.type.kind in (model_pb2.FIELD_KIND_MANY, model_pb2.FIELD_KIND_LINKS):
        return collection(compiler, row, field, alias)
    return member(compiler, row, field, node)


def member(compiler: Compiler, row: RowValue, field: model_pb2.Field, node: Node) -> Value:
    """A field of a row that is one value, or one row."""
    if is_computed(field):
        return project(compiler, row, lambda name: _computed(compiler, row, field, name))
    if field.type.kind == model_pb2.FIELD_KIND_ANY:
        return _reference(compiler, row, field, node, type_of=type_column(field))
    if is_reference(field):
        return _reference(compiler, row, field, node)
    name = node.select.member if node.select.member in field.names.extra_columns else field.names.column
    return project(compiler, row, lambda of: column(of, name))


def collection(compiler: Compiler, row: RowValue, field: model_pb2.Field, alias: str) -> RowSet:
    """The rows behind a `many` or `links` field."""
    target = _collection_model(compiler, field)
    inverse = compiler.index.fields.get(field.type.inverse_field_id)
    many_to_many = field.type.kind == model_pb2.FIELD_KIND_LINKS or (
        inverse is not None and inverse.type.kind == model_pb2.FIELD_KIND_LINKS
    )
    rows = _every(compiler, target.id, alias)
    if many_to_many:
        table = compiler.index.join_table(field)
        link = compiler.aliases.take(table.table)
        source = f"JOIN {_aliased(table.table, link)} ON {link}.{table.far} = {rows.alias}.id"
        return rows.joined(layout.text(source)).where(compare("=", column(link, table.near), row.id))
    if inverse is None:
        raise NotCompilable(f"{field.id} inverts no reference")
    near = compare("=", column(rows.alias, inverse.names.column), row.id)
    if inverse.type.kind == model_pb2.FIELD_KIND_ANY:
        owner = compiler.index.model_of_field[field.id].name
        return rows.where(compare("=", column(rows.alias, type_column(inverse)), atom(quote(owner))), near)
    return rows.where(near)


def all_rows(compiler: Compiler, model_id: str, alias: str) -> RowSet:
    """Every row of a model in the organization in hand; what was deleted softly is in no set."""
    return organizations.narrowed(compiler, _every(compiler, model_id, alias))


def _every(compiler: Compiler, model_id: str, alias: str) -> RowSet:
    model = compiler.index.model(model_id)
    name = compiler.aliases.take(alias or model.names.table)
    rows = RowSet(model_id, name, (layout.text(_aliased(model.names.table, name)),))
    return rows.where(is_null(column(name, "deleted_at"))) if is_soft_deleted(model) else rows


def project(compiler: Compiler, row: RowValue, what: Callable[[str], Sql]) -> Sql:
    """Something about a row: by its alias if it has one, else by a sub-select."""
    if row.alias is not None:
        return what(row.alias)
    rows, alias = opened(compiler, row)
    return rows.scalar(what(alias))


def opened(compiler: Compiler, row: RowValue) -> tuple[RowSet, str]:
    """The one row as a set, with the alias it has there."""
    if len(row.model_ids) != 1:
        raise NotCompilable("a member of a row that may be of several models cannot be read in SQL")
    if row.via is not None and row.via.model_id == row.model_ids[0] and row.key == row.via.key:
        return row.via, row.via.alias
    model = compiler.index.model(row.model_ids[0])
    alias = compiler.aliases.take(model.names.table)
    table = _aliased(model.names.table, alias)
    if row.via is None:
        return RowSet(model.id, alias, (layout.text(table),), (compare("=", column(alias, "id"), row.key),)), alias
    # The first of a set may refer to nothing; it must not be passed over for one that does.
    word = "LEFT JOIN" if row.via.first else "JOIN"
    source = layout.concat(f"{word} {table} ON {alias}.id = ", row.key.at(Level.OTHER))
    return row.via.joined(source), alias


def as_set(compiler: Compiler, rows: RowSet, key: Sql, model_id: str) -> RowSet:
    """The rows that `key` of each row in the set refers to."""
    model = compiler.index.model(model_id)
    alias = compiler.aliases.take(model.names.table)
    source = layout.concat(f"JOIN {_aliased(model.names.table, alias)} ON {alias}.id = ", key.at(Level.OTHER))
    joined = rows.joined(source)
    kept = joined.where(is_null(column(alias, "deleted_at"))) if is_soft_deleted(model) else joined
    return RowSet(model_id, alias, kept.sources, kept.conditions)


def _reference(compiler: Compiler, row: RowValue, field: model_pb2.Field, node: Node, type_of: str = "") -> RowValue:
    targets = tuple(node.type.model_ids) or tuple(field.type.targets)
    name = field.names.column
    if row.alias is not None:
        kind = column(row.alias, type_of) if type_of else None
        return RowValue(targets, column(row.alias, name), type=kind)
    rows, alias = opened(compiler, row)
    return RowValue(targets, column(alias, name), via=rows, type=column(alias, type_of) if type_of else None)


def _computed(compiler: Compiler, row: RowValue, field: model_pb2.Field, alias: str) -> Sql:
    here = RowValue(row.model_ids, column(alias, "id"), alias=alias)
    return compiler.within(this=here).scalar(field.value.root)


def _collection_model(compiler: Compiler, field: model_pb2.Field) -> model_pb2.Model:
    if field.type.kind == model_pb2.FIELD_KIND_MANY and field.type.inverse_field_id:
        return compiler.index.model_of_field[field.type.inverse_field_id]
    return compiler.index.model(field.type.targets[0])


def _member_of_object(compiler: Compiler, node: Node) -> Value:
    path: list[str] = []
    current = node
    while current.WhichOneof("kind") == "select":
        path.insert(0, current.select.member)
        current = current.select.operand
    if current.WhichOneof("kind") != "name":
        raise NotCompilable("a member of a value that was computed")
    name = current.name
    if name.WhichOneof("name") == "variable":
        held = compiler.variables.get(name.variable)
        if isinstance(held, Sql):
            value = Sql(layout.concat(held.doc, ".", path[0]))
        else:
            value = compiler.parameters.variable(name.variable, tuple(path), node.type)
    else:
        value = compiler.parameters.member(name.root, tuple(path), node.type)
    if node.type.kind == expression_pb2.VALUE_KIND_ROW:
        return RowValue(tuple(node.type.model_ids), value)
    return value


def _aliased(table: str, alias: str) -> str:
    return table if table == alias else f"{table} AS {alias}"
