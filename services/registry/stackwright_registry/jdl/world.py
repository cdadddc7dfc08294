"""What a JDL text declares: entities, enums and constants, each name once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from stackwright_registry.jdl.notes import Notes
from stackwright_registry.jdl.syntax import Document, Entity, Enumeration, Word
from stackwright_registry.naming.names import member_name, model_name
from stackwright_registry.naming.words import snake, words
from stackwright_registry.problems import Problems
from stackwright_registry.yaml_source import suggestion

MOST_ENTITIES = 1000
MOST_FIELDS = 300
MOST_VALUES = 300


@dataclass
class World:
    """Everything that a name in the text may stand for."""

    problems: Problems
    notes: Notes
    entities: dict[str, Entity] = field(default_factory=dict)
    enums: dict[str, Enumeration] = field(default_factory=dict)
    constants: dict[str, Word] = field(default_factory=dict)
    # Entities that the same request gives as JSON, and those whose statement could not be read.
    elsewhere: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def knows(self, name: str) -> bool:
        """Say whether the request has an entity of this name."""
        return name in self.entities or name in self.elsewhere or name in self.unread

    def names(self) -> list[str]:
        """Give every entity that may be meant."""
        return [*self.entities, *self.elsewhere]

    def require(self, word: Word, what: str = "entity") -> bool:
        """Say whether an entity is declared; note it where it is not."""
        if self.knows(word.text):
            return True
        near = suggestion(word.text, self.names())
        self.problems.add(word.place, "unknown_name", f"There is no {what} `{word}`{near}.")
        return False


def declared(document: Document, elsewhere: Collection[str], problems: Problems, notes: Notes) -> World:
    """Take up what a document declares; duplicates, names that fall together and too many are noted."""
    world = World(problems, notes, elsewhere=frozenset(elsewhere), unread=document.unread)
    if len(document.entities) > MOST_ENTITIES:
        place = document.entities[MOST_ENTITIES].name.place
        message = f"A JDL text has at most {MOST_ENTITIES:,} entities; this one has {len(document.entities):,}."
        problems.add(place, "too_many", message)
        return world
    told = {model_name(name): "domain.entities" for name in elsewhere}
    named: dict[str, Word] = {}
    for entity in document.entities:
        name = entity.name
        if model_name(name.text) in told:
            message = f"`{name}` is an entity of domain.entities as well; each entity stands in one of the two."
            problems.add(name.place, "duplicate_name", message)
        elif once(problems, named, name, model_name, "The entity `{}`"):
            world.entities[name.text] = entity
    for found in document.enumerations:
        if once(problems, named, found.name, str, "The enum `{}`"):
            world.enums[found.name.text] = found
            _values(problems, found)
    for constant in document.constants:
        if constant.name.text in world.constants:
            problems.add(
                constant.name.place, "duplicate_name", f"The constant `{constant.name}` stands here a second time."
            )
        world.constants[constant.name.text] = constant.value
    return world


def once(problems: Problems, named: dict[str, Word], name: Word, folded: Callable[[str], str], what: str) -> bool:
    """Take a name; one that is taken, or falls together with another, is noted. `what` is like "The enum `{}`"."""
    key = folded(name.text)
    before = named.setdefault(key, name)
    if before is name:
        return True
    if before.text == name.text:
        message = f"{what.format(name)} is declared a second time; the first is in line {before.line}."
    else:
        message = f"{what.format(name)} and `{before}` of line {before.line} would have one name: `{key}`."
    problems.add(name.place, "duplicate_name", message)
    return False


def member(text: str) -> str:
    """Give the name of an enum's value in the contract: `IN_PROGRESS` → `in_progress`."""
    return snake(words(text))


def _values(problems: Problems, found: Enumeration) -> None:
    if not found.values:
        problems.add(found.name.place, "empty", f"The enum `{found.name}` has no value; at least one is expected.")
    if len(found.values) > MOST_VALUES:
        message = f"An enum has at most {MOST_VALUES} values; `{found.name}` has {len(found.values)}."
        problems.add(found.values[MOST_VALUES].name.place, "too_many", message)
    named: dict[str, Word] = {}
    for value in found.values:
        once(problems, named, value.name, member, f"The value `{{}}` of `{found.name}`")


def check_fields(problems: Problems, entities: Iterable[Entity]) -> dict[str, dict[str, Word]]:
    """Give the names of the fields of each entity; those that stand twice are noted."""
    fields: dict[str, dict[str, Word]] = {}
    for entity in entities:
        named = fields.setdefault(entity.name.text, {})
        for item in entity.fields:
            once(problems, named, item.name, member_name, f"The field `{{}}` of `{entity.name}`")
    return fields


def check_counts(problems: Problems, fields: dict[str, dict[str, Word]]) -> None:
    """Note entities that have too many fields, those of relations counted."""
    for entity, named in fields.items():
        if len(named) > MOST_FIELDS:
            place = list(named.values())[MOST_FIELDS].place
            message = f"An entity has at most {MOST_FIELDS} fields and relations; `{entity}` has {len(named)}."
            problems.add(place, "too_many", message)
