"""The validations of a field, each once, and the numbers that they state."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from stackwright_registry.jdl.syntax import Field, Validation
from stackwright_registry.jdl.world import World
from stackwright_registry.yaml_source import suggestion

LENGTHS = ("minlength", "maxlength", "pattern")
RANGES = ("min", "max")
BYTES = ("minbytes", "maxbytes")


@dataclass
class Facts:
    """The validations of a field, by name."""

    words: dict[str, Validation] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether the field has a validation."""
        return name in self.words


def facts_of(world: World, item: Field, fitting: tuple[str, ...]) -> Facts:
    """Give the validations of a field; those that stand twice, or do not go with its type, are noted."""
    facts = Facts()
    for validation in item.validations:
        name = validation.name
        key = name.text.replace("bytes", "length") if item.type.text == "TextBlob" else name.text
        if key in facts.words:
            world.problems.add(name.place, "duplicate_name", f"`{name}` stands here a second time.")
        elif name.text not in ("required", "unique", *fitting):
            takes = ", ".join(("required", "unique", *fitting))
            message = f"`{name}` does not go with {item.type}, which takes {takes}."
            world.problems.add(name.place, "wrong_validation", message)
        else:
            facts.words[key] = validation
            if key != name.text:
                world.notes.warn(name, f"`{name}` of a TextBlob counts characters: it is taken as `{key}`.")
            elif key in BYTES:
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


def bounds(
    world: World, facts: Facts, low: str, high: str, *, whole: bool = True
) -> tuple[Decimal | None, Decimal | None]:
    """Give the least and the greatest value of a field; a range without a value is noted, and no range then."""
    least = number(world, facts.words[low], whole=whole) if facts.has(low) else None
    most = number(world, facts.words[high], whole=whole) if facts.has(high) else None
    if least is not None and most is not None and least > most:
        place = facts.words[high].value
        message = f"`{low}` is {least} and `{high}` is {most}: no value fits; `{high}` of at least {least} is expected."
        world.problems.add((place or facts.words[high].name).place, "impossible", message)
        return None, None
    return least, most
