"""Emits what may be done to the rows of a model: the list of actions, and the dialogs of those that ask."""

from stackwright.contract.v1 import contract_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emitted import Emission
from stackwright_react_frontend.views.actions import actions_view
from stackwright_react_frontend.views.dialogs import dialog_name, dialog_view
from stackwright_react_frontend.views.pages import Pages

_HOMES = (contract_pb2.VIEW_LIST, contract_pb2.VIEW_DETAIL)


def emit_actions(application: Application, emission: Emission, pages: Pages) -> tuple[str, str]:
    """The file and hook of the model's row actions, beside its list; nothing where there are none."""
    model = pages.model
    home = next((page for view in _HOMES if (page := application.page(model, view))), None)
    if home is None:
        return "", ""
    folder = application.model_folder(home.feature, model)
    path = f"{folder}/actions.ts"
    view = actions_view(application, path, model, pages.edit_path)
    if not view.actions:
        return "", ""
    if not emission.has(path):
        emission.add("actions.ts", path, view, home.feature)
        shown = {action.dialog for action in view.actions}
        for operation in application.row_actions(model):
            if dialog_name(operation) in shown:
                module = f"{folder}/{dialog_name(operation)}.tsx"
                dialog = dialog_view(application, module, model, operation)
                emission.add("ActionDialog.tsx", module, dialog, home.feature)
    return path, view.function
