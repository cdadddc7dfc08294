"""How the rows of a model are read: scope, columns, filters, and what may be done to each row."""

import re
from dataclasses import dataclass, replace

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.model import is_secret
from stackwright_node_backend.views.rules import INDENT, ROW_KINDS, RowRuleView, row_rule
from stackwright_sdk.expressions import scope_sql, to_sql
from stackwright_sdk.expressions.index import type_column

_FILTERS = "src/shared/query/filters.ts"
_FILTER_OF = {
    m.FIELD_KIND_INT: "integer",
    m.FIELD_KIND_DECIMAL: "decimal",
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
# These filter and sort without a flag.
_ALWAYS = frozenset({m.FIELD_KIND_ENUM, m.FIELD_KIND_BOOL, m.FIELD_KIND_DATE, m.FIELD_KIND_TIMESTAMP, m.FIELD_KIND_REF})
_CURSOR_TYPES = {
    m.FIELD_KIND_INT: "bigint",
    m.FIELD_KIND_BIGINT: "bigint",
    m.FIELD_KIND_DECIMAL: "numeric",
    m.FIELD_KIND_TIMESTAMP: "timestamptz",
    m.FIELD_KIND_DATE: "date",
}
_NEVER = frozenset({m.FIELD_KIND_JSON, m.FIELD_KIND_MANY, m.FIELD_KIND_LINKS, m.FIELD_KIND_ANY})
_REFERENCES = (m.FIELD_KIND_REF, m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE)


@dataclass(frozen=True)
class Named:
    """A name and the text that belongs to it."""

    name: str
    text: str


@dataclass(frozen=True)
class TargetView:
    """A model that a field may refer to."""

    model: str
    table: str
    refer: str


@dataclass(frozen=True)
class ReferenceView:
    """What a field may refer to: one model, or with `several` one of several."""

    name: str
    several: bool
    targets: list[TargetView]


@dataclass(frozen=True)
class ParentView:
    """A parent that an address may name."""

    name: str
    table: str
    read: str
    column: str


@dataclass(frozen=True)
class ScopeView:
    """A file `scope.ts`."""

    imports: list[str]
    constant: str
    class_name: str
    table: str
    plural: str
    read: str
    refer: str
    deleted: str
    """Scope of deleted rows that can be restored; empty where there are none."""
    display: str
    columns: list[Named]
    references: list[ReferenceView]
    parents: list[ParentView]
    shown_to: list[Named]
    """Members that not everybody may see, with who may."""
    shared: list[Named]
    """Conditions that several operations share, as constants before the scope."""
    rules: list[RowRuleView]
    filters: list[Named]
    sorts: list[Named]
    search: list[str]
    order: str
    cursor: str


def scope_view(application: Application, model: m.Model, path: str) -> ScopeView:
    """The view of how a model's rows are read."""
    imports = ts.Imports(path)
    imports.add("src/shared/query/rows.ts", "RowSource", type_only=True)
    imports.add(f"{application.model_folder(model)}/model.ts", model.names.class_name)
    shown = [field for field in model.fields if is_shown(field)]
    filters = _filters(application, model, shown, imports)
    read = ts.sql_string(scope_sql(application.index, model.id, "read", this="t", indent=4).text)
    refer = ts.sql_string(scope_sql(application.index, model.id, "refer", this="t", indent=4).text)
    shared, rules = _shared(_rules(application, model))
    if read == refer and "\n" in read:
        shared = [Named("visible", read), *shared]
        read = refer = "visible"
    parents = _parents(application, model)
    if parents:
        imports.add("src/shared/query/parents.ts", "parents")
    return ScopeView(
        imports=imports.lines(),
        constant=model.names.plural_variable,
        class_name=model.names.class_name,
        table=model.names.table,
        plural=(model.names.plural_label or model.names.plural_variable).lower(),
        read=read,
        refer=refer,
        deleted=_deleted(application, model),
        display=ts.sql_string(display_sql(application, model, "t")),
        columns=[
            *_implied(model),
            *(Named(field.name, ts.sql_string(column_sql(application, field, model))) for field in shown),
        ],
        references=references_of(application, model),
        parents=parents,
        shown_to=_shown_to(application, model, shown),
        shared=shared,
        rules=rules,
        filters=filters,
        sorts=_sorts(application, model, shown),
        search=[
            ts.sql_string(f"t.{field.names.column}") for field in shown if field.search and not field.HasField("read")
        ],
        order=ts.sql_string(_order(application, model)),
        cursor=_cursor(application, model),
    )


def is_shown(field: m.Field) -> bool:
    """Whether answers hold the field."""
    return not (field.hidden or is_secret(field) or field.type.kind == m.FIELD_KIND_MANY)


def display_sql(application: Application, model: m.Model, alias: str) -> str:
    """The title of a row."""
    field = application.display_field(model)
    return f"{alias}.{field.names.column}" if field else f"{alias}.id"


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
    if kind in _REFERENCES:
        return _reference_sql(application, application.model(field.type.targets[0]), column)
    if kind == m.FIELD_KIND_ANY:
        return _any_sql(application, field)
    if kind == m.FIELD_KIND_LINKS:
        return _links_sql(application, field)
    if kind == m.FIELD_KIND_BIGINT:
        return f"{column}::float8"
    if kind == m.FIELD_KIND_IP:
        return f"host({column})"
    if kind in (m.FIELD_KIND_CIDR, m.FIELD_KIND_DURATION):
        return f"{column}::text"
    return column


def _reference_sql(application: Application, target: m.Model, column: str, *, named: bool = False) -> str:
    refer = _seen_sql(application, target)
    kind = f"'type', '{target.name}', " if named else ""
    shown = f"json_build_object({kind}'id', r.id, 'display', {display_sql(application, target, 'r')})"
    # Names come from the contract, which quotes none that would need it.
    return f"(SELECT {shown}\n      FROM {target.names.table} AS r WHERE r.id = {column} AND ({refer}))"  # noqa: S608


def _any_sql(application: Application, field: m.Field) -> str:
    cases = []
    for target_id in field.type.targets:
        target = application.model(target_id)
        shown = _reference_sql(application, target, f"t.{field.names.column}", named=True)
        cases.append(f"      WHEN '{target.name}' THEN {shown}")
    return "\n".join([f"CASE t.{type_column(field)}", *cases, "    END"])


def _seen_sql(application: Application, target: m.Model) -> str:
    """Who may see the title of a row `r` that is referred to; also of a deleted one: what refers to it stays whole."""
    refer = target.access.refer if target.access.HasField("refer") else target.access.read
    return to_sql(refer, application.index, model_id=target.id, this="r").text if refer.HasField("root") else "FALSE"


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


def _implied(model: m.Model) -> list[Named]:
    names = ["id", "created_at", "updated_at"]
    if model.kind == m.MODEL_KIND_RESOURCE:
        names.append("row_version")
    if model.delete_mode == m.DELETE_MODE_TOMBSTONE:
        names.append("deleted_at")
    return [Named(name, ts.sql_string(f"t.{name}")) for name in names]


def references_of(application: Application, model: m.Model) -> list[ReferenceView]:
    """What the fields that some operation of the model writes may refer to."""
    written = {
        field.id
        for operation in application.contract.operations
        if operation.model_id == model.id
        for field in operation.inputs
    }
    return [reference_view(application, field) for field in model.fields if is_pointing(field) and field.id in written]


def is_pointing(field: m.Field) -> bool:
    """Whether the field names other rows."""
    return field.type.kind in (*_REFERENCES, m.FIELD_KIND_LINKS, m.FIELD_KIND_ANY)


def reference_view(application: Application, field: m.Field) -> ReferenceView:
    """What a field may refer to."""
    targets = []
    for target_id in field.type.targets:
        target = application.model(target_id)
        refer = scope_sql(application.index, target.id, "refer", this="t").text
        targets.append(TargetView(target.name, target.names.table, ts.sql_string(refer)))
    return ReferenceView(field.name, field.type.kind == m.FIELD_KIND_ANY, targets)


def reference_text(view: ReferenceView) -> str:
    """What a field may refer to, as an entry of an object."""
    if not view.several:
        target = view.targets[0]
        return f"{view.name}: {{ table: {ts.string(target.table)}, refer: {target.refer} }},"
    lines = [
        f"    {found.model}: {{ table: {ts.string(found.table)}, refer: {found.refer} }}," for found in view.targets
    ]
    return "\n".join([f"{view.name}: {{", "  of: {", *lines, "  },", "},"])


def _parents(application: Application, model: m.Model) -> list[ParentView]:
    found = []
    for name in parent_parameters(application, model):
        field = next(field for field in model.fields if field.names.column == name)
        parent = application.model(field.type.targets[0])
        read = scope_sql(application.index, parent.id, "read", this="t").text
        found.append(ParentView(name, parent.names.table, ts.sql_string(read), name))
    return found


def parent_parameters(application: Application, model: m.Model) -> list[str]:
    """Parts of the addresses of the model's operations that name a parent, each the column of the reference to it."""
    columns = {field.names.column for field in model.fields if field.type.kind == m.FIELD_KIND_REF}
    found: dict[str, None] = {}
    for operation in application.contract.operations:
        if operation.model_id == model.id and model.kind != m.MODEL_KIND_SINGLE:
            for path in (operation.path, *operation.alternative_paths):
                found.update(dict.fromkeys(name for name in re.findall(r"\{(\w+)\}", path) if name in columns))
    return list(found)


def _shown_to(application: Application, model: m.Model, shown: list[m.Field]) -> list[Named]:
    return [
        Named(
            field.name,
            ts.sql_string(to_sql(field.read, application.index, model_id=model.id, this="t", condition=True).text),
        )
        for field in shown
        if field.HasField("read")
    ]


def _rules(application: Application, model: m.Model) -> list[RowRuleView]:
    return [
        row_rule(application, model, operation, operation.name)
        for operation in application.contract.operations
        if operation.model_id == model.id
        and (
            operation.kind in ROW_KINDS
            or (operation.kind == o.OPERATION_KIND_ACTION and operation.scope == o.OPERATION_SCOPE_ROW)
        )
    ]


def _shared(rules: list[RowRuleView]) -> tuple[list[Named], list[RowRuleView]]:
    """Long conditions that several operations have become constants, called after the first of them."""
    texts = [rule.by for rule in rules]
    names: dict[str, str] = {}
    for rule in rules:
        if texts.count(rule.by) > 1 and "\n" in rule.by and rule.by not in names:
            names[rule.by] = f"may{rule.name[0].upper()}{rule.name[1:]}"
    shared = [Named(name, text) for text, name in names.items()]
    return shared, [replace(rule, by=names.get(rule.by, rule.by)) for rule in rules]


def _filters(application: Application, model: m.Model, shown: list[m.Field], imports: ts.Imports) -> list[Named]:
    imports.add(_FILTERS, "timestamp")
    found = [Named(name, f"timestamp({ts.sql_string(f't.{name}')})") for name in ("created_at", "updated_at")]
    for field in shown:
        if field.type.kind == m.FIELD_KIND_LINKS:
            join = application.index.join_table(field)
            table = f"table: {ts.string(join.table)}, near: {ts.string(join.near)}, far: {ts.string(join.far)}"
            found.append(Named(field.name, f"{imports.add(_FILTERS, 'links')}({{ {table} }})"))
        elif _is_filtered(field):
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


def _is_filtered(field: m.Field) -> bool:
    always = field.type.kind in _ALWAYS and _has_column(field)
    # Rows of several models are told apart by the id alone.
    known = field.type.kind == m.FIELD_KIND_ANY or field.type.kind not in _NEVER
    # What not everybody may see cannot be asked for either: the count would tell it.
    return (field.filter or always) and known and not field.HasField("read")


def _has_column(field: m.Field) -> bool:
    return field.stored or not field.HasField("value")


def _sorts(application: Application, model: m.Model, shown: list[m.Field]) -> list[Named]:
    if model.paging.cursor:
        return []
    implied = [Named(name, ts.sql_string(f"t.{name}")) for name in ("created_at", "updated_at")]
    return implied + [
        Named(field.name, ts.sql_string(_source_sql(application, field, model)))
        for field in shown
        if (field.sort or (field.type.kind in _ALWAYS and _has_column(field)))
        and field.type.kind not in _NEVER
        and not field.HasField("read")
    ]


def _deleted(application: Application, model: m.Model) -> str:
    restorable = any(
        operation.kind == o.OPERATION_KIND_RESTORE and operation.model_id == model.id
        for operation in application.contract.operations
    )
    if not restorable:
        return ""
    read = to_sql(model.access.read, application.index, model_id=model.id, this="t").text
    return ts.sql_string(f"t.deleted_at IS NOT NULL AND ({read})")


def _order(application: Application, model: m.Model) -> str:
    if not model.paging.cursor:
        return "t.id DESC"
    direction = "DESC" if model.paging.descending else "ASC"
    return f"t.{_cursor_column(application, model)} {direction}, t.id {direction}"


def _cursor(application: Application, model: m.Model) -> str:
    if not model.paging.cursor:
        return ""
    column = ts.sql_string(f"t.{_cursor_column(application, model)}")
    descending = "true" if model.paging.descending else "false"
    return f"{{ column: {column}, type: '{_cursor_type(application, model)}', descending: {descending} }}"


def _cursor_type(application: Application, model: m.Model) -> str:
    if not model.paging.field_id:
        return "timestamptz"
    return _CURSOR_TYPES.get(application.index.field(model.paging.field_id).type.kind, "text")


def _cursor_column(application: Application, model: m.Model) -> str:
    if model.paging.field_id:
        return application.index.field(model.paging.field_id).names.column
    return model.paging.member
