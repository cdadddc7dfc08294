"""The directory and the org chart in a real browser."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in


def path_of(app: App, model: str, view: contract_pb2.View) -> str:
    found = app.model(model)
    return next(page.path for page in app.contract.pages if page.model_id == found.id and page.view == view)


@pytest.mark.shows(1)
async def test_the_org_chart_shows_who_reports_to_whom(app: App, page: Page, site: str) -> None:
    boss = {"name": "Clara Top", "email": "clara@example.org", "job_title": "Director"}
    top = (await app.call("Employee.create", boss, by="hr", expect=201)).body["id"]
    below = {"name": "Dora Below", "email": "dora@example.org", "manager": top}
    await app.call("Employee.create", below, by="hr", expect=201)
    await sign_in(page, site, await app.person("bob"))
    await page.goto(f"{site}{path_of(app, 'Employee', contract_pb2.VIEW_TREE)}")
    await expect(page.get_by_role("link", name="Clara Top")).to_be_visible()
    opener = page.get_by_role("button", name="Open Clara Top")
    closer = page.get_by_role("button", name="Close Clara Top")
    await expect(opener.or_(closer)).to_be_visible()
    if await opener.count():
        await opener.click()
    await expect(
        page.get_by_role("list", name="Below Clara Top").get_by_role("link", name="Dora Below")
    ).to_be_visible()


@pytest.mark.shows(1)
async def test_personnel_adds_somebody_whom_others_find(app: App, page: Page, site: str) -> None:
    await sign_in(page, site, await app.person("hr"))
    path = path_of(app, "Employee", contract_pb2.VIEW_LIST)
    await page.goto(f"{site}{path}")
    await page.get_by_role("link", name=re.compile("^new employee", re.IGNORECASE)).first.click()
    await field(page, "name").fill("Edda New")
    await field(page, "e-?mail").fill("edda@example.org")
    await page.get_by_role("button", name=re.compile("^(create|save|add)", re.IGNORECASE)).click()
    await expect(page.get_by_text("Edda New").first).to_be_visible()
    answer = await app.call("Employee.list", {"search": "Edda"}, by="bob", expect=200)
    assert [item["email"] for item in answer.body["items"]] == ["edda@example.org"]


@pytest.mark.shows(1)
async def test_who_does_not_manage_employees_is_offered_no_way_to_add_one(app: App, page: Page, site: str) -> None:
    await app.call("Employee.create", {"name": "Finn Found", "email": "finn@example.org"}, by="hr", expect=201)
    await sign_in(page, site, await app.person("bob"))
    await page.goto(f"{site}{path_of(app, 'Employee', contract_pb2.VIEW_LIST)}?search=Finn")
    await expect(page.get_by_text("Finn Found").first).to_be_visible()
    await expect(page.get_by_role("link", name=re.compile("^new employee", re.IGNORECASE))).to_have_count(0)
