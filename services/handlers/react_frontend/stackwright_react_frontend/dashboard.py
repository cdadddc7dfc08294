"""Emits the figures of all features: a card for each metric beside its model, and one page with all of them."""

from stackwright_react_frontend import access
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emitted import Emission
from stackwright_react_frontend.views.feature import MenuItem, Parts, Route, feature_view
from stackwright_react_frontend.views.metrics import (
    Card,
    card_of,
    dashboard_view,
    metric_view,
    operation_of,
)

_NAMES = ("dashboard", "figures")


def emit_dashboard(application: Application, emission: Emission) -> tuple[str, str] | None:
    """Emit cards and page; give the module and name of the page's entry among the features, if there is one."""
    cards: list[Card] = []
    for metric in application.contract.metrics:
        operation, card = operation_of(application, metric), card_of(application, metric)
        if operation is None or card is None:
            continue
        emission.add(
            "Metric.tsx", card.module, metric_view(application, metric, operation, card.module), metric.feature
        )
        cards.append(card)
    if not cards:
        return None
    # A feature of this name keeps its folder and its address.
    name = next(name for name in _NAMES if not application.has_feature(name))
    folder = f"src/features/{name}"
    allowed = access.any_of(card.allowed for card in cards)
    page = f"{folder}/DashboardPage.tsx"
    emission.add("DashboardPage.tsx", page, dashboard_view(page, "Dashboard", "DashboardPage", cards, allowed), "")
    emission.component("DashboardPage")
    parts = Parts(
        routes=[Route(f"/{name}", page, allowed)],
        menu=[MenuItem("main", "Dashboard", f"/{name}", "chart", allowed)],
    )
    emission.add("feature.ts", f"{folder}/index.ts", feature_view(name, folder, parts, [], [], plugin=False), "")
    return f"{folder}/index.ts", name
