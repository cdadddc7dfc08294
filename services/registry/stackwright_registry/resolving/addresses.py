"""Addresses of operations (docs/API_CONVENTIONS.md)."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.naming.words import kebab, words
from stackwright_registry.resolving.assembly import Assembly


def ordinary_paths(assembly: Assembly, base: str, found: model.Model, result: operation.Operation) -> None:
    """Set the address of an ordinary operation, and the others that lead there."""
    flat = f"{base}/{found.names.path}"
    nested = _nested(assembly, base, found)
    tail = "" if result.name in ("list", "create") else "/choices" if result.name == "choices" else "/{id}"
    if found.kind == model.MODEL_KIND_SINGLE:
        result.path = flat + "".join(f"/{{{name}}}" for name in _single_key(found))
        return
    extra = f"/{result.name}" if result.name in ("restore", "move") else ""
    if nested and result.name != "choices":
        result.path = f"{nested}{tail}{extra}"
        if tail:
            result.alternative_paths.append(f"{flat}{tail}{extra}")
    else:
        result.path = f"{flat}{tail}{extra}"
    if found.kind == model.MODEL_KIND_LINK and result.name == "list":
        result.alternative_paths.extend(_sides(assembly, base, found))


def _nested(assembly: Assembly, base: str, found: model.Model) -> str:
    parent = assembly.models.get(found.part_of.parent_model_id)
    if found.kind != model.MODEL_KIND_PART or parent is None:
        return ""
    member = found.part_of.field_id.rpartition("/")[2]
    return f"{base}/{parent.names.path}/{{{member}_id}}/{kebab(words(found.part_of.collection))}"


def _sides(assembly: Assembly, base: str, found: model.Model) -> list[str]:
    """Give the addresses of a link under the models that it joins."""
    sides = [
        field for field in found.fields if field.once and field.type.kind == model.FIELD_KIND_REF and not field.server
    ]
    return [
        f"{base}/{assembly.models[field.type.targets[0]].names.path}/{{{field.name}_id}}/{found.names.path}"
        for field in sides
        if field.type.targets
    ]


def _single_key(found: model.Model) -> list[str]:
    """Give the names of the fields that a row is asked for by: the key without its owner."""
    fields = {field.id: field for field in found.fields}
    rule = next((rule for rule in found.rules if rule.HasField("unique")), None)
    ids = list(rule.unique.field_ids) if rule is not None else []
    return [fields[item].name for item in ids if item != found.owner.field_id and item in fields]


def action_path(base: str, result: operation.Operation, found: model.Model | None) -> None:
    """Set the address of an action: under its row, its collection, or by itself."""
    name = kebab(words(result.name))
    if found is None:
        result.path = f"{base}/{name}"
        return
    flat = f"{base}/{found.names.path}"
    tail = f"/{{id}}/{name}" if result.scope == operation.OPERATION_SCOPE_ROW else f"/{name}"
    result.path = f"{flat}{tail}"
