"""Emits the way to pages that are written by hand, and those of them that are made for each contract."""

from stackwright.contract.v1 import contract_pb2
from stackwright_react_frontend import access
from stackwright_react_frontend.application import DETAIL_SLOT, NATIVE_PAGES, NATIVE_PANELS, Application
from stackwright_react_frontend.emitted import Emission
from stackwright_react_frontend.views.feature import MenuItem
from stackwright_react_frontend.views.organizations import picker_view

_PICKER = ("tenancy", "OrganizationPicker")


def emit_native(application: Application, emission: Emission, page: contract_pb2.Page) -> None:
    """Emit the route and the menu entry of a page that the contract calls native, or say that it is not there."""
    name = (page.native.module, page.native.operation)
    if page.slot == DETAIL_SLOT and name in NATIVE_PANELS:
        # Pages of rows take it in as they are emitted.
        return
    if name == _PICKER and not page.slot:
        _picker(application, emission, page)
        return
    if page.slot or name not in NATIVE_PAGES:
        emission.lack(page, f"the page {'.'.join(name)} is written by hand and not in this stack yet")
        return
    module = f"{application.feature_folder(page.feature)}/{page.native.operation}.tsx"
    allowed = access.of_expression(page.access)
    emission.route(page, module, allowed, bare=name[0] == "auth")
    emission.menu_entry(page, page.title or page.native.operation, NATIVE_PAGES[name], allowed)


def _picker(application: Application, emission: Emission, page: contract_pb2.Page) -> None:
    module = f"{application.feature_folder(page.feature)}/{page.native.operation}.tsx"
    view = picker_view(application, page, module)
    if isinstance(view, str):
        emission.lack(page, view)
        return
    emission.add("OrganizationPicker.tsx", module, view, page.feature)
    allowed = access.of_expression(page.access)
    emission.route(page, module, allowed)
    # The way to another organization is always at hand.
    emission.parts[page.feature].menu.append(MenuItem("account", "Switch organization", page.path, "people", allowed))
