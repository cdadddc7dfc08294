"""The conditions of a creation: what they read decides whether they are asked before there is a row, or of it."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.native_operations import NOT_NOW
from stackwright_node_backend.views.writer import Writer
from stackwright_sdk.expressions import NotCompilable, ParameterKind, needs_row, to_sql


def beforehand(writer: Writer, operation: o.Operation) -> list[str]:
    """The statements of the conditions that read the input, or other rows."""
    body = Body(writer.application, writer.imports)
    return [
        f"unit.require({value(body, found.condition)}, {ts.string(found.message or NOT_NOW)});"
        for found in operation.conditions
        if not needs_row(found.condition)
    ]


def afterwards(writer: Writer, operation: o.Operation, model: m.Model) -> list[str]:
    """The conditions on the new row itself, as guards. Raises NotCompilable for one that reads the input too."""
    texts = []
    for found in operation.conditions:
        if not needs_row(found.condition):
            continue
        fragment = to_sql(found.condition, writer.application.index, model_id=model.id, this="t")
        if any(parameter.kind is ParameterKind.INPUT for parameter in fragment.parameters):
            raise NotCompilable(f"{operation.id}: a condition of a creation reads both the row and the input")
        message = ts.string(found.message or NOT_NOW)
        texts.append(f"{{ sql: {ts.sql_string(fragment.text)}, message: {message} }}")
    return texts
