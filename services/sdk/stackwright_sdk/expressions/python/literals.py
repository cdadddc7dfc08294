"""Literals as Python values."""

import datetime
import json
import re
from decimal import Decimal

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.python.world import Value

_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def literal(value: e.Literal, kind: e.ValueKind) -> Value:
    """A literal of the language."""
    held = value.WhichOneof("value")
    if held == "bool_value":
        return value.bool_value
    if held == "int_value":
        return value.int_value
    if held == "decimal_value":
        return Decimal(value.decimal_value)
    if held == "json_value":
        parsed: Value = json.loads(value.json_value, parse_float=Decimal)
        return parsed
    if held == "temporal_value":
        return temporal(value.temporal_value, kind)
    if held == "null_value":
        return None
    return value.string_value if held == "string_value" else value.enum_value


def temporal(text: str, kind: e.ValueKind) -> Value:
    """A date, time, timestamp or duration in ISO 8601."""
    if kind == e.VALUE_KIND_DATE:
        return datetime.date.fromisoformat(text)
    if kind == e.VALUE_KIND_TIME:
        return datetime.time.fromisoformat(text)
    if kind == e.VALUE_KIND_TIMESTAMP:
        return datetime.datetime.fromisoformat(text)
    matched = _DURATION.fullmatch(text)
    if kind != e.VALUE_KIND_DURATION or matched is None:
        raise NotCompilable(f"{text!r} is no date, time, timestamp or duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in matched.groups())
    return datetime.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
