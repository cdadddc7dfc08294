"""What an action that only asks answers: rows, and values that the database computes."""

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.base import import_base
from stackwright_sdk.expressions import NotCompilable, ParameterKind, to_sql

_CALLER = "src/shared/policy/caller.ts"


def query_members(application: Application, imports: ts.Imports, operation: o.Operation) -> str:
    """The object that a query answers."""
    members = []
    tells_caller = False
    for field in operation.returns:
        root = field.returns.root
        if root.WhichOneof("kind") == "name" and root.name.root == e.ROOT_ACTOR:
            source = application.import_source(imports, application.model(field.type.targets[0]))
            import_base(imports, "shown")
            imports.add(_CALLER, "ownerOf")
            members.append(f"{field.name}: await shown(invocation, {source}, ownerOf(invocation.caller))")
            tells_caller = True
        else:
            members.append(f"{field.name}: {_asked(application, imports, operation, field)}")
    if tells_caller:
        # A page shows only what its visitor may do, so it has to be told.
        held = "here" if application.contract.tenancy else "permissions"
        members.append(f"permissions: [...invocation.caller.{held}]")
    return f"{{ {', '.join(members)} }}"


def _asked(application: Application, imports: ts.Imports, operation: o.Operation, field: m.Field) -> str:
    if field.type.kind in (m.FIELD_KIND_LIST, m.FIELD_KIND_OBJECT):
        raise NotCompilable(f"{field.id}: a query answers {field.returns.source!r}, which is not compiled yet")
    fragment = to_sql(field.returns, application.index)
    values = [
        f"{found.name}: input.{'.'.join(found.path)}"
        for found in fragment.parameters
        if found.kind is ParameterKind.INPUT
    ]
    sql = fragment.text
    if field.type.kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        sql = f"({sql})::float8"
    arguments = [ts.sql_string(sql), *([f"{{ {', '.join(values)} }}"] if values else [])]
    if field.type.kind == m.FIELD_KIND_REF:
        arguments.insert(0, application.import_source(imports, application.model(field.type.targets[0])))
    ask = import_base(imports, "shownAt" if field.type.kind == m.FIELD_KIND_REF else "asked")
    return f"await {ask}(invocation, {', '.join(arguments)})"
