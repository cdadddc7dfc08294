"""Pages of one model: list, detail, form, card of the home page."""

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend import access, fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, jsx_text, key, sentence, string
from stackwright_react_frontend.views.model import hook_name, inputs_of, title_of

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
class FieldView:
    """One field of a form."""

    key: str
    type: str
    rules: str
    to_draft: str
    to_input: str
    element: str
    condition: str


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
    properties: list[PropertyView]
    drawer: bool
    changes: bool


@dataclass(frozen=True)
class DetailPageView(PageView):
    """The page of one row."""

    properties: list[PropertyView]
    changes: bool
    actions: str


@dataclass(frozen=True)
class FormView:
    """A file `<Model>Form.tsx`: what the forms for new rows and for changes share."""

    imports: str
    component: str
    class_name: str
    singular: str
    row_title: str
    list_path: str
    detail_path: str
    fields: list[FieldView]
    input_name: str
    visitor: bool
    existing: bool


@dataclass(frozen=True)
class FormPageView:
    """The page with the form, for a new row or for changes."""

    imports: str
    component: str
    form: str
    title: str
    singular: str
    singular_label: str
    plural_label: str
    list_path: str
    detail_path: str
    mutation: str
    mutation_hook: str
    read_hook: str


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
        self._application = application
        self._model = model
        self._folder = folder
        self._list = application.operation(model, operation_pb2.OPERATION_KIND_LIST)
        self._read = application.operation(model, operation_pb2.OPERATION_KIND_READ)
        self._create = application.operation(model, operation_pb2.OPERATION_KIND_CREATE)
        self._update = application.operation(model, operation_pb2.OPERATION_KIND_UPDATE)
        self._searched = any(field.search for field in application.readable(model))

    @property
    def create_path(self) -> str:
        """Address of the form for a new row, or nothing."""
        page = self._application.create_page(self._model)
        return page.path if page and self._create else ""

    @property
    def edit_path(self) -> str:
        """Address of the form for changes, or nothing."""
        page = self._application.edit_page(self._model)
        return page.path if page and self._update and self._read else ""

    def create_access(self) -> access.Access:
        """Who is offered the form for a new row."""
        return self._access(self._create, self._model.access.create)

    def update_access(self) -> access.Access:
        """Who is offered the form for changes."""
        return self._access(self._update, self._model.access.update)

    def list_access(self) -> access.Access:
        """Who is offered lists and rows."""
        return self._access(self._list or self._read, self._model.access.read)

    def _access(self, operation: operation_pb2.Operation | None, scope: object) -> access.Access:
        found = access.of_expression(operation.by) if operation and operation.HasField("by") else access.ANYONE
        return found.both(access.of_expression(scope))  # type: ignore[arg-type]  # always an Expression

    def _shared(
        self, imports: Imports, page: contract_pb2.Page | None, hook: str, component: str = ""
    ) -> dict[str, object]:
        model = self._model
        detail = self._application.detail_path(model) if self._read else ""
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
            "row_title": title_of(self._application, model),
            "list_path": self._application.list_path(model),
            "detail_path": detail,
            "hook": hook,
            "search": self._searched,
        }

    def list_page(self, page: contract_pb2.Page, actions_module: str, actions: str) -> ListPageView:
        """The list; one by cursor shows its rows in a drawer where they have no page."""
        imports = Imports(f"{self._folder}/{page.names.file}.tsx")
        cursor = self._model.paging.cursor
        view = "CursorListView" if cursor else "ListView"
        for module, name in (
            (f"src/shared/list/{view}.tsx", view),
            ("src/shared/list/useListState.ts", "useListState"),
            ("src/shared/ui/Page.tsx", "Page"),
        ):
            imports.add(module, name)
        imports.add("src/shared/list/types.ts", "Column", type_only=True)
        imports.add(self._application.types_module(self._model), self._model.names.class_name, type_only=True)
        hook = self._hook(imports, self._list)
        columns = self._columns(imports, list(page.columns))
        filters = self._filters(imports)
        if filters:
            imports.add("src/shared/list/types.ts", "Filter", type_only=True)
        shared = self._shared(imports, page, hook)
        # A log is read entry by entry, so the list stays in view.
        drawer = self._model.kind == model_pb2.MODEL_KIND_LOG or not shared["detail_path"]
        properties = self._properties(imports) if drawer else []
        changes = drawer and self._changes(imports)
        if drawer:
            imports.add("react", "useState")
            imports.add("src/shared/detail/SideDrawer.tsx", "SideDrawer")
        condition = self._creation(imports)
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
            visitor="visitor." in condition,
            properties=properties,
            drawer=drawer,
            changes=changes,
        )

    def _changes(self, imports: Imports) -> bool:
        """Whether rows hold a state before and one after, which are then shown side by side."""
        names = {field.names.json for field in self._application.readable(self._model)}
        if self._model.kind != model_pb2.MODEL_KIND_LOG or not {"before", "after"} <= names:
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
        page = self._application.create_page(self._model)
        return jsx_text(page.title if page and page.title else f"New {sentence(self._model.names.label)}")

    def _hook(self, imports: Imports, operation: operation_pb2.Operation | None) -> str:
        return imports.add(self._application.api_module(operation), hook_name(operation)) if operation else ""

    def _target_path(self, field: model_pb2.Field) -> str:
        if field.type.kind != model_pb2.FIELD_KIND_REF or not field.type.targets:
            return ""
        target = self._application.models.get(field.type.targets[0])
        if target is None or not self._application.detail_path(target):
            return ""
        # A link is offered only where all who see this page may follow it.
        own, theirs = self.list_access(), Pages(self._application, target, "").list_access()
        return self._application.detail_path(target) if own.both(theirs) == own else ""

    def _collection(self, field: model_pb2.Field) -> str:
        target = self._application.models.get(field.type.targets[0]) if field.type.targets else None
        return target.names.path if target else ""

    def _use(self, imports: Imports, piece: fields.Piece) -> str:
        for module, name in piece.imports:
            imports.add(module, name)
        return piece.text

    def _labels(self, imports: Imports, field: model_pb2.Field) -> None:
        if field.type.kind == model_pb2.FIELD_KIND_ENUM:
            imports.add(self._application.types_module(self._model), fields.labels_name(field))

    def _columns(self, imports: Imports, chosen: Sequence[str]) -> list[ColumnView]:
        readable = {field.name: field for field in self._application.readable(self._model)}
        title = self._application.title(self._model)
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
        sorts = not self._model.paging.cursor
        end = ", hidden: true" if hidden else ""
        if field is None:
            imports.add("src/shared/ui/values.tsx", "DateTime")
            exact = " exact" if self._model.paging.cursor else ""
            mark = ", sortable: true" if sorts else ""
            label = string(dict(_IMPLIED)[name])
            element = f"<DateTime value={{row.{name}}}{exact} />"
            return f"{{ key: {string(name)}, label: {label}{mark}{end}, render: (row) => {element} }}"
        self._labels(imports, field)
        element = self._use(imports, fields.shown(field, self._target_path(field), cell=True))
        mark = ", sortable: true" if sorts and fields.is_sortable(field) else ""
        if field.type.kind in fields.WHOLE | fields.DECIMAL:
            mark += ', align: "right"'
        label = string(field.names.label)
        return f"{{ key: {string(field.names.json)}, label: {label}{mark}{end}, render: (row) => {element} }}"

    def _filters(self, imports: Imports) -> list[str]:
        found = []
        for field in self._application.readable(self._model):
            text = fields.filter_of(field, self._collection(field))
            if not text:
                continue
            if "optionsOf(" in text:
                imports.add("src/shared/options.ts", "optionsOf")
                self._labels(imports, field)
            found.append(text)
        return [*found, '{ kind: "timestamp", key: "created_at", label: "Created" }']

    def _properties(self, imports: Imports) -> list[PropertyView]:
        imports.add("src/shared/detail/Properties.tsx", "Properties")
        imports.add("src/shared/detail/Properties.tsx", "Property")
        found = []
        if self._model.kind == model_pb2.MODEL_KIND_LOG:
            imports.add("src/shared/ui/values.tsx", "DateTime")
            found.append(PropertyView(attribute("Created"), "<DateTime value={row.created_at} exact />"))
        readable = self._application.readable(self._model)
        pair = {"before", "after"} if self._changes(imports) else set()
        for field in readable:
            # These two are shown side by side.
            if field.names.json in pair:
                continue
            self._labels(imports, field)
            element = self._use(imports, fields.shown(field, self._target_path(field), cell=False))
            found.append(PropertyView(attribute(field.names.label), element))
        return found

    def detail_page(self, page: contract_pb2.Page, actions_module: str, actions: str) -> DetailPageView:
        """The page of one row."""
        imports = Imports(f"{self._folder}/{page.names.file}.tsx")
        imports.add("@reduxjs/toolkit/query/react", "skipToken")
        imports.add("react-router", "useParams")
        imports.add("src/shared/detail/DetailView.tsx", "DetailView")
        hook = self._hook(imports, self._read)
        properties = self._properties(imports)
        if actions:
            imports.add("src/shared/actions/RowActionButtons.tsx", "RowActionButtons")
            imports.add(actions_module, actions)
        shared = self._shared(imports, page, hook)
        changes = self._changes(imports)
        if changes:
            imports.default("@mui/material/Card", "Card")
        shared["imports"] = imports.text
        return DetailPageView(**shared, properties=properties, changes=changes, actions=actions)  # type: ignore[arg-type]  # as above

    def form(self) -> FormView:
        """The form. What only creation or only updates take is shown only then."""
        name = self._model.names.class_name
        imports = Imports(f"{self._folder}/{name}Form.tsx")
        imports.add("src/shared/form/FormView.tsx", "FormView")
        imports.add("src/shared/form/FormView.tsx", "FormViewProps", type_only=True)
        imports.add("src/shared/form/rules.ts", "Rules", type_only=True)
        types = self._application.types_module(self._model)
        input_name = imports.add(types, f"{name}Input", type_only=True)
        imports.add(types, name, type_only=True)
        views = [self._field(imports, field, input_name) for field in self.entered_fields()]
        visitor = any("visitor." in view.condition for view in views)
        if visitor:
            imports.add("src/shared/session/useVisitor.ts", "useVisitor")
        return FormView(
            imports=imports.text,
            component=f"{name}Form",
            class_name=name,
            singular=sentence(self._model.names.label),
            row_title=title_of(self._application, self._model),
            list_path=self._application.list_path(self._model),
            detail_path=self._application.detail_path(self._model) if self._read else "",
            fields=views,
            input_name=input_name,
            visitor=visitor,
            existing=any("existing" in view.condition + view.element for view in views),
        )

    def form_page(self, page: contract_pb2.Page, *, edits: bool) -> FormPageView:
        """The page for a new row, or for changes."""
        form = f"{self._model.names.class_name}Form"
        imports = Imports(f"{self._folder}/{page.names.file}.tsx")
        imports.add(f"{self._folder}/{form}.tsx", form)
        operation = self._update if edits else self._create
        if edits:
            imports.add("react-router", "useParams")
        read_hook = self._hook(imports, self._read) if edits else ""
        singular = sentence(self._model.names.label)
        return FormPageView(
            mutation=operation.names.function if operation else "",
            mutation_hook=self._hook(imports, operation),
            read_hook=read_hook,
            imports=imports.text,
            component=page.names.component,
            form=form,
            title=attribute(page.title or f"{'Edit' if edits else 'New'} {singular}"),
            singular=singular,
            singular_label=self._model.names.label,
            plural_label=self._model.names.plural_label,
            list_path=self._application.list_path(self._model),
            detail_path=self._application.detail_path(self._model) if self._read else "",
        )

    def entered_fields(self) -> list[model_pb2.Field]:
        """Fields that the form shows."""
        return [
            field for field in inputs_of(self._application, self._model) if field.type.kind not in fields.NOT_ENTERED
        ]

    def _field(self, imports: Imports, field: model_pb2.Field, input_name: str) -> FieldView:
        readable = field.id in {known.id for known in self._application.readable(self._model)}
        draft = fields.draft_type(field)
        for module, imported in draft.imports:
            imports.add(module, imported, type_only=True)
        secret = field.type.kind == model_pb2.FIELD_KIND_PASSWORD or field.secret
        conditions = []
        if self._create and self._update:
            created = field.id in {known.id for known in self._create.inputs}
            updated = field.id in {known.id for known in self._update.inputs}
            conditions += (
                [] if created and updated else ["existing === undefined" if created else "existing !== undefined"]
            )
        if field.HasField("write"):
            condition = access.of_expression(field.write).condition()
            conditions += [] if condition == "true" else [f"({condition})" if " || " in condition else condition]
        element = self._use(
            imports, fields.entered(field, self._collection(field), kept=secret and self._update is not None)
        )
        self._labels(imports, field)
        rules = [self._use(imports, rule) for rule in fields.rules(field)]
        return FieldView(
            key=key(field.names.json),
            type=draft.text,
            rules=", ".join(rules),
            to_draft=self._use(imports, fields.to_draft(field, readable=readable and not secret)),
            to_input=self._use(imports, fields.to_input(field, input_name)),
            element=element,
            condition=" && ".join(conditions),
        )

    def home_card(self) -> HomeCardView:
        """The newest rows, for the home page."""
        component = f"{self._model.names.class_name}HomeCard"
        imports = Imports(f"{self._folder}/{component}.tsx")
        imports.add("src/shared/ui/SummaryCard.tsx", "SummaryCard")
        hook = self._hook(imports, self._list)
        condition = self._creation(imports, icon=False)
        page = self._application.page(self._model, contract_pb2.VIEW_LIST)
        shared = self._shared(imports, page, hook, component)
        shared["imports"] = imports.text
        return HomeCardView(
            **shared,  # type: ignore[arg-type]  # as above
            create_path=self.create_path,
            create_condition=condition,
            create_label=self._create_label(),
            visitor="visitor." in condition,
        )
