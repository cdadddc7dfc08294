"""How the rows of a model are read: scope, columns, filters, and what may be done to each row."""

import re
from dataclasses import dataclass, replace

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.lists import cursor_of, filters_of, is_newest_first, order_of, sorts_of
from stackwright_node_backend.views.model import VAULT, place_of
from stackwright_node_backend.views.named import Named
from stackwright_node_backend.views.references import ReferenceView, file_scope, references_of
from stackwright_node_backend.views.rules import ROW_KINDS, RowRuleView, expressions_of, row_rule
from stackwright_node_backend.views.sharing import shared_scopes
from stackwright_node_backend.views.shown import column_text, display_sql
from stackwright_node_backend.views.visibility import is_shown
from stackwright_sdk.expressions import organization_sql, scope_sql, to_sql

_ROWS = "src/shared/query/rows.ts"
# Stands for the name of a row that an emitted function is told.
_ROW = "_row_"


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
    implied: str
    """Columns that every row of its kind has, as a constant of the base."""
    columns: list[Named]
    references: list[ReferenceView]
    parents: list[ParentView]
    exported: Named | None
    """What fields of other models ask of rows of this one, as a function of how the row is called."""
    shown_to: list[Named]
    opened: list[Named]
    """Members that are kept sealed, and what opens each."""
    """Members that not everybody may see, with who may."""
    shared: list[Named]
    """Conditions that several operations share, as constants before the scope."""
    rules: list[RowRuleView]
    filters: list[Named]
    sorts: list[Named]
    search: list[str]
    order: str
    cursor: str
    newest_first: bool
    """Whether order and cursor are those of the base."""


def scope_view(application: Application, model: m.Model, path: str) -> ScopeView:
    """The view of how a model's rows are read."""
    imports = ts.Imports(path)
    imports.add(_ROWS, "RowSource", type_only=True)
    imports.add(f"{application.model_folder(model)}/model.ts", model.names.class_name)
    shown = [field for field in model.fields if is_shown(field)]
    filters = filters_of(application, model, shown, imports)
    read = ts.sql_string(scope_sql(application.index, model.id, "read", this="t", indent=4).text)
    refer = ts.sql_string(scope_sql(application.index, model.id, "refer", this="t", indent=4).text)
    shared, rules = _rules(application, model)
    exported = _exported(application, model)
    if exported:
        read = refer = f"{exported.name}('t')"
    elif read == refer and "\n" in read:
        shared = [Named("visible", read), *shared]
        read = refer = "visible"
    implied = "versionedColumns" if model.kind == m.MODEL_KIND_RESOURCE else "rowColumns"
    imports.add(_ROWS, implied)
    newest_first = is_newest_first(model)
    if newest_first:
        imports.add(_ROWS, "newestFirst")
    elif not model.paging.cursor:
        imports.add(_ROWS, "rowTimes")
    references = references_of(application, model, imports)
    columns = [
        *_deleted_at(model),
        *(Named(field.name, column_text(application, field, model, imports)) for field in shown),
    ]
    sealed = [field for field in shown if field.encrypted]
    if sealed:
        imports.add(VAULT, "opening")
    parents = _parents(application, model)
    if parents:
        imports.add("src/shared/query/parents.ts", "parents")
    return ScopeView(
        imports=imports.lines(),
        implied=implied,
        exported=exported,
        constant=model.names.plural_variable,
        class_name=model.names.class_name,
        table=model.names.table,
        plural=(model.names.plural_label or model.names.plural_variable).lower(),
        read=read,
        refer=refer,
        deleted=_deleted(application, model),
        display=ts.sql_string(display_sql(application, model, "t")),
        columns=columns,
        references=references,
        parents=parents,
        shown_to=_shown_to(application, model, shown),
        opened=[Named(field.name, f"opening({ts.string(place_of(model, field))})") for field in sealed],
        shared=shared,
        rules=rules,
        filters=filters,
        sorts=sorts_of(application, model, shown),
        search=[
            ts.sql_string(f"t.{field.names.column}") for field in shown if field.search and not field.HasField("read")
        ],
        order=ts.sql_string(order_of(application, model)),
        cursor=cursor_of(application, model),
        newest_first=newest_first,
    )


def _deleted_at(model: m.Model) -> list[Named]:
    return [Named("deleted_at", "`t.deleted_at`")] if model.delete_mode == m.DELETE_MODE_TOMBSTONE else []


def _exported(application: Application, model: m.Model) -> Named | None:
    name = file_scope(application, model)
    if not name:
        return None
    sql = scope_sql(application.index, model.id, "read", this=_ROW, indent=4).text
    return Named(name, ts.sql_string(sql).replace(_ROW, "${row}"))


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
    for operation in application.all_operations(model) if model.kind != m.MODEL_KIND_SINGLE else ():
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


def _rules(application: Application, model: m.Model) -> tuple[list[Named], list[RowRuleView]]:
    """What several rules share, and the rules."""
    operations = [
        operation
        for operation in application.all_operations(model)
        if operation.kind in ROW_KINDS
        or (operation.kind == o.OPERATION_KIND_ACTION and operation.scope == o.OPERATION_SCOPE_ROW)
    ]
    scopes = shared_scopes(application, model, (expressions_of(application, operation) for operation in operations))
    shared, rules = _shared([row_rule(application, model, operation, scopes) for operation in operations])
    return [*scopes.constants, *shared], rules


def _shared(rules: list[RowRuleView]) -> tuple[list[Named], list[RowRuleView]]:
    """Long rules that several operations have become constants, called after the first of them."""
    texts = [rule.by for rule in rules]
    names: dict[str, str] = {}
    for rule in rules:
        if texts.count(rule.by) > 1 and "\n" in rule.by and rule.by not in names:
            names[rule.by] = f"may{rule.name[0].upper()}{rule.name[1:]}"
    shared = [Named(name, text) for text, name in names.items()]
    return shared, [replace(rule, by=names.get(rule.by, rule.by)) for rule in rules]


def _deleted(application: Application, model: m.Model) -> str:
    kinds = {operation.kind for operation in application.all_operations(model)}
    if o.OPERATION_KIND_RESTORE not in kinds:
        return ""
    read = to_sql(model.access.read, application.index, model_id=model.id, this="t").text
    inside = organization_sql(application.index, model.id, "read", this="t")
    read = f"({read}) AND {inside}" if inside else read
    return ts.sql_string(f"t.deleted_at IS NOT NULL AND ({read})")
