"""The closed type system of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.language.literals import TEXT_KINDS

Kind = pb.ValueKind


@dataclass(frozen=True)
class Type:
    """What a value is.

    `nullable` says that it may be null; `lookup` that it is null only because a `find` may miss, which the application
    answers with 409 when a required field is to take it.
    """

    kind: pb.ValueKind
    nullable: bool = False
    lookup: bool = False
    models: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    element: Type | None = None
    fields: Mapping[str, Type] | None = field(default=None, compare=False, hash=False)

    def optional(self, nullable: bool = True, lookup: bool = False) -> Type:
        """Give the same type, possibly null."""
        if not nullable or self.nullable:
            return self
        return replace(self, nullable=True, lookup=lookup)

    def required(self) -> Type:
        """Give the same type, never null."""
        return replace(self, nullable=False, lookup=False) if self.nullable else self

    def __str__(self) -> str:
        name = pb.ValueKind.Name(self.kind).removeprefix("VALUE_KIND_").lower()
        if self.kind in (pb.VALUE_KIND_ROW, pb.VALUE_KIND_ROWS):
            models = " or ".join(model_id.rpartition("/")[2] for model_id in self.models[:3]) or "an unknown model"
            return f"{'a row' if self.kind == pb.VALUE_KIND_ROW else 'rows'} of {models}"
        if self.kind == pb.VALUE_KIND_ENUM:
            return f"enum({' '.join(self.members)})"
        if self.element is not None:
            return f"list of {self.element}"
        return name


BOOL = Type(pb.VALUE_KIND_BOOL)
INT = Type(pb.VALUE_KIND_INT)
DECIMAL = Type(pb.VALUE_KIND_DECIMAL)
STRING = Type(pb.VALUE_KIND_STRING)
UUID = Type(pb.VALUE_KIND_UUID)
DATE = Type(pb.VALUE_KIND_DATE)
TIME = Type(pb.VALUE_KIND_TIME)
TIMESTAMP = Type(pb.VALUE_KIND_TIMESTAMP)
DURATION = Type(pb.VALUE_KIND_DURATION)
JSON = Type(pb.VALUE_KIND_JSON)
POINT = Type(pb.VALUE_KIND_POINT)
BYTES = Type(pb.VALUE_KIND_BYTES)
NULL = Type(pb.VALUE_KIND_NULL, nullable=True)
# Stands for whatever could not be typed; everything agrees with it, so that one mistake is told once.
UNKNOWN = Type(pb.VALUE_KIND_UNSPECIFIED)

NUMBERS = frozenset({pb.VALUE_KIND_INT, pb.VALUE_KIND_DECIMAL})
TEMPORAL = frozenset({pb.VALUE_KIND_DATE, pb.VALUE_KIND_TIME, pb.VALUE_KIND_TIMESTAMP, pb.VALUE_KIND_DURATION})
ORDERED = NUMBERS | TEMPORAL | {pb.VALUE_KIND_STRING, pb.VALUE_KIND_UUID}

_BY_FIELD = {
    model.FIELD_KIND_INT: INT,
    model.FIELD_KIND_BIGINT: INT,
    model.FIELD_KIND_DECIMAL: DECIMAL,
    model.FIELD_KIND_MONEY: DECIMAL,
    model.FIELD_KIND_BOOL: BOOL,
    model.FIELD_KIND_UUID: UUID,
    model.FIELD_KIND_DATE: DATE,
    model.FIELD_KIND_TIME: TIME,
    model.FIELD_KIND_TIMESTAMP: TIMESTAMP,
    model.FIELD_KIND_DURATION: DURATION,
    model.FIELD_KIND_JSON: JSON,
    model.FIELD_KIND_POINT: POINT,
    model.FIELD_KIND_PASSWORD: STRING,
}


def row(*models: str) -> Type:
    """A row of one of these models; of an unknown one, if none is given."""
    return Type(pb.VALUE_KIND_ROW, models=models)


def rows(*models: str) -> Type:
    """A set of rows."""
    return Type(pb.VALUE_KIND_ROWS, models=models)


def type_of(field_type: model.FieldType, optional: bool = False) -> Type:
    """Give the type of the values of a field; targets are ids of models."""
    kind = field_type.kind
    if kind in _BY_FIELD:
        found = _BY_FIELD[kind]
    elif kind in TEXT_KINDS:
        found = STRING
    elif kind == model.FIELD_KIND_ENUM:
        found = Type(pb.VALUE_KIND_ENUM, members=tuple(field_type.members))
    elif kind in (model.FIELD_KIND_REF, model.FIELD_KIND_ANY, model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE):
        found = row(*field_type.targets)
    elif kind in (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS):
        return rows(*field_type.targets)
    elif kind == model.FIELD_KIND_TOKEN:
        found = BYTES
    elif kind in (model.FIELD_KIND_LIST, model.FIELD_KIND_OBJECT):
        members = {member.name: type_of(member.type, member.optional) for member in field_type.members_fields}
        item = Type(pb.VALUE_KIND_OBJECT, fields=members)
        found = Type(pb.VALUE_KIND_LIST, element=item) if kind == model.FIELD_KIND_LIST else item
    else:
        return UNKNOWN
    return found.optional(optional)


@lru_cache(maxsize=4096)
def message_of(type_: Type) -> pb.ValueType:
    """Give the message of a type; shared, so it must only be copied."""
    message = pb.ValueType(kind=type_.kind, nullable=type_.nullable, model_ids=type_.models, members=type_.members)
    if type_.element is not None:
        message.element.CopyFrom(message_of(type_.element))
    return message


def unify(left: Type, right: Type) -> Type | None:
    """Give the one type of two, or None when they have none in common."""
    nullable = left.nullable or right.nullable
    lookup = all(side.lookup or not side.nullable for side in (left, right))
    if left.kind == pb.VALUE_KIND_UNSPECIFIED or right.kind == pb.VALUE_KIND_UNSPECIFIED:
        return UNKNOWN
    if left.kind == pb.VALUE_KIND_NULL:
        return right.optional()
    if right.kind == pb.VALUE_KIND_NULL:
        return left.optional()
    if {left.kind, right.kind} == NUMBERS:
        return DECIMAL.optional(nullable, lookup)
    if left.kind != right.kind:
        return None
    if left.kind in (pb.VALUE_KIND_ROW, pb.VALUE_KIND_ROWS):
        models = () if not left.models or not right.models else tuple(dict.fromkeys(left.models + right.models))
        return replace(left.required(), models=models).optional(nullable, lookup)
    if left.kind == pb.VALUE_KIND_ENUM:
        members = tuple(dict.fromkeys(left.members + right.members))
        return replace(left.required(), members=members).optional(nullable, lookup)
    if left.element is not None and right.element is not None:
        element = unify(left.element, right.element)
        return None if element is None else replace(left.required(), element=element).optional(nullable, lookup)
    return left.required().optional(nullable, lookup)


def comparable(left: Type, right: Type) -> bool:
    """Say whether `==` between the two can ever hold."""
    if unify(left, right) is None:
        return False
    if left.kind == right.kind == pb.VALUE_KIND_ROW and left.models and right.models:
        return bool(set(left.models) & set(right.models))
    if left.kind == right.kind == pb.VALUE_KIND_ENUM:
        return bool(set(left.members) & set(right.members))
    return True


def assignable(value: Type, target: Type) -> bool:
    """Say whether a value fits a target; null is asked elsewhere."""
    kinds = (value.kind, target.kind)
    if pb.VALUE_KIND_UNSPECIFIED in kinds or value.kind == pb.VALUE_KIND_NULL or target.kind == pb.VALUE_KIND_JSON:
        return True
    if value.kind == pb.VALUE_KIND_INT and target.kind == pb.VALUE_KIND_DECIMAL:
        return True
    if value.kind == pb.VALUE_KIND_ENUM and target.kind == pb.VALUE_KIND_STRING:
        return True
    # What a native call gave is known to the call alone.
    if value.kind == pb.VALUE_KIND_OBJECT and value.fields is None:
        return True
    if value.kind != target.kind:
        return False
    if value.kind in (pb.VALUE_KIND_ROW, pb.VALUE_KIND_ROWS) and value.models and target.models:
        return set(value.models) <= set(target.models)
    if value.kind == pb.VALUE_KIND_ENUM:
        return set(value.members) <= set(target.members)
    return True
