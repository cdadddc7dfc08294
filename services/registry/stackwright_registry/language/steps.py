"""Steps: what an action, a subscription or a clock does, in order."""

from __future__ import annotations

from collections.abc import Callable

from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.language.context import Reading
from stackwright_registry.language.rules import names
from stackwright_registry.yaml_source import Source

_MAX_STEPS = 12
# In order of precedence: `update` has a `set` of its own.
_KINDS: dict[str, frozenset[str]] = {
    "create": frozenset({"with"}),
    "put": frozenset({"by", "with"}),
    "update": frozenset({"set"}),
    "delete": frozenset(),
    "repoint": frozenset({"to"}),
    "require": frozenset({"message"}),
    "notify": frozenset({"kind", "link"}),
    "mail": frozenset({"to", "with", "attach"}),
    "call": frozenset({"with"}),
    "set": frozenset(),
}


def read_steps(reading: Reading, source: Source, owner: str) -> list[operation.Step]:
    """Read a list of steps; model ids and field ids are still names."""
    items = source.items()
    if len(items) > _MAX_STEPS:
        source.wrong("too_long", f"At most {_MAX_STEPS} steps; what needs more is a native operation.")
    steps = []
    for number, item in enumerate(items):
        reading.note(f"{owner}.do.{number}", item)
        step = _step(reading, item)
        if step is not None:
            steps.append(step)
    return steps


def _step(reading: Reading, source: Source) -> operation.Step | None:
    if not source.is_mapping:
        source.wrong("wrong_shape", "A step is a mapping such as `{set: {active: true}}`.")
        return None
    present = source.mapping()
    kind = next((kind for kind in _KINDS if kind in present), None)
    if kind is None:
        source.wrong("unknown_key", f"A step is one of {', '.join(_KINDS)}.")
        return None
    keys = source.keyed(f"The step `{kind}`", _KINDS[kind] | {kind, "if", "each", "as"})
    step = operation.Step(feature=reading.feature)
    if "if" in keys:
        getattr(step, "if").CopyFrom(reading.expression(keys["if"]))
    if "each" in keys:
        step.each.CopyFrom(reading.expression(keys["each"]))
    if "as" in keys:
        setattr(step, "as", keys["as"].text("a name"))
    elif "each" in keys:
        keys["each"].wrong("missing_key", "`each` needs `as`, the name of one row.")
    _READERS[kind](reading, keys, step)
    return step


def read_assignments(reading: Reading, source: Source) -> list[operation.Assignment]:
    """Read `{member: EXPRESSION}`."""
    return [
        operation.Assignment(member=key.text("a name"), value=reading.expression(value))
        for key, value in source.pairs()
    ]


def _with(reading: Reading, keys: dict[str, Source], key: str = "with") -> list[operation.Assignment]:
    return read_assignments(reading, keys[key]) if key in keys else []


def _set(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.set.assignments.extend(read_assignments(reading, keys["set"]))
    step.set.SetInParent()


def _create(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.create.model_id = keys["create"].text("the name of a model")
    step.create.assignments.extend(_with(reading, keys))


def _put(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.put.model_id = keys["put"].text("the name of a model")
    if "by" in keys:
        step.put.by_field_ids.extend(names(keys["by"]))
    else:
        keys["put"].wrong("missing_key", "`put` needs `by`, the fields that are its key.")
    step.put.assignments.extend(_with(reading, keys))


def _update(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.update.rows.CopyFrom(reading.expression(keys["update"]))
    step.update.assignments.extend(_with(reading, keys, "set"))
    if "set" not in keys:
        keys["update"].wrong("missing_key", "`update` needs `set`.")


def _delete(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.delete.rows.CopyFrom(reading.expression(keys["delete"]))


def _repoint(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.repoint.row.CopyFrom(reading.expression(keys["repoint"]))
    if "to" in keys:
        step.repoint.to.CopyFrom(reading.expression(keys["to"]))
    else:
        keys["repoint"].wrong("missing_key", "`repoint` needs `to`.")


def _require(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.require.condition.CopyFrom(reading.expression(keys["require"]))
    if "message" in keys:
        step.require.message = keys["message"].text()


def _notify(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.notify.users.CopyFrom(reading.expression(keys["notify"]))
    if "kind" in keys:
        step.notify.kind = keys["kind"].text("the name of a notice")
    else:
        keys["notify"].wrong("missing_key", "`notify` needs `kind`, the name of a notice.")
    if "link" in keys:
        step.notify.link.CopyFrom(reading.expression(keys["link"]))


def _mail(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    step.mail.mail = keys["mail"].text("the name of a mail")
    if "to" in keys:
        step.mail.to.CopyFrom(reading.expression(keys["to"]))
    else:
        keys["mail"].wrong("missing_key", "`mail` needs `to`.")
    getattr(step.mail, "with").extend(_with(reading, keys))
    if "attach" in keys:
        step.mail.attach.CopyFrom(reading.expression(keys["attach"]))


def _call(reading: Reading, keys: dict[str, Source], step: operation.Step) -> None:
    module, dot, function = keys["call"].text("module.function").partition(".")
    if not dot or not module or not function:
        keys["call"].wrong("wrong_shape", "`call` names `module.function`.")
    step.call.module, step.call.function = module, function
    getattr(step.call, "with").extend(_with(reading, keys))


_READERS: dict[str, Callable[[Reading, dict[str, Source], operation.Step], None]] = {
    "set": _set,
    "create": _create,
    "put": _put,
    "update": _update,
    "delete": _delete,
    "repoint": _repoint,
    "require": _require,
    "notify": _notify,
    "mail": _mail,
    "call": _call,
}
