"""Functions of the profile in TypeScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotInMemory
from stackwright_sdk.expressions.index import is_computed
from stackwright_sdk.expressions.typescript.code import Code, Level
from stackwright_sdk.expressions.typescript.names import quoted

if TYPE_CHECKING:
    from stackwright_sdk.expressions.typescript.compiler import Compiler

_UNITS = {e.FUNCTION_MINUTES: "60_000", e.FUNCTION_HOURS: "3_600_000", e.FUNCTION_DAYS: "86_400_000"}
_CALENDAR = {e.FUNCTION_YEAR: "yearOf", e.FUNCTION_MONTH: "monthOf", e.FUNCTION_WEEKDAY: "weekdayOf"}
_METHODS = {e.FUNCTION_LOWER: "toLowerCase", e.FUNCTION_UPPER: "toUpperCase"}
_EXTREMES = {e.FUNCTION_LEAST: ("Math.min", "least"), e.FUNCTION_GREATEST: ("Math.max", "greatest")}
_AS_TEXT_ALREADY = frozenset(
    {
        e.VALUE_KIND_STRING,
        e.VALUE_KIND_ENUM,
        e.VALUE_KIND_UUID,
        e.VALUE_KIND_DATE,
        e.VALUE_KIND_TIME,
        e.VALUE_KIND_DECIMAL,
        e.VALUE_KIND_ROW,
    }
)


def call(compiler: Compiler, node: Node) -> Code:
    """A call of a function."""
    function, arguments = node.call.function, node.call.arguments
    if function in _UNITS:
        return Code(f"{compiler.code(arguments[0]).at(Level.MULTIPLY)} * {_UNITS[function]}", Level.MULTIPLY)
    if function in _METHODS:
        return Code(f"{compiler.code(arguments[0]).at(Level.PRIMARY)}.{_METHODS[function]}()")
    if function in _CALENDAR:
        return Code(f"{compiler.helper(_CALENDAR[function])}({_local_date(compiler, node)})")
    if function in _EXTREMES:
        return _extreme(compiler, node)
    special = _SPECIAL.get(function)
    if special is None:
        raise NotInMemory(f"{e.Function.Name(function).removeprefix('FUNCTION_').lower()}()")
    return special(compiler, node)


def _local_date(compiler: Compiler, node: Node) -> str:
    arguments = node.call.arguments
    if arguments[0].type.kind != e.VALUE_KIND_TIMESTAMP:
        return compiler.code(arguments[0]).text
    return f"{compiler.helper('dateOf')}({_listed(compiler, node)})"


def _extreme(compiler: Compiler, node: Node) -> Code:
    of_numbers, of_others = _EXTREMES[node.call.function]
    if node.type.kind == e.VALUE_KIND_DECIMAL:
        raise NotInMemory("the extreme of exact decimals")
    if node.type.nullable:
        raise NotInMemory("the extreme of values that may be null")
    name = of_numbers if node.type.kind == e.VALUE_KIND_INT else compiler.helper(of_others)
    return Code(f"{name}({_listed(compiler, node)})")


def _can(compiler: Compiler, node: Node) -> Code:
    if len(node.call.arguments) > 1:
        raise NotInMemory("the permissions of another user")
    permission = node.call.arguments[0].literal.string_value
    compiler.permissions.add(permission)
    return Code(compiler.names.can(permission))


def _coalesce(compiler: Compiler, node: Node) -> Code:
    texts = [compiler.code(argument).alone(Level.NULLISH) for argument in node.call.arguments]
    return Code(" ?? ".join(texts), Level.NULLISH)


def _round(compiler: Compiler, node: Node) -> Code:
    if node.call.arguments[0].type.kind != e.VALUE_KIND_INT or len(node.call.arguments) > 1:
        raise NotInMemory("rounding of exact decimals")
    return compiler.code(node.call.arguments[0])


def _trim(compiler: Compiler, node: Node) -> Code:
    return Code(f"{compiler.helper('trimmed')}({_listed(compiler, node)})")


def _string(compiler: Compiler, node: Node) -> Code:
    argument = node.call.arguments[0]
    value = compiler.code(argument)
    if argument.type.kind in _AS_TEXT_ALREADY:
        return value
    if argument.type.kind == e.VALUE_KIND_TIMESTAMP:
        return Code(f"{value.at(Level.PRIMARY)}.toISOString()")
    if argument.type.kind in (e.VALUE_KIND_INT, e.VALUE_KIND_BOOL):
        return Code(f"String({value.text})")
    raise NotInMemory(f"string() of {e.ValueKind.Name(argument.type.kind)}")


def _add_months(compiler: Compiler, node: Node) -> Code:
    name = "addMonthsToDate" if node.call.arguments[0].type.kind == e.VALUE_KIND_DATE else "addMonths"
    return Code(f"{compiler.helper(name)}({_listed(compiler, node)})")


def _size(compiler: Compiler, node: Node) -> Code:
    argument = node.call.arguments[0]
    if argument.type.kind == e.VALUE_KIND_LIST:
        return Code(f"{compiler.code(argument).at(Level.PRIMARY)}.length")
    if argument.type.kind != e.VALUE_KIND_STRING:
        raise NotInMemory("the size of a set of rows")
    return Code(f"{compiler.helper('characters')}({_listed(compiler, node)})")


def _model(compiler: Compiler, node: Node) -> Code:
    row = node.call.arguments[0]
    if len(row.type.model_ids) == 1:
        return Code(quoted(compiler.index.model(row.type.model_ids[0]).name))
    if row.name.root == e.ROOT_THIS and compiler.names.this_model:
        return Code(compiler.names.this_model)
    raise NotInMemory("the model of a row that may be of several")


def _display(compiler: Compiler, node: Node) -> Code:
    row = node.call.arguments[0]
    if row.name.root == e.ROOT_THIS and compiler.names.this_title:
        return Code(compiler.names.this_title)
    if row.WhichOneof("kind") != "name" or len(row.type.model_ids) != 1:
        raise NotInMemory("the title of a row that is not loaded")
    model = compiler.index.model(row.type.model_ids[0])
    if not model.display_field_id:
        return compiler.code(row)
    field = compiler.index.field(model.display_field_id)
    if field.type.kind == model_pb2.FIELD_KIND_REF or is_computed(field):
        raise NotInMemory("the title of a row that is that of another")
    return Code(f"{compiler.code(row).text.removesuffix('.id')}.{compiler.names.field(field)}")


def _helper(name: str) -> Callable[[Compiler, Node], Code]:
    return lambda compiler, node: Code(f"{compiler.helper(name)}({_listed(compiler, node)})")


def _listed(compiler: Compiler, node: Node) -> str:
    return ", ".join(compiler.code(argument).text for argument in node.call.arguments)


_SPECIAL: dict[int, Callable[[Compiler, Node], Code]] = {
    e.FUNCTION_CAN: _can,
    e.FUNCTION_COALESCE: _coalesce,
    e.FUNCTION_ROUND: _round,
    e.FUNCTION_TRIM: _trim,
    e.FUNCTION_STRING: _string,
    e.FUNCTION_ADD_MONTHS: _add_months,
    e.FUNCTION_DATE_OF: _helper("dateOf"),
    e.FUNCTION_TIME_OF: _helper("timeOf"),
    e.FUNCTION_WORKDAYS: _helper("workdays"),
    e.FUNCTION_SIZE: _size,
    e.FUNCTION_MODEL: _model,
    e.FUNCTION_DISPLAY: _display,
}
