"""Literals: defaults, seeds and settings, read by the type they stand for."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.yaml_source import Source

TEXT_KINDS = frozenset(
    {
        model.FIELD_KIND_STRING,
        model.FIELD_KIND_TEXT,
        model.FIELD_KIND_EMAIL,
        model.FIELD_KIND_URL,
        model.FIELD_KIND_SLUG,
        model.FIELD_KIND_PHONE,
        model.FIELD_KIND_COLOR,
        model.FIELD_KIND_TIMEZONE,
        model.FIELD_KIND_LOCALE,
        model.FIELD_KIND_CURRENCY,
        model.FIELD_KIND_IP,
        model.FIELD_KIND_CIDR,
        model.FIELD_KIND_RRULE,
        model.FIELD_KIND_RICHTEXT,
        model.FIELD_KIND_UUID,
    }
)
_INTS = frozenset({model.FIELD_KIND_INT, model.FIELD_KIND_BIGINT})
_DECIMALS = frozenset({model.FIELD_KIND_DECIMAL, model.FIELD_KIND_MONEY})
_TEMPORAL = {
    model.FIELD_KIND_DATE: date.fromisoformat,
    model.FIELD_KIND_TIME: time.fromisoformat,
    model.FIELD_KIND_TIMESTAMP: datetime.fromisoformat,
}
_DURATION = re.compile(r"^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$")


def read_literal(source: Source, type_: model.FieldType) -> expression.Literal:
    """Read a literal of this type; a value that does not fit is noted and gives an empty literal."""
    value = source.value()
    literal = expression.Literal()
    fault = _fill(literal, value, type_)
    if fault:
        source.wrong("type_mismatch", f"{fault} is expected here, not {value!r}.")
    return literal


def _fill(literal: expression.Literal, value: object, type_: model.FieldType) -> str:
    """Set the literal, or give what is expected instead."""
    kind = type_.kind
    if value is None:
        literal.null_value.SetInParent()
        return ""
    if kind == model.FIELD_KIND_JSON:
        literal.json_value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return ""
    if kind == model.FIELD_KIND_BOOL:
        return _set_bool(literal, value)
    if kind in _INTS:
        return _set_int(literal, value, type_)
    if kind in _DECIMALS:
        return _set_decimal(literal, value, type_)
    if kind == model.FIELD_KIND_ENUM:
        if str(value) not in type_.members:
            return f"One of {', '.join(type_.members)}"
        literal.enum_value = str(value)
        return ""
    if kind in TEXT_KINDS:
        return _set_text(literal, value, type_)
    if kind in _TEMPORAL or kind == model.FIELD_KIND_DURATION:
        return _set_temporal(literal, value, kind)
    return "No literal"


def _set_bool(literal: expression.Literal, value: object) -> str:
    if not isinstance(value, bool):
        return "true or false"
    literal.bool_value = value
    return ""


def _set_int(literal: expression.Literal, value: object, type_: model.FieldType) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**53 - 1:
        return "A whole number"
    if not within(Decimal(value), type_):
        return f"A number of {type_.minimum}..{type_.maximum}"
    literal.int_value = value
    return ""


def _set_decimal(literal: expression.Literal, value: object, type_: model.FieldType) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "A decimal number"
    if not within(number, type_):
        return f"A number of {type_.minimum}..{type_.maximum}"
    literal.decimal_value = format(number, "f")
    return ""


def _set_text(literal: expression.Literal, value: object, type_: model.FieldType) -> str:
    if not isinstance(value, str):
        return "A text"
    if (type_.HasField("max_length") and len(value) > type_.max_length) or len(value) < type_.min_length:
        return f"A text of {type_.min_length}..{type_.max_length} characters"
    literal.string_value = value
    return ""


def _set_temporal(literal: expression.Literal, value: object, kind: model.FieldKind) -> str:
    text = str(value)
    if kind == model.FIELD_KIND_DURATION:
        if not _DURATION.match(text):
            return "An ISO 8601 duration such as PT30M"
    else:
        try:
            _TEMPORAL[kind](text)
        except ValueError:
            return "An ISO 8601 date or time"
    literal.temporal_value = text
    return ""


def within(number: Decimal, type_: model.FieldType) -> bool:
    """Say whether a number lies in the range of a type."""
    return (not type_.minimum or number >= Decimal(type_.minimum)) and (
        not type_.maximum or number <= Decimal(type_.maximum)
    )
