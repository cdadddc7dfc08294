"""What the compilers hand back: text, and what has to be supplied when it runs."""

from dataclasses import dataclass
from enum import Enum


class ParameterKind(Enum):
    """Where the value of a parameter comes from when the statement runs."""

    ACTOR = "actor"
    """Id of the caller; the nil UUID for a stranger, so that a stranger equals no row and no null."""
    SIGNED_IN = "signed_in"
    CAN = "can"
    """Whether the caller holds the permission named by `path[0]`; decided by the application's policy."""
    ORGANIZATION = "organization"
    """Id of the organization in which the caller acts; the nil UUID where there is none, so that no row is in it."""
    HERE = "here"
    """Whether the caller holds the permission named by `path[0]` in that organization, by a role there or anywhere."""
    SESSION = "session"
    """Id of the caller's session; the nil UUID for a stranger."""
    VISITOR = "visitor"
    SETTING = "setting"
    INPUT = "input"
    REQUEST = "request"
    EVENT = "event"
    APP = "app"
    VARIABLE = "variable"
    """What a step named by `as`, or the item of a list; `path[0]` is the name, the rest the member."""
    NOW = "now"
    TODAY = "today"


@dataclass(frozen=True, order=True)
class Parameter:
    """A value that the application binds.

    `name` stands in the text as `:name`; `sql_type` is the PostgreSQL type the value has; `path` says which value
    (`("users.manage",)` for CAN, `("address", "city")` for INPUT). A list or an object is bound as JSON text.
    """

    name: str
    kind: ParameterKind
    sql_type: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class SqlFragment:
    """A SQL expression with named replacements, and the parameters it names, sorted by name."""

    text: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class TsFragment:
    """A TypeScript expression.

    `helpers` are the functions of `values.ts` it calls, `roots` the reserved roots and variables it reads (`actor`,
    `input`, `this`, …), `permissions` and `settings` the keys it asks for; all sorted.
    """

    text: str
    helpers: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
