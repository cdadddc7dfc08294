"""What a browser can know of an access expression."""

import pytest

from stackwright.contract.v1 import expression_pb2 as e
from stackwright_react_frontend.access import ANYONE, NOBODY, SIGNED_IN, Access, of_expression, permission


def name(root: e.Root) -> e.Node:
    return e.Node(name=e.Name(root=root))


def can(key: str) -> e.Node:
    return e.Node(call=e.Call(function=e.FUNCTION_CAN, arguments=[e.Node(literal=e.Literal(string_value=key))]))


def join(operator: e.BinaryOperator, left: e.Node, right: e.Node) -> e.Node:
    return e.Node(binary=e.Binary(operator=operator, left=left, right=right))


AND, OR, EQUAL = e.BINARY_OPERATOR_AND, e.BINARY_OPERATOR_OR, e.BINARY_OPERATOR_EQUAL
OWNER = join(EQUAL, e.Node(select=e.Select(operand=name(e.ROOT_THIS), member="created_by")), name(e.ROOT_ACTOR))
UNKNOWN = e.Node(name=e.Name(setting_key="docs.public"))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (name(e.ROOT_ANYONE), ANYONE),
        (name(e.ROOT_SIGNED_IN), SIGNED_IN),
        (name(e.ROOT_NOBODY), NOBODY),
        (can("users.read"), permission("users.read")),
        # Who owns a row is signed in; whether they own it is not known before it is loaded.
        (OWNER, SIGNED_IN),
        (join(OR, OWNER, can("sample.manage")), SIGNED_IN),
        (join(AND, OWNER, can("sample.manage")), permission("sample.manage")),
        (join(OR, name(e.ROOT_NOBODY), can("x")), permission("x")),
        # What only the server knows hides nothing.
        (join(OR, UNKNOWN, name(e.ROOT_SIGNED_IN)), ANYONE),
        (join(AND, UNKNOWN, can("x")), permission("x")),
    ],
)
def test_expressions(node: e.Node, expected: Access) -> None:
    assert of_expression(e.Expression(root=node)) == expected


def test_conditions() -> None:
    both = permission("a").both(permission("b"))
    assert both.condition() == 'visitor.can("a") && visitor.can("b")'
    either = Access(permission("c").ways | both.ways)
    assert either.condition() == '(visitor.can("a") && visitor.can("b")) || visitor.can("c")'
    assert SIGNED_IN.function() == ("signedIn", "signedIn")
    assert NOBODY.function() == ("() => false", "")
    assert permission('a"b').condition() == 'visitor.can("a\\"b")'
