# ruff: noqa: S608 - these are identifiers of the contract, decided by the registry; no value is ever pasted
"""Stored values: a function that recomputes them, and a trigger on every table they read."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.stored.analysis import Reads, Source, is_aggregate, reads_of
from stackwright_postgresql_database.text import differs
from stackwright_sdk.expressions import ContractIndex, to_sql

_EVENTS_ALL = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Computed:
    """A stored value: its column, and its expression over the parent row."""

    column: str
    expression: str


@dataclass(frozen=True)
class Recompute:
    """The function that brings the stored values of some rows up to date."""

    name: str
    table: str
    values: tuple[Computed, ...]

    @property
    def assignments(self) -> str:
        """What the UPDATE sets."""
        return ", ".join(f"{value.column} = computed.{value.column}" for value in self.values)

    @property
    def difference(self) -> str:
        """Whether there is anything to set: an update that changes nothing would set off others for nothing."""
        return differs([value.column for value in self.values], self.table, "computed", indent="    ")

    @property
    def why(self) -> str:
        """What it is for."""
        return f"Brings {', '.join(value.column for value in self.values)} of some {self.table} up to date."


@dataclass(frozen=True)
class Watch:
    """A statement trigger on a table that stored values read.

    `inserted`, `deleted` and `updated` are the queries that find the parents concerned, in the transition tables
    `new_rows` and `old_rows`; an empty query means that the event cannot concern any.
    """

    function: str
    table: str
    recompute: str
    why: str
    inserted: str = ""
    deleted: str = ""
    updated: str = ""

    @property
    def triggers(self) -> list[tuple[str, str, str]]:
        """Name, event and transition tables of each trigger."""
        tables = {"INSERT": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
        both = "OLD TABLE AS old_rows NEW TABLE AS new_rows"
        asked = {"INSERT": self.inserted, "UPDATE": self.updated, "DELETE": self.deleted}
        return [
            (helper(self.function, "on", event.lower()), event, tables.get(event, both))
            for event in _EVENTS_ALL
            if asked[event]
        ]


@dataclass(frozen=True)
class StoredValues:
    """All that keeps the stored values of one model."""

    recompute: Recompute
    watches: tuple[Watch, ...]


def stored_values_of(model: model_pb2.Model, index: ContractIndex) -> StoredValues | None:
    """The function and triggers of a model's aggregates, if it has any."""
    aggregates = [field for field in model.fields if is_aggregate(field)]
    if not aggregates:
        return None
    name = helper(model.names.sql_prefix or model.names.table, "recompute")
    values = tuple(
        Computed(
            field.names.column,
            to_sql(field.value, index, model_id=model.id, this="parent", in_database=True, indent=6).text,
        )
        for field in aggregates
    )
    reads = reads_of(model, index)
    watches = [watch for source in reads.sources.values() for watch in _of_source(source, name, index)]
    own = _of_own(model, reads, aggregates, name)
    return StoredValues(Recompute(name, model.names.table, values), (*watches, *own))


def _of_own(model: model_pb2.Model, reads: Reads, aggregates: list[model_pb2.Field], recompute: str) -> list[Watch]:
    """A new row may begin with something else than zero, and its own columns may count."""
    if not reads.own and all(_begins_with_zero(field) for field in aggregates):
        return []
    table = model.names.table
    return [
        Watch(
            function=helper(recompute, "own"),
            table=table,
            recompute=recompute,
            why=f"When a row is new, or its {_spoken(reads.own)} changed." if reads.own else "When a row is new.",
            inserted="SELECT new_rows.id FROM new_rows",
            updated=_changed("new_rows.id", reads.own) if reads.own else "",
        )
    ]


def _of_source(source: Source, recompute: str, index: ContractIndex) -> list[Watch]:
    if _is_many_to_many(source, index):
        return _of_links(source, recompute, index)
    reference = index.field(source.relation.type.inverse_field_id)
    child, parent = source.model.names.table, reference.names.column
    children = Watch(
        function=helper(recompute, "from", child),
        table=child,
        recompute=recompute,
        why=f"When {child} come and go, or their {_spoken(source.columns | {parent})} changed.",
        inserted=f"SELECT new_rows.{parent} FROM new_rows",
        deleted=f"SELECT old_rows.{parent} FROM old_rows",
        updated="\nUNION\n".join(
            (
                _changed(f"old_rows.{parent}", source.columns | {parent}),
                _changed(f"new_rows.{parent}", source.columns | {parent}),
            )
        ),
    )
    beyond = [
        _beyond(source, field_id, columns, recompute, index, f"{child}.{parent}", f"FROM {child}", child)
        for field_id, columns in sorted(source.beyond.items())
    ]
    return [children, *beyond]


def _of_links(source: Source, recompute: str, index: ContractIndex) -> list[Watch]:
    join = index.join_table(source.relation)
    far = source.model.names.table
    watches = [
        Watch(
            function=helper(recompute, "from", join.table),
            table=join.table,
            recompute=recompute,
            why=f"When {join.table} come and go.",
            inserted=f"SELECT new_rows.{join.near} FROM new_rows",
            deleted=f"SELECT old_rows.{join.near} FROM old_rows",
            updated=f"SELECT old_rows.{join.near} FROM old_rows\nUNION\nSELECT new_rows.{join.near} FROM new_rows",
        )
    ]
    if source.columns:
        watches.append(
            Watch(
                function=helper(recompute, "from", far),
                table=far,
                recompute=recompute,
                why=f"When {_spoken(source.columns)} of {far} changed.",
                updated=_changed(
                    f"{join.table}.{join.near}",
                    source.columns,
                    f"JOIN {join.table} ON {join.table}.{join.far} = new_rows.id",
                ),
            )
        )
    reached = f"FROM {join.table} JOIN {far} ON {far}.id = {join.table}.{join.far}"
    watches += [
        _beyond(source, field_id, columns, recompute, index, f"{join.table}.{join.near}", reached, far)
        for field_id, columns in sorted(source.beyond.items())
    ]
    return watches


def _beyond(
    source: Source,
    field_id: str,
    columns: set[str],
    recompute: str,
    index: ContractIndex,
    parent: str,
    reached: str,
    child: str,
) -> Watch:
    """A row that the children refer to; when it is deleted, the foreign key changes the children."""
    reference = index.field(field_id)
    table = index.model(reference.type.targets[0]).names.table
    joined = reached.removeprefix("FROM ")
    tables = f"({joined})" if " " in joined else joined
    return Watch(
        function=helper(recompute, "from", table, "of", source.relation.name),
        table=table,
        recompute=recompute,
        why=f"When {_spoken(columns)} of the {table} changed that {child} refer to.",
        updated=_changed(parent, columns, f"JOIN {tables} ON {child}.{reference.names.column} = new_rows.id"),
    )


def _changed(parent: str, columns: set[str], join: str = "") -> str:
    """The parents of rows whose columns really changed."""
    condition = differs(sorted(columns), "new_rows", "old_rows", indent="")
    joined = f"\n{join}" if join else ""
    return f"SELECT {parent} FROM new_rows\nJOIN old_rows ON old_rows.id = new_rows.id{joined}\nWHERE {condition}"


def _is_many_to_many(source: Source, index: ContractIndex) -> bool:
    inverse = index.fields.get(source.relation.type.inverse_field_id)
    links = model_pb2.FIELD_KIND_LINKS
    return source.relation.type.kind == links or (inverse is not None and inverse.type.kind == links)


def _begins_with_zero(field: model_pb2.Field) -> bool:
    root = field.value.root
    is_size = root.WhichOneof("kind") == "call" and root.call.function == expression_pb2.FUNCTION_SIZE
    is_sum = root.WhichOneof("kind") == "comprehension" and root.comprehension.macro == expression_pb2.MACRO_SUM
    return is_size or is_sum


def _spoken(columns: set[str]) -> str:
    names = sorted(columns)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
