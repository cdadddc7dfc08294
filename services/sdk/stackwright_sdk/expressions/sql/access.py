"""Who may: permissions of the caller and of others, and the access scopes that `readable` and `writable` name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.index import is_soft_deleted
from stackwright_sdk.expressions.sql import organizations, relations
from stackwright_sdk.expressions.sql.rows import RowSet, RowValue
from stackwright_sdk.expressions.sql.values import (
    FALSE,
    Sql,
    atom,
    cast,
    column,
    compare,
    conjunction,
    disjunction,
    is_null,
    quote,
)

if TYPE_CHECKING:
    from stackwright_sdk.expressions.sql.compiler import Compiler


def can(compiler: Compiler, node: Node) -> Sql:
    """`can('p')` of the caller is bound; of another user it is looked up."""
    permission = node.call.arguments[0].literal.string_value
    if len(node.call.arguments) == 1:
        return organizations.can(compiler, permission)
    user = compiler.row(node.call.arguments[1])
    return _holds(compiler, permission, user)


def holders(compiler: Compiler, node: Node) -> RowSet:
    """The users who hold a permission."""
    return _holders(compiler, node.call.arguments[0].literal.string_value)


def readable(compiler: Compiler, node: Node) -> Sql:
    """Whether the caller may read the row."""
    return _in_scopes(compiler, compiler.row(node.call.arguments[0]), ("read",))


def writable(compiler: Compiler, node: Node) -> Sql:
    """Whether the caller may read and change the row."""
    return _in_scopes(compiler, compiler.row(node.call.arguments[0]), ("read", "update"))


def display(compiler: Compiler, node: Node) -> Sql:
    """The title of a row."""
    row = compiler.row(node.call.arguments[0])
    if len(row.model_ids) != 1:
        raise NotCompilable("display() of a row that may be of several models")
    return _title(compiler, row)


def model_name(compiler: Compiler, node: Node) -> Sql:
    """The name of a row's model."""
    row = compiler.row(node.call.arguments[0])
    if row.type_name is not None:
        return row.type_name
    if len(row.model_ids) != 1:
        raise NotCompilable("model() of a row of unknown model")
    return atom(quote(compiler.index.model(row.model_ids[0]).name))


def scope(compiler: Compiler, model: model_pb2.Model, operations: tuple[str, ...], alias: str) -> Sql:
    """The access scope of a model for the row `alias`.

    Not deleted, in the caller's organization, allowed, and for a part its parent is readable.
    """
    conditions = [is_null(column(alias, "deleted_at"))] if is_soft_deleted(model) else []
    conditions += organizations.scoped(compiler, model, operations, alias)
    for operation in operations:
        if (model.id, operation) in compiler.scopes:
            circle = " → ".join([*(f"{of} {what}" for of, what in compiler.scopes), f"{model.id} {operation}"])
            raise NotCompilable(f"access scopes depend on each other in a circle: {circle}")
        inner = compiler.within(
            this=RowValue((model.id,), column(alias, "id"), alias=alias),
            scopes=(*compiler.scopes, (model.id, operation)),
        )
        conditions.append(_rule(inner, model, operation))
        if operation == "read" and model.HasField("part_of"):
            conditions.append(_parent_readable(inner, model, alias))
    return conjunction(conditions)


def _rule(compiler: Compiler, model: model_pb2.Model, operation: str) -> Sql:
    access = model.access
    if operation == "refer" and not access.HasField("refer"):
        operation = "read"
    expression = {
        "read": access.read,
        "refer": access.refer,
        "create": access.create,
        "update": access.update,
        "delete": access.delete,
    }[operation]
    return compiler.condition(expression.root) if expression.HasField("root") else FALSE


def _parent_readable(compiler: Compiler, model: model_pb2.Model, alias: str) -> Sql:
    parent = compiler.index.model(model.part_of.parent_model_id)
    if (parent.id, "read") in compiler.scopes or _already_asks(model):
        return conjunction([])
    field = compiler.index.field(model.part_of.field_id)
    return _in_scopes(compiler, RowValue((parent.id,), column(alias, field.names.column)), ("read",))


def _already_asks(model: model_pb2.Model) -> bool:
    """Whether the part's own read scope is nothing but `readable(parent)`."""
    root = model.access.read.root
    return root.WhichOneof("kind") == "call" and root.call.arguments[0].select.field_id == model.part_of.field_id


def _in_scopes(compiler: Compiler, row: RowValue, operations: tuple[str, ...]) -> Sql:
    if row.type is not None or len(row.model_ids) > 1:
        return _in_scope_of_any(compiler, row, operations)
    model = compiler.index.model(row.model_ids[0])
    if row.alias is not None:
        return scope(compiler, model, operations, row.alias)
    rows, alias = relations.opened(compiler, row)
    return rows.where(scope(compiler, model, operations, alias)).exists()


def _in_scope_of_any(compiler: Compiler, row: RowValue, operations: tuple[str, ...]) -> Sql:
    kind = row.type_name
    if kind is None:
        raise NotCompilable("the scope of a row of unknown model")
    choices = []
    for model_id in row.model_ids:
        name = compiler.index.model(model_id).name
        inside = _in_scopes(compiler, RowValue((model_id,), row.id), operations)
        choices.append(conjunction([compare("=", kind, atom(quote(name))), inside]))
    return disjunction(choices)


def _title(compiler: Compiler, row: RowValue) -> Sql:
    model = compiler.index.model(row.model_ids[0])
    if not model.display_field_id:
        return cast(row.id, "text")
    field = compiler.index.field(model.display_field_id)
    if field.type.kind == model_pb2.FIELD_KIND_REF:
        target = tuple(field.type.targets)
        return relations.project(
            compiler, row, lambda alias: _title(compiler, RowValue(target, column(alias, field.names.column)))
        )
    return relations.project(compiler, row, lambda alias: cast(column(alias, field.names.column), "text"))


def _holders(compiler: Compiler, permission: str) -> RowSet:
    user = compiler.index.named("User")
    if user is None:
        raise NotCompilable("holders() in a contract without users")
    users = organizations.members(compiler, relations.all_rows(compiler, user.id, ""))
    return users.where(_holds(compiler, permission, RowValue((user.id,), column(users.alias, "id"), alias=users.alias)))


def _holds(compiler: Compiler, permission: str, user: RowValue) -> Sql:
    """Whether the user has a role that holds the permission, of their own or in the organization in hand."""
    return organizations.holding(compiler, permission, user.id, _holds_always(compiler, permission, user))


def _holds_always(compiler: Compiler, permission: str, user: RowValue) -> Sql:
    """Whether the user has a role that holds the permission: by the tables, or by the grants of the contract."""
    index = compiler.index
    model = index.model(user.model_ids[0])
    if not index.has_role_tables:
        names = index.field_named(model, "role_names")
        if names is None:
            raise NotCompilable("users have neither roles nor role_names")
        roles = ", ".join(quote(role) for role in index.roles_granting(permission)) or "NULL"
        return relations.project(
            compiler,
            user,
            lambda alias: atom(f"jsonb_exists_any({alias}.{names.names.column}, ARRAY[{roles}]::text[])"),
        )
    roles_field = index.field_named(model, "roles")
    role = index.named("Role")
    granted = index.field_named(role, "permissions") if role else None
    permissions = index.named("Permission")
    if roles_field is None or granted is None or permissions is None:
        raise NotCompilable("roles hold no permissions in this contract")
    held, holds = index.join_table(roles_field), index.join_table(granted)
    first, second = compiler.aliases.take(held.table), compiler.aliases.take(holds.table)
    third = compiler.aliases.take(permissions.names.table)
    roles_held = layout.text(f"{held.table}{_as(held.table, first)}")
    grants = layout.text(f"JOIN {holds.table}{_as(holds.table, second)} ON {second}.{holds.near} = {first}.{held.far}")
    table = permissions.names.table
    granted_to = layout.text(f"JOIN {table}{_as(table, third)} ON {third}.id = {second}.{holds.far}")
    rows = RowSet(permissions.id, third, (roles_held, grants, granted_to))
    key = index.field_named(permissions, "key")
    name = key.names.column if key else "key"
    return rows.where(
        compare("=", column(first, held.near), user.id), compare("=", column(third, name), atom(quote(permission)))
    ).exists()


def _as(table: str, alias: str) -> str:
    return "" if table == alias else f" AS {alias}"
