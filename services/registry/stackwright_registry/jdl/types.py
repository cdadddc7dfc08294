"""Fields: each JDL type and validation as a field of the contract language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from stackwright_registry.jdl.syntax import Field, Validation, Word
from stackwright_registry.jdl.world import World, member
from stackwright_registry.language.pattern_parts import PatternError
from stackwright_registry.language.patterns import portable
from stackwright_registry.yaml_source import suggestion

Value = dict[str, object]
_LENGTHS = ("minlength", "maxlength", "pattern")
_RANGES = ("min", "max")
_BYTES = ("minbytes", "maxbytes")
# What each type takes beside `required` and `unique`.
TYPES: Mapping[str, tuple[str, ...]] = {
    "String": _LENGTHS,
    "TextBlob": _LENGTHS,
    "Integer": _RANGES,
    "Long": _RANGES,
    "BigDecimal": _RANGES,
    "Float": _RANGES,
    "Double": _RANGES,
    "Boolean": (),
    "LocalDate": (),
    "ZonedDateTime": (),
    "Instant": (),
    "LocalTime": (),
    "Duration": (),
    "UUID": (),
    "Blob": _BYTES,
    "AnyBlob": _BYTES,
    "ImageBlob": _BYTES,
}
_PLAIN = {
    "Boolean": "bool",
    "LocalDate": "date",
    "ZonedDateTime": "timestamp",
    "Instant": "timestamp",
    "LocalTime": "time",
    "Duration": "duration",
    "UUID": "uuid",
    "Blob": "file",
    "AnyBlob": "file",
    "ImageBlob": "image",
}
_WHOLE = {"Integer": ("int", 2**31 - 1), "Long": ("bigint", 2**53 - 1)}
# Digits in all and after the point; BigDecimal as JHipster's column has them.
_DECIMALS = {"BigDecimal": (21, 2), "Float": (14, 6), "Double": (25, 10)}
_LONGEST = 100_000
# Longer texts get an area of several lines instead of a line.
_LINE = 1000
# An index entry of PostgreSQL has at most 2,704 bytes, four for a character at worst.
_UNIQUE = 600
_FILTERED = frozenset({"String", "Integer", "Long", "BigDecimal", "Float", "Double", "UUID"})
_SEARCHED = frozenset({"String", "TextBlob"})


@dataclass
class _Facts:
    """The validations of a field, each once."""

    words: dict[str, Validation] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name in self.words


def compile_field(world: World, item: Field, *, filtered: bool, searched: bool) -> Value | None:
    """Give a field as `domain.entities` has it; None where its type is unknown or impossible, which is noted."""
    kind = item.type.text
    enum = world.enums.get(kind)
    if enum is None and kind not in TYPES:
        _unknown(world, item)
        return None
    facts = _facts(world, item, TYPES.get(kind, ()))
    flags = [] if facts.has("required") else ["optional"]
    if facts.has("unique") and kind in ("Blob", "AnyBlob", "ImageBlob"):
        world.notes.warn(item.name, "A file is never compared with others: `unique` is left out.")
    elif facts.has("unique"):
        flags.append("unique")
    if filtered and kind in _FILTERED:
        flags.extend(("filter", "sort"))
    if searched and kind in _SEARCHED:
        flags.append("search")
    found: Value = {}
    if enum is not None:
        found["is"] = f"enum({' '.join(dict.fromkeys(member(value.name.text) for value in enum.values))})"
    elif kind in _SEARCHED:
        found["is"] = _text(world, item, facts)
        _pattern(world, facts, found)
    elif kind in _WHOLE:
        found["is"] = _whole(world, kind, facts)
    elif kind in _DECIMALS:
        found["is"] = _decimal(world, kind, facts)
    else:
        found["is"] = _PLAIN[kind]
    found["is"] = " ".join([str(found["is"]), *flags])
    texts = [item.documentation or (enum.documentation if enum else "")]
    if enum is not None:
        texts.append("; ".join(f"{member(value.name.text)}: {value.text}" for value in enum.values if value.text))
    if text := "\n".join(part for part in texts if part):
        found["description"] = text
    return found


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


def _facts(world: World, item: Field, fitting: tuple[str, ...]) -> _Facts:
    facts = _Facts()
    for validation in item.validations:
        name = validation.name
        if name.text in facts.words:
            world.problems.add(name.place, "duplicate_name", f"`{name}` stands here a second time.")
        elif name.text not in ("required", "unique", *fitting):
            takes = ", ".join(("required", "unique", *fitting))
            message = f"`{name}` does not go with {item.type}, which takes {takes}."
            world.problems.add(name.place, "wrong_validation", message)
        else:
            facts.words[name.text] = validation
            if name.text in _BYTES:
                number(world, validation)
                message = f"`{name}` is left out: the size of every file is bounded by the setting of file_upload."
                world.notes.warn(name, message)
    return facts


def number(world: World, validation: Validation, *, whole: bool = True) -> Decimal | None:
    """Give the number of a validation, looked up where a constant is named; what is none is noted."""
    value = validation.value
    if value is None:
        return None
    if value.text[:1].isalpha() or value.text[:1] == "_":
        known = world.constants.get(value.text)
        if known is None:
            near = suggestion(value.text, list(world.constants))
            message = f"There is no constant `{value}`{near or '; `NAME = 12` is expected somewhere in the text'}."
            world.problems.add(value.place, "unknown_name", message)
            return None
        text = known.text
    else:
        text = value.text
    if whole and "." in text:
        world.problems.add(value.place, "wrong_number", f"`{validation.name}` takes a whole number, not {text}.")
        return None
    return Decimal(text)


def _bounds(
    world: World, facts: _Facts, low: str, high: str, *, whole: bool = True
) -> tuple[Decimal | None, Decimal | None]:
    least = number(world, facts.words[low], whole=whole) if facts.has(low) else None
    most = number(world, facts.words[high], whole=whole) if facts.has(high) else None
    if least is not None and most is not None and least > most:
        place = facts.words[high].value
        message = f"`{low}` is {least} and `{high}` is {most}: no value fits; `{high}` of at least {least} is expected."
        world.problems.add((place or facts.words[high].name).place, "impossible", message)
        return None, None
    return least, most


def _text(world: World, item: Field, facts: _Facts) -> str:
    least, most = _bounds(world, facts, "minlength", "maxlength")
    for name, value in (("minlength", least), ("maxlength", most)):
        # No text fits into nothing, and none is shorter than empty.
        lowest = 1 if name == "maxlength" else 0
        if value is not None and not lowest <= value <= _LONGEST:
            word = facts.words[name].value or facts.words[name].name
            message = f"`{name}` is a number of {lowest} to {_LONGEST:,}, not {value}."
            world.problems.add(word.place, "wrong_number", message)
            return "string"
    blob = item.type.text == "TextBlob"
    low = int(least) if least is not None else int(facts.has("required"))
    high = int(most) if most is not None else max(20_000 if blob else 255, low)
    if facts.has("unique") and high > _UNIQUE:
        if low > _UNIQUE:
            message = f"A unique text has at most {_UNIQUE} characters, so `minlength` of {low} does not fit."
            world.problems.add(item.name.place, "impossible", message)
        high = max(_UNIQUE, low)
        world.notes.warn(item.name, f"A unique text has at most {_UNIQUE} characters, so that an index holds it.")
    long = high > _LINE or (blob and most is None and not facts.has("unique"))
    return f"{'text' if long else 'string'}({low}..{high})"


def _pattern(world: World, facts: _Facts, found: Value) -> None:
    value = facts.words["pattern"].value if facts.has("pattern") else None
    if value is None:
        return
    try:
        found["pattern"] = portable(value.text.replace("\\/", "/"))
    except PatternError as error:
        world.problems.add(value.place, "wrong_pattern", str(error))


def _whole(world: World, kind: str, facts: _Facts) -> str:
    word, limit = _WHOLE[kind]
    least, most = _bounds(world, facts, "min", "max")
    for name, value in (("min", least), ("max", most)):
        if value is not None and abs(value) > limit:
            at: Word = facts.words[name].value or facts.words[name].name
            message = f"{kind} holds numbers of -{limit} to {limit}, so `{name}({value})` does not fit."
            world.problems.add(at.place, "wrong_number", message)
            return word
    return f"{word}({_spelled(least)}..{_spelled(most)})" if least is not None or most is not None else word


def _decimal(world: World, kind: str, facts: _Facts) -> str:
    precision, scale = _DECIMALS[kind]
    least, most = _bounds(world, facts, "min", "max", whole=False)
    for value in (least, most):
        if value is not None:
            after = max(0, -int(value.as_tuple().exponent))
            precision, scale = precision + max(0, after - scale), max(scale, after)
    for name, value in (("min", least), ("max", most)):
        if value is not None and (precision > 38 or abs(value) >= Decimal(10) ** (precision - scale)):
            at: Word = facts.words[name].value or facts.words[name].name
            message = f"{kind} holds {precision - scale} digits before the point, so `{name}({value})` does not fit."
            world.problems.add(at.place, "wrong_number", message)
            return f"decimal({_DECIMALS[kind][0]} {_DECIMALS[kind][1]})"
    bounds = f" {_spelled(least)}..{_spelled(most)}" if least is not None or most is not None else ""
    return f"decimal({precision} {scale}{bounds})"


def _spelled(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
