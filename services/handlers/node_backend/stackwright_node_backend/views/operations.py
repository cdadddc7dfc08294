"""Operations: each endpoint as one constant, built by a function of the base."""

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.rules import caller_rule, created_rules, guards
from stackwright_node_backend.views.schema import input_constant
from stackwright_node_backend.views.steps import Body, statements, value
from stackwright_sdk.expressions import NotCompilable

_BASE = "src/shared/actions/operation.ts"
_CALLER = "src/shared/policy/caller.ts"
_READERS = {
    o.OPERATION_KIND_LIST: "listOperation",
    o.OPERATION_KIND_CHOICES: "choicesOperation",
    o.OPERATION_KIND_READ: "readOperation",
}
_EVENTS = {o.OPERATION_KIND_UPDATE: "updated", o.OPERATION_KIND_RESTORE: "restored"}

# Native operations: file and function of the blueprint, and whether it is a query. The base has those of `observe`.
NATIVE = {
    ("auth", "login"): ("auth/login.ts", "login", False),
    ("auth", "refresh"): ("auth/refresh.ts", "refresh", False),
    ("openapi", "document"): ("openapi/document.ts", "openapiDocument", True),
}
SERVED_BY_BASE = frozenset({("observe", "live"), ("observe", "ready")})

# What happens to the refresh cookie of a browser after these.
_COOKIES = {
    "register": "transportTokens",
    "login": "transportTokens",
    "refresh": "transportTokens",
    "logout": "clearTokens",
}


@dataclass(frozen=True)
class OperationView:
    """One constant: the function that builds it, its options, and the body of `run`."""

    function: str
    builder: str
    options: list[str]
    run: str
    """Head of the method, such as `async run(unit, input)`; empty where there is none."""
    body: list[str]


@dataclass(frozen=True)
class OperationsView:
    """A file `operations.ts`."""

    imports: list[str]
    joins: list[str]
    operations: list[OperationView]


def is_emitted(operation: o.Operation) -> bool:
    """Whether the operation's code is compiled; the others are routes of the base."""
    return (operation.native.module, operation.native.operation) not in SERVED_BY_BASE


def operations_view(application: Application, operations: Sequence[o.Operation], path: str) -> OperationsView:
    """The view of operations that share a file."""
    writer = _Writer(application, ts.Imports(path))
    views = [writer.view(operation) for operation in operations]
    return OperationsView(writer.imports.lines(), list(writer.joins), views)


class _Writer:
    def __init__(self, application: Application, imports: ts.Imports) -> None:
        self.application = application
        self.imports = imports
        self.joins: dict[str, None] = {}

    def view(self, operation: o.Operation) -> OperationView:
        model = self.application.model(operation.model_id) if operation.model_id else None
        if operation.HasField("native"):
            return self._native(operation)
        if model is not None and operation.kind in _READERS:
            return self._built(operation, _READERS[operation.kind], [self._source(model)])
        if model is not None and operation.kind == o.OPERATION_KIND_CREATE:
            return self._create(operation, model)
        if model is not None and operation.kind == o.OPERATION_KIND_DELETE:
            return self._delete(operation, model)
        if model is not None and (operation.kind in _EVENTS or self._on_row(operation)):
            return self._row(operation, model)
        if operation.kind == o.OPERATION_KIND_ACTION:
            return self._action(operation)
        raise NotCompilable(f"{operation.id}: an operation of this kind is not compiled by this handler yet")

    def _built(
        self, operation: o.Operation, builder: str, options: list[str], run: str = "", body: Sequence[str] = ()
    ) -> OperationView:
        self.imports.add(_BASE, builder)
        head = [f"name: {ts.string(operation.names.call)}", *options]
        if operation.HasField("rate"):
            head.append(f"rate: {{ count: {operation.rate.count}, seconds: {operation.rate.per.seconds} }}")
        rule = caller_rule(self.application, operation, self.imports)
        if rule:
            head.append(f"by: {rule}")
        if operation.inputs:
            constant = input_constant(operation)
            head.append(ts.entry("input", self.imports.add(self._schema(operation), constant)))
        if operation.idempotent_required:
            head.append("idempotencyRequired: true")
        return OperationView(operation.names.function, builder, head, run, list(body))

    def _schema(self, operation: o.Operation) -> str:
        if operation.model_id:
            return f"{self.application.model_folder(self.application.model(operation.model_id))}/schema.ts"
        return f"{self.application.folder(operation.feature)}/schema.ts"

    def _source(self, model: m.Model) -> str:
        return ts.entry("source", self.application.import_source(self.imports, model))

    def _model(self, model: m.Model) -> str:
        return ts.entry("model", self.application.import_model(self.imports, model))

    def _on_row(self, operation: o.Operation) -> bool:
        return operation.kind == o.OPERATION_KIND_ACTION and operation.scope == o.OPERATION_SCOPE_ROW

    # -- writing rows

    def _create(self, operation: o.Operation, model: m.Model) -> OperationView:
        class_name = self.application.import_model(self.imports, model)
        links = [field for field in operation.inputs if field.type.kind == m.FIELD_KIND_LINKS]
        body = Body(self.application, self.imports, model, "row")
        lines = self._checks(operation, model)
        inserted = f"await unit.insert({class_name}, {_members(self._values(operation, model, body, create=True))});"
        steps = [*self._links(links), *statements(body, operation.steps)]
        if steps:
            lines += [*f"const row = {inserted}".splitlines(), *steps, "return row;"]
        else:
            lines += f"return {inserted.removeprefix('await ')}".splitlines()
        options = [self._source(model), f"path: {ts.string(operation.path)}", *self._guards(model, operation)]
        return self._built(operation, "createOperation", options, "async run(unit, input)", lines)

    def _row(self, operation: o.Operation, model: m.Model) -> OperationView:
        body = Body(self.application, self.imports, model, "row")
        update = operation.kind == o.OPERATION_KIND_UPDATE
        lines = self._checks(operation, model) if update else []
        if update:
            values = self._values(operation, model, body, create=False)
            if values:
                lines += f"await unit.set(row, {_members(values)});".splitlines()
            lines += self._links([field for field in operation.inputs if field.type.kind == m.FIELD_KIND_LINKS])
        if operation.kind == o.OPERATION_KIND_RESTORE:
            lines.append("await unit.set(row, { deleted_at: null });")
        if operation.to_state:
            column = self.application.index.field(model.states.field_id).names.column
            lines.append(f"await unit.set(row, {{ {column}: {ts.string(operation.to_state)} }});")
        lines += statements(body, operation.steps)
        if operation.returns:
            lines.append(f"return {self._returns(operation, body)};")
        event = _EVENTS.get(operation.kind, operation.name)
        options = [
            self._source(model),
            self._model(model),
            f"rule: {ts.string(operation.name)}",
            f"event: {ts.string(event)}",
        ]
        options += ["deleted: true"] if operation.kind == o.OPERATION_KIND_RESTORE else []
        options += self._guards(model, operation) if update else []
        head = "async run(unit, row, input)" if operation.inputs else "async run(unit, row)"
        return self._built(operation, "rowOperation", options, head, lines)

    def _delete(self, operation: o.Operation, model: m.Model) -> OperationView:
        body = Body(self.application, self.imports, model, "row")
        lines = statements(body, operation.steps)
        head = "async run(unit, row)" if lines else ""
        return self._built(operation, "deleteOperation", [self._source(model), self._model(model)], head, lines)

    def _checks(self, operation: o.Operation, model: m.Model) -> list[str]:
        """Who may write a field, and what it may refer to."""
        lines = []
        body = Body(self.application, self.imports, model, "")
        allowed = [f"{field.name}: {value(body, field.write)}" for field in operation.inputs if field.HasField("write")]
        if allowed:
            self.imports.add(_CALLER, "permitted")
            lines.append(f"permitted(unit.caller, {{ {', '.join(allowed)} }}, input);")
        references = [
            f"{field.name}: input.{field.name}"
            for field in operation.inputs
            if field.type.kind in (m.FIELD_KIND_REF, m.FIELD_KIND_LINKS)
        ]
        if references:
            source = self.application.import_source(self.imports, model)
            lines.append(f"await unit.refer({source}, {{ {', '.join(references)} }});")
        return lines

    def _values(self, operation: o.Operation, model: m.Model, body: Body, *, create: bool) -> list[str]:
        given = {field.id: field for field in operation.inputs}
        members = []
        for field in self.application.columns(model):
            text = self._given(field, create=create) if field.id in given else ""
            if create and field.HasField("init"):
                start = value(body, field.init, field)
                text = f"{text} ?? {start}" if text else start
            elif create and not text:
                text = self._implied(field, model)
            if text:
                members.append(ts.entry(field.names.column, text))
        return members

    def _given(self, field: m.Field, *, create: bool) -> str:
        text = f"input.{field.names.json or field.name}"
        if field.type.kind == m.FIELD_KIND_TIMESTAMP:
            self.imports.add("src/shared/validate.ts", "moment")
            return f"moment({text})"
        if field.type.kind != m.FIELD_KIND_PASSWORD:
            return text
        always = create and not field.optional
        helper = "hashPassword" if always else "optionalPassword"
        self.imports.add(f"{self.application.folder('authentication')}/auth/index.ts", helper)
        return f"await {helper}({text})"

    def _implied(self, field: m.Field, model: m.Model) -> str:
        if model.HasField("owner") and field.id == model.owner.field_id:
            if model.owner.optional:
                return "unit.caller.userId"
            self.imports.add(_CALLER, "ownerOf")
            return "ownerOf(unit.caller)"
        if model.HasField("states") and field.id == model.states.field_id:
            return ts.string(model.states.initial)
        return ""

    def _links(self, fields: Sequence[m.Field]) -> list[str]:
        lines = []
        for field in fields:
            join = self.application.index.join_table(field)
            table = f"table: {ts.string(join.table)}, near: {ts.string(join.near)}, far: {ts.string(join.far)}"
            self.joins[f"const {field.name}Join = {{ {table} }};"] = None
            lines.append(f"await unit.link(row, {ts.string(field.name)}, {field.name}Join, input.{field.name});")
        return lines

    def _guards(self, model: m.Model, operation: o.Operation) -> list[str]:
        create = operation.kind == o.OPERATION_KIND_CREATE
        scopes = created_rules(self.application, model, operation) if create else []
        texts = [
            f"{{ sql: {ts.sql_string(found.sql)}, message: {ts.string(found.message)}, status: 403 }}"
            for found in scopes
        ]
        texts += [
            f"{{ sql: {ts.sql_string(found.sql)}, message: {ts.string(found.message)} }}"
            for found in guards(self.application, model)
        ]
        return [f"guards: [{', '.join(texts)}]"] if texts else []

    # -- actions of no row

    def _action(self, operation: o.Operation) -> OperationView:
        asks = operation.query or operation.method == o.HTTP_METHOD_GET
        context = "{ services, caller }" if asks else "unit"
        body = Body(self.application, self.imports)
        for condition in operation.conditions:
            raise NotCompilable(f"{operation.id}: a condition ({condition.condition.source}) on an action of no row")
        lines = statements(body, operation.steps)
        if asks:
            if lines:
                raise NotCompilable(f"{operation.id}: a query has steps")
            lines = [f"return {self._answer_of_query(operation)};"]
            context = "invocation"
        elif operation.returns:
            lines.append(f"return {self._returns(operation, body)};")
        options = []
        cookie = _COOKIES.get(operation.names.call) if operation.feature == "authentication" else None
        if any(step.WhichOneof("kind") == "call" and step.call.module == "auth" for step in operation.steps):
            options.append("secretAnswer: true")
        if cookie:
            options.append(f"after: {self.imports.add(self._auth('transport.ts'), cookie)}")
        head = f"async run({context}, input)" if operation.inputs else f"async run({context})"
        return self._built(operation, "query" if asks else "action", options, head, lines)

    def _native(self, operation: o.Operation) -> OperationView:
        call = (operation.native.module, operation.native.operation)
        if call not in NATIVE:
            raise NotCompilable(f"{operation.id}: the native operation {'.'.join(call)} is not there in this stack")
        file, function, asks = NATIVE[call]
        module = f"{self.application.folder(operation.feature)}/{file}"
        if asks:
            self.imports.add(module, function)
            return self._built(operation, "query", [], f"run: () => {function}()")
        alias = f"{operation.native.module}{function[0].upper()}{function[1:]}"
        self.imports.add(module, f"{function} as {alias}")
        names = [field.name for field in operation.returns]
        lines = [f"const {{ {', '.join(names)} }} = await {alias}(invocation, input);"]
        answers = []
        for field in operation.returns:
            if field.type.kind == m.FIELD_KIND_REF:
                source = self.application.import_source(self.imports, self.application.model(field.type.targets[0]))
                self.imports.add(_BASE, "shown")
                answers.append(f"{field.name}: await shown(invocation, {source}, {field.name}.id)")
            else:
                answers.append(field.name)
        lines.append(f"return {{ {', '.join(answers)} }};")
        cookie = _COOKIES.get(operation.names.call)
        options = [f"after: {self.imports.add(self._auth('transport.ts'), cookie)}"] if cookie else []
        return self._built(operation, "nativeAction", options, "async run(invocation, input)", lines)

    def _auth(self, file: str) -> str:
        return f"{self.application.folder('authentication')}/auth/{file}"

    def _returns(self, operation: o.Operation, body: Body) -> str:
        members = []
        for field in operation.returns:
            expression = field.returns
            root = expression.root
            if field.type.kind == m.FIELD_KIND_REF:
                source = self.application.import_source(self.imports, self.application.model(field.type.targets[0]))
                if root.WhichOneof("kind") != "name" or root.name.WhichOneof("name") != "variable":
                    raise NotCompilable(f"{field.id}: an answer shows a row that no step made: {expression.source!r}")
                members.append(f"{field.name}: await unit.show({source}, {body.variables[root.name.variable]})")
            elif root.WhichOneof("kind") == "name" and root.name.WhichOneof("name") == "variable":
                members.append(ts.entry(field.name, body.variables[root.name.variable]))
            else:
                members.append(ts.entry(field.name, value(body, expression)))
        return f"{{ {', '.join(members)} }}"

    def _answer_of_query(self, operation: o.Operation) -> str:
        members = []
        tells_caller = False
        for field in operation.returns:
            root = field.returns.root
            if root.WhichOneof("kind") != "name" or root.name.root != e.ROOT_ACTOR:
                raise NotCompilable(f"{field.id}: a query answers {field.returns.source!r}, which is not compiled yet")
            source = self.application.import_source(self.imports, self.application.model(field.type.targets[0]))
            self.imports.add(_BASE, "shown")
            self.imports.add(_CALLER, "ownerOf")
            members.append(f"{field.name}: await shown(invocation, {source}, ownerOf(invocation.caller))")
            tells_caller = True
        if tells_caller:
            # A page shows only what its visitor may do, so it has to be told.
            members.append("permissions: [...invocation.caller.permissions]")
        return f"{{ {', '.join(members)} }}"


def _members(members: Sequence[str]) -> str:
    one_line = f"{{ {', '.join(members)} }}"
    if len(members) <= 2 and len(one_line) < 80:  # what is read at one glance
        return one_line
    return "{\n" + "".join(f"  {member},\n" for member in members) + "}"
