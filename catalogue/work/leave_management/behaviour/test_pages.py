"""Leave in real browsers: asked for, decided, and seen by those who work together."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in
from stackwright_runtime_validator.plugin import Pages
from stackwright_runtime_validator.scenarios.values import Json

# A Monday to a Wednesday, in a month that no other test asks for.
FIRST, LAST, MONTH = "2033-05-09", "2033-05-11", "2033-05"


def path_of(app: App, view: contract_pb2.View) -> str:
    found = app.model("LeaveRequest")
    return next(page.path for page in app.contract.pages if page.model_id == found.id and page.view == view)


async def employee(app: App, label: str, name: str, **more: Json) -> str:
    values = {"name": name, "email": f"{label}@staff.example", "user": (await app.person(label)).id, **more}
    return str((await app.call("Employee.create", values, by="hr", expect=201)).body["id"])


@pytest.mark.shows(1)
async def test_leave_is_asked_for_approved_and_in_the_calendar_of_the_department(
    app: App, pages: Pages, site: str
) -> None:
    department = (await app.call("Department.create", {"name": "Archive"}, by="hr", expect=201)).body["id"]
    boss = await employee(app, "ann", "Maria Boss")
    await employee(app, "bob", "Otto Clerk", manager=boss, department=department)
    # Somebody beside him, and somebody elsewhere.
    await employee(app, "admin2", "Peer Desk", department=department)
    await app.call("LeaveKind.create", {"name": "Moving house", "limited": False}, by="hr", expect=201)

    his = await pages()
    await sign_in(his, site, await app.person("bob"))
    await his.goto(f"{site}{path_of(app, contract_pb2.VIEW_LIST)}")
    await his.get_by_role("link", name=re.compile("^new leave request", re.IGNORECASE)).first.click()
    await his.get_by_role("combobox", name=re.compile("^kind", re.IGNORECASE)).fill("Moving")
    await his.get_by_role("option", name="Moving house").click()
    await field(his, "starts on").fill(FIRST)
    await field(his, "ends on").fill(LAST)
    await field(his, "note").fill("Private matters")
    await his.get_by_role("button", name=re.compile("^(create|save|add)", re.IGNORECASE)).click()
    await expect(his).not_to_have_url(re.compile("/new$"))
    asked = (await app.call("LeaveRequest.list", {"starts_on": FIRST}, by="bob", expect=200)).body["items"][0]

    hers = await pages()
    detail = path_of(app, contract_pb2.VIEW_DETAIL).replace(":id", asked["id"])
    await sign_in(hers, site, await app.person("ann"))
    await hers.goto(f"{site}{detail}")
    await expect(hers.get_by_text("Private matters").first).to_be_visible()
    await calendar(app, hers, site)
    await expect(hers.get_by_role("link", name=re.compile("Otto Clerk"))).to_have_count(0)
    await hers.goto(f"{site}{detail}")
    await hers.get_by_role("button", name="Approve").first.click()
    confirm = hers.get_by_role("alertdialog").or_(hers.get_by_role("dialog"))
    approved = hers.get_by_text("Approved").first
    await expect(confirm.or_(approved).first).to_be_visible()
    if await confirm.count():
        await confirm.get_by_role("button", name="Approve").click()
    await expect(approved).to_be_visible()

    await his.goto(f"{site}{detail}")
    await expect(his.get_by_role("button", name="Approve")).to_have_count(0)
    await calendar(app, his, site)
    await expect(his.get_by_role("link", name=re.compile("Otto Clerk")).first).to_be_visible()


async def calendar(app: App, page: Page, site: str) -> None:
    """The team calendar on the month of the leave."""
    await page.goto(f"{site}{path_of(app, contract_pb2.VIEW_CALENDAR)}?month={MONTH}", wait_until="networkidle")
    await expect(page.get_by_role("region", name="Team calendar")).to_be_visible()


@pytest.mark.shows(1)
async def test_colleagues_see_when_somebody_is_away_and_not_why(app: App) -> None:
    department = (await app.call("Department.create", {"name": "Library"}, by="hr", expect=201)).body["id"]
    clerk = await app.person("each")
    beside = await app.person("each")
    for person, name in ((clerk, "Ida Shelf"), (beside, "Jon Page")):
        values = {"name": name, "email": person.email, "user": person.id, "department": department}
        await app.call("Employee.create", values, by="hr", expect=201)
    elsewhere = await app.person("each")
    kind = (await app.call("LeaveKind.create", {"name": "Care", "limited": False}, by="hr", expect=201)).body["id"]
    wanted = {"kind": kind, "starts_on": FIRST, "ends_on": LAST, "note": "Private matters"}
    row = (await app.call("LeaveRequest.create", wanted, by=clerk, expect=201)).body["id"]
    await app.call("LeaveRequest.read", by=beside, row=row, expect=404)
    await app.call("LeaveRequest.approve", by="hr", row=row, expect=200)
    seen = (await app.call("LeaveRequest.read", by=beside, row=row, expect=200)).body
    assert seen["starts_on"] == FIRST
    assert "note" not in seen
    await app.call("LeaveRequest.read", by=elsewhere, row=row, expect=404)
