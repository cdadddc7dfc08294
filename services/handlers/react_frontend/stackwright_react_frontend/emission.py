"""Emits the files that follow from the contract: per model, per page, per feature."""

from collections import defaultdict
from collections.abc import Iterator

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend.application import DETAIL_SLOT, NATIVE_PANELS, Application
from stackwright_react_frontend.dashboard import emit_dashboard
from stackwright_react_frontend.emitted import Emission
from stackwright_react_frontend.page_emission import PageEmitter
from stackwright_react_frontend.source import Imports
from stackwright_react_frontend.views.api import api_view
from stackwright_react_frontend.views.dialogs import unasked
from stackwright_react_frontend.views.feature import FeaturesView, GateWay, Parts, feature_view
from stackwright_react_frontend.views.types import types_view

# Native modules that add to the application beside their pages.
_PLUGINS = {"authentication", "password_reset"}
_ROWS = (operation_pb2.ANSWER_BODY_ROW, operation_pb2.ANSWER_BODY_PAGE, operation_pb2.ANSWER_BODY_CURSOR_PAGE)


def emit(application: Application) -> Emission:
    """Emit one application: everything, in a stable order."""
    emission = Emission()
    pages = PageEmitter(application, emission)
    for model in application.contract.models:
        _model(application, emission, model)
        _say_unasked(application, emission, model)
    for feature in application.features:
        _global_operations(application, emission, feature)
    for page in application.contract.pages:
        pages.emit(page)
    _features(application, emission)
    return emission


def _model(application: Application, emission: Emission, model: model_pb2.Model) -> None:
    operations = application.operations(model)
    if any(operation.answer_body in _ROWS for operation in operations):
        view = types_view(application, model)
        emission.add("types.ts", application.types_module(model), view, model.feature)
    held: dict[str, list[operation_pb2.Operation]] = defaultdict(list)
    for operation in operations:
        # All pickers share one endpoint, in the base.
        if operation.kind != operation_pb2.OPERATION_KIND_CHOICES:
            held[operation.feature].append(operation)
    for feature, own in held.items():
        path = f"{application.model_folder(feature, model)}/api.ts"
        emission.add("api.ts", path, api_view(application, path, own, model), feature)


def _say_unasked(application: Application, emission: Emission, model: model_pb2.Model) -> None:
    """Say what of the model's actions people cannot do or enter on the pages."""
    if application.by_hand(model.id):
        return
    listed = application.page(model, contract_pb2.VIEW_LIST) is not None
    offered = {operation.id for operation in application.collection_actions(model)} if listed else set()
    for operation in application.operations(model):
        if operation.kind == operation_pb2.OPERATION_KIND_ACTION:
            for what in _unasked(operation, offered):
                emission.missing.append((operation.feature, operation.names.call or operation.id, what))


def _unasked(operation: operation_pb2.Operation, offered: set[str]) -> Iterator[str]:
    for asked in unasked(operation):
        kind = model_pb2.FieldKind.Name(asked.type.kind).removeprefix("FIELD_KIND_").lower()
        yield f"no dialog asks for its input {asked.name} ({kind})"
    on_all = operation.scope == operation_pb2.OPERATION_SCOPE_COLLECTION and not operation.query
    if on_all and operation.id not in offered:
        yield "the action on the whole collection has a hook, but no button"


def _global_operations(application: Application, emission: Emission, feature: str) -> None:
    held: dict[str, list[operation_pb2.Operation]] = defaultdict(list)
    for operation in application.contract.operations:
        if operation.feature == feature and not operation.model_id:
            held[application.api_module(operation)].append(operation)
    for path, own in held.items():
        emission.add("api.ts", path, api_view(application, path, own, None), feature)


def _features(application: Application, emission: Emission) -> None:
    imports = Imports("src/features/index.ts")
    imports.add("src/shared/feature.ts", "Feature", type_only=True)
    names = []
    dashboard = emit_dashboard(application, emission)
    if dashboard is not None:
        module, name = dashboard
        imports.add(module, f"feature as {name}")
        names.append(name)
    for key in sorted(application.features, key=lambda key: _menu_rank(application, key, emission.parts[key])):
        parts = emission.parts[key]
        plugin = key in _PLUGINS and application.has_feature(key)
        if not (plugin or parts.routes or parts.menu):
            continue
        folder = application.feature_folder(key)
        gates, panels = _gates(application, key), _panels(application, key)
        view = feature_view(key, folder, parts, gates, panels, plugin=plugin)
        emission.add("feature.ts", f"{folder}/index.ts", view, key)
        imports.add(f"{folder}/index.ts", f"feature as {application.feature_variable(key)}")
        names.append(application.feature_variable(key))
    if application.is_live:
        names.append(imports.add("src/shared/live/feature.ts", "live"))
    if application.contract.tenancy:
        names.append(imports.add("src/shared/organization/feature.ts", "publicOrganization"))
    emission.add("features.ts", "src/features/index.ts", FeaturesView(imports.text, names), "")


def _panels(application: Application, feature: str) -> list[str]:
    """Components of the feature that stand in pages of others."""
    own = (page for page in application.contract.pages if page.feature == feature)
    return [
        page.native.operation
        for page in own
        if page.slot == DETAIL_SLOT and (page.native.module, page.native.operation) in NATIVE_PANELS
    ]


def _gates(application: Application, feature: str) -> list[GateWay]:
    """Where those are sent whom a gate of the feature holds."""
    found = application.contract.pages
    pages = {name: page.path for page in found for name in (page.names.component, page.native.operation) if name}
    own = (gate for gate in application.contract.gates if gate.feature == feature and gate.page in pages)
    return [GateWay(gate.code, pages[gate.page]) for gate in own]


def _menu_rank(application: Application, key: str, parts: Parts) -> tuple[int, int]:
    """Where a feature stands in the menu: the request's own first, then lists, logs and pages written by hand."""
    order = {"list": 1, "people": 1, "shield": 1, "grid": 1, "history": 2}
    ranks = [order.get(item.icon, 3) for item in parts.menu]
    feature = next((feature for feature in application.contract.features if feature.key == key), None)
    return (min(ranks, default=0), -len(feature.needs)) if feature else (0, -9)
