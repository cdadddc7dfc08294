"""Names of the ends of relations: an end of many gives way to a field, or an end of one, that has its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from stackwright_registry.jdl.syntax import End, Relation, Word
from stackwright_registry.naming.names import member_name
from stackwright_registry.naming.words import camel, plural, words

# Which end of each kind sees many rows: the source, the target.
_MANY = {
    "OneToOne": (False, False),
    "OneToMany": (True, False),
    "ManyToOne": (False, True),
    "ManyToMany": (True, True),
}
KINDS = tuple(_MANY)


def names_of_one(relations: Iterable[Relation], fields: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Give, for each entity, the names of its fields and of its ends of one; `fields` has those of the fields."""
    found = {entity: set(names) for entity, names in fields.items()}
    for relation in relations:
        source, target = relation.source, relation.target
        for end, other, many in zip((source, target), (target, source), _MANY[relation.kind.text], strict=True):
            if not many and end.injected is not None:
                found.setdefault(end.entity.text, set()).add(member_name(end.injected.text))
            elif not many and end is holder(relation):
                found.setdefault(end.entity.text, set()).add(member_name(unnamed(other)))
    return found


def holder(relation: Relation) -> End:
    """Give the end whose entity holds the reference, or the links."""
    return relation.target if relation.kind.text == "OneToMany" else relation.source


def unnamed(other: End) -> str:
    """Give the name of an end that has none: it is called as the other entity."""
    return camel(words(other.entity.text))


def of_many(name: Word, taken: Collection[str]) -> Word:
    """Give the name of an end of many: in the plural, where one of one has it."""
    if member_name(name.text) not in taken:
        return name
    return Word(camel(plural(words(name.text))), name.line, name.column)


def sees_many(relation: Relation, end: End) -> bool:
    """Say whether an end sees many rows."""
    return _MANY[relation.kind.text][end is relation.target]
