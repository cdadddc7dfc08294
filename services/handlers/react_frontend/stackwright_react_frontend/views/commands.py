"""Buttons of a list's page for what concerns no single row: actions on the collection, and those of no model."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import access
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, sentence, string
from stackwright_react_frontend.views.model import ends_something, hook_name, in_words


@dataclass(frozen=True)
class CommandView:
    """One button. `condition` is on `visitor`; `true` where all who see the page may."""

    mutation: str
    hook: str
    label: str
    done: str
    question: str
    consequence: str
    condition: str


def command_views(
    application: Application,
    imports: Imports,
    model: model_pb2.Model,
    feature: str,
    allowed: access.Access,
) -> list[CommandView]:
    """The buttons of the list of a model; `allowed` is who sees the page."""
    found = [*application.collection_actions(model), *application.feature_actions(feature, model)]
    views = [_command(application, imports, model, operation, allowed) for operation in found]
    if views:
        imports.add("src/shared/actions/CommandButton.tsx", "CommandButton")
    if any("visitor." in view.condition for view in views):
        imports.add("src/shared/session/useVisitor.ts", "useVisitor")
    return views


def _command(
    application: Application,
    imports: Imports,
    model: model_pb2.Model,
    operation: operation_pb2.Operation,
    allowed: access.Access,
) -> CommandView:
    label = operation.names.label or in_words(operation.name)
    plural = sentence(model.names.plural_label)
    if label.endswith(" others"):
        label = f"{label.removesuffix('s')} {plural}"
    who = access.of_expression(operation.by)
    asks = ends_something(operation)
    return CommandView(
        mutation=operation.names.function,
        hook=imports.add(application.api_module(operation), hook_name(operation)),
        label=attribute(label),
        done=attribute(f"{label}: done."),
        question=string(f"{label}?") if asks else "",
        consequence=string("This applies to all of them at once."),
        condition="true" if allowed.both(who) == allowed else who.condition(),
    )
