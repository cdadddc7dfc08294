"""What the fields of a model may refer to."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_sdk.expressions import scope_sql

FILES = (m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE)
REFERENCES = (m.FIELD_KIND_REF, *FILES)


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


def references_of(application: Application, model: m.Model, imports: ts.Imports) -> list[ReferenceView]:
    """What the fields that some operation of the model writes may refer to."""
    written = {field.id for operation in application.all_operations(model) for field in operation.inputs}
    return [
        reference_view(application, field, imports)
        for field in model.fields
        if is_pointing(field) and field.id in written
    ]


def is_pointing(field: m.Field) -> bool:
    """Whether the field names other rows."""
    return field.type.kind in (*REFERENCES, m.FIELD_KIND_LINKS, m.FIELD_KIND_ANY)


def reference_view(application: Application, field: m.Field, imports: ts.Imports) -> ReferenceView:
    """What a field may refer to."""
    targets = []
    for target_id in field.type.targets:
        target = application.model(target_id)
        shared = import_file_scope(application, field, imports)
        refer = "" if shared else ts.sql_string(scope_sql(application.index, target.id, "refer", this="t").text)
        targets.append(TargetView(target.name, target.names.table, f"{shared}('t')" if shared else refer))
    return ReferenceView(field.name, field.type.kind == m.FIELD_KIND_ANY, targets)


def file_scope(application: Application, model: m.Model) -> str:
    """Name of the function that says which files a caller may see; empty for all but files that fields name.

    Who may see a file follows from what it belongs to, which may be any model: it takes a page to say so.
    """
    named = model.id in application.kept_files
    read = scope_sql(application.index, model.id, "read", this="t").text if named else ""
    same = read == scope_sql(application.index, model.id, "refer", this="t").text if named else False
    return f"visible{model.names.class_name}" if same and "\n" in read else ""


def import_file_scope(application: Application, field: m.Field, imports: ts.Imports) -> str:
    """Import that function for a field that names files; empty where there is none."""
    if field.type.kind not in FILES:
        return ""
    model = application.model(field.type.targets[0])
    name = file_scope(application, model)
    return imports.add(f"{application.model_folder(model)}/scope.ts", name) if name else ""


def reference_text(view: ReferenceView) -> str:
    """What a field may refer to, as an entry of an object."""
    if not view.several:
        target = view.targets[0]
        return f"{view.name}: {{ table: {ts.string(target.table)}, refer: {target.refer} }},"
    lines = [
        f"    {found.model}: {{ table: {ts.string(found.table)}, refer: {found.refer} }}," for found in view.targets
    ]
    return "\n".join([f"{view.name}: {{", "  of: {", *lines, "  },", "},"])
