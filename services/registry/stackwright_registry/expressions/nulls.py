"""Flow of null: which paths are known to hold a value when a test came out true, or false."""

from __future__ import annotations

from stackwright_registry.expressions.syntax import Constant, Ident, Infix, Member, Prefix, Tree


def path_of(tree: Tree, variables: frozenset[str]) -> str:
    """Give the path of a name or a chain of members; "" for anything else. A bare field is `this.field`."""
    if isinstance(tree, Ident):
        if tree.name in variables or tree.name in _ROOTS:
            return tree.name
        return f"this.{tree.name}"
    if isinstance(tree, Member):
        operand = path_of(tree.operand, variables)
        return f"{operand}.{tree.name}" if operand else ""
    return ""


_ROOTS = frozenset({"this", "old", "input", "actor", "session", "visitor", "request", "event", "setting", "app"})


def present_when(tree: Tree, outcome: bool, variables: frozenset[str]) -> frozenset[str]:
    """Give the paths that are not null when the test comes out as `outcome`."""
    if isinstance(tree, Prefix) and tree.operator == "!":
        return present_when(tree.operand, not outcome, variables)
    if not isinstance(tree, Infix):
        return frozenset()
    if tree.operator == ("&&" if outcome else "||"):
        return present_when(tree.left, outcome, variables) | present_when(tree.right, outcome, variables)
    if tree.operator == ("!=" if outcome else "=="):
        for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(other, Constant) and other.kind == "null":
                return _with_prefixes(path_of(side, variables))
    if tree.operator == "==" and outcome:
        # What equals a constant that is not null is not null either.
        for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(other, Constant) and other.kind != "null":
                return _with_prefixes(path_of(side, variables))
    return frozenset()


def _with_prefixes(path: str) -> frozenset[str]:
    """A path that holds a value leads through values only."""
    parts = path.split(".") if path else []
    return frozenset(".".join(parts[: length + 1]) for length in range(len(parts)))
