"""What can be done to a row: the entries of its menu and the buttons of its page."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, member, sentence, string, template
from stackwright_react_frontend.views.dialogs import dialog_name, unasked
from stackwright_react_frontend.views.model import ends_something, hook_name, in_words, is_versioned, title_of


@dataclass(frozen=True)
class RowActionView:
    """One entry of the menu of a row."""

    operation: str
    label: str
    icon: str
    when: str
    hook: str
    mutation: str
    link: str
    destructive: bool
    asks: bool
    question: str
    consequence: str
    done: str
    versioned: bool
    undo_hook: str
    undo_mutation: str
    dialog: str


@dataclass(frozen=True)
class ActionsView:
    """A file `actions.ts`."""

    imports: str
    function: str
    class_name: str
    singular: str
    title: str
    actions: list[RowActionView]


def actions_view(application: Application, path: str, model: model_pb2.Model, edit_path: str) -> ActionsView:
    """What can be done to a row. An action that asks for input has a dialog, which lies beside the file."""
    imports = Imports(path)
    imports.add("src/shared/actions/rowActions.ts", "RowAction", type_only=True)
    imports.add(application.types_module(model), model.names.class_name, type_only=True)
    restore = application.operation(model, operation_pb2.OPERATION_KIND_RESTORE)
    versioned = is_versioned(model)
    title = title_of(application, model)
    shown = template_place(title)
    singular = sentence(model.names.label)
    actions = []
    for operation in application.row_actions(model):
        updates = operation.kind == operation_pb2.OPERATION_KIND_UPDATE
        deletes = operation.kind == operation_pb2.OPERATION_KIND_DELETE
        asks = operation.kind == operation_pb2.OPERATION_KIND_ACTION and bool(operation.inputs)
        if (updates and not edit_path) or (asks and any(not field.optional for field in unasked(operation))):
            continue
        dialog = dialog_name(operation) if asks else ""
        if dialog:
            imports.add(f"{path.rpartition('/')[0]}/{dialog}.tsx", dialog)
        hook = "" if updates or dialog else imports.add(application.api_module(operation), hook_name(operation))
        undo = restore if deletes else None
        label = "Edit" if updates else operation.names.label or in_words(operation.name)
        actions.append(
            RowActionView(
                operation=operation.name,
                label=label,
                icon="edit" if updates else "trash" if deletes else _icon(operation),
                when=_still_to_do(application, model, operation),
                hook=hook,
                mutation=operation.names.function,
                link=edit_path.replace(":id", "${row.id}"),
                destructive=deletes,
                asks=deletes or ends_something(operation),
                question=f"{label} this {singular}?",
                consequence=_consequence(shown, deletes=deletes, restorable=undo is not None),
                done=f"“{shown}” was deleted." if deletes else f"Done: {template(sentence(label))} “{shown}”.",
                versioned=versioned,
                undo_hook=imports.add(application.api_module(undo), hook_name(undo)) if undo else "",
                undo_mutation=undo.names.function if undo else "",
                dialog=dialog,
            )
        )
    return ActionsView(
        imports.text, f"use{model.names.class_name}Actions", model.names.class_name, singular, title, actions
    )


def template_place(expression: str) -> str:
    """An expression as a place of a template literal."""
    return f"${{{expression}}}"


def _still_to_do(application: Application, model: model_pb2.Model, operation: operation_pb2.Operation) -> str:
    """A condition on `row`: it is not yet as the action sets it. Nothing where the contract does not tell."""
    readable = {field.name: field for field in application.readable(model)}
    found = []
    for step in operation.steps:
        if step.WhichOneof("kind") != "set" or step.HasField("if") or step.HasField("each"):
            continue
        for assignment in step.set.assignments:
            literal = assignment.value.root.literal
            if assignment.member not in readable or literal.WhichOneof("value") not in ("bool_value", "enum_value"):
                return ""
            value = string(literal.enum_value) if literal.enum_value else str(literal.bool_value).lower()
            found.append(f"{member('row', readable[assignment.member].names.json)} !== {value}")
    return " || ".join(found)


def _consequence(shown: str, *, deletes: bool, restorable: bool) -> str:
    if not deletes:
        return f"This applies to “{shown}”."
    if restorable:
        return f"“{shown}” is removed from all lists."
    return f"“{shown}” is deleted for good. This cannot be undone."


def _icon(operation: operation_pb2.Operation) -> str:
    again = {"retry": "refresh", "restart": "refresh"}
    return again.get(operation.name, "lock" if ends_something(operation) else "check")
