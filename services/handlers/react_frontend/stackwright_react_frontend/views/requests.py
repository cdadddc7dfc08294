"""What operations send: the address, the arguments of the hook, and the interfaces of their inputs and answers."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, key, pascal, string
from stackwright_react_frontend.views.model import MemberView, is_settings

API_TYPES = "src/shared/api/types.ts"
METRIC_TYPES = "src/shared/metrics/types.ts"


@dataclass(frozen=True)
class InterfaceView:
    """An interface of an operation's input or answer."""

    name: str
    members: list[MemberView]


class Requests:
    """Builds requests, noting the interfaces that the file needs for them."""

    def __init__(self, application: Application, model: model_pb2.Model | None, imports: Imports) -> None:
        self._application = application
        self._model = model
        self._imports = imports
        self.interfaces: list[InterfaceView] = []

    def row(self, name: str) -> str:
        """Import the type of rows, or of what is sent of them, and give its name."""
        if self._model is not None:
            self._imports.add(self._application.types_module(self._model), name, type_only=True)
        return name

    def interface(self, name: str, members: list[model_pb2.Field], *, answers: bool = False) -> str:
        """Note an interface, and give its name."""
        shown = []
        for field in members:
            piece = fields.row_type(field) if answers else fields.Piece(_input_type(field))
            for module, imported in piece.imports:
                self._imports.add(module, imported, type_only=True)
            text = piece.text
            if answers and field.type.kind == model_pb2.FIELD_KIND_REF and not field.optional:
                text = "Reference"
            mark = "?" if field.optional and not answers else ""
            shown.append(MemberView(key(field.names.json or field.name) + mark, text))
        self.interfaces.append(InterfaceView(name, shown))
        return name

    def request(self, operation: operation_pb2.Operation) -> tuple[str, str, str]:
        """Give the type of the arguments, what is taken from them, and the request made of it."""
        path = operation.path.removeprefix(self._application.contract.conventions.base_path or "/api")
        method = operation_pb2.HttpMethod.Name(operation.method).removeprefix("HTTP_METHOD_")
        verb = "" if method == "GET" else f', method: "{method}"'
        verb += ", once: true" if operation.idempotent_required else ""
        on_row = "{id}" in path
        url = f"`{path.replace('{id}', '${id}')}`" if on_row else string(path)
        # A file travels as a form of several parts; a row only names one that was uploaded before.
        body = "body"
        action = operation.kind == operation_pb2.OPERATION_KIND_ACTION
        if action and any(fields.is_content(field) for field in operation.inputs):
            to_form = self._imports.add("src/shared/api/formData.ts", "toFormData")
            body = f"body: {to_form}({'input' if on_row else 'body'})"
        if "{" in path.replace("{id}", ""):
            # A part's nested address: the parent's id comes with the arguments.
            return self._nested(operation, path, verb)
        if operation.kind == operation_pb2.OPERATION_KIND_LIST:
            self._imports.add(API_TYPES, "ListQuery", type_only=True)
            return "ListQuery", "params", f"url: {url}, params"
        if self._application.follows_time(operation):
            self._imports.add(METRIC_TYPES, "MetricQuery", type_only=True)
            return "MetricQuery", "params", f"url: {url}, params: {{ ...params }}"
        settings = is_settings(operation)
        if (settings or operation.kind == operation_pb2.OPERATION_KIND_CREATE) and self._model is not None:
            name = self.row(f"{self._model.names.class_name}Input")
            return f"Partial<{name}>" if settings else name, "body", f"url: {url}{verb}, body"
        if operation.kind == operation_pb2.OPERATION_KIND_UPDATE and self._model is not None:
            name = f"{self._model.names.class_name}Input"
            self.row(name)
            self._imports.add(API_TYPES, "UpdateArguments", type_only=True)
            return (
                f"UpdateArguments<{name}>",
                "{ id, version, changes }",
                f"url: {url}{verb}, body: changes, version",
            )
        if on_row and method == "GET":
            return "string", "id", f"url: {url}"
        if on_row and operation.inputs:
            name = self.interface(f"{pascal(operation.names.function)}Input", list(operation.inputs))
            self._imports.add(API_TYPES, "RowArguments", type_only=True)
            return (
                f"RowArguments & {{ input: {name} }}",
                "{ id, version, input }",
                f"url: {url}{verb}, {body if ':' in body else 'body: input'}, version",
            )
        if on_row:
            self._imports.add(API_TYPES, "RowArguments", type_only=True)
            return "RowArguments", "{ id, version }", f"url: {url}{verb}, version"
        if operation.inputs:
            name = self.interface(f"{pascal(operation.names.function)}Input", list(operation.inputs))
            if method == "GET":
                return name, "params", f"url: {url}, params: {{ ...params }}"
            return name, "body", f"url: {url}{verb}, {body}{_anonymous(operation)}"
        return "void", "", f"url: {url}{verb}{_anonymous(operation)}"

    def _nested(self, operation: operation_pb2.Operation, path: str, verb: str) -> tuple[str, str, str]:
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        url = path
        for name in names:
            url = url.replace(f"{{{name}}}", f"${{{name}}}")
        arguments = "; ".join(f"{name}: string" for name in names)
        if operation.kind == operation_pb2.OPERATION_KIND_LIST:
            self._imports.add(API_TYPES, "ListQuery", type_only=True)
            return (
                f"{{ {arguments}; params: ListQuery }}",
                f"{{ {', '.join(names)}, params }}",
                f"url: `{url}`, params",
            )
        # What the address says is not said again.
        sent = [field for field in operation.inputs if field.name not in names]
        body = f"; body: {self._body(operation, sent)}" if sent else ""
        taken = f"{{ {', '.join(names)}{', body' if body else ''} }}"
        return f"{{ {arguments}{body} }}", taken, f"url: `{url}`{verb}{', body' if body else ''}"

    def _body(self, operation: operation_pb2.Operation, sent: list[model_pb2.Field]) -> str:
        """Type of what is sent of a part, or to an action on it."""
        kinds = (operation_pb2.OPERATION_KIND_CREATE, operation_pb2.OPERATION_KIND_UPDATE)
        if self._model is None or operation.kind not in kinds:
            return self.interface(f"{pascal(operation.names.function)}Input", sent)
        name = self.row(f"{self._model.names.class_name}Input")
        return f"Partial<{name}>" if operation.kind == operation_pb2.OPERATION_KIND_UPDATE else name


def _input_type(field: model_pb2.Field) -> str:
    return "Blob" if fields.is_content(field) else fields.input_type(field)


def _anonymous(operation: operation_pb2.Operation) -> str:
    """Mark requests that open or renew a session: a token that has run out must not stand in their way."""
    by_token = operation.scope == operation_pb2.OPERATION_SCOPE_TOKEN
    opens = operation.public and (by_token or operation.feature == "authentication")
    return ", anonymous: true" if opens else ""
