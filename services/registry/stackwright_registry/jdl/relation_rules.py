"""Relationships, from the tree of the grammar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from lark import Token, Transformer

from stackwright_registry.jdl.syntax import Annotation, Document, End, Relation, Word
from stackwright_registry.jdl.words import Lead, Pending, astray, documentation, is_documentation, word
from stackwright_registry.problems import Problems


@dataclass(frozen=True)
class _Display:
    word: Word


@dataclass(frozen=True)
class Block:
    """All relations of one `relationship Kind { … }`."""

    relations: tuple[Relation, ...]


class RelationRules(Transformer[Token, Document]):
    """The rules of relationships."""

    problems: Problems

    def relationship(self, found: list[object]) -> Block:
        kind = word(cast("Token", found[0]))
        relations: list[Relation] = []
        pending = Pending()
        for item in found[1:]:
            if isinstance(item, Relation):
                relations.append(replace(item, kind=kind, source=_led(item.source, pending.lead())))
            elif isinstance(item, Word) and relations:
                relations[-1] = replace(relations[-1], options=(*relations[-1].options, Annotation(item)))
            elif isinstance(item, Word):
                message = f"`{item}` stands after no relation; `A to B with {item}` is expected."
                self.problems.add(item.place, "misplaced", message)
            else:
                pending.take(item)
        astray(self.problems, pending.lead().annotations)
        return Block(tuple(relations))

    def relation(self, found: list[object]) -> Relation:
        source, lead, target = cast("End", found[0]), cast("Lead", found[1]), cast("End", found[2])
        options = tuple(item for item in found[3:] if isinstance(item, Annotation))
        return Relation(source.entity, source, _led(target, lead), options)

    def link_option(self, found: list[Token]) -> Word:
        return word(found[0])

    def lead(self, found: list[object]) -> Lead:
        pending = Pending()
        for item in found:
            pending.take(item)
        return pending.lead()

    def end(self, found: list[object]) -> End:
        entity = word(cast("Token", found[0]))
        return replace(found[-1], entity=entity) if isinstance(found[-1], End) else _plain(entity)

    def injected(self, found: list[object]) -> End:
        end = _plain(Word("", 1, 1))
        for item in found:
            if isinstance(item, _Display):
                end = replace(end, display=item.word)
            elif isinstance(item, Token) and is_documentation(item):
                end = replace(end, documentation=documentation(item))
            elif isinstance(item, Token) and item.type == "REQUIRED_END":
                end = replace(end, required=word(item))
            elif isinstance(item, Token):
                end = replace(end, injected=word(item))
        return end

    def display(self, found: list[Token]) -> _Display:
        return _Display(word(found[0]))


def _plain(entity: Word) -> End:
    return End(entity, None, None, None, (), "")


def _led(end: End, lead: Lead) -> End:
    return replace(end, annotations=lead.annotations, documentation=end.documentation or lead.documentation)
