"""Scenarios: steps over HTTP that prove a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from google.protobuf import struct_pb2
from google.protobuf.message import Message

from stackwright.contract.v1 import behaviour_pb2 as behaviour
from stackwright_registry.language.context import Reading
from stackwright_registry.language.durations import seconds
from stackwright_registry.yaml_source import Source, suggestion

_KEYS = frozenset({"name", "line", "given", "steps", "expect", "at_once", "settings", "fresh"})
_STEP_KEYS = frozenset(
    {
        "as",
        "do",
        "id",
        "with",
        "headers",
        "expect",
        "see",
        "keep",
        "within",
        "fault",
        "is",
        "log",
        "mail",
    }
)
# A person is a stranger, ann, bob, each, a role, and any of these at another device.
_ALWAYS = frozenset({"stranger", "ann", "bob", "each"})
_PLACE = re.compile(r"\$([A-Za-z_]\w*)")
# An operation that stands for no endpoint of its own.
_DOCUMENTED = "documented"


def read_scenarios(reading: Reading, source: Source) -> list[behaviour.Scenario]:
    """Read `scenarios`."""
    found = []
    for number, item in enumerate(source.items()):
        keys = item.keyed("A scenario", _KEYS)
        scenario = behaviour.Scenario(feature=reading.feature)
        for missing in sorted({"name", "line", "steps"} - keys.keys()):
            item.wrong("missing_key", f"A scenario needs `{missing}`.")
        scenario.name = keys["name"].text() if "name" in keys else ""
        reading.note(f"scenarios.{number}", item)
        if "line" in keys:
            scenario.line = keys["line"].integer()
        for part in ("given", "steps"):
            if part in keys:
                getattr(scenario, part).extend(_step(step) for step in keys[part].items())
        if "at_once" in keys:
            scenario.at_once = keys["at_once"].integer()
        for key, value in keys["expect"].pairs() if "expect" in keys else ():
            scenario.expect_counts[key.text()] = value.integer()
        for key, value in keys["settings"].pairs() if "settings" in keys else ():
            scenario.settings[key.text()].CopyFrom(value_message(value))
        if "fresh" in keys:
            scenario.fresh = keys["fresh"].boolean()
        found.append(scenario)
    return found


def _step(source: Source) -> behaviour.ScenarioStep:
    step = behaviour.ScenarioStep()
    if not source.is_mapping:
        source.wrong("wrong_shape", "A step of a scenario is a mapping.")
        return step
    keys = source.keyed("A step of a scenario", _STEP_KEYS)
    kinds = [kind for kind in ("do", "fault", "log", "mail") if kind in keys]
    if len(kinds) != 1:
        source.wrong("missing_key", "A step of a scenario has one of `do`, `fault`, `log` and `mail`.")
    if "do" in keys and "as" not in keys:
        source.wrong("missing_key", "A step with `do` needs `as`, who does it.")
    for key in ("as", "do", "id", "keep"):
        if key in keys:
            setattr(step, key, keys[key].text())
    _data(keys, step)
    if "expect" in keys:
        step.expect.extend(item.integer() for item in keys["expect"].one_or_more())
    if "within" in keys:
        step.within_seconds = float(seconds(keys["within"]))
    if "mail" in keys:
        step.mail.to = keys["mail"].text()
    if "fault" in keys:
        step.fault.dependency = keys["fault"].text()
        state = keys["is"].text() if "is" in keys else ""
        if state not in ("up", "down"):
            source.wrong("missing_key", "A fault is `up` or `down`.")
        step.fault.down = state == "down"
    return step


def _data(keys: dict[str, Source], step: behaviour.ScenarioStep) -> None:
    if "with" in keys:
        getattr(step, "with").CopyFrom(value_message(keys["with"]))
    for key, value in keys["headers"].pairs() if "headers" in keys else ():
        step.headers[key.text()] = value.text()
    if "see" in keys:
        for key, value in keys["see"].pairs():
            step.see.fields[key.text()].CopyFrom(value_message(value))
    if "log" in keys:
        if keys["log"].is_scalar:
            step.log.all = keys["log"].text() == "all"
            if not step.log.all:
                keys["log"].wrong("wrong_shape", "`log` is `all` or `{correlation: id}`.")
        else:
            inner = keys["log"].keyed("`log`", frozenset({"correlation"}))
            step.log.correlation = inner["correlation"].text() if "correlation" in inner else ""


def value_message(source: Source) -> struct_pb2.Value:
    """Give plain data as a protobuf value."""
    return to_value(source.value())


def to_value(value: object) -> struct_pb2.Value:
    """Give plain Python data as a protobuf value."""
    message = struct_pb2.Value()
    if value is None:
        message.null_value = struct_pb2.NULL_VALUE
    elif isinstance(value, bool):
        message.bool_value = value
    elif isinstance(value, int | float):
        message.number_value = value
    elif isinstance(value, list):
        message.list_value.SetInParent()
        message.list_value.values.extend(to_value(item) for item in value)
    elif isinstance(value, dict):
        message.struct_value.SetInParent()
        for key, item in value.items():
            message.struct_value.fields[str(key)].CopyFrom(to_value(item))
    else:
        message.string_value = str(value)
    return message


def persons(scenario: behaviour.Scenario) -> set[str]:
    """Give the roles that a scenario needs: its persons without those that always are, without device and number."""
    steps = (*scenario.given, *scenario.steps)
    named = {getattr(step, "as").partition("@")[0] for step in steps}
    # Else it is an address or a place.
    named |= {step.mail.to for step in steps if step.mail.to.isidentifier()}
    return {name.rstrip("0123456789") for name in named if name} - _ALWAYS


def misnamed(scenario: behaviour.Scenario, roles: set[str], operations: set[str]) -> Iterator[str]:
    """Say which `$name` was kept by no step before, and which operation no feature has."""
    kept: set[str] = set()
    for step in (*scenario.given, *scenario.steps):
        known = kept | _ALWAYS | roles
        for name in sorted({found for text in _texts(step) for found in _PLACE.findall(text)}):
            if name not in known and name.rstrip("0123456789") not in known:
                yield f"No step before keeps `{name}`, and nobody is called so{suggestion(name, known)}."
        if step.do and step.do != _DOCUMENTED and step.do not in operations:
            yield f"No feature has the operation `{step.do}`{suggestion(step.do, operations)}."
        if step.keep:
            kept.add(step.keep)


def _texts(message: Message) -> Iterator[str]:
    """Give every text in a message, and every key of its maps."""
    for descriptor, value in message.ListFields():
        if descriptor.type == descriptor.TYPE_STRING and not descriptor.is_repeated:
            yield value
        elif descriptor.message_type is None:
            continue
        elif descriptor.message_type.GetOptions().map_entry:
            for key, item in value.items():
                yield str(key)
                yield from _texts(item) if isinstance(item, Message) else (str(item),)
        else:
            for item in value if descriptor.is_repeated else (value,):
                yield from _texts(item)
