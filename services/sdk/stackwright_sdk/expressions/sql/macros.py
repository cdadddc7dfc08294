"""Macros over sets of rows and over lists of the input, as sub-selects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Node, walk
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.sql import relations
from stackwright_sdk.expressions.sql.rows import RowSet, RowValue
from stackwright_sdk.expressions.sql.types import value_type
from stackwright_sdk.expressions.sql.values import Sql, atom, call, column, negate

if TYPE_CHECKING:
    from stackwright_sdk.expressions.sql.compiler import Compiler, Value

_AGGREGATES = {e.MACRO_SUM: "sum", e.MACRO_AVG: "avg", e.MACRO_MIN: "min", e.MACRO_MAX: "max"}


def comprehension(compiler: Compiler, node: Node, alias: str) -> Value:
    """`over.macro(variable, body)`."""
    macro, over = node.comprehension.macro, node.comprehension.over
    if over.type.kind == e.VALUE_KIND_LIST:
        rows, item = _listed(compiler, node.comprehension)
    else:
        rows = compiler.rows(over, alias=node.comprehension.variable or alias)
        item = _item(rows)
    inner = compiler.within(variables={node.comprehension.variable: item})
    body = node.comprehension.body
    if macro == e.MACRO_MAP:
        return _mapped(inner, rows, body)
    if macro == e.MACRO_EXISTS:
        return rows.where(inner.condition(body)).exists()
    if macro == e.MACRO_ALL:
        return negate(rows.where(negate(inner.scalar(body))).exists())
    if macro == e.MACRO_FILTER:
        return rows.where(inner.condition(body))
    if macro == e.MACRO_FIND:
        first = replace(rows.where(inner.condition(body)), first=True)
        return RowValue((rows.model_id,), column(rows.alias, "id"), via=first)
    if macro in _AGGREGATES:
        aggregate = call(_AGGREGATES[macro], inner.scalar(body))
        return rows.scalar(call("coalesce", aggregate, atom("0")) if macro == e.MACRO_SUM else aggregate)
    raise NotCompilable(f"macro {e.Macro.Name(macro)}")


def size(rows: RowSet) -> Sql:
    """How many rows the set has."""
    return rows.scalar(atom("count(*)"))


def _item(rows: RowSet) -> Value:
    if rows.projection is not None:
        return rows.projection
    return RowValue((rows.model_id,), column(rows.alias, "id"), alias=rows.alias)


def _mapped(compiler: Compiler, rows: RowSet, body: Node) -> RowSet:
    value = compiler.value(body)
    if isinstance(value, RowSet):
        raise NotCompilable("a set of sets")
    if isinstance(value, Sql):
        return replace(rows, projection=value)
    if len(value.model_ids) != 1:
        return replace(rows, projection=value.id)
    return relations.as_set(compiler, rows, value.id, value.model_ids[0])


def _listed(compiler: Compiler, node: e.Comprehension) -> tuple[RowSet, Value]:
    """A list of the input as rows: `jsonb_to_recordset` with the members that the body names."""
    source = compiler.scalar(node.over)
    alias = compiler.aliases.take(node.variable)
    members = {
        inner.select.member: value_type(inner.type)
        for inner in walk(node.body)
        if inner.WhichOneof("kind") == "select" and inner.select.operand.name.variable == node.variable
    }
    if not members:
        text = layout.concat("jsonb_array_elements_text(", source.doc, f") AS {alias}")
        sql_type = value_type(node.over.type.element)
        return RowSet("", alias, (text,)), atom(f"{alias}::{sql_type}")
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type in sorted(members.items()))
    table = layout.concat("jsonb_to_recordset(", source.doc, f") AS {alias}({columns})")
    return RowSet("", alias, (table,)), atom(alias)
