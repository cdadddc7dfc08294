"""What a migrated database holds, read from its catalog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import asyncpg

from stackwright.code.v1.facts_pb2 import ColumnFact, ConstraintFact, ForeignKeyFact, IndexFact, TableFact

_TABLES = """
SELECT c.oid, n.nspname AS schema, c.relname AS name
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
"""
_COLUMNS = """
SELECT a.attrelid AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
       NOT a.attnotnull AS nullable, coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS default
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum
"""
_CONSTRAINTS = """
SELECT k.conrelid AS table, k.conname AS name, k.contype::text AS kind, pg_get_constraintdef(k.oid) AS definition,
       k.confdeltype::text AS on_delete,
       CASE WHEN tn.nspname = 'public' THEN t.relname ELSE tn.nspname || '.' || t.relname END AS target,
       ARRAY(SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place) JOIN pg_attribute a
             ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY u.place)::text[] AS columns,
       ARRAY(SELECT a.attname FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place) JOIN pg_attribute a
             ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY u.place)::text[] AS target_columns
FROM pg_constraint k LEFT JOIN pg_class t ON t.oid = k.confrelid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE k.conrelid = ANY($1::oid[]) ORDER BY k.conrelid, k.conname
"""
_INDEXES = """
SELECT i.indrelid AS table, c.relname AS name, i.indisunique AS unique,
       coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate,
       ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true)
             FROM generate_series(1, i.indnkeyatts) AS n ORDER BY n)::text[] AS columns
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY($1::oid[]) AND i.indisvalid ORDER BY i.indrelid, c.relname
"""
_TRIGGERS = """
SELECT t.tgrelid AS table, t.tgname AS name FROM pg_trigger t
WHERE t.tgrelid = ANY($1::oid[]) AND NOT t.tgisinternal ORDER BY t.tgrelid, t.tgname
"""
_ON_DELETE = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_KINDS = {"c": "check", "u": "unique", "x": "exclude"}


@dataclass(frozen=True)
class UnindexedKey:
    """A foreign key that no index begins with."""

    table: str
    name: str
    columns: Sequence[str]


async def read_catalog(connection: asyncpg.Connection[asyncpg.Record]) -> list[TableFact]:
    """Read all tables that the migrations made, in order of schema and name; those of extensions are left out."""
    tables = await connection.fetch(_TABLES)
    facts = {row["oid"]: TableFact(schema=row["schema"], name=row["name"]) for row in tables}
    oids = list(facts)
    for row in await connection.fetch(_COLUMNS, oids):
        column = ColumnFact(name=row["name"], type=row["type"], nullable=row["nullable"], default=row["default"])
        facts[row["table"]].columns.append(column)
    for row in await connection.fetch(_CONSTRAINTS, oids):
        _add_constraint(facts[row["table"]], row)
    for row in await connection.fetch(_INDEXES, oids):
        facts[row["table"]].indexes.append(
            IndexFact(name=row["name"], unique=row["unique"], columns=row["columns"], predicate=row["predicate"])
        )
    for row in await connection.fetch(_TRIGGERS, oids):
        facts[row["table"]].triggers.append(row["name"])
    return list(facts.values())


def _add_constraint(table: TableFact, row: asyncpg.Record) -> None:
    if row["kind"] == "p":
        table.primary_key.extend(row["columns"])
    elif row["kind"] == "f":
        table.foreign_keys.append(
            ForeignKeyFact(
                name=row["name"],
                columns=row["columns"],
                references_table=row["target"],
                references_columns=row["target_columns"],
                on_delete=_ON_DELETE[row["on_delete"]],
            )
        )
    elif kind := _KINDS.get(row["kind"]):
        table.constraints.append(ConstraintFact(name=row["name"], kind=kind, definition=row["definition"]))


def unindexed_keys(tables: Sequence[TableFact]) -> Iterator[UnindexedKey]:
    """Foreign keys whose columns, in any order, no whole index begins with."""
    for table in tables:
        starts = [index.columns for index in table.indexes if _covers_references(index)]
        for key in table.foreign_keys:
            wanted = set(key.columns)
            if not any(set(columns[: len(wanted)]) == wanted for columns in starts):
                yield UnindexedKey(table.name, key.name, list(key.columns))


def _covers_references(index: IndexFact) -> bool:
    """An index over part of the rows serves a foreign key when it leaves out only rows that refer to nothing."""
    return not index.predicate or index.predicate in {f"({column} IS NOT NULL)" for column in index.columns}
