"""Fields that nobody wrote: the parent of a part with its collection there, the owner, the roles of a user."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.resolving.assembly import Assembly


def add_implied_fields(assembly: Assembly) -> None:
    """Add the reference of a part to its parent, the collection on the parent, and the owner."""
    for found in list(assembly.models.values()):
        first: list[model.Field] = []
        if found.HasField("part_of"):
            first.extend(_part(assembly, found))
        if found.HasField("owner"):
            first.extend(_owner(assembly, found))
        if first:
            rest = list(found.fields)
            del found.fields[:]
            found.fields.extend([*first, *rest])


def _implied(found: model.Model, name: str, target: str) -> model.Field:
    field = model.Field(name=name, feature=found.feature, provenance=found.provenance, once=True)
    field.type.kind = model.FIELD_KIND_REF
    field.type.targets.append(target)
    return field


def _part(assembly: Assembly, found: model.Model) -> list[model.Field]:
    part = found.part_of
    name, collection = part.field_id, part.collection
    place = assembly.place(found.feature, found.name)
    parent_id = assembly.require_model(part.parent_model_id, found.feature, place)
    part.parent_model_id, part.field_id = parent_id, f"{found.id}/{name}"
    if not parent_id:
        return []
    parent = assembly.models[parent_id]
    if assembly.field(parent_id, collection) is None:
        added = parent.fields.add(name=collection, feature=found.feature, provenance=found.provenance)
        added.type.kind = model.FIELD_KIND_MANY
        added.type.targets.append(_name_for(assembly, found.id, found.feature))
        added.type.inverse_field_id = name
    if assembly.field(found.id, name) is not None:
        return []
    field = _implied(found, name, parent.name)
    field.type.targets[:] = [_name_for(assembly, parent_id, found.feature)]
    field.type.on_delete = model.ON_DELETE_CASCADE
    # Rows under a parent are asked for by their parent; what is internal writes its own.
    field.server = found.kind == model.MODEL_KIND_INTERNAL
    return [field]


def _name_for(assembly: Assembly, model_id: str, feature: str) -> str:
    names = {**assembly.catalogue_names, **(assembly.domain_names if feature == "domain" else {})}
    return next((name for name, known in names.items() if known == model_id), assembly.models[model_id].name)


def _owner(assembly: Assembly, found: model.Model) -> list[model.Field]:
    name = found.owner.field_id
    found.owner.field_id = f"{found.id}/{name}"
    if assembly.field(found.id, name) is not None:
        return []
    field = _implied(found, name, "User")
    field.server, field.optional = True, found.owner.optional
    field.type.on_delete = model.ON_DELETE_RESTRICT
    return [field]


def add_role_names(assembly: Assembly) -> None:
    """Without role_based_access_control the roles of a user are names, which `can` compares with the grants."""
    user = assembly.lookup("User", "")
    if user is None or not assembly.permissions or "role_based_access_control" in assembly.keys:
        return
    found = assembly.models[user]
    field = found.fields.add(name="role_names", feature=found.feature, hidden=True, server=True)
    field.provenance = model.PROVENANCE_INFERRED
    field.type.kind = model.FIELD_KIND_JSON
    field.default.json_value = "[]"
    message = (
        "Roles are kept as names on the user; role_based_access_control makes them rows that an administrator edits."
    )
    assembly.remark(contract.Remark.LEVEL_NOTE, f"{found.id}/role_names", message)
