"""The live channel, which OpenAPI has no words for: what goes over it, as an extension of the document."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_kit.openapi.schemas import Json, Schema, ref

_TEXT: Schema = {"type": "string"}
_ID: Schema = {"type": "string", "format": "uuid"}
_POSITION: Schema = {"type": "integer", "minimum": 0}
_CLOSED: Schema = {
    "4400": "A message that is not as described here.",
    "4401": "Nobody is signed in, or no longer.",
    "4429": "Too many messages.",
}


def channel(agreed: contract.Contract) -> Schema | None:
    """Describe the live channel; None when nothing of the contract goes over it."""
    models = [item for item in agreed.models if item.live_readers or item.HasField("live")]
    signals = sorted(item.names.call for item in agreed.operations if item.transient)
    if not models and not signals:
        return None
    names: list[Json] = [item.name for item in models]
    rows: list[Json] = [ref(item.names.class_name) for item in models]
    sent: Schema = {
        "hello": _message({"token": _TEXT, "position": {"type": ["integer", "null"]}}, "First, within five seconds."),
        "token": _message({"token": _TEXT}, "A newer access token, before the old one expires."),
    }
    received: Schema = {
        "ready": _message({"position": _POSITION}, "Events follow from here."),
        "reset": _message({"position": _POSITION}, "The position asked for is no longer kept: read everything again."),
    }
    if models:
        event: Schema = {"position": _POSITION, "name": _TEXT, "model": {"type": "string", "enum": names}, "id": _ID}
        event["row"] = {"oneOf": [*rows, {"type": "null"}], "description": "As the caller may read it; null: deleted."}
        received["event"] = _message(event, "Something happened to a row.")
    if signals:
        transient: Schema = {"name": {"type": "string", "enum": list(signals)}, "model": _TEXT, "id": _ID}
        transient["actor"] = ref("Reference")
        received["signal"] = _message(transient, "Passing: it has no position and is not repeated.")
    return {
        "path": f"{agreed.conventions.base_path}/stream",
        "protocol": "websocket",
        "encoding": "application/json",
        "send": sent,
        "receive": received,
        "closeCodes": _CLOSED,
    }


def _message(members: Schema, text: str) -> Schema:
    required: list[Json] = ["type", *members]
    return {"type": "object", "description": text, "properties": {"type": _TEXT, **members}, "required": required}
