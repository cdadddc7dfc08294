"""Emits the files of each page: the page itself, what it shares with others, its route and its place in the menu."""

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend import access
from stackwright_react_frontend.action_emission import emit_actions
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emitted import Emission
from stackwright_react_frontend.native_emission import emit_native
from stackwright_react_frontend.panel_emission import emit_panel
from stackwright_react_frontend.views.banner import banner_view
from stackwright_react_frontend.views.binding import bindings, is_bound
from stackwright_react_frontend.views.collections import CollectionPage
from stackwright_react_frontend.views.detail_pages import detail_page, details
from stackwright_react_frontend.views.feature import Control
from stackwright_react_frontend.views.forms import form_name, form_page, form_view, settings_page
from stackwright_react_frontend.views.grid import grid_page
from stackwright_react_frontend.views.icons import icon_of
from stackwright_react_frontend.views.inbox import inbox_view
from stackwright_react_frontend.views.list_pages import home_card, list_page
from stackwright_react_frontend.views.metrics import cards_of, dashboard_view
from stackwright_react_frontend.views.model import is_settings
from stackwright_react_frontend.views.pages import Pages
from stackwright_react_frontend.views.single import preferences_view
from stackwright_react_frontend.views.test import test_view

_HOME_CARDS = 6


class PageEmitter:
    """Emits the pages of one application, one after the other."""

    def __init__(self, application: Application, emission: Emission) -> None:
        self._application = application
        self._emission = emission
        self._views = {
            contract_pb2.VIEW_LIST: self._list,
            contract_pb2.VIEW_DETAIL: self._detail,
            contract_pb2.VIEW_FORM: self._form,
            contract_pb2.VIEW_GRID: self._grid,
            contract_pb2.VIEW_BOARD: self._collection,
            contract_pb2.VIEW_TREE: self._collection,
            contract_pb2.VIEW_CALENDAR: self._collection,
            contract_pb2.VIEW_GALLERY: self._list,
            contract_pb2.VIEW_CHART: self._chart,
        }

    def emit(self, page: contract_pb2.Page) -> None:
        """Emit one page, or say why there is none."""
        if page.HasField("native"):
            emit_native(self._application, self._emission, page)
        elif page.view == contract_pb2.VIEW_INBOX and page.slot == "header":
            self._inbox(page)
        elif page.view == contract_pb2.VIEW_BANNER and page.slot == "banner":
            self._banner(page)
        elif page.slot and is_bound(self._application, page):
            # Pages of rows bring it with them.
            return
        elif page.slot or page.view not in self._views:
            view = contract_pb2.View.Name(page.view).removeprefix("VIEW_").lower()
            what = f"a panel in {page.slot}" if page.slot else f"the view {view}"
            self._emission.lack(page, f"{what} is not made")
        else:
            self._views[page.view](page)

    def _list(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        model, folder = pages.model, pages.folder
        if pages.listing is None:
            self._emission.lack(page, "its model has no list operation")
            return
        if pages.fixed(page) is None:
            self._emission.lack(page, "its condition cannot be asked of a list")
            return
        actions, hook = self._actions(pages)
        self._details(pages, page.feature)
        template = "CursorListPage.tsx" if model.paging.cursor else "ListPage.tsx"
        view, allowed = list_page(pages, page, actions, hook), self._allowed(page, pages.list_access())
        self._emission.route(page, self._file(page, folder, template, view), allowed)
        if page.view == contract_pb2.VIEW_GALLERY:
            self._emission.menu_entry(page, page.title or model.names.plural_label, "gallery", allowed)
            return
        # A plain list beside the page written by hand would be one too many in the menu.
        if page.provenance != model_pb2.PROVENANCE_INFERRED or not self._application.by_hand(page.model_id):
            self._emission.menu_entry(page, page.title or model.names.plural_label, icon_of(model), allowed)
            self._home_card(page, pages, allowed)
        test_folder = folder.replace("src/features", "tests/features", 1).rpartition("/")[0]
        test = test_view(self._application, model, pages, test_folder)
        if test is not None:
            self._emission.add("model.test.tsx", f"{test_folder}/{model.names.file}.test.tsx", test, page.feature)

    def _home_card(self, page: contract_pb2.Page, pages: Pages, allowed: access.Access) -> None:
        shown = sum(len(parts.cards) for parts in self._emission.parts.values())
        fits = page.menu == contract_pb2.MENU_AREA_MAIN and not pages.model.paging.cursor and shown < _HOME_CARDS
        if fits and self._application.detail_path(pages.model):
            card = home_card(pages)
            module = f"{pages.folder}/{card.component}.tsx"
            self._emission.add("HomeCard.tsx", module, card, page.feature)
            self._emission.parts[page.feature].cards.append(Control(pages.model.names.path, module, allowed))

    def _detail(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        if pages.read is None:
            self._emission.lack(page, "its model has no read operation")
            return
        actions, hook = self._actions(pages)
        self._details(pages, page.feature)
        for binding in bindings(self._application, pages.model):
            emit_panel(self._application, self._emission, binding)
        if ":" in page.path and pages.by_name(page) is None:
            self._emission.lack(page, "its address names a row by what no list is asked for")
            return
        module = self._file(page, pages.folder, "DetailPage.tsx", detail_page(pages, page, actions, hook))
        self._emission.route(page, module, self._allowed(page, pages.list_access()))

    def _details(self, pages: Pages, feature: str) -> None:
        """What a drawer shows, once, for the page of one row as well."""
        if pages.drawer and not self._emission.has(pages.details_path):
            self._emission.add("Details.tsx", pages.details_path, details(pages), feature)

    def _form(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        if is_settings(pages.put):
            self._shared_form(page, pages)
            view, name = settings_page(pages, page), page.title or pages.model.names.label
            self._page_in_menu(page, pages, "SettingsPage.tsx", view, (name, "settings"))
            return
        if pages.model.kind == model_pb2.MODEL_KIND_SINGLE:
            self._preferences(page, pages)
            return
        edits = ":" in page.path
        if (page.path != pages.edit_path) if edits else not pages.create_path:
            self._emission.lack(page, "its model has no operation for this form")
            return
        self._shared_form(page, pages)
        module = self._file(page, pages.folder, "FormPage.tsx", form_page(pages, page, edits=edits))
        allowed = pages.update_access() if edits else pages.create_access()
        self._emission.route(page, module, self._allowed(page, allowed))

    def _shared_form(self, page: contract_pb2.Page, pages: Pages) -> None:
        """The inputs that the pages of a model share, once."""
        path = f"{pages.folder}/{form_name(pages.model)}.tsx"
        if not self._emission.has(path):
            for name in pages.not_entered() if not self._application.by_hand(page.model_id) else []:
                self._emission.lack(page, f"its field {name} has no input")
            self._emission.add("Form.tsx", path, form_view(pages), page.feature)

    def _inbox(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        view = inbox_view(self._application, page, pages.folder)
        if isinstance(view, str):
            self._emission.lack(page, view)
            return
        module = self._file(page, pages.folder, "InboxPanel.tsx", view)
        allowed = self._allowed(page, pages.list_access())
        self._emission.parts[page.feature].header.append(Control(page.names.component, module, allowed))
        self._emission.component(page.names.component)

    def _banner(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        view = banner_view(pages, page, *self._actions(pages))
        if isinstance(view, str):
            self._emission.lack(page, view)
            return
        module = self._file(page, pages.folder, "BannerPanel.tsx", view)
        allowed = self._allowed(page, pages.list_access())
        self._emission.parts[page.feature].banner.append(Control(page.names.component, module, allowed))
        self._emission.component(page.names.component)

    def _chart(self, page: contract_pb2.Page) -> None:
        """The figures of one model, which the dashboard has among those of all."""
        cards = cards_of(self._application, page.model_id)
        if not cards:
            self._emission.lack(page, "its model has no metrics")
            return
        folder = self._pages(page).folder
        allowed = self._allowed(page, access.any_of(card.allowed for card in cards))
        title = page.title or self._application.models[page.model_id].names.plural_label
        view = dashboard_view(f"{folder}/{page.names.file}.tsx", title, page.names.component, cards, allowed)
        self._emission.route(page, self._file(page, folder, "DashboardPage.tsx", view), allowed)
        self._emission.menu_entry(page, title, "chart", allowed)

    def _preferences(self, page: contract_pb2.Page, pages: Pages) -> None:
        view = preferences_view(self._application, page, pages.folder)
        self._page_in_menu(page, pages, "PreferencesPage.tsx", view, (pages.model.names.plural_label, "settings"))

    def _collection(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        if pages.listing is None or pages.model.paging.cursor or pages.fixed(page) is None:
            self._emission.lack(page, "it needs a list by page, and a condition that can be asked of it")
            return
        made = CollectionPage(pages, page, *self._actions(pages))
        template, icon, make = {
            contract_pb2.VIEW_BOARD: ("BoardPage.tsx", "board", made.board),
            contract_pb2.VIEW_TREE: ("TreePage.tsx", "tree", made.tree),
            contract_pb2.VIEW_CALENDAR: ("CalendarPage.tsx", "calendar", made.calendar),
        }[page.view]
        # Beside the list, the entry of a page without a title says what it is.
        plural = pages.model.names.plural_label
        label = page.title if page.title not in ("", plural) else f"{pages.model.names.label} {icon}"
        self._page_in_menu(page, pages, template, make(), (label, icon))

    def _grid(self, page: contract_pb2.Page) -> None:
        pages = self._pages(page)
        view = grid_page(self._application, page, pages.folder)
        label = view if isinstance(view, str) else page.title or view.title.strip('"')
        self._page_in_menu(page, pages, "GridPage.tsx", view, (label, "grid"))

    def _page_in_menu(
        self, page: contract_pb2.Page, pages: Pages, template: str, view: object, entry: tuple[str, str]
    ) -> None:
        """A page of its own; `view` is why there is none where it is text. `entry` is its label and icon."""
        if isinstance(view, str):
            self._emission.lack(page, view)
            return
        module, allowed = self._file(page, pages.folder, template, view), self._allowed(page, pages.list_access())
        self._emission.route(page, module, allowed)
        self._emission.menu_entry(page, *entry, allowed)

    def _pages(self, page: contract_pb2.Page) -> Pages:
        model = self._application.models[page.model_id]
        return Pages(self._application, model, self._application.model_folder(page.feature, model))

    def _file(self, page: contract_pb2.Page, folder: str, template: str, view: object) -> str:
        """Render the file of the page, and give its path."""
        module = f"{folder}/{page.names.file}.tsx"
        self._emission.add(template, module, view, page.feature)
        return module

    def _allowed(self, page: contract_pb2.Page, operation: access.Access) -> access.Access:
        return access.of_expression(page.access).both(operation)

    def _actions(self, pages: Pages) -> tuple[str, str]:
        return emit_actions(self._application, self._emission, pages)
