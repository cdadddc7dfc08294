"""What stands in a JDL text, as typed parts; every word knows its place."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright_registry.problems import Place

PATH = "domain.jdl"
# The value of every option that stands for all entities.
ALL = ("*", "all")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text; line and column are 1-based."""

    text: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(PATH, self.line, self.column)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Annotation:
    """`@name(value)`, or one option of a relation."""

    name: Word
    value: Word | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """`required`, `min(3)`, `max(NAME_OF_A_CONSTANT)` or `pattern(/…/)`."""

    name: Word
    value: Word | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entity."""

    name: Word
    type: Word
    validations: tuple[Validation, ...]
    annotations: tuple[Annotation, ...]
    documentation: str


@dataclass(frozen=True, slots=True)
class Entity:
    """`entity Name (table) { … }`."""

    name: Word
    table: Word | None
    fields: tuple[Field, ...]
    annotations: tuple[Annotation, ...]
    documentation: str


@dataclass(frozen=True, slots=True)
class EnumValue:
    """A value of an enum; `text` is what stands in its parentheses."""

    name: Word
    text: str


@dataclass(frozen=True, slots=True)
class Enumeration:
    """`enum Name { A, B ("text") }`."""

    name: Word
    values: tuple[EnumValue, ...]
    documentation: str


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: `Entity{injected(display) required}`."""

    entity: Word
    injected: Word | None
    display: Word | None
    required: Word | None
    annotations: tuple[Annotation, ...]
    documentation: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a block; `kind` is the word after `relationship`."""

    kind: Word
    source: End
    target: End
    options: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """`paginate A, B with pagination except C`; `entities` is empty for all of them."""

    name: Word
    entities: tuple[Word, ...]
    everything: bool
    value: Word | None
    excepted: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """`NAME = 12`."""

    name: Word
    value: Word


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that a text says, in its order."""

    entities: tuple[Entity, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    relations: tuple[Relation, ...] = ()
    options: tuple[Option, ...] = ()
    constants: tuple[Constant, ...] = ()
    # Blocks that are read over: `application`, `deployment`.
    skipped: tuple[Word, ...] = ()
    # Entities and enums of statements that could not be read: named, so that nobody is told they are missing.
    unread: frozenset[str] = frozenset()
