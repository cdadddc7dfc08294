"""Figures: a card for each metric, and the page with all of them."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, expression_pb2, model_pb2, operation_pb2
from stackwright_react_frontend import access, fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, pascal
from stackwright_react_frontend.views.model import hook_name, in_words

_FOLDER = "src/shared/metrics"
_KINDS = ("number", "bar", "line", "pie")


@dataclass(frozen=True)
class MetricView:
    """A file `<Name>Metric.tsx`."""

    imports: str
    component: str
    title: str
    kind: str
    hook: str
    # What it is grouped by, as an attribute; nothing where it is not grouped.
    by: str
    # Constant with the words for the members of the set that it is grouped by.
    names: str
    timed: bool


@dataclass(frozen=True)
class CardView:
    """One card of the page. `condition` is on `visitor`; `true` where all who see the page may."""

    component: str
    condition: str
    timed: bool


@dataclass(frozen=True)
class DashboardView:
    """A page with figures: of all features, or of one model."""

    imports: str
    title: str
    component: str
    cards: list[CardView]
    timed: bool
    visitor: bool


def operation_of(application: Application, metric: contract_pb2.Metric) -> operation_pb2.Operation | None:
    """The operation that answers a metric."""
    return next(
        (
            operation
            for operation in application.contract.operations
            if operation.kind == operation_pb2.OPERATION_KIND_METRIC
            and (operation.feature, operation.name) == (metric.feature, metric.key)
        ),
        None,
    )


def metric_component(operation: operation_pb2.Operation) -> str:
    """`metricTicketsOpen` → `TicketsOpenMetric`."""
    return f"{pascal(operation.names.function.removeprefix('metric'))}Metric"


def metric_access(application: Application, operation: operation_pb2.Operation) -> access.Access:
    """Who is offered the card: whoever may ask for rows of its model."""
    model = application.models.get(operation.model_id)
    own = access.of_expression(operation.by)
    return own.both(access.of_expression(model.access.read)) if model else own


def metric_view(
    application: Application, metric: contract_pb2.Metric, operation: operation_pb2.Operation, path: str
) -> MetricView:
    """The card of one metric."""
    imports = Imports(path)
    imports.add(f"{_FOLDER}/MetricCard.tsx", "MetricCard")
    timed = bool(metric.over_member)
    if timed:
        imports.add(f"{_FOLDER}/types.ts", "MetricQuery", type_only=True)
    field = _grouped(application, metric.by.root) if metric.HasField("by") else None
    names = ""
    if field is not None and field.type.kind == model_pb2.FIELD_KIND_ENUM:
        owner = application.models[field.id.rpartition("/")[0]]
        names = imports.add(application.types_module(owner), fields.labels_name(field))
    return MetricView(
        component=metric_component(operation),
        title=attribute(metric.title or in_words(metric.key)),
        kind=metric.chart if metric.chart in _KINDS else "bar",
        hook=imports.add(application.api_module(operation), hook_name(operation)),
        by=attribute(field.names.label if field else "Group") if metric.HasField("by") else "",
        names=names,
        timed=timed,
        imports=imports.text,
    )


def _grouped(application: Application, node: expression_pb2.Node) -> model_pb2.Field | None:
    """The field that an expression reads."""
    return application.fields.get(node.select.field_id) if node.WhichOneof("kind") == "select" else None


@dataclass(frozen=True)
class Card:
    """A card as it was emitted: where it is, and who is offered it."""

    module: str
    component: str
    allowed: access.Access
    timed: bool


def card_of(application: Application, metric: contract_pb2.Metric) -> Card | None:
    """Where the card of a metric is, beside the requests of its operation; none where no operation answers it."""
    operation = operation_of(application, metric)
    if operation is None:
        return None
    component = metric_component(operation)
    module = f"{application.api_module(operation).rpartition('/')[0]}/{component}.tsx"
    return Card(module, component, metric_access(application, operation), bool(metric.over_member))


def cards_of(application: Application, model_id: str) -> list[Card]:
    """The cards of all metrics of a model."""
    found = (card_of(application, metric) for metric in application.contract.metrics if metric.model_id == model_id)
    return [card for card in found if card is not None]


def dashboard_view(path: str, title: str, component: str, cards: list[Card], allowed: access.Access) -> DashboardView:
    """The page with these cards; `allowed` is who sees it."""
    imports = Imports(path)
    imports.add(f"{_FOLDER}/Dashboard.tsx", "Dashboard")
    views = []
    for card in cards:
        imports.add(card.module, card.component)
        condition = "true" if allowed.both(card.allowed) == allowed else card.allowed.condition()
        views.append(CardView(card.component, condition, card.timed))
    timed = any(view.timed for view in views)
    visitor = any("visitor." in view.condition for view in views)
    if timed:
        imports.add(f"{_FOLDER}/period.ts", "usePeriod")
    if visitor:
        imports.add("src/shared/session/useVisitor.ts", "useVisitor")
    return DashboardView(imports.text, attribute(title), component, views, timed, visitor)
