"""Which features are chosen together: each alone, every pair, and sets drawn at random."""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stackwright_registry.catalogue import Catalogue

# Any number will do as long as it stays: the same sets are drawn on every day and machine.
SEED = 20_260
DRAWN = 20


@dataclass(frozen=True)
class Selection:
    """Features as somebody asks for them, and `closed`, those that a contract of them has."""

    asked: tuple[str, ...]
    closed: tuple[str, ...]

    def __str__(self) -> str:
        return "+".join(self.asked)


def selection(catalogue: Catalogue, asked: Iterable[str]) -> Selection:
    """Close features over what they need."""
    names = tuple(sorted(asked))
    closed = catalogue.close(dict.fromkeys(names, ""), False, False)
    return Selection(names, tuple(sorted(entry.key for entry in closed)))


def alone(catalogue: Catalogue, features: Iterable[str]) -> list[Selection]:
    """Every feature by itself."""
    return [selection(catalogue, [feature]) for feature in sorted(features)]


def pairs(catalogue: Catalogue, features: Iterable[str]) -> list[Selection]:
    """Every two features."""
    return [selection(catalogue, pair) for pair in itertools.combinations(sorted(features), 2)]


def drawn(catalogue: Catalogue, features: Iterable[str], count: int = DRAWN) -> list[Selection]:
    """Sets of three features to all but one, the first `count` of a fixed sequence."""
    known = sorted(features)
    # Not for secrets: the sequence must come again.
    chance = random.Random(SEED)
    return [selection(catalogue, chance.sample(known, chance.randint(3, len(known) - 1))) for _ in range(count)]


def distinct(selections: Iterable[Selection]) -> Iterator[Selection]:
    """The first of those that come to the same features."""
    seen: set[tuple[str, ...]] = set()
    for each in selections:
        if each.closed not in seen:
            seen.add(each.closed)
            yield each
