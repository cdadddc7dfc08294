"""What the sign-in code reads: classes under the names that it knows, and the queries for callers and roles."""

from dataclasses import dataclass

from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application


@dataclass(frozen=True)
class RoleTables:
    """Tables that hold roles and permissions."""

    roles: str
    user_roles: str
    user_column: str
    role_column: str
    permissions: str
    role_permissions: str
    grant_role_column: str
    grant_permission_column: str


@dataclass(frozen=True)
class NamesView:
    """A file `auth/names.ts`."""

    exports: list[str]
    users: str
    sessions: str
    tables: RoleTables | None
    """None where roles are names on the user."""
    role_column: str
    """Column of the names; empty where the contract has no role at all."""
    memberships: str
    """Table of who is a member of which organization; empty where there are none."""
    organizations: str
    """Their table."""
    grants: list[str]
    """Role and permissions of each, where roles are names."""


def names_view(application: Application, path: str) -> NamesView:
    """The view; raises StopIteration for a contract without the models of authentication."""
    models = {model.name: model for model in application.contract.models if model.feature == "authentication"}
    user, session, token = (
        next(model for name, model in models.items() if name.endswith(wanted))
        for wanted in ("User", "Session", "RefreshToken")
    )
    exports = []
    for known, model in (("RefreshToken", token), ("Session", session), ("User", user)):
        own = model.names.class_name
        shown = known if own == known else f"{own} as {known}"
        exports.append(f"export {{ {shown} }} from '../{model.names.file}/model.ts';")
    grants = [
        f"{ts.string(role.name)}: [{', '.join(ts.string(key) for key in role.permissions)}]"
        for role in application.contract.roles
    ]
    names = application.index.field_named(user, "role_names")
    column = names.names.column if names else ""
    tenancy = application.contract.tenancy
    organization, membership = (
        application.index.named(name) if tenancy else None for name in ("Organization", "OrganizationMembership")
    )
    return NamesView(
        exports,
        user.names.table,
        session.names.table,
        _role_tables(application),
        column,
        memberships=membership.names.table if membership else "",
        organizations=organization.names.table if organization else "",
        grants=grants,
    )


def _role_tables(application: Application) -> RoleTables | None:
    if not application.index.has_role_tables:
        return None
    user, role, permission = (application.index.named(name) for name in ("User", "Role", "Permission"))
    if not (user and role and permission):
        return None
    roles_field, permissions_field = (
        application.index.field_named(user, "roles"),
        application.index.field_named(role, "permissions"),
    )
    if not (roles_field and permissions_field):
        return None
    held, granted = application.index.join_table(roles_field), application.index.join_table(permissions_field)
    return RoleTables(
        role.names.table,
        held.table,
        held.near,
        held.far,
        permission.names.table,
        granted.table,
        granted.near,
        granted.far,
    )
