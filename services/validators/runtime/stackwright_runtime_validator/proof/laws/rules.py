"""What the rules of the contract forbid: values beyond the bounds of fields, a second of its kind, wrong moves."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator

from stackwright.contract.v1 import model_pb2
from stackwright_runtime_validator.proof.laws.collection import Collection, UntriedError, row_of
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.values import MISSING, Json

_TEXTS = (model_pb2.FIELD_KIND_STRING, model_pb2.FIELD_KIND_TEXT)
# So long is a text that nothing else holds by chance.
_TELLING = 10
_NUMBERS = (model_pb2.FIELD_KIND_INT, model_pb2.FIELD_KIND_BIGINT)


async def bounds_hold(rows: Collection) -> AsyncIterator[str]:
    """A value beyond what the contract allows of a field is refused, and the refusal names the field."""
    members = rows.properties("POST")
    for field in rows.model.fields:
        name = field.names.json or field.name
        if name not in members:
            continue
        for what, value in _beyond(field):
            body = await rows.values(f"beyond {name}")
            reply = await rows.send("POST", body={**body, name: value})
            if reply.status != 422 or name not in _named(reply):
                yield f"{name} {what} is not refused as such: {reply.summary()}"
        if not (field.optional or field.server or field.HasField("default") or field.HasField("init")):
            body = {key: value for key, value in (await rows.values(f"without {name}")).items() if key != name}
            reply = await rows.send("POST", body=body)
            if rows.target.values().required(rows.endpoints["POST"].body or {}).count(name) and reply.status != 422:
                yield f"a row without {name} is not refused: {reply.summary()}"


def _beyond(field: model_pb2.Field) -> Iterator[tuple[str, Json]]:
    kind = field.type.kind
    if kind in _TEXTS:
        if field.type.HasField("max_length") and field.type.max_length < 500_000:
            yield "one character too long", "x" * (field.type.max_length + 1)
        if field.type.HasField("min_length") and field.type.min_length > 1:
            yield "one character too short", "x" * (field.type.min_length - 1)
        yield "with a NUL", "a\0b"
    if kind in _NUMBERS:
        if field.type.minimum:
            yield "below its least", int(field.type.minimum) - 1
        if field.type.maximum:
            yield "above its most", int(field.type.maximum) + 1
        yield "with a fraction", 1.5
    if kind == model_pb2.FIELD_KIND_ENUM:
        yield "of no member", "no_such_member"
    if kind == model_pb2.FIELD_KIND_BOOL:
        yield "as text", "true"
    if kind in (model_pb2.FIELD_KIND_DATE, model_pb2.FIELD_KIND_TIMESTAMP):
        yield "of no day", "2026-02-30"


def _named(reply: Reply) -> set[str]:
    error = row_of(reply).get("error")
    fields = error.get("fields") if isinstance(error, dict) else None
    return (
        {str(field.get("field")) for field in fields if isinstance(field, dict)} if isinstance(fields, list) else set()
    )


async def what_is_unique_is_there_once(rows: Collection) -> AsyncIterator[str]:
    """A second row of a value that is unique is refused with 409, also where only the case differs if that is said."""
    single = {field.id: [field] for field in rows.model.fields if field.unique}
    fields = {field.id: field for field in rows.model.fields}
    for rule in rows.model.rules:
        if rule.HasField("unique") and not rule.unique.HasField("where"):
            single[rule.id] = [fields[key] for key in rule.unique.field_ids if key in fields]
    for group in single.values():
        names = [field.names.json or field.name for field in group]
        sent, _ = await rows.new(f"once {names}")
        if any(sent.get(name) is None for name in names):
            continue
        # Unlike the first one but in what is unique.
        body = {**await rows.values(f"twice {names}"), **{name: sent[name] for name in names}}
        second = await rows.send("POST", body=body)
        if second.status != 409:
            yield f"{' with '.join(names)} is unique, and a second row has it: {second.summary()}"


async def what_is_encrypted_is_sealed(rows: Collection) -> AsyncIterator[str]:
    """No table holds the text of an encrypted field: neither its own, nor what tells of changes."""
    for field in rows.model.fields:
        name = field.names.json or field.name
        member = rows.properties("POST").get(name)
        if not field.encrypted or member is None:
            continue
        text = secrets.token_hex(32)[: field.type.max_length if field.type.HasField("max_length") else None]
        if len(text) < _TELLING or not rows.target.surface.validator(member).is_valid(text):
            continue
        reply = await rows.send("POST", body={**await rows.values(f"sealed {name}"), name: text})
        if reply.status != 201:
            raise UntriedError(f"{rows.path}: {reply.summary()}")
        if "row PATCH" in rows.endpoints:
            changed = f"{text[:-1]}{'0' if text[-1] != '0' else '1'}"
            await rows.send("row PATCH", str(row_of(reply)["id"]), {name: changed})
        # All but its end, which differs from the one text to the other.
        for table in await rows.target.controls.kept(text[:-1]):
            yield f"{name} is encrypted, and {table} holds what it was sent"


async def states_are_kept_to(rows: Collection) -> AsyncIterator[str]:
    """A new row begins in the first state; an action leads where it says, and from no other state than it says."""
    if not rows.model.HasField("states"):
        return
    member = next((field.name for field in rows.model.fields if field.id == rows.model.states.field_id), "")
    for action in rows.actions():
        _, made = await rows.new(f"state {action.name}")
        row = row_of(made)
        if row.get(member) != rows.model.states.initial:
            yield f"a new row begins as {row.get(member)!r}, not as {rows.model.states.initial!r}"
        endpoint = next((each for each in rows.target.surface.endpoints if each.path == action.path), None)
        if endpoint is None:
            yield f"{action.path} is not in the document"
            continue
        values = rows.target.values(action.path).valid(endpoint.body) if endpoint.body else MISSING
        address = endpoint.target(str(row["id"]))
        reply = await rows.target.wire.send(endpoint.method, address, values, token=rows.person.access_token)
        possible = not action.from_states or rows.model.states.initial in action.from_states
        if not possible and reply.status != 409:
            yield f"{action.name} is not possible in {rows.model.states.initial!r}, and answers {reply.summary()}"
        shown = row_of(await rows.send("row GET", str(row["id"]))).get(member)
        if possible and reply.status == 200 and action.to_state and shown not in (action.to_state, None):
            yield f"{action.name} leads to {action.to_state!r}, and the row is {shown!r}"
