"""Models of two revisions: fields, access and rules, and what becomes of the rows that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_registry.comparing_changes import ADDED, CHANGED, REMOVED, RENAMED, SAFE, Changes, widens, without
from stackwright_registry.comparing_types import Judgement, judge_type

_ACCESS = ("read", "refer", "create", "update", "delete")
_BACKFILL = registry.Change.DATA_EFFECT_NEEDS_BACKFILL


def compare_models(base: contract.Contract, head: contract.Contract, changes: Changes) -> None:
    """Note what changed of the models."""
    before = {item.id: item for item in base.models}
    after = {item.id: item for item in head.models}
    renamed = _renamed(before, after)
    for model_id, item in after.items():
        old = before.get(renamed.get(model_id, model_id))
        if old is None:
            changes.add(model_id, ADDED, f"The model {item.name} is new.")
            continue
        if model_id in renamed:
            message = f"{old.name} is called {item.name} now; the old name is served for one revision."
            changes.add(model_id, RENAMED, message, breaking=True, data=registry.Change.DATA_EFFECT_RENAMED)
        _model(old, item, changes)
    for model_id in before.keys() - after.keys() - set(renamed.values()):
        message = f"The model {before[model_id].name} is gone; its table is kept for one revision."
        kept = registry.Change.DATA_EFFECT_KEPT_ONE_REVISION
        changes.add(model_id, REMOVED, message, breaking=True, data=kept)


def _renamed(before: Mapping[str, Message], after: Mapping[str, Message]) -> dict[str, str]:
    """Give new ids that say what they were called, with the old ids."""
    found = {}
    for element, item in after.items():
        was = getattr(item, "was", "")
        old = f"{element.rpartition('/')[0]}/{was}" if was else ""
        if old in before and element not in before:
            found[element] = old
    return found


def _model(old: model.Model, new: model.Model, changes: Changes) -> None:
    before = {item.id.rpartition("/")[2]: item for item in old.fields}
    after = {item.id.rpartition("/")[2]: item for item in new.fields}
    renamed = {name: item.was for name, item in after.items() if item.was in before and name not in before}
    for name, item in after.items():
        former = before.get(renamed.get(name, name))
        if former is None:
            _added_field(item, changes)
            continue
        if name in renamed:
            message = f"{former.name} is called {name} now; the old name is served for one revision."
            changes.add(item.id, RENAMED, message, breaking=True, data=registry.Change.DATA_EFFECT_RENAMED)
        _field(former, item, changes)
    for name in before.keys() - after.keys() - set(renamed.values()):
        gone = before[name]
        message = f"{name} is gone; its column is kept for one revision."
        kept = registry.Change.DATA_EFFECT_KEPT_ONE_REVISION
        changes.add(gone.id, REMOVED, message, breaking=not gone.hidden, data=kept)
    _access(old, new, changes)
    _rules(old, new, changes)
    if old.kind != new.kind or old.delete_mode != new.delete_mode:
        changes.add(new.id, CHANGED, "Its kind or the way it is deleted changed.", breaking=True)


def _added_field(item: model.Field, changes: Changes) -> None:
    filled = item.HasField("default") or item.HasField("init") or item.HasField("value") or item.HasField("sequence")
    sets = item.type.kind in (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS)
    if item.optional or filled or sets or item.type.kind == model.FIELD_KIND_TOKEN:
        changes.add(item.id, ADDED, f"{item.name} is new.")
        return
    if item.HasField("fill"):
        message = f"{item.name} is new and required; rows that are there take `{item.fill.source}`."
        recomputed = registry.Change.DATA_EFFECT_RECOMPUTED
        changes.add(item.id, ADDED, message, breaking=not item.server, data=recomputed)
        return
    message = f"{item.name} is new and required: rows that are there need a value (`fill`)."
    needs = registry.Change.DATA_EFFECT_NEEDS_BACKFILL
    changes.add(item.id, ADDED, message, breaking=not item.server, data=needs)


def _field(old: model.Field, new: model.Field, changes: Changes) -> None:
    for verdict in _judgements(old, new):
        changes.add(new.id, CHANGED, verdict.message, breaking=verdict.breaking, data=verdict.data)


def _judgements(old: model.Field, new: model.Field) -> Iterable[Judgement]:
    verdict = judge_type(old.type, new.type)
    if verdict is not None:
        yield verdict
    if old.optional and not new.optional:
        effect = registry.Change.DATA_EFFECT_RECOMPUTED if new.HasField("fill") else _BACKFILL
        yield Judgement("It is required now.", True, effect)
    elif new.optional and not old.optional:
        yield Judgement("It may be empty now.", not new.hidden, SAFE)
    if new.unique and not old.unique:
        yield Judgement("It must be unique now.", True, registry.Change.DATA_EFFECT_CHECKED_FIRST)
    if old.encrypted != new.encrypted:
        now = "encrypted now: what rows hold has to be sealed" if new.encrypted else "in the clear now: rows are opened"
        yield Judgement(f"It is {now}.", new.encrypted, registry.Change.DATA_EFFECT_RECOMPUTED)
    if old.value.source != new.value.source:
        yield Judgement("It is computed in another way.", False, registry.Change.DATA_EFFECT_RECOMPUTED)
    for name in ("read", "write"):
        before, after = getattr(old, name).source, getattr(new, name).source
        if before != after:
            narrower = bool(after) and not widens(before, after)
            yield Judgement(f"Who may {name} it changed.", narrower, SAFE)
    for name in ("hidden", "server"):
        if getattr(new, name) and not getattr(old, name):
            yield Judgement(f"It is {name} now.", True, SAFE)


def _access(old: model.Model, new: model.Model, changes: Changes) -> None:
    for name in _ACCESS:
        before, after = getattr(old.access, name).source, getattr(new.access, name).source
        if before == after:
            continue
        if not before or before == "nobody" or widens(before, after):
            changes.add(f"{new.id}:{name}", CHANGED, f"More may {name} rows now: `{after}`. See the security report.")
        else:
            message = f"Others may {name} rows now: `{after or 'nobody'}`, not `{before}`."
            changes.add(f"{new.id}:{name}", CHANGED, message, breaking=True)


def _rules(old: model.Model, new: model.Model, changes: Changes) -> None:
    before = {item.constraint_name: item for item in old.rules}
    after = {item.constraint_name: item for item in new.rules}
    checked = registry.Change.DATA_EFFECT_CHECKED_FIRST
    for name, item in after.items():
        if name not in before:
            changes.add(
                item.id, ADDED, "The rule is new; rows that are there are checked first.", breaking=True, data=checked
            )
        elif _body(before[name]) != _body(item):
            changes.add(
                item.id,
                CHANGED,
                "The rule changed; rows that are there are checked first.",
                breaking=True,
                data=checked,
            )
        elif before[name].message != item.message:
            changes.add(item.id, CHANGED, "Its message changed.")
    for name in before.keys() - after.keys():
        changes.add(before[name].id, REMOVED, "The rule is gone.")


def _body(rule: model.Rule) -> bytes:
    return without(rule, "message")
