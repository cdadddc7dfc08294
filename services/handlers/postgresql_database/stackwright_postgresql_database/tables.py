"""Tables as they are created: columns, keys, checks, foreign keys."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import Column, K, check_of, columns_of, has_column, one_of
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.organizations import organization_columns, organization_key, organization_table
from stackwright_postgresql_database.stored.analysis import is_generated
from stackwright_postgresql_database.text import WIDTH
from stackwright_sdk.expressions import ContractIndex, to_sql
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, is_reference

_ON_DELETE = {
    model_pb2.ON_DELETE_CASCADE: "CASCADE",
    model_pb2.ON_DELETE_RESTRICT: "RESTRICT",
    model_pb2.ON_DELETE_SET_NULL: "SET NULL",
}
_KEEPS_DELETED = frozenset({model_pb2.DELETE_MODE_SOFT, model_pb2.DELETE_MODE_TOMBSTONE})


@dataclass(frozen=True)
class ForeignKey:
    """A reference of one column to the id of another table; `inside` an organization, to a row of the same one."""

    name: str
    column: str
    table: str
    on_delete: str
    inside: bool = False

    @property
    def clause(self) -> str:
        """As it stands in a table or after ADD."""
        before = f"{ORGANIZATION_COLUMN}, " if self.inside else ""
        # The organization stays when the reference is emptied.
        only = f" ({self.column})" if self.inside and self.on_delete == "SET NULL" else ""
        keys = f"({before}{self.column}) REFERENCES {self.table} ({before}id)"
        reference = f"FOREIGN KEY {keys} ON DELETE {self.on_delete}{only}"
        return constraint(self.name, reference)


@dataclass(frozen=True)
class Table:
    """A table to be created; `later` are the foreign keys to tables that come after it."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    constraints: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    later: tuple[ForeignKey, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The lines between the brackets, columns aligned."""
        names = max(len(column.name) for column in self.columns)
        types = max(len(column.type) for column in self.columns)
        lines = [f"{column.name:<{names}} {column.type:<{types}} {column.rest}".rstrip() for column in self.columns]
        return [*lines, *self.constraints, *(key.clause for key in self.foreign_keys)]


def constraint(name: str, what: str) -> str:
    """`CONSTRAINT name what`, over two lines when it is long."""
    flat = f"CONSTRAINT {name} {what}"
    return flat if len(flat) < WIDTH - 2 else f"CONSTRAINT {name}\n    {what}"


def keeps_deleted(model: model_pb2.Model) -> bool:
    """Whether deleted rows stay in the table with a `deleted_at`."""
    return model.delete_mode in _KEEPS_DELETED


def table_of(model: model_pb2.Model, index: ContractIndex, known: frozenset[str]) -> Table:
    """The table of a model; `known` are the tables created before it."""
    columns = [*_implied(model), *organization_columns(model, index)]
    constraints = organization_key(model, index)
    for field in model.fields:
        if not has_column(field):
            continue
        generated = _generated(field, model, index)
        initial = model.states.initial if field.id == model.states.field_id else ""
        columns += columns_of(field, generated, initial)
        check = _any_check(field, index) if field.type.kind == K.FIELD_KIND_ANY else check_of(field)
        if check and field.id in model.tombstone_field_ids:
            # What was blanked by a deletion is exempt.
            check = f"deleted_at IS NOT NULL OR ({check})"
        if check and field.names.check_name:
            constraints.append(constraint(field.names.check_name, f"CHECK ({check})"))
    keys = _of_organization(model, index)
    keys += [_foreign_key(field, model, index) for field in model.fields if is_reference(field) and has_column(field)]
    present = known | {model.names.table}
    return Table(
        name=model.names.table,
        title=model.names.plural_label or model.title or model.name,
        description=model.description,
        columns=tuple(columns),
        constraints=tuple(constraints),
        foreign_keys=tuple(key for key in keys if key.table in present),
        later=tuple(key for key in keys if key.table not in present),
    )


def join_table_of(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> Table:
    """The table of a `links` field."""
    join, far = field.type.join, index.model(field.type.targets[0])
    inside = index.is_tenanted(model) and index.is_tenanted(far)
    return Table(
        name=join.table,
        title=f"{model.names.label or model.name}: {(field.names.label or field.name).lower()}",
        description="",
        columns=(
            *(organization_columns(model, index) if inside else ()),
            Column(join.near_column, "uuid", "NOT NULL"),
            Column(join.far_column, "uuid", "NOT NULL"),
        ),
        constraints=(f"CONSTRAINT {join.primary_key_name} PRIMARY KEY ({join.near_column}, {join.far_column})",),
        foreign_keys=(
            ForeignKey(join.near_foreign_key_name, join.near_column, model.names.table, "CASCADE", inside),
            ForeignKey(join.far_foreign_key_name, join.far_column, far.names.table, "CASCADE", inside),
        ),
    )


def in_order(models: list[model_pb2.Model], index: ContractIndex) -> list[model_pb2.Model]:
    """Models so that references point backwards where they can; otherwise in the contract's order."""
    left, ordered, names = list(models), [], set[str]()
    while left:
        ready = next((model for model in left if not (_needs(model, index) - names - {model.id})), left[0])
        left.remove(ready)
        ordered.append(ready)
        names.add(ready.id)
    return ordered


def _needs(model: model_pb2.Model, index: ContractIndex) -> set[str]:
    needed = {
        field.type.targets[0] for field in model.fields if is_reference(field) and field.type.targets[0] in index.models
    }
    organization = index.named("Organization") if index.has_organization(model) else None
    return needed | {organization.id} if organization else needed


def _implied(model: model_pb2.Model) -> list[Column]:
    columns = [
        Column("id", "uuid", f"CONSTRAINT {model.names.primary_key_name} PRIMARY KEY DEFAULT uuidv7()"),
        Column("created_at", "timestamptz", "NOT NULL DEFAULT now()"),
        Column("updated_at", "timestamptz", "NOT NULL DEFAULT now()"),
    ]
    if model.kind == model_pb2.MODEL_KIND_RESOURCE:
        columns.append(Column("row_version", "integer", "NOT NULL DEFAULT 1"))
    if keeps_deleted(model):
        columns.append(Column("deleted_at", "timestamptz"))
    return columns


def _generated(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> str:
    if not is_generated(field):
        return ""
    return to_sql(field.value, index, model_id=model.id, this="", in_database=True, indent=4).text


def _of_organization(model: model_pb2.Model, index: ContractIndex) -> list[ForeignKey]:
    """What is logged outlives the organization; all else keeps it from being deleted."""
    if not index.has_organization(model) or model.kind == model_pb2.MODEL_KIND_LOG:
        return []
    name = helper(model.names.table, ORGANIZATION_COLUMN, "fkey")
    return [ForeignKey(name, ORGANIZATION_COLUMN, organization_table(index), "RESTRICT")]


def _foreign_key(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> ForeignKey:
    target = index.model(field.type.targets[0])
    inside = index.is_tenanted(model) and index.is_tenanted(target)
    on_delete = _ON_DELETE.get(field.type.on_delete, "SET NULL" if field.optional else "RESTRICT")
    return ForeignKey(field.names.foreign_key_name, field.names.column, target.names.table, on_delete, inside)


def _any_check(field: model_pb2.Field, index: ContractIndex) -> str:
    kind = field.names.extra_columns[0]
    known = one_of(kind, [index.model(target).name for target in field.type.targets])
    return f"{known} AND ({kind} IS NULL) = ({field.names.column} IS NULL)" if field.optional else known
