"""Where statements stand, and the code that gives the value of an expression there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
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
    walk,
)
from stackwright_sdk.expressions.index import type_column

_ACTOR = "unit.caller.userId"

# What the driver gives for a value of each kind.
_TYPES = {
    e.VALUE_KIND_BOOL: "boolean",
    e.VALUE_KIND_INT: "number",
    e.VALUE_KIND_DECIMAL: "string",
    e.VALUE_KIND_STRING: "string",
    e.VALUE_KIND_UUID: "string",
    e.VALUE_KIND_DATE: "string",
    e.VALUE_KIND_TIME: "string",
    e.VALUE_KIND_TIMESTAMP: "Date",
    e.VALUE_KIND_DURATION: "string",
    e.VALUE_KIND_ROW: "string",
}


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

    nameless: bool = False
    """Whether the event belongs to no row: what it is about stands in `about`."""

    def inner(self, **variables: str) -> "Body":
        """The same place with more names."""
        return replace(self, variables={**self.variables, **variables})

    def names(self) -> TypeScriptNames:
        """How expressions read what is known here."""
        return TypeScriptNames(
            this=self.row or "row",
            old="event.before?",
            input=self._input,
            this_id="event.rowId" if self.event and not self.row else f"{self.row or 'row'}.id",
            this_model="event.model" if self.event else "",
            this_title="event.title" if self.event else "",
            actor_id=_ACTOR,
            session_id="unit.caller.sessionId",
            signed_in="unit.caller.signedIn",
            now="unit.now",
            can=lambda permission: f"unit.caller.{self._can}({ts.string(permission)})",
            setting=lambda setting: f"settings[{ts.string(setting.key)}]",
            request=lambda member: {"id": "unit.origin.correlation", "ip": "unit.origin.address"}.get(
                member, "unit.origin.userAgent"
            ),
            event=lambda member: f"event.{member}",
            variables=self.variables,
        )

    @property
    def _can(self) -> str:
        """In expressions of rows of an organization, a role there counts too."""
        tenanted = self.model is not None and self.application.index.is_tenanted(self.model)
        return "canHere" if tenanted else "can"

    def _input(self, path: tuple[str, ...]) -> str:
        return ".".join(("about" if self.nameless else "input", *path))


def value(body: Body, expression: e.Expression, target: m.Field | None = None) -> str:
    """Code that gives an expression's value: from memory where possible, else asked of the database."""
    simple = _identity(body, expression)
    if simple == _ACTOR and target is not None and not target.optional:
        body.imports.add("src/shared/policy/caller.ts", "ownerOf")
        return "ownerOf(unit.caller)"
    if simple:
        return simple
    secret = _secret(body, expression)
    if secret:
        return secret
    if _reads_caller(expression):
        return asked(body, expression, target)
    try:
        fragment = to_typescript(expression, body.application.index, body.names())
    except NotCompilable:
        return asked(body, expression, target)
    for helper in fragment.helpers:
        body.imports.add("src/shared/values.ts", helper)
    for key in fragment.settings:
        feature = body.application.index.settings[key].feature
        body.imports.add(f"{body.application.folder(feature)}/settings.ts", "settings")
    if target is not None and target.type.kind == m.FIELD_KIND_PASSWORD:
        helper = body.imports.add(f"{body.application.folder('authentication')}/auth/index.ts", "hashPassword")
        return f"await {helper}({fragment.text})"
    if target is not None and expression.root.type.kind != e.VALUE_KIND_ROW and _ACTOR in fragment.text:
        # What is computed of the caller needs somebody who is known.
        body.imports.add("src/shared/policy/caller.ts", "ownerOf")
        return fragment.text.replace(_ACTOR, "ownerOf(unit.caller)")
    title = expression.root.WhichOneof("kind") == "call" and expression.root.call.function == e.FUNCTION_DISPLAY
    if title and target is not None and target.type.HasField("max_length"):
        return f"{fragment.text}?.slice(0, {target.type.max_length}) ?? null"
    return fragment.text


def _secret(body: Body, expression: e.Expression) -> str:
    """The secret of a token, which is known in the transaction that issued it."""
    root = expression.root
    if root.WhichOneof("kind") != "select" or not root.select.field_id:
        return ""
    if body.application.index.field(root.select.field_id).type.kind != m.FIELD_KIND_TOKEN:
        return ""
    name = root.select.operand.name
    row = body.variables[name.variable] if name.WhichOneof("name") == "variable" else body.row
    return f"unit.tokenOf({row})"


def _reads_caller(expression: e.Expression) -> bool:
    """Whether the expression reads a member of the caller's own row, which is not in memory."""
    return any(
        node.WhichOneof("kind") == "select"
        and node.select.member != "id"
        and node.select.operand.WhichOneof("kind") == "name"
        and node.select.operand.name.root in (e.ROOT_ACTOR, e.ROOT_SESSION)
        for node in walk(expression)
    )


def _identity(body: Body, expression: e.Expression) -> str:
    """The id of a row that stands by itself: the actor, the session, the row in hand, or what a step made."""
    root = expression.root
    if root.type.kind != e.VALUE_KIND_ROW or root.WhichOneof("kind") != "name":
        return ""
    name = root.name
    if name.WhichOneof("name") == "variable":
        return f"{body.variables[name.variable]}.id"
    return {
        e.ROOT_ACTOR: _ACTOR,
        e.ROOT_SESSION: "unit.caller.sessionId",
        e.ROOT_THIS: f"{body.row}.id" if body.row else "event.rowId",
    }.get(name.root, "")


def asked(body: Body, expression: e.Expression, target: m.Field | None = None) -> str:
    """Code that asks the database for an expression's value; what a required field takes is never null when stored."""
    model_id = body.model.id if body.model else ""
    fragment = to_sql(expression, body.application.index, model_id=model_id, this="this" if body.row else None)
    # A whole number may be a bigint, which the driver gives as text.
    sql = f"({fragment.text})::float8" if expression.root.type.kind == e.VALUE_KIND_INT else fragment.text
    kind = _TYPES.get(expression.root.type.kind, "")
    nullable = expression.root.type.nullable and (target is None or target.optional)
    typed = f"<{kind} | null>" if kind and nullable else f"<{kind}>" if kind else ""
    return f"await unit.value{typed}({', '.join([ts.sql_string(sql), *context(body, fragment)])})"


def context(body: Body, fragment: SqlFragment) -> list[str]:
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
        given = ".".join(("about" if body.nameless else "input", *parameter.path))
        return f"JSON.stringify({given})" if parameter.sql_type in ("json", "jsonb") else given
    if parameter.kind is ParameterKind.VARIABLE:
        name, *rest = parameter.path
        return ".".join((body.variables.get(name, name), *(rest or ["id"])))
    if parameter.kind in (ParameterKind.EVENT, ParameterKind.APP, ParameterKind.VISITOR):
        raise NotCompilable(f"a statement names {'.'.join((parameter.kind.value, *parameter.path))}")
    return ""


def pointer(body: Body, expression: e.Expression) -> tuple[str, str]:
    """Code for the model and the id of one row, as an `any` field holds it."""
    root = expression.root
    kind = root.WhichOneof("kind")
    if root.type.kind == e.VALUE_KIND_NULL:
        return "null", "null"
    if len(root.type.model_ids) == 1:
        return ts.string(body.application.model(root.type.model_ids[0]).name), value(body, expression)
    if kind == "name" and root.name.root == e.ROOT_THIS:
        return "event.model", "event.rowId"
    if kind != "select":
        raise NotCompilable(f"{expression.source!r} is a row of several models, which is not compiled here yet")
    operand = root.select.operand
    if operand.WhichOneof("kind") == "name" and operand.name.root == e.ROOT_INPUT:
        given = f"input.{root.select.member}"
        return f"{given} && {given}.type", f"{given} && {given}.id"
    if operand.WhichOneof("kind") == "name" and operand.name.root == e.ROOT_THIS and body.row:
        found = body.application.index.field(root.select.field_id)
        return f"{body.row}.{type_column(found)}", f"{body.row}.{found.names.column}"
    raise NotCompilable(f"{expression.source!r} is a row of several models, which is not compiled here yet")


def ids(body: Body, rows: e.Expression) -> str:
    """Code for the ids of a set of rows, or of one that may be missing, as an array."""
    if rows.root.type.kind == e.VALUE_KIND_ROW:
        return f"[{value(body, rows)}]"
    model_id = body.model.id if body.model else ""
    fragment = to_sql(rows, body.application.index, model_id=model_id, this="this" if body.row else None)
    return f"await unit.ids({', '.join([ts.sql_string(fragment.text), *context(body, fragment)])})"


def template(body: Body, parts: Sequence[c.TemplatePart]) -> str:
    """Text with places for expressions as a template literal."""
    texts = []
    for part in parts:
        if part.WhichOneof("part") == "text":
            texts.append(part.text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${").replace("\n", "\\n"))
        else:
            texts.append(f"${{{value(body, part.expression)}}}")
    return f"`{''.join(texts)}`"
