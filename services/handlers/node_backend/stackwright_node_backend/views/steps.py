"""Steps of actions, subscribers and clocks as statements on a unit of work."""

import re
from collections.abc import Sequence

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.views.body import Body, context, pointer, value
from stackwright_node_backend.views.computed import follows_row
from stackwright_node_backend.views.effects import call, mail, notify
from stackwright_node_backend.views.repoint import repointing
from stackwright_sdk.expressions import NotCompilable, to_sql
from stackwright_sdk.expressions.index import type_column


def statements(body: Body, steps: Sequence[o.Step]) -> list[str]:
    """The lines of a list of steps, not indented."""
    return [line for step in steps for line in _step(body, step)]


def _step(body: Body, step: o.Step) -> list[str]:
    if step.HasField("each"):
        head, inner = _each(body, step)
        lines = _conditional(inner, step, _plain(inner, step, name=""))
        return [*head, *_indented(lines), "}"] if lines else []
    # `as` is a keyword of Python, not of protobuf.
    return _conditional(body, step, _plain(body, step, name=str(getattr(step, "as"))))


def _conditional(body: Body, step: o.Step, lines: list[str]) -> list[str]:
    # Where notifications are off, a step that only tells somebody leaves nothing to be done.
    if not step.HasField("if") or not lines:
        return lines
    return [f"if ({value(body, getattr(step, 'if'))}) {{", *_indented(lines), "}"]


def _plain(body: Body, step: o.Step, *, name: str) -> list[str]:
    kind = step.WhichOneof("kind")
    if kind == "set":
        return f"await unit.set({body.row}, {_object(body, body.model, step.set.assignments)});".splitlines()
    if kind == "create":
        return [*_issued(body, step.create), *_named(body, name, _create(body, step.create))]
    if kind == "put":
        return _named(body, name, _put(body, step.put))
    if kind == "update":
        return _update(body, step.update)
    if kind == "delete":
        return _delete(body, step.delete.rows)
    if kind == "repoint":
        return repointing(body, step.repoint)
    if kind == "require":
        return [f"unit.require({value(body, step.require.condition)}, {ts.string(step.require.message)});"]
    if kind == "notify":
        return notify(body, step.notify)
    if kind == "mail":
        return mail(body, step.mail)
    if kind == "call":
        return _named(body, name, call(body, step.call))
    raise NotCompilable(f"a step `{kind}` is not compiled by this handler yet")


def _named(body: Body, name: str, text: str) -> list[str]:
    if not name:
        return f"{text};".splitlines()
    body.variables[name] = name
    return f"const {name} = {text};".splitlines()


def _each(body: Body, step: o.Step) -> tuple[list[str], Body]:
    """The head of a loop over rows or over a list of the input, and the body within it."""
    item = str(getattr(step, "as")) or "item"
    inner = body.inner(**{item: item})
    if step.each.root.type.kind != e.VALUE_KIND_ROWS:
        optional = step.each.root.WhichOneof("kind") == "select"
        return [f"for (const {item} of {value(body, step.each)}{' ?? []' if optional else ''}) {{"], inner
    class_name = body.application.import_model(body.imports, _model_of(body, step.each))
    return _loop(body, step.each, item, class_name), inner


def _create(body: Body, step: o.CreateStep) -> str:
    model = body.application.model(step.model_id)
    class_name = body.application.import_model(body.imports, model)
    # What a selector writes is matched by no selector: its rows are written without an event.
    verb = "insert" if body.event and not body.row and not body.nameless else "create"
    token = next((field for field in model.fields if field.type.kind == m.FIELD_KIND_TOKEN), None)
    values = _object(body, model, step.assignments, new=True)
    if token is None:
        return f"await unit.{verb}({class_name}, {values})"
    body.imports.add("src/shared/tokens.ts", "issueToken")
    return f"await unit.{verb}({class_name}, {values}, issued.secret)"


def _issued(body: Body, step: o.CreateStep) -> list[str]:
    """The token of the new row, where it has one."""
    for field in body.application.model(step.model_id).fields:
        if field.type.kind == m.FIELD_KIND_TOKEN:
            seconds = duration_seconds(field.type.token_lifetime)
            return [f"const issued = issueToken({field.type.token_bytes}, {ts.number(seconds)}, unit.now);"]
    return []


def _put(body: Body, step: o.PutStep) -> str:
    model = body.application.model(step.model_id)
    class_name = body.application.import_model(body.imports, model)
    fields = [body.application.index.field(field_id) for field_id in step.by_field_ids]
    keys = ", ".join(
        ts.string(name)
        for field in fields
        for name in ((type_column(field),) if field.type.kind == m.FIELD_KIND_ANY else ()) + (field.names.column,)
    )
    return f"await unit.put({class_name}, [{keys}], {_object(body, model, step.assignments, new=True)})"


def _update(body: Body, step: o.UpdateStep) -> list[str]:
    """Changes each row. What is set reads the row that the steps belong to, not the row that is changed."""
    root = step.rows.root
    model = _model_of(body, step.rows)
    changes = _object(body, model, step.assignments)
    if root.type.kind == e.VALUE_KIND_ROW and root.WhichOneof("kind") == "name":
        name = root.name
        row = body.variables[name.variable] if name.WhichOneof("name") == "variable" else body.row
        verb = "set" if row == body.row else "update"
        return f"await unit.{verb}({row}, {changes});".splitlines()
    item = _item(body, model)
    class_name = body.application.import_model(body.imports, model)
    if not re.search(rf"\b{item}\b", changes):
        found = f"{item}Rows"
        return [*_found(body, step.rows, found, class_name), *f"await unit.updateAll({found}, {changes});".splitlines()]
    return [
        *_loop(body, step.rows, item, class_name),
        *_indented(f"await unit.update({item}, {changes});".splitlines()),
        "}",
    ]


def _delete(body: Body, rows: e.Expression) -> list[str]:
    root = rows.root
    if root.type.kind == e.VALUE_KIND_ROW and root.WhichOneof("kind") == "name":
        variable = root.name.WhichOneof("name") == "variable"
        return [f"await unit.remove({body.variables[root.name.variable] if variable else body.row});"]
    model = _model_of(body, rows)
    class_name = body.application.import_model(body.imports, model)
    item = _item(body, model)
    return [*_loop(body, rows, item, class_name), f"  await unit.remove({item});", "}"]


def _model_of(body: Body, rows: e.Expression) -> m.Model:
    return body.application.model(rows.root.type.model_ids[0])


def _item(body: Body, model: m.Model) -> str:
    """A name for the row of a loop that hides no other."""
    taken = {body.row, *body.variables}
    return model.names.variable if model.names.variable not in taken else f"other{model.names.class_name}"


def _loop(body: Body, rows: e.Expression, item: str, class_name: str) -> list[str]:
    source = _source(body, rows, class_name)
    if len(source) + len(item) < ts.WIDTH - 30 and "\n" not in source:
        return [f"for (const {item} of await {source}) {{"]
    found = f"{item}Rows"
    return [*_found(body, rows, found, class_name), f"for (const {item} of {found}) {{"]


def _found(body: Body, rows: e.Expression, name: str, class_name: str) -> list[str]:
    line = f"const {name} = await {_source(body, rows, class_name)};"
    if len(line) < ts.WIDTH - 4 and "\n" not in line:
        return [line]
    lines = [f"  {line}" for argument in _arguments(body, rows, class_name) for line in f"{argument},".splitlines()]
    return [f"const {name} = await unit.find(", *lines, ");"]


def _source(body: Body, rows: e.Expression, class_name: str) -> str:
    return f"unit.find({', '.join(_arguments(body, rows, class_name))})"


def _arguments(body: Body, rows: e.Expression, class_name: str) -> list[str]:
    model_id = body.model.id if body.model else ""
    fragment = to_sql(rows, body.application.index, model_id=model_id, this="this" if body.row else None)
    chosen = f"SELECT {fragment.text}" if rows.root.type.kind == e.VALUE_KIND_ROW else fragment.text
    return [class_name, ts.sql_string(chosen), *context(body, fragment)]


def _object(body: Body, model: m.Model | None, assignments: Sequence[o.Assignment], *, new: bool = False) -> str:
    if model is None:
        raise NotCompilable("a step sets fields of a row whose model is not known")
    fields = {found.id: found for found in model.fields}
    members = []
    for assignment in assignments:
        target = fields[assignment.field_id]
        if target.type.kind == m.FIELD_KIND_ANY:
            kind, row_id = pointer(body, assignment.value)
            members += [ts.entry(type_column(target), kind), ts.entry(target.names.column, row_id)]
        else:
            members.append(ts.entry(target.names.column, value(body, assignment.value, target)))
    if new and any(field.type.kind == m.FIELD_KIND_TOKEN for field in model.fields):
        members.append("...issued.columns")
    if new:
        members += _implied(body, model, {assignment.field_id for assignment in assignments})
    return object_text(members)


def _implied(body: Body, model: m.Model, given: set[str]) -> list[str]:
    """What a new row has without a word: its owner, its first state, and what is computed for it."""
    members = []
    for field in body.application.columns(model):
        if field.id in given:
            continue
        if model.HasField("owner") and field.id == model.owner.field_id:
            text = "unit.caller.userId"
            if not model.owner.optional:
                body.imports.add("src/shared/policy/caller.ts", "ownerOf")
                text = "ownerOf(unit.caller)"
            members.append(ts.entry(field.names.column, text))
        elif model.HasField("states") and field.id == model.states.field_id:
            members.append(ts.entry(field.names.column, ts.string(model.states.initial)))
        elif field.HasField("init") and not follows_row(model, field):
            members.append(ts.entry(field.names.column, value(body, field.init, field)))
    return members


def object_text(members: Sequence[str]) -> str:
    """An object literal: on one line what is read at one glance."""
    one_line = f"{{ {', '.join(members)} }}"
    if len(members) <= 2 and len(one_line) < 80:  # what is read at one glance
        return one_line
    return "{\n" + "".join(f"  {member},\n" for member in members) + "}"


def duration_seconds(text: str) -> int:
    """Seconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds."""
    units = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([WDHMS])", text))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]
