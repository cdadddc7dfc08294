"""Texts: how long they may be, and what they look like."""

from __future__ import annotations

from decimal import Decimal

from stackwright_registry.jdl.syntax import Field
from stackwright_registry.jdl.validations import Facts, bounds
from stackwright_registry.jdl.world import World
from stackwright_registry.language.pattern_parts import PatternError
from stackwright_registry.language.patterns import portable

_LONGEST = 100_000
# Longer texts get an area of several lines instead of a line.
_LINE = 1000
# An index entry of PostgreSQL has at most 2,704 bytes, four for a character at worst.
_UNIQUE = 600


def text_type(world: World, item: Field, facts: Facts) -> str:
    """Give the type of a String or TextBlob; lengths that no text can have are noted."""
    least, most = bounds(world, facts, "minlength", "maxlength")
    if not _possible(world, facts, "minlength", least) or not _possible(world, facts, "maxlength", most):
        return "string"
    if most is not None and most > _LONGEST:
        name = facts.words["maxlength"].name
        world.notes.warn(name, f"A text has at most {_LONGEST:,} characters: `{name}` of {most:,} is lowered to that.")
        most = Decimal(_LONGEST)
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


def _possible(world: World, facts: Facts, name: str, value: Decimal | None) -> bool:
    """Whether a text can have this length: none fits into nothing, and none is shorter than empty."""
    lowest, highest = (1, None) if name == "maxlength" else (0, _LONGEST)
    if value is None or (lowest <= value and (highest is None or value <= highest)):
        return True
    stated = facts.words[name]
    message = f"`{stated.name}` is a number of {lowest} to {_LONGEST:,}, not {value}."
    world.problems.add((stated.value or stated.name).place, "wrong_number", message)
    return False


def pattern(world: World, facts: Facts) -> str | None:
    """Give the pattern of a text in the one spelling that every layer reads; what is none is noted."""
    value = facts.words["pattern"].value if facts.has("pattern") else None
    if value is None:
        return None
    try:
        return portable(value.text.replace("\\/", "/"))
    except PatternError as error:
        world.problems.add(value.place, "wrong_pattern", str(error))
        return None
