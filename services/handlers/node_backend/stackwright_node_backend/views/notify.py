"""How notices are brought: names that the contract gave to the models of notifications."""

from dataclasses import dataclass

from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application


@dataclass(frozen=True)
class NotifyView:
    """A file `notify.ts`."""

    imports: list[str]
    class_name: str
    longest: int
    """Characters of a title."""
    users: str
    preferences: str


def notify_view(application: Application, path: str) -> NotifyView:
    """The view; raises StopIteration for a contract without the models of notifications."""
    models = application.models_of("notifications")
    notification = next(model for model in models if model.name.endswith("Notification"))
    preference = next(model for model in models if model.name.endswith("NotificationPreference"))
    user = application.index.named("User")
    title = application.index.field_named(notification, "title")
    imports = ts.Imports(path)
    imports.add("src/shared/actions/unit.ts", "Unit", type_only=True)
    imports.add("src/shared/query/rows.ts", "Pointer", type_only=True)
    return NotifyView(
        class_name=application.import_model(imports, notification),
        imports=imports.lines(),
        longest=title.type.max_length if title else 300,
        users=user.names.table if user else "users",
        preferences=preference.names.table,
    )
