"""Organizations of the example rows: two, of which the first has everybody among its members and all the other rows."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.examples.entries import default_of
from stackwright_postgresql_database.examples.made import Examples
from stackwright_postgresql_database.examples.store import ExampleRow
from stackwright_postgresql_database.fields import has_column
from stackwright_sdk.expressions import ContractIndex

_NAMES = ("Northwind Trading", "Harbour Studio")
COUNT = len(_NAMES)
# Numbers that no other way of making rows gives: they make the ids.
_BEYOND = 20_000


def is_organization(model: model_pb2.Model, index: ContractIndex) -> bool:
    """Whether rows of the model are the organizations to which others belong."""
    found = index.named("Organization") if index.contract.tenancy else None
    return found is not None and found.id == model.id


def first_organization(made: Examples) -> str:
    """The id of the organization of all rows; empty where there are no organizations."""
    index = made.store.index
    model = index.named("Organization") if index.contract.tenancy else None
    rows = made.store.of(model.id) if model else []
    return rows[0].id if rows else ""


def name_organizations(made: Examples, model: model_pb2.Model) -> None:
    """Give the organizations names that organizations have, and members to the first."""
    for row, name in zip(made.store.of(model.id), _NAMES, strict=False):
        row.values_ |= {"name": name, "slug": name.lower().replace(" ", "-")}
        made.inserted[row.id] = dict(row.values_)
    index = made.store.index
    memberships, role = index.named("OrganizationMembership"), index.named("Role")
    if memberships is None or role is None or not made.store.of(model.id):
        return
    roles = {row.existing: row.id for row in made.store.of(role.id) if row.existing}
    member = next((roles[name] for name in ("organizer", "member") if name in roles), next(iter(roles.values())))
    organization = made.store.of(model.id)[0]
    known = {row["user"]: row for row in made.store.of(memberships.id) if row["organization"] == organization.id}
    for number, person in enumerate(made.people):
        row = known.get(person.id) or ExampleRow(made.store, memberships, _BEYOND + number)
        if person.id not in known:
            row.values_ |= {item.name: default_of(item) for item in memberships.fields if has_column(item)}
            row.values_["created_at"] = row.values_["updated_at"] = organization.created
            made.store.add(row)
        row.values_ |= {
            "organization": organization.id,
            "user": person.id,
            "role": roles.get("admin", member) if number == 0 else member,
        }
