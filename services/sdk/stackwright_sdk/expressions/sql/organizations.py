"""Organizations: which rows an expression may look at, and which roles count in it.

The organization of an expression is that of the row in hand where the row has one, so that a rule of the database and a
clock over all organizations stay within it too; else the one in which the caller acts, which is bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, ContractIndex
from stackwright_sdk.expressions.sql.rows import RowSet
from stackwright_sdk.expressions.sql.values import Sql, atom, column, compare, disjunction, is_null, quote

if TYPE_CHECKING:
    from stackwright_sdk.expressions.sql.compiler import Compiler

_AUTO, _EITHER = model_pb2.TENANCY_AUTO, model_pb2.TENANCY_EITHER


def scoped(compiler: Compiler, model: model_pb2.Model, operations: tuple[str, ...], alias: str) -> list[Sql]:
    """What an access scope asks of the organization of the row `alias`; nothing where there are no organizations."""
    index = compiler.index
    if index.has_organization(model):
        return [_inside(index, model, alias, compiler.parameters.organization())]
    user = index.named("User")
    if not index.contract.tenancy or "refer" not in operations or user is None or user.id != model.id:
        return []
    members = _memberships(compiler, column(alias, "id"), compiler.parameters.organization())
    # Whoever is in no organization can still be told who they are.
    return [disjunction([members.exists(), compare("=", column(alias, "id"), compiler.parameters.actor())])]


def narrowed(compiler: Compiler, rows: RowSet) -> RowSet:
    """The rows of a set that lie in the organization of the expression."""
    model = compiler.index.model(rows.model_id)
    if not compiler.index.has_organization(model):
        return rows
    organization = _organization(compiler)
    return rows if organization is None else rows.where(_inside(compiler.index, model, rows.alias, organization))


def can(compiler: Compiler, permission: str) -> Sql:
    """Whether the caller holds the permission: in expressions of rows of an organization by a role there as well."""
    tenancy = _tenancy(compiler)
    if tenancy == _AUTO:
        return compiler.parameters.here(permission)
    if tenancy == _EITHER and compiler.this is not None and compiler.this.alias is not None:
        nobodys = is_null(column(compiler.this.alias, ORGANIZATION_COLUMN))
        own, here = compiler.parameters.can(permission), compiler.parameters.here(permission)
        choice = layout.concat("CASE WHEN ", nobodys.doc, " THEN ", own.doc, " ELSE ", here.doc, " END")
        return Sql(layout.group(choice))
    return compiler.parameters.can(permission)


def holding(compiler: Compiler, permission: str, user: Sql, own: Sql) -> Sql:
    """Whether a user holds the permission, `own` telling whether by a role of their own."""
    organization = _organization(compiler) if _tenancy(compiler) != model_pb2.TENANCY_NONE else None
    if organization is None:
        return own
    return disjunction([own, _granted(compiler, _memberships(compiler, user, organization), permission).exists()])


def members(compiler: Compiler, users: RowSet) -> RowSet:
    """The users who are members of the organization of the expression; all of them where it has none."""
    organization = _organization(compiler) if _tenancy(compiler) != model_pb2.TENANCY_NONE else None
    if organization is None:
        return users
    return users.where(_memberships(compiler, column(users.alias, "id"), organization).exists())


def _tenancy(compiler: Compiler) -> model_pb2.Tenancy:
    model = compiler.index.models.get(compiler.home)
    return compiler.index.tenancy_of(model) if model is not None else model_pb2.TENANCY_NONE


def _organization(compiler: Compiler) -> Sql | None:
    if _tenancy(compiler) == _AUTO and compiler.this is not None and compiler.this.alias is not None:
        return column(compiler.this.alias, ORGANIZATION_COLUMN)
    # A rule of the database about a row of no organization counts the rows of all.
    return None if compiler.parameters.in_database else compiler.parameters.organization()


def _inside(index: ContractIndex, model: model_pb2.Model, alias: str, organization: Sql) -> Sql:
    of_row = column(alias, ORGANIZATION_COLUMN)
    same = compare("=", of_row, organization)
    return same if index.is_tenanted(model) else disjunction([same, is_null(of_row)])


def _memberships(compiler: Compiler, user: Sql, organization: Sql) -> RowSet:
    model = _model(compiler, "OrganizationMembership")
    alias = compiler.aliases.take(model.names.table)
    rows = RowSet(model.id, alias, (layout.text(_aliased(model.names.table, alias)),))
    of, whose = (_column(compiler, model, name) for name in ("organization", "user"))
    return rows.where(compare("=", column(alias, of), organization), compare("=", column(alias, whose), user))


def _granted(compiler: Compiler, memberships: RowSet, permission: str) -> RowSet:
    index = compiler.index
    role, permissions = _model(compiler, "Role"), _model(compiler, "Permission")
    field = index.field_named(role, "permissions")
    if field is None:
        raise NotCompilable("roles hold no permissions in this contract")
    holds = index.join_table(field)
    held = _column(compiler, index.model(memberships.model_id), "role")
    grant, named = compiler.aliases.take(holds.table), compiler.aliases.take(permissions.names.table)
    grants = f"JOIN {_aliased(holds.table, grant)} ON {grant}.{holds.near} = {memberships.alias}.{held}"
    keys = f"JOIN {_aliased(permissions.names.table, named)} ON {named}.id = {grant}.{holds.far}"
    joined = memberships.joined(layout.text(grants)).joined(layout.text(keys))
    return joined.where(compare("=", column(named, _column(compiler, permissions, "key")), atom(quote(permission))))


def _model(compiler: Compiler, name: str) -> model_pb2.Model:
    model = compiler.index.named(name)
    if model is None:
        raise NotCompilable(f"organizations need the model {name}")
    return model


def _column(compiler: Compiler, model: model_pb2.Model, name: str) -> str:
    field = compiler.index.field_named(model, name)
    if field is None:
        raise NotCompilable(f"organizations need {model.name}.{name}")
    return field.names.column


def _aliased(table: str, alias: str) -> str:
    return table if table == alias else f"{table} AS {alias}"
