"""schema.md: the tables with a diagram, for people."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import Column, K
from stackwright_postgresql_database.schema import Schema
from stackwright_postgresql_database.tables import ForeignKey, Table
from stackwright_sdk.expressions import ContractIndex


@dataclass(frozen=True)
class DescribedTable:
    """A table with what a reader wants to know."""

    table: Table
    unique: tuple[str, ...]

    def says(self, column: Column) -> str:
        """What is to be said of a column, in one cell."""
        said = []
        if column.name == "id":
            return "primary key, time-ordered UUID"
        key = next((key for key in (*self.table.foreign_keys, *self.table.later) if key.column == column.name), None)
        if key is not None:
            said.append(f"→ `{key.table}`, {_gone(key)}")
        if "DEFAULT" in column.rest:
            said.append(f"default `{column.rest.split('DEFAULT ', 1)[1]}`")
        if "GENERATED" in column.rest:
            said.append("computed from the row")
        return "; ".join(said).replace("|", "\\|")

    def in_diagram(self, column: Column) -> str:
        """A column as Mermaid takes it: one word for the type, the name, what kind of key it is."""
        is_reference = any(key.column == column.name for key in (*self.table.foreign_keys, *self.table.later))
        key = " PK" if column.name == "id" else " FK" if is_reference else ""
        return f"{column.type.split('(')[0]} {column.name}{key}"

    def required(self, column: Column) -> str:
        """Whether a value must be there."""
        return "yes" if "NOT NULL" in column.rest or "PRIMARY KEY" in column.rest or "GENERATED" in column.rest else ""


@dataclass(frozen=True)
class Relation:
    """A line of the diagram."""

    parent: str
    child: str
    sign: str
    label: str


@dataclass(frozen=True)
class Document:
    """All of schema.md."""

    project: str
    tables: tuple[DescribedTable, ...]
    relations: tuple[Relation, ...]
    rules: tuple[tuple[str, str, str], ...]


def document_of(schema: Schema, index: ContractIndex) -> Document:
    """The document of a schema."""
    tables = tuple(
        DescribedTable(section.table, tuple(item.statement for item in section.indexes if item.unique))
        for section in schema.tables
    )
    return Document(schema.project, tables, tuple(_relations(schema)), tuple(_rules(index)))


def _relations(schema: Schema) -> list[Relation]:
    found = []
    for section in schema.tables:
        required = {column.name for column in section.table.columns if "NOT NULL" in column.rest}
        for key in (*section.table.foreign_keys, *section.table.later):
            sign = "||--o{" if key.column in required else "|o--o{"
            found.append(Relation(key.table, section.table.name, sign, key.column.removesuffix("_id")))
    return found


def _rules(index: ContractIndex) -> list[tuple[str, str, str]]:
    found = []
    for model in index.contract.models:
        for rule in model.rules:
            kind = rule.WhichOneof("kind") or ""
            text = rule.message or _plain(rule, index)
            found.append(
                (model.names.table, rule.constraint_name, f"{kind.replace('_', ' ')}: {text}".replace("|", "\\|"))
            )
        for field in model.fields:
            if field.type.kind == K.FIELD_KIND_ANY:
                names = ", ".join(index.model(target).names.table for target in field.type.targets)
                found.append(
                    (model.names.table, field.names.foreign_key_name, f"`{field.names.column}` is a row of {names}")
                )
    return found


def _plain(rule: model_pb2.Rule, index: ContractIndex) -> str:
    if rule.HasField("check"):
        return f"`{rule.check.condition.source}`"
    if rule.HasField("unique"):
        return ", ".join(index.field(item).name for item in rule.unique.field_ids)
    return rule.constraint_name


def _gone(key: ForeignKey) -> str:
    return {
        "CASCADE": "deleted with it",
        "RESTRICT": "keeps it from being deleted",
        "SET NULL": "emptied when it is deleted",
    }[key.on_delete]
