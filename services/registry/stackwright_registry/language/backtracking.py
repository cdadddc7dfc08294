"""Whether the time that a pattern takes can grow exponentially, by the automaton of its positions.

A matcher that goes back tries every way in which a text can be taken. There are exponentially many ways if, and only
if, one position can come back to itself over one text in two ways (Weber and Seidl).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from stackwright_registry.language.pattern_parts import (
    Characters,
    Choice,
    Edge,
    Group,
    Part,
    PatternError,
    Ranges,
    Repeated,
)

# `{m,n}` up to here is spelled out; beyond, it is as good as without end.
_SPELLED_OUT = 4
_MOST_POSITIONS = 400
_MOST_STEPS = 400_000


@dataclass
class _Automaton:
    """Positions of the pattern that take a character, and which may follow which, in how many ways."""

    taken: list[Ranges] = field(default_factory=list)
    follows: list[Counter[int]] = field(default_factory=list)

    def position(self, ranges: Ranges) -> int:
        if len(self.taken) >= _MOST_POSITIONS:
            raise PatternError("The pattern is too large to prove that it is quick; write it shorter.")
        self.taken.append(ranges)
        self.follows.append(Counter())
        return len(self.taken) - 1

    def join(self, lasts: Iterable[int], firsts: Iterable[int]) -> None:
        firsts = list(firsts)
        for last in lasts:
            self.follows[last].update(firsts)


@dataclass(frozen=True)
class _Piece:
    empty: bool
    firsts: tuple[int, ...] = ()
    lasts: tuple[int, ...] = ()


_NOTHING = _Piece(empty=True)


def exponential(choice: Choice) -> bool:
    """Say whether some text makes a matcher try exponentially many ways; also in what it looks ahead for."""
    automaton = _Automaton()
    looks: list[Choice] = []
    _choice(automaton, choice, looks)
    return _two_ways(automaton) or any(exponential(look) for look in looks)


def _choice(automaton: _Automaton, choice: Choice, looks: list[Choice]) -> _Piece:
    found = [_sequence(automaton, sequence, looks) for sequence in choice.sequences]
    return _Piece(
        any(piece.empty for piece in found),
        tuple(first for piece in found for first in piece.firsts),
        tuple(last for piece in found for last in piece.lasts),
    )


def _sequence(automaton: _Automaton, parts: Iterable[Part], looks: list[Choice]) -> _Piece:
    whole = _NOTHING
    for part in parts:
        whole = _then(automaton, whole, _part(automaton, part, looks))
    return whole


def _then(automaton: _Automaton, before: _Piece, after: _Piece) -> _Piece:
    automaton.join(before.lasts, after.firsts)
    firsts = before.firsts + after.firsts if before.empty else before.firsts
    lasts = before.lasts + after.lasts if after.empty else after.lasts
    return _Piece(before.empty and after.empty, firsts, lasts)


def _part(automaton: _Automaton, part: Part, looks: list[Choice]) -> _Piece:
    if isinstance(part, Characters):
        position = automaton.position(part.ranges)
        return _Piece(False, (position,), (position,))
    if isinstance(part, Edge):
        return _NOTHING
    if isinstance(part, Group):
        if part.look:
            looks.append(part.choice)
            return _NOTHING
        return _choice(automaton, part.choice, looks)
    return _repeated(automaton, part, looks)


def _repeated(automaton: _Automaton, part: Repeated, looks: list[Choice]) -> _Piece:
    endless = part.most is None or part.most > _SPELLED_OUT
    least = min(part.least, 1) if endless else part.least
    whole = _NOTHING
    for number in range(least if endless else part.most or 0):
        piece = _part(automaton, part.inner, looks)
        optional = number >= least
        whole = _then(automaton, whole, _Piece(piece.empty or optional, piece.firsts, piece.lasts))
    if not endless:
        return whole
    loop = whole if least else _part(automaton, part.inner, looks)
    automaton.join(loop.lasts, loop.firsts)
    return _Piece(loop.empty or part.least == 0, loop.firsts, loop.lasts)


def _two_ways(automaton: _Automaton) -> bool:
    reach = [_reached(automaton, position) for position in range(len(automaton.taken))]
    for position, following in enumerate(automaton.follows):
        if any(ways > 1 and position in reach[after] for after, ways in following.items()):
            return True
    steps = 0
    for start in range(len(automaton.taken)):
        if start not in reach[start]:
            continue
        seen: set[tuple[int, int]] = set()
        stack = [(start, start)]
        while stack:
            left, right = stack.pop()
            for pair in _pairs(automaton, left, right):
                steps += 1
                if steps > _MOST_STEPS:
                    raise PatternError("The pattern is too large to prove that it is quick; write it shorter.")
                if pair == (start, start):
                    if left != right:
                        return True
                    continue
                # Only what can come back matters.
                if pair not in seen and start in reach[pair[0]] and start in reach[pair[1]]:
                    seen.add(pair)
                    stack.append(pair)
    return False


def _pairs(automaton: _Automaton, left: int, right: int) -> Iterable[tuple[int, int]]:
    for one in automaton.follows[left]:
        for other in automaton.follows[right]:
            if _overlap(automaton.taken[one], automaton.taken[other]):
                yield one, other


def _reached(automaton: _Automaton, start: int) -> set[int]:
    seen: set[int] = set()
    stack = [start]
    while stack:
        for after in automaton.follows[stack.pop()]:
            if after not in seen:
                seen.add(after)
                stack.append(after)
    return seen


def _overlap(one: Ranges, other: Ranges) -> bool:
    return any(low <= last and first <= high for low, high in one for first, last in other)
