"""Numbers: which type of the contract holds them, and between which bounds they lie."""

from __future__ import annotations

from decimal import Decimal

from stackwright_registry.jdl.validations import Facts, bounds
from stackwright_registry.jdl.world import World

# The type of the contract and its greatest value; JSON carries whole numbers exactly up to 2⁵³ - 1.
WHOLE = {"Integer": ("int", 2**31 - 1), "Long": ("bigint", 2**53 - 1)}
# Digits in all and after the point; BigDecimal as JHipster's column has them.
DECIMALS = {"BigDecimal": (21, 2), "Float": (14, 6), "Double": (25, 10)}
_MOST_DIGITS = 38
# What a Long of 64 bits can state as its bound, which is to say: none.
_LONG = 2**63


def whole_type(world: World, kind: str, facts: Facts) -> str:
    """Give the type of an Integer or a Long; bounds that it cannot have are noted."""
    word, limit = WHOLE[kind]
    least, most = bounds(world, facts, "min", "max")
    if kind == "Long":
        if most is not None and limit < most < _LONG:
            _tell_unbounded(world, facts, "max", limit)
            most = None
        if least is not None and -_LONG <= least < -limit:
            _tell_unbounded(world, facts, "min", limit)
            least = None
    for name, value in (("min", least), ("max", most)):
        if value is not None and abs(value) > limit:
            _too_large(world, facts, name, value, f"{kind} holds numbers of -{limit} to {limit}")
            return word
    return f"{word}({_spelled(least)}..{_spelled(most)})" if least is not None or most is not None else word


def decimal_type(world: World, kind: str, facts: Facts) -> str:
    """Give the type of a BigDecimal, Float or Double, with as many digits as its bounds have."""
    precision, scale = DECIMALS[kind]
    least, most = bounds(world, facts, "min", "max", whole=False)
    for value in (least, most):
        if value is not None:
            after = max(0, -int(value.as_tuple().exponent))
            precision, scale = precision + max(0, after - scale), max(scale, after)
            if kind != "BigDecimal":
                precision = max(precision, scale + len(str(abs(int(value)))))
    for name, value in (("min", least), ("max", most)):
        if value is not None and (precision > _MOST_DIGITS or abs(value) >= Decimal(10) ** (precision - scale)):
            held = min(precision, _MOST_DIGITS) - scale
            _too_large(world, facts, name, value, f"{kind} holds {held} digits before the point")
            return f"decimal({DECIMALS[kind][0]} {DECIMALS[kind][1]})"
    between = f" {_spelled(least)}..{_spelled(most)}" if least is not None or most is not None else ""
    return f"decimal({precision} {scale}{between})"


def _tell_unbounded(world: World, facts: Facts, name: str, limit: int) -> None:
    validation = facts.words[name]
    message = f"A Long lies between -{limit} and {limit}, which JSON carries exactly: a wider `{name}` is left out."
    world.notes.warn(validation.name, message)


def _too_large(world: World, facts: Facts, name: str, value: Decimal, holds: str) -> None:
    validation = facts.words[name]
    message = f"{holds}, so `{name}({value})` does not fit."
    world.problems.add((validation.value or validation.name).place, "wrong_number", message)


def _spelled(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
