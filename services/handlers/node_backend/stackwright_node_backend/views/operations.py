"""Operations: each endpoint as one constant, built by a function of the base."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.natives import NATIVE, Native
from stackwright_node_backend.views.parts import part_lines, parts_constant, replacing_lines
from stackwright_node_backend.views.queries import query_members
from stackwright_node_backend.views.rules import caller_rule, conditions_text, created_rules, guards
from stackwright_node_backend.views.schema import input_constant, is_content
from stackwright_node_backend.views.scope import is_pointing, reference_text, reference_view, references_of
from stackwright_node_backend.views.single import absent_text, at_text, key_fields
from stackwright_node_backend.views.steps import object_text, statements
from stackwright_sdk.expressions import NotCompilable
from stackwright_sdk.expressions.index import type_column

_BASE = "src/shared/actions/operation.ts"
_SINGLE = "src/shared/actions/single.ts"
_STORAGE = "src/shared/storage/index.ts"
_MODULES = {
    "readSingleOperation": _SINGLE,
    "putOperation": _SINGLE,
    "deleteSingleOperation": _SINGLE,
    "tokenOperation": "src/shared/actions/token.ts",
    "signalOperation": "src/shared/actions/signal.ts",
    "fileAction": _STORAGE,
    "fileRowAction": _STORAGE,
    "fileAnswer": _STORAGE,
}
_CALLER = "src/shared/policy/caller.ts"
_READERS = {
    o.OPERATION_KIND_LIST: "listOperation",
    o.OPERATION_KIND_CHOICES: "choicesOperation",
    o.OPERATION_KIND_READ: "readOperation",
}
_EVENTS = {o.OPERATION_KIND_UPDATE: "updated", o.OPERATION_KIND_RESTORE: "restored"}

_SINGLES = frozenset({o.OPERATION_KIND_READ, o.OPERATION_KIND_PUT, o.OPERATION_KIND_DELETE})

SERVED_BY_BASE = frozenset({("observe", "live"), ("observe", "ready")})

_NOT_NOW = "This is not possible now."

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
        if model is not None and model.kind == m.MODEL_KIND_SINGLE and operation.kind in _SINGLES:
            return self._single(operation, model)
        if model is not None and operation.kind in _READERS:
            return self._built(operation, _READERS[operation.kind], [self._source(model)])
        if model is not None and operation.kind == o.OPERATION_KIND_CREATE:
            return self._create(operation, model)
        if model is not None and operation.kind == o.OPERATION_KIND_DELETE:
            return self._delete(operation, model)
        if model is not None and operation.scope == o.OPERATION_SCOPE_TOKEN:
            return self._token(operation, model)
        if model is not None and (operation.kind in _EVENTS or self._on_row(operation)):
            return self._row(operation, model)
        if operation.kind == o.OPERATION_KIND_ACTION:
            return self._action(operation)
        raise NotCompilable(f"{operation.id}: an operation of this kind is not compiled by this handler yet")

    def _built(
        self, operation: o.Operation, builder: str, options: list[str], run: str = "", body: Sequence[str] = ()
    ) -> OperationView:
        self.imports.add(_MODULES.get(builder, _BASE), builder)
        head = [f"name: {ts.string(operation.names.call)}", *options]
        if operation.HasField("rate"):
            head.append(f"rate: {{ count: {operation.rate.count}, seconds: {operation.rate.per.seconds} }}")
        rule = caller_rule(self.application, operation, self.imports)
        if rule:
            head.append(f"by: {rule}")
        if any(not is_content(field) for field in operation.inputs):
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
        values = self._values(operation, model, body, create=True)
        parent = next(iter(re.findall(r"\{(\w+)\}", operation.path)), "")
        if parent:
            values.insert(0, f"{parent}: parent")
        inserted = f"await unit.insert({class_name}, {object_text(values)});"
        parts = [line for field in operation.inputs for line in part_lines(self.application, self.imports, field)]
        steps = [*self._links(links), *parts, *statements(body, operation.steps)]
        if steps:
            lines += [*f"const row = {inserted}".splitlines(), *steps, "return row;"]
        else:
            lines += f"return {inserted.removeprefix('await ')}".splitlines()
        options = [self._source(model), f"path: {ts.string(self._collection(operation, model))}"]
        options += [f"within: {ts.string(parent)}"] if parent else []
        options += self._guards(model, operation)
        head = "async run(unit, input, parent)" if parent else "async run(unit, input)"
        return self._built(operation, "createOperation", options, head, lines)

    def _collection(self, operation: o.Operation, model: m.Model) -> str:
        """Address of the collection in which a new row stands: the flat one, where rows have two."""
        reads = [
            found
            for found in self.application.contract.operations
            if found.model_id == model.id and found.kind == o.OPERATION_KIND_READ
        ]
        flat = [path for found in reads for path in (found.path, *found.alternative_paths) if path.count("{") == 1]
        return flat[0].removesuffix("/{id}") if flat else operation.path

    def _single(self, operation: o.Operation, model: m.Model) -> OperationView:
        keys = key_fields(self.application, model)
        options = [self._source(model)]
        if operation.kind == o.OPERATION_KIND_PUT:
            body = Body(self.application, self.imports, model, "row")
            class_name = self.application.import_model(self.imports, model)
            columns = ", ".join(ts.string(field.names.column) for field in keys)
            values = object_text(self._values(operation, model, body, create=True))
            lines = [
                *self._checks(operation, model),
                *f"return unit.put({class_name}, [{columns}], {values});".splitlines(),
            ]
            options += self._guards(model, operation)
            return self._built(operation, "putOperation", options, "async run(unit, input)", lines)
        options.append(f"at: {ts.sql_string(at_text(model, keys))}")
        if operation.kind == o.OPERATION_KIND_DELETE:
            return self._built(operation, "deleteSingleOperation", [*options, self._model(model)])
        options.append(f"absent: {absent_text(self.application, model, keys)}")
        return self._built(operation, "readSingleOperation", options)

    def _row(self, operation: o.Operation, model: m.Model) -> OperationView:
        if operation.transient:
            return self._built(
                operation, "signalOperation", [self._source(model), f"rule: {ts.string(operation.name)}"]
            )
        body = Body(self.application, self.imports, model, "row")
        update = operation.kind == o.OPERATION_KIND_UPDATE
        lines = self._checks(operation, model) if update else []
        if update:
            values = self._values(operation, model, body, create=False)
            if values:
                lines += f"await unit.set(row, {object_text(values)});".splitlines()
            lines += self._links([field for field in operation.inputs if field.type.kind == m.FIELD_KIND_LINKS])
            for field in operation.inputs:
                constant = parts_constant(self.application, self.imports, field)
                if constant:
                    self.joins[constant] = None
                    lines += replacing_lines(self.application, self.imports, field)
        else:
            lines += self._action_references(operation)
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

    def _token(self, operation: o.Operation, model: m.Model) -> OperationView:
        """An action on the row of a one-time token."""
        body = Body(self.application, self.imports, model, "row")
        lines = [*self._action_references(operation), *statements(body, operation.steps)]
        if operation.returns:
            lines.append(f"return {self._returns(operation, body)};")
        options = [self._model(model), f"event: {ts.string(operation.name)}"]
        if operation.conditions:
            options.append(f"if: {conditions_text(self.application, operation, this='t')}")
        head = "async run(unit, row, input)" if any("input." in line for line in lines) else "async run(unit, row)"
        return self._built(operation, "tokenOperation", options, head, lines)

    def _delete(self, operation: o.Operation, model: m.Model) -> OperationView:
        body = Body(self.application, self.imports, model, "row")
        lines = statements(body, operation.steps)
        head = "async run(unit, row)" if lines else ""
        return self._built(operation, "deleteOperation", [self._source(model), self._model(model)], head, lines)

    def _action_references(self, operation: o.Operation) -> list[str]:
        """What the input of an action may refer to: as a field of a row, within what the caller may refer to."""
        fields = [field for field in operation.inputs if is_pointing(field) and not is_content(field)]
        if not fields:
            return []
        given = ", ".join(f"{field.name}: input.{field.name}" for field in fields)
        source = self._source_with(operation, fields)
        if source:
            return [f"await unit.refer({source}, {{ {given} }});"]
        name = f"{operation.names.function}References"
        entries = [
            line for field in fields for line in reference_text(reference_view(self.application, field)).splitlines()
        ]
        lines = [f"const {name} = {{", "  references: {", *(f"    {entry}" for entry in entries), "  },", "};"]
        self.joins["\n".join(lines)] = None
        return [f"await unit.refer({name}, {{ {given} }});"]

    def _source_with(self, operation: o.Operation, fields: Sequence[m.Field]) -> str:
        """The scope of a row that has these fields too, and says what they may refer to; or empty."""
        model_id = operation.model_id or next(
            (found.type.targets[0] for found in operation.returns if found.type.targets), ""
        )
        if not model_id:
            return ""
        model = self.application.model(model_id)
        known = {view.name: view for view in references_of(self.application, model)}
        for field in fields:
            if known.get(field.name) != reference_view(self.application, field):
                return ""
        return self.application.import_source(self.imports, model)

    def _checks(self, operation: o.Operation, model: m.Model) -> list[str]:
        """Who may write a field, and what it may refer to."""
        lines = []
        body = Body(self.application, self.imports, model, "")
        allowed = [f"{field.name}: {value(body, field.write)}" for field in operation.inputs if field.HasField("write")]
        if allowed:
            self.imports.add(_CALLER, "permitted")
            lines.append(f"permitted(unit.caller, {{ {', '.join(allowed)} }}, input);")
        references = [f"{field.name}: input.{field.name}" for field in operation.inputs if is_pointing(field)]
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
            if text and field.type.kind == m.FIELD_KIND_ANY:
                members += [
                    f"{type_column(field)}: {text} && {text}.type",
                    f"{field.names.column}: {text} && {text}.id",
                ]
            elif text:
                members.append(ts.entry(field.names.column, text))
        return members

    def _given(self, field: m.Field, *, create: bool) -> str:
        text = f"input.{field.names.json or field.name}"
        if field.type.kind in (m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE):
            return text
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
        if asks:
            if operation.steps or operation.conditions:
                raise NotCompilable(f"{operation.id}: a query has steps or conditions")
            lines = [f"return {query_members(self.application, self.imports, operation)};"]
            context = "invocation"
        else:
            lines = self._action_references(operation)
            lines += [
                f"unit.require({value(body, found.condition)}, {ts.string(found.message or _NOT_NOW)});"
                for found in operation.conditions
            ]
            lines += statements(body, operation.steps)
        if operation.returns and not asks:
            lines.append(f"return {self._returns(operation, body)};")
        options: list[str] = []
        cookie = _COOKIES.get(operation.names.call) if operation.feature == "authentication" else None
        if any(step.WhichOneof("kind") == "call" and step.call.module == "auth" for step in operation.steps):
            options.append("secretAnswer: true")
        if cookie:
            options.append(f"after: {self.imports.add(self._auth('transport.ts'), cookie)}")
        head = f"async run({context}, input)" if operation.inputs else f"async run({context})"
        return self._built(operation, "query" if asks else "action", options, head, lines)

    def _native(self, operation: o.Operation) -> OperationView:
        found = NATIVE.get((operation.native.module, operation.native.operation))
        if not found:
            call = f"{operation.native.module}.{operation.native.operation}"
            raise NotCompilable(f"{operation.id}: the native operation {call} is not there in this stack")
        module = found.module(self.application, operation)
        if found.builder == "query":
            self.imports.add(module, found.function)
            return self._built(operation, "query", [], f"run: () => {found.function}()")
        if found.builder == "rowOperation":
            return self._native_row(operation, module, found.function)
        if found.file == _STORAGE:
            return self._file(operation, found)
        name = f"{operation.native.module}{found.function[0].upper()}{found.function[1:]}"
        self.imports.add(module, f"{found.function} as {name}")
        given = ["invocation", "input"] if operation.inputs else ["invocation"]
        lines = [*self._native_references(operation), *self._native_conditions(operation)]
        lines += self._native_answer(operation, f"await {name}({', '.join(given)})")
        options: list[str] = []
        cookie = _COOKIES.get(operation.names.call)
        options += [f"after: {self.imports.add(self._auth('transport.ts'), cookie)}"] if cookie else []
        return self._built(operation, found.builder, options, f"async run({', '.join(given)})", lines)

    def _file(self, operation: o.Operation, found: Native) -> OperationView:
        """An operation on stored files: what it refers to is checked where the row is written."""
        name = f"{operation.native.module}{found.function[0].upper()}{found.function[1:]}"
        self.imports.add(_STORAGE, f"{found.function} as {name}")
        on_row = operation.scope == o.OPERATION_SCOPE_ROW
        model = self.application.model(operation.model_id) if on_row else self._made(operation)
        source = self.application.import_source(self.imports, model)
        options = [ts.entry("source", source), f"rule: {ts.string(operation.name)}"] if on_row else []
        given = ["invocation"]
        if on_row:
            self.imports.add(_STORAGE, "FileRow", type_only=True)
            given.append("row")
        if found.builder != "fileAnswer":
            given.append("input")
        if found.builder in ("fileAction", "fileRowAction"):
            given.append("file")
        passed = [given[0], *([source] if found.builder != "fileAnswer" else []), *given[1:]]
        taken = ["row: FileRow" if one == "row" else one for one in given]
        called = f"await {name}({', '.join(passed)})"
        if not found.makes:
            lines = (
                [f"return {called.removeprefix('await ')};"]
                if found.builder == "fileAnswer"
                else self._native_answer(operation, called)
            )
        else:
            self.imports.add(_BASE, "shown")
            lines = [
                f"const {{ id }} = {called};",
                f"return {{ {operation.returns[0].name}: await shown(invocation, {source}, id) }};",
            ]
        return self._built(operation, found.builder, options, f"async run({', '.join(taken)})", lines)

    def _native_row(self, operation: o.Operation, module: str, function: str) -> OperationView:
        """What is done to a row that the base keeps: true, or it is not possible any more."""
        model = self.application.model(operation.model_id)
        native = operation.native
        name = f"{native.module}{native.operation[0].upper()}{native.operation[1:]}"
        self.imports.add(module, f"{function} as {name}")
        message = next((found.message for found in operation.conditions if found.message), _NOT_NOW)
        options = [
            self._source(model),
            self._model(model),
            f"rule: {ts.string(operation.name)}",
            f"event: {ts.string(operation.name)}",
        ]
        lines = [f"unit.require(await {name}(unit, row.id), {ts.string(message)});"]
        return self._built(operation, "rowOperation", options, "async run(unit, row)", lines)

    def _native_conditions(self, operation: o.Operation) -> list[str]:
        if not operation.conditions or operation.scope == o.OPERATION_SCOPE_ROW:
            return []
        self.imports.add(_BASE, "possible")
        conditions = f"{operation.names.function}Conditions"
        self.joins[f"const {conditions} = {conditions_text(self.application, operation, this=None)};"] = None
        return [f"await possible(invocation, {conditions}, input);"]

    def _made(self, operation: o.Operation) -> m.Model:
        return self.application.model(operation.returns[0].type.targets[0])

    def _native_references(self, operation: o.Operation) -> list[str]:
        lines = self._action_references(operation)
        if lines:
            self.imports.add(_BASE, "referred")
        return [line.replace("await unit.refer(", "await referred(invocation, ") for line in lines]

    def _native_answer(self, operation: o.Operation, called: str) -> list[str]:
        names = [field.name for field in operation.returns]
        lines = [f"const {{ {', '.join(names)} }} = {called};"]
        answers = []
        for field in operation.returns:
            if field.type.kind == m.FIELD_KIND_REF:
                source = self.application.import_source(self.imports, self.application.model(field.type.targets[0]))
                self.imports.add(_BASE, "shown")
                answers.append(f"{field.name}: await shown(invocation, {source}, {field.name}.id)")
            else:
                answers.append(field.name)
        return [*lines, f"return {{ {', '.join(answers)} }};"]

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
