"""How the rows of a model are filtered, sorted and paged."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.named import Named
from stackwright_node_backend.views.shown import column_sql

_FILTERS = "src/shared/query/filters.ts"
_FILTER_OF = {
    m.FIELD_KIND_INT: "integer",
    m.FIELD_KIND_DECIMAL: "decimal",
    m.FIELD_KIND_MONEY: "decimal",
    m.FIELD_KIND_BOOL: "flag",
    m.FIELD_KIND_UUID: "uuid",
    m.FIELD_KIND_REF: "uuid",
    m.FIELD_KIND_FILE: "uuid",
    m.FIELD_KIND_IMAGE: "uuid",
    m.FIELD_KIND_ANY: "uuid",
    m.FIELD_KIND_DATE: "date",
    m.FIELD_KIND_TIME: "time",
    m.FIELD_KIND_TIMESTAMP: "timestamp",
    m.FIELD_KIND_IP: "address",
}
_CURSOR_TYPES = {
    m.FIELD_KIND_INT: "bigint",
    m.FIELD_KIND_BIGINT: "bigint",
    m.FIELD_KIND_DECIMAL: "numeric",
    m.FIELD_KIND_MONEY: "numeric",
    m.FIELD_KIND_TIMESTAMP: "timestamptz",
    m.FIELD_KIND_DATE: "date",
}
_NEVER = frozenset({m.FIELD_KIND_JSON, m.FIELD_KIND_MANY, m.FIELD_KIND_LINKS, m.FIELD_KIND_ANY, m.FIELD_KIND_POINT})


def filters_of(application: Application, model: m.Model, shown: list[m.Field], imports: ts.Imports) -> list[Named]:
    """What the rows can be filtered by, beside the times that every row has."""
    imports.add(_FILTERS, "rowFilters")
    found = []
    for field in shown:
        if field.type.kind == m.FIELD_KIND_LINKS:
            join = application.index.join_table(field)
            table = f"table: {ts.string(join.table)}, near: {ts.string(join.near)}, far: {ts.string(join.far)}"
            found.append(Named(field.name, f"{imports.add(_FILTERS, 'links')}({{ {table} }})"))
        elif _is_filtered(field, addressed=application.is_addressed(model, field)):
            found.append(Named(field.name, _filter(field, _source_sql(application, field, model), imports)))
    return found


def _source_sql(application: Application, field: m.Field, model: m.Model) -> str:
    """What a filter or an order compares: the column, or the expression of a computed value."""
    if _has_column(field):
        return f"t.{field.names.column}"
    return f"({column_sql(application, field, model)})"


def _filter(field: m.Field, source: str, imports: ts.Imports) -> str:
    column = ts.sql_string(source)
    kind = field.type.kind
    if kind == m.FIELD_KIND_ENUM:
        members = ", ".join(ts.string(member) for member in field.type.members)
        return f"{imports.add(_FILTERS, 'choice')}({column}, [{members}])"
    if kind == m.FIELD_KIND_BIGINT:
        return f"{imports.add(_FILTERS, 'integer')}({column}, 53)"
    return f"{imports.add(_FILTERS, _FILTER_OF.get(kind, 'text'))}({column})"


def _is_filtered(field: m.Field, *, addressed: bool) -> bool:
    # Rows of several models are told apart by the id alone.
    known = field.type.kind == m.FIELD_KIND_ANY or field.type.kind not in _NEVER
    # What not everybody may see cannot be asked for either: the count would tell it.
    return (field.filter or addressed) and known and not field.HasField("read")


def _has_column(field: m.Field) -> bool:
    return field.stored or not field.HasField("value")


def sorts_of(application: Application, model: m.Model, shown: list[m.Field]) -> list[Named]:
    """What the rows can be sorted by, beside the times that every row has; a list with a cursor has its one order."""
    if model.paging.cursor:
        return []
    return [
        Named(field.name, ts.sql_string(_source_sql(application, field, model)))
        for field in shown
        if field.sort and field.type.kind not in _NEVER
    ]


def order_of(application: Application, model: m.Model) -> str:
    """The order of rows that nobody asked to sort: their own, where they have one."""
    if not model.paging.cursor:
        ordered = next((rule.ordered for rule in model.rules if rule.HasField("ordered")), None)
        return f"t.{application.index.field(ordered.by_field_id).names.column}, t.id" if ordered else "t.id DESC"
    direction = "DESC" if model.paging.descending else "ASC"
    return f"t.{_cursor_column(application, model)} {direction}, t.id {direction}"


def cursor_of(application: Application, model: m.Model) -> str:
    """What a page goes on from; empty where pages are counted."""
    if not model.paging.cursor:
        return ""
    column = ts.sql_string(f"t.{_cursor_column(application, model)}")
    descending = "true" if model.paging.descending else "false"
    return f"{{ column: {column}, type: '{_cursor_type(application, model)}', descending: {descending} }}"


def is_newest_first(model: m.Model) -> bool:
    """Whether a list goes on from the time at which its last row was made, backwards."""
    return model.paging.cursor and model.paging.descending and model.paging.member == "created_at"


def _cursor_type(application: Application, model: m.Model) -> str:
    if not model.paging.field_id:
        return "timestamptz"
    return _CURSOR_TYPES.get(application.index.field(model.paging.field_id).type.kind, "text")


def _cursor_column(application: Application, model: m.Model) -> str:
    if model.paging.field_id:
        return application.index.field(model.paging.field_id).names.column
    return model.paging.member
