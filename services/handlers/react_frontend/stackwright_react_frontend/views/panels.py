"""Panels: rows that belong to the row of a page, as a table or as what people say about it."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import access, fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, key, member, sentence
from stackwright_react_frontend.views.binding import Binding
from stackwright_react_frontend.views.columns import column_views
from stackwright_react_frontend.views.entries import entry_name, fixed_of, has_entry
from stackwright_react_frontend.views.model import hook_name, is_tombstone, is_versioned, title_of
from stackwright_react_frontend.views.page_views import ColumnView
from stackwright_react_frontend.views.pages import Pages

_RELATED = "src/shared/related"


@dataclass(frozen=True)
class CallView:
    """An operation of the panel: its hook, and what it is given for the row and what was entered."""

    mutation: str
    hook: str
    arguments: str
    # On `visitor`; `true` where all who see the page may try.
    condition: str = "true"


@dataclass(frozen=True)
class PanelView:
    """A file `<Model>Panel.tsx`."""

    imports: str
    component: str
    class_name: str
    title: str
    singular: str
    list_hook: str
    query: str
    name: str
    entry: str
    create: CallView | None
    reply: CallView | None
    update: CallView | None
    remove: CallView | None
    move: CallView | None
    position: str
    columns: list[ColumnView]
    detail_path: str
    author: str
    body: str
    parent: str
    tombstone: bool
    visitor: bool


def panel_view(application: Application, binding: Binding) -> PanelView:
    """The panel. Its parts are: the list, what can be entered, and what can be done to each row."""
    model = binding.model
    pages = Pages(application, model, binding.module(application).rpartition("/")[0])
    imports = Imports(binding.module(application))
    thread = binding.is_thread
    panel = "ThreadPanel" if thread else "RowsPanel"
    imports.add(f"{_RELATED}/{panel}.tsx", panel)
    imports.add(f"{_RELATED}/types.ts", "mostRows")
    imports.add(f"{_RELATED}/types.ts", "Target", type_only=True)
    calls = _Calls(application, binding, imports)
    if not calls.position:
        imports.add(f"{_RELATED}/types.ts", "firstSize")
        imports.add("react", "useState")
    parent = _parent(application, model) if thread else ""
    create = calls.create(parent)
    visitor = create is not None and "visitor." in create.condition
    if visitor:
        imports.add("src/shared/session/useVisitor.ts", "useVisitor")
    shows_entry = has_entry(application, binding)
    if shows_entry:
        imports.add(f"{pages.folder}/{entry_name(model)}.tsx", entry_name(model))
    columns: list[ColumnView] = []
    if not thread:
        imports.add("src/shared/list/types.ts", "Column", type_only=True)
        imports.add(application.types_module(model), model.names.class_name, type_only=True)
        columns = column_views(pages, imports, binding.page, without={binding.field.name, calls.position})
    title = binding.page.title if binding.page and binding.page.title else model.names.plural_label
    if binding.parameter and not (binding.page and binding.page.title):
        # Within its whole a part is called as the collection is: "Lines", not "Order lines".
        title = sentence_case(model.part_of.collection)
    author, body = _said(pages, imports) if thread else ("", "")
    return PanelView(
        component=binding.component,
        class_name=model.names.class_name,
        title=attribute(title),
        singular=attribute(sentence(model.names.label)),
        list_hook=pages.hook(imports, pages.listing),
        query=_query(binding, ordered=bool(calls.position)),
        name=title_of(application, model),
        entry=entry_name(model) if shows_entry else "",
        create=create,
        reply=calls.create(parent, reply=True) if parent and create else None,
        update=calls.update(),
        remove=calls.remove(),
        move=calls.move(),
        position=calls.position,
        columns=columns,
        detail_path=application.detail_path(model) if pages.read else "",
        author=author,
        body=body,
        parent=parent,
        tombstone=is_tombstone(model),
        visitor=visitor,
        imports=imports.text,
    )


def sentence_case(name: str) -> str:
    """`order_lines` → `Order lines`."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def _query(binding: Binding, *, ordered: bool) -> str:
    # All rows of an order are needed to see where one can go.
    size = "mostRows" if ordered else "size"
    parameters = f"page_size: {size}" + ("" if ordered else ', sort: "-created_at"')
    if binding.parameter:
        return f"{{ {binding.parameter}: target.id, params: {{ {parameters} }} }}"
    return f"{{ {key(binding.field.names.json)}: target.id, {parameters} }}"


def _parent(application: Application, model: model_pb2.Model) -> str:
    """The field by which rows answer one another."""
    kind = model_pb2.FIELD_KIND_REF
    own = (field for field in application.readable(model) if field.type.kind == kind and model.id in field.type.targets)
    return next((field.names.json for field in own), "")


def _said(pages: Pages, imports: Imports) -> tuple[str, str]:
    """Who said something, and what, as expressions on `row`."""
    readable = pages.application.readable(pages.model)
    owner = pages.application.fields.get(pages.model.owner.field_id)
    author = member("row", owner.names.json) if owner else "null"
    texts = (model_pb2.FIELD_KIND_RICHTEXT, model_pb2.FIELD_KIND_TEXT, model_pb2.FIELD_KIND_STRING)
    said = min(
        (field for field in readable if field.type.kind in texts), key=lambda field: texts.index(field.type.kind)
    )
    body = pages.use(imports, fields.shown(said, "", cell=False))
    marks = [field for field in readable if field.type.kind == model_pb2.FIELD_KIND_BOOL]
    if marks:
        imports.add("src/shared/ui/values.tsx", "Mark")
    chips = "".join(
        f" {{{member('row', field.names.json)} && <Mark label={attribute(field.names.label)} />}}" for field in marks
    )
    return author, f"<>{body}{chips}</>" if chips else body


class _Calls:
    """What the panel asks of the server besides the list."""

    def __init__(self, application: Application, binding: Binding, imports: Imports) -> None:
        self._application = application
        self._binding = binding
        self._model = binding.model
        self._imports = imports
        order = next((rule.ordered for rule in self._model.rules if rule.WhichOneof("kind") == "ordered"), None)
        moves = application.operation(self._model, operation_pb2.OPERATION_KIND_MOVE)
        field = application.fields.get(order.by_field_id) if order and moves else None
        self.position = field.names.json if field else ""

    def create(self, answers: str = "", *, reply: bool = False) -> CallView | None:
        """A new row; `answers` is the field by which rows answer one another, which a reply sets."""
        operation = self._application.operation(self._model, operation_pb2.OPERATION_KIND_CREATE)
        if operation is None or not has_entry(self._application, self._binding):
            return None
        pages = Pages(self._application, self._model, "")
        allowed = pages.create_access()
        if self._model.HasField("owner") and not self._model.owner.optional:
            allowed = allowed.both(access.SIGNED_IN)
        body = "input"
        fixed = fixed_of(self._binding)
        if fixed or answers:
            more = [f"{key(self._binding.field.names.json)}: {self._target()}"] if fixed else []
            more += [f"{key(answers)}: {'to.id' if reply else 'null'}"] if answers else []
            body = f"{{ ...input, {', '.join(more)} }}"
        place = self._binding.parameter
        arguments = f"{{ {place}: target.id, body: {body} }}" if place else body
        return self._call(operation, arguments, allowed.condition())

    def _target(self) -> str:
        return "target" if self._binding.field.type.kind == model_pb2.FIELD_KIND_ANY else "target.id"

    def update(self) -> CallView | None:
        operation = self._application.operation(self._model, operation_pb2.OPERATION_KIND_UPDATE)
        if operation is None or not has_entry(self._application, self._binding):
            return None
        return self._call(operation, self._row("changes" if not self._binding.parameter else "body: changes"))

    def remove(self) -> CallView | None:
        operation = self._application.operation(self._model, operation_pb2.OPERATION_KIND_DELETE)
        return self._call(operation, self._row("")) if operation else None

    def move(self) -> CallView | None:
        operation = self._application.operation(self._model, operation_pb2.OPERATION_KIND_MOVE)
        body = "body: to" if self._binding.parameter else "input: to"
        return self._call(operation, self._row(body)) if operation and self.position else None

    def _row(self, more: str) -> str:
        start = [f"{self._binding.parameter}: target.id"] if self._binding.parameter else []
        version = ["version: row.row_version"] if is_versioned(self._model) else []
        return f"{{ {', '.join([*start, 'id: row.id', *version, *([more] if more else [])])} }}"

    def _call(self, operation: operation_pb2.Operation, arguments: str, condition: str = "true") -> CallView:
        hook = self._imports.add(self._application.api_module(operation), hook_name(operation))
        return CallView(operation.names.function, hook, arguments, condition)
