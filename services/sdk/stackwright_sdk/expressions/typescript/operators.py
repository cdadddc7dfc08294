"""Operators in TypeScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotInMemory
from stackwright_sdk.expressions.typescript.code import Code, Level, chain, infix

if TYPE_CHECKING:
    from stackwright_sdk.expressions.typescript.compiler import Compiler

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
    e.BINARY_OPERATOR_MODULO: ("%", Level.MULTIPLY),
}
_CONNECTIVES = {e.BINARY_OPERATOR_AND: ("&&", Level.AND), e.BINARY_OPERATOR_OR: ("||", Level.OR)}
# Compared by content, which `===` does not do.
_BY_CONTENT = frozenset(
    {e.VALUE_KIND_JSON, e.VALUE_KIND_LIST, e.VALUE_KIND_OBJECT, e.VALUE_KIND_POINT, e.VALUE_KIND_BYTES}
)

_PATH = re.compile(r"[\w$]+(\??\.[\w$]+)*")


def unary(compiler: Compiler, node: Node) -> Code:
    """`!x` and `-x`."""
    operand = compiler.code(node.unary.operand)
    _refuse_decimal(node.unary.operand)
    sign = "!" if node.unary.operator == e.UNARY_OPERATOR_NOT else "-"
    return Code(f"{sign}{operand.at(Level.PRIMARY)}", Level.UNARY)


def binary(compiler: Compiler, node: Node) -> Code:
    """Any operator with two operands."""
    operator, left, right = node.binary.operator, node.binary.left, node.binary.right
    if operator in _CONNECTIVES:
        sign, level = _CONNECTIVES[operator]
        return chain(sign, [compiler.code(part) for part in _operands(node, operator)], level)
    if operator in (e.BINARY_OPERATOR_EQUAL, e.BINARY_OPERATOR_NOT_EQUAL):
        return _equality(compiler, left, right, negated=operator == e.BINARY_OPERATOR_NOT_EQUAL)
    if operator == e.BINARY_OPERATOR_IN:
        return _membership(compiler, left, right)
    _refuse_decimal(left)
    _refuse_decimal(right)
    if operator in _ORDER:
        return infix(_ORDER[operator], compiler.code(left), compiler.code(right), Level.COMPARE)
    if operator in _ARITHMETIC:
        return _arithmetic(compiler, node)
    raise NotInMemory("a quotient, which is an exact decimal")


def _equality(compiler: Compiler, left: Node, right: Node, *, negated: bool) -> Code:
    for side, other in ((left, right), (right, left)):
        if _is_null(side):
            return _is_absent(compiler.code(other), negated=negated)
        if side.type.kind == e.VALUE_KIND_BOOL and side.WhichOneof("kind") == "literal" and not other.type.nullable:
            value = compiler.code(other)
            return value if side.literal.bool_value != negated else Code(f"!{value.at(Level.PRIMARY)}", Level.UNARY)
        if side.type.kind in _BY_CONTENT:
            raise NotInMemory("values that are compared by their content")
        _refuse_decimal(side)
    first, second = compiler.code(left), compiler.code(right)
    if e.VALUE_KIND_TIMESTAMP in (left.type.kind, right.type.kind):
        same = Code(f"{compiler.helper('sameTime')}({first.text}, {second.text})")
        return Code(f"!{same.text}", Level.UNARY) if negated else same
    if left.type.nullable and right.type.nullable:
        first, second = (Code(f"({side.at(Level.NULLISH)} ?? null)") for side in (first, second))
    return infix("!==" if negated else "===", first, second, Level.EQUAL)


def _is_absent(value: Code, *, negated: bool) -> Code:
    """What was never sent is undefined, and counts as null."""
    sign, joined, level = ("!==", "&&", Level.AND) if negated else ("===", "||", Level.OR)
    if _PATH.fullmatch(value.text):
        # Both are asked of a path, since that tells the type checker what it is after the question.
        return Code(f"{value.text} {sign} null {joined} {value.text} {sign} undefined", level)
    return Code(f"({value.at(Level.NULLISH)} ?? null) {sign} null", Level.EQUAL)


def _membership(compiler: Compiler, left: Node, right: Node) -> Code:
    _refuse_decimal(left)
    if left.type.kind == e.VALUE_KIND_TIMESTAMP or right.type.kind != e.VALUE_KIND_LIST:
        raise NotInMemory("membership in a set")
    if right.WhichOneof("kind") != "list":
        return Code(f"{compiler.code(right).at(Level.PRIMARY)}.includes({compiler.code(left).text})")
    if not right.list.items:
        return Code("false")
    # One comparison each: it keeps the types of enums, where `includes` would widen them.
    value = compiler.code(left)
    return chain("||", [infix("===", value, compiler.code(item), Level.EQUAL) for item in right.list.items], Level.OR)


def _arithmetic(compiler: Compiler, node: Node) -> Code:
    left, right = node.binary.left, node.binary.right
    sign, level = _ARITHMETIC[node.binary.operator]
    first, second = compiler.code(left), compiler.code(right)
    if left.type.kind == e.VALUE_KIND_TIMESTAMP:
        if right.type.kind == e.VALUE_KIND_TIMESTAMP:
            return Code(f"{first.at(Level.PRIMARY)}.getTime() - {second.at(Level.PRIMARY)}.getTime()", Level.ADD)
        moved = second.text if sign == "+" else f"-{second.at(Level.PRIMARY)}"
        return Code(f"{compiler.helper('later')}({first.text}, {moved})")
    if left.type.kind == e.VALUE_KIND_TIME:
        raise NotInMemory("arithmetic with times of day, which are texts here and wrap at midnight")
    if left.type.kind == e.VALUE_KIND_DATE:
        return _date_arithmetic(compiler, node, sign, first, second)
    return infix(sign, first, second, level)


def _date_arithmetic(compiler: Compiler, node: Node, sign: str, first: Code, second: Code) -> Code:
    right = node.binary.right
    if right.type.kind == e.VALUE_KIND_DATE:
        days = Code(f"{compiler.helper('daysBetween')}({first.text}, {second.text})")
        return Code(f"{days.text} * 86_400_000", Level.MULTIPLY) if node.type.kind == e.VALUE_KIND_DURATION else days
    if right.WhichOneof("kind") == "call" and right.call.function == e.FUNCTION_DAYS:
        count = compiler.code(right.call.arguments[0])
        moved = count.text if sign == "+" else f"-{count.at(Level.PRIMARY)}"
        return Code(f"{compiler.helper('addDays')}({first.text}, {moved})")
    raise NotInMemory("a date moved by something else than days")


def _operands(node: Node, operator: int) -> list[Node]:
    if node.WhichOneof("kind") == "binary" and node.binary.operator == operator:
        return [*_operands(node.binary.left, operator), *_operands(node.binary.right, operator)]
    return [node]


def _refuse_decimal(node: Node) -> None:
    if node.type.kind == e.VALUE_KIND_DECIMAL:
        raise NotInMemory("arithmetic with exact decimals")


def _is_null(node: Node) -> bool:
    return node.WhichOneof("kind") == "literal" and node.literal.HasField("null_value")
