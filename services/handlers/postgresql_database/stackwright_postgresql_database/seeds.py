"""Rows that exist after every migration: permissions and roles of the contract, and rows that features name."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_kit.errors import FieldViolation
from stackwright_postgresql_database.fields import key_value_kind
from stackwright_postgresql_database.refusals import NotCompiledError
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.index import JoinTable
from stackwright_sdk.expressions.sql import literal, quote


@dataclass(frozen=True)
class Access:
    """Permissions, roles and what each role may do, as literals."""

    permissions: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    grants: tuple[tuple[str, str], ...]
    permission_table: str
    role_table: str
    grants_table: JoinTable
    role_key: str


@dataclass(frozen=True)
class Rows:
    """Rows of one model, as literals."""

    title: str
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def access_of(index: ContractIndex) -> Access | None:
    """What the contract seeds of permissions and roles, when roles are rows."""
    if not any(seed.from_contract for seed in index.contract.seeds):
        return None
    role, permission = index.named("Role"), index.named("Permission")
    granted = index.field_named(role, "permissions") if role else None
    if role is None or permission is None or granted is None:
        problem = FieldViolation("seeds", "`from_contract` is compiled for Permission and Role only")
        raise NotCompiledError(f"{problem.field}: {problem.description}", violations=[problem])
    contract = index.contract
    return Access(
        permissions=tuple((quote(item.key), quote(item.title)) for item in contract.permissions),
        roles=tuple(quote(item.name) for item in contract.roles),
        grants=tuple((quote(role.name), quote(key)) for role in contract.roles for key in role.permissions),
        permission_table=permission.names.table,
        role_table=role.names.table,
        grants_table=index.join_table(granted),
        role_key=_role_key(role, index),
    )


def rows_of(index: ContractIndex, *, of_organizations: bool = False) -> list[Rows]:
    """The rows that features name one by one: those of the installation, or what organizations begin with."""
    return [
        _rows(seed, index)
        for seed in index.contract.seeds
        if seed.rows and index.is_tenanted(index.model(seed.model_id)) == of_organizations
    ]


def _role_key(role: model_pb2.Model, index: ContractIndex) -> str:
    for rule in role.rules:
        if rule.HasField("unique") and [index.field(item).name for item in rule.unique.field_ids] == ["name"]:
            return "lower(name)" if rule.unique.ignore_case else "name"
    return "name"


def _rows(seed: contract_pb2.Seed, index: ContractIndex) -> Rows:
    model = index.model(seed.model_id)
    fields = list(dict.fromkeys(value.field_id for row in seed.rows for value in row.values))
    names = tuple(index.field(item).names.column for item in fields)
    rows = []
    for row in seed.rows:
        given = {value.field_id: value.value for value in row.values}
        rows.append(
            tuple(
                str(literal(given[item], key_value_kind(index.field(item)))) if item in given else "DEFAULT"
                for item in fields
            )
        )
    return Rows(model.names.plural_label or model.name, model.names.table, names, tuple(rows))
