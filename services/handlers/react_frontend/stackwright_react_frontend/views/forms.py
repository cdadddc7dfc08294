"""Forms of a model: what those for new rows and for changes share, and the page of each."""

from dataclasses import dataclass, replace

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend import access, inputs
from stackwright_react_frontend.source import Imports, attribute, key, sentence, string
from stackwright_react_frontend.views.forms_fields import FieldView
from stackwright_react_frontend.views.lines import has_lines, lines_view
from stackwright_react_frontend.views.model import currency_of, is_settings, targets_of, title_of
from stackwright_react_frontend.views.pages import Pages


@dataclass(frozen=True)
class FormView:
    """A file `<Model>Form.tsx`: what the forms for new rows and for changes share."""

    imports: str
    component: str
    class_name: str
    singular: str
    row_title: str
    list_path: str
    """Where to go from a row that has no page; empty where the form is the page of the row."""
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
class SettingsPageView:
    """The page with the form of the one row that a person has."""

    imports: str
    component: str
    form: str
    title: str
    read_hook: str
    put: str
    put_hook: str


def form_name(model: model_pb2.Model) -> str:
    """Component of the form that all pages of a model share."""
    return f"{model.names.class_name}Form"


def form_view(pages: Pages) -> FormView:
    """The form. What only creation or only updates take is shown only then."""
    name = pages.model.names.class_name
    imports = Imports(f"{pages.folder}/{form_name(pages.model)}.tsx")
    imports.add("src/shared/form/FormView.tsx", "FormView")
    imports.add("src/shared/form/FormView.tsx", "FormViewProps", type_only=True)
    imports.add("src/shared/form/rules.ts", "Rules", type_only=True)
    types = pages.application.types_module(pages.model)
    input_name = imports.add(types, f"{name}Input", type_only=True)
    imports.add(types, name, type_only=True)
    views = [field_view(pages, imports, field, input_name) for field in pages.entered_fields]
    visitor = any("visitor." in view.condition for view in views)
    if visitor:
        imports.add("src/shared/session/useVisitor.ts", "useVisitor")
    return FormView(
        imports=imports.text,
        component=form_name(pages.model),
        class_name=name,
        singular=sentence(pages.model.names.label),
        row_title=title_of(pages.application, pages.model),
        list_path="" if is_settings(pages.put) else pages.application.list_path(pages.model),
        detail_path=pages.application.detail_path(pages.model) if pages.read else "",
        fields=views,
        input_name=input_name,
        visitor=visitor,
        existing=any("existing" in view.condition + view.element for view in views),
    )


def form_page(pages: Pages, page: contract_pb2.Page, *, edits: bool) -> FormPageView:
    """The page for a new row, or for changes."""
    form = form_name(pages.model)
    imports = Imports(f"{pages.folder}/{page.names.file}.tsx")
    imports.add(f"{pages.folder}/{form}.tsx", form)
    operation = pages.update if edits else pages.create
    if edits:
        imports.add("react-router", "useParams")
    read_hook = pages.hook(imports, pages.read) if edits else ""
    singular = sentence(pages.model.names.label)
    return FormPageView(
        mutation=operation.names.function if operation else "",
        mutation_hook=pages.hook(imports, operation),
        read_hook=read_hook,
        imports=imports.text,
        component=page.names.component,
        form=form,
        title=attribute(page.title or f"{'Edit' if edits else 'New'} {singular}"),
        singular=singular,
        singular_label=pages.model.names.label,
        plural_label=pages.model.names.plural_label,
        list_path=pages.application.list_path(pages.model),
        detail_path=pages.application.detail_path(pages.model) if pages.read else "",
    )


def settings_page(pages: Pages, page: contract_pb2.Page) -> SettingsPageView | str:
    """The page of the one row of a person, or why there is none."""
    if pages.read is None or pages.put is None:
        return "its model cannot be read and written"
    form = f"{pages.model.names.class_name}Form"
    imports = Imports(f"{pages.folder}/{page.names.file}.tsx")
    imports.add(f"{pages.folder}/{form}.tsx", form)
    return SettingsPageView(
        read_hook=pages.hook(imports, pages.read),
        put=pages.put.names.function,
        put_hook=pages.hook(imports, pages.put),
        component=page.names.component,
        form=form,
        title=attribute(page.title or pages.model.names.label),
        imports=imports.text,
    )


def field_view(pages: Pages, imports: Imports, field: model_pb2.Field, input_name: str) -> FieldView:
    """One field of a form: what it holds, sends, checks and looks like."""
    readable = field.id in {known.id for known in pages.application.readable(pages.model)}
    draft = inputs.draft_type(field)
    for module, imported in draft.imports:
        imports.add(module, imported, type_only=True)
    secret = field.type.kind == model_pb2.FIELD_KIND_PASSWORD or field.secret
    conditions = []
    if pages.create and pages.update:
        created = field.id in {known.id for known in pages.create.inputs}
        updated = field.id in {known.id for known in pages.update.inputs}
        conditions += [] if created and updated else ["existing === undefined" if created else "existing !== undefined"]
    if field.HasField("write"):
        condition = access.of_expression(field.write).condition()
        conditions += [] if condition == "true" else [f"({condition})" if " || " in condition else condition]
    if has_lines(field):
        made = lines_view(pages.application, imports, field, input_name)
        return replace(made, condition=" && ".join(conditions))
    kept = secret and pages.update is not None
    unit = currency_of(pages.entered_fields, field)
    piece = inputs.entered(field, targets_of(pages.application, field), kept=kept, unit=unit)
    element = pages.use(imports, piece)
    pages.labels(imports, field)
    rules = [pages.use(imports, rule) for rule in inputs.rules(field)]
    return FieldView(
        key=key(field.names.json),
        type=draft.text,
        rules=", ".join(rules),
        to_draft=pages.use(imports, inputs.to_draft(field, readable=readable and not secret)),
        to_input=pages.use(imports, inputs.to_input(field, input_name)),
        element=element,
        condition=" && ".join(conditions),
        withheld=string(field.names.json) if field.HasField("write") and field.HasField("default") else "",
    )
