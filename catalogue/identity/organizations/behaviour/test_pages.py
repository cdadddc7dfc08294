"""Choosing the organization to work in, in a real browser."""

import re

import pytest
from playwright.async_api import Page, expect

from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.browsing import field, sign_in
from stackwright_runtime_validator.scenarios.persons import Person

FIRST, SECOND = "Lighthouse Keepers", "Quarry Works"


def path_of(app: App, model: str, view: contract_pb2.View) -> str:
    found = app.model(model)
    return next(page.path for page in app.contract.pages if page.model_id == found.id and page.view == view)


async def member_of_both(app: App) -> tuple[Person, dict[str, str]]:
    """Somebody with two organizations, and the id of a row of each by its title."""
    person = await app.person("each")
    rows = {}
    for name, title in ((FIRST, "lamp oil"), (SECOND, "dynamite")):
        # Whoever makes an organization is in it from then on.
        await app.call("Organization.create", {"name": name}, by=person, expect=201)
        rows[title] = (await app.call("Sample.create", {"title": title}, by=person, expect=201)).body["id"]
    return person, rows


async def choose(page: Page, name: str) -> None:
    """Switches by the menu, and waits until the page of choices is left."""
    await page.get_by_role("navigation").get_by_role("link", name="Switch organization").click()
    await expect(page.get_by_role("heading", name="Choose an organization")).to_be_visible()
    await page.get_by_role("button", name=name).click()
    await expect(page.get_by_role("heading", name="Choose an organization")).to_have_count(0)


@pytest.mark.shows(1)
async def test_a_person_switches_on_the_page_and_sees_the_rows_there(app: App, page: Page, site: str) -> None:
    person, _ = await member_of_both(app)
    samples = f"{site}{path_of(app, 'Sample', contract_pb2.VIEW_LIST)}"
    await sign_in(page, site, person)
    for organization, there, elsewhere in (
        (SECOND, "dynamite", "lamp oil"),
        (FIRST, "lamp oil", "dynamite"),
        (SECOND, "dynamite", "lamp oil"),
    ):
        await choose(page, organization)
        # Without loading the application anew: what was read before must be forgotten.
        await page.get_by_role("navigation").get_by_role("link", name="Samples", exact=True).first.click()
        await expect(page).to_have_url(re.compile(re.escape(samples)))
        await expect(page.get_by_text(there).first).to_be_visible()
        await expect(page.get_by_text(elsewhere)).to_have_count(0)
    # The menu leads to the choice, which tells where one is.
    await page.get_by_role("navigation").get_by_role("link", name="Switch organization").click()
    await expect(page.get_by_role("button", name=SECOND)).to_have_attribute("aria-current", "true")
    await expect(page.get_by_role("button", name=FIRST)).not_to_have_attribute("aria-current", "true")


@pytest.mark.shows(1)
async def test_who_makes_an_organization_is_in_it_at_once(app: App, page: Page, site: str) -> None:
    person, _ = await member_of_both(app)
    await sign_in(page, site, person)
    await choose(page, SECOND)
    menu = page.get_by_role("navigation")
    await menu.get_by_role("link", name="Samples", exact=True).first.click()
    await expect(page.get_by_text("dynamite").first).to_be_visible()
    await menu.get_by_role("link", name="Organizations", exact=True).click()
    await page.get_by_role("link", name="New organization").click()
    await field(page, "name").fill("Empty Hall")
    await page.get_by_role("button", name="Create organization").click()
    await expect(page.get_by_role("heading", name="Empty Hall")).to_be_visible()
    await menu.get_by_role("link", name="Samples", exact=True).first.click()
    await expect(page.get_by_role("heading", name="Samples", exact=True)).to_be_visible()
    await expect(page.get_by_text("No samples yet")).to_be_visible()
    await expect(page.get_by_text("dynamite")).to_have_count(0)


@pytest.mark.shows(2)
async def test_a_kept_address_leads_to_nothing_in_another_organization(app: App, page: Page, site: str) -> None:
    person, rows = await member_of_both(app)
    detail = path_of(app, "Sample", contract_pb2.VIEW_DETAIL)
    await sign_in(page, site, person)
    await choose(page, SECOND)
    await page.goto(f"{site}{detail.replace('{id}', rows['dynamite']).replace(':id', rows['dynamite'])}")
    await expect(page.get_by_text("dynamite").first).to_be_visible()
    await page.goto(f"{site}{detail.replace('{id}', rows['lamp oil']).replace(':id', rows['lamp oil'])}")
    await expect(
        page.get_by_text(re.compile("not found|does not exist|no such|nothing", re.IGNORECASE)).first
    ).to_be_visible()
    await expect(page.get_by_text("lamp oil")).to_have_count(0)


@pytest.mark.shows(2)
async def test_who_is_in_no_organization_is_led_to_the_choice_and_sees_nothing_else(
    app: App, page: Page, site: str
) -> None:
    await app.call("Sample.create", {"title": "hidden treasure"}, by="ann", expect=201)
    person = await app.person("each")
    mine = (await app.call("OrganizationMembership.list", {"user": person.id}, by=person, expect=200)).body
    for item in mine["items"]:
        await app.call("OrganizationMembership.delete", by=person, row=item["id"], expect=204)
    await sign_in(page, site, person)
    await page.goto(f"{site}{path_of(app, 'Sample', contract_pb2.VIEW_LIST)}")
    await expect(page.get_by_role("heading", name="Choose an organization")).to_be_visible()
    await expect(page.get_by_text("You are a member of none yet")).to_be_visible()
    await expect(page.get_by_text("hidden treasure")).to_have_count(0)


@pytest.mark.shows(2)
@pytest.mark.beside("content_management")
async def test_an_address_names_whose_public_pages_a_stranger_sees(app: App, page: Page, site: str) -> None:
    person = await app.person("each")
    made = (await app.call("Organization.create", {"name": "Night Owls"}, by=person, expect=201)).body
    article = (await app.call("Article.create", {"title": "Owl news", "body": "Hoo."}, by=person, expect=201)).body
    await app.call("Article.publish", by=person, row=article["id"], expect=200)
    await page.goto(f"{site}/read")
    await expect(page.get_by_role("heading", name="Read", exact=True)).to_be_visible()
    await expect(page.get_by_text("No articles yet")).to_be_visible()
    await page.goto(f"{site}/read?organization={made['slug']}")
    await expect(page.get_by_text("Owl news").first).to_be_visible()
    # It stays so on the pages that follow.
    await page.goto(f"{site}/read")
    await expect(page.get_by_text("Owl news").first).to_be_visible()
