"""Operators, evaluated."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.python.arithmetic import divided, remainder
from stackwright_sdk.expressions.python.world import Value

if TYPE_CHECKING:
    from stackwright_sdk.expressions.python.evaluator import Evaluator

# Operands of one kind can be compared; the types were checked when the contract was resolved.
_ORDER: dict[int, Callable[[Any, Any], bool]] = {
    e.BINARY_OPERATOR_LESS: operator.lt,
    e.BINARY_OPERATOR_LESS_EQUAL: operator.le,
    e.BINARY_OPERATOR_GREATER: operator.gt,
    e.BINARY_OPERATOR_GREATER_EQUAL: operator.ge,
}


def unary(evaluator: Evaluator, node: Node) -> Value:
    """`!x` and `-x`."""
    value = evaluator.value(node.unary.operand)
    if node.unary.operator == e.UNARY_OPERATOR_NOT:
        return not value
    if isinstance(value, int | Decimal | datetime.timedelta):
        return -value
    raise NotCompilable("the negative of what is no number")


def binary(evaluator: Evaluator, node: Node) -> Value:
    """Any operator with two operands; the second is not looked at when the first decides."""
    kind = node.binary.operator
    left = evaluator.value(node.binary.left)
    if kind == e.BINARY_OPERATOR_AND:
        return bool(left) and bool(evaluator.value(node.binary.right))
    if kind == e.BINARY_OPERATOR_OR:
        return bool(left) or bool(evaluator.value(node.binary.right))
    right = evaluator.value(node.binary.right)
    if kind == e.BINARY_OPERATOR_EQUAL:
        return same(left, right)
    if kind == e.BINARY_OPERATOR_NOT_EQUAL:
        return not same(left, right)
    if kind == e.BINARY_OPERATOR_IN:
        return any(same(left, item) for item in cast(list[Value], right))
    if kind in _ORDER:
        return _ORDER[kind](left, right)
    return _arithmetic(node, left, right)


def same(left: Value, right: Value) -> bool:
    """Two-valued equality: null is equal to null, and a truth is no number."""
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return left == right


def _arithmetic(node: Node, left: Value, right: Value) -> Value:
    kind = node.binary.operator
    if isinstance(left, str) and isinstance(right, str) and kind == e.BINARY_OPERATOR_ADD:
        return left + right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return _number(kind, left, right)
    if isinstance(left, datetime.date) and kind in (e.BINARY_OPERATOR_ADD, e.BINARY_OPERATOR_SUBTRACT):
        return _moved(node, left, right)
    if isinstance(left, datetime.time) and isinstance(right, datetime.time | datetime.timedelta):
        return _clock(kind, left, right)
    if isinstance(left, datetime.timedelta) or isinstance(right, datetime.timedelta):
        return _span(kind, left, right)
    raise NotCompilable(f"{e.BinaryOperator.Name(kind)} of such operands")


def _number(kind: e.BinaryOperator, left: int | Decimal, right: int | Decimal) -> Value:
    if kind == e.BINARY_OPERATOR_DIVIDE:
        return divided(Decimal(left), Decimal(right))
    if kind == e.BINARY_OPERATOR_MODULO:
        return remainder(left, right)
    # Mixed operands are lifted first: the sum of a number and a decimal is a decimal.
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        left, right = Decimal(left), Decimal(right)
    functions = {
        e.BINARY_OPERATOR_ADD: operator.add,
        e.BINARY_OPERATOR_SUBTRACT: operator.sub,
        e.BINARY_OPERATOR_MULTIPLY: operator.mul,
    }
    return cast(Value, functions[kind](left, right))


def _clock(kind: e.BinaryOperator, left: datetime.time, right: datetime.time | datetime.timedelta) -> Value:
    """A time of day moved by a span, past midnight if need be; or the span between two."""
    at = datetime.datetime.combine(datetime.date(2000, 1, 1), left)
    if isinstance(right, datetime.time):
        return at - datetime.datetime.combine(at.date(), right)
    return (at + right if kind == e.BINARY_OPERATOR_ADD else at - right).time()


def _span(kind: e.BinaryOperator, left: Value, right: Value) -> Value:
    if isinstance(left, datetime.timedelta) and isinstance(right, datetime.timedelta):
        return left + right if kind == e.BINARY_OPERATOR_ADD else left - right
    span, times = (left, right) if isinstance(left, datetime.timedelta) else (right, left)
    if kind == e.BINARY_OPERATOR_MULTIPLY and isinstance(span, datetime.timedelta) and isinstance(times, int):
        return span * times
    raise NotCompilable(f"{e.BinaryOperator.Name(kind)} of a span of time and something else")


def _moved(node: Node, left: datetime.date, right: Value) -> Value:
    sign = 1 if node.binary.operator == e.BINARY_OPERATOR_ADD else -1
    if isinstance(right, datetime.timedelta):
        return left + sign * right
    if isinstance(right, datetime.date):
        apart: datetime.timedelta = left - right
        return apart if node.type.kind == e.VALUE_KIND_DURATION else apart.days
    raise NotCompilable("a date moved by what is no duration")
