"""Two revisions of a contract: what changed, whether clients break, what happens to the data (§12 of the language)."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_registry.comparing_changes import ADDED, CHANGED, REMOVED, Changes, widens, without
from stackwright_registry.comparing_models import compare_models
from stackwright_registry.comparing_types import judge_type


def compare(base: contract.Contract, head: contract.Contract) -> list[registry.Change]:
    """Give every change from one revision to another, in order of element."""
    changes = Changes()
    compare_models(base, head, changes)
    _operations(base, head, changes)
    _keyed("permission", base.permissions, head.permissions, changes)
    _keyed("setting", base.settings, head.settings, changes)
    _pages(base, head, changes)
    return sorted(changes.found, key=lambda change: (change.element, change.kind))


def _operations(base: contract.Contract, head: contract.Contract, changes: Changes) -> None:
    before = {item.id: item for item in base.operations}
    after = {item.id: item for item in head.operations}
    for element, item in after.items():
        if element in before:
            _operation(before[element], item, changes)
        else:
            changes.add(element, ADDED, f"{item.names.call} is new.")
    for element in before.keys() - after.keys():
        changes.add(element, REMOVED, f"{before[element].names.call} is gone.", breaking=True)


def _operation(old: operation.Operation, new: operation.Operation, changes: Changes) -> None:
    if (old.method, old.path) != (new.method, new.path):
        changes.add(new.id, CHANGED, f"It is served at {new.path} now, not at {old.path}.", breaking=True)
    before, after = {item.name: item for item in old.inputs}, {item.name: item for item in new.inputs}
    own = old.kind == operation.OPERATION_KIND_ACTION
    for name, item in after.items():
        if name not in before and own:
            required = not item.optional and not item.HasField("default")
            changes.add(f"{new.id}/{name}", ADDED, f"It takes {name}.", breaking=required)
        elif name in before and own and (verdict := judge_type(before[name].type, item.type)) is not None:
            changes.add(f"{new.id}/{name}", CHANGED, verdict.message, breaking=verdict.breaking)
    for name in before.keys() - after.keys() if own else ():
        changes.add(f"{new.id}/{name}", REMOVED, f"It takes {name} no more.", breaking=True)
    if old.by.source != new.by.source:
        narrower = not widens(old.by.source, new.by.source)
        changes.add(f"{new.id}:by", CHANGED, f"Who may changed to `{new.by.source}`.", breaking=narrower)
    ignored = (
        "names",
        "path",
        "method",
        "inputs",
        "by",
        "title",
        "description",
        "permission",
        "public",
        "alternative_paths",
    )
    if without(old, *ignored) != without(new, *ignored):
        answers = [item.name for item in old.returns if item.name not in {kept.name for kept in new.returns}]
        changes.add(new.id, CHANGED, "What it does or answers changed.", breaking=bool(answers))


def _keyed(
    what: str,
    base: Iterable[contract.Permission | contract.Setting],
    head: Iterable[contract.Permission | contract.Setting],
    changes: Changes,
) -> None:
    before, after = {item.key: item for item in base}, {item.key: item for item in head}
    for key, item in after.items():
        if key not in before:
            changes.add(f"{what}/{key}", ADDED, f"The {what} {key} is new.")
        elif before[key].SerializeToString(deterministic=True) != item.SerializeToString(deterministic=True):
            changes.add(f"{what}/{key}", CHANGED, f"The {what} {key} changed.")
    for key in before.keys() - after.keys():
        changes.add(f"{what}/{key}", REMOVED, f"The {what} {key} is gone.", breaking=what == "permission")


def _pages(base: contract.Contract, head: contract.Contract, changes: Changes) -> None:
    before, after = (
        {item.path or item.id: item for item in base.pages},
        {item.path or item.id: item for item in head.pages},
    )
    for key in sorted(after.keys() - before.keys()):
        changes.add(f"page{key}", ADDED, f"The page {after[key].title} is new.")
    for key in sorted(before.keys() - after.keys()):
        changes.add(f"page{key}", REMOVED, f"The page {before[key].title} is gone.")
    for key in sorted(after.keys() & before.keys()):
        if before[key].SerializeToString(deterministic=True) != after[key].SerializeToString(deterministic=True):
            changes.add(f"page{key}", CHANGED, f"The page {after[key].title} changed.")
