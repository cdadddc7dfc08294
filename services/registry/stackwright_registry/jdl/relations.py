"""Relations: each as a reference, a set of links, and the inverses that have a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from stackwright_registry.jdl.ends import KINDS, names_of_one, of_many, sees_many, unnamed
from stackwright_registry.jdl.references import Reference, described
from stackwright_registry.jdl.syntax import Annotation, End, Relation, Word
from stackwright_registry.jdl.types import Value
from stackwright_registry.jdl.world import World, once
from stackwright_registry.naming.names import member_name, model_name
from stackwright_registry.yaml_source import suggestion

_ON_DELETE = {"CASCADE": "cascade", "RESTRICT": "restrict", "NO ACTION": "restrict", "SET NULL": "set_null"}
_BUILT_IN = ("User", "Authority")


@dataclass
class Related:
    """What the relations add: fields of entities, and by which field an entity is shown."""

    references: list[Reference] = field(default_factory=list)
    fields: dict[str, dict[str, Value]] = field(default_factory=dict)
    displays: dict[str, Word] = field(default_factory=dict)


def compile_relations(world: World, relations: tuple[Relation, ...], fields: dict[str, dict[str, Word]]) -> Related:
    """Compile every relation; `fields` are the names that entities have, and grow with those of the relations."""
    related = Related()
    known = [relation for relation in relations if _known(world, relation.kind)]
    taken = names_of_one(known, fields)
    for relation in known:
        if _entities(world, relation):
            _Compiling(world, related, fields, taken, relation).compile()
    return related


def _known(world: World, kind: Word) -> bool:
    if kind.text not in KINDS:
        message = f"There is no relationship `{kind}`{suggestion(kind.text, list(KINDS))}."
        world.problems.add(kind.place, "unknown_name", message)
    return kind.text in KINDS


def _entities(world: World, relation: Relation) -> bool:
    """Whether both entities are there, and the relation can stand where it is written."""
    built_in = [option for option in relation.options if option.name.text == "builtInEntity"]
    source, target = relation.source.entity, relation.target.entity
    if source.text == "User" and not world.knows("User"):
        message = "A relation begins at an entity of this text, not at `User`: `A{b} to User` is expected."
        world.problems.add(source.place, "impossible", message)
        return False
    known = world.require(source)
    # `User` is there in every application, whether it is said or not.
    if not built_in and target.text != "User":
        known = world.require(target) and known
    if known and target.text == "Authority" and not world.knows("Authority"):
        message = (
            "`Authority` has no counterpart: roles are given by role_based_access_control. The relation is left out."
        )
        world.notes.warn(target, message)
        return False
    return known and target.text not in world.unread and relation.source.entity.text not in world.unread


class _Compiling:
    """One relation."""

    def __init__(
        self,
        world: World,
        related: Related,
        fields: dict[str, dict[str, Word]],
        taken: dict[str, set[str]],
        relation: Relation,
    ) -> None:
        self._world, self._related, self._relation = world, related, relation
        # The names that entities have, and those that fields and ends of one will have.
        self._fields, self._taken = fields, taken
        self._source, self._target = relation.source, relation.target

    def compile(self) -> None:
        kind = self._relation.kind.text
        self._note_options()
        if kind == "OneToMany":
            self._to_one(self._target, self._source, unique=False)
        elif kind == "ManyToMany":
            self._many_to_many()
        else:
            self._to_one(self._source, self._target, unique=kind == "OneToOne")

    def _to_one(self, near: End, far: End, *, unique: bool) -> None:
        """The near end holds the reference; the far end sees the rows that refer to it, if it has a name."""
        if not self._own(near.entity.text):
            message = (
                f"The reference would stand in `{near.entity}`, which is no entity of this text; "
                "the other direction is expected."
            )
            self._world.problems.add(near.entity.place, "impossible", message)
            return
        own = near.entity.text == far.entity.text
        if near.required and own:
            message = (
                f"`{near.entity}` requires itself, so no first row could be made; "
                "a relation without `required` is expected."
            )
            self._world.problems.add(near.required.place, "impossible", message)
        name = self._name(near, far, hidden=False)
        if name is None:
            return
        flags = (*(("unique",) if unique else ()), *self._on_delete(near))
        self._related.references.append(
            Reference(
                near.entity.text, name.text, far.entity.text, name, bool(near.required), flags, near.documentation
            )
        )
        self._shown(near, far)
        if far.required:
            message = (
                f"`required` is left out where rows of `{near.entity}` refer to this end: they can only come later."
            )
            self._world.notes.warn(far.required, message)
        # Of a relation that names neither end, a OneToMany is seen from the one.
        if far.injected or (self._relation.kind.text == "OneToMany" and not near.injected):
            self._inverse(far, near, f"many {model_name(near.entity.text)}.{member_name(name.text)}")
        elif self._relation.kind.text == "OneToMany" and far.display:
            self._shown(far, near)

    def _many_to_many(self) -> None:
        source, target = self._source, self._target
        name = self._name(source, target, hidden=False)
        if name is None:
            return
        for end in (source, target):
            if end.required:
                message = "`required` is left out at an end of ManyToMany: links are made after the row."
                self._world.notes.warn(end.required, message)
        self._on_delete(source)
        value = described(f"links {model_name(target.entity.text)}", source.documentation)
        self._related.fields.setdefault(source.entity.text, {})[name.text] = value
        self._shown(source, target)
        if target.injected:
            self._inverse(target, source, f"links {model_name(source.entity.text)}.{member_name(name.text)}")

    def _inverse(self, end: End, other: End, type_: str) -> None:
        if not self._own(end.entity.text):
            if end.injected:
                message = (
                    f"`{end.entity}` is no entity of this text and keeps its fields; "
                    "its end of the relation is left out."
                )
                self._world.notes.warn(end.injected, message)
            return
        name = self._name(end, other, hidden=end.injected is None)
        if name is not None:
            self._related.fields.setdefault(end.entity.text, {})[name.text] = described(type_, end.documentation)
            self._shown(end, other)

    def _own(self, name: str) -> bool:
        return name in self._world.entities

    def _name(self, end: End, other: End, *, hidden: bool) -> Word | None:
        """Give the name of an end in its entity: what is written, else the other entity's; None where it is taken."""
        named = self._fields.setdefault(end.entity.text, {})
        written = end.injected or Word(unnamed(other), end.entity.line, end.entity.column)
        name = written
        if sees_many(self._relation, end):
            name = of_many(written, self._taken.get(end.entity.text, set()))
            if end.injected and name.text != written.text:
                message = f"`{written}` of `{end.entity}` is called `{name}` here, since one field has that name."
                self._world.notes.warn(written, message)
        number = 2
        while hidden and member_name(name.text) in named:
            name, number = Word(f"{written}{number}", name.line, name.column), number + 1
        what = f"The field `{{}}` of `{end.entity}`"
        return name if once(self._world.problems, named, name, member_name, what) else None

    def _shown(self, end: End, other: End) -> None:
        """Take up `{name(display)}`: by which of its fields the other entity is shown."""
        display = end.display
        if display is None or display.text == "id":
            return
        if other.entity.text not in self._world.entities:
            if not self._world.knows(other.entity.text):
                message = f"`{other.entity}` is shown by its own title, not by `{display}`."
                self._world.notes.warn(display, message)
            return
        entity = self._world.entities[other.entity.text]
        found = next((item for item in entity.fields if item.name.text == display.text), None)
        if found is None:
            near = suggestion(display.text, [item.name.text for item in entity.fields])
            message = f"`{other.entity}` has no field `{display}` to be shown by{near}; it is shown by its own title."
            self._world.notes.warn(display, message)
        elif found.type.text != "String":
            message = (
                f"A row is shown by a String; `{display}` is {found.type}, "
                f"so the first one of `{other.entity}` is taken."
            )
            self._world.notes.warn(display, message)
        else:
            before = self._related.displays.setdefault(other.entity.text, display)
            if before.text != display.text:
                message = f"`{other.entity}` is shown by `{before}` everywhere, as line {before.line} says."
                self._world.notes.warn(display, message)

    def _on_delete(self, near: End) -> tuple[str, ...]:
        """Give the flag of `@OnDelete`, and tell of every other annotation that it has no meaning."""
        flags: list[str] = []
        for found in (*near.annotations, *self._options()):
            name, value = found.name.text.lower(), found.value
            if name == "ondelete" and value is not None:
                word = _ON_DELETE.get(value.text.upper().replace("_", " "))
                if word is None:
                    near_word = suggestion(value.text.upper(), list(_ON_DELETE))
                    message = f"`{value}` is no rule for deleting{near_word}."
                    self._world.problems.add(value.place, "unknown_name", message)
                elif self._relation.kind.text == "ManyToMany":
                    message = "Links go with their row: a rule for deleting is left out at ManyToMany."
                    self._world.notes.warn(found.name, message)
                elif word == "set_null" and near.required:
                    message = "A required end cannot become null; CASCADE or RESTRICT is expected."
                    self._world.problems.add(value.place, "impossible", message)
                elif not flags:
                    flags.append(word)
            elif name == "onupdate":
                self._world.notes.tell(found.name, "Identifiers never change, so there is nothing to do on update.")
            else:
                self._world.notes.warn(found.name, f"`{found.name}` has no meaning at a relation and is left out.")
        return tuple(flags)

    def _options(self) -> tuple[Annotation, ...]:
        far = self._source if self._relation.kind.text == "OneToMany" else self._target
        return (*far.annotations, *(item for item in self._relation.options if item.name.text != "builtInEntity"))

    def _note_options(self) -> None:
        for option in self._relation.options:
            target = self._target.entity
            if option.name.text == "builtInEntity" and target.text not in _BUILT_IN and self._own(target.text):
                message = f"`{target}` is an entity of this text, so `builtInEntity` is left out."
                self._world.notes.warn(option.name, message)
