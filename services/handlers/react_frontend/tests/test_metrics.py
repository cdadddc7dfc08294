"""Figures: a card for each metric, offered to whom its rows are, and one page with all of them."""

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit


def test_a_card_knows_its_groups_and_their_words(files: dict[str, str]) -> None:
    card = files["src/features/helpdesk_ticketing/ticket/TicketsOpenMetric.tsx"]
    assert 'kind="bar"' in card
    assert 'by="Priority"' in card
    assert "names={priorityLabels}" in card
    assert "query" not in card.replace("Query", "")


def test_a_card_along_time_is_asked_for_some_days(files: dict[str, str]) -> None:
    card = files["src/features/order_management/order/RevenueMetric.tsx"]
    assert "useMetricRevenueQuery(query)" in card
    assert 'kind="line"' in card
    api = files["src/features/order_management/order/api.ts"]
    assert "metricRevenue: build.query<MetricAnswer, MetricQuery>" in api
    assert 'providesTags: [{ type: "Order", id: "FIGURES" }]' in api


def test_the_page_offers_each_card_to_whom_its_rows_are(files: dict[str, str]) -> None:
    page = files["src/features/dashboard/DashboardPage.tsx"]
    assert '{(visitor.can("inventory.read")) && <StockLowMetric />}' in page
    assert "{(visitor.signedIn) && <RevenueMetric query={period.query} />}" in page
    assert "\n      <ArticlesPublishedMetric query={period.query} />" in page
    index = files["src/features/index.ts"]
    assert 'import { feature as dashboard } from "./dashboard/index.ts"' in index


def test_a_feature_called_dashboard_keeps_its_folder(data_features: Contract) -> None:
    data_features.features.add(key="dashboard")
    paths = emit(Application(data_features)).texts()
    assert "src/features/figures/DashboardPage.tsx" in paths
    assert "src/features/dashboard/index.ts" not in paths


def test_without_metrics_there_is_no_such_page(sample: Contract) -> None:
    assert not [path for path in emit(Application(sample)).texts() if "dashboard" in path]
