"""The type checker: a tree without types to a typed one, with every fault told at its column."""

from __future__ import annotations

from dataclasses import replace

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions import operators
from stackwright_registry.expressions.calls import invoke, retag
from stackwright_registry.expressions.literals import constant, retyped
from stackwright_registry.expressions.names import resolve_ident, resolve_member
from stackwright_registry.expressions.nulls import path_of, present_when
from stackwright_registry.expressions.syntax import (
    Choice,
    Constant,
    Ident,
    Infix,
    Invoke,
    Listing,
    Member,
    Prefix,
    Tree,
    parse,
)
from stackwright_registry.expressions.tokens import SyntaxFault
from stackwright_registry.expressions.types import (
    UNKNOWN,
    Type,
    message_of,
    unify,
)
from stackwright_registry.expressions.world import Scope, World
from stackwright_registry.problems import Place, Problems
from stackwright_registry.yaml_source import suggestion

Typed = tuple[pb.Node, Type]


class Checker:
    """Checks the expressions of one application against its world; faults go to `problems`."""

    def __init__(self, world: World, problems: Problems) -> None:
        self.world = world
        self.problems = problems
        self._place = Place()

    def check(self, expression: pb.Expression, scope: Scope, expected: Type | None = None) -> Type:
        """Type an expression in place (`root` is set) and give its type.

        With `expected`, literals are read as that type. A fault is noted at its column; the result is then unknown.
        """
        self._place = Place.of(expression.place)
        try:
            tree = parse(expression.source)
        except SyntaxFault as fault:
            self.wrong(fault.offset, "not_an_expression", f"{fault.message} in `{expression.source}`.")
            return UNKNOWN
        node, type_ = self.typed(tree, scope, expected)
        expression.root.CopyFrom(node)
        return type_

    def require(self, expression: pb.Expression, scope: Scope, what: str = "This") -> None:
        """Type a condition: it must give true or false, never null."""
        type_ = self.check(expression, scope)
        self.is_bool(type_, 0, what)

    def present(self, expression: pb.Expression, scope: Scope) -> frozenset[str]:
        """Give the paths that are not null where this condition holds."""
        try:
            return present_when(parse(expression.source), True, frozenset(scope.variables))
        except SyntaxFault:
            return frozenset()

    def wrong(self, offset: int, code: str, message: str) -> None:
        """Note a fault at an offset of the current expression."""
        self.problems.add(self._place.moved(offset), code, message)

    def typed(self, tree: Tree, scope: Scope, expected: Type | None = None) -> Typed:
        """Type a tree."""
        node, type_ = self._kind(tree, scope, expected)
        if expected is not None and expected.kind != type_.kind and isinstance(tree, Constant):
            node, type_ = self.coerced(tree, node, type_, expected)
        node.type.CopyFrom(message_of(type_))
        return node, type_

    def _kind(self, tree: Tree, scope: Scope, expected: Type | None) -> Typed:
        match tree:
            case Constant():
                return constant(tree, self)
            case Ident():
                return resolve_ident(tree, scope, self)
            case Member():
                return self._member(tree, scope)
            case Invoke():
                return invoke(self, tree, scope, expected)
            case Prefix():
                return operators.prefix(tree, scope, self)
            case Infix():
                return operators.infix(tree, scope, self)
            case Choice():
                return self._choice(tree, scope, expected)
            case Listing():
                return self._listing(tree, scope, expected)

    def is_bool(self, type_: Type, offset: int, what: str) -> None:
        """Refuse what is not true or false."""
        if type_.kind not in (pb.VALUE_KIND_BOOL, pb.VALUE_KIND_UNSPECIFIED):
            self.wrong(offset, "type_mismatch", f"{what} must be true or false, not {type_}.")
        elif type_.nullable:
            self.not_null(type_, offset, what)

    def not_null(self, type_: Type, offset: int, what: str) -> None:
        """Refuse what may be null."""
        if type_.nullable:
            self.wrong(
                offset, "unguarded_null", f"{what} may be null here; test it before (`x != null && …`) or use coalesce."
            )

    def coerced(self, tree: Tree, node: pb.Node, type_: Type, target: Type) -> Typed:
        """Read a literal as the type that its neighbour or its place has."""
        if isinstance(tree, Constant) and type_.kind != target.kind:
            return retyped(tree, node, type_, target, self)
        if isinstance(tree, Listing) and type_.element is not None and target.element is not None:
            for item, inner in zip(tree.items, node.list.items, strict=True):
                changed, changed_type = self.coerced(item, inner, type_.element, target.element)
                if changed is not inner:
                    changed.type.CopyFrom(message_of(changed_type))
                    inner.CopyFrom(changed)
            element = target.element.required() if type_.element.kind != target.element.kind else type_.element
            type_ = replace(type_, element=element)
            node.type.CopyFrom(message_of(type_))
        return node, type_

    def _member(self, tree: Member, scope: Scope) -> Typed:
        if (key := _setting_key(tree)) is not None:
            return self._setting(key, tree.offset, scope)
        operand, type_ = self.typed(tree.operand, scope)
        node, found = resolve_member(tree, operand, type_, scope, self)
        if found.nullable and path_of(tree, frozenset(scope.variables)) in scope.present:
            found = found.required()
        return node, found

    def _setting(self, key: str, offset: int, scope: Scope) -> Typed:
        if not scope.stand.setting:
            self.wrong(offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot read settings.")
        type_ = self.world.setting(key)
        if type_ is None:
            self.wrong(
                offset, "unknown_name", f"There is no setting `{key}`{suggestion(key, list(self.world.settings()))}."
            )
            return pb.Node(name=pb.Name(setting_key=key)), UNKNOWN
        return pb.Node(name=pb.Name(setting_key=key)), type_

    def _choice(self, tree: Choice, scope: Scope, expected: Type | None) -> Typed:
        condition, type_ = self.typed(tree.condition, scope)
        self.is_bool(type_, tree.condition.offset, "The condition of `?:`")
        names = frozenset(scope.variables)
        then, left = self.typed(tree.then, scope.with_present(present_when(tree.condition, True, names)), expected)
        other, right = self.typed(
            tree.otherwise, scope.with_present(present_when(tree.condition, False, names)), expected
        )
        then, left = self.coerced(tree.then, then, left, right)
        other, right = self.coerced(tree.otherwise, other, right, left)
        found = unify(left, right)
        if found is None:
            self.wrong(
                tree.offset, "type_mismatch", f"Both branches of `?:` must have one type, not {left} and {right}."
            )
            found = UNKNOWN
        retag(then, left)
        retag(other, right)
        return pb.Node(conditional=pb.Conditional(condition=condition, then=then, otherwise=other)), found

    def _listing(self, tree: Listing, scope: Scope, expected: Type | None) -> Typed:
        inner = expected.element if expected is not None else None
        nodes, element = [], None
        for item in tree.items:
            node, type_ = self.typed(item, scope, inner)
            self.not_null(type_, item.offset, "An item of a list")
            joined = type_ if element is None else unify(element, type_)
            if joined is None:
                self.wrong(
                    item.offset, "type_mismatch", f"The items of a list have one type, not {element} and {type_}."
                )
                joined = UNKNOWN
            element = joined
            nodes.append(node)
        type_ = Type(pb.VALUE_KIND_LIST, element=element or UNKNOWN)
        return pb.Node(list=pb.ListLiteral(items=nodes)), type_


def _setting_key(tree: Member) -> str | None:
    """Give the key of `setting.a.b`."""
    parts: list[str] = []
    node: Tree = tree
    while isinstance(node, Member):
        parts.append(node.name)
        node = node.operand
    return ".".join(reversed(parts)) if isinstance(node, Ident) and node.name == "setting" else None
