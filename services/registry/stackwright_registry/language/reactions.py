"""What follows events and the clock, and what stands before everything: subscriptions, clocks, gates."""

from __future__ import annotations

from google.protobuf.duration_pb2 import Duration

from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.language.context import Reading
from stackwright_registry.language.durations import seconds
from stackwright_registry.language.rules import names
from stackwright_registry.language.steps import read_steps
from stackwright_registry.yaml_source import Source


def read_subscriptions(reading: Reading, source: Source) -> list[operation.Subscription]:
    """Read `subscribe`."""
    found = []
    for number, item in enumerate(source.items()):
        keys = item.keyed("A subscription", frozenset({"event", "if", "within", "do"}))
        subscription = operation.Subscription(feature=reading.feature)
        if "event" in keys:
            subscription.events.extend(names(keys["event"]))
        else:
            item.wrong("missing_key", "A subscription needs `event`.")
        if "if" in keys:
            getattr(subscription, "if").CopyFrom(reading.expression(keys["if"]))
        if "within" in keys:
            if keys["within"].text() != "transaction":
                keys["within"].wrong("unknown_name", "`within` is `transaction` or is left out.")
            subscription.within_transaction = True
        reading.note(f"subscribe.{number}", item)
        if "do" in keys:
            subscription.steps.extend(read_steps(reading, keys["do"], f"subscribe.{number}"))
        else:
            item.wrong("missing_key", "A subscription needs `do`.")
        found.append(subscription)
    return found


def read_clocks(reading: Reading, source: Source) -> list[operation.Clock]:
    """Read `every`."""
    found = []
    for number, item in enumerate(source.items()):
        keys = item.keyed("A clock", frozenset({"each", "interval", "where", "do"}))
        clock = operation.Clock(feature=reading.feature)
        for missing in sorted({"each", "interval", "where", "do"} - keys.keys()):
            item.wrong("missing_key", f"A clock needs `{missing}`.")
        if "each" in keys:
            clock.model_id = keys["each"].text("the name of a model")
        if "interval" in keys:
            clock.interval.CopyFrom(Duration(seconds=seconds(keys["interval"])))
        if "where" in keys:
            clock.where.CopyFrom(reading.expression(keys["where"]))
        reading.note(f"every.{number}", item)
        if "do" in keys:
            clock.steps.extend(read_steps(reading, keys["do"], f"every.{number}"))
        found.append(clock)
    return found


def read_gates(reading: Reading, source: Source) -> list[operation.Gate]:
    """Read `gates`."""
    found = []
    for key, item in source.pairs():
        keys = item.keyed("A gate", frozenset({"unless", "allow", "status", "code", "page"}))
        gate = operation.Gate(name=key.text(), feature=reading.feature, status=403)
        if "unless" in keys:
            gate.unless.CopyFrom(reading.expression(keys["unless"]))
        else:
            item.wrong("missing_key", "A gate needs `unless`.")
        if "allow" in keys:
            gate.allow.extend(names(keys["allow"]))
        if "status" in keys:
            gate.status = keys["status"].integer()
        gate.code = keys["code"].text() if "code" in keys else f"{gate.name}_required"
        if "page" in keys:
            gate.page = keys["page"].text()
        reading.note(f"gates.{gate.name}", key)
        found.append(gate)
    return found
