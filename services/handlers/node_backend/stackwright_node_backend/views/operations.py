"""Operations: each endpoint as one constant, built by a function of the base."""

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views import row_operations as rows
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.metrics import metric_operation
from stackwright_node_backend.views.native_operations import COOKIES, NOT_NOW, native
from stackwright_node_backend.views.queries import query_members
from stackwright_node_backend.views.steps import statements
from stackwright_node_backend.views.writer import OperationView, Writer
from stackwright_sdk.expressions import NotCompilable

_READERS = {
    o.OPERATION_KIND_LIST: "listOperation",
    o.OPERATION_KIND_CHOICES: "choicesOperation",
    o.OPERATION_KIND_READ: "readOperation",
}
_SINGLES = frozenset({o.OPERATION_KIND_READ, o.OPERATION_KIND_PUT, o.OPERATION_KIND_DELETE})

SERVED_BY_BASE = frozenset({("observe", "live"), ("observe", "ready")})


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
    writer = Writer(application, ts.Imports(path))
    views = [_view(writer, operation) for operation in operations]
    return OperationsView(writer.imports.lines(), list(writer.joins), views)


def _view(writer: Writer, operation: o.Operation) -> OperationView:
    if operation.HasField("native"):
        return native(writer, operation)
    if operation.model_id:
        view = _of_model(writer, operation, writer.application.model(operation.model_id))
        if view:
            return view
    if operation.kind == o.OPERATION_KIND_ACTION:
        return _action(writer, operation)
    raise NotCompilable(f"{operation.id}: an operation of this kind is not compiled by this handler yet")


def _of_model(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView | None:
    kind = operation.kind
    if model.kind == m.MODEL_KIND_SINGLE and kind in _SINGLES:
        return rows.single(writer, operation, model)
    if kind in _READERS:
        return writer.built(operation, _READERS[kind], [writer.source(model)])
    if kind == o.OPERATION_KIND_METRIC:
        return metric_operation(writer, operation, model)
    if kind == o.OPERATION_KIND_CREATE:
        return rows.create(writer, operation, model)
    if kind == o.OPERATION_KIND_DELETE:
        return rows.delete(writer, operation, model)
    if operation.scope == o.OPERATION_SCOPE_TOKEN:
        return rows.by_token(writer, operation, model)
    action = kind == o.OPERATION_KIND_ACTION and operation.scope == o.OPERATION_SCOPE_ROW
    return rows.on_row(writer, operation, model) if action or kind in rows.EVENTS else None


def _action(writer: Writer, operation: o.Operation) -> OperationView:
    asks = operation.query or operation.method == o.HTTP_METHOD_GET
    context = "{ services, caller }" if asks else "unit"
    body = Body(writer.application, writer.imports)
    if asks:
        if operation.steps or operation.conditions:
            raise NotCompilable(f"{operation.id}: a query has steps or conditions")
        lines = [f"return {query_members(writer.application, writer.imports, operation)};"]
        context = "invocation"
    else:
        lines = writer.references(operation)
        lines += [
            f"unit.require({value(body, found.condition)}, {ts.string(found.message or NOT_NOW)});"
            for found in operation.conditions
        ]
        lines += statements(body, operation.steps)
    if operation.returns and not asks:
        lines.append(f"return {writer.answer(operation, body)};")
    options: list[str] = []
    cookie = COOKIES.get(operation.names.call) if operation.feature == "authentication" else None
    if any(step.WhichOneof("kind") == "call" and step.call.module == "auth" for step in operation.steps):
        options.append("secretAnswer: true")
    if cookie:
        options.append(f"after: {writer.imports.add(writer.auth('transport.ts'), cookie)}")
    head = f"async run({context}, input)" if operation.inputs else f"async run({context})"
    return writer.built(operation, "query" if asks else "action", options, head, lines)
