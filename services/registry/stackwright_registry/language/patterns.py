"""Patterns of texts: the part of regular expressions that every layer reads alike, and none of them slowly."""

from __future__ import annotations

from stackwright_registry.language.backtracking import exponential
from stackwright_registry.language.pattern_parts import Choice, Edge, Group, Part, PatternError, Repeated
from stackwright_registry.language.pattern_syntax import parse

LONGEST = 500


def portable(text: str) -> str:
    """Give the pattern as every layer reads it, for the whole of a text.

    Raises PatternError with a sentence about what cannot be read, or would take time that grows exponentially.
    """
    if len(text) > LONGEST:
        raise PatternError(f"A pattern has at most {LONGEST} characters, not {len(text)}.")
    choice = parse(text)
    if exponential(choice):
        raise PatternError(
            "The time of this pattern grows exponentially with a text that does not fit: two repetitions in each other "
            "can take the same characters, as in (a+)+; write it so that one character can be taken in one way only."
        )
    return _whole(choice)


def _whole(choice: Choice) -> str:
    text = _written(choice)
    only = choice.sequences[0] if len(choice.sequences) == 1 else ()
    begins = bool(only) and only[0] == Edge("^")
    ends = bool(only) and only[-1] == Edge("$")
    if len(choice.sequences) > 1:
        return f"^(?:{text})$"
    return f"{'' if begins else '^'}{text}{'' if ends else '$'}"


def _written(choice: Choice) -> str:
    return "|".join("".join(_part(part) for part in sequence) for sequence in choice.sequences)


def _part(part: Part) -> str:
    if isinstance(part, Group):
        return f"{part.opening}{_written(part.choice)})"
    if isinstance(part, Repeated):
        return f"{_part(part.inner)}{part.text}"
    return part.text
