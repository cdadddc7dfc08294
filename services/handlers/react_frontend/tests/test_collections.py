"""Rows otherwise than as a list: boards, trees, calendars, galleries, and pages by another name than the id."""

import pytest

from stackwright.contract.v1 import contract_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit


def test_a_board_knows_the_actions_that_lead_to_each_column(files: dict[str, str]) -> None:
    board = files["src/features/helpdesk_ticketing/ticket/TicketBoardPage.tsx"]
    assert "optionsOf(stateLabels)" in board
    assert '  pending: ["wait"],' in board
    assert '  open: ["assign", "accept", "reopen"],' in board
    assert "moveTo" not in board, "a state is changed by actions alone"
    assert (
        '"board", access: (visitor) => visitor.can("tickets.work")' in files["src/features/helpdesk_ticketing/index.ts"]
    )


def test_a_board_of_any_other_set_changes_it(data_features: Contract) -> None:
    page = next(page for page in data_features.pages if page.view == contract_pb2.VIEW_BOARD)
    page.by_member = "priority"
    made = emit(Application(data_features)).texts()
    board = made["src/features/helpdesk_ticketing/ticket/TicketBoardPage.tsx"]
    assert 'changes: { priority: value as Ticket["priority"] }' in board
    assert "moves=" not in board


def test_a_tree_asks_for_what_is_below(files: dict[str, str]) -> None:
    tree = files["src/features/product_catalog/product-category/ProductCategoryTreePage.tsx"]
    assert '{ "parent[null]": "true" }' in tree
    assert '"parent[in]": parents.join(",")' in tree
    assert "move: (row, to) => moveProductCategory({ id: row.id, input: to }).unwrap()" in tree


def test_a_calendar_asks_for_what_touches_its_days(files: dict[str, str]) -> None:
    calendar = files["src/features/leave_management/leave-request/LeaveRequestCalendarPage.tsx"]
    assert '"starts_on[lte]": last, "ends_on[gte]": first' in calendar
    assert "row.employee?.display" in calendar


def test_a_gallery_leads_to_the_page_beside_it(files: dict[str, str]) -> None:
    gallery = files["src/features/content_management/article/ArticleGalleryPage.tsx"]
    assert "rowHref={(row) => `/read/${row.slug}`}" in gallery
    assert 'const fixed = { state: "published" };' in gallery
    detail = files["src/features/content_management/article/ArticleDetailPage.tsx"]
    assert "firstOf(useListArticlesQuery(slug === undefined ? skipToken : { slug, page_size: 1 }))" in detail
    assert 'back={{ to: "/read"' in detail
    # Pages of the people who write lead to the row by its id.
    assert "`/articles/${row.id}`" in files["src/features/content_management/article/ArticleListPage.tsx"]


def test_a_chart_has_the_figures_of_its_model(files: dict[str, str], data_features: Contract) -> None:
    chart = files["src/features/helpdesk_ticketing/ticket/TicketChartPage.tsx"]
    assert '<Dashboard title="Ticket figures" period={period}>' in chart
    assert "<TicketsOpenMetric />" in chart
    assert "<TicketsBreachedMetric query={period.query} />" in chart
    assert chart.count("      <") == 2, "figures of other models"
    page = next(page for page in data_features.pages if page.view == contract_pb2.VIEW_CHART)
    page.model_id = next(model.id for model in data_features.models if model.name == "TicketReply")
    missing = emit(Application(data_features)).missing
    assert any(element == page.id and "no metrics" in what for _, element, what in missing)


def test_a_banner_is_told_above_every_page(with_banner: Contract) -> None:
    banner = with_banner.pages[-1]
    made = emit(Application(with_banner)).texts()
    panel = made["src/features/content_management/article/ArticleBannerPanel.tsx"]
    assert 'useListArticlesQuery({ page_size: 3, sort: "-created_at", state: "published" })' in panel
    assert "name={(row) => row.title}" in panel
    assert "href={(row) => `/articles/${row.id}`}" in panel
    assert '() => import("./article/ArticleBannerPanel.tsx")' in made["src/features/content_management/index.ts"]
    banner.where.root.literal.bool_value = True
    missing = emit(Application(with_banner)).missing
    assert any(element == banner.id and "asked of it" in what for _, element, what in missing)


@pytest.mark.parametrize(("view", "why"), [(contract_pb2.VIEW_BOARD, "enum"), (contract_pb2.VIEW_TREE, "itself")])
def test_what_cannot_be_shown_so_is_said(view: int, why: str, data_features: Contract) -> None:
    page = next(page for page in data_features.pages if page.view == view)
    page.by_member = "subject"
    emission = emit(Application(data_features))
    assert any(element == page.id and why in what for _, element, what in emission.missing)
