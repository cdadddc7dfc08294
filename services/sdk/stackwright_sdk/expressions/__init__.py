"""The compiler of the contract's expressions: to SQL, to TypeScript, and to a Python evaluator.

All three give the same answer for the same row; the table of cases in the tests holds them to it.
"""

from stackwright_sdk.expressions.analysis import needs_database, needs_row, permissions, walk
from stackwright_sdk.expressions.errors import NotCompilable, NotInMemory
from stackwright_sdk.expressions.fragments import Parameter, ParameterKind, SqlFragment, TsFragment
from stackwright_sdk.expressions.index import ContractIndex
from stackwright_sdk.expressions.sql import organization_sql, scope_sql, to_sql
from stackwright_sdk.expressions.typescript import HELPERS, TypeScriptNames, to_typescript

__all__ = [
    "HELPERS",
    "ContractIndex",
    "NotCompilable",
    "NotInMemory",
    "Parameter",
    "ParameterKind",
    "SqlFragment",
    "TsFragment",
    "TypeScriptNames",
    "needs_database",
    "needs_row",
    "organization_sql",
    "permissions",
    "scope_sql",
    "to_sql",
    "to_typescript",
    "walk",
]
