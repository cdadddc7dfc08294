"""What an input may hold: fields that the caller may write, rows that it may refer to, files and links."""

from collections.abc import Sequence

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.base import import_base
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.references import FILES, is_pointing
from stackwright_node_backend.views.writer import Writer
from stackwright_sdk.expressions import NotCompilable, needs_database, needs_row, to_sql

CALLER = "src/shared/policy/caller.ts"


def checks(writer: Writer, operation: o.Operation, model: m.Model) -> list[str]:
    """Who may write a field, and what it may refer to."""
    lines = permitted_lines(writer.application, writer.imports, model, operation.inputs, "input")
    references = [f"{field.name}: input.{field.name}" for field in operation.inputs if is_pointing(field)]
    if references:
        source = writer.application.import_source(writer.imports, model)
        lines.append(f"await unit.refer({source}, {{ {', '.join(references)} }});")
    return lines


def permitted_lines(
    application: Application, imports: ts.Imports, model: m.Model, fields: Sequence[m.Field], given: str
) -> list[str]:
    """Who may write a field of what is `given`, as far as the caller alone decides."""
    body = Body(application, imports, model, "")
    asking = (field for field in fields if field.HasField("write") and not asks_row(field))
    allowed = [f"{field.name}: {value(body, field.write)}" for field in asking]
    if not allowed:
        return []
    imports.add(CALLER, "permitted")
    return [f"permitted(unit.caller, {{ {', '.join(allowed)} }}, {given});"]


def asks_row(field: m.Field) -> bool:
    """Whether who may write the field depends on the row."""
    return needs_row(field.write) or needs_database(field.write)


def permitted_in(writer: Writer, operation: o.Operation, model: m.Model) -> list[str]:
    """Who may write a field of this row: of one that is changed as it was, of a new one as it has become."""
    index = writer.application.index
    allowed = [
        f"{field.name}: {ts.sql_string(to_sql(field.write, index, model_id=model.id, this='t', condition=True).text)}"
        for field in operation.inputs
        if field.HasField("write") and asks_row(field)
    ]
    if not allowed:
        return []
    source = writer.application.import_source(writer.imports, model)
    permitted = import_base(writer.imports, "permittedIn")
    return [f"await {permitted}(unit, {source}, row, {{ {', '.join(allowed)} }}, input);"]


def link_lines(writer: Writer, fields: Sequence[m.Field]) -> list[str]:
    lines = []
    for field in fields:
        join = writer.application.index.join_table(field)
        table = f"table: {ts.string(join.table)}, near: {ts.string(join.near)}, far: {ts.string(join.far)}"
        writer.joins[f"const {field.name}Join = {{ {table} }};"] = None
        lines.append(f"await unit.link(row, {ts.string(field.name)}, {field.name}Join, input.{field.name});")
    return lines


def file_lines(writer: Writer, operation: o.Operation) -> list[str]:
    """Files that the input names belong to the row from then on."""
    fields = [field for field in operation.inputs if field.type.kind in FILES]
    if not fields:
        return []
    model = writer.application.index.named("StoredFile")
    if model is None:
        raise NotCompilable(f"{operation.id}: it takes files, and no feature keeps them")
    stored = writer.application.import_model(writer.imports, model)
    import_base(writer.imports, "attach")
    given = ", ".join(f"input.{field.names.json or field.name}" for field in fields)
    return [f"await attach(unit, {stored}, row, [{given}]);"]
