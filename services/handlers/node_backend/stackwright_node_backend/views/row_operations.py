"""Operations that write rows."""

import re
from dataclasses import replace

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.views.base import import_base
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.computed import follows_row
from stackwright_node_backend.views.creation import afterwards, beforehand
from stackwright_node_backend.views.entered import LONG, counterpart
from stackwright_node_backend.views.given import CALLER, checks, file_lines, link_lines, permitted_in
from stackwright_node_backend.views.parts import part_lines, parts_constant, replacing_lines
from stackwright_node_backend.views.rules import conditions_text, created_rules, guards
from stackwright_node_backend.views.single import absent_text, at_text, key_fields
from stackwright_node_backend.views.steps import object_text, statements
from stackwright_node_backend.views.writer import OperationView, Writer
from stackwright_sdk.expressions.index import type_column

# A column that holds what was sent as it is.
_PLAIN = r"\w+: input\.\w+"
EVENTS = {o.OPERATION_KIND_UPDATE: "updated", o.OPERATION_KIND_RESTORE: "restored", o.OPERATION_KIND_MOVE: "updated"}


def create(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView:
    class_name = writer.application.import_model(writer.imports, model)
    links = [field for field in operation.inputs if field.type.kind == m.FIELD_KIND_LINKS]
    body = Body(writer.application, writer.imports, model, "row")
    lines = [*checks(writer, operation, model), *writer.listed_references(operation), *beforehand(writer, operation)]
    values = _said_once(writer, operation, model, body, create=True)
    parent = next(iter(re.findall(r"\{(\w+)\}", operation.path)), "")
    if parent:
        values.insert(0, f"{parent}: parent")
    inserted = f"await unit.insert({class_name}, {object_text(values)});"
    parts = [line for field in operation.inputs for line in part_lines(writer.application, writer.imports, field)]
    steps = [*permitted_in(writer, operation, model), *link_lines(writer, links), *file_lines(writer, operation)]
    steps += [*parts, *statements(body, operation.steps)]
    if steps:
        lines += [*f"const row = {inserted}".splitlines(), *steps, "return row;"]
    else:
        lines += f"return {inserted.removeprefix('await ')}".splitlines()
    options = [writer.source(model), f"path: {ts.string(_collection(writer, operation, model))}"]
    options += [f"within: {ts.string(parent)}"] if parent else []
    options += _guards(writer, model, operation)
    # A row may have nothing that a client gives.
    given = "input" if operation.inputs else "_input"
    head = f"async run(unit, {given}, parent)" if parent else "async run(unit, input)"
    if not operation.inputs and not parent:
        head = "async run(unit)"
    return writer.built(operation, "createOperation", options, head, lines)


def _collection(writer: Writer, operation: o.Operation, model: m.Model) -> str:
    """Address of the collection in which a new row stands: the flat one, where rows have two."""
    reads = [found for found in writer.application.all_operations(model) if found.kind == o.OPERATION_KIND_READ]
    flat = [path for found in reads for path in (found.path, *found.alternative_paths) if path.count("{") == 1]
    return flat[0].removesuffix("/{id}") if flat else operation.path


def single(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView:
    keys = key_fields(writer.application, model)
    options = [writer.source(model)]
    if operation.kind == o.OPERATION_KIND_PUT:
        body = Body(writer.application, writer.imports, model, "row")
        class_name = writer.application.import_model(writer.imports, model)
        columns = ", ".join(ts.string(field.names.column) for field in keys)
        values = object_text(_values(writer, operation, model, body, create=True))
        lines = checks(writer, operation, model)
        permitted = permitted_in(writer, operation, model)
        put = f"unit.put({class_name}, [{columns}], {values});"
        links = link_lines(writer, [field for field in operation.inputs if field.type.kind == m.FIELD_KIND_LINKS])
        if links:
            # The row has its event already; what changes of its links alone has one of its own.
            links = ["const before = row.snapshot();", *links, "await unit.conclude(row, 'updated', before);"]
        after = [*permitted, *links, *file_lines(writer, operation)]
        lines += f"const row = await {put}".splitlines() if after else f"return {put}".splitlines()
        lines += [*after, "return row;"] if after else []
        options += _guards(writer, model, operation)
        return writer.built(operation, "putOperation", options, "async run(unit, input)", lines)
    options.append(f"at: {ts.sql_string(at_text(model, keys))}")
    if operation.kind == o.OPERATION_KIND_DELETE:
        return writer.built(operation, "deleteSingleOperation", [*options, writer.model(model)])
    options.append(f"absent: {absent_text(writer.application, model, keys)}")
    return writer.built(operation, "readSingleOperation", options)


def on_row(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView:
    if operation.transient:
        return writer.built(operation, "signalOperation", [writer.source(model), f"rule: {ts.string(operation.name)}"])
    body = Body(writer.application, writer.imports, model, "row")
    update = operation.kind == o.OPERATION_KIND_UPDATE
    lines = []
    if update:
        lines += [*checks(writer, operation, model), *permitted_in(writer, operation, model)]
        values = _said_once(writer, operation, model, body, create=False)
        if values:
            given = values[0].removeprefix("...") if len(values) == 1 and values[0][0] == "." else object_text(values)
            lines += f"await unit.set(row, {given});".splitlines()
        lines += link_lines(writer, [field for field in operation.inputs if field.type.kind == m.FIELD_KIND_LINKS])
        lines += file_lines(writer, operation)
        for field in operation.inputs:
            constant = parts_constant(writer.application, writer.imports, field)
            if constant:
                writer.joins[constant] = None
                lines += replacing_lines(writer.application, writer.imports, field)
    else:
        lines += writer.references(operation)
    if operation.kind == o.OPERATION_KIND_MOVE:
        lines.append(f"await {import_base(writer.imports, 'moveRow')}(unit, row, input);")
    if operation.kind == o.OPERATION_KIND_RESTORE:
        lines.append("await unit.set(row, { deleted_at: null });")
    if operation.to_state:
        column = writer.application.index.field(model.states.field_id).names.column
        lines.append(f"await unit.set(row, {{ {column}: {ts.string(operation.to_state)} }});")
    lines += statements(body, operation.steps)
    if operation.returns:
        lines.append(f"return {writer.answer(operation, body)};")
    event = EVENTS.get(operation.kind, operation.name)
    options = [
        writer.source(model),
        writer.model(model),
        f"rule: {ts.string(operation.name)}",
        f"event: {ts.string(event)}",
    ]
    if operation.kind == o.OPERATION_KIND_MOVE:
        options.append(f"prepare: {import_base(writer.imports, 'lockListOf')}({model.names.class_name})")
    options += ["deleted: true"] if operation.kind == o.OPERATION_KIND_RESTORE else []
    options += _guards(writer, model, operation) if update else []
    reads = any(re.search(r"\binput\b", line) for line in lines)
    return writer.built(operation, "rowOperation", options, f"async run(unit, row{', input' if reads else ''})", lines)


def by_token(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView:
    """An action on the row of a one-time token."""
    body = Body(writer.application, writer.imports, model, "row")
    lines = [*writer.references(operation), *statements(body, operation.steps)]
    if operation.returns:
        lines.append(f"return {writer.answer(operation, body)};")
    options = [writer.model(model), f"event: {ts.string(operation.name)}"]
    if operation.conditions:
        options.append(f"if: {conditions_text(writer.application, operation, this='t')}")
    head = "async run(unit, row, input)" if any("input." in line for line in lines) else "async run(unit, row)"
    return writer.built(operation, "tokenOperation", options, head, lines)


def delete(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView:
    body = Body(writer.application, writer.imports, model, "row")
    lines = statements(body, operation.steps)
    head = "async run(unit, row)" if lines else ""
    return writer.built(operation, "deleteOperation", [writer.source(model), writer.model(model)], head, lines)


def _values(writer: Writer, operation: o.Operation, model: m.Model, body: Body, *, create: bool) -> list[str]:
    given = {field.id: field for field in operation.inputs}
    members = []
    for field in writer.application.columns(model):
        text = _given(writer, field, create=create) if field.id in given else ""
        if create and field.HasField("init") and not follows_row(model, field):
            # There is no row yet: what the expression looks up is of the organization in which the caller acts.
            start = value(replace(body, row=""), field.init, field)
            text = f"{text} ?? {start}" if text else start
        elif create and not text:
            text = _implied(writer, field, model)
        if text and field.type.kind == m.FIELD_KIND_ANY:
            members += [
                f"{type_column(field)}: {text} && {text}.type",
                f"{field.names.column}: {text} && {text}.id",
            ]
        elif text:
            members.append(ts.entry(field.names.column, text))
    return members


def _said_once(writer: Writer, operation: o.Operation, model: m.Model, body: Body, *, create: bool) -> list[str]:
    """The values of a row; many that a new row and a change take as they are stand in a table."""
    values = _values(writer, operation, model, body, create=create)
    other = counterpart(writer.application, operation, model)
    if other is None:
        return values
    others = _values(writer, other, model, body, create=not create)
    common = [text for text in values if text in others and re.fullmatch(_PLAIN, text)]
    if len(common) < LONG:
        return values
    constant = f"{model.names.variable}Columns"
    entries = [f"{column}: {ts.string(name)}" for column, name in (text.split(": input.") for text in common)]
    writer.joins[f"const {constant} = {object_text(entries)} as const;"] = None
    writer.imports.add("src/shared/validate.ts", "byColumn")
    at = values.index(common[0])
    rest = [text for text in values if text not in common]
    return [*rest[:at], f"...byColumn(input, {constant})", *rest[at:]]


def _given(writer: Writer, field: m.Field, *, create: bool) -> str:
    text = f"input.{field.names.json or field.name}"
    if field.type.kind in (m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE):
        return text
    if field.type.kind == m.FIELD_KIND_TIMESTAMP:
        writer.imports.add("src/shared/validate.ts", "moment")
        return f"moment({text})"
    if field.type.kind == m.FIELD_KIND_POINT:
        writer.imports.add("src/shared/validate.ts", "pair")
        return f"pair({text})"
    if field.type.kind != m.FIELD_KIND_PASSWORD:
        return text
    always = create and not field.optional
    helper = "hashPassword" if always else "optionalPassword"
    writer.imports.add(f"{writer.application.folder('authentication')}/auth/index.ts", helper)
    return f"await {helper}({text})"


def _implied(writer: Writer, field: m.Field, model: m.Model) -> str:
    if model.HasField("owner") and field.id == model.owner.field_id:
        if model.owner.optional:
            return "unit.caller.userId"
        writer.imports.add(CALLER, "ownerOf")
        return "ownerOf(unit.caller)"
    if model.HasField("states") and field.id == model.states.field_id:
        return ts.string(model.states.initial)
    return ""


def _guards(writer: Writer, model: m.Model, operation: o.Operation) -> list[str]:
    create = operation.kind == o.OPERATION_KIND_CREATE
    scopes = created_rules(writer.application, model, operation) if create else []
    texts = [
        f"{{ sql: {ts.sql_string(found.sql)}, message: {ts.string(found.message)}, status: 403 }}" for found in scopes
    ]
    texts += [
        f"{{ sql: {ts.sql_string(found.sql)}, message: {ts.string(found.message)} }}"
        for found in guards(writer.application, model)
    ]
    texts += afterwards(writer, operation, model) if create else []
    return [f"guards: [{', '.join(texts)}]"] if texts else []
