"""Macros, evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.python.arithmetic import divided
from stackwright_sdk.expressions.python.world import RowKey, Value

if TYPE_CHECKING:
    from stackwright_sdk.expressions.python.evaluator import Evaluator


def comprehension(evaluator: Evaluator, node: Node) -> Value:
    """`over.macro(variable, body)`."""
    parts = node.comprehension
    items = cast(Sequence[Value], evaluator.value(parts.over) or [])
    variable, body = parts.variable, parts.body
    if parts.macro in (e.MACRO_EXISTS, e.MACRO_ALL):
        told = (bool(evaluator.within(variable, item).value(body)) for item in items)
        return any(told) if parts.macro == e.MACRO_EXISTS else all(told)
    values = [evaluator.within(variable, item).value(body) for item in items]
    if parts.macro == e.MACRO_FILTER:
        return [item for item, holds in zip(items, values, strict=True) if holds]
    if parts.macro == e.MACRO_FIND:
        return next((item for item, holds in zip(items, values, strict=True) if holds), None)
    if parts.macro == e.MACRO_MAP:
        is_rows = parts.body.type.kind == e.VALUE_KIND_ROW
        return [value for value in values if not is_rows or _is_present(evaluator, value)]
    return _aggregate(parts.macro, values)


def _aggregate(macro: int, values: Sequence[Value]) -> Value:
    numbers = [cast(Decimal, value) for value in values if value is not None]
    if macro == e.MACRO_SUM:
        return sum(numbers)
    if not numbers:
        return None
    if macro == e.MACRO_AVG:
        return divided(Decimal(sum(numbers)), Decimal(len(numbers)))
    if macro == e.MACRO_MIN:
        return min(numbers)
    if macro == e.MACRO_MAX:
        return max(numbers)
    raise NotCompilable(f"macro {e.Macro.Name(e.Macro.ValueType(macro))}")


def _is_present(evaluator: Evaluator, value: Value) -> bool:
    """A row that is referred to but was deleted is in no set, nor is an empty reference."""
    row = evaluator.world.row(value) if isinstance(value, RowKey) else None
    return row is not None and row.get("deleted_at") is None
