"""An inbox in the bar at the top: how many rows are unread, and the newest of them."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, member, string
from stackwright_react_frontend.views.model import hook_name, title_of
from stackwright_react_frontend.views.pages import Pages

_READ_AT = "read_at"


@dataclass(frozen=True)
class InboxView:
    """A file `<Model>InboxPanel.tsx`."""

    imports: str
    component: str
    class_name: str
    model: str
    label: str
    list_path: str
    title: str
    link: str
    pages: str
    count_hook: str
    count: str
    list_hook: str
    read: str
    read_hook: str
    read_all: str
    read_all_hook: str


def inbox_view(application: Application, page: contract_pb2.Page, folder: str) -> InboxView | str:
    """The panel, or what the model lacks for one.

    An inbox is a list by cursor of rows with a timestamp `read_at`, actions `mark_read` (of a row) and `mark_all_read`
    (of the collection), and a number of unread ones: what `badge` names.
    """
    model = application.models[page.model_id]
    own = {operation.name: operation for operation in application.operations(model)}
    listing = application.operation(model, operation_pb2.OPERATION_KIND_LIST)
    needed = (page.badge_operation, "mark_read", "mark_all_read")
    absent = [name for name in needed if name not in own]
    if listing is None or not model.paging.cursor or absent:
        return f"an inbox needs a list by cursor and the operations {', '.join(needed)}"
    if _READ_AT not in {field.name for field in application.readable(model)}:
        return f"an inbox needs a field {_READ_AT}"
    imports = Imports(f"{folder}/{page.names.file}.tsx")
    imports.add(application.types_module(model), model.names.class_name, type_only=True)
    for module, name in (
        ("src/shared/api/useOptimistic.ts", "useOptimistic"),
        ("src/shared/inbox/InboxButton.tsx", "InboxButton"),
        ("src/shared/inbox/InboxList.tsx", "InboxList"),
        ("src/shared/ui/toasts.ts", "toasts"),
    ):
        imports.add(module, name)

    def hook(operation: operation_pb2.Operation) -> str:
        return imports.add(application.api_module(operation), hook_name(operation))

    badge, one, every = (own[name] for name in needed)
    link = next((field for field in application.readable(model) if field.type.kind == model_pb2.FIELD_KIND_ANY), None)
    return InboxView(
        component=page.names.component,
        class_name=model.names.class_name,
        model=string(model.name),
        label=attribute(page.title or model.names.plural_label),
        list_path=string(application.list_path(model)),
        title=title_of(application, model),
        link=member("row", link.names.json) if link else "",
        pages=Pages(application, model, folder).pointer_pages(link) if link else "",
        count_hook=hook(badge),
        count=member("count.data?", badge.returns[0].names.json or badge.returns[0].name).replace("?[", "?.["),
        list_hook=hook(listing),
        read=one.names.function,
        read_hook=hook(one),
        read_all=every.names.function,
        read_all_hook=hook(every),
        imports=imports.text,
    )
