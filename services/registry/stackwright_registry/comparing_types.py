"""Whether a type became wider or narrower, and what that means to clients and rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from stackwright.contract.v1 import model_pb2 as model
from stackwright.registry.v1 import request_response_pb2 as registry

SAFE = registry.Change.DATA_EFFECT_SAFE
_CHECKED = registry.Change.DATA_EFFECT_CHECKED_FIRST
_KEPT = registry.Change.DATA_EFFECT_KEPT_ONE_REVISION
# Each kind takes every value of those before it.
_WIDER = (
    (model.FIELD_KIND_INT, model.FIELD_KIND_BIGINT, model.FIELD_KIND_DECIMAL),
    (model.FIELD_KIND_SLUG, model.FIELD_KIND_STRING, model.FIELD_KIND_TEXT),
    (model.FIELD_KIND_EMAIL, model.FIELD_KIND_STRING, model.FIELD_KIND_TEXT),
    (model.FIELD_KIND_URL, model.FIELD_KIND_STRING, model.FIELD_KIND_TEXT),
)


@dataclass(frozen=True)
class Judgement:
    """What a change of a field means."""

    message: str
    breaking: bool
    data: registry.Change.DataEffect


def judge_type(old: model.FieldType, new: model.FieldType) -> Judgement | None:
    """Judge a change of type; None when there is none."""
    if old.kind != new.kind:
        return _kinds(old, new)
    if gone := [member for member in old.members if member not in new.members]:
        return Judgement(f"{', '.join(gone)} can be chosen no more.", True, _KEPT)
    if len(new.members) > len(old.members):
        return Judgement("There are more members to choose from.", False, SAFE)
    if list(old.targets) != list(new.targets):
        narrower = not set(old.targets) <= set(new.targets)
        return Judgement("It refers to other models.", narrower, _CHECKED if narrower else SAFE)
    if old.on_delete != new.on_delete:
        return Judgement("What happens when the row it refers to is deleted changed.", False, SAFE)
    narrow, wide = _bounds(old, new)
    if narrow:
        return Judgement("Fewer values are allowed; rows that are there are checked first.", True, _CHECKED)
    return Judgement("More values are allowed.", False, SAFE) if wide else None


def _kinds(old: model.FieldType, new: model.FieldType) -> Judgement:
    before, after = (model.FieldKind.Name(item.kind).removeprefix("FIELD_KIND_").lower() for item in (old, new))
    for order in _WIDER:
        if old.kind in order and new.kind in order and order.index(old.kind) < order.index(new.kind):
            return Judgement(f"{before} became {after}, which takes every value of it.", False, SAFE)
    return Judgement(f"{before} became {after}; rows that are there are checked first.", True, _CHECKED)


def _bounds(old: model.FieldType, new: model.FieldType) -> tuple[bool, bool]:
    """Give whether some bound became narrower, and whether some became wider."""
    pairs: list[tuple[Decimal, Decimal]] = [
        # Each pair as (how much was allowed, how much is allowed); a least value counts downwards.
        (-_number(old.minimum, -1), -_number(new.minimum, -1)),
        (_number(old.maximum, 1), _number(new.maximum, 1)),
        (Decimal(-old.min_length), Decimal(-new.min_length)),
        (_most(old.max_length, old.HasField("max_length")), _most(new.max_length, new.HasField("max_length"))),
        (Decimal(old.scale), Decimal(new.scale)),
        (Decimal(old.precision - old.scale), Decimal(new.precision - new.scale)),
    ]
    return any(after < before for before, after in pairs), any(after > before for before, after in pairs)


def _number(text: str, sign: int) -> Decimal:
    return Decimal(text) if text else Decimal("Infinity") * sign


def _most(value: int, given: bool) -> Decimal:
    return Decimal(value) if given else Decimal("Infinity")
