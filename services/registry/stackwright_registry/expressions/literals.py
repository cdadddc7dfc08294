"""Constants of expressions, and how they take the type of what they are compared with."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions.syntax import Constant
from stackwright_registry.expressions.types import BOOL, DECIMAL, INT, NULL, STRING, UNKNOWN, Type, message_of
from stackwright_registry.yaml_source import suggestion

if TYPE_CHECKING:
    from stackwright_registry.expressions.checker import Checker

_MAX_INT = 2**53 - 1
_TEMPORAL = {
    pb.VALUE_KIND_DATE: date.fromisoformat,
    pb.VALUE_KIND_TIME: time.fromisoformat,
    pb.VALUE_KIND_TIMESTAMP: datetime.fromisoformat,
    pb.VALUE_KIND_UUID: uuid.UUID,
}


def constant(tree: Constant, checker: Checker) -> tuple[pb.Node, Type]:
    """Type a constant by itself."""
    if tree.kind == "bool":
        return pb.Node(literal=pb.Literal(bool_value=tree.text == "true")), BOOL
    if tree.kind == "null":
        return pb.Node(literal=pb.Literal(null_value=pb.NullValue())), NULL
    if tree.kind == "string":
        return pb.Node(literal=pb.Literal(string_value=tree.text)), STRING
    if tree.kind == "decimal":
        return pb.Node(literal=pb.Literal(decimal_value=tree.text)), DECIMAL
    value = int(tree.text)
    if value > _MAX_INT:
        checker.wrong(tree.offset, "type_mismatch", "A whole number is at most 2^53 - 1.")
        value = 0
    return pb.Node(literal=pb.Literal(int_value=value)), INT


def retyped(tree: Constant, node: pb.Node, type_: Type, target: Type, checker: Checker) -> tuple[pb.Node, Type]:
    """Read a text as a member, a date or an id, where the other side is one; anything else stays as it is."""
    if tree.kind != "string" or type_.kind != pb.VALUE_KIND_STRING:
        return node, type_
    if target.kind == pb.VALUE_KIND_ENUM:
        if tree.text not in target.members:
            near = suggestion(tree.text, list(target.members))
            checker.wrong(tree.offset, "unknown_name", f"`{tree.text}` is no member of {target.required()}{near}.")
            return node, UNKNOWN
        found = Type(pb.VALUE_KIND_ENUM, members=target.members)
        return _node(pb.Literal(enum_value=tree.text), found), found
    if target.kind in _TEMPORAL:
        try:
            _TEMPORAL[target.kind](tree.text)
        except ValueError:
            checker.wrong(tree.offset, "type_mismatch", f"`{tree.text}` is no {target.required()}.")
            return node, UNKNOWN
        found = Type(target.kind)
        literal = (
            pb.Literal(string_value=tree.text)
            if target.kind == pb.VALUE_KIND_UUID
            else pb.Literal(temporal_value=tree.text)
        )
        return _node(literal, found), found
    return node, type_


def _node(literal: pb.Literal, type_: Type) -> pb.Node:
    node = pb.Node(literal=literal)
    node.type.CopyFrom(message_of(type_))
    return node
