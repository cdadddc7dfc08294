"""How an application's TypeScript calls what expressions read."""

import dataclasses
import json
from collections.abc import Callable, Mapping

from stackwright.contract.v1 import contract_pb2, model_pb2


def quoted(value: str) -> str:
    """A single-quoted string literal."""
    inner = json.dumps(value, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return "'" + inner.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "'"


def column_property(of: model_pb2.Field) -> str:
    """The property of a loaded row that holds a field: called as its column."""
    return of.names.column


def input_member(path: tuple[str, ...]) -> str:
    """A member of the validated input: called as in the JSON."""
    return ".".join(("input", *path))


def setting_read(setting: contract_pb2.Setting) -> str:
    """The current value of a setting."""
    return f"settings.{setting.property}"


@dataclasses.dataclass(frozen=True)
class TypeScriptNames:
    """Code for each thing an expression reads. The defaults read plain variables of the reserved names.

    `this` and `old` are loaded rows; `this_id`, `this_model` and `this_title` answer `this.id`, `model(this)` and
    `display(this)` where the row is of unknown model. `variables` maps the `as` names of steps to code. Timestamps are
    `Date`, dates `YYYY-MM-DD`, times `HH:MM:SS`, durations milliseconds, decimals strings.
    """

    this: str = "row"
    old: str = "old"
    this_id: str = ""
    this_model: str = ""
    this_title: str = ""
    actor: str = "actor"
    actor_id: str = "actor.id"
    session: str = "session"
    session_id: str = "session.id"
    visitor: str = "visitor"
    signed_in: str = "signedIn"
    now: str = "now"
    today: str = "today"
    can: Callable[[str], str] = lambda permission: f"can({quoted(permission)})"
    setting: Callable[[contract_pb2.Setting], str] = setting_read
    input: Callable[[tuple[str, ...]], str] = input_member
    request: Callable[[str], str] = lambda member: f"request.{member}"
    event: Callable[[str], str] = lambda member: f"event.{member}"
    app: Callable[[str], str] = lambda member: f"app.{member}"
    field: Callable[[model_pb2.Field], str] = column_property
    variables: Mapping[str, str] = dataclasses.field(default_factory=dict)
