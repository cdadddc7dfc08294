"""Endpoints of RTK Query: what one feature holds of one model, or of none."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend.application import PUBLIC_SETTINGS, Application
from stackwright_react_frontend.source import Imports, pascal, string
from stackwright_react_frontend.views.model import hook_name
from stackwright_react_frontend.views.requests import API_TYPES, METRIC_TYPES, InterfaceView, Requests

_ELSEWHERE = "src/shared/api/elsewhere.ts"


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
class ApiView:
    """A file `api.ts`."""

    imports: str
    constant: str
    shown_in: str
    """Tags of the models whose rows show this one."""
    tag_types: str
    changed: str
    removed: str
    interfaces: list[InterfaceView]
    endpoints: list[EndpointView]
    hooks: list[str]


def api_view(
    application: Application, path: str, operations: list[operation_pb2.Operation], model: model_pb2.Model | None
) -> ApiView:
    """The endpoints that one feature holds of one model, or of none."""
    imports = Imports(path)
    imports.add("src/shared/api/api.ts", "api")
    requests = Requests(application, model, imports)
    builder = _Endpoints(application, model, imports, requests)
    # The content of a file has no place in a store of answers: pages fetch it when it is asked for.
    operations = [operation for operation in operations if operation.answer_body != operation_pb2.ANSWER_BODY_FILE]
    endpoints = [builder.endpoint(operation) for operation in operations]
    named = "settings" if path == PUBLIC_SETTINGS else application.feature_variable(operations[0].feature)
    stem = model.names.variable if model else named
    shown_in = builder.shown_in if model else []
    return ApiView(
        imports=imports.text,
        constant=f"{stem}Api",
        shown_in=", ".join(shown_in),
        tag_types=", ".join([*builder.own, *(["...shownIn"] if shown_in else [])]),
        changed=builder.changed if builder.invalidates else "",
        removed=builder.removed if builder.removes else "",
        interfaces=requests.interfaces,
        endpoints=endpoints,
        hooks=[hook_name(operation) for operation in operations],
    )


def _enters_elsewhere(operation: operation_pb2.Operation) -> bool:
    """Whether the session is in another organization afterwards."""
    written = (assigned.field_id for step in operation.steps for assigned in step.update.assignments)
    return "authentication/Session/organization" in written


class _Endpoints:
    """Builds endpoints, noting what the file needs besides."""

    def __init__(
        self, application: Application, model: model_pb2.Model | None, imports: Imports, requests: Requests
    ) -> None:
        self._application = application
        self._model = model
        self._imports = imports
        self._requests = requests
        self.invalidates = False
        self.removes = False
        self._shown: set[str] = set()

    @property
    def own(self) -> list[str]:
        """Tags to declare: the model's own, named as in the contract like the stream of events names it."""
        return [string(self._model.name)] if self._model else [string(name) for name in sorted(self._shown)]

    @property
    def shown_in(self) -> list[str]:
        """Tags of the models whose rows show this one, where the file writes it."""
        if self._model is None or not (self.invalidates or self.removes):
            return []
        return [string(reader.name) for reader in self._application.readers(self._model)]

    @property
    def changed(self) -> str:
        """What is out of date after a write."""
        return self._outdated(*self.own)

    @property
    def removed(self) -> str:
        """What is out of date after a deletion: the row itself must not be asked for again."""
        return self._outdated(
            *(f'{{ type: {name}, id: "{part}" }}' for name in self.own for part in ("LIST", "FIGURES"))
        )

    def _outdated(self, *own: str) -> str:
        if self._model is None:
            return ""
        others = ["...shownIn"] if self.shown_in else []
        return ", ".join([*own, *others, f'{{ type: "Choices", id: {string(self._model.names.path)} }}'])

    def endpoint(self, operation: operation_pb2.Operation) -> EndpointView:
        """One endpoint."""
        kind = "query" if operation.method == operation_pb2.HTTP_METHOD_GET else "mutation"
        answer = self._answer(operation)
        if operation.answer_body == operation_pb2.ANSWER_BODY_CURSOR_PAGE:
            kind = "infinite"
        argument, parameters, request = self._requests.request(operation)
        tags = ""
        if operation.transient:
            # A signal to the others: nothing was written, so nothing is out of date.
            tags = ""
        elif self._model is not None and kind == "mutation":
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
        if _enters_elsewhere(operation):
            tags = ", ".join([*filter(None, [tags]), f"onQueryStarted: {self._imports.add(_ELSEWHERE, 'forgetAll')}"])
        return EndpointView(operation.names.function, kind, answer, argument, parameters, request, tags)

    def _provided(self, operation: operation_pb2.Operation) -> str:
        own = string(self._model.name) if self._model is not None else ""
        if operation.kind == operation_pb2.OPERATION_KIND_READ and operation.path.endswith("/{id}"):
            given = "{ id }" if operation.path.count("{") > 1 else "id"
            return f"providesTags: (_row, _error, {given}) => [{{ type: {own}, id }}]"
        metric = operation.kind == operation_pb2.OPERATION_KIND_METRIC
        if metric or (operation.scope == operation_pb2.OPERATION_SCOPE_COLLECTION and operation.returns):
            return f'providesTags: [{{ type: {own}, id: "FIGURES" }}]'
        return f'providesTags: [{{ type: {own}, id: "LIST" }}]'

    def _targets(self, operation: operation_pb2.Operation) -> list[str]:
        models = self._application.models
        targets = {target for field in operation.returns for target in field.type.targets if target in models}
        return sorted(models[target].name for target in targets)

    def _answer(self, operation: operation_pb2.Operation) -> str:
        row = ""
        if self._model is not None:
            row = self._model.names.class_name
        body = operation.answer_body
        if body in (operation_pb2.ANSWER_BODY_PAGE, operation_pb2.ANSWER_BODY_CURSOR_PAGE):
            page = "Page" if body == operation_pb2.ANSWER_BODY_PAGE else "CursorPage"
            return f"{self._imports.add(API_TYPES, page, type_only=True)}<{self._requests.row(row)}>"
        if body == operation_pb2.ANSWER_BODY_ROW:
            return self._requests.row(row)
        if body == operation_pb2.ANSWER_BODY_CHOICES:
            reference = self._imports.add(API_TYPES, "Reference", type_only=True)
            return f"{{ items: {reference}[]; total: number }}"
        if body == operation_pb2.ANSWER_BODY_FIELDS:
            return self._requests.interface(
                f"{pascal(operation.names.function)}Answer", list(operation.returns), answers=True
            )
        if operation.kind == operation_pb2.OPERATION_KIND_METRIC:
            return self._imports.add(METRIC_TYPES, "MetricAnswer", type_only=True)
        return "unknown" if body == operation_pb2.ANSWER_BODY_JSON else "void"
