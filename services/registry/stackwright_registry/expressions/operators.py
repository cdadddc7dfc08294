"""Operators of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions.nulls import present_when
from stackwright_registry.expressions.syntax import Infix, Prefix
from stackwright_registry.expressions.types import (
    BOOL,
    DATE,
    DECIMAL,
    DURATION,
    INT,
    NUMBERS,
    ORDERED,
    STRING,
    TIME,
    TIMESTAMP,
    UNKNOWN,
    Type,
    comparable,
    unify,
)
from stackwright_registry.expressions.world import Scope

if TYPE_CHECKING:
    from stackwright_registry.expressions.checker import Checker

Typed = tuple[pb.Node, Type]
_OPERATORS: dict[str, pb.BinaryOperator] = {
    "&&": pb.BINARY_OPERATOR_AND,
    "||": pb.BINARY_OPERATOR_OR,
    "==": pb.BINARY_OPERATOR_EQUAL,
    "!=": pb.BINARY_OPERATOR_NOT_EQUAL,
    "<": pb.BINARY_OPERATOR_LESS,
    "<=": pb.BINARY_OPERATOR_LESS_EQUAL,
    ">": pb.BINARY_OPERATOR_GREATER,
    ">=": pb.BINARY_OPERATOR_GREATER_EQUAL,
    "in": pb.BINARY_OPERATOR_IN,
    "+": pb.BINARY_OPERATOR_ADD,
    "-": pb.BINARY_OPERATOR_SUBTRACT,
    "*": pb.BINARY_OPERATOR_MULTIPLY,
    "/": pb.BINARY_OPERATOR_DIVIDE,
    "%": pb.BINARY_OPERATOR_MODULO,
}
_STAMP, _DAY, _CLOCK, _SPAN = (
    pb.VALUE_KIND_TIMESTAMP,
    pb.VALUE_KIND_DATE,
    pb.VALUE_KIND_TIME,
    pb.VALUE_KIND_DURATION,
)
# Sums and differences of times; a day plus a span of days is a day.
_TIMES: dict[tuple[str, pb.ValueKind, pb.ValueKind], Type] = {
    ("+", _STAMP, _SPAN): TIMESTAMP,
    ("-", _STAMP, _SPAN): TIMESTAMP,
    ("-", _STAMP, _STAMP): DURATION,
    ("+", _DAY, _SPAN): DATE,
    ("-", _DAY, _SPAN): DATE,
    ("-", _DAY, _DAY): DURATION,
    ("+", _CLOCK, _SPAN): TIME,
    ("-", _CLOCK, _SPAN): TIME,
    ("-", _CLOCK, _CLOCK): DURATION,
    ("+", _SPAN, _SPAN): DURATION,
    ("-", _SPAN, _SPAN): DURATION,
    ("*", _SPAN, pb.VALUE_KIND_INT): DURATION,
    ("*", pb.VALUE_KIND_INT, _SPAN): DURATION,
}


def prefix(tree: Prefix, scope: Scope, checker: Checker) -> Typed:
    """Type `!x` and `-x`."""
    operand, type_ = checker.typed(tree.operand, scope)
    if tree.operator == "!":
        checker.is_bool(type_, tree.offset, "What `!` negates")
        return pb.Node(unary=pb.Unary(operator=pb.UNARY_OPERATOR_NOT, operand=operand)), BOOL
    if type_.kind not in NUMBERS | {pb.VALUE_KIND_DURATION, pb.VALUE_KIND_UNSPECIFIED}:
        checker.wrong(tree.offset, "type_mismatch", f"`-` does not go before {type_}.")
        type_ = UNKNOWN
    checker.not_null(type_, tree.offset, "What `-` stands before")
    return pb.Node(unary=pb.Unary(operator=pb.UNARY_OPERATOR_NEGATE, operand=operand)), type_.required()


def infix(tree: Infix, scope: Scope, checker: Checker) -> Typed:
    """Type every operator with two sides."""
    left, left_type = checker.typed(tree.left, scope)
    after = scope
    if tree.operator in ("&&", "||"):
        after = scope.with_present(present_when(tree.left, tree.operator == "&&", frozenset(scope.variables)))
    right, right_type = checker.typed(tree.right, after)
    if tree.operator == "in":
        right, right_type = checker.coerced(tree.right, right, right_type, Type(pb.VALUE_KIND_LIST, element=left_type))
        result = _in(tree, left_type, right_type, checker)
    else:
        left, left_type = checker.coerced(tree.left, left, left_type, right_type)
        right, right_type = checker.coerced(tree.right, right, right_type, left_type)
        result = _result(tree, left_type, right_type, checker)
    return pb.Node(binary=pb.Binary(operator=_OPERATORS[tree.operator], left=left, right=right)), result


def _result(tree: Infix, left: Type, right: Type, checker: Checker) -> Type:
    operator = tree.operator
    if operator in ("&&", "||"):
        checker.is_bool(left, tree.left.offset, f"The left side of `{operator}`")
        checker.is_bool(right, tree.right.offset, f"The right side of `{operator}`")
        return BOOL
    if operator in ("==", "!="):
        if not comparable(left, right):
            checker.wrong(tree.offset, "type_mismatch", f"`{operator}` cannot compare {left} with {right}.")
        elif left.kind in (pb.VALUE_KIND_ROWS, pb.VALUE_KIND_LIST):
            checker.wrong(tree.offset, "type_mismatch", f"`{operator}` does not compare sets; use size, exists or all.")
        return BOOL
    checker.not_null(left, tree.left.offset, f"The left side of `{operator}`")
    checker.not_null(right, tree.right.offset, f"The right side of `{operator}`")
    if pb.VALUE_KIND_UNSPECIFIED in (left.kind, right.kind):
        return BOOL if operator in ("<", "<=", ">", ">=") else UNKNOWN
    if operator in ("<", "<=", ">", ">="):
        if unify(left, right) is None or left.kind not in ORDERED:
            checker.wrong(tree.offset, "type_mismatch", f"`{operator}` cannot compare {left} with {right}.")
        return BOOL
    found = _arithmetic(operator, left, right)
    if found is None:
        checker.wrong(tree.offset, "type_mismatch", f"`{operator}` does not take {left} and {right}.")
        return UNKNOWN
    return found


def _arithmetic(operator: str, left: Type, right: Type) -> Type | None:
    if left.kind in NUMBERS and right.kind in NUMBERS:
        if operator == "/":
            return DECIMAL
        return INT if left.kind == right.kind == pb.VALUE_KIND_INT else DECIMAL
    if operator == "+" and left.kind == right.kind == pb.VALUE_KIND_STRING:
        return STRING
    return _TIMES.get((operator, left.kind, right.kind))


def _in(tree: Infix, left: Type, right: Type, checker: Checker) -> Type:
    if right.kind == pb.VALUE_KIND_ROWS:
        item = Type(pb.VALUE_KIND_ROW, models=right.models)
    elif right.kind == pb.VALUE_KIND_LIST and right.element is not None:
        item = right.element
    else:
        if right.kind != pb.VALUE_KIND_UNSPECIFIED:
            checker.wrong(tree.offset, "type_mismatch", f"`in` looks into a list or rows, not into {right}.")
        return BOOL
    checker.not_null(left, tree.left.offset, "The left side of `in`")
    if not comparable(left, item):
        checker.wrong(tree.offset, "type_mismatch", f"`in` cannot find {left} among {item}.")
    return BOOL
