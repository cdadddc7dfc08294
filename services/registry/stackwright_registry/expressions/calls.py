"""Calls in expressions: functions, permissions and macros."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions.functions import MACROS, SIGNATURES, TESTS, Signature, count_fits, takes
from stackwright_registry.expressions.names import RESERVED
from stackwright_registry.expressions.stands import OWN_COLUMNS
from stackwright_registry.expressions.syntax import Constant, Ident, Invoke
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
)
from stackwright_registry.expressions.world import Scope
from stackwright_registry.yaml_source import suggestion

if TYPE_CHECKING:
    from stackwright_registry.expressions.checker import Checker

Typed = tuple[pb.Node, Type]
_MODEL_OF_USERS = "User"


def invoke(checker: Checker, tree: Invoke, scope: Scope, expected: Type | None) -> Typed:
    """Type a call."""
    if tree.name == "can":
        return _can(checker, tree, scope)
    if tree.name == "holders":
        return _holders(checker, tree, scope)
    if tree.name in MACROS and tree.receiver is not None:
        return _macro(checker, tree, scope)
    signature = SIGNATURES.get(tree.name)
    if signature is None:
        known = [*SIGNATURES, *MACROS, "can", "holders"]
        checker.wrong(tree.offset, "unknown_name", f"There is no function `{tree.name}`{suggestion(tree.name, known)}.")
        return pb.Node(call=pb.Call()), UNKNOWN
    return _call(checker, tree, scope, signature, expected)


def _call(checker: Checker, tree: Invoke, scope: Scope, signature: Signature, expected: Type | None) -> Typed:
    given = ((tree.receiver,) if tree.receiver is not None else ()) + tree.arguments
    if not count_fits(signature, len(given)):
        checker.wrong(tree.offset, "type_mismatch", f"`{tree.name}` does not take {len(given)} arguments.")
        return pb.Node(call=pb.Call(function=signature.function)), UNKNOWN
    if tree.name in ("readable", "writable") and not scope.stand.actor:
        checker.wrong(tree.offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot ask who is calling.")
    nodes, types = [], []
    for number, argument in enumerate(given):
        node, type_ = checker.typed(argument, scope, expected if tree.name == "coalesce" else None)
        kinds = takes(signature, number)
        if kinds and type_.kind not in kinds and type_.kind != pb.VALUE_KIND_UNSPECIFIED:
            checker.wrong(
                argument.offset, "type_mismatch", f"`{tree.name}` does not take {type_} as argument {number + 1}."
            )
            type_ = UNKNOWN
        if not signature.nullable:
            checker.not_null(type_, argument.offset, f"An argument of `{tree.name}`")
        nodes.append(node)
        types.append(type_)
    for number, argument in enumerate(given):
        other = next((t for t in types if t.kind == pb.VALUE_KIND_ENUM), types[0])
        nodes[number], types[number] = checker.coerced(argument, nodes[number], types[number], other)
        retag(nodes[number], types[number])
    result = signature.gives(types)
    if result is None:
        checker.wrong(tree.offset, "type_mismatch", f"The arguments of `{tree.name}` have no type in common.")
        result = UNKNOWN
    if tree.name == "display" and not types[0].models:
        # A row of an unknown model may have a title that is empty.
        result = result.optional()
    return pb.Node(call=pb.Call(function=signature.function, arguments=nodes)), result


def _can(checker: Checker, tree: Invoke, scope: Scope) -> Typed:
    if not scope.stand.actor:
        checker.wrong(tree.offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot ask who is calling.")
    call = pb.Call(function=pb.FUNCTION_CAN, arguments=[_permission(checker, tree)])
    if tree.receiver is not None:
        node, type_ = checker.typed(tree.receiver, scope)
        _is_user(checker, type_, tree.offset, "`can` is asked of a user")
        checker.not_null(type_, tree.offset, "The user of `can`")
        call.arguments.append(node)
    return pb.Node(call=call), BOOL


def _is_user(checker: Checker, type_: Type, offset: int, what: str) -> None:
    user = checker.world.model(_MODEL_OF_USERS)
    if type_.kind != pb.VALUE_KIND_UNSPECIFIED and (type_.kind != pb.VALUE_KIND_ROW or type_.models != (user,)):
        checker.wrong(offset, "type_mismatch", f"{what}, not of {type_}.")


def _holders(checker: Checker, tree: Invoke, scope: Scope) -> Typed:
    call = pb.Call(function=pb.FUNCTION_HOLDERS, arguments=[_permission(checker, tree)])
    user = checker.world.model(_MODEL_OF_USERS)
    return pb.Node(call=call), rows(*([user] if user else []))


def _permission(checker: Checker, tree: Invoke) -> pb.Node:
    argument = tree.arguments[0] if len(tree.arguments) == 1 else None
    if not isinstance(argument, Constant) or argument.kind != "string":
        checker.wrong(tree.offset, "type_mismatch", f"`{tree.name}` takes the key of a permission as a text.")
        return pb.Node()
    permissions = set(checker.world.permissions())
    if argument.text not in permissions:
        near = suggestion(argument.text, permissions)
        checker.wrong(argument.offset, "unknown_name", f"There is no permission `{argument.text}`{near}.")
    return checker.typed(argument, Scope(OWN_COLUMNS))[0]


def _macro(checker: Checker, tree: Invoke, scope: Scope) -> Typed:
    macro = MACROS[tree.name]
    assert tree.receiver is not None  # noqa: S101  (the caller asked)
    over, source = checker.typed(tree.receiver, scope)
    if len(tree.arguments) != 2 or not isinstance(tree.arguments[0], Ident):
        checker.wrong(
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
            checker.wrong(tree.offset, "type_mismatch", f"`{tree.name}` goes over rows or a list, not {source}.")
        item = UNKNOWN
    if variable.name in RESERVED:
        checker.wrong(variable.offset, "reserved_name", f"`{variable.name}` is reserved; choose another name.")
    inner = replace(scope.with_variable(variable.name, item), present=without(scope.present, variable.name))
    body, type_ = checker.typed(tree.arguments[1], inner)
    result = _macro_result(checker, macro, tree, source, item, type_)
    node = pb.Comprehension(macro=macro, over=over, variable=variable.name, body=body)
    return pb.Node(comprehension=node), result


def _macro_result(checker: Checker, macro: pb.Macro, tree: Invoke, source: Type, item: Type, body: Type) -> Type:
    offset = tree.arguments[1].offset
    if macro in TESTS:
        checker.is_bool(body, offset, f"The condition of `{tree.name}`")
        if macro == pb.MACRO_FILTER:
            return source
        return item.optional(lookup=True) if macro == pb.MACRO_FIND else BOOL
    if macro == pb.MACRO_MAP:
        return (
            rows(*body.models) if body.kind == pb.VALUE_KIND_ROW else Type(pb.VALUE_KIND_LIST, element=body.required())
        )
    if body.kind == pb.VALUE_KIND_UNSPECIFIED:
        return UNKNOWN
    checker.not_null(body, offset, f"The value of `{tree.name}`")
    allowed = NUMBERS if macro in (pb.MACRO_SUM, pb.MACRO_AVG) else ORDERED
    if body.kind not in allowed:
        checker.wrong(offset, "type_mismatch", f"`{tree.name}` goes over numbers or what has an order, not {body}.")
        return UNKNOWN
    if macro == pb.MACRO_SUM:
        return INT if body.kind == pb.VALUE_KIND_INT else DECIMAL
    # Of no row there is no average, no least and no greatest.
    return (DECIMAL if macro == pb.MACRO_AVG else body.required()).optional()


def retag(node: pb.Node, type_: Type) -> None:
    """Write the type of a node again, after its neighbour decided it."""
    node.type.CopyFrom(message_of(type_))


def without(present: frozenset[str], variable: str) -> frozenset[str]:
    """A variable that hides another of its name brings nothing of what was known of that."""
    return frozenset(path for path in present if path.partition(".")[0] != variable)
