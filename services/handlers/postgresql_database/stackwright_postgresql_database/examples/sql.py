# ruff: noqa: S608 - identifiers come from the contract, values are written as literals
"""The rows as one script, which adds them to a database without any and leaves every other as it is."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.examples.made import Change, Examples
from stackwright_postgresql_database.examples.members import first_organization
from stackwright_postgresql_database.examples.store import MONDAY, CalendarYear, ExampleRow
from stackwright_postgresql_database.fields import has_column, key_value_kind
from stackwright_postgresql_database.text import wrapped
from stackwright_sdk.expressions.python import RowKey, Value
from stackwright_sdk.expressions.sql import literal, quote

_WIDTH = 120
_MEMBERS = ("id", "created_at", "updated_at")


@dataclass(frozen=True)
class Insert:
    """Rows of one table, laid out."""

    title: str
    table: str
    columns: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Update:
    """Rows of one table that change in the same way."""

    table: str
    values: str
    ids: str


@dataclass(frozen=True)
class Script:
    """The whole script; `tables` must be empty for it to do anything, `known` is the id of the second person.

    `organization` is the id of the one to which the rows belong, empty where there are none.
    """

    tables: tuple[str, ...]
    people: str
    first: Insert | None
    first_id: str
    known: str
    organization: str
    inserts: tuple[Insert, ...]
    updates: tuple[Update, ...]


def script_of(made: Examples) -> Script | None:
    """The script, if there is anything to add."""
    return _Writer(made).script() if made.models else None


class _Writer:
    def __init__(self, made: Examples) -> None:
        self._made = made
        self._me = made.people[0].id if made.people else ""
        self._known = {
            row.id: f"(SELECT id FROM {row.model.names.table} WHERE name = {quote(row.existing)})"
            for rows in made.store.rows.values()
            for row in rows
            if row.existing
        }

    def script(self) -> Script:
        made, user = self._made, self._made.store.index.named("User")
        own = [model for model in made.models if user is None or model.id != user.id]
        inserts = [self._insert(model, made.rows(model)) for model in own]
        people = made.people
        if user is not None and people[1:]:
            inserts.insert(0, self._insert(user, people[1:]))
        return Script(
            tables=tuple(model.names.table for model in own if model.kind != model_pb2.MODEL_KIND_LOG),
            people=user.names.table if user and people else "",
            first=self._insert(user, people[:1], bare=True) if user and people else None,
            first_id=quote(self._me),
            known=quote(people[1].id) if people[1:] else "",
            organization=quote(organization) if (organization := first_organization(made)) else "",
            inserts=(*inserts, *self._links()),
            updates=tuple(self._updates(made.changes)),
        )

    def _insert(self, model: model_pb2.Model, rows: list[ExampleRow], *, bare: bool = False) -> Insert:
        values = [self._made.inserted.get(row.id, row.values_) for row in rows]
        fields = [field for field in model.fields if self._written(field, values)]
        columns = [*_MEMBERS, *(name for field in fields for name in _columns(field))]
        laid = []
        for row, held in zip(rows, values, strict=True):
            # The first person has an id before `me` is known.
            parts = [quote(row.id) if bare else self._id(row.id)]
            parts += [_value(held[name]) for name in _MEMBERS[1:]]
            parts += [part for field in fields for part in self._parts(field, held[field.name])]
            laid.append(_laid(parts, indent="    "))
        title = model.names.plural_label or model.title or model.name
        indent = "    " if bare else "  "
        return Insert(title, model.names.table, wrapped(columns, indent=f"{indent}  "), tuple(laid))

    def _written(self, field: model_pb2.Field, rows: list[dict[str, Value]]) -> bool:
        if not has_column(field) or field.HasField("value") or field.HasField("sequence"):
            return False
        return any(row.get(field.name) is not None for row in rows)

    def _parts(self, field: model_pb2.Field, value: Value) -> Iterator[str]:
        if field.encrypted and value is not None:
            yield quote(self._to_seal(field, value))
            return
        if field.type.kind == model_pb2.FIELD_KIND_ANY:
            known = isinstance(value, RowKey)
            yield quote(self._made.store.index.model(value.model_id).name) if isinstance(value, RowKey) else "NULL"
            yield self._id(value.id) if isinstance(value, RowKey) and known else "NULL"
        elif isinstance(value, str) and (field.type.targets or field.type.kind == model_pb2.FIELD_KIND_UUID):
            yield self._id(value)
        elif field.type.kind == model_pb2.FIELD_KIND_JSON and value is not None:
            yield _long(quote(json.dumps(value, default=str, ensure_ascii=False)))
        elif value is None and field.HasField("default"):
            yield str(literal(field.default, key_value_kind(field)))
        else:
            yield _value(value)

    def _to_seal(self, field: model_pb2.Field, value: Value) -> str:
        """A value that who runs the rows seals first: its column, and its JSON in base64url."""
        table = self._made.store.index.model(field.id.rpartition("/")[0]).names.table
        told = value.isoformat() if isinstance(value, datetime.date) else value
        text = base64.urlsafe_b64encode(json.dumps(told, ensure_ascii=False).encode()).decode().rstrip("=")
        return f"seal:{table}.{field.names.column}:{text}"

    def _id(self, row_id: str) -> str:
        if self._me and row_id == self._me:
            return "me"
        return self._known.get(row_id) or quote(row_id)

    def _links(self) -> Iterator[Insert]:
        for model in self._made.models:
            for field in model.fields:
                join = field.type.join
                pairs = self._made.store.links.get(join.table, []) if join.table and not join.inverse else []
                if pairs:
                    rows = tuple(f"({self._id(near)}, {self._id(far)})" for near, far in dict.fromkeys(pairs))
                    label = f"{model.names.label or model.name}: {(field.names.label or field.name).lower()}"
                    yield Insert(label, join.table, f"{join.near_column}, {join.far_column}", rows)

    def _updates(self, changes: Iterable[Change]) -> Iterator[Update]:
        """Changes of the same kind together; the later ones of a row stay behind its earlier ones."""
        grouped: dict[tuple[int, str, str], list[str]] = {}
        turns: dict[str, int] = {}
        for change in changes:
            turn = turns[change.row.id] = turns.get(change.row.id, 0) + 1
            fields = {field.name: field for field in change.row.model.fields}
            told = [
                f"{column} = {part}"
                for name, value in change.values.items()
                if name in fields and has_column(fields[name])
                for column, part in zip(_columns(fields[name]), self._parts(fields[name], value), strict=True)
            ]
            values = _joined(told, indent="    ", first=len(f"UPDATE {change.row.model.names.table} SET "))
            grouped.setdefault((turn, change.row.model.names.table, values), []).append(change.row.id)
        for (_, table, values), ids in sorted(grouped.items(), key=lambda item: item[0][0]):
            yield Update(table, values, _joined([self._id(row_id) for row_id in ids], indent="    "))


def _columns(field: model_pb2.Field) -> tuple[str, ...]:
    if field.type.kind == model_pb2.FIELD_KIND_ANY:
        return (field.names.extra_columns[0], field.names.column)
    return (field.names.column,)


def _value(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, CalendarYear):
        return "extract(year FROM monday)::integer"
    if isinstance(value, (int, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.date):
        return f"monday::date + {(value - MONDAY.date()).days}".replace("+ -", "- ")
    if isinstance(value, datetime.timedelta):
        return f"interval '{int(value.total_seconds())} seconds'"
    return _long(quote(str(value)))


def _moment(value: datetime.datetime) -> str:
    days, rest = divmod(value - MONDAY, datetime.timedelta(days=1))
    clock = (datetime.datetime.min + rest).strftime("%H:%M:%S")
    return f"monday + interval '{days} days {clock}'"


def _long(text: str) -> str:
    """A literal over several lines when it is long: neighbours on lines of their own are one text."""
    if len(text) <= _WIDTH - 10:
        return text
    words, lines = text[1:-1].split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > _WIDTH - 20:
            lines.append("")
        lines[-1] += f"{word} "
    lines[-1] = lines[-1][:-1]
    return "\n".join(f"'{line}'" for line in lines)


def _laid(parts: list[str], *, indent: str) -> str:
    """Values in brackets."""
    return f"({_joined(parts, indent=f'{indent}  ', first=1)})"


def _joined(parts: list[str], *, indent: str, first: int = 0) -> str:
    """Values one after another, over as many lines as they need; no literal is broken."""
    lines = [""]
    for number, part in enumerate(parts):
        piece = part + ("," if number < len(parts) - 1 else "")
        used = len(lines[-1]) + (first if len(lines) == 1 else 0) + len(indent)
        if lines[-1] and used + len(piece.partition("\n")[0]) + 2 > _WIDTH:
            lines.append("")
        glue = " " if lines[-1] else ""
        lines[-1] += glue + piece
        if "\n" in piece:
            lines[-1:] = lines[-1].split("\n")
    return f"\n{indent}".join(lines)
