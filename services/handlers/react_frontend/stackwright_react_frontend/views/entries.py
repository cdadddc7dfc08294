"""How a row is entered within the page of another one: the inputs without the page around them."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, string
from stackwright_react_frontend.views.binding import Binding
from stackwright_react_frontend.views.forms import field_view
from stackwright_react_frontend.views.forms_fields import FieldView
from stackwright_react_frontend.views.pages import Pages

_WRITES = (operation_pb2.OPERATION_KIND_CREATE, operation_pb2.OPERATION_KIND_UPDATE)


@dataclass(frozen=True)
class EntryView:
    """A file `<model>Entry.tsx`."""

    imports: str
    name: str
    class_name: str
    input_name: str
    fields: list[FieldView]
    visitor: bool
    existing: bool


def entry_name(model: model_pb2.Model) -> str:
    """Constant of the entry, and stem of its file."""
    return f"{model.names.variable}Entry"


def has_entry(application: Application, binding: Binding) -> bool:
    """Whether there is anything to enter."""
    return bool(_entered(Pages(application, binding.model, ""), binding))


def fixed_of(binding: Binding) -> bool:
    """Whether new rows say in what they send which row they belong to; parts say it in the address."""
    return not binding.parameter


def entry_view(application: Application, binding: Binding) -> EntryView:
    """The entry of the rows of a panel."""
    model = binding.model
    folder = binding.module(application).rpartition("/")[0]
    pages = Pages(application, model, folder)
    imports = Imports(f"{folder}/{entry_name(model)}.tsx")
    imports.add("src/shared/related/entry.ts", "Entry", type_only=True)
    imports.add("src/shared/form/useForm.ts", "Form", type_only=True)
    imports.add("src/shared/form/rules.ts", "Rules", type_only=True)
    types = application.types_module(model)
    imports.add(types, model.names.class_name, type_only=True)
    whole = imports.add(types, f"{model.names.class_name}Input", type_only=True)
    # What the place of the panel tells is not entered.
    omitted = [field.names.json for field in _taken(application, model) if _is_told(binding, field)]
    input_name = f"Omit<{whole}, {' | '.join(string(name) for name in omitted)}>" if omitted else whole
    views = [field_view(pages, imports, field, whole) for field in _entered(pages, binding)]
    visitor = any("visitor." in view.condition for view in views)
    if visitor:
        imports.add("src/shared/session/useVisitor.ts", "useVisitor")
    return EntryView(
        imports=imports.text,
        name=entry_name(model),
        class_name=model.names.class_name,
        input_name=input_name,
        fields=views,
        visitor=visitor,
        existing=any("existing" in view.condition + view.element for view in views),
    )


def _taken(application: Application, model: model_pb2.Model) -> list[model_pb2.Field]:
    operations = (operation for operation in application.operations(model) if operation.kind in _WRITES)
    return list({field.id: field for operation in operations for field in operation.inputs}.values())


def _is_told(binding: Binding, field: model_pb2.Field) -> bool:
    """Whether the panel says it: which row it belongs to, or which it answers."""
    if field.id == binding.field.id:
        return True
    answers = field.type.kind == model_pb2.FIELD_KIND_REF and binding.model.id in field.type.targets
    return binding.is_thread and answers and field.optional


def _entered(pages: Pages, binding: Binding) -> list[model_pb2.Field]:
    known = pages.entered_fields
    return [field for field in known if not _is_told(binding, field) and field.type.kind not in fields.NESTED]
