"""Texts that a `pattern` takes: for tests and example rows, which have to fit what the database and the API demand.

Patterns are read as the registry spells them: characters, `.`, classes, groups, choices, reading ahead and repetitions.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace

_PLAIN = string.ascii_uppercase + string.ascii_lowercase + string.digits
_SHOWN = _PLAIN + "-_ ./+:@#,!?%&=~'()*;<>$^|[]{}\"\\`"
_SETS = {"d": string.digits, "w": _PLAIN + "_", "s": " "}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_QUANTIFIER = re.compile(r"([*+?])|\{(\d+)(,?)(\d*)\}")
_TRIALS = 40


@dataclass(frozen=True)
class Piece:
    """`count` characters in a row, each one of `characters`."""

    characters: str
    count: int
    most: int | None
    """How many there may be; None: without end."""


def pieces(pattern: str, *, least: int = 0, most: int | None = None) -> list[Piece] | None:
    """What texts of `least` to `most` characters are made of that fit a pattern: any choice of characters is one.

    Of choices the first is taken. None where no such texts are found, e.g. since what is read ahead forbids some.
    """
    try:
        found = _stretched(list(_Reader(pattern).choice()), least)
    except _UnreadableError:
        return None
    length = sum(piece.count for piece in found)
    if length < least or (most is not None and length > most):
        return None
    chance = random.Random(pattern)  # noqa: S311  # picks examples, keeps no secret
    fits = all(re.fullmatch(pattern, _drawn(found, chance)) for _ in range(_TRIALS))
    return [piece for piece in found if piece.count] if fits else None


def text_of(pattern: str, number: int, *, least: int = 0, most: int | None = None) -> str | None:
    """The text with this number among those that fit: different for different numbers, as long as there are so many."""
    found = pieces(pattern, least=least, most=most)
    if found is None:
        return None
    letters = []
    # The last characters count, as in a number.
    for piece in reversed(found):
        for _ in range(piece.count):
            number, digit = divmod(number, len(piece.characters))
            letters.append(piece.characters[digit])
    return "".join(reversed(letters))


def ways(found: list[Piece]) -> int:
    """How many texts there are."""
    total = 1
    for piece in found:
        total *= len(piece.characters) ** piece.count
    return total


def _drawn(found: list[Piece], chance: random.Random) -> str:
    return "".join(chance.choice(piece.characters) for piece in found for _ in range(piece.count))


def _stretched(found: list[Piece], least: int) -> list[Piece]:
    """Repetitions are made longer, the first one first, until there are enough characters."""
    lacking = least - sum(piece.count for piece in found)
    for at, piece in enumerate(found):
        room = lacking if piece.most is None else min(lacking, piece.most - piece.count)
        if room > 0:
            found[at] = replace(piece, count=piece.count + room)
            lacking -= room
    return found


class _UnreadableError(Exception):
    """The pattern has something that is not read here."""


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def choice(self) -> Iterator[Piece]:
        """The first of the sequences up to the end, or to the parenthesis that closes."""
        yield from self._sequence()
        while self._next() == "|":
            self._at += 1
            list(self._sequence())

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        letter = self._next()
        self._at += 1
        return letter

    def _sequence(self) -> Iterator[Piece]:
        while self._next() not in ("", "|", ")"):
            inner = self._atom()
            low, high = self._times()
            if len(inner) == 1 and inner[0].count == inner[0].most == 1:
                yield Piece(inner[0].characters, low, high)
            else:
                yield from inner * low

    def _atom(self) -> list[Piece]:
        letter = self._take()
        if letter == "(":
            return self._group()
        if letter in "^$":
            return []
        if letter == ".":
            return [_one(_PLAIN)]
        if letter == "[":
            return [_one(self._class())]
        if letter == "\\":
            return [_one(self._escaped())]
        return [_one(letter)]

    def _group(self) -> list[Piece]:
        ahead = self._text.startswith(("?=", "?!"), self._at)
        if self._next() == "?":
            self._at += 2
        inner = list(self.choice())
        if self._take() != ")":
            raise _UnreadableError
        return [] if ahead else inner

    def _times(self) -> tuple[int, int | None]:
        found = _QUANTIFIER.match(self._text, self._at)
        if found is None:
            return 1, 1
        self._at = found.end()
        if self._next() == "?":
            self._at += 1
        sign, low, comma, high = found.groups()
        if sign:
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        return int(low), int(high) if high else None if comma else int(low)

    def _escaped(self) -> str:
        letter = self._take()
        if letter in "ux":
            digits = {"u": 4, "x": 2}[letter]
            self._at += digits
            return chr(int(self._text[self._at - digits : self._at], 16))
        if letter.lower() in _SETS:
            chosen = _SETS[letter.lower()]
            return chosen if letter.islower() else "".join(each for each in _SHOWN if each not in chosen)
        return _CONTROLS.get(letter, letter)

    def _class(self) -> str:
        negated = self._next() == "^"
        if negated:
            self._at += 1
        found: list[str] = []
        while self._next() != "]":
            if not self._next():
                raise _UnreadableError
            letter = self._take()
            low = self._escaped() if letter == "\\" else letter
            after = self._text[self._at : self._at + 2]
            if len(low) == 1 and after[:1] == "-" and after[1:] not in ("", "]"):
                self._at += 1
                letter = self._take()
                high = self._escaped() if letter == "\\" else letter
                found += [chr(code) for code in range(ord(low), min(ord(high), ord(low) + 255) + 1)]
            else:
                found += low
        self._at += 1
        if negated:
            found = [letter for letter in _SHOWN if letter not in found]
        # Letters and digits are read at a glance; others only where there is nothing else.
        return "".join(dict.fromkeys(letter for letter in found if letter in _PLAIN)) or "".join(dict.fromkeys(found))


def _one(characters: str) -> Piece:
    if not characters:
        raise _UnreadableError
    return Piece(characters, 1, 1)
