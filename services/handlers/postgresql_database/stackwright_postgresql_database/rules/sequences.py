"""Numbers that the database gives: a sequence of its own, or a counter per group that leaves no gap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_kit.errors import FieldViolation
from stackwright_postgresql_database.fields import has_column
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.refusals import NotCompiledError
from stackwright_postgresql_database.text import WIDTH, comment
from stackwright_sdk.expressions import ContractIndex, to_sql
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN
from stackwright_sdk.expressions.sql import quote

_PLACE = re.compile(r"\{(\w+)(?::(\d+))?\}")
_NUMBERS = frozenset({model_pb2.FIELD_KIND_INT, model_pb2.FIELD_KIND_BIGINT})


@dataclass(frozen=True)
class NumberedField:
    """A field whose value the database gives.

    `sequence` is the database sequence; empty when a counter gives the number, one for each value of `group`. `when`
    tells on which event the number is given, and to which rows.
    """

    column: str
    table: str
    name: str
    function: str
    sequence: str
    group: str
    value: str
    on: str
    when: str
    why: str


def numbered_fields(model: model_pb2.Model, index: ContractIndex) -> list[NumberedField]:
    """The numbered fields of a model."""
    return [_view(field, model, index) for field in model.fields if field.HasField("sequence") and has_column(field)]


def _view(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> NumberedField:
    column, table, sequence = field.names.column, model.names.table, field.sequence
    name = helper(table, column, "counter")
    # A sequence for all would tell one organization how much goes on in the others.
    counted = sequence.gapless or bool(sequence.per) or index.has_organization(model)
    groups = [f"NEW.{ORGANIZATION_COLUMN}"] if index.has_organization(model) else []
    groups += [_over_new(part, model, index) for part in sequence.per]
    on, when = "INSERT", f"NEW.{column} IS NULL"
    if sequence.at_action:
        state = index.field(model.states.field_id).names.column
        target = _state_after(field, model, index)
        on, when = f"UPDATE OF {state}", f"NEW.{column} IS NULL AND NEW.{state} = {quote(target)}"
    return NumberedField(
        column=column,
        table=table,
        name=name,
        function=helper(name, "give"),
        sequence="" if counted else helper(name, "seq"),
        group=f"concat_ws(' ', {', '.join(groups)})" if groups else "''",
        value="n" if field.type.kind in _NUMBERS else _formatted(field, model, index),
        on=on,
        when=when,
        why=_why(field, within="organization" if index.has_organization(model) else ""),
    )


def _why(field: model_pb2.Field, *, within: str) -> str:
    groups = [*([within] if within else []), *(part.source for part in field.sequence.per)]
    of = f" for each {', '.join(groups)}" if groups else ""
    counted = field.sequence.gapless or groups
    gap = " A counter, not a sequence: what is undone gives its number back." if counted else ""
    return comment(f"{field.names.column} counts on{of}.{gap}")


def _formatted(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> str:
    """`T-{n:6}` → `'T-' || …`; a number longer than its places is written out."""
    parts, last = [], 0
    template = field.sequence.format or "{n}"
    for place in _PLACE.finditer(template):
        if place.start() > last:
            parts.append(quote(template[last : place.start()]))
        parts.append(_place(place[1], int(place[2] or 0), field, model, index))
        last = place.end()
    if last < len(template):
        parts.append(quote(template[last:]))
    flat = " || ".join(parts)
    return flat if len(flat) < WIDTH - 20 else "\n    || ".join(parts)


def _place(name: str, width: int, field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> str:
    if name == "n":
        return f"lpad(n::text, greatest({width}, length(n::text)), '0')" if width else "n::text"
    functions = {"year": expression_pb2.FUNCTION_YEAR, "month": expression_pb2.FUNCTION_MONTH}
    for part in field.sequence.per:
        if name in functions and part.root.call.function == functions[name]:
            text = f"{_over_new(part, model, index)}::text"
            return f"lpad({text}, {width}, '0')" if width else text
    raise _refused(field, f"a sequence with {{{name}}} needs {name}(…) in `per`")


def _over_new(part: expression_pb2.Expression, model: model_pb2.Model, index: ContractIndex) -> str:
    return to_sql(part, index, model_id=model.id, this="NEW", in_database=True, indent=4).text


def _state_after(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> str:
    for operation in index.contract.operations:
        if operation.model_id == model.id and operation.name == field.sequence.at_action and operation.to_state:
            return operation.to_state
    raise _refused(field, f"`at: {field.sequence.at_action}` names no action that changes the state")


def _refused(field: model_pb2.Field, what: str) -> NotCompiledError:
    return NotCompiledError(f"{field.id}: {what}", violations=[FieldViolation(field.id, what)])
