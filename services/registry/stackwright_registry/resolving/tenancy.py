"""Which rows belong to an organization, settled once for every compiler."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.resolving.assembly import Assembly


def settle_tenancy(assembly: Assembly) -> None:
    """Write into each model whether its rows belong to an organization.

    Rows that only actions reach belong to one as soon as they refer to such a row: sessions and failed sign-ins, which
    are nobody's but the user's, do not. What a native module keeps never does.
    """
    waiting = []
    for found in assembly.models.values():
        if found.HasField("native_rows"):
            found.tenancy = model.TENANCY_NONE
        elif found.kind == model.MODEL_KIND_INTERNAL and found.tenancy == model.TENANCY_AUTO:
            found.tenancy = model.TENANCY_NONE
            waiting.append(found)
    while belonging := [found for found in waiting if _refers_inside(assembly, found)]:
        for found in belonging:
            found.tenancy = model.TENANCY_AUTO
            waiting.remove(found)


def _refers_inside(assembly: Assembly, found: model.Model) -> bool:
    return any(
        assembly.models[target].tenancy == model.TENANCY_AUTO
        for field in found.fields
        if field.type.kind != model.FIELD_KIND_MANY
        for target in field.type.targets
        if target in assembly.models
    )
