"""A contract beside the tables of a database: columns, their types, constraints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stackwright.code.v1 import facts_pb2 as facts
from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.deviations import Consistency

# Says to which organization a row belongs, where organizations is on.
_ORGANIZATION = "organization_id"
_TEXT = ("text", "character varying")
# How PostgreSQL writes the type of a column (`format_type`); what is not here is text, whose limits are checks.
_TYPES: dict[model.FieldKind, tuple[str, ...]] = {
    model.FIELD_KIND_INT: ("integer",),
    model.FIELD_KIND_BIGINT: ("bigint",),
    model.FIELD_KIND_BOOL: ("boolean",),
    model.FIELD_KIND_DATE: ("date",),
    model.FIELD_KIND_TIME: ("time without time zone",),
    model.FIELD_KIND_TIMESTAMP: ("timestamp with time zone",),
    model.FIELD_KIND_DURATION: ("interval",),
    model.FIELD_KIND_JSON: ("jsonb",),
    model.FIELD_KIND_IP: ("inet",),
    model.FIELD_KIND_CIDR: ("cidr",),
    model.FIELD_KIND_POINT: ("point",),
    **dict.fromkeys(
        (
            model.FIELD_KIND_UUID,
            model.FIELD_KIND_REF,
            model.FIELD_KIND_FILE,
            model.FIELD_KIND_IMAGE,
            model.FIELD_KIND_ANY,
        ),
        ("uuid",),
    ),
}


def column_types(field: model.Field) -> tuple[str, ...]:
    """Give the types that the column of a field may have, the ordinary one first."""
    type_ = field.type
    if field.encrypted:
        return _TEXT
    if type_.kind in (model.FIELD_KIND_DECIMAL, model.FIELD_KIND_MONEY):
        return (f"numeric({type_.precision},{type_.scale})",) if type_.precision else ("numeric(18,4)", "numeric")
    return _TYPES.get(type_.kind, _TEXT)


def compare_tables(agreed: contract.Contract, found: facts.Facts, result: Consistency) -> None:
    """Compare every model, and every pair of the many-to-many fields, with its table; no other table may be there."""
    tables = {table.name: table for table in found.tables if table.schema in ("", "public")}
    expected: dict[str, str] = {}
    inside = {item.id for item in agreed.models if tenancy(agreed, item) == model.TENANCY_AUTO}
    for item in agreed.models:
        if item.HasField("native_rows"):
            continue  # a view of what a native module keeps; facts name tables
        expected[item.names.table] = item.id
        _table(agreed, item, tables.get(item.names.table), result)
        keys = [(part, part.names.foreign_key_name) for part in item.fields if part.names.foreign_key_name]
        if item.id in inside:
            _closed(item.names.table, [key for key in keys if inside.issuperset(key[0].type.targets)], tables, result)
        for part in item.fields:
            join = part.type.join
            if join.table and not join.inverse:
                expected[join.table] = part.id
                within = item.id in inside and inside.issuperset(part.type.targets)
                columns = {join.near_column, join.far_column, *([_ORGANIZATION] if within else [])}
                _columns(part.id, join.table, tables.get(join.table), columns, columns, result)
                if within:
                    both = [(part, join.near_foreign_key_name), (part, join.far_foreign_key_name)]
                    _closed(join.table, both, tables, result)
    for name in sorted(tables.keys() - expected.keys()):
        result.compared += 1
        result.add("table", name, "extra", f"The table {name} is in no contract.")


def tenancy(agreed: contract.Contract, item: model.Model) -> model.Tenancy:
    """Say whether rows of a model belong to an organization: AUTO, EITHER or NONE."""
    return item.tenancy if agreed.tenancy else model.TENANCY_NONE


def columns_of(agreed: contract.Contract, item: model.Model) -> dict[str, model.Field | None]:
    """Give the columns that a model's table must have, each with its field; None for what every table has."""
    columns: dict[str, model.Field | None] = dict.fromkeys(("id", "created_at", "updated_at"))
    if item.kind == model.MODEL_KIND_RESOURCE:
        columns["row_version"] = None
    if item.delete_mode != model.DELETE_MODE_HARD:
        columns["deleted_at"] = None
    if tenancy(agreed, item) in (model.TENANCY_AUTO, model.TENANCY_EITHER):
        columns[_ORGANIZATION] = None
    for part in item.fields:
        if part.names.column:
            columns[part.names.column] = part
            columns.update(dict.fromkeys(part.names.extra_columns))
    return columns


def _table(agreed: contract.Contract, item: model.Model, table: facts.TableFact | None, result: Consistency) -> None:
    columns = columns_of(agreed, item)
    _columns(item.id, item.names.table, table, columns, set(columns), result)
    if table is None:
        return
    nullable = {column.name: column.nullable for column in table.columns}
    if tenancy(agreed, item) == model.TENANCY_AUTO and nullable.get(_ORGANIZATION):
        result.add("column", item.id, "different", f"{item.names.table}.{_ORGANIZATION} may be null: rows of nobody.")
    for name, part in columns.items():
        if part is None or name not in nullable or part.HasField("value") or part.HasField("sequence"):
            continue
        if nullable[name] != part.optional:
            wanted = "may be null" if part.optional else "must not be null"
            result.add("column", part.id, "different", f"{item.names.table}.{name} {wanted} by the contract.")
    _types(item, table, result)
    _constraints(item, table, result)


def _closed(
    name: str,
    keys: Iterable[tuple[model.Field, str]],
    tables: Mapping[str, facts.TableFact],
    result: Consistency,
) -> None:
    """Compare references between rows of organizations: each must hold the organization on both sides."""
    measured = {key.name: key for key in tables[name].foreign_keys} if name in tables else {}
    for part, key_name in keys:
        key = measured.get(key_name)
        if key is None or not key.columns:
            continue  # that it is missing is told with the constraints; what it holds may not have been measured
        result.compared += 1
        if _ORGANIZATION not in key.columns or _ORGANIZATION not in key.references_columns:
            message = f"{name}.{key_name} lets a row refer to one of another organization."
            result.add("constraint", part.id, "different", message)


def _types(item: model.Model, table: facts.TableFact, result: Consistency) -> None:
    """Compare what columns hold; a type that was not measured is not compared."""
    measured = {column.name: column.type for column in table.columns}
    for part in item.fields:
        shown, wanted = measured.get(part.names.column, ""), column_types(part)
        if not part.names.column or not shown or not wanted:
            continue
        result.compared += 1
        if shown not in wanted:
            message = f"{item.names.table}.{part.names.column} is {shown}, where the contract has {wanted[0]}."
            result.add("column", part.id, "different", message)


def _columns(
    element: str,
    name: str,
    table: facts.TableFact | None,
    wanted: Iterable[str],
    known: set[str],
    result: Consistency,
) -> None:
    result.compared += 1
    if table is None:
        result.add("table", element, "missing", f"There is no table {name}.")
        return
    present = {column.name for column in table.columns}
    for column in wanted:
        result.compared += 1
        if column not in present:
            result.add("column", element, "missing", f"{name} has no column {column}.")
    # A join table may carry what every table carries.
    free = known | {"id", "created_at", "updated_at"}
    for column in sorted(present - free):
        result.compared += 1
        result.add("column", f"{name}.{column}", "extra", f"{name}.{column} is in no contract.")


def _constraints(item: model.Model, table: facts.TableFact, result: Consistency) -> None:
    present = {
        *(index.name for index in table.indexes),
        *(constraint.name for constraint in table.constraints),
        *(key.name for key in table.foreign_keys),
        *table.triggers,
    }
    wanted = [(rule.id, rule.constraint_name) for rule in item.rules]
    for part in item.fields:
        if part.names.column and part.unique:
            wanted.append((part.id, part.names.unique_name))
        if part.names.foreign_key_name:
            wanted.append((part.id, part.names.foreign_key_name))
    for element, name in wanted:
        result.compared += 1
        if name not in present:
            result.add("constraint", element, "missing", f"{item.names.table} lacks {name}.")
