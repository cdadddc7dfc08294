"""Icons of the menu."""

from stackwright.contract.v1 import model_pb2

_ICONS = {
    "User": "people",
    "Role": "shield",
    "Notification": "bell",
    "Session": "device",
    "EmailMessage": "mail",
    "FailedLogin": "lock",
    "Job": "play",
}


def icon_of(model: model_pb2.Model) -> str:
    """The icon of the list of a model."""
    return "history" if model.kind == model_pb2.MODEL_KIND_LOG else _ICONS.get(model.name, "list")
