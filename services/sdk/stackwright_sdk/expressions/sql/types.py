"""PostgreSQL types of values, fields and literals."""

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.sql.values import FALSE, NULL, TRUE, Sql, atom, quote

_OF_VALUE = {
    expression_pb2.VALUE_KIND_BOOL: "boolean",
    expression_pb2.VALUE_KIND_INT: "bigint",
    expression_pb2.VALUE_KIND_DECIMAL: "numeric",
    expression_pb2.VALUE_KIND_STRING: "text",
    expression_pb2.VALUE_KIND_ENUM: "text",
    expression_pb2.VALUE_KIND_UUID: "uuid",
    expression_pb2.VALUE_KIND_DATE: "date",
    expression_pb2.VALUE_KIND_TIME: "time",
    expression_pb2.VALUE_KIND_TIMESTAMP: "timestamptz",
    expression_pb2.VALUE_KIND_DURATION: "interval",
    expression_pb2.VALUE_KIND_JSON: "jsonb",
    expression_pb2.VALUE_KIND_LIST: "jsonb",
    expression_pb2.VALUE_KIND_OBJECT: "jsonb",
    expression_pb2.VALUE_KIND_ROW: "uuid",
    expression_pb2.VALUE_KIND_BYTES: "bytea",
}

_OF_FIELD = {
    model_pb2.FIELD_KIND_INT: "integer",
    model_pb2.FIELD_KIND_BIGINT: "bigint",
    model_pb2.FIELD_KIND_BOOL: "boolean",
    model_pb2.FIELD_KIND_UUID: "uuid",
    model_pb2.FIELD_KIND_DATE: "date",
    model_pb2.FIELD_KIND_TIME: "time",
    model_pb2.FIELD_KIND_TIMESTAMP: "timestamptz",
    model_pb2.FIELD_KIND_DURATION: "interval",
    model_pb2.FIELD_KIND_JSON: "jsonb",
    model_pb2.FIELD_KIND_IP: "inet",
    model_pb2.FIELD_KIND_CIDR: "cidr",
    model_pb2.FIELD_KIND_POINT: "point",
    model_pb2.FIELD_KIND_REF: "uuid",
    model_pb2.FIELD_KIND_FILE: "uuid",
    model_pb2.FIELD_KIND_IMAGE: "uuid",
    model_pb2.FIELD_KIND_ANY: "uuid",
}

_NUMERIC = frozenset({model_pb2.FIELD_KIND_DECIMAL, model_pb2.FIELD_KIND_MONEY})

# ISO 8601 in UTC with milliseconds: the form timestamps have in answers.
TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'


def value_type(value: expression_pb2.ValueType) -> str:
    """PostgreSQL type of a value of an expression."""
    if value.kind not in _OF_VALUE:
        raise NotCompilable(f"a value of kind {expression_pb2.ValueKind.Name(value.kind)} has no SQL type")
    return _OF_VALUE[value.kind]


def column_type(field: model_pb2.FieldType) -> str:
    """PostgreSQL type of the column of a field; everything textual is `text`, its limits are checks."""
    if field.kind in _NUMERIC:
        return f"numeric({field.precision}, {field.scale})" if field.precision else "numeric(18, 4)"
    return _OF_FIELD.get(field.kind, "text")


def literal(value: expression_pb2.Literal, value_kind: expression_pb2.ValueKind) -> Sql:
    """A literal of the language as a literal of PostgreSQL."""
    kind = value.WhichOneof("value")
    if kind == "bool_value":
        return TRUE if value.bool_value else FALSE
    if kind == "int_value":
        return atom(str(value.int_value))
    if kind == "decimal_value":
        return atom(value.decimal_value)
    if kind == "null_value":
        return NULL
    if kind == "json_value":
        return atom(f"{quote(value.json_value)}::jsonb")
    if kind == "temporal_value":
        return atom(f"{_temporal_word(value_kind)} {quote(value.temporal_value)}")
    if kind in ("string_value", "enum_value"):
        return atom(quote(getattr(value, kind)))
    raise NotCompilable("a literal without a value")


def _temporal_word(kind: expression_pb2.ValueKind) -> str:
    if kind not in _OF_VALUE:
        raise NotCompilable("a date or time literal of unknown kind")
    return _OF_VALUE[kind]
