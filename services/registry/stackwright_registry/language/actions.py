"""Actions, and what follows events and the clock."""

from __future__ import annotations

import re
from collections.abc import Callable

from google.protobuf.duration_pb2 import Duration

from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.language.context import Reading
from stackwright_registry.language.durations import UNIT_SECONDS
from stackwright_registry.language.fields import read_inputs, read_returns
from stackwright_registry.language.rules import names
from stackwright_registry.language.steps import read_assignments, read_steps
from stackwright_registry.yaml_source import Source

_KEYS = frozenset(
    {
        "scope",
        "from",
        "to",
        "by",
        "if",
        "message",
        "input",
        "set",
        "do",
        "returns",
        "query",
        "idempotent",
        "rate",
        "transient",
        "native",
        "row",
        "errors",
        "emits",
        "title",
        "description",
    }
)
_NAME = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_RATE = re.compile(r"^(\d+)/([smhd])$")
_SCOPES = {"collection": operation.OPERATION_SCOPE_COLLECTION, "token": operation.OPERATION_SCOPE_TOKEN}


def read_actions(reading: Reading, source: Source, owner: str, model_name: str) -> list[operation.Operation]:
    """Read the actions of a model (or of none); the five ordinary names stand for additions to those operations."""
    actions = []
    for key, value in source.pairs():
        name = key.text("the name of an action")
        if not _NAME.match(name):
            key.wrong("wrong_name", f"`{name}` is no name of an action: lower-case letters, digits and underscores.")
        reading.note(f"{owner}.{name}", key)
        actions.append(_action(reading, value, f"{owner}.{name}", name, model_name))
    return actions


def _action(reading: Reading, source: Source, owner: str, name: str, model_name: str) -> operation.Operation:
    action = operation.Operation(name=name, feature=reading.feature, model_id=model_name)
    action.kind = operation.OPERATION_KIND_ACTION
    action.scope = operation.OPERATION_SCOPE_ROW if model_name else operation.OPERATION_SCOPE_GLOBAL
    keys = source.keyed(f"The action `{name}`", _KEYS)
    for key, value in keys.items():
        if key in _READERS:
            _READERS[key](reading, value, action, owner)
    if "message" in keys and "if" not in keys:
        keys["message"].wrong("missing_key", "`message` belongs to an `if`.")
    if "message" in keys and action.conditions:
        action.conditions[0].message = keys["message"].text()
    if "to" in keys and "from" not in keys:
        keys["to"].wrong("missing_key", "`to` needs `from`.")
    # `set` is short for one step before the others.
    if "set" in keys:
        step = operation.Step(feature=reading.feature)
        step.set.assignments.extend(read_assignments(reading, keys["set"]))
        action.steps.insert(0, step)
    if "do" in keys:
        action.steps.extend(read_steps(reading, keys["do"], owner))
    if "errors" in keys and "native" not in keys:
        keys["errors"].wrong("missing_key", "`errors` belongs to a native operation.")
    return action


def _scope(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    text = source.text("collection or token")
    if text not in _SCOPES:
        source.wrong("unknown_name", "`scope` is `collection`, `token` or is left out.")
    if not action.model_id:
        source.wrong("unknown_key", "An action of no model has no scope.")
    action.scope = _SCOPES.get(text, operation.OPERATION_SCOPE_COLLECTION)


def _from(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.from_states.extend(names(source))


def _to(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.to_state = source.text("a state")


def _by(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.by.CopyFrom(reading.expression(source))


def _if(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.conditions.add(condition=reading.expression(source), feature=reading.feature)


def _input(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.inputs.extend(read_inputs(reading, source, f"{owner}.input"))


def _returns(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    if source.is_scalar:
        bodies = {"json": operation.ANSWER_BODY_JSON, "file": operation.ANSWER_BODY_FILE}
        text = source.text("json, file or members")
        if text not in bodies:
            source.wrong("unknown_name", f"An answer is `json`, `file` or a mapping of members, not `{text}`.")
        action.answer_body = bodies.get(text, operation.ANSWER_BODY_NOTHING)
        return
    action.returns.extend(read_returns(reading, source, f"{owner}.returns"))
    action.answer_body = operation.ANSWER_BODY_FIELDS


def _query(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.query = source.boolean()


def _idempotent(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    if source.text() != "required":
        source.wrong("unknown_name", "`idempotent` is `required` or is left out.")
    action.idempotent_required = True


def _rate(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    found = _RATE.match(source.text("a rate such as 20/m"))
    if not found or int(found[1]) < 1:
        source.wrong("wrong_shape", "A rate is written `20/m`: a number a second, minute, hour or day (s, m, h, d).")
        return
    action.rate.count = int(found[1])
    action.rate.per.CopyFrom(Duration(seconds=UNIT_SECONDS[found[2]]))


def _transient(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.transient = source.boolean()


def _native(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.native.CopyFrom(native_call(source))


def native_call(source: Source) -> operation.NativeCall:
    """Read `module.operation`."""
    module, dot, name = source.text("module.operation").partition(".")
    if not dot or not _NAME.match(module) or not name.isidentifier():
        source.wrong("wrong_shape", "A native piece is named `module.operation`.")
    return operation.NativeCall(module=module, operation=name)


def _row(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.row_model_id = source.text("the name of a model")


def _errors(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    for key, value in source.pairs():
        status = value.integer()
        if not 400 <= status <= 599:
            value.wrong("wrong_shape", "An error has a status of 400 to 599.")
        action.errors.add(code=key.text("an error code"), status=status)


def _emits(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.emits.extend(names(source))


def _title(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.title = source.text()


def _description(reading: Reading, source: Source, action: operation.Operation, owner: str) -> None:
    action.description = source.text()


_READERS: dict[str, Callable[[Reading, Source, operation.Operation, str], None]] = {
    "scope": _scope,
    "from": _from,
    "to": _to,
    "by": _by,
    "if": _if,
    "input": _input,
    "returns": _returns,
    "query": _query,
    "idempotent": _idempotent,
    "rate": _rate,
    "transient": _transient,
    "native": _native,
    "row": _row,
    "errors": _errors,
    "emits": _emits,
    "title": _title,
    "description": _description,
}
