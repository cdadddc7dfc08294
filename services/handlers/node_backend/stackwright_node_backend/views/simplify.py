"""Conditions brought to their shortest form before they are printed: `nobody || x` is `x`, `(x || y) && y` is `y`."""

from collections.abc import Sequence

from stackwright.contract.v1 import expression_pb2 as e

_NEUTRAL = {e.BINARY_OPERATOR_OR: e.ROOT_NOBODY, e.BINARY_OPERATOR_AND: e.ROOT_ANYONE}


def simplified(node: e.Node) -> e.Node:
    """The same condition without operands that decide nothing."""
    if node.WhichOneof("kind") != "binary" or node.binary.operator not in _NEUTRAL:
        return node
    left, right = simplified(node.binary.left), simplified(node.binary.right)
    neutral = _NEUTRAL[node.binary.operator]
    if _is_root(left, neutral):
        return right
    if _is_root(right, neutral) or left == right:
        return left
    shorter = e.Node(type=node.type)
    shorter.binary.operator = node.binary.operator
    shorter.binary.left.CopyFrom(left)
    shorter.binary.right.CopyFrom(right)
    return shorter


def conjuncts(expressions: Sequence[e.Expression]) -> list[e.Expression]:
    """Conditions that must all hold, each by itself, without those that follow from another one."""
    found: list[e.Expression] = []
    for expression in expressions:
        for node in _operands(simplified(expression.root), e.BINARY_OPERATOR_AND):
            if all(node != known.root for known in found):
                found.append(e.Expression(source=expression.source, root=node))
    return [one for one in found if not any(one is not other and _follows(one.root, other.root) for other in found)]


def _follows(one: e.Node, other: e.Node) -> bool:
    """Whether `one` holds whenever `other` does, because it is a choice that has `other` among its operands."""
    choices = _operands(one, e.BINARY_OPERATOR_OR)
    return len(choices) > 1 and other in choices


def _operands(node: e.Node, operator: e.BinaryOperator) -> list[e.Node]:
    if node.WhichOneof("kind") == "binary" and node.binary.operator == operator:
        return [*_operands(node.binary.left, operator), *_operands(node.binary.right, operator)]
    return [node]


def _is_root(node: e.Node, root: int) -> bool:
    return node.WhichOneof("kind") == "name" and node.name.root == root
