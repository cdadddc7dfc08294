"""Matrix pages: who has what, for a field that links rows of two models."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, key, member, sentence
from stackwright_react_frontend.views.model import hook_name, is_versioned, title_of

_NEEDED = "a matrix needs lists of both sides and an update"


@dataclass(frozen=True)
class SideView:
    """One side of the matrix."""

    hook: str
    label: str
    hint: str
    plural: str
    search: bool


@dataclass(frozen=True)
class GridPageView:
    """A page with a matrix."""

    imports: str
    component: str
    title: str
    subtitle: str
    lines: SideView
    heads: SideView
    # Which side holds the links: `line` or `head`; and the other.
    owner: str
    other: str
    links: str
    member: str
    update: str
    update_hook: str
    versioned: bool


def grid_page(application: Application, page: contract_pb2.Page, folder: str) -> GridPageView | str:
    """The matrix of a `links` field, or why there is none."""
    field = application.fields.get(page.of_field_id)
    owner = application.models.get(page.model_id)
    if field is None or owner is None or not field.type.targets:
        return _NEEDED
    target = application.models[field.type.targets[0]]
    update = application.operation(owner, operation_pb2.OPERATION_KIND_UPDATE)
    listings = [application.operation(model, operation_pb2.OPERATION_KIND_LIST) for model in (owner, target)]
    if update is None or None in listings:
        return _NEEDED
    # What is seeded from the contract is many and has long titles, so it goes down the side.
    down = target if target.kind == model_pb2.MODEL_KIND_INTERNAL else owner
    across = owner if down is target else target
    imports = Imports(f"{folder}/{page.names.file}.tsx")
    for module, name in (
        ("src/shared/grid/GridView.tsx", "GridView"),
        ("src/shared/grid/useGridChanges.ts", "useGridChanges"),
        ("src/shared/list/useListState.ts", "useListState"),
        ("src/shared/ui/Page.tsx", "Page"),
    ):
        imports.add(module, name)
    title = page.title or f"{owner.names.label} {sentence(field.names.label)}"
    links = member("row", field.names.json)
    return GridPageView(
        lines=_side(application, imports, down),
        heads=_side(application, imports, across),
        update_hook=imports.add(application.api_module(update), hook_name(update)),
        imports=imports.text,
        component=page.names.component,
        title=attribute(title),
        subtitle=attribute(f"Which {sentence(field.names.label)} each {sentence(owner.names.label)} has."),
        owner="line" if down is owner else "head",
        other="head" if down is owner else "line",
        links=links,
        member=key(field.names.json),
        update=update.names.function,
        versioned=is_versioned(owner),
    )


def _side(application: Application, imports: Imports, model: model_pb2.Model) -> SideView:
    listing = application.operation(model, operation_pb2.OPERATION_KIND_LIST)
    if listing is None:
        raise ValueError(f"{model.id} has no list")
    readable = application.readable(model)
    # A permission's key, or a person's address, tells two of one name apart.
    second = {model_pb2.FIELD_KIND_EMAIL}
    hints = [field for field in readable if field.type.kind in second or field.name == "key"]
    label, hint = title_of(application, model), next((member("row", field.names.json) for field in hints), "")
    titled = next((field for field in readable if field.name == "title"), None)
    if application.title(model) is None and titled is not None:
        label = member("row", titled.names.json)
    if hint == label and titled is not None:
        label = member("row", titled.names.json)
    return SideView(
        hook=imports.add(application.api_module(listing), hook_name(listing)),
        label=label,
        hint="" if hint == label else hint,
        plural=sentence(model.names.plural_label),
        search=any(field.search for field in readable),
    )
