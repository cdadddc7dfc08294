"""Dialogs of actions that ask for input."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import fields, inputs
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, key, pascal, sentence, string
from stackwright_react_frontend.views.forms_fields import FieldView
from stackwright_react_frontend.views.lines import has_lines, lines_view
from stackwright_react_frontend.views.model import MemberView, hook_name, in_words, is_versioned, targets_of


@dataclass(frozen=True)
class LabelsView:
    """What people read for the members of an enum that only the action knows."""

    name: str
    entries: list[MemberView]


@dataclass(frozen=True)
class DialogView:
    """A file `<Action><Model>Dialog.tsx`."""

    imports: str
    component: str
    class_name: str
    title: str
    label: str
    hook: str
    mutation: str
    versioned: bool
    input_name: str
    fields: list[FieldView]
    labels: list[LabelsView]


def dialog_name(operation: operation_pb2.Operation) -> str:
    """The component of an action's dialog."""
    return f"{pascal(operation.names.function)}Dialog"


def unasked(operation: operation_pb2.Operation) -> list[model_pb2.Field]:
    """Inputs of an action that no dialog here can ask for."""
    return [field for field in operation.inputs if not fields.is_entered(field)]


def dialog_view(
    application: Application, path: str, model: model_pb2.Model, operation: operation_pb2.Operation
) -> DialogView:
    """The dialog of an action on one row."""
    imports = Imports(path)
    imports.add("src/shared/actions/InputDialog.tsx", "InputDialog")
    imports.add("src/shared/actions/rowActions.ts", "ActionDialogProps", type_only=True)
    imports.add("src/shared/form/rules.ts", "Rules", type_only=True)
    imports.add(application.types_module(model), model.names.class_name, type_only=True)
    hook = imports.add(application.api_module(operation), hook_name(operation))
    input_name = imports.add(
        application.api_module(operation), f"{pascal(operation.names.function)}Input", type_only=True
    )
    known = {field.id for field in application.readable(model)}
    asked = [field for field in operation.inputs if fields.is_entered(field)]
    views = [_field(application, imports, field, input_name) for field in asked]
    labels = []
    for field in asked:
        if field.type.kind != model_pb2.FIELD_KIND_ENUM:
            continue
        if field.id in known:
            imports.add(application.types_module(model), fields.labels_name(field))
        else:
            entries = [MemberView(key(name), string(in_words(name))) for name in field.type.members]
            labels.append(LabelsView(fields.labels_name(field), entries))
    label = operation.names.label or in_words(operation.name)
    return DialogView(
        imports=imports.text,
        component=dialog_name(operation),
        class_name=model.names.class_name,
        title=attribute(f"{label} this {sentence(model.names.label)}"),
        label=attribute(label),
        hook=hook,
        mutation=operation.names.function,
        versioned=is_versioned(model),
        input_name=input_name,
        fields=views,
        labels=labels,
    )


def _field(application: Application, imports: Imports, field: model_pb2.Field, input_name: str) -> FieldView:
    if has_lines(field):
        return lines_view(application, imports, field, input_name)

    def use(piece: fields.Piece) -> str:
        for module, name in piece.imports:
            imports.add(module, name)
        return piece.text

    draft = inputs.draft_type(field)
    for module, name in draft.imports:
        imports.add(module, name, type_only=True)
    return FieldView(
        key=key(field.names.json or field.name),
        type=draft.text,
        rules=", ".join(use(rule) for rule in inputs.rules(field)),
        to_draft=use(inputs.to_draft(field, readable=False)),
        to_input=use(inputs.to_input(field, input_name)),
        element=use(inputs.entered(field, targets_of(application, field))),
        condition="",
    )
