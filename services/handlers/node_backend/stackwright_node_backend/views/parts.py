"""Parts that are written with their parent: a list in the parent's input becomes rows of their own."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.given import asks_row, permitted_lines
from stackwright_node_backend.views.references import is_pointing
from stackwright_node_backend.views.steps import object_text
from stackwright_sdk.expressions import NotCompilable, scope_sql


def part_lines(application: Application, imports: ts.Imports, field: m.Field) -> list[str]:
    """Statements that add the parts which the input of a new row brings; none for an input that is no list of parts."""
    part = _part_of(application, field)
    if part is None:
        return []
    class_name = application.import_model(imports, part)
    item = part.names.variable
    values = object_text(_values(application, imports, part, field, item))
    lines = [
        *_checks(application, imports, part, field, item),
        *f"await unit.create({class_name}, {values});".splitlines(),
    ]
    return [f"for (const {item} of input.{field.name} ?? []) {{", *(f"  {line}" for line in lines), "}"]


def replacing_lines(application: Application, imports: ts.Imports, field: m.Field) -> list[str]:
    """Statements that make the parts which an update brings the whole set."""
    part = _part_of(application, field)
    if part is None:
        return []
    item = part.names.variable
    checks = _checks(application, imports, part, field, item)
    lines = [f"for (const {item} of input.{field.name} ?? []) {{", *(f"  {line}" for line in checks), "}"]
    imports.add("src/shared/actions/parts.ts", "replaceParts")
    values = object_text(_values(application, imports, part, field, item)).splitlines()
    made = [f"input.{field.name}?.map(({item}) => ({values[0]}", *values[1:]]
    return [
        *(lines if checks else []),
        f"await replaceParts(unit, {_constant(application, part, field)}, row,",
        *(f"  {line}" for line in made[:-1]),
        f"  {made[-1]})));" if len(made) > 1 else f"  {made[0]})));",
    ]


def parts_constant(application: Application, imports: ts.Imports, field: m.Field) -> str:
    """The constant that says which rows the parts of an update are, and who may add and remove them; or empty."""
    part = _part_of(application, field)
    if part is None:
        return ""
    near = application.index.field(part.part_of.field_id).names.column
    create = scope_sql(application.index, part.id, "create", this="t").text
    remove = scope_sql(application.index, part.id, "delete", this="t").text
    name = _constant(application, part, field)
    source = ts.entry("source", application.import_source(imports, part))
    model = ts.entry("model", application.import_model(imports, part))
    return (
        f"const {name} = {{\n  {source},\n  {model},\n  near: {ts.string(near)},\n"
        f"  create: {ts.sql_string(create)},\n  remove: {ts.sql_string(remove)},\n}};"
    )


def _constant(application: Application, part: m.Model, field: m.Field) -> str:
    return f"{part.names.plural_variable}Of{application.index.model_of_field[field.id].name}"


def _part_of(application: Application, field: m.Field) -> m.Model | None:
    if (
        field.type.kind != m.FIELD_KIND_LIST
        or field.id not in application.index.fields
        or not field.type.members_fields
    ):
        return None
    return application.index.model_of_field[field.type.members_fields[0].id]


def _checks(application: Application, imports: ts.Imports, part: m.Model, field: m.Field, item: str) -> list[str]:
    """Who may write a field of the part, and what it may refer to."""
    if any(found.HasField("write") and asks_row(found) for found in field.type.members_fields):
        raise NotCompilable(f"{field.id}: who may write a field of its parts depends on a row that is not there yet")
    lines = permitted_lines(application, imports, part, field.type.members_fields, item)
    references = [f"{found.name}: {item}.{found.name}" for found in field.type.members_fields if is_pointing(found)]
    if references:
        source = application.import_source(imports, part)
        lines.append(f"await unit.refer({source}, {{ {', '.join(references)} }});")
    return lines


def _values(application: Application, imports: ts.Imports, part: m.Model, field: m.Field, item: str) -> list[str]:
    members = [f"{application.index.field(part.part_of.field_id).names.column}: row.id"]
    for found in field.type.members_fields:
        text = f"{item}.{found.names.json or found.name}"
        if found.type.kind == m.FIELD_KIND_TIMESTAMP:
            imports.add("src/shared/validate.ts", "moment")
            text = f"moment({text})"
        if found.type.kind == m.FIELD_KIND_POINT:
            imports.add("src/shared/validate.ts", "pair")
            text = f"pair({text})"
        members.append(ts.entry(found.names.column, text))
    if part.HasField("owner") and part.owner.field_id not in {found.id for found in field.type.members_fields}:
        owner = application.index.field(part.owner.field_id)
        text = "unit.caller.userId"
        if not part.owner.optional:
            imports.add("src/shared/policy/caller.ts", "ownerOf")
            text = "ownerOf(unit.caller)"
        members.append(f"{owner.names.column}: {text}")
    return members
