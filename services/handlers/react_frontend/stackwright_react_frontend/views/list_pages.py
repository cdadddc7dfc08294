"""Pages with the rows of one model: the list, and the card of the home page."""

from collections.abc import Set

from stackwright.contract.v1 import contract_pb2
from stackwright_react_frontend import access, fields
from stackwright_react_frontend.source import Imports, key, member, string
from stackwright_react_frontend.views.columns import chosen_columns, list_columns
from stackwright_react_frontend.views.commands import command_views
from stackwright_react_frontend.views.gallery import tiles_view
from stackwright_react_frontend.views.page_views import HomeCardView, ListPageView
from stackwright_react_frontend.views.pages import Pages


def list_page(pages: Pages, page: contract_pb2.Page, actions_module: str, actions: str) -> ListPageView:
    """The list; one by cursor shows its rows in a drawer where they have no page."""
    imports = Imports(f"{pages.folder}/{page.names.file}.tsx")
    cursor = pages.model.paging.cursor
    view = "CursorListView" if cursor else "ListView"
    for module, name in (
        (f"src/shared/list/{view}.tsx", view),
        ("src/shared/list/useListState.ts", "useListState"),
        ("src/shared/ui/Page.tsx", "Page"),
    ):
        imports.add(module, name)
    imports.add("src/shared/list/types.ts", "Column", type_only=True)
    imports.add(pages.application.types_module(pages.model), pages.model.names.class_name, type_only=True)
    hook = pages.hook(imports, pages.listing)
    fixed = pages.fixed(page) or {}
    chosen = chosen_columns(pages, page)
    # What is the same in every row tells nothing.
    same = {*fixed, pages.alone()} - set(chosen)
    columns = list_columns(pages, imports, chosen, hidden=same)
    filters = _filters(pages, imports, without=same)
    if filters:
        imports.add("src/shared/list/types.ts", "Filter", type_only=True)
    if pages.drawer:
        imports.add("react", "useState")
        imports.add("src/shared/detail/SideDrawer.tsx", "SideDrawer")
        imports.add(pages.details_path, f"{pages.model.names.class_name}Details")
    tiles = tiles_view(pages, page, imports) if page.view == contract_pb2.VIEW_GALLERY else None
    condition = pages.creation(imports)
    allowed = access.of_expression(page.access).both(pages.list_access())
    commands = command_views(pages.application, imports, pages.model, page.feature, allowed)
    if actions:
        imports.add("src/shared/actions/RowActionMenu.tsx", "RowActionMenu")
        imports.add(actions_module, actions)
    return ListPageView(
        **pages.shared(imports, page, hook),  # type: ignore[arg-type]  # exactly the members of `PageView`
        tiles=tiles,
        row_path=_row_path(pages, page),
        columns=columns,
        filters=filters,
        sort="" if cursor else "-created_at",
        create_path=pages.create_path,
        create_condition=condition,
        create_label=pages.create_label(),
        actions=actions,
        visitor="visitor." in "".join([condition, *(command.condition for command in commands)]),
        drawer=pages.drawer,
        commands=commands,
        fixed=", ".join(f"{key(name)}: {string(value)}" for name, value in fixed.items()),
    )


def _row_path(pages: Pages, page: contract_pb2.Page) -> str:
    """Address of the page of a row, as text of a template literal: the one beside this page, else the usual one."""
    details = pages.application.pages(pages.model, contract_pb2.VIEW_DETAIL)
    beside = (other for other in details if other.path.rpartition("/")[0] == page.path)
    found = next((other for other in beside if pages.by_name(other) is not None), None)
    place = (pages.by_name(found) if found else "") or "id"
    start = page.path if found else pages.application.detail_path(pages.model)
    return f"{start}/${{{member('row', place)}}}"


def home_card(pages: Pages) -> HomeCardView:
    """The newest rows, for the home page."""
    component = f"{pages.model.names.class_name}HomeCard"
    imports = Imports(f"{pages.folder}/{component}.tsx")
    imports.add("src/shared/ui/SummaryCard.tsx", "SummaryCard")
    hook = pages.hook(imports, pages.listing)
    condition = pages.creation(imports, icon=False)
    page = pages.application.page(pages.model, contract_pb2.VIEW_LIST)
    return HomeCardView(
        **pages.shared(imports, page, hook, component),  # type: ignore[arg-type]  # as above
        create_path=pages.create_path,
        create_condition=condition,
        create_label=pages.create_label(),
        visitor="visitor." in condition,
    )


def _filters(pages: Pages, imports: Imports, without: Set[str]) -> list[str]:
    found = []
    for field in pages.application.readable(pages.model):
        if field.names.json in without:
            continue
        text = fields.filter_of(field, pages.collection(field))
        if not text:
            continue
        if "optionsOf(" in text:
            imports.add("src/shared/options.ts", "optionsOf")
            pages.labels(imports, field)
        found.append(text)
    return [*found, imports.add("src/shared/list/rowTimes.tsx", "createdBetween")]
