"""Emits the files that follow from the contract: per model, per page, per feature."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend import access
from stackwright_react_frontend.application import DETAIL_SLOT, NATIVE_PANELS, Application
from stackwright_react_frontend.source import Imports
from stackwright_react_frontend.views import feature as feature_views
from stackwright_react_frontend.views.actions import actions_view
from stackwright_react_frontend.views.api import api_view
from stackwright_react_frontend.views.detail_pages import detail_page, details
from stackwright_react_frontend.views.dialogs import dialog_name, dialog_view, unasked
from stackwright_react_frontend.views.forms import form_page, form_view
from stackwright_react_frontend.views.grid import grid_page
from stackwright_react_frontend.views.inbox import inbox_view
from stackwright_react_frontend.views.list_pages import home_card, list_page
from stackwright_react_frontend.views.pages import Pages
from stackwright_react_frontend.views.single import preferences_view
from stackwright_react_frontend.views.test import test_view
from stackwright_react_frontend.views.types import types_view
from stackwright_sdk.handler import Templates

TEMPLATES = Templates(Path(__file__).with_name("templates"))

# Pages that are written by hand, and the icons of their menu entries.
NATIVE_PAGES = {
    ("auth", "LoginPage"): "login",
    ("auth", "RegisterPage"): "login",
    ("auth", "ForgotPasswordPage"): "lock",
    ("auth", "ResetPasswordPage"): "lock",
    ("auth", "VerifyEmailPage"): "mail",
    ("openapi", "DocsPage"): "code",
    ("observe", "HealthPage"): "pulse",
    ("chat", "ChatPage"): "chat",
    ("storage", "FilesPage"): "files",
}
# Native modules that add to the application beside their pages.
_PLUGINS = {"authentication", "password_reset"}
_VIEWS = {contract_pb2.VIEW_LIST, contract_pb2.VIEW_DETAIL, contract_pb2.VIEW_FORM, contract_pb2.VIEW_GRID}
_HOME_CARDS = 6


@dataclass(frozen=True)
class Emitted:
    """One file, relative to the root of the front end."""

    path: str
    text: str
    feature: str


@dataclass
class Emission:
    """All emitted files, the components among them, and what could not be made."""

    files: list[Emitted] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    # (feature, element, what is missing)
    missing: list[tuple[str, str, str]] = field(default_factory=list)


class Emitter:
    """Emits one application."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._result = Emission()
        self._paths: set[str] = set()
        self._routes: dict[str, list[feature_views.Route]] = defaultdict(list)
        self._menu: dict[str, list[feature_views.MenuItem]] = defaultdict(list)
        self._cards: dict[str, list[feature_views.Control]] = defaultdict(list)
        self._header: dict[str, list[feature_views.Control]] = defaultdict(list)

    def emit(self) -> Emission:
        """Everything, in a stable order."""
        for model in self._application.contract.models:
            self._model(model)
        for feature in self._application.features:
            self._global_operations(feature)
        for page in self._application.contract.pages:
            self._page(page)
        self._features()
        return self._result

    def _add(self, template: str, path: str, view: object, feature: str) -> None:
        self._paths.add(path)
        self._result.files.append(Emitted(path, TEMPLATES.render(f"{template}.jinja", view), feature))

    def _model(self, model: model_pb2.Model) -> None:
        application = self._application
        operations = application.operations(model)
        rows = (operation_pb2.ANSWER_BODY_ROW, operation_pb2.ANSWER_BODY_PAGE, operation_pb2.ANSWER_BODY_CURSOR_PAGE)
        if any(operation.answer_body in rows for operation in operations):
            view = types_view(application, model)
            self._add("types.ts", application.types_module(model), view, model.feature)
        held: dict[str, list[operation_pb2.Operation]] = defaultdict(list)
        for operation in operations:
            # All pickers share one endpoint, in the base.
            if operation.kind != operation_pb2.OPERATION_KIND_CHOICES:
                held[operation.feature].append(operation)
        for feature, own in held.items():
            path = f"{application.model_folder(feature, model)}/api.ts"
            self._add("api.ts", path, api_view(application, path, own, model), feature)
        for operation in operations:
            if operation.kind == operation_pb2.OPERATION_KIND_ACTION:
                self._unasked(operation)

    def _unasked(self, operation: operation_pb2.Operation) -> None:
        """Says what of an action people cannot do or enter on the pages."""
        if self._by_hand(operation.model_id):
            return
        call, feature = operation.names.call or operation.id, operation.feature
        for asked in unasked(operation):
            kind = model_pb2.FieldKind.Name(asked.type.kind).removeprefix("FIELD_KIND_").lower()
            self._result.missing.append((feature, call, f"no dialog asks for its input {asked.name} ({kind})"))
        if operation.scope == operation_pb2.OPERATION_SCOPE_COLLECTION and not operation.query:
            model = self._application.models[operation.model_id]
            listed = self._application.page(model, contract_pb2.VIEW_LIST) is not None
            if operation not in self._application.collection_actions(model) or not listed:
                what = "the action on the whole collection has a hook, but no button"
                self._result.missing.append((feature, call, what))

    def _global_operations(self, feature: str) -> None:
        own = [
            operation
            for operation in self._application.contract.operations
            if operation.feature == feature and not operation.model_id
        ]
        if own:
            path = f"{self._application.feature_folder(feature)}/api.ts"
            self._add("api.ts", path, api_view(self._application, path, own, None), feature)

    def _page(self, page: contract_pb2.Page) -> None:
        if page.HasField("native"):
            self._native_page(page)
        elif page.view == contract_pb2.VIEW_INBOX and page.slot == "header":
            self._inbox(page)
        elif page.slot or page.view not in _VIEWS:
            view = contract_pb2.View.Name(page.view).removeprefix("VIEW_").lower()
            what = f"a panel in {page.slot}" if page.slot else f"the view {view}"
            self._result.missing.append((page.feature, page.id, f"{what} is not made"))
        elif page.view == contract_pb2.VIEW_GRID:
            self._grid(page)
        elif page.view == contract_pb2.VIEW_LIST:
            self._list(page)
        elif page.view == contract_pb2.VIEW_DETAIL:
            self._detail(page)
        else:
            self._form(page)

    def _native_page(self, page: contract_pb2.Page) -> None:
        name = (page.native.module, page.native.operation)
        if page.slot == DETAIL_SLOT and name in NATIVE_PANELS:
            # Pages of rows take it in as they are emitted.
            return
        if page.slot or name not in NATIVE_PAGES:
            missing = f"the page {'.'.join(name)} is written by hand and not in this stack yet"
            self._result.missing.append((page.feature, page.id, missing))
            return
        module = f"{self._application.feature_folder(page.feature)}/{page.native.operation}.tsx"
        allowed = access.of_expression(page.access)
        self._route(page, module, allowed, bare=name[0] == "auth")
        self._menu_entry(page, page.title or page.native.operation, NATIVE_PAGES[name], allowed)

    def _route(self, page: contract_pb2.Page, module: str, allowed: access.Access, *, bare: bool = False) -> None:
        self._routes[page.feature].append(feature_views.Route(page.path, module, allowed, bare))
        component = page.names.component or page.native.operation
        if component not in self._result.components:
            self._result.components.append(component)

    def _menu_entry(self, page: contract_pb2.Page, label: str, icon: str, allowed: access.Access) -> None:
        section = feature_views.SECTIONS.get(page.menu)
        if section:
            self._menu[page.feature].append(feature_views.MenuItem(section, label, page.path, icon, allowed))

    def _place(self, page: contract_pb2.Page) -> tuple[model_pb2.Model, str, Pages]:
        model = self._application.models[page.model_id]
        folder = self._application.model_folder(page.feature, model)
        return model, folder, Pages(self._application, model, folder)

    def _actions(self, model: model_pb2.Model, pages: Pages) -> tuple[str, str]:
        """The file and hook of the model's row actions, beside its list; nothing where there are none."""
        views = (contract_pb2.VIEW_LIST, contract_pb2.VIEW_DETAIL)
        home = next((page for view in views if (page := self._application.page(model, view))), None)
        if home is None:
            return "", ""
        path = f"{self._application.model_folder(home.feature, model)}/actions.ts"
        view = actions_view(self._application, path, model, pages.edit_path)
        if not view.actions:
            return "", ""
        if path not in self._paths:
            self._add("actions.ts", path, view, home.feature)
            shown = {action.dialog for action in view.actions}
            for operation in self._application.row_actions(model):
                if dialog_name(operation) in shown:
                    module = f"{path.rpartition('/')[0]}/{dialog_name(operation)}.tsx"
                    dialog = dialog_view(self._application, module, model, operation)
                    self._add("ActionDialog.tsx", module, dialog, home.feature)
        return path, view.function

    def _list(self, page: contract_pb2.Page) -> None:
        model, folder, pages = self._place(page)
        if self._application.operation(model, operation_pb2.OPERATION_KIND_LIST) is None:
            self._result.missing.append((page.feature, page.id, "its model has no list operation"))
            return
        if pages.fixed(page) is None:
            self._result.missing.append((page.feature, page.id, "its condition cannot be asked of a list"))
            return
        actions, hook = self._actions(model, pages)
        allowed = access.of_expression(page.access).both(pages.list_access())
        module = f"{folder}/{page.names.file}.tsx"
        self._details(pages, page.feature)
        template = "CursorListPage.tsx" if model.paging.cursor else "ListPage.tsx"
        self._add(template, module, list_page(pages, page, actions, hook), page.feature)
        self._route(page, module, allowed)
        # A plain list beside the page written by hand would be one too many in the menu.
        if page.provenance != model_pb2.PROVENANCE_INFERRED or not self._by_hand(page.model_id):
            self._menu_entry(page, page.title or model.names.plural_label, _icon(model), allowed)
            self._home_card(page, model, folder, pages, allowed)
        test_folder = folder.replace("src/features", "tests/features", 1).rpartition("/")[0]
        test = test_view(self._application, model, pages, test_folder)
        if test is not None:
            self._add("model.test.tsx", f"{test_folder}/{model.names.file}.test.tsx", test, page.feature)

    def _panels(self, feature: str) -> list[str]:
        """Components of the feature that stand in pages of others."""
        own = (page for page in self._application.contract.pages if page.feature == feature)
        return [
            page.native.operation
            for page in own
            if page.slot == DETAIL_SLOT and (page.native.module, page.native.operation) in NATIVE_PANELS
        ]

    def _by_hand(self, model_id: str) -> bool:
        """Whether people come to these rows by a page written by hand, which offers all that can be done to them."""
        pages = (page for page in self._application.contract.pages if page.model_id == model_id and not page.slot)
        return any((page.native.module, page.native.operation) in NATIVE_PAGES for page in pages)

    def _home_card(
        self, page: contract_pb2.Page, model: model_pb2.Model, folder: str, pages: Pages, allowed: access.Access
    ) -> None:
        shown = sum(len(cards) for cards in self._cards.values())
        fits = page.menu == contract_pb2.MENU_AREA_MAIN and not model.paging.cursor and shown < _HOME_CARDS
        if fits and self._application.detail_path(model):
            card = home_card(pages)
            module = f"{folder}/{card.component}.tsx"
            self._add("HomeCard.tsx", module, card, page.feature)
            self._cards[page.feature].append(feature_views.Control(model.names.path, module, allowed))

    def _detail(self, page: contract_pb2.Page) -> None:
        model, folder, pages = self._place(page)
        if self._application.operation(model, operation_pb2.OPERATION_KIND_READ) is None:
            self._result.missing.append((page.feature, page.id, "its model has no read operation"))
            return
        actions, hook = self._actions(model, pages)
        self._details(pages, page.feature)
        module = f"{folder}/{page.names.file}.tsx"
        self._add("DetailPage.tsx", module, detail_page(pages, page, actions, hook), page.feature)
        self._route(page, module, access.of_expression(page.access).both(pages.list_access()))

    def _details(self, pages: Pages, feature: str) -> None:
        """What a drawer shows, once, for the page of one row as well."""
        if pages.drawer and pages.details_path not in self._paths:
            self._add("Details.tsx", pages.details_path, details(pages), feature)

    def _inbox(self, page: contract_pb2.Page) -> None:
        _, folder, pages = self._place(page)
        view = inbox_view(self._application, page, folder)
        if isinstance(view, str):
            self._result.missing.append((page.feature, page.id, view))
            return
        module = f"{folder}/{page.names.file}.tsx"
        self._add("InboxPanel.tsx", module, view, page.feature)
        allowed = access.of_expression(page.access).both(pages.list_access())
        self._header[page.feature].append(feature_views.Control(page.names.component, module, allowed))
        self._result.components.append(page.names.component)

    def _preferences(self, page: contract_pb2.Page) -> None:
        _, folder, pages = self._place(page)
        view = preferences_view(self._application, page, folder)
        if isinstance(view, str):
            self._result.missing.append((page.feature, page.id, view))
            return
        module = f"{folder}/{page.names.file}.tsx"
        allowed = access.of_expression(page.access).both(pages.list_access())
        self._add("PreferencesPage.tsx", module, view, page.feature)
        self._route(page, module, allowed)
        self._menu_entry(page, pages.model.names.plural_label, "settings", allowed)

    def _form(self, page: contract_pb2.Page) -> None:
        model, folder, pages = self._place(page)
        if model.kind == model_pb2.MODEL_KIND_SINGLE:
            self._preferences(page)
            return
        edits = page.path == pages.edit_path
        if not edits and page.path != pages.create_path:
            self._result.missing.append((page.feature, page.id, "its model has no operation for this form"))
            return
        form = form_view(pages)
        path = f"{folder}/{form.component}.tsx"
        if path not in self._paths:
            for name in pages.not_entered() if not self._by_hand(page.model_id) else []:
                self._result.missing.append((page.feature, page.id, f"its field {name} has no input"))
            self._add("Form.tsx", path, form, page.feature)
        module = f"{folder}/{page.names.file}.tsx"
        self._add("FormPage.tsx", module, form_page(pages, page, edits=edits), page.feature)
        allowed = pages.update_access() if edits else pages.create_access()
        self._route(page, module, access.of_expression(page.access).both(allowed))

    def _grid(self, page: contract_pb2.Page) -> None:
        model = self._application.models[page.model_id]
        folder = self._application.model_folder(page.feature, model)
        view = grid_page(self._application, page, folder)
        if view is None:
            self._result.missing.append((page.feature, page.id, "a matrix needs lists of both sides and an update"))
            return
        module = f"{folder}/{page.names.file}.tsx"
        allowed = access.of_expression(page.access).both(Pages(self._application, model, folder).list_access())
        self._add("GridPage.tsx", module, view, page.feature)
        self._route(page, module, allowed)
        self._menu_entry(page, page.title or view.title.strip('"'), "grid", allowed)

    def _features(self) -> None:
        imports = Imports("src/features/index.ts")
        imports.add("src/shared/feature.ts", "Feature", type_only=True)
        names = []
        for key in sorted(self._application.features, key=self._menu_rank):
            plugin = key in _PLUGINS and self._application.has_feature(key)
            if not (plugin or self._routes[key] or self._menu[key]):
                continue
            folder = self._application.feature_folder(key)
            parts = feature_views.Parts(
                self._routes[key], self._menu[key], self._cards[key], self._header[key], self._gates(key)
            )
            view = feature_views.feature_view(key, folder, parts, self._panels(key), plugin=plugin)
            self._add("feature.ts", f"{folder}/index.ts", view, key)
            imports.add(f"{folder}/index.ts", f"feature as {self._application.feature_variable(key)}")
            names.append(self._application.feature_variable(key))
        if self._application.is_live:
            names.append(imports.add("src/shared/live/feature.ts", "live"))
        self._add("features.ts", "src/features/index.ts", feature_views.FeaturesView(imports.text, names), "")

    def _gates(self, feature: str) -> list[feature_views.GateWay]:
        """Where those are sent whom a gate of the feature holds."""
        pages = {page.names.component or page.native.operation: page.path for page in self._application.contract.pages}
        own = (gate for gate in self._application.contract.gates if gate.feature == feature and gate.page in pages)
        return [feature_views.GateWay(gate.code, pages[gate.page]) for gate in own]

    def _menu_rank(self, key: str) -> tuple[int, int]:
        """Where a feature stands in the menu: the request's own first, then lists, logs and pages written by hand."""
        order = {"list": 1, "people": 1, "shield": 1, "grid": 1, "history": 2}
        ranks = [order.get(item.icon, 3) for item in self._menu[key]]
        feature = next((feature for feature in self._application.contract.features if feature.key == key), None)
        return (min(ranks, default=0), -len(feature.needs)) if feature else (0, -9)


def emit(application: Application) -> Emission:
    """Emit one application."""
    return Emitter(application).emit()


def _icon(model: model_pb2.Model) -> str:
    if model.kind == model_pb2.MODEL_KIND_LOG:
        return "history"
    icons = {
        "User": "people",
        "Role": "shield",
        "Notification": "bell",
        "Session": "device",
        "EmailMessage": "mail",
        "FailedLogin": "lock",
        "Job": "play",
    }
    return icons.get(model.name, "list")
