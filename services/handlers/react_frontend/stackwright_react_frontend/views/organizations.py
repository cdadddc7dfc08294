"""The page on which people choose the organization they work in."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, operation_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports
from stackwright_react_frontend.views.model import hook_name, title_of

_MATERIAL = ("Card", "List", "ListItemButton", "ListItemText", "Skeleton")
_NEEDED = (
    ("react", "useState"),
    ("react-router", "useNavigate"),
    ("src/shared/ui/EmptyState.tsx", "EmptyState"),
    ("src/shared/ui/ErrorState.tsx", "ErrorState"),
    ("src/shared/ui/icons.tsx", "Icon"),
    ("src/shared/ui/Page.tsx", "Page"),
    ("src/shared/ui/toasts.ts", "toasts"),
)


@dataclass(frozen=True)
class PickerView:
    """A file `OrganizationPicker.tsx`."""

    imports: str
    list_hook: str
    name: str
    current_hook: str
    switch_mutation: str
    switch_hook: str
    create_path: str


def picker_view(application: Application, page: contract_pb2.Page, module: str) -> PickerView | str:
    """The page, or what the contract lacks for it."""
    model = next((model for model in application.contract.models if model.name == "Organization"), None)
    listing = application.operation(model, operation_pb2.OPERATION_KIND_LIST) if model else None
    own = {item.name: item for item in application.contract.operations if item.feature == page.feature}
    current, switch = own.get("current_organization"), own.get("switch_organization")
    if model is None or listing is None or current is None or switch is None:
        return "it needs a list of organizations and the operations current_organization and switch_organization"
    imports = Imports(module)
    for name in _MATERIAL:
        imports.default(f"@mui/material/{name}", name)
    for source, name in _NEEDED:
        imports.add(source, name)
    creation = application.create_page(model)
    if creation:
        imports.default("@mui/material/Button", "Button")
        imports.add("react-router", "Link")
    return PickerView(
        list_hook=imports.add(application.api_module(listing), hook_name(listing)),
        name=title_of(application, model),
        current_hook=imports.add(application.api_module(current), hook_name(current)),
        switch_mutation=switch.names.function,
        switch_hook=imports.add(application.api_module(switch), hook_name(switch)),
        create_path=creation.path if creation else "",
        imports=imports.text,
    )
