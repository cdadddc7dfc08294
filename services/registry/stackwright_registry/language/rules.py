"""Rules, guards and access of a model."""

from __future__ import annotations

import re

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.language.context import Reading
from stackwright_registry.yaml_source import Source, suggestion

_KINDS: dict[str, frozenset[str]] = {
    "unique": frozenset({"ignore_case", "where"}),
    "check": frozenset(),
    "no_overlap": frozenset(),
    "acyclic": frozenset(),
    "ordered": frozenset(),
    "limit": frozenset(),
    "frozen": frozenset({"except", "parts"}),
}
_SUM = re.compile(r"^(sum|avg)\((.*)\)$", re.DOTALL)
ACCESS_KEYS = frozenset({"read", "refer", "create", "update", "delete", "write"})


def read_rules(reading: Reading, source: Source, owner: str) -> list[model.Rule]:
    """Read the rules of a model; field ids are still names."""
    rules = []
    for item in source.items():
        rule = _rule(reading, item)
        if rule is not None:
            rules.append(rule)
            reading.note(f"{owner}.{rule.WhichOneof('kind')}", item)
    return rules


def _rule(reading: Reading, source: Source) -> model.Rule | None:
    if not source.is_mapping:
        source.wrong("wrong_shape", "A rule is a mapping such as `{unique: [name]}`.")
        return None
    kinds = [kind for kind in source.mapping() if kind in _KINDS]
    if len(kinds) != 1:
        source.wrong("unknown_key", f"A rule has exactly one of {', '.join(_KINDS)}.")
        return None
    kind = kinds[0]
    keys = source.keyed(f"The rule `{kind}`", _KINDS[kind] | {kind, "message"})
    rule = model.Rule(feature=reading.feature)
    if "message" in keys:
        rule.message = keys["message"].text()
    _READERS[kind](reading, keys, rule)
    return rule


def names(source: Source) -> list[str]:
    """Read one name or a list of names."""
    return [item.text("a name") for item in source.one_or_more()]


def _unique(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    rule.unique.field_ids.extend(names(keys["unique"]))
    if not rule.unique.field_ids:
        keys["unique"].wrong("wrong_shape", "`unique` needs at least one field.")
    if "ignore_case" in keys:
        rule.unique.ignore_case = keys["ignore_case"].boolean()
    if "where" in keys:
        rule.unique.where.CopyFrom(reading.expression(keys["where"]))


def _check(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    rule.check.condition.CopyFrom(reading.expression(keys["check"]))


def _no_overlap(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    inner = keys["no_overlap"].keyed("`no_overlap`", frozenset({"from", "to", "per", "where", "closed"}))
    for key in ("from", "to"):
        if key in inner:
            setattr(rule.no_overlap, f"{key}_field_id", inner[key].text("the name of a field"))
        else:
            keys["no_overlap"].wrong("missing_key", f"`no_overlap` needs `{key}`.")
    if "per" in inner:
        rule.no_overlap.per_field_ids.extend(names(inner["per"]))
    if "where" in inner:
        rule.no_overlap.where.CopyFrom(reading.expression(inner["where"]))
    if "closed" in inner:
        rule.no_overlap.closed = inner["closed"].boolean()
    rule.no_overlap.SetInParent()


def _acyclic(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    source = keys["acyclic"]
    if source.is_scalar:
        rule.acyclic.field_id = source.text("the name of a field")
        return
    inner = source.keyed("`acyclic`", frozenset({"edges", "from", "to"}))
    for key, member in (("edges", "edges_model_id"), ("from", "from_field_id"), ("to", "to_field_id")):
        if key in inner:
            setattr(rule.acyclic, member, inner[key].text("a name"))
        else:
            source.wrong("missing_key", f"`acyclic` over edges needs `{key}`.")


def _ordered(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    inner = keys["ordered"].keyed("`ordered`", frozenset({"by", "per"}))
    if "by" in inner:
        rule.ordered.by_field_id = inner["by"].text("the name of a field")
    else:
        keys["ordered"].wrong("missing_key", "`ordered` needs `by`.")
    if "per" in inner:
        rule.ordered.per_field_ids.extend(names(inner["per"]))


def _limit(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    inner = keys["limit"].keyed("`limit`", frozenset({"per", "of", "where", "max"}))
    if "per" in inner:
        rule.limit.per_field_ids.extend(names(inner["per"]))
    if "of" in inner and (summed := aggregate(reading, inner["of"]))[0] == "sum" and summed[1] is not None:
        rule.limit.sum.CopyFrom(summed[1])
    if "where" in inner:
        rule.limit.where.CopyFrom(reading.expression(inner["where"]))
    if "max" in inner:
        rule.limit.max.CopyFrom(reading.expression(inner["max"]))
    else:
        keys["limit"].wrong("missing_key", "`limit` needs `max`.")


def aggregate(reading: Reading, source: Source) -> tuple[str, expression.Expression | None]:
    """Read `count`, `sum(e)` or `avg(e)`."""
    text = source.text("count, sum(e) or avg(e)")
    if text == "count":
        return "count", None
    found = _SUM.match(text)
    if not found:
        source.wrong("wrong_shape", f"Here `count`, `sum(e)` or `avg(e)` is expected, not `{text}`.")
        return "count", None
    place = source.place.moved(len(found[1]) + 1)
    return found[1], expression.Expression(source=found[2].strip(), place=place.message())


def _frozen(reading: Reading, keys: dict[str, Source], rule: model.Rule) -> None:
    rule.frozen.condition.CopyFrom(reading.expression(keys["frozen"]))
    if "except" in keys:
        rule.frozen.except_field_ids.extend(names(keys["except"]))
    if "parts" in keys:
        rule.frozen.parts = keys["parts"].boolean()


_READERS = {
    "unique": _unique,
    "check": _check,
    "no_overlap": _no_overlap,
    "acyclic": _acyclic,
    "ordered": _ordered,
    "limit": _limit,
    "frozen": _frozen,
}


def read_guards(reading: Reading, source: Source, owner: str) -> list[model.Guard]:
    """Read the guards of a model."""
    guards = []
    for item in source.items():
        keys = item.keyed("A guard", frozenset({"if", "message"}))
        guard = model.Guard(feature=reading.feature)
        if "if" in keys:
            guard.condition.CopyFrom(reading.expression(keys["if"]))
        else:
            item.wrong("missing_key", "A guard needs `if`.")
        if "message" in keys:
            guard.message = keys["message"].text()
        guards.append(guard)
        reading.note(f"{owner}.guards", item)
    return guards


def read_access(reading: Reading, source: Source) -> model.Access:
    """Read scopes; `write` stays beside the three that it is short for."""
    access = model.Access()
    for name, value in source.keyed("Access", ACCESS_KEYS).items():
        getattr(access, name).CopyFrom(reading.expression(value))
    return access


def read_states(reading: Reading, source: Source) -> model.States:
    """Read the field and the first state; the pairs come from the actions."""
    keys = source.keyed("`states`", frozenset({"field", "initial"}))
    states = model.States()
    for key, member in (("field", "field_id"), ("initial", "initial")):
        if key in keys:
            setattr(states, member, keys[key].text("a name"))
        else:
            source.wrong("missing_key", f"`states` needs `{key}`.")
    return states


def one_of(source: Source, known: dict[str, int], what: str) -> int:
    """Read a word of a closed list; an unknown one is noted and gives 0."""
    text = source.text(what)
    if text not in known:
        source.wrong("unknown_name", f"`{text}` is not {what}{suggestion(text, frozenset(known))}.")
    return known.get(text, 0)
