"""A JDL text as the entities of `domain.entities`, with the place of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.jdl.notes import Notes
from stackwright_registry.jdl.options import Chosen, choose
from stackwright_registry.jdl.parsing import read_jdl
from stackwright_registry.jdl.references import relax_circles
from stackwright_registry.jdl.relations import Related, compile_relations
from stackwright_registry.jdl.syntax import Document, Entity, Field
from stackwright_registry.jdl.types import Value, compile_field
from stackwright_registry.jdl.world import MOST_ENTITIES, World, check_counts, check_fields, declared
from stackwright_registry.naming.names import member_name, model_name
from stackwright_registry.problems import Place, Problems

_OWN_KEYS = ("Long", "Integer", "UUID")
# What no row is told apart by; nor by an enum, which has too few values for that.
_NO_KEYS = ("Boolean", "Blob", "AnyBlob", "ImageBlob")


@dataclass(frozen=True)
class Compiled:
    """What a text says, as `domain.entities` would say it."""

    entities: dict[str, object] = field(default_factory=dict)
    # `domain.entities.Book.fields.isbn` → line and column.
    places: dict[str, Place] = field(default_factory=dict)
    remarks: list[contract.Remark] = field(default_factory=list)


def compile_jdl(text: str, problems: Problems, elsewhere: Collection[str] = ()) -> Compiled:
    """Compile a text; `elsewhere` are the entities that the same request gives as JSON.

    Every problem is noted with line and column; what is wrong is left out of the answer, so that the rest can be
    checked as well.
    """
    document = read_jdl(text, problems)
    notes = Notes()
    world = declared(document, elsewhere, problems, notes)
    if len(document.entities) > MOST_ENTITIES:
        # It is refused for that alone: nothing else is looked at.
        return Compiled()
    for word in document.skipped:
        notes.tell(word, f"The block `{word}` is read over: the request says what is generated, and how.")
    named = check_fields(problems, world.entities.values())
    related = compile_relations(world, document.relations, named)
    check_counts(problems, named)
    relax_circles(world, related.references)
    chosen = choose(world, document)
    compiled = Compiled()
    for entity in world.entities.values():
        _entity(world, entity, chosen[entity.name.text], related, compiled)
    _other_ends(document, related, compiled)
    compiled.remarks.extend(notes.remarks())
    return compiled


def _entity(world: World, entity: Entity, chosen: Chosen, related: Related, compiled: Compiled) -> None:
    name = entity.name.text
    _place(compiled, name, "", entity.name.place)
    fields: dict[str, Value] = {}
    for item in entity.fields:
        if item.name.text in fields:
            continue
        value = compile_field(world, item, filtered=chosen.filtered, searched=chosen.searched)
        _place(compiled, name, item.name.text, item.name.place)
        if value is not None and not _is_key(world, item, value):
            fields[item.name.text] = _annotated(world, item, value)
    for reference in related.references:
        if reference.owner == name:
            fields[reference.name] = reference.value()
            _place(compiled, name, reference.name, reference.word.place)
    fields.update(related.fields.get(name, {}))
    body: dict[str, object] = {"fields": fields}
    if entity.documentation:
        body["description"] = entity.documentation
    if name in related.displays:
        body["display"] = member_name(related.displays[name].text)
    if chosen.page is not None and chosen.page.text == "infinite-scroll":
        body["page"] = "cursor created_at desc"
    if chosen.read_only:
        body["api"] = ["list", "read"]
    if entity.table is not None:
        message = "The name of a table is left out: the registry names every table, so that no two layers differ."
        world.notes.warn(entity.table, message)
    compiled.entities[name] = body


def _is_key(world: World, item: Field, value: Value) -> bool:
    """Whether a field is what every row has already: `id`; any other key becomes unique."""
    marked = any(found.name.text.lower() == "id" for found in item.annotations)
    if item.name.text.lower() == "id" and item.type.text in _OWN_KEYS:
        message = "Every row has `id`, a UUID that grows with time; the declared one is left out."
        world.notes.warn(item.name, message)
        return True
    if not marked:
        return False
    unique = item.type.text not in _NO_KEYS and item.type.text not in world.enums
    if unique and "unique" not in str(value["is"]).split():
        value["is"] = f"{value['is']} unique once"
    kept = "its values are unique and stay as they are" if unique else "it is a field like others"
    world.notes.warn(item.name, f"`{item.name}` is no primary key, which is always `id`; {kept}.")
    return False


def _annotated(world: World, item: Field, value: Value) -> Value:
    for found in item.annotations:
        name = found.name.text.lower()
        if name in ("default", "defaultvalue") and found.value is not None:
            value["default"] = _literal(found.value.text)
        elif name != "id":
            world.notes.warn(found.name, f"`@{found.name}` has no meaning at a field and is left out.")
    return value


def _literal(text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.lstrip("-").isdigit() else text


def _other_ends(document: Document, related: Related, compiled: Compiled) -> None:
    """Give the places of ends that a relation named."""
    for relation in document.relations:
        for end in (relation.source, relation.target):
            if end.injected is not None:
                _place(compiled, end.entity.text, end.injected.text, end.injected.place)


def _place(compiled: Compiled, entity: str, item: str, place: Place) -> None:
    """Note where an element stands, by its own name and by the one that it gets."""
    for name, inner in ((entity, item), (model_name(entity), member_name(item) if item else "")):
        path = f"domain.entities.{name}" + (f".fields.{inner}" if inner else "")
        compiled.places.setdefault(path, place)
