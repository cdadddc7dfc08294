"""Functions of the profile in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.sql import access, macros
from stackwright_sdk.expressions.sql.rows import RowSet, RowValue
from stackwright_sdk.expressions.sql.types import TIMESTAMP_FORMAT
from stackwright_sdk.expressions.sql.values import Level, Sql, atom, cast, infix
from stackwright_sdk.expressions.sql.values import call as sql_call

if TYPE_CHECKING:
    from stackwright_sdk.expressions.sql.compiler import Compiler, Value

_UTC = atom("'UTC'")
_BLANKS = atom("E' \\t\\n\\r'")
_UNITS = {
    e.FUNCTION_MINUTES: "interval '1 minute'",
    e.FUNCTION_HOURS: "interval '1 hour'",
    # A day of the language is 24 hours; PostgreSQL's follows the clock changes of the session's zone.
    e.FUNCTION_DAYS: "interval '24 hours'",
}
_EXTRACTED = {e.FUNCTION_YEAR: "year", e.FUNCTION_MONTH: "month", e.FUNCTION_WEEKDAY: "isodow"}
_SIMPLE = {e.FUNCTION_LOWER: "lower", e.FUNCTION_UPPER: "upper"}
_EXTREMES = {e.FUNCTION_LEAST: "least", e.FUNCTION_GREATEST: "greatest"}
_TEXTUAL = frozenset({e.VALUE_KIND_STRING, e.VALUE_KIND_ENUM})


def call(compiler: Compiler, node: Node) -> Value:
    """A call of a function."""
    function, arguments = node.call.function, node.call.arguments
    special = _SPECIAL.get(function)
    if special is not None:
        return special(compiler, node)
    values = [compiler.scalar(argument) for argument in arguments]
    if function in _SIMPLE:
        return sql_call(_SIMPLE[function], *values)
    if function in _UNITS:
        return infix("*", atom(_UNITS[function]), values[0], Level.MULTIPLY)
    if function in _EXTRACTED:
        local = _local(arguments[0], values)
        return cast(Sql(layout.concat(f"extract({_EXTRACTED[function]} FROM ", local.doc, ")")), "integer")
    if function in _EXTREMES:
        return _extreme(_EXTREMES[function], node, values)
    plain = _PLAIN.get(function)
    if plain is None:
        raise NotCompilable(f"{e.Function.Name(function).removeprefix('FUNCTION_').lower()}() in SQL")
    return plain(arguments, values)


# -- functions of values -----------------------------------------------------------------------------------------------


def _round(arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    # numeric rounds half away from zero; a float or an integer would not.
    number = values[0] if arguments[0].type.kind == e.VALUE_KIND_DECIMAL else cast(values[0], "numeric")
    return sql_call("round", number, *values[1:])


def _trim(_arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    return sql_call("btrim", values[0], _BLANKS)


def _string(arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    kind = arguments[0].type.kind
    if kind in _TEXTUAL:
        return values[0]
    if kind == e.VALUE_KIND_TIMESTAMP:
        return sql_call("to_char", _at_zone(values[0], _UTC), atom(f"'{TIMESTAMP_FORMAT}'"))
    if kind == e.VALUE_KIND_DATE:
        return sql_call("to_char", values[0], atom("'YYYY-MM-DD'"))
    if kind in (e.VALUE_KIND_DURATION, e.VALUE_KIND_POINT, e.VALUE_KIND_BYTES):
        raise NotCompilable(f"string() of {e.ValueKind.Name(kind)}")
    return cast(values[0], "text")


def _add_months(arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    months = Sql(layout.concat("make_interval(months => ", cast(values[1], "integer").doc, ")"))
    if arguments[0].type.kind == e.VALUE_KIND_DATE:
        return cast(infix("+", values[0], months, Level.ADD), "date")
    return _at_zone(infix("+", _at_zone(values[0], _UTC), months, Level.ADD), _UTC)


def _date_of(arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    return cast(_local(arguments[0], values), "date")


def _time_of(arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    return cast(_local(arguments[0], values), "time")


def _workdays(_arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    series = layout.concat("FROM generate_series(", values[0].doc, ", ", values[1].doc, ", interval '1 day') AS day")
    days = layout.concat("SELECT count(*)", layout.SPACE, series, layout.SPACE, "WHERE extract(isodow FROM day) < 6")
    return Sql(layout.brackets(days))


def _in_range(_arguments: Sequence[Node], values: Sequence[Sql]) -> Sql:
    return infix("<<=", values[0], values[1], Level.OTHER)


_PLAIN: dict[int, Callable[[Sequence[Node], Sequence[Sql]], Sql]] = {
    e.FUNCTION_ROUND: _round,
    e.FUNCTION_TRIM: _trim,
    e.FUNCTION_STRING: _string,
    e.FUNCTION_ADD_MONTHS: _add_months,
    e.FUNCTION_DATE_OF: _date_of,
    e.FUNCTION_TIME_OF: _time_of,
    e.FUNCTION_WORKDAYS: _workdays,
    e.FUNCTION_IN_RANGE: _in_range,
}


# -- functions of rows, sets and callers -------------------------------------------------------------------------------


def _coalesce(compiler: Compiler, node: Node) -> Value:
    value = sql_call("coalesce", *(compiler.scalar(argument) for argument in node.call.arguments))
    return RowValue(tuple(node.type.model_ids), value) if node.type.kind == e.VALUE_KIND_ROW else value


def _size(compiler: Compiler, node: Node) -> Sql:
    argument = node.call.arguments[0]
    value = compiler.value(argument)
    if isinstance(value, RowSet):
        return macros.size(value)
    if isinstance(value, RowValue):
        raise NotCompilable("size() of one row")
    return sql_call("jsonb_array_length" if argument.type.kind == e.VALUE_KIND_LIST else "length", value)


_SPECIAL: dict[int, Callable[[Compiler, Node], Value]] = {
    e.FUNCTION_COALESCE: _coalesce,
    e.FUNCTION_SIZE: _size,
    e.FUNCTION_CAN: access.can,
    e.FUNCTION_HOLDERS: access.holders,
    e.FUNCTION_READABLE: access.readable,
    e.FUNCTION_WRITABLE: access.writable,
    e.FUNCTION_DISPLAY: access.display,
    e.FUNCTION_MODEL: access.model_name,
}


def _extreme(name: str, node: Node, values: Sequence[Sql]) -> Sql:
    if node.type.kind not in _TEXTUAL:
        return sql_call(name, *values)
    first = Sql(layout.concat(values[0].at(Level.CAST), ' COLLATE "C"'), Level.CAST)
    return sql_call(name, first, *values[1:])


def _at_zone(value: Sql, zone: Sql) -> Sql:
    return Sql(layout.brackets(layout.concat(value.at(Level.CAST), " AT TIME ZONE ", zone.at(Level.CAST))))


def _local(node: Node, values: Sequence[Sql]) -> Sql:
    """A timestamp in the zone named by the second argument (UTC without one); a date is what it is."""
    if node.type.kind != e.VALUE_KIND_TIMESTAMP:
        return values[0]
    return _at_zone(values[0], values[1] if len(values) > 1 else _UTC)
