"""Types, endpoints and row actions of one model."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, key, member, pascal, sentence, string, template

_API = "src/shared/api/types.ts"
_WRITES = (operation_pb2.OPERATION_KIND_CREATE, operation_pb2.OPERATION_KIND_UPDATE)


@dataclass(frozen=True)
class MemberView:
    """One member of an interface."""

    key: str
    type: str


@dataclass(frozen=True)
class LabelsView:
    """What people read for the members of an enum."""

    name: str
    entries: list[MemberView]


@dataclass(frozen=True)
class TypesView:
    """A file `types.ts`."""

    imports: str
    class_name: str
    base: str
    plural: str
    members: list[MemberView]
    input_name: str
    input_members: list[MemberView]
    singular: str
    labels: list[LabelsView]


@dataclass(frozen=True)
class EndpointView:
    """One endpoint of RTK Query."""

    name: str
    kind: str  # query, mutation, infinite
    answer: str
    argument: str
    parameters: str
    request: str
    tags: str


@dataclass(frozen=True)
class InterfaceView:
    """An interface of an operation's input or answer."""

    name: str
    members: list[MemberView]


@dataclass(frozen=True)
class ApiView:
    """A file `api.ts`."""

    imports: str
    constant: str
    tag_types: str
    changed: str
    removed: str
    interfaces: list[InterfaceView]
    endpoints: list[EndpointView]
    hooks: list[str]


@dataclass(frozen=True)
class RowActionView:
    """One entry of the menu of a row."""

    operation: str
    label: str
    icon: str
    when: str
    hook: str
    mutation: str
    link: str
    destructive: bool
    asks: bool
    question: str
    consequence: str
    done: str
    versioned: bool
    undo_hook: str
    undo_mutation: str


@dataclass(frozen=True)
class ActionsView:
    """A file `actions.ts`."""

    imports: str
    function: str
    class_name: str
    singular: str
    title: str
    actions: list[RowActionView]


def inputs_of(application: Application, model: model_pb2.Model) -> list[model_pb2.Field]:
    """Fields that creation or updates take, in order of the model's fields."""
    taken = {
        field.id: field
        for operation in application.operations(model)
        if operation.kind in _WRITES
        for field in operation.inputs
    }
    order = {field.id: number for number, field in enumerate(model.fields)}
    return [field for field in sorted(taken.values(), key=lambda field: order.get(field.id, 999)) if not field.trap]


def is_versioned(model: model_pb2.Model) -> bool:
    """Whether rows carry a version that is sent back as If-Match."""
    return model.kind == model_pb2.MODEL_KIND_RESOURCE


def types_view(application: Application, model: model_pb2.Model) -> TypesView:
    """Types of the rows of a model and of what may be written to them."""
    imports = Imports(application.types_module(model))
    base = imports.add(_API, "VersionedRow" if is_versioned(model) else "Row", type_only=True)
    members, labels = [], []
    for field in application.readable(model):
        piece = fields.row_type(field)
        for module, name in piece.imports:
            imports.add(module, name, type_only=True)
        # A field that not everybody may read is absent for the others.
        mark = "?" if field.HasField("read") else ""
        members.append(MemberView(key(field.names.json) + mark, piece.text))
    inputs = inputs_of(application, model)
    for field in {field.id: field for field in [*application.readable(model), *inputs]}.values():
        if field.type.kind == model_pb2.FIELD_KIND_ENUM:
            entries = [MemberView(key(name), string(_words(name))) for name in field.type.members]
            labels.append(LabelsView(fields.labels_name(field), entries))
    return TypesView(
        imports=imports.text,
        class_name=model.names.class_name,
        base=base,
        plural=sentence(model.names.plural_label),
        members=members,
        input_name=f"{model.names.class_name}Input" if inputs else "",
        input_members=[_input_member(field) for field in inputs],
        singular=sentence(model.names.label),
        labels=labels,
    )


def _input_member(field: model_pb2.Field) -> MemberView:
    # What has no input in forms is left out there.
    mark = "?" if field.type.kind in fields.NOT_ENTERED else ""
    return MemberView(key(field.names.json) + mark, fields.input_type(field))


def _words(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def api_view(
    application: Application, path: str, operations: list[operation_pb2.Operation], model: model_pb2.Model | None
) -> ApiView:
    """The endpoints that one feature holds of one model, or of none."""
    imports = Imports(path)
    imports.add("src/shared/api/api.ts", "api")
    builder = _Endpoints(application, model, imports)
    endpoints = [builder.endpoint(operation) for operation in operations]
    stem = model.names.variable if model else application.feature_variable(operations[0].feature)
    tags = builder.tag_types
    return ApiView(
        imports=imports.text,
        constant=f"{stem}Api",
        tag_types=", ".join(string(tag) for tag in tags),
        changed=builder.changed if builder.invalidates else "",
        removed=builder.removed if builder.removes else "",
        interfaces=builder.interfaces,
        endpoints=endpoints,
        hooks=[hook_name(operation) for operation in operations],
    )


def hook_name(operation: operation_pb2.Operation) -> str:
    """The hook that RTK Query derives for the operation."""
    kind = "Query" if operation.method == operation_pb2.HTTP_METHOD_GET else "Mutation"
    if operation.answer_body == operation_pb2.ANSWER_BODY_CURSOR_PAGE:
        kind = "InfiniteQuery"
    return f"use{pascal(operation.names.function)}{kind}"


class _Endpoints:
    """Builds endpoints, noting what the file needs besides."""

    def __init__(self, application: Application, model: model_pb2.Model | None, imports: Imports) -> None:
        self._application = application
        self._model = model
        self._imports = imports
        self.interfaces: list[InterfaceView] = []
        self.invalidates = False
        self.removes = False
        self._shown: set[str] = set()

    @property
    def tag_types(self) -> list[str]:
        """Tags to declare: the model's own and those of rows that show it."""
        if self._model is None:
            return sorted(self._shown)
        readers = self._application.readers(self._model) if self.invalidates or self.removes else []
        return [self._model.names.class_name, *(reader.names.class_name for reader in readers)]

    @property
    def changed(self) -> str:
        """What is out of date after a write."""
        if self._model is None:
            return ""
        tags = [string(tag) for tag in self.tag_types]
        return ", ".join([*tags, f'{{ type: "Choices", id: {string(self._model.names.path)} }}'])

    @property
    def removed(self) -> str:
        """What is out of date after a deletion: the row itself must not be asked for again."""
        if self._model is None:
            return ""
        own = string(self._model.names.class_name)
        return self.changed.replace(own, f'{{ type: {own}, id: "LIST" }}', 1)

    def endpoint(self, operation: operation_pb2.Operation) -> EndpointView:
        """One endpoint."""
        kind = "query" if operation.method == operation_pb2.HTTP_METHOD_GET else "mutation"
        answer = self._answer(operation)
        if operation.answer_body == operation_pb2.ANSWER_BODY_CURSOR_PAGE:
            kind = "infinite"
        argument, parameters, request = self._request(operation)
        tags = ""
        if self._model is not None and kind == "mutation":
            deletes = operation.kind == operation_pb2.OPERATION_KIND_DELETE
            self.removes = self.removes or deletes
            self.invalidates = self.invalidates or not deletes
            tags = f"invalidatesTags: [...{'removed' if deletes else 'changed'}]"
        elif self._model is not None:
            tags = self._provided(operation)
        elif kind == "query" and (shown := self._targets(operation)):
            # Follows changes of the rows it names, and of what those show.
            self._shown.update(shown)
            tags = f"providesTags: [{', '.join(string(name) for name in shown)}]"
        return EndpointView(operation.names.function, kind, answer, argument, parameters, request, tags)

    def _provided(self, operation: operation_pb2.Operation) -> str:
        own = string(self._model.names.class_name) if self._model is not None else ""
        if operation.kind == operation_pb2.OPERATION_KIND_READ:
            return f"providesTags: (_row, _error, id) => [{{ type: {own}, id }}]"
        return f'providesTags: [{{ type: {own}, id: "LIST" }}]'

    def _targets(self, operation: operation_pb2.Operation) -> list[str]:
        models = self._application.models
        targets = {target for field in operation.returns for target in field.type.targets if target in models}
        return sorted(models[target].names.class_name for target in targets)

    def _answer(self, operation: operation_pb2.Operation) -> str:
        row = ""
        if self._model is not None:
            row = self._model.names.class_name
        body = operation.answer_body
        if body in (operation_pb2.ANSWER_BODY_PAGE, operation_pb2.ANSWER_BODY_CURSOR_PAGE):
            page = "Page" if body == operation_pb2.ANSWER_BODY_PAGE else "CursorPage"
            return f"{self._imports.add(_API, page, type_only=True)}<{self._row(row)}>"
        if body == operation_pb2.ANSWER_BODY_ROW:
            return self._row(row)
        if body == operation_pb2.ANSWER_BODY_CHOICES:
            reference = self._imports.add(_API, "Reference", type_only=True)
            return f"{{ items: {reference}[]; total: number }}"
        if body == operation_pb2.ANSWER_BODY_FIELDS:
            return self._interface(f"{pascal(operation.names.function)}Answer", list(operation.returns), answers=True)
        return "unknown" if body == operation_pb2.ANSWER_BODY_JSON else "void"

    def _row(self, name: str) -> str:
        if self._model is not None:
            self._imports.add(self._application.types_module(self._model), name, type_only=True)
        return name

    def _interface(self, name: str, members: list[model_pb2.Field], *, answers: bool = False) -> str:
        shown = []
        for field in members:
            piece = fields.row_type(field) if answers else fields.Piece(fields.input_type(field))
            for module, imported in piece.imports:
                self._imports.add(module, imported, type_only=True)
            text = piece.text
            if answers and field.type.kind == model_pb2.FIELD_KIND_REF and not field.optional:
                text = "Reference"
            mark = "?" if field.optional and not answers else ""
            shown.append(MemberView(key(field.names.json or field.name) + mark, text))
        self.interfaces.append(InterfaceView(name, shown))
        return name

    def _request(self, operation: operation_pb2.Operation) -> tuple[str, str, str]:
        path = operation.path.removeprefix(self._application.contract.conventions.base_path or "/api")
        method = operation_pb2.HttpMethod.Name(operation.method).removeprefix("HTTP_METHOD_")
        verb = "" if method == "GET" else f', method: "{method}"'
        on_row = "{id}" in path
        url = f"`{path.replace('{id}', '${id}')}`" if on_row else string(path)
        if "{" in path.replace("{id}", ""):
            # A part's nested address: the parent's id comes with the arguments.
            return self._nested(operation, path, verb)
        if operation.kind == operation_pb2.OPERATION_KIND_LIST:
            self._imports.add(_API, "ListQuery", type_only=True)
            return "ListQuery", "params", f"url: {url}, params"
        if operation.kind == operation_pb2.OPERATION_KIND_CREATE and self._model is not None:
            name = f"{self._model.names.class_name}Input"
            self._row(name)
            return name, "body", f"url: {url}{verb}, body"
        if operation.kind == operation_pb2.OPERATION_KIND_UPDATE and self._model is not None:
            name = f"{self._model.names.class_name}Input"
            self._row(name)
            self._imports.add(_API, "UpdateArguments", type_only=True)
            return (
                f"UpdateArguments<{name}>",
                "{ id, version, changes }",
                f"url: {url}{verb}, body: changes, version",
            )
        if on_row and method == "GET":
            return "string", "id", f"url: {url}"
        if on_row and operation.inputs:
            name = self._interface(f"{pascal(operation.names.function)}Input", list(operation.inputs))
            self._imports.add(_API, "RowArguments", type_only=True)
            return (
                f"RowArguments & {{ input: {name} }}",
                "{ id, version, input }",
                f"url: {url}{verb}, body: input, version",
            )
        if on_row:
            self._imports.add(_API, "RowArguments", type_only=True)
            return "RowArguments", "{ id, version }", f"url: {url}{verb}, version"
        if operation.inputs:
            name = self._interface(f"{pascal(operation.names.function)}Input", list(operation.inputs))
            if method == "GET":
                return name, "params", f"url: {url}, params: {{ ...params }}"
            return name, "body", f"url: {url}{verb}, body{_anonymous(operation)}"
        return "void", "", f"url: {url}{verb}{_anonymous(operation)}"

    def _nested(self, operation: operation_pb2.Operation, path: str, verb: str) -> tuple[str, str, str]:
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        url = path
        for name in names:
            url = url.replace(f"{{{name}}}", f"${{{name}}}")
        arguments = "; ".join(f"{name}: string" for name in names)
        if operation.kind == operation_pb2.OPERATION_KIND_LIST:
            self._imports.add(_API, "ListQuery", type_only=True)
            return (
                f"{{ {arguments}; params: ListQuery }}",
                f"{{ {', '.join(names)}, params }}",
                f"url: `{url}`, params",
            )
        body = "; body: Record<string, unknown>" if operation.inputs else ""
        taken = f"{{ {', '.join(names)}{', body' if body else ''} }}"
        return f"{{ {arguments}{body} }}", taken, f"url: `{url}`{verb}{', body' if body else ''}"


def _anonymous(operation: operation_pb2.Operation) -> str:
    """Mark requests that open or renew a session: a token that has run out must not stand in their way."""
    opens = operation.public and operation.feature == "authentication"
    return ", anonymous: true" if opens else ""


def title_of(application: Application, model: model_pb2.Model) -> str:
    """What a row is called, as an expression on `row`."""
    title = application.title(model)
    if title is None:
        return "row.id"
    text = member("row", title.names.json)
    return f"{text} ?? row.id" if title.optional or title.HasField("read") else text


def actions_view(application: Application, path: str, model: model_pb2.Model, edit_path: str) -> ActionsView:
    """What can be done to a row; actions that ask for input have a hook, but no button here."""
    imports = Imports(path)
    imports.add("src/shared/actions/rowActions.ts", "RowAction", type_only=True)
    imports.add(application.types_module(model), model.names.class_name, type_only=True)
    restore = application.operation(model, operation_pb2.OPERATION_KIND_RESTORE)
    versioned = is_versioned(model)
    title = title_of(application, model)
    shown = template_place(title)
    singular = sentence(model.names.label)
    actions = []
    for operation in application.row_actions(model):
        updates = operation.kind == operation_pb2.OPERATION_KIND_UPDATE
        deletes = operation.kind == operation_pb2.OPERATION_KIND_DELETE
        if (updates and not edit_path) or (not updates and operation.inputs):
            continue
        hook = "" if updates else imports.add(application.api_module(operation), hook_name(operation))
        undo = restore if deletes else None
        label = "Edit" if updates else operation.names.label or _words(operation.name)
        actions.append(
            RowActionView(
                operation=operation.name,
                label=label,
                icon="edit" if updates else "trash" if deletes else _icon(operation),
                when=_still_to_do(application, model, operation),
                hook=hook,
                mutation=operation.names.function,
                link=edit_path.replace(":id", "${row.id}"),
                destructive=deletes,
                asks=deletes or _ends_something(operation),
                question=f"{label} this {singular}?",
                consequence=_consequence(shown, deletes=deletes, restorable=undo is not None),
                done=f"“{shown}” was deleted." if deletes else f"Done: {template(sentence(label))} “{shown}”.",
                versioned=versioned,
                undo_hook=imports.add(application.api_module(undo), hook_name(undo)) if undo else "",
                undo_mutation=undo.names.function if undo else "",
            )
        )
    return ActionsView(
        imports.text, f"use{model.names.class_name}Actions", model.names.class_name, singular, title, actions
    )


def template_place(expression: str) -> str:
    """An expression as a place of a template literal."""
    return f"${{{expression}}}"


def _still_to_do(application: Application, model: model_pb2.Model, operation: operation_pb2.Operation) -> str:
    """A condition on `row`: it is not yet as the action sets it. Nothing where the contract does not tell."""
    readable = {field.name: field for field in application.readable(model)}
    found = []
    for step in operation.steps:
        if step.WhichOneof("kind") != "set" or step.HasField("if") or step.HasField("each"):
            continue
        for assignment in step.set.assignments:
            literal = assignment.value.root.literal
            if assignment.member not in readable or literal.WhichOneof("value") not in ("bool_value", "enum_value"):
                return ""
            value = string(literal.enum_value) if literal.enum_value else str(literal.bool_value).lower()
            found.append(f"{member('row', readable[assignment.member].names.json)} !== {value}")
    return " || ".join(found)


def _consequence(shown: str, *, deletes: bool, restorable: bool) -> str:
    if not deletes:
        return f"This applies to “{shown}”."
    if restorable:
        return f"“{shown}” is removed from all lists."
    return f"“{shown}” is deleted for good. This cannot be undone."


def _ends_something(operation: operation_pb2.Operation) -> bool:
    """Whether an action takes something away from somebody, as far as its name says."""
    words = "deactivate cancel revoke reject suspend archive close remove block end delete"
    return operation.name.startswith(tuple(words.split()))


def _icon(operation: operation_pb2.Operation) -> str:
    return "lock" if _ends_something(operation) else "check"
