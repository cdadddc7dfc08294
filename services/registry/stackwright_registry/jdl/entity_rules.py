"""Entities and enums, from the tree of the grammar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from lark import Token, Transformer

from stackwright_registry.jdl.syntax import (
    Annotation,
    Document,
    Entity,
    Enumeration,
    EnumValue,
    Field,
    Validation,
    Word,
)
from stackwright_registry.jdl.words import Pending, astray, documentation, is_documentation, word
from stackwright_registry.problems import Problems


@dataclass(frozen=True)
class _Typed:
    """A field without what belongs to it."""

    name: Word
    type: Word


@dataclass(frozen=True)
class _Table:
    word: Word


class EntityRules(Transformer[Token, Document]):
    """The rules of entities and enums."""

    problems: Problems

    def entity(self, found: list[object]) -> Entity:
        table = next((item.word for item in found if isinstance(item, _Table)), None)
        fields = next((item for item in found if isinstance(item, tuple)), ())
        return Entity(word(cast("Token", found[0])), table, fields, (), "")

    def table(self, found: list[Token]) -> _Table:
        return _Table(word(found[0]))

    def field(self, found: list[Token]) -> _Typed:
        return _Typed(word(found[0]), word(found[1]))

    def validation(self, found: list[Token]) -> Validation:
        return Validation(word(found[0]), word(found[1]) if len(found) > 1 else None)

    def annotation(self, found: list[Token]) -> Annotation:
        return Annotation(word(found[0]), word(found[1]) if len(found) > 1 else None)

    mark = annotation

    def body(self, items: list[object]) -> tuple[Field, ...]:
        """Give the fields; a comment in the line of a field belongs to it, unless a comma stands between."""
        fields: list[Field] = []
        pending = Pending()
        # The line in which the last field ends; 0 when nothing can belong to it any more.
        line = 0
        for item in items:
            if isinstance(item, _Typed):
                lead = pending.lead()
                fields.append(Field(item.name, item.type, (), lead.annotations, lead.documentation))
                line = item.type.line
            elif isinstance(item, Validation) and line:
                fields[-1] = replace(fields[-1], validations=(*fields[-1].validations, item))
                line = (item.value or item.name).line
            elif isinstance(item, Validation):
                message = f"`{item.name}` stands after no field; a field is written `name Type {item.name}`."
                self.problems.add(item.name.place, "misplaced", message)
            elif isinstance(item, Token) and is_documentation(item) and line and item.line == line:
                fields[-1] = replace(fields[-1], documentation=documentation(item))
            elif not pending.take(item) or isinstance(item, Annotation):
                # A comma, or the first annotation of the next field.
                line = 0
        astray(self.problems, pending.lead().annotations)
        return tuple(fields)

    def enumeration(self, found: list[object]) -> Enumeration:
        values: list[EnumValue] = []
        pending = Pending()
        for item in found[1:]:
            if isinstance(item, EnumValue):
                texts = (item.text, pending.lead().documentation)
                values.append(replace(item, text=". ".join(text.rstrip(".") for text in texts if text)))
            else:
                pending.take(item)
        return Enumeration(word(cast("Token", found[0])), tuple(values), "")

    def entry(self, found: list[Token]) -> EnumValue:
        return EnumValue(word(found[0]), word(found[1]).text if len(found) > 1 else "")
