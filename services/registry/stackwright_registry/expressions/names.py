"""Names in expressions: variables, roots, ready-made terms, fields and models, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions.syntax import Ident, Member
from stackwright_registry.expressions.types import (
    BOOL,
    DATE,
    JSON,
    STRING,
    TIMESTAMP,
    UNKNOWN,
    Type,
    message_of,
    row,
    rows,
    unify,
)
from stackwright_registry.expressions.world import MemberType, Scope
from stackwright_registry.yaml_source import suggestion

if TYPE_CHECKING:
    from stackwright_registry.expressions.checker import Checker

_EVENT = Type(pb.VALUE_KIND_OBJECT, fields={"name": STRING, "before": JSON.optional(), "after": JSON.optional()})
_REQUEST = Type(
    pb.VALUE_KIND_OBJECT,
    fields={"id": STRING, "ip": STRING.optional(), "user_agent": STRING.optional(), "visitor": STRING.optional()},
)
_APP = Type(pb.VALUE_KIND_OBJECT, fields={"url": STRING, "name": STRING})
_TERMS = {"anyone": pb.ROOT_ANYONE, "signed_in": pb.ROOT_SIGNED_IN, "nobody": pb.ROOT_NOBODY}
_ROOTS = {
    "this": pb.ROOT_THIS,
    "old": pb.ROOT_OLD,
    "input": pb.ROOT_INPUT,
    "actor": pb.ROOT_ACTOR,
    "session": pb.ROOT_SESSION,
    "visitor": pb.ROOT_VISITOR,
    "request": pb.ROOT_REQUEST,
    "event": pb.ROOT_EVENT,
    "app": pb.ROOT_APP,
    "now": pb.ROOT_NOW,
    "today": pb.ROOT_TODAY,
}
RESERVED = frozenset({*_ROOTS, *_TERMS, "setting", "true", "false", "null", "in"})


def resolve_ident(tree: Ident, scope: Scope, checker: Checker) -> tuple[pb.Node, Type]:
    """Type a bare name."""
    name = tree.name
    if name in scope.variables:
        return pb.Node(name=pb.Name(variable=name)), _known(name, scope.variables[name], scope)
    if name in _TERMS:
        if not scope.stand.actor:
            _misplaced(tree, scope, checker)
        return pb.Node(name=pb.Name(root=_TERMS[name])), BOOL
    if name in _ROOTS:
        return _root(tree, scope, checker)
    if name == "setting":
        checker.wrong(tree.offset, "unknown_name", "A setting is read by its key: `setting.key`.")
        return pb.Node(), UNKNOWN
    if scope.this is not None and scope.this.models:
        node, type_ = _this(scope), scope.this
        found = _of_row(type_, name, checker)
        if found is not None:
            return select(node, type_, name, found, tree.offset, f"this.{name}", scope, checker)
    model_id = checker.world.model(name)
    if model_id is not None:
        if not scope.stand.relations:
            _misplaced(tree, scope, checker)
        return pb.Node(name=pb.Name(model_id=model_id)), rows(model_id)
    known = [*scope.variables, *_ROOTS, *_TERMS, *checker.world.models()]
    for model_id in scope.this.models if scope.this is not None else ():
        known.extend(checker.world.members(model_id))
    checker.wrong(
        tree.offset, "unknown_name", f"There is no `{name}` here{suggestion(name, known) if len(name) > 1 else ''}."
    )
    return pb.Node(), UNKNOWN


def _known(path: str, type_: Type, scope: Scope) -> Type:
    return type_.required() if path in scope.present else type_


def _this(scope: Scope) -> pb.Node:
    node = pb.Node(name=pb.Name(root=pb.ROOT_THIS))
    node.type.CopyFrom(message_of(scope.this or UNKNOWN))
    return node


def _misplaced(tree: Ident, scope: Scope, checker: Checker) -> None:
    checker.wrong(tree.offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot read `{tree.name}`.")


def _root(tree: Ident, scope: Scope, checker: Checker) -> tuple[pb.Node, Type]:
    stand, name = scope.stand, tree.name
    user, session = checker.world.model("User"), checker.world.model("Session")
    allowed, type_ = {
        "this": (scope.this is not None, scope.this or UNKNOWN),
        "old": (stand.old and scope.this is not None, scope.this or UNKNOWN),
        "input": (stand.input and scope.inputs is not None, Type(pb.VALUE_KIND_OBJECT, fields=scope.inputs or {})),
        "actor": (stand.actor and user is not None, row(*([user] if user else []))),
        "session": (stand.actor and session is not None, row(*([session] if session else []))),
        "visitor": (stand.actor, STRING.optional()),
        "request": (stand.request, _REQUEST),
        "event": (stand.event, _EVENT),
        "app": (stand.app, _APP),
        "now": (stand.now, TIMESTAMP),
        "today": (stand.now, DATE),
    }[name]
    if not allowed:
        _misplaced(tree, scope, checker)
    return pb.Node(name=pb.Name(root=_ROOTS[name])), _known(name, type_, scope)


def resolve_member(tree: Member, operand: pb.Node, type_: Type, scope: Scope, checker: Checker) -> tuple[pb.Node, Type]:
    """Type `operand.name`."""
    if type_.kind == pb.VALUE_KIND_UNSPECIFIED:
        return pb.Node(select=pb.Select(operand=operand, member=tree.name)), UNKNOWN
    if type_.kind == pb.VALUE_KIND_OBJECT:
        found = (type_.fields or {}).get(tree.name)
        if found is None:
            near = suggestion(tree.name, list(type_.fields or {}))
            checker.wrong(tree.offset, "unknown_name", f"There is no `{tree.name}` in it{near}.")
            found = UNKNOWN
        return pb.Node(select=pb.Select(operand=operand, member=tree.name)), found.optional(
            type_.nullable, type_.lookup
        )
    if type_.kind != pb.VALUE_KIND_ROW:
        hint = "; use filter, map, exists or find" if type_.kind == pb.VALUE_KIND_ROWS else ""
        checker.wrong(tree.offset, "type_mismatch", f"{type_} has no member `{tree.name}`{hint}.")
        return pb.Node(select=pb.Select(operand=operand, member=tree.name)), UNKNOWN
    member = _of_row(type_, tree.name, checker)
    if member is None:
        known = [name for model_id in type_.models for name in checker.world.members(model_id)]
        checker.wrong(tree.offset, "unknown_name", f"{type_} has no `{tree.name}`{suggestion(tree.name, known)}.")
        return pb.Node(select=pb.Select(operand=operand, member=tree.name)), UNKNOWN
    return select(operand, type_, tree.name, member, tree.offset, "", scope, checker)


def _of_row(type_: Type, name: str, checker: Checker) -> MemberType | None:
    """Give a member that all models of a row have, with one type."""
    if not type_.models:
        return checker.world.member("", name)
    found: MemberType | None = None
    for number, model_id in enumerate(type_.models):
        member = checker.world.member(model_id, name)
        if member is None:
            return None
        if number == 0 or found is None:
            found = member
            continue
        joined = unify(found.type, member.type)
        if joined is None:
            return None
        found = MemberType(joined, "", found.refusal or member.refusal)
    return found


def select(
    operand: pb.Node,
    type_: Type,
    name: str,
    member: MemberType,
    offset: int,
    path: str,
    scope: Scope,
    checker: Checker,
) -> tuple[pb.Node, Type]:
    """Build the selection of a member; a path through an empty reference is null."""
    if member.type.kind == pb.VALUE_KIND_BYTES and scope.secrets:
        node = pb.Node(select=pb.Select(operand=operand, member=name, field_id=member.field_id))
        return node, STRING
    if member.refusal:
        checker.wrong(offset, "wrong_place", member.refusal)
    related = member.type.kind == pb.VALUE_KIND_ROWS
    through = type_.kind == pb.VALUE_KIND_ROW and operand.WhichOneof("kind") == "select"
    if (related or through) and not scope.stand.relations:
        checker.wrong(offset, "wrong_place", f"{scope.stand.name.capitalize()} cannot follow relations.")
    # By identity: a field may be called otherwise than the file that names it calls it.
    name = member.field_id.rpartition("/")[2] or name
    node = pb.Node(select=pb.Select(operand=operand, member=name, field_id=member.field_id))
    found = member.type
    if type_.nullable and found.kind != pb.VALUE_KIND_ROWS:
        # Whatever is null on the way is the reason; a miss of `find` stays one only as long as the member is required.
        found = found.optional(True, type_.lookup) if not found.nullable else found
    return node, _known(path, found, scope) if path else found
