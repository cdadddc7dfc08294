"""Who is offered what: access expressions as far as a browser can know them.

The browser knows whether somebody is signed in and which permissions they hold, and nothing of rows that were not
loaded. What it cannot know counts as "perhaps", so that nothing is hidden from somebody who may; the server decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2 as e


@dataclass(frozen=True)
class Access:
    """Any of `ways`, each of them a set of terms that hold together; a way without terms is open to all."""

    ways: frozenset[frozenset[str]]

    @property
    def permissions(self) -> list[str]:
        """Permissions that are named."""
        return sorted({term for way in self.ways for term in way} - {_SIGNED_IN})

    def condition(self, visitor: str = "visitor") -> str:
        """A TypeScript condition on `visitor`, `true` or `false` where it needs none."""
        if frozenset() in self.ways:
            return "true"
        if not self.ways:
            return "false"
        ordered = sorted(self.ways, key=sorted)
        ways = [" && ".join(_term(term, visitor) for term in sorted(way)) for way in ordered]
        return " || ".join(f"({way})" if len(ways) > 1 and " && " in way else way for way in ways)

    def function(self) -> tuple[str, str]:
        """A function of the visitor as source, and the name to import from the session module, if any."""
        if frozenset() in self.ways:
            return "anyone", "anyone"
        if self.ways == {frozenset({_SIGNED_IN})}:
            return "signedIn", "signedIn"
        if not self.ways:
            return "() => false", ""
        return f"(visitor) => {self.condition()}", ""

    def both(self, other: "Access") -> "Access":
        """What holds when both do."""
        return _simplified(one | two for one in self.ways for two in other.ways)


_SIGNED_IN = "signed in"
ANYONE = Access(frozenset({frozenset()}))
SIGNED_IN = Access(frozenset({frozenset({_SIGNED_IN})}))
NOBODY = Access(frozenset())


def permission(key: str) -> Access:
    """Those who hold the permission."""
    return Access(frozenset({frozenset({key})}))


def any_of(several: Iterable[Access]) -> Access:
    """What holds when any of them does."""
    return _simplified([way for one in several for way in one.ways])


def of_expression(expression: e.Expression) -> Access:
    """Compile an access expression; an absent one (no root) is open to all."""
    return _node(expression.root) if expression.HasField("root") else ANYONE


def _node(node: e.Node) -> Access:
    kind = node.WhichOneof("kind")
    if kind == "name":
        named = {e.ROOT_SIGNED_IN: SIGNED_IN, e.ROOT_NOBODY: NOBODY}
        return named.get(node.name.root, ANYONE)
    if kind == "call" and node.call.function == e.FUNCTION_CAN and len(node.call.arguments) == 1:
        return permission(node.call.arguments[0].literal.string_value)
    if kind == "binary" and node.binary.operator == e.BINARY_OPERATOR_AND:
        return _node(node.binary.left).both(_node(node.binary.right))
    if kind == "binary" and node.binary.operator == e.BINARY_OPERATOR_OR:
        return _simplified([*_node(node.binary.left).ways, *_node(node.binary.right).ways])
    if kind == "literal" and node.literal.WhichOneof("value") == "bool_value":
        return ANYONE if node.literal.bool_value else NOBODY
    # A comparison with the caller is false for strangers; of everything else nothing is known.
    if kind == "binary" and node.binary.operator == e.BINARY_OPERATOR_EQUAL and _names_actor(node):
        return SIGNED_IN
    return ANYONE


def _names_actor(node: e.Node) -> bool:
    sides = (node.binary.left, node.binary.right)
    return any(side.name.root == e.ROOT_ACTOR for side in sides if side.WhichOneof("kind") == "name")


def _simplified(ways: Iterable[frozenset[str]]) -> Access:
    # Who holds a permission is signed in; and a way that needs more than another adds nothing.
    lean = {way - {_SIGNED_IN} if len(way) > 1 else way for way in ways}
    if frozenset({_SIGNED_IN}) in lean:
        lean = {way for way in lean if not way} | {frozenset({_SIGNED_IN})}
    return Access(frozenset(way for way in lean if not any(other < way for other in lean)))


def _term(term: str, visitor: str) -> str:
    if term == _SIGNED_IN:
        return f"{visitor}.signedIn"
    key = term.replace("\\", "\\\\").replace('"', '\\"')
    return f'{visitor}.can("{key}")'
