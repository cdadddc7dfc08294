"""Joining typed conditions, and what can be said of a condition without a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.expressions.types import BOOL, message_of
from stackwright_registry.resolving.assembly import Assembly

AND, OR = pb.BINARY_OPERATOR_AND, pb.BINARY_OPERATOR_OR
_SIGNS = {AND: "&&", OR: "||"}


def term(root: pb.Root, source: str) -> pb.Expression:
    """Give a ready-made term: `anyone`, `signed_in`, `nobody`."""
    node = pb.Node(name=pb.Name(root=root))
    node.type.CopyFrom(message_of(BOOL))
    return pb.Expression(source=source, root=node)


ANYONE = term(pb.ROOT_ANYONE, "anyone")
SIGNED_IN = term(pb.ROOT_SIGNED_IN, "signed_in")
NOBODY = term(pb.ROOT_NOBODY, "nobody")


def can(permission: str) -> pb.Expression:
    """Give `can('permission')`."""
    literal = pb.Node(literal=pb.Literal(string_value=permission))
    literal.type.kind = pb.VALUE_KIND_STRING
    node = pb.Node(call=pb.Call(function=pb.FUNCTION_CAN, arguments=[literal]))
    node.type.CopyFrom(message_of(BOOL))
    return pb.Expression(source=f"can('{permission}')", root=node)


def joined(operator: pb.BinaryOperator, conditions: Iterable[pb.Expression]) -> pb.Expression | None:
    """Join conditions; what decides nothing, and what stands there twice, is left out. None: there was none."""
    neutral, deciding = (pb.ROOT_ANYONE, pb.ROOT_NOBODY) if operator == AND else (pb.ROOT_NOBODY, pb.ROOT_ANYONE)
    kept: list[pb.Expression] = []
    given = list(conditions)
    for condition in given:
        if is_root(condition.root, deciding):
            return condition
        if not is_root(condition.root, neutral) and all(condition.source != other.source for other in kept):
            kept.append(condition)
    if not kept:
        return given[0] if given else None
    found = kept[0]
    for other in kept[1:]:
        sources = [_braced(item, operator) for item in (found, other)]
        node = pb.Node(binary=pb.Binary(operator=operator, left=found.root, right=other.root))
        node.type.CopyFrom(message_of(BOOL))
        found = pb.Expression(source=f" {_SIGNS[operator]} ".join(sources), root=node)
    return found


def _braced(condition: pb.Expression, operator: pb.BinaryOperator) -> str:
    binary = condition.root.WhichOneof("kind") == "binary" and condition.root.binary.operator in (AND, OR)
    mixed = binary and condition.root.binary.operator != operator
    return f"({condition.source})" if mixed or condition.root.WhichOneof("kind") == "conditional" else condition.source


def is_root(node: pb.Node, root: pb.Root) -> bool:
    """Say whether a condition is this ready-made term alone."""
    return node.WhichOneof("kind") == "name" and node.name.root == root


def conjuncts(node: pb.Node) -> Iterator[pb.Node]:
    """Give the conditions that must all hold."""
    if node.WhichOneof("kind") == "binary" and node.binary.operator == AND:
        yield from conjuncts(node.binary.left)
        yield from conjuncts(node.binary.right)
    else:
        yield node


def permission_of(condition: pb.Expression | None) -> str:
    """Give the permission that a caller must hold whatever the row is; "" when there is none."""
    found = ""
    for node in conjuncts(condition.root) if condition is not None else ():
        if (
            node.WhichOneof("kind") == "call"
            and node.call.function == pb.FUNCTION_CAN
            and len(node.call.arguments) == 1
        ):
            found = node.call.arguments[0].literal.string_value
    return found


def open_to_strangers(condition: pb.Expression | None) -> bool:
    """Say whether a stranger may come through for some row: nobody is signed in, and no row is theirs."""
    return condition is not None and _possible(condition.root)


def _possible(node: pb.Node) -> bool:
    kind = node.WhichOneof("kind")
    if kind == "name":
        return node.name.root not in (pb.ROOT_SIGNED_IN, pb.ROOT_NOBODY)
    if kind == "binary":
        operator = node.binary.operator
        if operator == AND:
            return _possible(node.binary.left) and _possible(node.binary.right)
        if operator == OR:
            return _possible(node.binary.left) or _possible(node.binary.right)
        if operator == pb.BINARY_OPERATOR_EQUAL:
            return not (_is_caller(node.binary.left) or _is_caller(node.binary.right))
        return True
    if kind == "call":
        return not (node.call.function == pb.FUNCTION_CAN and len(node.call.arguments) == 1)
    if kind == "comprehension" and node.comprehension.macro == pb.MACRO_EXISTS:
        return _possible(node.comprehension.body)
    if kind == "literal":
        return node.literal.bool_value
    return True


def _is_caller(node: pb.Node) -> bool:
    while node.WhichOneof("kind") == "select":
        node = node.select.operand
    return node.WhichOneof("kind") == "name" and node.name.root in (pb.ROOT_ACTOR, pb.ROOT_SESSION)


def join_access(assembly: Assembly) -> None:
    """Spread `write`, default `refer`, and join what other features widen; what is nobody's stays so."""
    for found in assembly.models.values():
        access = found.access
        for name in ("create", "update", "delete"):
            if access.HasField("write") and not access.HasField(name):
                getattr(access, name).CopyFrom(access.write)
        access.ClearField("write")
        own_refer = access.HasField("refer")
        for widening in assembly.widenings.get(found.id, []):
            access.widenings.add(feature=widening.feature, operation=widening.name, by=widening.by)
            present = [getattr(access, widening.name)] if access.HasField(widening.name) else []
            wider = joined(OR, [*present, widening.by])
            if wider is not None:
                copy = pb.Expression()
                copy.CopyFrom(wider)
                getattr(access, widening.name).CopyFrom(copy)
        if not own_refer and access.HasField("read") and not access.HasField("refer"):
            access.refer.CopyFrom(access.read)
        elif not own_refer and access.HasField("refer") and access.HasField("read"):
            wider = joined(OR, [access.read, access.refer])
            copy = pb.Expression()
            copy.CopyFrom(wider or access.read)
            access.refer.CopyFrom(copy)


def scope_of(found: model.Model, name: str) -> pb.Expression:
    """Give a scope of a model; an absent one is nobody's."""
    return getattr(found.access, name) if found.access.HasField(name) else NOBODY
