"""The type checker: a tree without types to a typed one, with every fault told at its column."""

from __future__ import annotations

from dataclasses import replace

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions import operators
from stackwright_registry.expressions.functions import MACROS, SIGNATURES, TESTS, Signature, count_fits, takes
from stackwright_registry.expressions.literals import constant, retyped
from stackwright_registry.expressions.names import RESERVED, resolve_ident, resolve_member
from stackwright_registry.expressions.nulls import path_of, present_when
from stackwright_registry.expressions.stands import OWN_COLUMNS
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
    BOOL,
    DECIMAL,
    INT,
    NUMBERS,
    ORDERED,
    UNKNOWN,
    Type,
    message_of,
    row,
    rows,
    unify,
)
from stackwright_registry.expressions.world import Scope, World
from stackwright_registry.problems import Place, Problems
from stackwright_registry.yaml_source import suggestion

Typed = tuple[pb.Node, Type]
_MODEL_OF_USERS = "User"


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
                return self._invoke(tree, scope, expected)
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
        _retag(then, left)
        _retag(other, right)
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

    def _invoke(self, tree: Invoke, scope: Scope, expected: Type | None) -> Typed:
        if tree.name == "can":
            return self._can(tree, scope)
        if tree.name == "holders":
            return self._holders(tree, scope)
        if tree.name in MACROS and tree.receiver is not None:
            return self._macro(tree, scope)
        signature = SIGNATURES.get(tree.name)
        if signature is None:
            known = [*SIGNATURES, *MACROS, "can", "holders"]
            self.wrong(
                tree.offset, "unknown_name", f"There is no function `{tree.name}`{suggestion(tree.name, known)}."
            )
            return pb.Node(call=pb.Call()), UNKNOWN
        return self._call(tree, scope, signature, expected)

    def _call(self, tree: Invoke, scope: Scope, signature: Signature, expected: Type | None) -> Typed:
        given = ((tree.receiver,) if tree.receiver is not None else ()) + tree.arguments
        if not count_fits(signature, len(given)):
            self.wrong(tree.offset, "type_mismatch", f"`{tree.name}` does not take {len(given)} arguments.")
            return pb.Node(call=pb.Call(function=signature.function)), UNKNOWN
        if tree.name in ("readable", "writable") and not scope.stand.actor:
            self.wrong(tree.offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot ask who is calling.")
        nodes, types = [], []
        for number, argument in enumerate(given):
            node, type_ = self.typed(argument, scope, expected if tree.name == "coalesce" else None)
            kinds = takes(signature, number)
            if kinds and type_.kind not in kinds and type_.kind != pb.VALUE_KIND_UNSPECIFIED:
                self.wrong(
                    argument.offset, "type_mismatch", f"`{tree.name}` does not take {type_} as argument {number + 1}."
                )
                type_ = UNKNOWN
            if not signature.nullable:
                self.not_null(type_, argument.offset, f"An argument of `{tree.name}`")
            nodes.append(node)
            types.append(type_)
        for number, argument in enumerate(given):
            other = next((t for t in types if t.kind == pb.VALUE_KIND_ENUM), types[0])
            nodes[number], types[number] = self.coerced(argument, nodes[number], types[number], other)
            _retag(nodes[number], types[number])
        result = signature.gives(types)
        if result is None:
            self.wrong(tree.offset, "type_mismatch", f"The arguments of `{tree.name}` have no type in common.")
            result = UNKNOWN
        if tree.name == "display" and not types[0].models:
            # A row of an unknown model may have a title that is empty.
            result = result.optional()
        return pb.Node(call=pb.Call(function=signature.function, arguments=nodes)), result

    def _can(self, tree: Invoke, scope: Scope) -> Typed:
        if not scope.stand.actor:
            self.wrong(tree.offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot ask who is calling.")
        call = pb.Call(function=pb.FUNCTION_CAN, arguments=[self._permission(tree)])
        if tree.receiver is not None:
            node, type_ = self.typed(tree.receiver, scope)
            self._is_user(type_, tree.offset, "`can` is asked of a user")
            self.not_null(type_, tree.offset, "The user of `can`")
            call.arguments.append(node)
        return pb.Node(call=call), BOOL

    def _is_user(self, type_: Type, offset: int, what: str) -> None:
        user = self.world.model(_MODEL_OF_USERS)
        if type_.kind != pb.VALUE_KIND_UNSPECIFIED and (type_.kind != pb.VALUE_KIND_ROW or type_.models != (user,)):
            self.wrong(offset, "type_mismatch", f"{what}, not of {type_}.")

    def _holders(self, tree: Invoke, scope: Scope) -> Typed:
        call = pb.Call(function=pb.FUNCTION_HOLDERS, arguments=[self._permission(tree)])
        user = self.world.model(_MODEL_OF_USERS)
        return pb.Node(call=call), rows(*([user] if user else []))

    def _permission(self, tree: Invoke) -> pb.Node:
        argument = tree.arguments[0] if len(tree.arguments) == 1 else None
        if not isinstance(argument, Constant) or argument.kind != "string":
            self.wrong(tree.offset, "type_mismatch", f"`{tree.name}` takes the key of a permission as a text.")
            return pb.Node()
        permissions = set(self.world.permissions())
        if argument.text not in permissions:
            near = suggestion(argument.text, permissions)
            self.wrong(argument.offset, "unknown_name", f"There is no permission `{argument.text}`{near}.")
        return self.typed(argument, Scope(OWN_COLUMNS))[0]

    def _macro(self, tree: Invoke, scope: Scope) -> Typed:
        macro = MACROS[tree.name]
        assert tree.receiver is not None  # noqa: S101  (the caller asked)
        over, source = self.typed(tree.receiver, scope)
        if len(tree.arguments) != 2 or not isinstance(tree.arguments[0], Ident):
            self.wrong(
                tree.offset, "type_mismatch", f"`{tree.name}` takes a name and an expression: `rows.{tree.name}(r, …)`."
            )
            return pb.Node(comprehension=pb.Comprehension(macro=macro, over=over)), UNKNOWN
        variable = tree.arguments[0]
        if source.kind == pb.VALUE_KIND_ROWS:
            item = row(*source.models)
        elif source.kind == pb.VALUE_KIND_LIST:
            item = source.element or UNKNOWN
        else:
            if source.kind != pb.VALUE_KIND_UNSPECIFIED:
                self.wrong(tree.offset, "type_mismatch", f"`{tree.name}` goes over rows or a list, not {source}.")
            item = UNKNOWN
        if variable.name in RESERVED:
            self.wrong(variable.offset, "reserved_name", f"`{variable.name}` is reserved; choose another name.")
        inner = replace(scope.with_variable(variable.name, item), present=_without(scope.present, variable.name))
        body, type_ = self.typed(tree.arguments[1], inner)
        result = self._macro_result(macro, tree, source, item, type_)
        node = pb.Comprehension(macro=macro, over=over, variable=variable.name, body=body)
        return pb.Node(comprehension=node), result

    def _macro_result(self, macro: pb.Macro, tree: Invoke, source: Type, item: Type, body: Type) -> Type:
        offset = tree.arguments[1].offset
        if macro in TESTS:
            self.is_bool(body, offset, f"The condition of `{tree.name}`")
            if macro == pb.MACRO_FILTER:
                return source
            return item.optional(lookup=True) if macro == pb.MACRO_FIND else BOOL
        if macro == pb.MACRO_MAP:
            return (
                rows(*body.models)
                if body.kind == pb.VALUE_KIND_ROW
                else Type(pb.VALUE_KIND_LIST, element=body.required())
            )
        if body.kind == pb.VALUE_KIND_UNSPECIFIED:
            return UNKNOWN
        self.not_null(body, offset, f"The value of `{tree.name}`")
        allowed = NUMBERS if macro in (pb.MACRO_SUM, pb.MACRO_AVG) else ORDERED
        if body.kind not in allowed:
            self.wrong(offset, "type_mismatch", f"`{tree.name}` goes over numbers or what has an order, not {body}.")
            return UNKNOWN
        if macro == pb.MACRO_SUM:
            return INT if body.kind == pb.VALUE_KIND_INT else DECIMAL
        # Of no row there is no average, no least and no greatest.
        return (DECIMAL if macro == pb.MACRO_AVG else body.required()).optional()


def _retag(node: pb.Node, type_: Type) -> None:
    node.type.CopyFrom(message_of(type_))


def _without(present: frozenset[str], variable: str) -> frozenset[str]:
    """A variable that hides another of its name brings nothing of what was known of that."""
    return frozenset(path for path in present if path.partition(".")[0] != variable)


def _setting_key(tree: Member) -> str | None:
    """Give the key of `setting.a.b`."""
    parts: list[str] = []
    node: Tree = tree
    while isinstance(node, Member):
        parts.append(node.name)
        node = node.operand
    return ".".join(reversed(parts)) if isinstance(node, Ident) and node.name == "setting" else None
