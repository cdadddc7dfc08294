"""The reserved roots, settings and inputs as named parameters."""

import re

from stackwright.contract.v1 import expression_pb2
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.fragments import Parameter, ParameterKind
from stackwright_sdk.expressions.sql.types import value_type
from stackwright_sdk.expressions.sql.values import Sql, atom, cast

_TYPES_OF_REQUEST = {"ip": "inet"}

_NOT_A_WORD = re.compile(r"\W")

# In these the type of a bare replacement is plain from where it stands; a cast would only be noise.
_PLAIN = frozenset({"boolean", "uuid", "text"})

_OBJECT_ROOTS = {
    expression_pb2.ROOT_INPUT: ("input", ParameterKind.INPUT),
    expression_pb2.ROOT_REQUEST: ("request", ParameterKind.REQUEST),
    expression_pb2.ROOT_EVENT: ("event", ParameterKind.EVENT),
    expression_pb2.ROOT_APP: ("app", ParameterKind.APP),
    expression_pb2.ROOT_VISITOR: ("visitor", ParameterKind.VISITOR),
}


def snake(*words: str) -> str:
    """`("can", "users.manage")` → `can_users_manage`: the name of a replacement."""
    return "_".join(_NOT_A_WORD.sub("_", word) for word in words)


class Parameters:
    """Collects what a fragment needs bound; refuses all but the clock in rules that the database keeps by itself."""

    def __init__(self, *, in_database: bool) -> None:
        self._in_database = in_database
        self._found: dict[str, Parameter] = {}

    @property
    def in_database(self) -> bool:
        """Whether nothing but the clock can be bound."""
        return self._in_database

    @property
    def found(self) -> tuple[Parameter, ...]:
        """The parameters met so far, sorted by name."""
        return tuple(sorted(self._found.values()))

    def bind(self, name: str, kind: ParameterKind, sql_type: str, path: tuple[str, ...] = ()) -> Sql:
        """A replacement for the value."""
        if self._in_database:
            raise NotCompilable(f"a rule of the database cannot read {'.'.join((kind.value, *path))}")
        parameter = Parameter(name, kind, sql_type, path)
        if self._found.setdefault(name, parameter).path != path:
            raise NotCompilable(f"two values would both be bound as :{name}")
        placeholder = atom(f":{name}")
        return placeholder if sql_type in _PLAIN else cast(placeholder, sql_type)

    def actor(self) -> Sql:
        """Id of the caller."""
        return self.bind("actorId", ParameterKind.ACTOR, "uuid")

    def session(self) -> Sql:
        """Id of the caller's session."""
        return self.bind("sessionId", ParameterKind.SESSION, "uuid")

    def signed_in(self) -> Sql:
        """Whether the caller is known."""
        return self.bind("signedIn", ParameterKind.SIGNED_IN, "boolean")

    def can(self, permission: str) -> Sql:
        """Whether the caller holds the permission."""
        return self.bind(snake("can", permission), ParameterKind.CAN, "boolean", (permission,))

    def here(self, permission: str) -> Sql:
        """Whether the caller holds the permission in the organization in which they act."""
        return self.bind(snake("here", permission), ParameterKind.HERE, "boolean", (permission,))

    def organization(self) -> Sql:
        """Id of the organization in which the caller acts."""
        return self.bind("organizationId", ParameterKind.ORGANIZATION, "uuid")

    def setting(self, key: str, value: expression_pb2.ValueType) -> Sql:
        """The setting's current value."""
        return self.bind(snake("setting", key), ParameterKind.SETTING, value_type(value), (key,))

    def now(self) -> Sql:
        """The moment of the statement."""
        return atom("now()") if self._in_database else self.bind("now", ParameterKind.NOW, "timestamptz")

    def today(self) -> Sql:
        """The date of the statement, in UTC."""
        if self._in_database:
            return atom("(now() AT TIME ZONE 'UTC')::date")
        return self.bind("today", ParameterKind.TODAY, "date")

    def member(self, root: expression_pb2.Root, path: tuple[str, ...], value: expression_pb2.ValueType) -> Sql:
        """A member of `input`, `request`, `event` or `app`."""
        if root not in _OBJECT_ROOTS:
            raise NotCompilable(f"{expression_pb2.Root.Name(root)} has no members in SQL")
        word, kind = _OBJECT_ROOTS[root]
        sql_type = value_type(value)
        if kind is ParameterKind.REQUEST:
            sql_type = _TYPES_OF_REQUEST.get(path[-1], sql_type)
        return self.bind(snake(word, *path), kind, sql_type, path)

    def variable(self, name: str, path: tuple[str, ...], value: expression_pb2.ValueType) -> Sql:
        """What a step called `name`, or a member of it."""
        words = (name, *path) if path else (name, "id") if value.kind == expression_pb2.VALUE_KIND_ROW else (name,)
        return self.bind(snake(*words), ParameterKind.VARIABLE, value_type(value), (name, *path))
