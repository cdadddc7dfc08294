"""Permissions and access scopes, evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.python.world import RowKey, Value

if TYPE_CHECKING:
    from stackwright_sdk.expressions.python.evaluator import Evaluator


def can(evaluator: Evaluator, node: Node) -> Value:
    """`can('p')` of the caller, or of the user given."""
    permission = node.call.arguments[0].literal.string_value
    if len(node.call.arguments) == 1:
        return permission in evaluator.world.permissions
    user = evaluator.value(node.call.arguments[1])
    return isinstance(user, RowKey) and _holds(evaluator, user, permission)


def holders(evaluator: Evaluator, node: Node) -> Value:
    """The users who hold a permission."""
    permission = node.call.arguments[0].literal.string_value
    user = evaluator.index.named("User")
    if user is None:
        raise NotCompilable("holders() in a contract without users")
    return [row for row in evaluator.world.all(user.id) if _holds(evaluator, row, permission)]


def readable(evaluator: Evaluator, node: Node) -> Value:
    """Whether the caller may read the row."""
    return in_scope(evaluator, evaluator.value(node.call.arguments[0]), "read")


def writable(evaluator: Evaluator, node: Node) -> Value:
    """Whether the caller may read and change the row."""
    row = evaluator.value(node.call.arguments[0])
    return in_scope(evaluator, row, "read") and in_scope(evaluator, row, "update")


def in_scope(evaluator: Evaluator, row: Value, operation: str) -> bool:
    """Whether the model's access for the operation holds for the row; never for one that is not there."""
    if not isinstance(row, RowKey):
        return False
    stored = evaluator.world.row(row)
    if stored is None or stored.get("deleted_at") is not None:
        return False
    model = evaluator.index.model(row.model_id)
    rule = model.access.read if operation == "read" else model.access.update
    if not rule.HasField("root") or not evaluator.seen_from(row).value(rule.root):
        return False
    if operation != "read" or not model.HasField("part_of"):
        return True
    return in_scope(evaluator, evaluator.field(row, evaluator.index.field(model.part_of.field_id)), "read")


def display(evaluator: Evaluator, node: Node) -> Value:
    """The title of a row."""
    return _title(evaluator, evaluator.value(node.call.arguments[0]))


def model_name(evaluator: Evaluator, node: Node) -> Value:
    """The name of a row's model."""
    row = evaluator.value(node.call.arguments[0])
    return evaluator.index.model(row.model_id).name if isinstance(row, RowKey) else None


def _title(evaluator: Evaluator, row: Value) -> Value:
    if not isinstance(row, RowKey):
        return None
    model = evaluator.index.model(row.model_id)
    if not model.display_field_id:
        return row.id
    value = evaluator.field(row, evaluator.index.field(model.display_field_id))
    return _title(evaluator, value) if isinstance(value, RowKey) else value


def _holds(evaluator: Evaluator, user: RowKey, permission: str) -> bool:
    index = evaluator.index
    if not index.has_role_tables:
        names = (evaluator.world.row(user) or {}).get("role_names")
        return any(role in index.roles_granting(permission) for role in cast(list[str], names or []))
    roles = _named_field(evaluator, user, "roles")
    held = [granted for role in roles for granted in _named_field(evaluator, role, "permissions")]
    return any((evaluator.world.row(granted) or {}).get("key") == permission for granted in held)


def _named_field(evaluator: Evaluator, row: RowKey, name: str) -> list[RowKey]:
    field: model_pb2.Field | None = evaluator.index.field_named(evaluator.index.model(row.model_id), name)
    return [] if field is None else cast(list[RowKey], evaluator.field(row, field))
