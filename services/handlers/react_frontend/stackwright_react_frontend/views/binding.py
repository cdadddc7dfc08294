"""How rows belong to the row of a page: as its parts, or by a reference to it."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend.application import DETAIL_SLOT, NATIVE_PANELS, Application

_PANEL_VIEWS = (contract_pb2.VIEW_LIST, contract_pb2.VIEW_THREAD)


@dataclass(frozen=True)
class Binding:
    """Rows of `model` within the page of a row that `field` refers to."""

    model: model_pb2.Model
    field: model_pb2.Field
    page: contract_pb2.Page | None
    # Name of the place for the id of the other row in the address of parts; empty where the rows are filtered.
    parameter: str

    @property
    def is_thread(self) -> bool:
        """Whether the rows are what people say, and answer one another."""
        return self.page is not None and self.page.view == contract_pb2.VIEW_THREAD

    @property
    def component(self) -> str:
        """Name of the panel."""
        return self.page.names.component if self.page else f"{self.model.names.class_name}Panel"

    def module(self, application: Application) -> str:
        """File of the panel."""
        feature = self.page.feature if self.page else self.model.feature
        return f"{application.model_folder(feature, self.model)}/{self.component}.tsx"


def bindings(application: Application, model: model_pb2.Model) -> list[Binding]:
    """The panels on the page of a row of `model`: parts that no page names, then those that pages put there."""
    if application.by_hand(model.id):
        return []
    paged = [binding for page in application.panel_pages if (binding := _of_page(application, page, model))]
    named = {binding.model.id for binding in paged}
    parts = [
        binding
        for part in application.contract.models
        if part.part_of.parent_model_id == model.id and part.id not in named
        if (binding := _of_part(application, part, None))
    ]
    return [*parts, *paged]


def is_bound(application: Application, page: contract_pb2.Page) -> bool:
    """Whether the panel of a page stands in the page of some row."""
    return any(_of_page(application, page, model) for model in application.contract.models)


def _of_page(application: Application, page: contract_pb2.Page, target: model_pb2.Model) -> Binding | None:
    if page.view not in _PANEL_VIEWS or not page.slot or page.model_id in ("", target.id):
        return None
    if (page.native.module, page.native.operation) in NATIVE_PANELS:
        return None
    anywhere = page.slot == DETAIL_SLOT and target.kind == model_pb2.MODEL_KIND_RESOURCE
    if not anywhere and page.slot != f"{target.name}.detail":
        return None
    model = application.models[page.model_id]
    listing = application.operation(model, operation_pb2.OPERATION_KIND_LIST)
    if model.part_of.parent_model_id == target.id and listing is not None and "{" in listing.path:
        return _of_part(application, model, page)
    kinds = (model_pb2.FIELD_KIND_REF, model_pb2.FIELD_KIND_ANY)
    fields = [
        field
        for field in application.readable(model)
        if field.type.kind in kinds and target.id in field.type.targets and page.by_member in ("", field.name)
    ]
    if listing is None or "{" in listing.path or model.paging.cursor or not fields:
        return None
    return Binding(model, fields[0], page, "")


def _of_part(application: Application, part: model_pb2.Model, page: contract_pb2.Page | None) -> Binding | None:
    listing = application.operation(part, operation_pb2.OPERATION_KIND_LIST)
    field = application.fields.get(part.part_of.field_id)
    if listing is None or field is None or part.paging.cursor or listing.path.count("{") != 1:
        return None
    return Binding(part, field, page, listing.path.partition("{")[2].partition("}")[0])
