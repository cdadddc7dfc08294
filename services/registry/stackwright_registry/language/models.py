"""Models and extensions."""

from __future__ import annotations

import re
from typing import cast

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.language.actions import native_call, read_actions
from stackwright_registry.language.context import Reading
from stackwright_registry.language.fields import read_fields
from stackwright_registry.language.rules import names, one_of, read_access, read_guards, read_rules, read_states
from stackwright_registry.language.surface import read_pages
from stackwright_registry.language.type_names import SCALARS, SELECTORS
from stackwright_registry.yaml_source import Source, suggestion

_KEYS = frozenset(
    {
        "kind",
        "part_of",
        "owner",
        "adopt",
        "tenant",
        "display",
        "fields",
        "rules",
        "guards",
        "access",
        "states",
        "actions",
        "live",
        "delete",
        "page",
        "api",
        "on_erase",
        "was",
        "native",
        "title",
        "description",
    }
)
_EXTEND_KEYS = frozenset({"fields", "rules", "guards", "actions", "access_also", "api", "pages"})
_NAME = re.compile(r"^[A-Z][A-Za-z0-9]{0,59}$")
_KINDS: dict[str, int] = {
    name.removeprefix("MODEL_KIND_").lower(): number for name, number in model.ModelKind.items() if number
}
_TENANCY: dict[str, int] = {
    name.removeprefix("TENANCY_").lower(): number for name, number in model.Tenancy.items() if number
}
_ERASE: dict[str, int] = {
    name.removeprefix("ON_ERASE_").lower(): number for name, number in model.OnErase.items() if number
}
ORDINARY = ("list", "read", "create", "update", "delete")
_PART_OF = re.compile(r"^([A-Za-z][A-Za-z0-9]*)\.([a-z][a-z0-9_]*)(?: as ([a-z][a-z0-9_]*))?$")


def read_models(reading: Reading, source: Source) -> tuple[list[model.Model], list[operation.Operation]]:
    """Read `models`, with the actions that stand in them."""
    models: list[model.Model] = []
    actions: list[operation.Operation] = []
    for key, value in source.pairs():
        name = key.text("the name of a model")
        if not _NAME.match(name) and not reading.foreign:
            key.wrong(
                "wrong_name", f"`{name}` is no name of a model: it begins with a capital letter, letters and digits."
            )
        reading.note(name, key)
        found = _model(reading, value, name)
        models.append(found)
        keys = value.mapping() if value.is_mapping else {}
        if "actions" in keys:
            actions.extend(read_actions(reading, keys["actions"], name, name))
    return models, actions


def _model(reading: Reading, source: Source, name: str) -> model.Model:
    found = model.Model(name=name, feature=reading.feature)
    keys = source.keyed(f"The model `{name}`", _KEYS)
    _identity(keys, found)
    _content(reading, keys, found)
    _manner(reading, keys, found)
    return found


def _identity(keys: dict[str, Source], found: model.Model) -> None:
    found.kind = model.MODEL_KIND_PART if "part_of" in keys else model.MODEL_KIND_RESOURCE
    if "kind" in keys:
        found.kind = cast("model.ModelKind", one_of(keys["kind"], _KINDS, "a kind of model"))
    if found.kind == model.MODEL_KIND_PART and "part_of" not in keys:
        keys["kind"].wrong("missing_key", "A part needs `part_of: Parent.collection`.")
    if "part_of" in keys:
        match = _PART_OF.match(keys["part_of"].text("Parent.collection"))
        if match:
            parent, collection, member = match[1], match[2], match[3] or last_word(match[1])
            found.part_of.parent_model_id, found.part_of.collection, found.part_of.field_id = parent, collection, member
        else:
            keys["part_of"].wrong(
                "wrong_shape", "`part_of` is written `Parent.collection` or `Parent.collection as field`."
            )
    _keepers(keys, found)
    if "adopt" in keys:
        found.adopt = keys["adopt"].boolean()
    found.tenancy = model.TENANCY_AUTO
    if "tenant" in keys:
        found.tenancy = cast("model.Tenancy", one_of(keys["tenant"], _TENANCY, "auto, none or either"))
    for key in ("was", "title", "description"):
        if key in keys:
            setattr(found, key, keys[key].text())
    if "display" in keys:
        found.display_field_id = keys["display"].text("the name of a field")


def _keepers(keys: dict[str, Source], found: model.Model) -> None:
    """Read whose the rows are: a user's, or a native module's that keeps them."""
    if "owner" in keys:
        words = keys["owner"].text("the name of a field").split()
        if len(words) == 1 or words[1:] == ["optional"]:
            found.owner.field_id, found.owner.optional = words[0], len(words) == 2
        else:
            keys["owner"].wrong("wrong_shape", "`owner` is a name, or a name and `optional`.")
    if "native" in keys:
        call = native_call(keys["native"])
        found.native_rows.module, found.native_rows.name = call.module, call.operation


def last_word(name: str) -> str:
    """Give the last word of a model's name in lower case: `InvoiceLine` → `line`."""
    words = re.findall(r"[A-Z][a-z0-9]*|[a-z0-9]+", name)
    return words[-1].lower() if words else name.lower()


def _content(reading: Reading, keys: dict[str, Source], found: model.Model) -> None:
    if "fields" in keys:
        found.fields.extend(read_fields(reading, keys["fields"], found.name))
    if "rules" in keys:
        found.rules.extend(read_rules(reading, keys["rules"], found.name))
    if "guards" in keys:
        found.guards.extend(read_guards(reading, keys["guards"], found.name))
    if "access" in keys:
        found.access.CopyFrom(read_access(reading, keys["access"]))
        reading.note(f"{found.name}.access", keys["access"])
    if "states" in keys:
        found.states.CopyFrom(read_states(reading, keys["states"]))
        reading.note(f"{found.name}.states", keys["states"])


def _manner(reading: Reading, keys: dict[str, Source], found: model.Model) -> None:
    if "live" in keys:
        if keys["live"].is_scalar and keys["live"].text() == "readers":
            found.live_readers = True
        else:
            found.live.CopyFrom(reading.expression(keys["live"]))
        reading.note(f"{found.name}.live", keys["live"])
    found.delete_mode = model.DELETE_MODE_HARD
    if "delete" in keys:
        _delete(keys["delete"], found)
    if "page" in keys:
        _page(keys["page"], found)
    if "api" in keys:
        found.api.SetInParent()
        found.api.names.extend(read_open(keys["api"]))
    found.on_erase = model.ON_ERASE_UNSPECIFIED
    if "on_erase" in keys:
        found.on_erase = cast("model.OnErase", one_of(keys["on_erase"], _ERASE, "delete, anonymise or keep"))


def _delete(source: Source, found: model.Model) -> None:
    if source.is_mapping:
        keys = source.keyed("`delete`", frozenset({"tombstone"}))
        found.delete_mode = model.DELETE_MODE_TOMBSTONE
        if "tombstone" in keys:
            found.tombstone_field_ids.extend(names(keys["tombstone"]))
        return
    modes = {"hard": model.DELETE_MODE_HARD, "soft": model.DELETE_MODE_SOFT}
    text = source.text("hard, soft or {tombstone: [fields]}")
    if text not in modes:
        source.wrong("unknown_name", f"`delete` is hard, soft or {{tombstone: [fields]}}, not `{text}`.")
    found.delete_mode = modes.get(text, model.DELETE_MODE_HARD)


def _page(source: Source, found: model.Model) -> None:
    words = source.text("offset or cursor").split()
    if words == ["offset"]:
        return
    if not words or words[0] != "cursor" or len(words) > 3 or (len(words) == 3 and words[2] not in ("asc", "desc")):
        source.wrong("wrong_shape", "`page` is `offset`, or `cursor FIELD asc|desc`.")
        return
    found.paging.cursor = True
    found.paging.member = words[1] if len(words) > 1 else "created_at"
    found.paging.descending = len(words) == 1 or words[-1] == "desc"


def read_open(source: Source) -> list[str]:
    """Read a list of ordinary operations."""
    found = []
    for item in source.items():
        name = item.text("the name of an operation")
        if name not in ORDINARY:
            item.wrong("unknown_name", f"`api` has no `{name}`{suggestion(name, frozenset(ORDINARY))}.")
        else:
            found.append(name)
    return found


def read_extensions(reading: Reading, source: Source) -> list[contract.Extension]:
    """Read `extend`."""
    found = []
    for key, value in source.pairs():
        target = key.text("the name of a model or a selector")
        selector = target in SELECTORS or target in SCALARS
        if not selector and not _NAME.match(target):
            key.wrong(
                "unknown_name", f"`{target}` is neither a model nor a selector (resource, part, all, a field type)."
            )
        reading.note(f"extend.{target}", key)
        extension = contract.Extension(target=target, selector=selector)
        extension.additions.name, extension.additions.feature = target, reading.feature
        keys = value.keyed(f"The extension of `{target}`", _EXTEND_KEYS)
        if "fields" in keys:
            extension.additions.fields.extend(read_fields(reading, keys["fields"], target))
        if "rules" in keys:
            extension.additions.rules.extend(read_rules(reading, keys["rules"], target))
        if "guards" in keys:
            extension.additions.guards.extend(read_guards(reading, keys["guards"], target))
        if "actions" in keys:
            extension.actions.extend(read_actions(reading, keys["actions"], target, target))
        if "access_also" in keys:
            extension.access_also.CopyFrom(read_access(reading, keys["access_also"]))
        if "api" in keys:
            extension.api.extend(read_open(keys["api"]))
        if "pages" in keys:
            extension.pages.extend(
                read_pages(reading, keys["pages"], f"extend.{target}", of="" if selector else target)
            )
        found.append(extension)
    return found
