"""What an expression reads: rows of its own, rows of others, who asks."""

from collections.abc import Iterator

from stackwright.contract.v1 import expression_pb2
from stackwright_sdk.expressions.errors import NotCompilable

Node = expression_pb2.Node
Expression = expression_pb2.Expression

_SETS_AND_ROWS = frozenset({expression_pb2.VALUE_KIND_ROW, expression_pb2.VALUE_KIND_ROWS})
_ROW_ROOTS = frozenset({expression_pb2.ROOT_THIS, expression_pb2.ROOT_OLD})
_LOADED_ROOTS = frozenset(
    {expression_pb2.ROOT_THIS, expression_pb2.ROOT_OLD, expression_pb2.ROOT_ACTOR, expression_pb2.ROOT_SESSION}
)
_ASKS_DATABASE = frozenset(
    {expression_pb2.FUNCTION_READABLE, expression_pb2.FUNCTION_WRITABLE, expression_pb2.FUNCTION_HOLDERS}
)


def tree(expression: Expression | Node) -> Node:
    """The typed tree of an expression; raises NotCompilable when the contract has not been resolved."""
    if isinstance(expression, Expression):
        if not expression.HasField("root"):
            raise NotCompilable(f"{expression.source!r} has not been typed: resolve the contract first")
        return expression.root
    return expression


def children(node: Node) -> tuple[Node, ...]:
    """The direct operands of a node, in the order written."""
    kind = node.WhichOneof("kind")
    if kind == "select":
        return (node.select.operand,)
    if kind == "unary":
        return (node.unary.operand,)
    if kind == "binary":
        return (node.binary.left, node.binary.right)
    if kind == "conditional":
        return (node.conditional.condition, node.conditional.then, node.conditional.otherwise)
    if kind == "call":
        return tuple(node.call.arguments)
    if kind == "comprehension":
        return (node.comprehension.over, node.comprehension.body)
    if kind == "list":
        return tuple(node.list.items)
    return ()


def walk(expression: Expression | Node) -> Iterator[Node]:
    """Every node of an expression, parents first."""
    pending = [tree(expression)]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(children(node)))


def needs_row(expression: Expression | Node) -> bool:
    """Whether the answer depends on the row in hand (`this` or `old`)."""
    return any(node.WhichOneof("kind") == "name" and node.name.root in _ROW_ROOTS for node in walk(expression))


def needs_database(expression: Expression | Node) -> bool:
    """Whether rows beyond the loaded ones (`this`, `old`, `actor`, `session`, `input`, …) must be read to answer it.

    Asks the expression alone: a computed field of `this` that it names may need rows in its turn, which `to_typescript`
    finds out.
    """
    return any(_reads_rows(node) for node in walk(expression))


def permissions(expression: Expression | Node) -> tuple[str, ...]:
    """Permissions the caller is asked for, sorted."""
    asked = {node.call.arguments[0].literal.string_value for node in walk(expression) if _is_can(node)}
    return tuple(sorted(asked))


def model_sets(expression: Expression | Node) -> tuple[str, ...]:
    """Ids of the models whose whole set the expression starts from, sorted."""
    names = {
        node.name.model_id for node in walk(expression) if node.WhichOneof("kind") == "name" and node.name.model_id
    }
    return tuple(sorted(names))


def _is_can(node: Node) -> bool:
    return (
        node.WhichOneof("kind") == "call"
        and node.call.function == expression_pb2.FUNCTION_CAN
        and len(node.call.arguments) == 1
    )


def _reads_rows(node: Node) -> bool:
    kind = node.WhichOneof("kind")
    if kind == "name":
        return bool(node.name.model_id)
    if kind == "call":
        asks_other = node.call.function == expression_pb2.FUNCTION_CAN and len(node.call.arguments) > 1
        asks_title = node.call.function == expression_pb2.FUNCTION_DISPLAY and not _is_loaded(node.call.arguments[0])
        return node.call.function in _ASKS_DATABASE or asks_other or asks_title
    if kind == "select":
        if node.type.kind == expression_pb2.VALUE_KIND_ROWS:
            return True
        operand = node.select.operand
        return operand.type.kind in _SETS_AND_ROWS and node.select.member != "id" and not _is_loaded(operand)
    return False


def _is_loaded(node: Node) -> bool:
    if node.WhichOneof("kind") != "name":
        return False
    return node.name.root in _LOADED_ROOTS or node.name.WhichOneof("name") == "variable"
