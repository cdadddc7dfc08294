"""The whole document, from the tree of the grammar."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lark import Token

from stackwright_registry.jdl.entity_rules import EntityRules
from stackwright_registry.jdl.relation_rules import Block, RelationRules
from stackwright_registry.jdl.syntax import ALL, Annotation, Constant, Document, Entity, Enumeration, Option, Word
from stackwright_registry.jdl.words import Pending, astray, word
from stackwright_registry.problems import Problems


@dataclass(frozen=True)
class _Names:
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class _Excepted:
    words: tuple[Word, ...]


@dataclass(frozen=True)
class _Values:
    words: tuple[Word, ...]


@dataclass
class _Statements:
    """Statements of each kind, in their order."""

    entities: list[Entity] = field(default_factory=list)
    enumerations: list[Enumeration] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    constants: list[Constant] = field(default_factory=list)
    skipped: list[Word] = field(default_factory=list)


class Reading(EntityRules, RelationRules):
    """Builds the document while the text is parsed."""

    def __init__(self, problems: Problems) -> None:
        super().__init__()
        self.problems = problems

    def start(self, items: list[object]) -> Document:
        found = _Statements()
        pending = Pending()
        for item in items:
            if pending.take(item):
                continue
            lead = pending.lead()
            if isinstance(item, Entity):
                found.entities.append(replace(item, annotations=lead.annotations, documentation=lead.documentation))
            elif isinstance(item, Block):
                found.blocks.append(_with_annotations(item, lead.annotations))
            else:
                self._other(found, item, lead.documentation)
                astray(self.problems, lead.annotations)
        astray(self.problems, pending.lead().annotations)
        return Document(
            tuple(found.entities),
            tuple(found.enumerations),
            tuple(relation for block in found.blocks for relation in block.relations),
            tuple(found.options),
            tuple(found.constants),
            tuple(found.skipped),
        )

    def _other(self, found: _Statements, item: object, documentation: str) -> None:
        if isinstance(item, Enumeration):
            found.enumerations.append(replace(item, documentation=documentation))
        elif isinstance(item, Constant):
            found.constants.append(item)
        elif isinstance(item, Word):
            found.skipped.append(item)
        elif isinstance(item, list):
            found.options.extend(item)

    def skipped(self, found: list[Token]) -> Word:
        return word(found[0])

    def constant(self, found: list[Token]) -> Constant:
        return Constant(word(found[0]), word(found[1]))

    def option(self, found: list[object]) -> list[Option]:
        name = next(word(item) for item in found if isinstance(item, Token))
        values = next((item.words for item in found if isinstance(item, _Values)), (None,))
        return _options(found[1:], [(name, value) for value in values])

    def use(self, found: list[object]) -> list[Option]:
        values = next(item.words for item in found if isinstance(item, _Values))
        return _options(found[1:], [(Word("use", value.line, value.column), value) for value in values])

    def names(self, found: list[Token]) -> _Names:
        return _Names(tuple(word(token) for token in found if token.type != "COMMA"))

    def values(self, found: list[Token]) -> _Values:
        return _Values(tuple(word(token) for token in found if token.type != "COMMA"))

    with_value = values

    def with_(self, found: list[Token]) -> Annotation:
        return self.annotation(found)

    def except_(self, found: list[_Names]) -> _Excepted:
        return _Excepted(found[0].words)


def _options(found: list[object], stated: list[tuple[Word, Word | None]]) -> list[Option]:
    names = next((item.words for item in found if isinstance(item, _Names)), ())
    excepted = next((item.words for item in found if isinstance(item, _Excepted)), ())
    # `*` is a token of its own; `all` is a name that stands for the same.
    everything = not names or (len(names) == 1 and names[0].text in ALL)
    return [Option(name, () if everything else names, everything, value, excepted) for name, value in stated]


def _with_annotations(block: Block, annotations: tuple[Annotation, ...]) -> Block:
    """Give the annotations of a block to each of its relations."""
    return Block(tuple(replace(item, options=(*annotations, *item.options)) for item in block.relations))
