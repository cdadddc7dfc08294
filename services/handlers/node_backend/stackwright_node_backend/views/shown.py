"""What a row shows of itself and of the rows that it refers to, as SQL."""

import re

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.references import REFERENCES, import_file_scope
from stackwright_node_backend.views.rules import INDENT
from stackwright_sdk.expressions import organization_sql, to_sql
from stackwright_sdk.expressions.index import type_column

# Stands for a condition that a function of the emitted code gives.
_SCOPE = ":scope_of_files"


def display_sql(application: Application, model: m.Model, alias: str) -> str:
    """The title of a row."""
    field = application.display_field(model)
    if field and field.HasField("value") and not field.stored:
        return f"({to_sql(field.value, application.index, model_id=model.id, this=alias).text})"
    return f"{alias}.{field.names.column}" if field else f"{alias}.id"


def column_text(application: Application, field: m.Field, model: m.Model, imports: ts.Imports) -> str:
    """What a field shows, as a template literal of SQL over the row `t`."""
    visible = import_file_scope(application, field, imports)
    if not visible or field.id in model.tombstone_field_ids:
        return ts.sql_string(column_sql(application, field, model))
    target = application.model(field.type.targets[0])
    shown = _title_sql(application, target, f"t.{field.names.column}", _SCOPE)
    return ts.sql_string(shown).replace(_SCOPE, f"${{{visible}('r')}}")


def column_sql(application: Application, field: m.Field, model: m.Model) -> str:
    """What a field shows, as SQL over the row `t`."""
    kind = field.type.kind
    column = f"t.{field.names.column}"
    if field.HasField("value") and not field.stored:
        text = to_sql(field.value, application.index, model_id=model.id, this="t", indent=INDENT).text
        # A count is a bigint, and so may the greatest of several be; the driver gives them as text.
        wide = kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT) and re.search(r"\b(count|max|min)\(", text)
        return f"{text}::float8" if wide else text
    if field.id in model.tombstone_field_ids:
        return f"CASE WHEN t.deleted_at IS NULL THEN {column} END"
    if kind in REFERENCES:
        return reference_sql(application, application.model(field.type.targets[0]), column)
    if kind == m.FIELD_KIND_ANY:
        return _any_sql(application, field)
    if kind == m.FIELD_KIND_LINKS:
        return _links_sql(application, field)
    if kind == m.FIELD_KIND_BIGINT:
        return f"{column}::float8"
    if kind == m.FIELD_KIND_POINT:
        point = f"json_build_object('latitude', {column}[0], 'longitude', {column}[1])"
        return f"CASE WHEN {column} IS NOT NULL THEN {point} END"
    if kind == m.FIELD_KIND_IP:
        return f"host({column})"
    if kind in (m.FIELD_KIND_CIDR, m.FIELD_KIND_DURATION):
        return f"{column}::text"
    return column


def reference_sql(application: Application, target: m.Model, column: str, *, named: bool = False) -> str:
    """What a reference shows of the other row, `column` being its id: null where the caller may not refer to it."""
    return _title_sql(application, target, column, _seen_sql(application, target), named=named)


def _title_sql(application: Application, target: m.Model, column: str, refer: str, *, named: bool = False) -> str:
    kind = f"'type', '{target.name}', " if named else ""
    shown = f"json_build_object({kind}'id', r.id, 'display', {display_sql(application, target, 'r')})"
    # Names come from the contract, which quotes none that would need it.
    return f"(SELECT {shown}\n      FROM {target.names.table} AS r WHERE r.id = {column} AND ({refer}))"  # noqa: S608


def _any_sql(application: Application, field: m.Field) -> str:
    cases = []
    for target_id in field.type.targets:
        target = application.model(target_id)
        shown = reference_sql(application, target, f"t.{field.names.column}", named=True)
        cases.append(f"      WHEN '{target.name}' THEN {shown}")
    return "\n".join([f"CASE t.{type_column(field)}", *cases, "    END"])


def _seen_sql(application: Application, target: m.Model) -> str:
    """Who may see the title of a row `r` that is referred to; also of a deleted one: what refers to it stays whole."""
    refer = target.access.refer if target.access.HasField("refer") else target.access.read
    seen = to_sql(refer, application.index, model_id=target.id, this="r").text if refer.HasField("root") else "FALSE"
    inside = organization_sql(application.index, target.id, "refer", this="r")
    return f"({seen}) AND {inside}" if inside else seen


def _links_sql(application: Application, field: m.Field) -> str:
    target = application.model(field.type.targets[0])
    join = application.index.join_table(field)
    title = display_sql(application, target, "r")
    refer = _seen_sql(application, target)
    shown = f"json_build_object('id', r.id, 'display', {title})"
    order = f"{title}, r.id" if title != "r.id" else "r.id"
    return (
        f"(SELECT coalesce(json_agg({shown} ORDER BY {order}), '[]')\n"  # noqa: S608  # names come from the contract
        f"      FROM {join.table} AS l JOIN {target.names.table} AS r ON r.id = l.{join.far}\n"
        f"      WHERE l.{join.near} = t.id AND ({refer}))"
    )
