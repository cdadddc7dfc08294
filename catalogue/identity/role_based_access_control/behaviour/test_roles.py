"""Roles hold permissions, users hold roles, and what changes counts at the next request."""

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.scenarios.client import Answer


async def permissions(app: App) -> dict[str, str]:
    """Ids of the seeded permissions by key."""
    answer = await app.call("Permission.list", {"page_size": 100}, by="admin", expect=200)
    return {item["key"]: item["id"] for item in answer.body["items"]}


async def new_role(app: App, name: str, *keys: str) -> str:
    ids = await permissions(app)
    values = {"name": name, "permissions": [ids[key] for key in keys]}
    return (await app.call("Role.create", values, by="admin", expect=201)).body["id"]


async def give(app: App, label: str, *roles: str, by: str = "admin") -> Answer:
    """Makes these the roles of a person, by whichever operation the application has for it."""
    person = await app.person(label)
    if "User.update" in app.operations:
        return await app.call("User.update", {"roles": list(roles)}, by=by, row=person.id)
    answer = None
    for role in (await app.call("Role.list", {"page_size": 100}, by="admin", expect=200)).body["items"]:
        held = {user["id"] for user in role.get("users", [])}
        wanted = held | {person.id} if role["id"] in roles else held - {person.id}
        if wanted != held:
            answer = await app.call("Role.update", {"users": sorted(wanted)}, by=by, row=role["id"])
    assert answer is not None, "nothing was to be changed"
    return answer


@pytest.mark.shows(1)
async def test_a_role_given_or_taken_counts_at_the_next_request(app: App) -> None:
    role = await new_role(app, "Reader of roles", "roles.read")
    await app.call("Role.list", by="bob", expect=403)
    assert (await give(app, "bob", role)).status == 200
    await app.call("Role.list", by="bob", expect=200)
    assert (await give(app, "bob")).status == 200
    await app.call("Role.list", by="bob", expect=403)


@pytest.mark.shows(1)
async def test_a_change_of_a_roles_permissions_counts_at_the_next_request(app: App) -> None:
    ids = await permissions(app)
    role = await new_role(app, "Changing", "roles.read")
    await give(app, "bob2", role)
    await app.call("Role.list", by="bob2", expect=200)
    changed = await app.call("Role.update", {"permissions": []}, by="admin", row=role, expect=200)
    assert changed.body["permissions"] == []
    await app.call("Role.list", by="bob2", expect=403)
    await app.call(
        "Role.update", {"permissions": [ids["roles.read"], ids["roles.manage"]]}, by="admin", row=role, expect=200
    )
    await app.call("Role.create", {"name": "Made by bob", "permissions": []}, by="bob2", expect=201)


@pytest.mark.shows(1)
async def test_nobody_without_the_permission_changes_roles_or_who_holds_them(app: App) -> None:
    role = await new_role(app, "Wanted", "roles.manage")
    await app.call("Role.create", {"name": "Mine", "permissions": []}, by="bob", expect=403)
    await app.call("Role.update", {"name": "Mine"}, by="bob", row=role, expect=403)
    await app.call("Role.delete", by="bob", row=role, expect=403)
    if "User.update" in app.operations:
        assert (await give(app, "bob", role, by="bob")).status in (403, 422)
    await app.call("Role.list", expect=401)
    await app.call("Role.list", by="bob", expect=403)


@pytest.mark.shows(1)
async def test_an_administrator_edits_roles_but_built_in_ones_keep_their_names(app: App) -> None:
    role = await new_role(app, "Temporary", "roles.read")
    renamed = await app.call("Role.update", {"name": "Lasting", "description": "d"}, by="admin", row=role, expect=200)
    assert renamed.body["name"] == "Lasting"
    await app.call("Role.create", {"name": "LASTING", "permissions": []}, by="admin", expect=409)
    await app.call("Role.delete", by="admin", row=role, expect=204)
    await app.call("Role.read", by="admin", row=role, expect=404)
    roles = (await app.call("Role.list", {"page_size": 100}, by="admin", expect=200)).body["items"]
    admin = next(item for item in roles if item["name"] == "admin")
    await app.call("Role.update", {"name": "boss"}, by="admin", row=admin["id"], expect=409)
    await app.call("Role.delete", by="admin", row=admin["id"], expect=409)
