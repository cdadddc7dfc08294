"""Rows of organizations: the column that says whose they are, and what keeps a reference from leaving it."""

from __future__ import annotations

from collections.abc import Iterator

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import Column, has_column
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.text import message
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, is_reference

# What the transaction acts in; whoever writes without one is refused by NOT NULL.
_CURRENT = "DEFAULT nullif(current_setting('app.organization', true), '')::uuid"
_NONE = "'00000000-0000-0000-0000-000000000000'::uuid"


def organization_columns(model: model_pb2.Model, index: ContractIndex) -> list[Column]:
    """The column of the organization, where rows of the model have one."""
    if not index.has_organization(model):
        return []
    return [Column(ORGANIZATION_COLUMN, "uuid", f"NOT NULL {_CURRENT}" if index.is_tenanted(model) else _CURRENT)]


def organization_key(model: model_pb2.Model, index: ContractIndex) -> list[str]:
    """The key that references name, so that they cannot leave the organization."""
    if not index.is_tenanted(model):
        return []
    name = helper(model.names.table, "organization_key")
    return [f"CONSTRAINT {name} UNIQUE ({ORGANIZATION_COLUMN}, id)"]


def group_columns(model: model_pb2.Model, index: ContractIndex) -> tuple[str, ...]:
    """What a rule over several rows counts by before all else; rows of no organization are a group of their own."""
    if index.is_tenanted(model):
        return (ORGANIZATION_COLUMN,)
    return (f"coalesce({ORGANIZATION_COLUMN}, {_NONE})",) if index.has_organization(model) else ()


def organization_table(index: ContractIndex) -> str:
    """The table of organizations; empty where there are none."""
    model = index.named("Organization") if index.contract.tenancy else None
    return model.names.table if model else ""


def stays(model: model_pb2.Model, index: ContractIndex) -> Iterator[str]:
    """The trigger that keeps a row where it is."""
    if index.has_organization(model):
        table = model.names.table
        yield (
            f"CREATE TRIGGER {helper(table, 'keep_organization')} BEFORE UPDATE OF {ORGANIZATION_COLUMN} ON {table}\n"
            f"  FOR EACH ROW WHEN (NEW.{ORGANIZATION_COLUMN} IS DISTINCT FROM OLD.{ORGANIZATION_COLUMN})\n"
            f"  EXECUTE FUNCTION system.keep_organization();"
        )


def reference_rules(model: model_pb2.Model, index: ContractIndex) -> Iterator[RuleTrigger]:
    """Triggers for references that no foreign key can keep inside, because one side may have no organization."""
    if not index.has_organization(model):
        return
    for field in model.fields:
        if not (is_reference(field) and has_column(field)):
            continue
        target = index.model(field.type.targets[0])
        if not index.has_organization(target) or (index.is_tenanted(model) and index.is_tenanted(target)):
            continue
        column = field.names.column
        name = helper(model.names.table, column, "organization")
        yield RuleTrigger(
            constraint=name,
            function=helper(name, "kept"),
            table=model.names.table,
            why="-- What it refers to is of the same organization, or of none.",
            message=message("There is no such row."),
            condition=(
                f"EXISTS (\n    SELECT 1 FROM {target.names.table} AS target\n"  # noqa: S608 - names of the contract
                f"    WHERE target.id = NEW.{column} AND target.{ORGANIZATION_COLUMN} <> NEW.{ORGANIZATION_COLUMN}\n  )"
            ),
            on=f"INSERT OR UPDATE OF {column}",
            code="foreign_key_violation",
        )
