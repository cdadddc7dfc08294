"""Nothing of one organization is told in another, whatever is asked; who switches sees what is there."""

import pytest

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.scenarios.operations import METHODS
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import Json


def of_organizations(app: App) -> set[str]:
    """Ids of the models whose rows belong to an organization."""
    return {
        model.id
        for model in app.contract.models
        if model.tenancy == model_pb2.TENANCY_AUTO and model.kind != model_pb2.MODEL_KIND_INTERNAL
    }


async def outsider(app: App, name: str) -> tuple[Person, Json]:
    """Somebody whose session is in an organization of their own, and that organization."""
    person = await app.person("each")
    made = await app.call("Organization.create", {"name": name}, by=person, expect=201)
    return person, made.body


@pytest.mark.shows(1)
async def test_who_switches_sees_and_makes_the_rows_of_that_organization(app: App) -> None:
    person, first = await outsider(app, "First")
    await app.call("Sample.create", {"title": "in the first"}, by=person, expect=201)
    # Whoever makes an organization is in it from then on.
    second = (await app.call("Organization.create", {"name": "Second"}, by=person, expect=201)).body
    await app.call("Sample.create", {"title": "in the second"}, by=person, expect=201)
    for organization, title in ((first, "in the first"), (second, "in the second")):
        await app.call("switch_organization", {"organization": organization["id"]}, by=person, expect=200)
        listed = (await app.call("Sample.list", by=person, expect=200)).body
        assert [item["title"] for item in listed["items"]] == [title]


@pytest.mark.shows(1)
async def test_a_role_is_held_in_one_organization_alone(app: App) -> None:
    person, first = await outsider(app, "Held")
    other, second = await outsider(app, "Unheld")
    roles = (await app.call("Role.choices", {"search": "organizer"}, by=other, expect=200)).body["items"]
    given = {"email": person.email, "role": roles[0]["id"]}
    await app.call("Organization.add_member", given, by=other, row=second["id"], expect=200)
    # An administrator at home, an organizer there: each may what the role of that organization says.
    await app.call("Organization.update", {"name": "Held still"}, by=person, row=first["id"], expect=200)
    await app.call("Organization.update", {"name": "Taken"}, by=person, row=second["id"], expect=403)


@pytest.mark.shows(2)
async def test_every_list_of_a_new_organization_has_what_it_began_with_alone(app: App) -> None:
    await app.call("Sample.create", {"title": "somewhere else"}, by="ann", expect=201)
    person, _ = await outsider(app, "Empty")
    wrong, asked, models = [], 0, of_organizations(app)
    kinds = (operation_pb2.OPERATION_KIND_LIST, operation_pb2.OPERATION_KIND_CHOICES)
    for operation in app.contract.operations:
        if operation.model_id in models and operation.kind in kinds and "{" not in operation.path:
            answer = await app.call(operation.names.call, by=person)
            asked += 1
            begun = sum(len(seed.rows) for seed in app.contract.seeds if seed.model_id == operation.model_id)
            if answer.status == 200 and len(answer.body["items"]) > begun:
                wrong.append(f"{operation.names.call} tells of {len(answer.body['items'])} rows")
    assert asked
    assert not wrong, "; ".join(wrong)


@pytest.mark.shows(2)
async def test_no_operation_reaches_a_row_of_another_organization(app: App) -> None:
    row = (await app.call("Sample.create", {"title": "theirs"}, by="ann", expect=201)).body["id"]
    person, _ = await outsider(app, "Beyond")
    sample = next(model.id for model in app.contract.models if model.name == "Sample")
    wrong = []
    for operation in app.contract.operations:
        if operation.model_id == sample and operation.path.endswith(("{id}", "}/" + operation.name)):
            values: dict[str, Json] = {} if METHODS[operation.method] in ("GET", "DELETE") else {"title": "mine"}
            status = (await app.call(operation.names.call, values, by=person, row=row)).status
            if status != 404:
                wrong.append(f"{operation.names.call} answers {status}")
    assert not wrong, "; ".join(wrong)
    await app.call("Sample.create", {"title": "child", "parent": row}, by=person, expect=422)
    kept = (await app.call("Sample.read", by="ann", row=row, expect=200)).body
    assert kept["title"] == "theirs"


@pytest.mark.shows(2)
async def test_nobody_outside_can_be_named_in_a_row(app: App) -> None:
    person, _ = await outsider(app, "Alone")
    ann = await app.person("ann")
    named = (await app.call("User.choices", {"search": ann.name}, by=person)).body
    assert ann.id not in [item["id"] for item in named.get("items", [])]
