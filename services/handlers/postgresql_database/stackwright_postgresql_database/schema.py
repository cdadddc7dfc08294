"""The migration with everything of the contract: tables, then what holds between rows, model by model."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database import events, organizations
from stackwright_postgresql_database.fields import has_column
from stackwright_postgresql_database.indexes import Index, indexes_of, needs_trigrams
from stackwright_postgresql_database.refusals import NATIVE_ROWS
from stackwright_postgresql_database.rules import checks, frozen, graphs, groups, references, sequences, states
from stackwright_postgresql_database.rules.references import AnyReference
from stackwright_postgresql_database.rules.sequences import NumberedField
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.seeds import Rows, rows_of
from stackwright_postgresql_database.stored.triggers import StoredValues, stored_values_of
from stackwright_postgresql_database.tables import ForeignKey, Table, in_order, join_table_of, table_of
from stackwright_postgresql_database.text import comment, heading
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.sql import quote


@dataclass(frozen=True)
class TableSection:
    """A table with its indexes and its comments."""

    table: Table
    indexes: tuple[Index, ...]
    descriptions: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """The line that begins the section."""
        return heading(self.table.title)

    @property
    def comment(self) -> str:
        """What the table is for, if the contract says."""
        return comment(self.table.description)

    @property
    def title_literal(self) -> str:
        """The title as a literal."""
        return quote(self.table.description or self.table.title)

    @property
    def described(self) -> list[tuple[str, str]]:
        """Columns with their descriptions, as literals."""
        return [(column, quote(text)) for column, text in self.descriptions]


@dataclass(frozen=True)
class BehaviourSection:
    """What the database does by itself for the rows of a table."""

    title: str
    ordinary: tuple[str, ...]
    numbered: tuple[NumberedField, ...]
    rules: tuple[RuleTrigger, ...]
    stored: StoredValues | None
    any_references: tuple[AnyReference, ...]

    @property
    def heading(self) -> str:
        """The line that begins the section."""
        return heading(f"{self.title}: triggers")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print."""
        return not (self.ordinary or self.numbered or self.rules or self.stored or self.any_references)


@dataclass(frozen=True)
class ViewSection:
    """Rows that the application keeps for itself, as a model shows them."""

    name: str
    title: str
    columns: tuple[str, ...]
    source: str

    @property
    def heading(self) -> str:
        """The line that begins the section."""
        return heading(self.title)


@dataclass(frozen=True)
class Schema:
    """The whole migration."""

    project: str
    extensions: tuple[tuple[str, str], ...]
    tables: tuple[TableSection, ...]
    later: tuple[tuple[str, ForeignKey], ...]
    behaviour: tuple[BehaviourSection, ...]
    views: tuple[ViewSection, ...]
    organizations: str
    """Table of the organizations; empty where there are none."""
    beginnings: tuple[Rows, ...]
    """Rows that every organization begins with."""


def schema_of(index: ContractIndex) -> Schema:
    """Everything the migration of a contract says."""
    models = [model for model in in_order(list(index.contract.models), index) if not model.HasField("native_rows")]
    sections: list[TableSection] = []
    known: set[str] = set()
    for model in models:
        sections.append(_table_section(model, index, frozenset(known)))
        known.add(model.names.table)
    sections += [_join_section(field, model, index) for model in models for field in model.fields if _owns_links(field)]
    later = [(section.table.name, key) for section in sections for key in section.table.later]
    return Schema(
        project=index.contract.project.name,
        extensions=_extensions(models),
        tables=tuple(sections),
        later=tuple(later),
        organizations=organizations.organization_table(index),
        beginnings=tuple(rows_of(index, of_organizations=True)),
        views=tuple(_view(model) for model in index.contract.models if model.HasField("native_rows")),
        behaviour=tuple(section for section in (_behaviour(model, index) for model in models) if not section.empty),
    )


def _view(model: model_pb2.Model) -> ViewSection:
    columns = ["id", "created_at", "updated_at", *(field.names.column for field in model.fields if has_column(field))]
    return ViewSection(
        name=model.names.table,
        title=model.names.plural_label or model.title or model.name,
        columns=tuple(columns),
        source=NATIVE_ROWS[model.native_rows.module, model.native_rows.name],
    )


def _extensions(models: list[model_pb2.Model]) -> tuple[tuple[str, str], ...]:
    found = []
    if any(needs_trigrams(model) for model in models):
        found.append(("pg_trgm", "Search finds words in the middle of texts by their trigrams."))
    if any(rule.HasField("no_overlap") for model in models for rule in model.rules):
        found.append(("btree_gist", "Times may not overlap for one and the same thing: equality inside a range index."))
    return tuple(found)


def _owns_links(field: model_pb2.Field) -> bool:
    return field.type.kind == model_pb2.FIELD_KIND_LINKS and bool(field.type.join.table) and not field.type.join.inverse


def _table_section(model: model_pb2.Model, index: ContractIndex, known: frozenset[str]) -> TableSection:
    table = table_of(model, index, known)
    constraints = list(table.constraints)
    for rule in model.rules:
        if rule.HasField("check") and checks.is_plain(rule):
            constraints.append(checks.clause(rule, model, index))
        elif rule.HasField("no_overlap"):
            constraints.append(groups.no_overlap(rule, model, index))
        elif rule.HasField("ordered"):
            constraints.append(groups.ordered(rule, model, index))
    described = [
        (field.names.column, field.description)
        for field in model.fields
        if field.description and field.names.column and not field.trap
    ]
    return TableSection(
        replace(table, constraints=tuple(constraints)), tuple(indexes_of(model, index)), tuple(described)
    )


def _join_section(field: model_pb2.Field, model: model_pb2.Model, index: ContractIndex) -> TableSection:
    table = join_table_of(field, model, index)
    join = field.type.join
    return TableSection(table, (Index(join.far_index_name, table.name, (join.far_column,)),))


def _behaviour(model: model_pb2.Model, index: ContractIndex) -> BehaviourSection:
    rules: list[RuleTrigger] = []
    if model.HasField("states"):
        rules.append(states.trigger(model, index))
    for rule in model.rules:
        if rule.HasField("frozen"):
            rules += frozen.triggers(rule, model, index)
        elif rule.HasField("check") and not checks.is_plain(rule):
            rules.append(checks.trigger(rule, model, index))
        elif rule.HasField("acyclic"):
            rules.append(graphs.trigger(rule, model, index))
        elif rule.HasField("limit"):
            rules.append(groups.limit(rule, model, index))
    rules += organizations.reference_rules(model, index)
    return BehaviourSection(
        title=model.names.plural_label or model.title or model.name,
        ordinary=(
            *events.triggers(model, index),
            *organizations.stays(model, index),
            *(groups.one_by_one(rule, model, index) for rule in model.rules if rule.HasField("no_overlap")),
        ),
        numbered=tuple(sequences.numbered_fields(model, index)),
        rules=tuple(rules),
        stored=stored_values_of(model, index),
        any_references=tuple(references.any_references(model, index)),
    )
