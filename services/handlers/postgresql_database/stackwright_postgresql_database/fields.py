"""What the types of fields say about their columns: types, defaults and checks."""

from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.text import WIDTH, listed
from stackwright_sdk.expressions.sql import column_type, literal, quote

K = model_pb2.FieldKind

WITHOUT_COLUMN = frozenset({K.FIELD_KIND_MANY, K.FIELD_KIND_LINKS})
_NUMBERS = frozenset({K.FIELD_KIND_INT, K.FIELD_KIND_BIGINT, K.FIELD_KIND_DECIMAL, K.FIELD_KIND_MONEY})
_INTEGER = ("-2147483648", "2147483647")
_STORED_AS_SECRET = frozenset({K.FIELD_KIND_PASSWORD, K.FIELD_KIND_TOKEN})
_ZERO = {
    K.FIELD_KIND_INT: "0",
    K.FIELD_KIND_BIGINT: "0",
    K.FIELD_KIND_DECIMAL: "0",
    K.FIELD_KIND_MONEY: "0",
    K.FIELD_KIND_BOOL: "FALSE",
    K.FIELD_KIND_STRING: "''",
    K.FIELD_KIND_TEXT: "''",
}

# Shapes that the database also holds against code that forgets them; the application's own validation is narrower.
_SHAPES = {
    K.FIELD_KIND_EMAIL: "{c} ~ '^[^@\\s]+@[^@\\s]+$'",
    K.FIELD_KIND_URL: "{c} ~* '^https?://'",
    K.FIELD_KIND_SLUG: "{c} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'",
    K.FIELD_KIND_PHONE: "{c} ~ '^\\+?[0-9][0-9 ()./-]*$'",
    K.FIELD_KIND_COLOR: "{c} ~* '^#[0-9a-f]{{6}}$'",
    K.FIELD_KIND_CURRENCY: "{c} ~ '^[A-Z]{{3}}$'",
    K.FIELD_KIND_LOCALE: "{c} ~ '^[A-Za-z]{{2,3}}(-[A-Za-z0-9]{{2,8}})*$'",
    K.FIELD_KIND_TIMEZONE: "{c} ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'",
}


@dataclass(frozen=True)
class Column:
    """A column: name, type and what follows (`NOT NULL DEFAULT …`)."""

    name: str
    type: str
    rest: str = ""


def has_column(field: model_pb2.Field) -> bool:
    """Whether the field is kept in the table."""
    computed = field.HasField("value") and not field.stored
    # What a trap is filled with is looked at and forgotten.
    return field.type.kind not in WITHOUT_COLUMN and not computed and not field.trap


def columns_of(field: model_pb2.Field, generated: str = "", initial: str = "") -> list[Column]:
    """The columns of a field: one, or two and more for `any` and `token`.

    `generated` is the expression of a value on own columns; `initial` the state that rows begin in.
    """
    null = "" if field.optional else "NOT NULL"
    if generated:
        # The expression's own brackets are on lines of their own when it is long.
        return [Column(field.names.column, column_type(field.type), f"GENERATED ALWAYS AS ({generated}) STORED")]
    if field.type.kind == K.FIELD_KIND_ANY:
        return [Column(field.names.extra_columns[0], "text", null), Column(field.names.column, "uuid", null)]
    type_ = "text" if field.encrypted else column_type(field.type)
    main = Column(field.names.column, type_, " ".join(part for part in (null, _default(field, initial)) if part))
    if field.type.kind == K.FIELD_KIND_TOKEN:
        # An expiry is always known; when it was used is not, until it is.
        extra = [
            Column(name, "timestamptz", "" if name.endswith("used_at") else null) for name in field.names.extra_columns
        ]
        return [main, *extra]
    return [main]


def check_of(field: model_pb2.Field) -> str:
    """The condition that the type of a field puts on its column; empty when the SQL type says all."""
    column, kind = field.names.column, field.type
    if field.encrypted:
        # What it holds is sealed: the application alone knows its type.
        return ""
    if kind.kind == K.FIELD_KIND_ENUM:
        return one_of(column, list(kind.members))
    made = (_length(column, kind), _range(column, kind), _folded(column, kind), _shape(column, kind))
    parts = [condition for condition in made if condition]
    flat = " AND ".join(parts)
    return flat if len(flat) < WIDTH - 20 else "\n      AND ".join(parts)


def one_of(column: str, members: list[str]) -> str:
    """`column IN (…)`, over several lines when it is long; it stands in a CHECK."""
    return listed([quote(member) for member in members], before=f"{column} IN (", after=")", indent="      ")


def is_secret(field: model_pb2.Field) -> bool:
    """Whether its value is never shown, not even in the log of changes."""
    return field.secret or field.encrypted or field.type.kind in _STORED_AS_SECRET


def _default(field: model_pb2.Field, initial: str) -> str:
    if field.HasField("default"):
        return f"DEFAULT {literal(field.default, key_value_kind(field))}"
    if initial:
        return f"DEFAULT {quote(initial)}"
    if field.HasField("value") and not field.optional and field.type.kind in _ZERO:
        return f"DEFAULT {_ZERO[field.type.kind]}"
    return ""


def key_value_kind(field: model_pb2.Field) -> e.ValueKind:
    """The kind of value that a literal for the field has."""
    kinds = {
        K.FIELD_KIND_DATE: e.VALUE_KIND_DATE,
        K.FIELD_KIND_TIME: e.VALUE_KIND_TIME,
        K.FIELD_KIND_TIMESTAMP: e.VALUE_KIND_TIMESTAMP,
        K.FIELD_KIND_DURATION: e.VALUE_KIND_DURATION,
    }
    return kinds.get(field.type.kind, e.VALUE_KIND_STRING)


def _length(column: str, kind: model_pb2.FieldType) -> str:
    if kind.kind in _STORED_AS_SECRET or not (kind.HasField("min_length") or kind.HasField("max_length")):
        return ""
    least, most = kind.min_length, kind.max_length
    if not kind.HasField("max_length"):
        return f"char_length({column}) >= {least}" if least else ""
    if least == most:
        return f"char_length({column}) = {most}"
    return f"char_length({column}) BETWEEN {least} AND {most}" if least else f"char_length({column}) <= {most}"


def _range(column: str, kind: model_pb2.FieldType) -> str:
    if kind.kind not in _NUMBERS:
        return ""
    # The ends of the SQL type itself need no words.
    least, most = (bound if bound not in _INTEGER else "" for bound in (kind.minimum, kind.maximum))
    if least and most:
        return f"{column} BETWEEN {least} AND {most}"
    if least:
        return f"{column} >= {least}"
    return f"{column} <= {most}" if most else ""


def _shape(column: str, kind: model_pb2.FieldType) -> str:
    """The contract's own pattern where it has one, else what the kind of text always is."""
    if kind.pattern:
        return f"{column} ~ {quote(kind.pattern)}"
    return _SHAPES.get(kind.kind, "").format(c=column)


def _folded(column: str, kind: model_pb2.FieldType) -> str:
    return f"{column} = lower({column})" if kind.kind == K.FIELD_KIND_EMAIL else ""
