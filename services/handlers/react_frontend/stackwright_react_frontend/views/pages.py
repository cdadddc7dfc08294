"""Pages of one model: list, detail, card of the home page."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend import access, fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, jsx_text, key, sentence, string
from stackwright_react_frontend.views.commands import CommandView, command_views
from stackwright_react_frontend.views.model import hook_name, inputs_of, title_of
from stackwright_react_frontend.where import parameters

_VISIBLE = 6
_IMPLIED = (("created_at", "Created"), ("updated_at", "Last changed"))


@dataclass(frozen=True)
class ColumnView:
    """One column, as an object literal."""

    text: str


@dataclass(frozen=True)
class PropertyView:
    """One line of a detail page."""

    label: str
    element: str


@dataclass(frozen=True)
class PageView:
    """What all pages of a model share. `imports` stands on top of the file."""

    imports: str
    component: str
    class_name: str
    title: str
    singular: str
    plural: str
    label: str
    singular_label: str
    plural_label: str
    row_title: str
    list_path: str
    detail_path: str
    hook: str
    search: bool


@dataclass(frozen=True)
class ListPageView(PageView):
    """A list, by page or by cursor."""

    columns: list[ColumnView]
    filters: list[str]
    sort: str
    create_path: str
    create_condition: str
    create_label: str
    actions: str
    visitor: bool
    drawer: bool
    commands: list[CommandView]
    fixed: str


@dataclass(frozen=True)
class DetailPageView(PageView):
    """The page of one row; where there is a drawer too, both show the same component."""

    properties: list[PropertyView]
    drawer: bool
    actions: str
    panels: list[str]


@dataclass(frozen=True)
class DetailsView:
    """A file `<Model>Details.tsx`: everything about one row."""

    imports: str
    component: str
    class_name: str
    properties: list[PropertyView]
    changes: bool


@dataclass(frozen=True)
class HomeCardView(PageView):
    """The card of the home page."""

    create_path: str
    create_condition: str
    create_label: str
    visitor: bool


class Pages:
    """Builds the pages of one model. `folder` is where they lie."""

    def __init__(self, application: Application, model: model_pb2.Model, folder: str) -> None:
        self.application = application
        self.model = model
        self.folder = folder
        self._list = application.operation(model, operation_pb2.OPERATION_KIND_LIST)
        self.read = application.operation(model, operation_pb2.OPERATION_KIND_READ)
        self.create = application.operation(model, operation_pb2.OPERATION_KIND_CREATE)
        self.update = application.operation(model, operation_pb2.OPERATION_KIND_UPDATE)
        self._searched = any(field.search for field in application.readable(model))

    @property
    def create_path(self) -> str:
        """Address of the form for a new row, or nothing."""
        page = self.application.create_page(self.model)
        return page.path if page and self.create else ""

    @property
    def edit_path(self) -> str:
        """Address of the form for changes, or nothing."""
        page = self.application.edit_page(self.model)
        return page.path if page and self.update and self.read else ""

    def create_access(self) -> access.Access:
        """Who is offered the form for a new row."""
        return self._access(self.create, self.model.access.create)

    def update_access(self) -> access.Access:
        """Who is offered the form for changes."""
        return self._access(self.update, self.model.access.update)

    def list_access(self) -> access.Access:
        """Who is offered lists and rows."""
        return self._access(self._list or self.read, self.model.access.read)

    def _access(self, operation: operation_pb2.Operation | None, scope: object) -> access.Access:
        found = access.of_expression(operation.by) if operation and operation.HasField("by") else access.ANYONE
        return found.both(access.of_expression(scope))  # type: ignore[arg-type]  # always an Expression

    def _shared(
        self, imports: Imports, page: contract_pb2.Page | None, hook: str, component: str = ""
    ) -> dict[str, object]:
        model = self.model
        detail = self.application.detail_path(model) if self.read else ""
        return {
            "imports": imports,
            "component": component or (page.names.component if page else ""),
            "class_name": model.names.class_name,
            "title": attribute(page.title if page and page.title else model.names.plural_label),
            "singular": sentence(model.names.label),
            "plural": sentence(model.names.plural_label),
            "label": attribute(model.names.label),
            "singular_label": model.names.label,
            "plural_label": model.names.plural_label,
            "row_title": title_of(self.application, model),
            "list_path": self.application.list_path(model),
            "detail_path": detail,
            "hook": hook,
            "search": self._searched,
        }

    def list_page(self, page: contract_pb2.Page, actions_module: str, actions: str) -> ListPageView:
        """The list; one by cursor shows its rows in a drawer where they have no page."""
        imports = Imports(f"{self.folder}/{page.names.file}.tsx")
        cursor = self.model.paging.cursor
        view = "CursorListView" if cursor else "ListView"
        for module, name in (
            (f"src/shared/list/{view}.tsx", view),
            ("src/shared/list/useListState.ts", "useListState"),
            ("src/shared/ui/Page.tsx", "Page"),
        ):
            imports.add(module, name)
        imports.add("src/shared/list/types.ts", "Column", type_only=True)
        imports.add(self.application.types_module(self.model), self.model.names.class_name, type_only=True)
        hook = self.hook(imports, self._list)
        fixed = self.fixed(page) or {}
        chosen = self._chosen(page)
        # What is the same in every row tells nothing.
        same = {*fixed, self._alone()} - set(chosen)
        columns = self._columns(imports, chosen, hidden=same)
        filters = self._filters(imports, without=same)
        if filters:
            imports.add("src/shared/list/types.ts", "Filter", type_only=True)
        shared = self._shared(imports, page, hook)
        if self.drawer:
            imports.add("react", "useState")
            imports.add("src/shared/detail/SideDrawer.tsx", "SideDrawer")
            imports.add(self.details_path, f"{self.model.names.class_name}Details")
        condition = self._creation(imports)
        allowed = access.of_expression(page.access).both(self.list_access())
        commands = command_views(self.application, imports, self.model, page.feature, allowed)
        if actions:
            imports.add("src/shared/actions/RowActionMenu.tsx", "RowActionMenu")
            imports.add(actions_module, actions)
        shared["imports"] = imports.text
        return ListPageView(
            **shared,  # type: ignore[arg-type]  # the shared part has exactly these members
            columns=columns,
            filters=filters,
            sort="" if cursor else "-created_at",
            create_path=self.create_path,
            create_condition=condition,
            create_label=self._create_label(),
            actions=actions,
            visitor="visitor." in "".join([condition, *(command.condition for command in commands)]),
            drawer=self.drawer,
            commands=commands,
            fixed=", ".join(f"{key(name)}: {string(value)}" for name, value in fixed.items()),
        )

    def fixed(self, page: contract_pb2.Page) -> dict[str, str] | None:
        """What the page's `where` asks of every row, as parameters of the list; None where it cannot be told so."""
        return parameters(page.where, self.application.fields) if page.HasField("where") else {}

    def _chosen(self, page: contract_pb2.Page) -> list[str]:
        """The columns of a list.

        On a page that nobody wrote, what rows are called stands first, and an owner who is always oneself not at all.
        """
        chosen = list(page.columns)
        if page.provenance != model_pb2.PROVENANCE_INFERRED:
            return chosen
        named = [name for name in ("title", "name") if name in chosen]
        title = self.application.title(self.model)
        first = [title.name] if title and title.name in chosen else named[:1]
        return [*first, *(name for name in chosen if name not in {*first, self._alone()})]

    def _alone(self) -> str:
        """Name of the owner's field, where people see rows of their own alone."""
        owner = self.application.fields.get(self.model.owner.field_id)
        return owner.name if owner and self.model.access.read.source == f"{owner.name} == actor" else ""

    @property
    def drawer(self) -> bool:
        """Whether the list shows a row beside itself: a log is read entry by entry, so the list stays in view."""
        return self.model.kind == model_pb2.MODEL_KIND_LOG or not (
            self.read and self.application.detail_path(self.model)
        )

    @property
    def details_path(self) -> str:
        """File of what the drawer and the page of one row share."""
        return f"{self.folder}/{self.model.names.class_name}Details.tsx"

    def details(self) -> DetailsView:
        """Everything about one row, for the drawer and for its page."""
        imports = Imports(self.details_path)
        imports.add(self.application.types_module(self.model), self.model.names.class_name, type_only=True)
        properties = self._properties(imports)
        changes = self._changes(imports)
        if changes:
            imports.default("@mui/material/Card", "Card")
        name = self.model.names.class_name
        return DetailsView(imports.text, f"{name}Details", name, properties, changes)

    def _changes(self, imports: Imports) -> bool:
        """Whether rows hold a state before and one after, which are then shown side by side."""
        names = {field.names.json for field in self.application.readable(self.model)}
        if self.model.kind != model_pb2.MODEL_KIND_LOG or not {"before", "after"} <= names:
            return False
        imports.add("src/shared/detail/Changes.tsx", "Changes")
        return True

    def _creation(self, imports: Imports, *, icon: bool = True) -> str:
        """The condition of the button for a new row; nothing where there is none."""
        if not self.create_path:
            return ""
        condition = self.create_access().condition()
        if condition == "false":
            return ""
        imports.default("@mui/material/Button", "Button")
        imports.add("react-router", "Link")
        if icon:
            imports.add("src/shared/ui/icons.tsx", "Icon")
        if "visitor." in condition:
            imports.add("src/shared/session/useVisitor.ts", "useVisitor")
        return condition

    def _create_label(self) -> str:
        page = self.application.create_page(self.model)
        return jsx_text(page.title if page and page.title else f"New {sentence(self.model.names.label)}")

    def hook(self, imports: Imports, operation: operation_pb2.Operation | None) -> str:
        """Import the hook of an operation, and give its name."""
        return imports.add(self.application.api_module(operation), hook_name(operation)) if operation else ""

    def _target(self, field: model_pb2.Field) -> str:
        """Where what the field refers to is shown: an address, or an address for each model; nothing without pages."""
        return self.pointer_pages(field) if field.type.kind == model_pb2.FIELD_KIND_ANY else self._target_path(field)

    def pointer_pages(self, field: model_pb2.Field) -> str:
        """Addresses of the pages of each model that a reference to any row may name, as an object literal."""
        targets = (
            self.application.models[target] for target in field.type.targets if target in self.application.models
        )
        found = {model.name: self.application.detail_path(model) for model in targets}
        return "{ " + ", ".join(f"{key(name)}: {string(path)}" for name, path in found.items() if path) + " }"

    def _target_path(self, field: model_pb2.Field) -> str:
        if field.type.kind != model_pb2.FIELD_KIND_REF or not field.type.targets:
            return ""
        target = self.application.models.get(field.type.targets[0])
        if target is None or not self.application.detail_path(target):
            return ""
        # A link is offered only where all who see this page may follow it.
        own, theirs = self.list_access(), Pages(self.application, target, "").list_access()
        return self.application.detail_path(target) if own.both(theirs) == own else ""

    def collection(self, field: model_pb2.Field) -> str:
        """Last segment of the address of what the field refers to."""
        target = self.application.models.get(field.type.targets[0]) if field.type.targets else None
        return target.names.path if target else ""

    def use(self, imports: Imports, piece: fields.Piece) -> str:
        """Import what a piece needs, and give its text."""
        for module, name in piece.imports:
            imports.add(module, name)
        return piece.text

    def labels(self, imports: Imports, field: model_pb2.Field) -> None:
        """Import what people read for the members of an enum."""
        if field.type.kind == model_pb2.FIELD_KIND_ENUM:
            imports.add(self.application.types_module(self.model), fields.labels_name(field))

    def _columns(self, imports: Imports, chosen: Sequence[str], hidden: Set[str]) -> list[ColumnView]:
        known = self.application.readable(self.model)
        readable = {field.name: field for field in known if field.names.json not in hidden}
        title = self.application.title(self.model)
        listed = [name for name, field in readable.items() if field.type.kind not in fields.NOT_LISTED]
        order = [title.name] if title else []
        order += [name for name in listed if name not in order]
        names = [*chosen, *(name for name in order if name not in chosen)]
        visible = set(chosen) or {*order[:_VISIBLE], "updated_at"}
        implied = dict(_IMPLIED)
        names += [name for name in implied if name not in names]
        return [
            ColumnView(self._column(imports, name, readable.get(name), hidden=name not in visible))
            for name in names
            if name in readable or name in implied
        ]

    def _column(self, imports: Imports, name: str, field: model_pb2.Field | None, *, hidden: bool) -> str:
        sorts = not self.model.paging.cursor
        end = ", hidden: true" if hidden else ""
        if field is None:
            imports.add("src/shared/ui/values.tsx", "DateTime")
            exact = " exact" if self.model.paging.cursor else ""
            mark = ", sortable: true" if sorts else ""
            label = string(dict(_IMPLIED)[name])
            element = f"<DateTime value={{row.{name}}}{exact} />"
            return f"{{ key: {string(name)}, label: {label}{mark}{end}, render: (row) => {element} }}"
        self.labels(imports, field)
        element = self.use(imports, fields.shown(field, self._target(field), cell=True))
        mark = ", sortable: true" if sorts and fields.is_sortable(field) else ""
        if field.type.kind in fields.WHOLE | fields.DECIMAL:
            mark += ', align: "right"'
        label = string(field.names.label)
        return f"{{ key: {string(field.names.json)}, label: {label}{mark}{end}, render: (row) => {element} }}"

    def _filters(self, imports: Imports, without: Set[str]) -> list[str]:
        found = []
        for field in self.application.readable(self.model):
            if field.names.json in without:
                continue
            text = fields.filter_of(field, self.collection(field))
            if not text:
                continue
            if "optionsOf(" in text:
                imports.add("src/shared/options.ts", "optionsOf")
                self.labels(imports, field)
            found.append(text)
        return [*found, '{ kind: "timestamp", key: "created_at", label: "Created" }']

    def _properties(self, imports: Imports) -> list[PropertyView]:
        imports.add("src/shared/detail/Properties.tsx", "Properties")
        imports.add("src/shared/detail/Properties.tsx", "Property")
        found = []
        if self.model.kind == model_pb2.MODEL_KIND_LOG:
            imports.add("src/shared/ui/values.tsx", "DateTime")
            found.append(PropertyView(attribute("Created"), "<DateTime value={row.created_at} exact />"))
        readable = self.application.readable(self.model)
        pair = {"before", "after"} if self._changes(imports) else set()
        for field in readable:
            # These two are shown side by side.
            if field.names.json in pair:
                continue
            self.labels(imports, field)
            element = self.use(imports, fields.shown(field, self._target(field), cell=False))
            found.append(PropertyView(attribute(field.names.label), element))
        return found

    def detail_page(self, page: contract_pb2.Page, actions_module: str, actions: str) -> DetailPageView:
        """The page of one row."""
        imports = Imports(f"{self.folder}/{page.names.file}.tsx")
        imports.add("@reduxjs/toolkit/query/react", "skipToken")
        imports.add("react-router", "useParams")
        imports.add("src/shared/detail/DetailView.tsx", "DetailView")
        hook = self.hook(imports, self.read)
        if self.drawer:
            imports.add(self.details_path, f"{self.model.names.class_name}Details")
        properties = [] if self.drawer else self._properties(imports)
        if actions:
            imports.add("src/shared/actions/RowActionButtons.tsx", "RowActionButtons")
            imports.add(actions_module, actions)
        panels = [self._panel(imports, panel) for panel in self.application.panels(self.model)]
        shared = self._shared(imports, page, hook)
        shared["imports"] = imports.text
        return DetailPageView(**shared, properties=properties, drawer=self.drawer, actions=actions, panels=panels)  # type: ignore[arg-type]  # as above

    def _panel(self, imports: Imports, page: contract_pb2.Page) -> str:
        folder = self.application.feature_folder(page.feature)
        component = imports.add(f"{folder}/index.ts", page.native.operation)
        pointer = f"{{{{ type: {string(self.model.name)}, id: row.id }}}}"
        return f"<{component} {page.by_member or 'target'}={pointer} can={{row.can}} />"

    def entered_fields(self) -> list[model_pb2.Field]:
        """Fields that the form shows."""
        return [field for field in inputs_of(self.application, self.model) if field.type.kind not in fields.NOT_ENTERED]

    def not_entered(self) -> list[str]:
        """Names of fields that may be written, but that the form cannot ask for."""
        known = inputs_of(self.application, self.model)
        return [field.name for field in known if field.type.kind in fields.NOT_ENTERED]

    def update_inputs(self) -> list[model_pb2.Field]:
        """Fields that changes may name."""
        return list(self.update.inputs) if self.update else []

    def home_card(self) -> HomeCardView:
        """The newest rows, for the home page."""
        component = f"{self.model.names.class_name}HomeCard"
        imports = Imports(f"{self.folder}/{component}.tsx")
        imports.add("src/shared/ui/SummaryCard.tsx", "SummaryCard")
        hook = self.hook(imports, self._list)
        condition = self._creation(imports, icon=False)
        page = self.application.page(self.model, contract_pb2.VIEW_LIST)
        shared = self._shared(imports, page, hook, component)
        shared["imports"] = imports.text
        return HomeCardView(
            **shared,  # type: ignore[arg-type]  # as above
            create_path=self.create_path,
            create_condition=condition,
            create_label=self._create_label(),
            visitor="visitor." in condition,
        )
