"""Functions of the profile, evaluated."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.python import access
from stackwright_sdk.expressions.python.arithmetic import add_months, rounded, workdays
from stackwright_sdk.expressions.python.world import RowKey, Value

if TYPE_CHECKING:
    from stackwright_sdk.expressions.python.evaluator import Evaluator

_BLANKS = " \t\n\r"
_UNITS = {e.FUNCTION_MINUTES: "minutes", e.FUNCTION_HOURS: "hours", e.FUNCTION_DAYS: "days"}


def call(evaluator: Evaluator, node: Node) -> Value:
    """A call of a function."""
    function = node.call.function
    if function in _OF_ROWS:
        return _OF_ROWS[function](evaluator, node)
    values = [evaluator.value(argument) for argument in node.call.arguments]
    if function in _UNITS:
        return datetime.timedelta(**{_UNITS[function]: cast(int, values[0])})
    if function not in _OF_VALUES:
        raise NotCompilable(f"{e.Function.Name(function).removeprefix('FUNCTION_').lower()}()")
    return _OF_VALUES[function](values)


def as_text(value: Value) -> str | None:
    """What `string()` makes of a value."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, RowKey):
        return value.id
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _round(values: Sequence[Value]) -> Value:
    places = cast(int, values[1]) if len(values) > 1 else 0
    result = rounded(Decimal(cast(Decimal, values[0])), places)
    return int(result) if len(values) == 1 else result


def _extreme(choose: Callable[[list[Decimal]], Decimal]) -> Callable[[Sequence[Value]], Value]:
    def chosen(values: Sequence[Value]) -> Value:
        present = [cast(Decimal, value) for value in values if value is not None]
        return choose(present) if present else None

    return chosen


def _local(values: Sequence[Value]) -> datetime.date:
    moment = cast(datetime.date, values[0])
    if isinstance(moment, datetime.datetime):
        return moment.astimezone(ZoneInfo(cast(str, values[1]) if len(values) > 1 else "UTC"))
    return moment


def _local_date(values: Sequence[Value]) -> datetime.date:
    moment = _local(values)
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _local_time(values: Sequence[Value]) -> datetime.time:
    return cast(datetime.datetime, _local(values)).time()


def _add_months(values: Sequence[Value]) -> Value:
    return add_months(cast(datetime.datetime, values[0]), cast(int, values[1]))


def _in_range(values: Sequence[Value]) -> Value:
    return ipaddress.ip_address(cast(str, values[0])) in ipaddress.ip_network(cast(str, values[1]), strict=False)


_OF_VALUES: dict[int, Callable[[Sequence[Value]], Value]] = {
    e.FUNCTION_COALESCE: lambda values: next((value for value in values if value is not None), None),
    e.FUNCTION_ROUND: _round,
    e.FUNCTION_LEAST: _extreme(min),
    e.FUNCTION_GREATEST: _extreme(max),
    e.FUNCTION_LOWER: lambda values: cast(str, values[0]).lower(),
    e.FUNCTION_UPPER: lambda values: cast(str, values[0]).upper(),
    e.FUNCTION_TRIM: lambda values: cast(str, values[0]).strip(_BLANKS),
    e.FUNCTION_STRING: lambda values: as_text(values[0]),
    e.FUNCTION_ADD_MONTHS: _add_months,
    e.FUNCTION_YEAR: lambda values: _local_date(values).year,
    e.FUNCTION_MONTH: lambda values: _local_date(values).month,
    e.FUNCTION_WEEKDAY: lambda values: _local_date(values).isoweekday(),
    e.FUNCTION_DATE_OF: _local_date,
    e.FUNCTION_TIME_OF: _local_time,
    e.FUNCTION_WORKDAYS: lambda values: workdays(cast(datetime.date, values[0]), cast(datetime.date, values[1])),
    e.FUNCTION_IN_RANGE: _in_range,
    e.FUNCTION_SIZE: lambda values: len(cast(Sequence[Value], values[0])),
}

_OF_ROWS: dict[int, Callable[[Evaluator, Node], Value]] = {
    e.FUNCTION_CAN: access.can,
    e.FUNCTION_HOLDERS: access.holders,
    e.FUNCTION_READABLE: access.readable,
    e.FUNCTION_WRITABLE: access.writable,
    e.FUNCTION_DISPLAY: access.display,
    e.FUNCTION_MODEL: access.model_name,
}
