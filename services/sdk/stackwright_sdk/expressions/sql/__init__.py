"""Expressions as PostgreSQL."""

import re

from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Expression, Node, tree
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.fragments import SqlFragment
from stackwright_sdk.expressions.index import ContractIndex
from stackwright_sdk.expressions.sql.access import scope
from stackwright_sdk.expressions.sql.compiler import Compiler, bound_row
from stackwright_sdk.expressions.sql.organizations import scoped
from stackwright_sdk.expressions.sql.parameters import Parameters
from stackwright_sdk.expressions.sql.rows import Aliases, RowSet
from stackwright_sdk.expressions.sql.types import column_type, literal, value_type
from stackwright_sdk.expressions.sql.values import Level, Sql, quote

_REPLACEMENT = re.compile(r"'(?:[^']|'')*'|::|:([a-zA-Z_]\w*)")


def to_sql(
    expression: Expression | Node,
    index: ContractIndex,
    *,
    model_id: str = "",
    this: str | None = None,
    old: str | None = None,
    in_database: bool = False,
    condition: bool = False,
    indent: int = 0,
) -> SqlFragment:
    """Compile an expression to a SQL expression of PostgreSQL.

    `this` is the alias by which the statement around the fragment speaks of the row in hand, a row of `model_id`; the
    empty alias is the row of a CHECK. `old` is the alias of the row as it was (triggers only). With `in_database` the
    fragment stands in a CHECK or a trigger: the clock is the database's own, and nothing else can be bound. With
    `condition` it stands in a WHERE or an EXISTS, where unknown counts as false and indexes matter; never use it for a
    CHECK, or below a NOT. A set of rows becomes a SELECT of ids, without brackets. Continued lines are indented by
    `indent` columns.

    Raises NotCompilable, naming the source and the construct, for what SQL cannot say.
    """
    parameters = Parameters(in_database=in_database)
    compiler = Compiler(
        index,
        parameters,
        Aliases(this or "", old or ""),
        this=None if this is None else bound_row(model_id, this),
        old=None if old is None else bound_row(model_id, old),
        home=model_id,
    )
    try:
        root = tree(expression)
        value = compiler.condition(root) if condition else compiler.value(root)
    except NotCompilable as problem:
        raise _sourced(problem, expression) from problem
    if isinstance(value, RowSet):
        document = layout.group(value.select(value.key))
    else:
        document = layout.group(value.doc if isinstance(value, Sql) else value.id.doc)
    return _fragment(document, parameters, indent)


def scope_sql(index: ContractIndex, model_id: str, operation: str, *, this: str, indent: int = 0) -> SqlFragment:
    """The WHERE of one operation of a model: `read`, `refer`, `create`, `update` or `delete`.

    Holds for the row `this` when the caller may do the operation with it: the row is not deleted, the model's access
    says so, and for a part its parent is readable; unknown counts as false. A model that states no access is closed:
    FALSE.
    """
    parameters = Parameters(in_database=False)
    compiler = Compiler(index, parameters, Aliases(this))
    try:
        condition = scope(compiler, index.model(model_id), (operation,), this)
    except NotCompilable as problem:
        raise NotCompilable(f"{operation} access of {model_id}: {problem}") from problem
    return _fragment(layout.group(condition.doc), parameters, indent)


def organization_sql(index: ContractIndex, model_id: str, operation: str, *, this: str) -> str:
    """What `scope_sql` asks of the organization of the row `this`, by itself; empty where it asks nothing."""
    compiler = Compiler(index, Parameters(in_database=False), Aliases(this))
    conditions = scoped(compiler, index.model(model_id), (operation,), this)
    return layout.render(conditions[0].at(Level.NOT)) if conditions else ""


def _fragment(document: layout.Doc, parameters: Parameters, indent: int) -> SqlFragment:
    text = layout.render(document, indent=indent)
    # What was folded away (`anyone || …`) needs nothing bound.
    used = set(_REPLACEMENT.findall(text))
    return SqlFragment(text, tuple(item for item in parameters.found if item.name in used))


def _sourced(problem: NotCompilable, expression: Expression | Node) -> NotCompilable:
    if isinstance(expression, Expression) and expression.source:
        return NotCompilable(f"{expression.source!r}: {problem}")
    return problem


__all__ = ["column_type", "literal", "organization_sql", "quote", "scope_sql", "to_sql", "value_type"]
