"""A condition on rows as parameters of a list, where it is one: `open`, `!done`, `kind == 'a' && open`."""

from collections.abc import Mapping

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2


def parameters(where: e.Expression, fields: Mapping[str, model_pb2.Field]) -> dict[str, str] | None:
    """Values by name of the parameter; None where the condition is no conjunction of fields and fixed values."""
    return _node(where.root, fields)


def _node(node: e.Node, fields: Mapping[str, model_pb2.Field]) -> dict[str, str] | None:
    kind = node.WhichOneof("kind")
    if kind == "binary" and node.binary.operator == e.BINARY_OPERATOR_AND:
        left, right = _node(node.binary.left, fields), _node(node.binary.right, fields)
        # One parameter has one value.
        return {**left, **right} if left is not None and right is not None and left.keys().isdisjoint(right) else None
    if kind == "binary" and node.binary.operator == e.BINARY_OPERATOR_EQUAL:
        name, value = _name(node.binary.left, fields), _literal(node.binary.right)
        return {name: value} if name and value is not None else None
    if kind == "unary" and node.unary.operator == e.UNARY_OPERATOR_NOT:
        name = _name(node.unary.operand, fields)
        return {name: "false"} if name else None
    name = _name(node, fields)
    return {name: "true"} if name else None


def _name(node: e.Node, fields: Mapping[str, model_pb2.Field]) -> str:
    """The parameter of a field of the row itself."""
    if node.WhichOneof("kind") != "select" or node.select.operand.name.root != e.ROOT_THIS:
        return ""
    field = fields.get(node.select.field_id)
    return field.names.json if field else ""


def _literal(node: e.Node) -> str | None:
    kind = node.literal.WhichOneof("value") if node.WhichOneof("kind") == "literal" else None
    if kind == "bool_value":
        return str(node.literal.bool_value).lower()
    return str(getattr(node.literal, kind)) if kind in ("string_value", "enum_value", "int_value") else None
