"""The entities of a request, and the probe entity of the behaviour tests."""

from __future__ import annotations

from collections.abc import Mapping

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.language.context import Reading
from stackwright_registry.language.models import read_models
from stackwright_registry.naming.names import member_name, model_name
from stackwright_registry.naming.words import kebab, label, snake, words
from stackwright_registry.problems import Place
from stackwright_registry.resolving.assembly import DOMAIN, Assembly
from stackwright_registry.resolving.gather import add_action, add_model
from stackwright_registry.yaml_source import read_value, suggestion

ENTITIES = "domain.entities"
PROBE: Mapping[str, object] = {
    "Sample": {
        "display": "title",
        "fields": {
            "title": "string(1..200) search",
            "note": "text optional",
            "parent": "ref Sample optional",
        },
    }
}
_MANAGERS = ("admin",)
# What the owner of a row is called; the first that no other field of the entity has.
_OWNERS = ("created_by", "row_owner", "row_created_by_user")


def gather_domain(assembly: Assembly, entities: Mapping[str, object], bind: Mapping[str, str]) -> None:
    """Take up the entities of a request: with the defaults of §8, adopted by or beside the catalogue's models."""
    if not entities:
        return
    renamed = _renamed(assembly, entities)
    reading = Reading(DOMAIN, assembly.problems, foreign=True)
    source = read_value(renamed, ENTITIES, assembly.problems)
    models, actions = read_models(reading, source)
    assembly.domain_places.update(reading.places)
    originals = {model_name(name): name for name in entities}
    for raw in models:
        _defaults(assembly, raw, originals.get(raw.name, raw.name))
        _take(assembly, raw, bind)
    for action in actions:
        model_id = assembly.domain_names.get(action.model_id, "")
        if model_id:
            add_action(assembly, action, model_id)
    _check_bind(assembly, bind, {raw.name for raw in models})


def has_files(entities: Mapping[str, object]) -> bool:
    """Say whether some field of the entities is a file or an image."""
    for body in entities.values():
        fields = body.get("fields") if isinstance(body, dict) else None
        for value in fields.values() if isinstance(fields, dict) else ():
            type_ = value.get("is") if isinstance(value, dict) else value
            if isinstance(type_, str) and type_.split()[:1] in (["file"], ["image"]):
                return True
    return False


def _renamed(assembly: Assembly, entities: Mapping[str, object]) -> dict[str, object]:
    """Give entities and fields the names that every language takes; two that fall together are refused by position."""
    renamed: dict[str, object] = {}
    for name, body in entities.items():
        place = Place(f"{ENTITIES}.{name}")
        if not name.strip() or "\0" in name or len(name) > 200:
            assembly.problems.add(place, "wrong_name", "An entity needs a name of 1 to 200 characters.")
            continue
        key = model_name(name)
        if key in renamed:
            assembly.problems.add(place, "duplicate_name", f"`{name}` and an entity before it have one name: `{key}`.")
            continue
        renamed[key] = _renamed_fields(assembly, name, body)
    return renamed


def _renamed_fields(assembly: Assembly, name: str, body: object) -> object:
    if not isinstance(body, dict) or not isinstance(body.get("fields"), dict):
        return body
    fields: dict[str, object] = {}
    for field, value in body["fields"].items():
        place = Place(f"{ENTITIES}.{name}.fields.{field}")
        key = member_name(field)
        if not field.strip() or "\0" in field or len(field) > 200:
            assembly.problems.add(place, "wrong_name", "A field needs a name of 1 to 200 characters.")
        elif key in fields:
            assembly.problems.add(place, "duplicate_name", f"`{field}` and a field before it have one name: `{key}`.")
        else:
            fields[key] = _titled(value, field, key)
            if key != field and snake(words(field)) != key:
                message = (
                    f"The field `{field}` of `{name}` is called `{key}`: "
                    "every row has one of its name, or no language takes it."
                )
                assembly.remark(contract.Remark.LEVEL_WARNING, f"{DOMAIN}/{model_name(name)}/{key}", message)
    return {**body, "fields": fields}


def _titled(value: object, original: str, key: str) -> object:
    """Keep what the field was called as its title."""
    if original == key:
        return value
    if isinstance(value, str):
        return {"is": value, "title": label(original)}
    return {"title": label(original), **value} if isinstance(value, dict) and "is" in value else value


def thing_of(name: str) -> str:
    """Give the permission stem of an entity: `Sample` → `sample`."""
    return snake(words(name))


def _defaults(assembly: Assembly, raw: model.Model, original: str) -> None:
    if original != raw.name:
        raw.title = raw.title or label(original)
    place = Place(f"{ENTITIES}.{original}.access").message()
    if raw.kind == model.MODEL_KIND_PART and not raw.HasField("access"):
        # A part is seen and changed by those who see and change its parent.
        parent = raw.part_of.field_id
        raw.access.read.CopyFrom(expression.Expression(source=f"readable({parent})", place=place))
        raw.access.write.CopyFrom(expression.Expression(source=f"writable({parent})", place=place))
    if raw.kind == model.MODEL_KIND_RESOURCE:
        _resource(raw, place)
    elif raw.kind != model.MODEL_KIND_INTERNAL and not raw.HasField("access"):
        message = f"`{original}` is no resource and no part, so it needs `access`."
        assembly.problems.add(Place(f"{ENTITIES}.{original}"), "missing_key", message)


def _resource(raw: model.Model, place: expression.Place) -> None:
    """Give a resource its owner, and read and write to those who are signed in and own it."""
    if not raw.HasField("owner"):
        users = {field.name: field.type.targets[:] == ["User"] for field in raw.fields}
        raw.owner.field_id = next(name for name in _OWNERS if users.get(name, True))
    owner = raw.owner.field_id
    if not raw.access.HasField("read"):
        raw.access.read.CopyFrom(expression.Expression(source="signed_in", place=place))
    written = any(raw.access.HasField(name) for name in ("create", "update", "delete", "write"))
    if not written:
        manage = f"{owner} == actor || can('{thing_of(raw.name)}.manage')"
        raw.access.create.CopyFrom(expression.Expression(source="signed_in", place=place))
        raw.access.write.CopyFrom(expression.Expression(source=manage, place=place))
    if not raw.display_field_id:
        text = (model.FIELD_KIND_STRING, model.FIELD_KIND_EMAIL, model.FIELD_KIND_SLUG)
        named = [field for field in raw.fields if field.type.kind in text and not (field.optional or field.encrypted)]
        by_name = [field for field in named if field.name in ("name", "title", "label", "subject")]
        for field in (by_name or named)[:1]:
            raw.display_field_id = field.name


def _take(assembly: Assembly, raw: model.Model, bind: Mapping[str, str]) -> None:
    bound = bind.get(raw.name, "")
    catalogue_id = assembly.catalogue_names.get(bound.rpartition(".")[2] if bound and bound != "none" else raw.name)
    catalogue_model = assembly.models.get(catalogue_id or "")
    if catalogue_model is not None and bound != "none" and (catalogue_model.adopt or bound):
        _adopt(assembly, catalogue_model, raw)
        return
    if catalogue_model is not None and catalogue_model.name == raw.name:
        _prefix(assembly, catalogue_model)
    _permit(assembly, raw)
    found = add_model(assembly, raw, model.PROVENANCE_REQUEST)
    assembly.domain_names[raw.name] = found.id


def _adopt(assembly: Assembly, target: model.Model, raw: model.Model) -> None:
    """Make the request's entity and the catalogue's model one: the union of fields and rules."""
    assembly.domain_names[raw.name] = target.id
    known = {field.name: field for field in target.fields}
    for field in raw.fields:
        other = known.get(field.name)
        if other is not None and other.type.kind == field.type.kind:
            continue
        if other is not None:
            # The request's field keeps the name; what the catalogue says of its own follows it to the new one.
            prefixed = f"{snake(words(target.name))}_{field.name}"
            assembly.renamed[target.id, field.name] = prefixed
            other.name = prefixed
            message = f"`{field.name}` of {target.name} is the request's; the catalogue's is called `{prefixed}`."
            assembly.remark(contract.Remark.LEVEL_WARNING, f"{target.id}/{prefixed}", message)
        added = target.fields.add()
        added.CopyFrom(field)
        added.feature, added.provenance = DOMAIN, model.PROVENANCE_REQUEST
    target.rules.extend(raw.rules)
    message = f"The entity `{raw.name}` of the request and the model of {target.feature} are one."
    assembly.remark(contract.Remark.LEVEL_NOTE, target.id, message)


def _prefix(assembly: Assembly, found: model.Model) -> None:
    """Give way: the catalogue's model takes the last word of its feature before its name."""
    stem = kebab(words(found.feature)).rpartition("-")[2]
    before = found.name
    found.name = model_name(f"{stem}_{before}")
    if any(other.name == found.name and other.id != found.id for other in assembly.models.values()):
        found.name = model_name(f"{found.feature}_{before}")
    message = f"The request has an entity `{before}`; the model of {found.feature} is called `{found.name}`."
    assembly.remark(contract.Remark.LEVEL_WARNING, found.id, message)


def _permit(assembly: Assembly, raw: model.Model) -> None:
    key = f"{thing_of(raw.name)}.manage"
    if key in assembly.permissions or f"can('{key}')" not in raw.access.write.source:
        return
    title = f"Change all rows of {raw.title or label(raw.name)}"
    assembly.permissions[key] = contract.Permission(key=key, title=title, roles=_MANAGERS, feature=DOMAIN)


def _check_bind(assembly: Assembly, bind: Mapping[str, str], entities: set[str]) -> None:
    for name, target in bind.items():
        place = Place(f"domain.bind.{name}")
        if name not in entities:
            near = suggestion(name, entities)
            assembly.problems.add(place, "unknown_name", f"The request has no entity `{name}`{near}.")
        model_ = target.rpartition(".")[2]
        if target != "none" and model_ not in assembly.catalogue_names:
            near = suggestion(model_, list(assembly.catalogue_names))
            assembly.problems.add(place, "unknown_name", f"There is no model `{target}` in these features{near}.")
