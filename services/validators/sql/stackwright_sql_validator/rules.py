"""Rules about tables: what a migrated database should have, and should not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stackwright.code.v1.facts_pb2 import TableFact
from stackwright.code.v1.finding_pb2 import (
    GATE_ARCHITECTURE,
    GATE_PERFORMANCE,
    GATE_SECURITY,
    SEVERITY_CRITICAL,
    SEVERITY_HIGH,
    SEVERITY_MEDIUM,
    Gate,
    Severity,
)
from stackwright_sdk.validation import Place, Project
from stackwright_sql_validator.catalog import unindexed_keys

_MONEY = re.compile(
    r"(^|_)(price|amount|total|subtotal|cost|balance|fee|salary|wage|money|tax|discount|payment|paid|due)(_|$)"
)
_FLOATS = frozenset({"real", "double precision"})

REMARKS: dict[str, tuple[Severity, Gate, str]] = {
    "constraint-unnamed": (SEVERITY_MEDIUM, GATE_ARCHITECTURE, "ARC-7"),
    "definer-search-path": (SEVERITY_HIGH, GATE_SECURITY, "SEC-4"),
    "execute-concatenation": (SEVERITY_CRITICAL, GATE_SECURITY, "SEC-4"),
    "execute-format": (SEVERITY_HIGH, GATE_SECURITY, "SEC-4"),
    "grant-to-public": (SEVERITY_MEDIUM, GATE_SECURITY, "SEC-2"),
}
"""Severity, gate and principle of what the parser remarks."""


@dataclass(frozen=True)
class TableProblem:
    """Something wrong with a table."""

    rule: str
    severity: Severity
    gate: Gate
    message: str
    principle: str
    at: Place


def table_problems(tables: Sequence[TableFact], project: Project, migrations: Sequence[str]) -> Iterator[TableProblem]:
    """Judge all tables; timestamps are asked of the tables of the contract (schema `public`) alone."""
    for key in unindexed_keys(tables):
        columns = ", ".join(key.columns)
        message = f"{key.name} ({columns}) has no index: deleting a row it refers to reads the whole table."
        at = _place(project, migrations, key.table, key.columns[0])
        yield TableProblem("foreign-key-unindexed", SEVERITY_MEDIUM, GATE_PERFORMANCE, message, "PERF-3", at)
    for table in tables:
        at = _place(project, migrations, table.name)
        if not table.primary_key:
            message = f"{table.name} has no primary key."
            yield TableProblem("table-without-primary-key", SEVERITY_HIGH, GATE_ARCHITECTURE, message, "ARC-6", at)
        if table.schema == "public":
            yield from _columns_missing(table, at)
        for column in table.columns:
            at = _place(project, migrations, table.name, column.name)
            if column.type == "money" or (column.type in _FLOATS and _MONEY.search(column.name)):
                message = f"{table.name}.{column.name} keeps money as {column.type}; use numeric."
                yield TableProblem("money-as-float", SEVERITY_HIGH, GATE_ARCHITECTURE, message, "COR-4", at)
            if column.type.startswith("timestamp") and column.type.endswith("without time zone"):
                message = f"{table.name}.{column.name} has no time zone; use timestamptz."
                yield TableProblem("timestamp-without-zone", SEVERITY_MEDIUM, GATE_ARCHITECTURE, message, "COR-5", at)


def _columns_missing(table: TableFact, at: Place) -> Iterator[TableProblem]:
    referring = {column for key in table.foreign_keys for column in key.columns}
    if table.primary_key and referring.issuperset(table.primary_key):
        return  # It only links rows of other tables.
    names = {column.name for column in table.columns}
    if missing := [name for name in ("created_at", "updated_at") if name not in names]:
        message = f"{table.name} lacks {' and '.join(missing)}."
        yield TableProblem("table-without-timestamps", SEVERITY_MEDIUM, GATE_ARCHITECTURE, message, "ARC-6", at)


def _place(project: Project, migrations: Sequence[str], table: str, column: str = "") -> Place:
    """Find the line where a table, or a column of it, is made."""
    begins = re.compile(
        rf'\bCREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?(\w+\.)?"?{re.escape(table)}"?[\s(]', re.IGNORECASE
    )
    for path in migrations:
        text = project.text(path)
        if found := begins.search(text):
            line = text.count("\n", 0, found.start()) + 1
            body = text[found.end() :].partition(";")[0]
            if column and (inner := re.search(rf'^\s*"?{re.escape(column)}"?\s', body, re.MULTILINE)):
                line += text.count("\n", found.start(), found.end()) + body.count("\n", 0, inner.end())
            return Place(path, line)
    return Place(migrations[-1] if migrations else "")
