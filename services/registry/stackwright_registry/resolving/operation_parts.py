"""What every operation takes over: additions of other features, and who may."""

from __future__ import annotations

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.resolving import joining
from stackwright_registry.resolving.assembly import Assembly

# Whose scope is asked of each row, so that the operation itself asks only for what narrows it.
SHOWN_BY_SCOPE_ALONE = ("list", "read", "choices")


def guard(result: operation.Operation, whole: expression.Expression | None, own: expression.Expression | None) -> None:
    """Set who may: the joined condition, or what narrows the scope where the scope itself is asked of each row."""
    shown = own if result.name in SHOWN_BY_SCOPE_ALONE and result.kind != operation.OPERATION_KIND_ACTION else whole
    if shown is not None:
        result.by.CopyFrom(shown)
    result.permission = joining.permission_of(whole)
    result.public = joining.open_to_strangers(whole)


def merge(assembly: Assembly, result: operation.Operation, part: operation.Operation) -> None:
    """Take over what an addition says, beside who may."""
    known = {field.name for field in result.inputs}
    for field in part.inputs:
        if field.name in known:
            place = assembly.place(part.feature, part.name)
            assembly.problems.add(place, "duplicate_name", f"`{result.id}` has an input `{field.name}` already.")
        added = result.inputs.add()
        added.CopyFrom(field)
        added.id = f"{result.id}/{field.name}"
    result.conditions.extend(part.conditions)
    result.steps.extend(part.steps)
    result.errors.extend(part.errors)
    result.emits.extend(part.emits)
    result.idempotent_required |= part.idempotent_required
    result.transient |= part.transient
    for name in ("rate", "native"):
        if part.HasField(name):
            getattr(result, name).CopyFrom(getattr(part, name))
    for name in ("title", "description"):
        if getattr(part, name):
            setattr(result, name, getattr(part, name))
