"""Steps of actions, subscribers and clocks as statements on a unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_sdk.expressions import (
    NotCompilable,
    Parameter,
    ParameterKind,
    SqlFragment,
    TypeScriptNames,
    to_sql,
    to_typescript,
)

# Native calls of steps: module and function → file and function of the blueprint.
CALLS = {("auth", "open_session"): ("auth/tokens.ts", "openSession")}


@dataclass
class Body:
    """Where statements stand: what `this` is, which names are known, and what has been imported."""

    application: Application
    imports: ts.Imports
    model: m.Model | None = None
    row: str = ""
    """Variable that holds the row in hand; empty where there is none or where its model is not known."""
    variables: dict[str, str] = field(default_factory=dict)
    """Names that steps made, and the code for each."""
    event: bool = False
    """Whether this follows an event, so that `event` and the row of unknown model can be read."""

    def names(self) -> TypeScriptNames:
        """How expressions read what is known here."""
        return TypeScriptNames(
            this=self.row or "row",
            this_id="event.rowId" if self.event and not self.row else f"{self.row or 'row'}.id",
            this_model="event.model" if self.event else "",
            this_title="event.title" if self.event else "",
            actor_id="unit.caller.userId",
            session_id="unit.caller.sessionId",
            signed_in="unit.caller.signedIn",
            now="unit.now",
            can=lambda permission: f"unit.caller.can({ts.string(permission)})",
            setting=self._setting,
            request=lambda member: {"id": "unit.origin.correlation", "ip": "unit.origin.address"}.get(
                member, "unit.origin.userAgent"
            ),
            event=lambda member: f"event.{member}",
            variables=self.variables,
        )

    def _setting(self, setting: object) -> str:
        key = str(getattr(setting, "key", ""))
        feature = self.application.index.settings[key].feature
        self.imports.add(f"{self.application.folder(feature)}/settings.ts", "settings")
        return f"settings[{ts.string(key)}]"


def statements(body: Body, steps: Sequence[o.Step]) -> list[str]:
    """The lines of a list of steps, not indented."""
    return [line for step in steps for line in _step(body, step)]


def value(body: Body, expression: e.Expression, target: m.Field | None = None) -> str:
    """Code that gives an expression's value: from memory where possible, else asked of the database."""
    simple = _identity(body, expression)
    if simple:
        return simple
    try:
        fragment = to_typescript(expression, body.application.index, body.names())
    except NotCompilable:
        return _asked(body, expression)
    for helper in fragment.helpers:
        body.imports.add("src/shared/values.ts", helper)
    if target is not None and target.type.kind == m.FIELD_KIND_PASSWORD:
        helper = body.imports.add(f"{body.application.folder('authentication')}/auth/index.ts", "hashPassword")
        return f"await {helper}({fragment.text})"
    title = expression.root.WhichOneof("kind") == "call" and expression.root.call.function == e.FUNCTION_DISPLAY
    if title and target is not None and target.type.HasField("max_length"):
        return f"{fragment.text}?.slice(0, {target.type.max_length}) ?? null"
    return fragment.text


def _identity(body: Body, expression: e.Expression) -> str:
    """The id of a row that stands by itself: the actor, the session, the row in hand, or what a step made."""
    root = expression.root
    if root.type.kind != e.VALUE_KIND_ROW or root.WhichOneof("kind") != "name":
        return ""
    name = root.name
    if name.WhichOneof("name") == "variable":
        return f"{body.variables[name.variable]}.id"
    return {
        e.ROOT_ACTOR: "unit.caller.userId",
        e.ROOT_SESSION: "unit.caller.sessionId",
        e.ROOT_THIS: f"{body.row}.id" if body.row else "event.rowId",
    }.get(name.root, "")


def _asked(body: Body, expression: e.Expression) -> str:
    model_id = body.model.id if body.model else ""
    fragment = to_sql(expression, body.application.index, model_id=model_id, this="this" if body.row else None)
    return f"await unit.value({', '.join([ts.sql_string(fragment.text), *_context(body, fragment)])})"


def _context(body: Body, fragment: SqlFragment) -> list[str]:
    """Further arguments of a statement: the row it calls `this`, and the values it names beyond those of every unit."""
    names = []
    for parameter in fragment.parameters:
        code = _bound(body, parameter)
        if code:
            names.append(f"{parameter.name}: {code}")
    row = body.row if body.row and "this." in fragment.text else ""
    if names:
        return [row or "undefined", f"{{ {', '.join(names)} }}"]
    return [row] if row else []


def _bound(body: Body, parameter: Parameter) -> str:
    if parameter.kind is ParameterKind.INPUT:
        return ".".join(("input", *parameter.path))
    if parameter.kind is ParameterKind.VARIABLE:
        name, *rest = parameter.path
        return ".".join((body.variables.get(name, name), *(rest or ["id"])))
    if parameter.kind in (ParameterKind.EVENT, ParameterKind.APP, ParameterKind.VISITOR):
        raise NotCompilable(f"a statement names {'.'.join((parameter.kind.value, *parameter.path))}")
    return ""


def _step(body: Body, step: o.Step) -> list[str]:
    kind = step.WhichOneof("kind")
    if step.HasField("each") and kind != "create":
        raise NotCompilable(f"`each` on a step `{kind}` is not compiled by this handler yet")
    if kind == "set":
        return [f"await unit.set({body.row}, {_object(body, body.model, step.set.assignments)});"]
    if kind == "create":
        lines = _create(body, step)
    elif kind == "update":
        lines = _each_row(body, step.update.rows, step.update.assignments)
    elif kind == "delete":
        lines = _delete(body, step.delete.rows)
    elif kind == "require":
        condition = value(body, step.require.condition)
        return [f"unit.require({condition}, {ts.string(step.require.message)});"]
    elif kind == "call":
        lines = _call(body, step)
    else:
        raise NotCompilable(f"a step `{kind}` is not compiled by this handler yet")
    if not step.HasField("if"):
        return lines
    return [f"if ({value(body, getattr(step, 'if'))}) {{", *(f"  {line}" for line in lines), "}"]


def _create(body: Body, step: o.Step) -> list[str]:
    model = body.application.model(step.create.model_id)
    class_name = body.application.import_model(body.imports, model)
    if step.HasField("each"):
        raise NotCompilable("`each` on a step `create` is not compiled by this handler yet")
    # What a selector writes is matched by no selector: its rows are written without an event.
    verb = "insert" if body.event and not body.row else "create"
    text = f"await unit.{verb}({class_name}, {_object(body, model, step.create.assignments)});"
    # `as` is a keyword of Python, not of protobuf.
    name = str(getattr(step, "as"))
    if not name:
        return text.splitlines()
    body.variables[name] = name
    return f"const {name} = {text}".splitlines()


def _each_row(body: Body, rows: e.Expression, assignments: Sequence[o.Assignment]) -> list[str]:
    model = body.application.model(rows.root.type.model_ids[0])
    item = model.names.variable
    class_name = body.application.import_model(body.imports, model)
    inner = Body(body.application, body.imports, model, item, dict(body.variables), body.event)
    changes = _object(inner, model, assignments)
    return [
        *_loop(body, rows, item, class_name),
        *(f"  {line}" for line in f"await unit.update({item}, {changes});".splitlines()),
        "}",
    ]


def _delete(body: Body, rows: e.Expression) -> list[str]:
    if rows.root.type.kind == e.VALUE_KIND_ROW:
        if rows.root.WhichOneof("kind") == "name" and rows.root.name.root == e.ROOT_THIS:
            return [f"await unit.remove({body.row});"]
        raise NotCompilable(f"deleting {rows.source!r} is not compiled by this handler yet")
    model = body.application.model(rows.root.type.model_ids[0])
    class_name = body.application.import_model(body.imports, model)
    item = model.names.variable
    return [*_loop(body, rows, item, class_name), f"  await unit.remove({item});", "}"]


def _loop(body: Body, rows: e.Expression, item: str, class_name: str) -> list[str]:
    model_id = body.model.id if body.model else ""
    fragment = to_sql(rows, body.application.index, model_id=model_id, this="this" if body.row else None)
    arguments = [class_name, ts.sql_string(fragment.text), *_context(body, fragment)]
    source = f"unit.find({', '.join(arguments)})"
    if len(source) + len(item) < ts.WIDTH - 30 and "\n" not in source:
        return [f"for (const {item} of await {source}) {{"]
    found = model_rows(item)
    lines = [f"const {found} = await unit.find("]
    lines += [f"  {line}" for argument in arguments for line in f"{argument},".splitlines()]
    return [*lines, ");", f"for (const {item} of {found}) {{"]


def model_rows(item: str) -> str:
    """Name for the rows of a loop whose variable is `item`."""
    return f"{item}Rows"


def _call(body: Body, step: o.Step) -> list[str]:
    found = CALLS.get((step.call.module, step.call.function))
    if not found:
        raise NotCompilable(f"the native call {step.call.module}.{step.call.function} is not there in this stack")
    file, function = found
    body.imports.add(f"{body.application.folder('authentication')}/{file}", function)
    members = []
    for assignment in getattr(step.call, "with"):
        root = assignment.value.root
        known = root.WhichOneof("kind") == "name" and root.name.WhichOneof("name") == "variable"
        text = body.variables[root.name.variable] if known else value(body, assignment.value)
        members.append(ts.entry(assignment.member, text))
    text = f"await {function}(unit, {{ {', '.join(members)} }});"
    name = str(getattr(step, "as"))
    if not name:
        return [text]
    body.variables[name] = name
    return [f"const {name} = {text}"]


def _object(body: Body, model: m.Model | None, assignments: Sequence[o.Assignment]) -> str:
    if model is None:
        raise NotCompilable("a step sets fields of a row whose model is not known")
    fields = {found.id: found for found in model.fields}
    members = []
    for assignment in assignments:
        target = fields[assignment.field_id]
        members.append(ts.entry(target.names.column, value(body, assignment.value, target)))
    one_line = f"{{ {', '.join(members)} }}"
    if len(members) <= 2 and len(one_line) < 80:  # what is read at one glance
        return one_line
    return "{\n" + "".join(f"  {member},\n" for member in members) + "}"
