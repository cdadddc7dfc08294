"""Pages of one row: what is told about it in a drawer beside the list, and on a page of its own."""

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend.source import Imports, string
from stackwright_react_frontend.views.binding import Binding, bindings
from stackwright_react_frontend.views.page_views import DetailPageView, DetailsView, PropertyView
from stackwright_react_frontend.views.pages import Pages


def details(pages: Pages) -> DetailsView:
    """Everything about one row, for the drawer and for its page."""
    imports = Imports(pages.details_path)
    properties = _properties(pages, imports)
    changes = _changes(pages, imports)
    if changes:
        imports.default("@mui/material/Card", "Card")
    name = pages.model.names.class_name
    return DetailsView(imports.text, f"{name}Details", name, properties, changes)


def detail_page(pages: Pages, page: contract_pb2.Page, actions_module: str, actions: str) -> DetailPageView:
    """The page of one row."""
    imports = Imports(f"{pages.folder}/{page.names.file}.tsx")
    by_name = pages.by_name(page) or ""
    imports.add("@reduxjs/toolkit/query/react", "skipToken")
    if by_name:
        imports.add("src/shared/detail/firstOf.ts", "firstOf")
    imports.add("react-router", "useParams")
    imports.add("src/shared/detail/DetailView.tsx", "DetailView")
    hook = pages.hook(imports, pages.listing if by_name else pages.read)
    if pages.drawer:
        imports.add(pages.details_path, f"{pages.model.names.class_name}Details")
    properties = [] if pages.drawer else _properties(pages, imports)
    if actions:
        imports.add("src/shared/actions/RowActionButtons.tsx", "RowActionButtons")
        imports.add(actions_module, actions)
    panels = [
        *(_related(pages, imports, binding) for binding in bindings(pages.application, pages.model)),
        *(_panel(pages, imports, panel) for panel in pages.application.panels(pages.model)),
    ]
    return DetailPageView(
        **pages.shared(imports, page, hook),  # type: ignore[arg-type]  # exactly the members of `PageView`
        properties=properties,
        drawer=pages.drawer,
        actions=actions,
        panels=panels,
        by_name=by_name,
        back=_back(pages, page),
    )


def _back(pages: Pages, page: contract_pb2.Page) -> str:
    """Where one came from: the list or gallery whose address the page's begins with."""
    start = page.path.rpartition("/")[0]
    views = (contract_pb2.VIEW_LIST, contract_pb2.VIEW_GALLERY)
    lists = [other for view in views for other in pages.application.pages(pages.model, view)]
    return next((other.path for other in lists if other.path == start), pages.application.list_path(pages.model))


def _changes(pages: Pages, imports: Imports) -> bool:
    """Whether rows hold a state before and one after, which are then shown side by side."""
    names = {field.names.json for field in pages.application.readable(pages.model)}
    if pages.model.kind != model_pb2.MODEL_KIND_LOG or not {"before", "after"} <= names:
        return False
    imports.add("src/shared/detail/Changes.tsx", "Changes")
    return True


def _properties(pages: Pages, imports: Imports) -> list[PropertyView]:
    imports.add("src/shared/detail/Properties.tsx", "Properties")
    imports.add("src/shared/detail/Properties.tsx", "Property", type_only=True)
    imports.add(pages.application.types_module(pages.model), pages.model.names.class_name, type_only=True)
    found = []
    if pages.model.kind == model_pb2.MODEL_KIND_LOG:
        imports.add("src/shared/ui/values.tsx", "DateTime")
        found.append(_property("created_at", "Created", "<DateTime value={row.created_at} exact />"))
    readable = pages.application.readable(pages.model)
    pair = {"before", "after"} if _changes(pages, imports) else set()
    for field in readable:
        # These two are shown side by side.
        if field.names.json in pair:
            continue
        found.append(_property(field.names.json, field.names.label, pages.shown(imports, field, cell=False)))
    return found


def _property(name: str, label: str, element: str) -> PropertyView:
    return PropertyView(f"{{ key: {string(name)}, label: {string(label)}, render: (row) => {element} }}")


def _related(pages: Pages, imports: Imports, binding: Binding) -> str:
    component = imports.add(binding.module(pages.application), binding.component)
    # Another row is another panel, with nothing of what was entered in the first.
    return f"<{component} key={{row.id}} target={{{{ type: {string(pages.model.name)}, id: row.id }}}} />"


def _panel(pages: Pages, imports: Imports, page: contract_pb2.Page) -> str:
    folder = pages.application.feature_folder(page.feature)
    component = imports.add(f"{folder}/index.ts", page.native.operation)
    pointer = f"{{{{ type: {string(pages.model.name)}, id: row.id }}}}"
    return f"<{component} {page.by_member or 'target'}={pointer} can={{row.can}} />"
