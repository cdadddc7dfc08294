"""Fields: each JDL type and validation as a field of the contract language."""

from __future__ import annotations

from collections.abc import Mapping

from stackwright_registry.jdl.numbers import DECIMALS, WHOLE, decimal_type, whole_type
from stackwright_registry.jdl.syntax import Enumeration, Field
from stackwright_registry.jdl.texts import pattern, text_type
from stackwright_registry.jdl.validations import BYTES, LENGTHS, RANGES, Facts, facts_of
from stackwright_registry.jdl.world import World, member
from stackwright_registry.yaml_source import suggestion

Value = dict[str, object]
# What each type takes beside `required` and `unique`.
TYPES: Mapping[str, tuple[str, ...]] = {
    "String": LENGTHS,
    "TextBlob": (*LENGTHS, *BYTES),
    "Integer": RANGES,
    "Long": RANGES,
    "BigDecimal": RANGES,
    "Float": RANGES,
    "Double": RANGES,
    "Boolean": (),
    "LocalDate": (),
    "ZonedDateTime": (),
    "Instant": (),
    "Date": (),
    "LocalTime": (),
    "Duration": (),
    "UUID": (),
    "Blob": BYTES,
    "AnyBlob": BYTES,
    "ImageBlob": BYTES,
}
_PLAIN = {
    "Boolean": "bool",
    "LocalDate": "date",
    "ZonedDateTime": "timestamp",
    "Instant": "timestamp",
    "Date": "timestamp",
    "LocalTime": "time",
    "Duration": "duration",
    "UUID": "uuid",
    "Blob": "file",
    "AnyBlob": "file",
    "ImageBlob": "image",
}
_FILTERED = frozenset({"String", "Integer", "Long", "BigDecimal", "Float", "Double", "UUID"})
_SEARCHED = frozenset({"String", "TextBlob"})


def compile_field(world: World, item: Field, *, filtered: bool, searched: bool) -> Value | None:
    """Give a field as `domain.entities` has it; None where its type is unknown or impossible, which is noted."""
    kind = item.type.text
    enum = world.enums.get(kind)
    if enum is None and kind not in TYPES:
        _unknown(world, item)
        return None
    if enum is None and kind == "Date":
        world.notes.warn(item.type, "`Date` is an old name of `Instant`, and is taken as that.")
    facts = facts_of(world, item, TYPES.get(kind, ()))
    found: Value = {"is": " ".join([_type(world, item, enum, facts), *_flags(world, item, facts)])}
    if filtered and kind in _FILTERED:
        found["is"] = f"{found['is']} filter sort"
    if searched and kind in _SEARCHED:
        found["is"] = f"{found['is']} search"
    if kind in _SEARCHED and (spelled := pattern(world, facts)) is not None:
        found["pattern"] = spelled
    texts = [item.documentation or (enum.documentation if enum else "")]
    if enum is not None:
        texts.append("; ".join(f"{member(value.name.text)}: {value.text}" for value in enum.values if value.text))
    if text := "\n".join(part for part in texts if part):
        found["description"] = text
    return found


def _type(world: World, item: Field, enum: Enumeration | None, facts: Facts) -> str:
    kind = item.type.text
    if enum is not None:
        return f"enum({' '.join(dict.fromkeys(member(value.name.text) for value in enum.values))})"
    if kind in _SEARCHED:
        return text_type(world, item, facts)
    if kind in WHOLE:
        return whole_type(world, kind, facts)
    return decimal_type(world, kind, facts) if kind in DECIMALS else _PLAIN[kind]


def _flags(world: World, item: Field, facts: Facts) -> list[str]:
    flags = [] if facts.has("required") else ["optional"]
    if facts.has("unique") and item.type.text in ("Blob", "AnyBlob", "ImageBlob"):
        world.notes.warn(item.name, "A file is never compared with others: `unique` is left out.")
    elif facts.has("unique") and item.type.text == "Boolean":
        world.notes.warn(item.name, "`unique` is left out: of a Boolean, only two rows could ever be made.")
    elif facts.has("unique"):
        flags.append("unique")
    return flags


def _unknown(world: World, item: Field) -> None:
    name = item.type
    if name.text in world.unread:
        return
    if world.knows(name.text):
        message = f"`{name}` is an entity: a relationship is expected instead of the field `{item.name}`."
    else:
        near = suggestion(name.text, [*TYPES, *world.enums])
        near = near or "; a type such as String, Integer or LocalDate, or an enum of this text is expected"
        message = f"There is no type `{name}`{near}."
    world.problems.add(name.place, "unknown_type", message)
