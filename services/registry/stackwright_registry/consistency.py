"""A contract beside the facts of the code: what is missing, what nobody agreed on, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from stackwright.code.v1 import facts_pb2 as facts
from stackwright.code.v1 import report_pb2 as report
from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation

_PARAMETER = re.compile(r"\{[^}]*\}|:[A-Za-z_][A-Za-z0-9_]*|\$\{[^}]*\}")
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
# Every application answers these, whatever its features.
_ALWAYS = frozenset({("GET", "/api/live"), ("GET", "/api/ready")})

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


def column_types(type_: model.FieldType) -> tuple[str, ...]:
    """Give the types that the column of a field may have, the ordinary one first."""
    if type_.kind in (model.FIELD_KIND_DECIMAL, model.FIELD_KIND_MONEY):
        return (f"numeric({type_.precision},{type_.scale})",) if type_.precision else ("numeric(18,4)", "numeric")
    return _TYPES.get(type_.kind, _TEXT)


@dataclass
class Consistency:
    """What was found, and how many elements were compared."""

    deviations: list[report.ContractDeviation] = field(default_factory=list)
    compared: int = 0

    def add(self, kind: str, element: str, difference: str, message: str) -> None:
        """Note a deviation."""
        self.deviations.append(
            report.ContractDeviation(kind=kind, element=element, difference=difference, message=message)
        )


def check_consistency(agreed: contract.Contract, found: facts.Facts) -> Consistency:
    """Compare a contract with facts, in both directions; a kind of fact that was not measured is not compared."""
    result = Consistency()
    if found.routes:
        _routes(agreed, found, result)
    if found.calls:
        _calls(agreed, found, result)
    if found.tables:
        _tables(agreed, found, result)
    return result


def normal(path: str) -> str:
    """Give an address with its parameters blanked, so that their names do not matter."""
    return _PARAMETER.sub("{}", path.partition("?")[0]).rstrip("/") or "/"


def addresses(item: operation.Operation) -> set[tuple[str, str]]:
    """Give every method and address of an operation."""
    method = operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_")
    return {(method, normal(path)) for path in (item.path, *item.alternative_paths)}


def _routes(agreed: contract.Contract, found: facts.Facts, result: Consistency) -> None:
    served = _by_address(found.routes)
    asked = any(route.permissions for route in found.routes)
    expected: set[tuple[str, str]] = set()
    for item in agreed.operations:
        expected |= addresses(item)
        for address in sorted(addresses(item)):
            result.compared += 1
            route = served.get(address)
            if route is None:
                result.add("endpoint", item.id, "missing", f"{' '.join(address)} is not served.")
                continue
            _permission(item, route, asked, result)
    base = agreed.conventions.base_path or "/api"
    for address, route in served.items():
        if address[1].startswith(f"{base}/") and address not in expected | _ALWAYS:
            result.compared += 1
            where = f" ({route.source_path}:{route.source_line})" if route.source_path else ""
            result.add("endpoint", " ".join(address), "extra", f"{' '.join(address)} is in no contract{where}.")


def _by_address(routes: Iterable[facts.RouteFact]) -> dict[tuple[str, str], facts.RouteFact]:
    """Join what several validators say of one route: one reads its guards, another asks the running application."""
    joined: dict[tuple[str, str], facts.RouteFact] = {}
    for route in routes:
        if route.method.upper() not in _METHODS:
            continue
        known = joined.setdefault((route.method.upper(), normal(route.path)), facts.RouteFact())
        known.permissions.extend(key for key in route.permissions if key not in known.permissions)
        known.public = known.public or route.public
        known.source_path, known.source_line = (
            (route.source_path, route.source_line) if route.source_path else (known.source_path, known.source_line)
        )
    return joined


def _permission(item: operation.Operation, route: facts.RouteFact, asked: bool, result: Consistency) -> None:
    if route.public and not item.public:
        result.add("permission", item.id, "different", f"{item.names.call} answers a stranger.")
    if asked and item.permission:
        result.compared += 1
        if item.permission not in route.permissions:
            shown = ", ".join(route.permissions) or "none"
            message = f"{item.names.call} asks for {shown}, not for {item.permission}."
            result.add("permission", item.id, "different" if route.permissions else "missing", message)


def _calls(agreed: contract.Contract, found: facts.Facts, result: Consistency) -> None:
    expected: set[tuple[str, str]] = set(_ALWAYS)
    for item in agreed.operations:
        expected |= addresses(item)
    for call in found.calls:
        result.compared += 1
        address = (call.method.upper(), normal(call.path))
        based = (address[0], normal(f"{agreed.conventions.base_path}{address[1]}"))
        if address not in expected and based not in expected:
            where = f"{call.source_path}:{call.source_line}" if call.source_path else "the front end"
            result.add(
                "call", " ".join(address), "extra", f"{where} calls {' '.join(address)}, which is in no contract."
            )


def _tables(agreed: contract.Contract, found: facts.Facts, result: Consistency) -> None:
    tables = {table.name: table for table in found.tables if table.schema in ("", "public")}
    expected: dict[str, str] = {}
    for item in agreed.models:
        if item.HasField("native_rows"):
            continue  # a view of what a native module keeps; facts name tables
        expected[item.names.table] = item.id
        _table(item, tables.get(item.names.table), result)
        for part in item.fields:
            join = part.type.join
            if join.table and not join.inverse:
                expected[join.table] = part.id
                columns = {join.near_column, join.far_column}
                _columns(part.id, join.table, tables.get(join.table), columns, columns, result)
    for name in sorted(tables.keys() - expected.keys()):
        result.compared += 1
        result.add("table", name, "extra", f"The table {name} is in no contract.")


def columns_of(item: model.Model) -> dict[str, model.Field | None]:
    """Give the columns that a model's table must have, each with its field; None for what every table has."""
    columns: dict[str, model.Field | None] = dict.fromkeys(("id", "created_at", "updated_at"))
    if item.kind == model.MODEL_KIND_RESOURCE:
        columns["row_version"] = None
    if item.delete_mode != model.DELETE_MODE_HARD:
        columns["deleted_at"] = None
    for part in item.fields:
        if part.names.column:
            columns[part.names.column] = part
            columns.update(dict.fromkeys(part.names.extra_columns))
    return columns


def _table(item: model.Model, table: facts.TableFact | None, result: Consistency) -> None:
    columns = columns_of(item)
    _columns(item.id, item.names.table, table, columns, set(columns), result)
    if table is None:
        return
    nullable = {column.name: column.nullable for column in table.columns}
    for name, part in columns.items():
        if part is None or name not in nullable or part.HasField("value") or part.HasField("sequence"):
            continue
        if nullable[name] != part.optional:
            wanted = "may be null" if part.optional else "must not be null"
            result.add("column", part.id, "different", f"{item.names.table}.{name} {wanted} by the contract.")
    _types(item, table, result)
    _constraints(item, table, result)


def _types(item: model.Model, table: facts.TableFact, result: Consistency) -> None:
    """Compare what columns hold; a type that was not measured is not compared."""
    measured = {column.name: column.type for column in table.columns}
    for part in item.fields:
        shown, wanted = measured.get(part.names.column, ""), column_types(part.type)
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
