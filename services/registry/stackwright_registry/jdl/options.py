"""Options of entities: what is honoured, and for every other what holds instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from stackwright_registry.jdl.syntax import Document, Entity, Option, Word
from stackwright_registry.jdl.world import World
from stackwright_registry.yaml_source import near, suggestion

UNARY = ("filter", "readOnly", "embedded", "skipClient", "skipServer", "noFluentMethod")
BINARY = ("paginate", "dto", "service", "search", "microservice", "angularSuffix", "clientRootFolder", "changelogDate")
_PAGES = ("pagination", "infinite-scroll", "pager", "no")
_VALUES = {
    "paginate": _PAGES,
    "dto": ("mapstruct", "no"),
    "service": ("serviceClass", "serviceImpl", "no"),
    "search": ("elasticsearch", "couchbase", "no"),
}
# What `use` calls by its value alone.
_USED = {value: name for name, values in _VALUES.items() for value in values if value != "no"}
_LEFT_OUT = {
    "embedded": "`embedded` is left out: every entity has a table and an address of its own.",
    "skipClient": "`skipClient` is left out: every entity has its pages; what nobody may see is not in the menu.",
    "skipServer": "`skipServer` is left out: every entity has its back end.",
    "microservice": "`microservice` is left out: one application is made, and every entity is part of it.",
    "angularSuffix": "`angularSuffix` is left out: pages take their names from their entities.",
    "clientRootFolder": "`clientRootFolder` is left out: pages lie with their feature.",
}
_HOLDS_ANYWAY = {
    "dto": "`dto` is honoured as it is: answers and bodies have schemas of their own, never the rows themselves.",
    "service": "`service` is honoured as it is: every entity has a service between routes and rows.",
    "noFluentMethod": "`noFluentMethod` has nothing to change: no setters are written.",
    "changelogDate": "`changelogDate` has nothing to change: migrations are numbered.",
}


@dataclass
class Chosen:
    """What the options say of one entity."""

    filtered: bool = False
    searched: bool = False
    read_only: bool = False
    page: Word | None = None
    _stated: dict[str, Word] = field(default_factory=dict)


def choose(world: World, document: Document) -> dict[str, Chosen]:
    """Give the options of each entity; unknown options and values, and slips in entities, are noted."""
    chosen = {name: Chosen() for name in world.entities}
    for option in document.options:
        name = _name(world, option)
        if name is None or not _fits(world, name, option.name, option.value):
            continue
        for target in _targets(world, option):
            _apply(world, chosen[target], name, option.name, option.value)
    for entity in world.entities.values():
        for name_word, value in _annotated(world, entity):
            if _fits(world, name_word.text, name_word, value):
                _apply(world, chosen[entity.name.text], name_word.text, name_word, value)
    return chosen


def _name(world: World, option: Option) -> str | None:
    if option.name.text != "use" or option.value is None:
        return option.name.text
    found = _USED.get(option.value.text)
    if found is None:
        message = f"`use` knows no `{option.value}`{suggestion(option.value.text, list(_USED))}."
        world.problems.add(option.value.place, "unknown_name", message)
    return found


def _fits(world: World, name: str, word: Word, value: Word | None) -> bool:
    if name in BINARY and value is None:
        message = f"`{word}` needs a value: `{word} … with {_VALUES.get(name, ('something',))[0]}` is expected."
        world.problems.add(word.place, "missing_value", message)
        return False
    if name in UNARY and value is not None and value.text not in ("true", "false"):
        world.problems.add(value.place, "wrong_value", f"`{word}` takes no value, but `{value}` stands here.")
        return False
    if value is not None and name in _VALUES and value.text not in _VALUES[name]:
        message = f"`{name}` knows no `{value}`{suggestion(value.text, list(_VALUES[name]))}."
        world.problems.add(value.place, "unknown_name", message)
        return False
    return value is None or value.text != "false"


def _targets(world: World, option: Option) -> Iterator[str]:
    # What is excepted and not there would have no option anyway, whatever was meant.
    excepted = {word.text for word in option.excepted if _declared(world, word, slips=False)}
    names = list(world.entities) if option.everything else [w.text for w in option.entities if _declared(world, w)]
    return (name for name in dict.fromkeys(names) if name not in excepted and name in world.entities)


def _declared(world: World, word: Word, *, slips: bool = True) -> bool:
    """Whether an entity is there. One that is like none of the text is left over from another; a slip is noted."""
    if world.knows(word.text) or (slips and near(word.text, world.names()) is not None):
        return world.require(word)
    world.notes.warn(word, f"There is no entity `{word}`, so the option says nothing of it.")
    return False


def _annotated(world: World, entity: Entity) -> Iterator[tuple[Word, Word | None]]:
    known = {name.lower(): name for name in (*UNARY, *BINARY)}
    for found in entity.annotations:
        name = known.get(found.name.text.lower())
        if name is None:
            world.notes.warn(found.name, f"`@{found.name}` has no meaning at an entity and is left out.")
        else:
            yield Word(name, found.name.line, found.name.column), found.value


def _apply(world: World, chosen: Chosen, name: str, word: Word, value: Word | None) -> None:
    if name in _LEFT_OUT:
        world.notes.warn(word, _LEFT_OUT[name])
    elif name in _HOLDS_ANYWAY:
        world.notes.tell(word, _HOLDS_ANYWAY[name])
    elif name == "filter":
        chosen.filtered = True
    elif name == "readOnly":
        chosen.read_only = True
    elif name == "search":
        chosen.searched = value is not None and value.text != "no"
        world.notes.tell(word, "`search` is done by PostgreSQL, over every String and TextBlob of the entity.")
    elif name == "paginate" and value is not None:
        if chosen.page is not None and chosen.page.text != value.text:
            world.notes.warn(word, f"`paginate` of line {chosen.page.line} is overruled here: the last one holds.")
        chosen.page = Word(value.text, word.line, word.column)
        if value.text == "no":
            world.notes.warn(word, "`paginate … with no` is left out: every list is bounded and has pages.")
