"""Rows that are told above every page."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend.source import Imports, attribute, key, member, string
from stackwright_react_frontend.views.model import title_of
from stackwright_react_frontend.views.pages import Pages

_TEXTS = (model_pb2.FIELD_KIND_TEXT, model_pb2.FIELD_KIND_STRING)


@dataclass(frozen=True)
class BannerView:
    """A file `<Model>Banner….tsx`."""

    imports: str
    component: str
    label: str
    hook: str
    query: str
    name: str
    # What a row says besides its name, empty where it has no text.
    text: str
    detail_path: str
    # Hook of the actions, empty where there are none.
    actions: str


def banner_view(pages: Pages, page: contract_pb2.Page, actions_module: str, actions: str) -> BannerView | str:
    """The panel, or what the model lacks for one."""
    fixed = pages.fixed(page)
    if pages.listing is None or fixed is None:
        return "a banner needs a list, and a condition that can be asked of it"
    application, model = pages.application, pages.model
    imports = Imports(f"{pages.folder}/{page.names.file}.tsx")
    imports.add("src/shared/banner/Banners.tsx", "Banners")
    hook = pages.hook(imports, pages.listing)
    if actions:
        imports.add(actions_module, actions)
    title = application.title(model)
    told = [
        field
        for field in application.readable(model)
        if field.type.kind in _TEXTS and field.id != (title.id if title else "") and field.name not in fixed
    ]
    # A long text tells more than a short one.
    told.sort(key=lambda field: field.type.kind != model_pb2.FIELD_KIND_TEXT)
    asked = ["page_size: 3", *([] if model.paging.cursor else ['sort: "-created_at"'])]
    asked += [f"{key(name)}: {string(value)}" for name, value in fixed.items()]
    return BannerView(
        component=page.names.component,
        label=attribute(page.title or model.names.plural_label),
        hook=hook,
        query=", ".join(asked),
        name=title_of(application, model),
        text=member("row", told[0].names.json) if told else "",
        detail_path=application.detail_path(model) if pages.read else "",
        actions=actions,
        imports=imports.text,
    )
