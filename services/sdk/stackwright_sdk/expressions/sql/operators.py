"""Operators: two-valued equality, exact arithmetic, dates and durations, membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.sql.rows import RowSet, RowValue
from stackwright_sdk.expressions.sql.types import value_type
from stackwright_sdk.expressions.sql.values import (
    FALSE,
    TRUE,
    Level,
    Sql,
    atom,
    cast,
    compare,
    conjunction,
    disjunction,
    infix,
    is_null,
    negate,
    quote,
)

if TYPE_CHECKING:
    from stackwright_sdk.expressions.sql.compiler import Compiler

_ORDER = {
    e.BINARY_OPERATOR_LESS: "<",
    e.BINARY_OPERATOR_LESS_EQUAL: "<=",
    e.BINARY_OPERATOR_GREATER: ">",
    e.BINARY_OPERATOR_GREATER_EQUAL: ">=",
}
_ARITHMETIC = {
    e.BINARY_OPERATOR_ADD: ("+", Level.ADD),
    e.BINARY_OPERATOR_SUBTRACT: ("-", Level.ADD),
    e.BINARY_OPERATOR_MULTIPLY: ("*", Level.MULTIPLY),
    e.BINARY_OPERATOR_DIVIDE: ("/", Level.MULTIPLY),
    e.BINARY_OPERATOR_MODULO: ("%", Level.MULTIPLY),
}
_TEXTUAL = frozenset({e.VALUE_KIND_STRING, e.VALUE_KIND_ENUM})


def unary(compiler: Compiler, node: e.Unary) -> Sql:
    """`!x` and `-x`."""
    operand = compiler.scalar(node.operand)
    if node.operator == e.UNARY_OPERATOR_NOT:
        return _negated(operand, node.operand)
    return Sql(layout.concat("-", operand.at(Level.CAST)), Level.UNARY)


def binary(compiler: Compiler, node: Node) -> Sql:
    """Any operator with two operands."""
    operator = node.binary.operator
    left, right = node.binary.left, node.binary.right
    if operator == e.BINARY_OPERATOR_AND:
        return conjunction(compiler.scalar(part) for part in _operands(node, operator))
    if operator == e.BINARY_OPERATOR_OR:
        return disjunction(compiler.scalar(part) for part in _operands(node, operator))
    if operator in (e.BINARY_OPERATOR_EQUAL, e.BINARY_OPERATOR_NOT_EQUAL):
        return equality(compiler, left, right, negated=operator == e.BINARY_OPERATOR_NOT_EQUAL)
    if operator == e.BINARY_OPERATOR_IN:
        return membership(compiler, left, right)
    if operator in _ORDER:
        # Text is compared by code point in every back end, whatever the collation of the database.
        collation = ' COLLATE "C"' if left.type.kind in _TEXTUAL else ""
        first = compiler.scalar(left)
        if collation:
            first = Sql(layout.concat(first.at(Level.CAST), collation), Level.CAST)
        return compare(_ORDER[operator], first, compiler.scalar(right))
    if operator in _ARITHMETIC:
        return arithmetic(compiler, node)
    raise NotCompilable(f"operator {e.BinaryOperator.Name(operator)}")


def condition(compiler: Compiler, node: Node) -> Sql:
    """A condition of a WHERE: unknown counts as false there, so one side of `==` may be null without further words."""
    if node.WhichOneof("kind") == "binary":
        operator = node.binary.operator
        if operator == e.BINARY_OPERATOR_AND:
            return conjunction(condition(compiler, part) for part in _operands(node, operator))
        if operator == e.BINARY_OPERATOR_OR:
            return disjunction(condition(compiler, part) for part in _operands(node, operator))
        one_side = not (node.binary.left.type.nullable and node.binary.right.type.nullable)
        if operator == e.BINARY_OPERATOR_EQUAL and one_side:
            return equality(compiler, node.binary.left, node.binary.right, negated=False, null_is_false=True)
    return compiler.scalar(node)


def equality(compiler: Compiler, left: Node, right: Node, *, negated: bool, null_is_false: bool = False) -> Sql:
    """`==` and `!=`: null is a value like any other."""
    for side, other in ((left, right), (right, left)):
        if _is_null(side):
            if _is_null(other):
                return FALSE if negated else TRUE
            return is_null(compiler.scalar(other), negated=negated)
        if side.type.kind == e.VALUE_KIND_BOOL and side.WhichOneof("kind") == "literal" and not other.type.nullable:
            value = compiler.scalar(other)
            return value if side.literal.bool_value != negated else negate(value)
    first, second = compiler.value(left), compiler.value(right)
    if isinstance(first, RowSet) or isinstance(second, RowSet):
        raise NotCompilable("sets of rows cannot be compared; use exists or all")
    nullable = not null_is_false and (left.type.nullable or right.type.nullable)
    kinds = _kind_equality(compiler, first, second)
    same = _equal(_identity(first), _identity(second), nullable=nullable, negated=negated and kinds is None)
    if kinds is None:
        return same
    both = conjunction([kinds, same])
    return negate(Sql(layout.concat("coalesce(", both.doc, ", FALSE)")) if nullable else both) if negated else both


def membership(compiler: Compiler, left: Node, right: Node) -> Sql:
    """`x in [a, b]`, `row in set`, `x in input.list`."""
    if right.WhichOneof("kind") == "list":
        items = [compiler.scalar(item) for item in right.list.items]
        if not items:
            return FALSE
        comma = layout.concat(",", layout.SPACE)
        listed = layout.brackets(layout.join(comma, [item.doc for item in items]))
        return Sql(layout.concat(compiler.scalar(left).at(Level.OTHER), " IN ", listed), Level.COMPARE)
    value = compiler.value(right)
    if isinstance(value, RowSet):
        # One null among the values would make the answer unknown where it has to be false.
        present = value if value.projection is None else value.where(is_null(value.projection, negated=True))
        chosen: layout.Doc = layout.brackets(present.select(present.key))
    elif isinstance(value, Sql) and right.type.kind == e.VALUE_KIND_LIST:
        sql_type = value_type(left.type)
        item = atom("item") if sql_type == "text" else cast(atom("item"), sql_type)
        elements = layout.concat("jsonb_array_elements_text(", value.doc, ") AS item")
        chosen = layout.brackets(layout.concat("SELECT ", item.doc, " FROM ", elements))
    else:
        raise NotCompilable("`in` needs a list or a set of rows on its right")
    return Sql(layout.concat(compiler.scalar(left).at(Level.OTHER), " IN ", chosen), Level.COMPARE)


def arithmetic(compiler: Compiler, node: Node) -> Sql:
    """`+ - * / %` on numbers, texts, dates and durations."""
    left, right = node.binary.left, node.binary.right
    sign, level = _ARITHMETIC[node.binary.operator]
    first = compiler.scalar(left)
    if left.type.kind in _TEXTUAL and sign == "+":
        return infix("||", first, compiler.scalar(right), Level.OTHER)
    if left.type.kind == e.VALUE_KIND_DATE:
        return _date_arithmetic(compiler, node, sign, first)
    second = compiler.scalar(right)
    if sign == "/":
        # Two integers would divide to an integer in SQL; here a quotient is always an exact decimal.
        first = cast(first, "numeric") if left.type.kind == e.VALUE_KIND_INT else first
    return infix(sign, first, second, level)


def _date_arithmetic(compiler: Compiler, node: Node, sign: str, first: Sql) -> Sql:
    right = node.binary.right
    if right.WhichOneof("kind") == "call" and right.call.function == e.FUNCTION_DAYS:
        count = compiler.scalar(right.call.arguments[0])
        whole = count if right.call.arguments[0].WhichOneof("kind") == "literal" else cast(count, "integer")
        return infix(sign, first, whole, Level.ADD)
    second = compiler.scalar(right)
    if right.type.kind == e.VALUE_KIND_DATE:
        days = infix("-", first, second, Level.ADD)
        return (
            infix("*", days, atom("interval '24 hours'"), Level.MULTIPLY)
            if node.type.kind == e.VALUE_KIND_DURATION
            else days
        )
    moved = infix(sign, first, second, Level.ADD)
    return cast(moved, "date") if node.type.kind == e.VALUE_KIND_DATE else moved


def _operands(node: Node, operator: int) -> list[Node]:
    """`a && b && c` as three operands, so that a long chain is laid out as one list."""
    if node.WhichOneof("kind") == "binary" and node.binary.operator == operator:
        return [*_operands(node.binary.left, operator), *_operands(node.binary.right, operator)]
    return [node]


def _equal(left: Sql, right: Sql, *, nullable: bool, negated: bool) -> Sql:
    if nullable:
        return compare("IS DISTINCT FROM" if negated else "IS NOT DISTINCT FROM", left, right)
    return compare("<>" if negated else "=", left, right)


def _kind_equality(compiler: Compiler, left: Sql | RowValue, right: Sql | RowValue) -> Sql | None:
    """For a row of an `any` field: ids are compared only where the models are the same."""
    if not isinstance(left, RowValue) or not isinstance(right, RowValue) or (left.type is None and right.type is None):
        return None
    return _equal(_model_name(compiler, left), _model_name(compiler, right), nullable=False, negated=False)


def _model_name(compiler: Compiler, row: RowValue) -> Sql:
    if row.type_name is not None:
        return row.type_name
    if len(row.model_ids) != 1:
        raise NotCompilable("a row of unknown model cannot be compared with one of an `any` field")
    return atom(quote(compiler.index.model(row.model_ids[0]).name))


def _identity(value: Sql | RowValue) -> Sql:
    return value.id if isinstance(value, RowValue) else value


def _negated(operand: Sql, node: Node) -> Sql:
    return (
        negate(operand) if not node.type.nullable else negate(Sql(layout.concat("coalesce(", operand.doc, ", FALSE)")))
    )


def _is_null(node: Node) -> bool:
    return node.WhichOneof("kind") == "literal" and node.literal.HasField("null_value")
