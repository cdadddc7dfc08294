"""Fields: ids, targets, bounds, owners, collections of parts, inverses, and what holds without being written."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.problems import Place
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.bounds import bounded
from stackwright_registry.resolving.encrypted import check_encrypted

_REFERENCES = (model.FIELD_KIND_REF, model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE)
_FILTERED = {
    model.FIELD_KIND_ENUM,
    model.FIELD_KIND_BOOL,
    model.FIELD_KIND_DATE,
    model.FIELD_KIND_TIME,
    model.FIELD_KIND_TIMESTAMP,
    model.FIELD_KIND_REF,
}
_STORED_FILE = "StoredFile"


def resolve_fields(assembly: Assembly) -> None:
    """Give every field its id, its targets and its bounds, then tie inverses together."""
    for found, field in assembly.fields():
        field.id = f"{found.id}/{field.name}"
    for found in assembly.models.values():
        _refuse_duplicates(assembly, found)
        for field in found.fields:
            place = assembly.place(field.feature, f"{found.name}.{field.name}")
            _target(assembly, found, field, place)
            bounded(field.type)
            _on_delete(found, field, assembly, place)
    for found, field in assembly.fields():
        _inverse(assembly, found, field)
    for found in assembly.models.values():
        _by_name(assembly, found)
    check_encrypted(assembly)
    for found in assembly.models.values():
        _open_lists(found)


def _refuse_duplicates(assembly: Assembly, found: model.Model) -> None:
    seen: set[str] = set()
    for field in found.fields:
        if field.name in seen:
            place = assembly.place(field.feature, f"{found.name}.{field.name}")
            assembly.problems.add(place, "duplicate_name", f"`{found.name}` has two fields `{field.name}`.")
        seen.add(field.name)


def _target(assembly: Assembly, found: model.Model, field: model.Field, place: Place) -> None:
    resolve_targets(assembly, field.type, field.feature, place)
    if field.type.kind == model.FIELD_KIND_ANY and found.id in field.type.targets:
        field.type.targets.remove(found.id)


def resolve_targets(assembly: Assembly, type_: model.FieldType, feature: str, place: Place) -> None:
    """Turn the names of a type into ids; `resource` and `part` stand for all models of the kind."""
    if type_.kind in (model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE):
        stored = assembly.lookup(_STORED_FILE, "")
        type_.targets[:] = [stored] if stored else []
    elif type_.targets:
        names = list(type_.targets)
        selectors = [name for name in names if name in ("resource", "part")]
        found = [assembly.require_model(name, feature, place) for name in names if name not in selectors]
        ids = [*(assembly.resources(selectors) if selectors else []), *(item for item in found if item)]
        type_.targets[:] = list(dict.fromkeys(ids))
    for member in type_.members_fields:
        resolve_targets(assembly, member.type, feature, place)


def _on_delete(found: model.Model, field: model.Field, assembly: Assembly, place: Place) -> None:
    type_ = field.type
    if type_.kind not in (*_REFERENCES, model.FIELD_KIND_ANY):
        return
    if type_.on_delete == model.ON_DELETE_UNSPECIFIED:
        log = found.kind == model.MODEL_KIND_LOG
        if type_.kind == model.FIELD_KIND_ANY:
            type_.on_delete = model.ON_DELETE_SET_NULL if field.optional and not log else model.ON_DELETE_CASCADE
        else:
            type_.on_delete = model.ON_DELETE_SET_NULL if field.optional and not log else model.ON_DELETE_RESTRICT
    if type_.on_delete == model.ON_DELETE_SET_NULL:
        if found.kind == model.MODEL_KIND_LOG:
            assembly.problems.add(place, "wrong_flag", "A log cannot change, so no reference of it may `set_null`.")
        elif not field.optional:
            assembly.problems.add(place, "wrong_flag", "A required reference cannot `set_null`.")


def _inverse(assembly: Assembly, found: model.Model, field: model.Field) -> None:
    """Tie `many Model.field` and `links Model.field` to the other side."""
    type_ = field.type
    if type_.kind not in (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS) or not type_.inverse_field_id:
        return
    name = type_.inverse_field_id
    place = assembly.place(field.feature, f"{found.name}.{field.name}")
    target = type_.targets[0] if type_.targets else ""
    if "/" in name or not target:
        return
    other = assembly.require_field(target, name, place, field.feature)
    type_.inverse_field_id = other.id if other is not None else ""
    if other is None:
        return
    if field.id in (other.type.inverse_field_id,) and other.type.kind == type_.kind == model.FIELD_KIND_LINKS:
        return
    kinds = {model.FIELD_KIND_MANY: (model.FIELD_KIND_REF, model.FIELD_KIND_ANY, model.FIELD_KIND_LINKS)}
    if other.type.kind not in kinds.get(type_.kind, (model.FIELD_KIND_LINKS,)) or found.id not in other.type.targets:
        message = f"`{field.name}` cannot be the inverse of `{name}`, which does not refer to `{found.name}`."
        assembly.problems.add(place, "type_mismatch", message)
    elif other.type.kind == model.FIELD_KIND_LINKS:
        # The other side of `links` is written and read like them; the join table stays that of the declaring side.
        type_.kind, type_.join.inverse = model.FIELD_KIND_LINKS, field.id != other.type.inverse_field_id
        other.type.inverse_field_id = other.type.inverse_field_id or field.id


def _by_name(assembly: Assembly, found: model.Model) -> None:
    """Turn the names of fields that stand in a model into ids."""
    place = assembly.place(found.feature, found.name)

    def field_id(name: str, at: Place = place, feature: str = found.feature) -> str:
        field = assembly.require_field(found.id, name, at, feature)
        return field.id if field is not None else ""

    if found.display_field_id:
        found.display_field_id = field_id(found.display_field_id)
    found.tombstone_field_ids[:] = [field_id(name) for name in found.tombstone_field_ids]
    for field in found.fields:
        at = assembly.place(field.feature, f"{found.name}.{field.name}")
        field.again_field_ids[:] = [field_id(name, at, field.feature) for name in field.again_field_ids]
        if field.from_field_id:
            field.from_field_id = field_id(field.from_field_id, at, field.feature)
    if found.paging.cursor and found.paging.member not in ("created_at", "updated_at"):
        found.paging.field_id = field_id(found.paging.member)
    if found.HasField("states"):
        _states(assembly, found)
    for rule in found.rules:
        _rule(assembly, found, rule)


def _states(assembly: Assembly, found: model.Model) -> None:
    place = assembly.place(found.feature, f"{found.name}.states")
    field = assembly.require_field(found.id, found.states.field_id, place, found.feature)
    if field is None:
        return
    found.states.field_id = field.id
    if field.type.kind != model.FIELD_KIND_ENUM or found.states.initial not in field.type.members:
        message = f"`states` needs an enum field and one of its members as `initial`, not `{found.states.initial}`."
        assembly.problems.add(place, "type_mismatch", message)
        return
    # States are left and entered by actions alone.
    field.server = True
    field.default.enum_value = found.states.initial


def _rule(assembly: Assembly, found: model.Model, rule: model.Rule) -> None:
    kind = rule.WhichOneof("kind")
    place = assembly.place(rule.feature, f"{found.name}.{kind}")
    body = getattr(rule, kind or "check")
    owner = found.id
    if kind == "acyclic" and rule.acyclic.edges_model_id:
        owner = assembly.require_model(rule.acyclic.edges_model_id, rule.feature, place)
        rule.acyclic.edges_model_id = owner
    for descriptor, value in body.ListFields():
        if descriptor.name.endswith("_field_id"):
            field = assembly.require_field(owner, value, place, rule.feature)
            setattr(body, descriptor.name, field.id if field is not None else "")
        elif descriptor.name.endswith("field_ids") or descriptor.name == "field_ids":
            fields = [assembly.require_field(owner, name, place, rule.feature) for name in value]
            value[:] = [field.id for field in fields if field is not None]
        elif descriptor.name == "field_id":
            field = assembly.require_field(owner, value, place, rule.feature)
            body.field_id = field.id if field is not None else ""


def _open_lists(found: model.Model) -> None:
    """Mark what filters and sorts without a flag; what not everybody may read does neither: the count would tell."""
    for field in found.fields:
        unread = field.hidden or field.secret or field.HasField("read") or field.type.kind == model.FIELD_KIND_PASSWORD
        if unread or field.encrypted:
            field.filter = field.sort = field.search = False
        elif field.type.kind in _FILTERED and not (field.HasField("value") and not field.stored):
            field.filter = True
            field.sort = True
        elif field.type.kind == model.FIELD_KIND_ANY:
            field.filter = True
