"""`any` references: as strict as a foreign key, written out for the closed list of models."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import K
from stackwright_postgresql_database.identifiers import helper
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.index import is_soft_deleted


@dataclass(frozen=True)
class Target:
    """A model that an `any` field may refer to."""

    model: str
    table: str
    trigger: str
    soft: bool
    inside: bool


@dataclass(frozen=True)
class AnyReference:
    """An `any` field: its two columns, its targets, and what a deleted target does to it."""

    function: str
    trigger: str
    constraint: str
    table: str
    type_column: str
    id_column: str
    targets: tuple[Target, ...]
    on_delete: str
    optional: bool
    follow: str


def any_references(model: model_pb2.Model, index: ContractIndex) -> list[AnyReference]:
    """Each `any` field of a model."""
    return [_view(field, model, index) for field in model.fields if field.type.kind == K.FIELD_KIND_ANY]


def _view(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> AnyReference:
    table = model.names.table
    stem = helper(table, field.name)
    targets = []
    for target in map(index.model, field.type.targets):
        name = helper(target.names.table, "clears", stem)
        inside = index.has_organization(model) and index.has_organization(target)
        targets.append(Target(target.name, target.names.table, name, is_soft_deleted(target), inside))
    blanks = field.optional and field.type.on_delete != model_pb2.ON_DELETE_CASCADE
    return AnyReference(
        function=helper(stem, "exists"),
        trigger=helper(stem, "target"),
        constraint=field.names.foreign_key_name or helper(stem, "fkey"),
        table=table,
        type_column=field.names.extra_columns[0],
        id_column=field.names.column,
        targets=tuple(targets),
        on_delete="blank" if blanks else "delete",
        optional=field.optional,
        follow=helper(stem, "follow"),
    )
