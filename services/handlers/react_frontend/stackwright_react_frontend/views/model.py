"""What the files of a model share."""

from collections.abc import Iterable
from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.inputs import Target
from stackwright_react_frontend.source import member, pascal, string

_WRITES = (operation_pb2.OPERATION_KIND_CREATE, operation_pb2.OPERATION_KIND_UPDATE, operation_pb2.OPERATION_KIND_PUT)


@dataclass(frozen=True)
class MemberView:
    """One member of an interface."""

    key: str
    type: str


def inputs_of(application: Application, model: model_pb2.Model) -> list[model_pb2.Field]:
    """Fields that forms take, in order of the model's fields; an address that names more than a row has none."""
    taken = {
        field.id: field
        for operation in application.operations(model)
        if operation.kind in _WRITES and (operation.kind != operation_pb2.OPERATION_KIND_PUT or is_settings(operation))
        for field in operation.inputs
    }
    order = {field.id: number for number, field in enumerate(model.fields)}
    return [field for field in sorted(taken.values(), key=lambda field: order.get(field.id, 999)) if not field.trap]


def is_settings(operation: operation_pb2.Operation | None) -> bool:
    """Whether it writes the one row of a person, which no address has to name."""
    return operation is not None and operation.kind == operation_pb2.OPERATION_KIND_PUT and "{" not in operation.path


def ordering(application: Application, model: model_pb2.Model) -> set[str]:
    """Ids of the fields by which people put rows in order; they are changed by moving a row."""
    if application.operation(model, operation_pb2.OPERATION_KIND_MOVE) is None:
        return set()
    return {rule.ordered.by_field_id for rule in model.rules if rule.WhichOneof("kind") == "ordered"}


def targets_of(application: Application, field: model_pb2.Field) -> list[Target]:
    """The models that a field may refer to, as far as their rows can be chosen from."""
    models = (application.models[target] for target in field.type.targets if target in application.models)
    if field.type.kind == model_pb2.FIELD_KIND_ANY:
        choices = operation_pb2.OPERATION_KIND_CHOICES
        models = (model for model in models if application.operation(model, choices))
    return [Target(model.name, model.names.label, model.names.path) for model in models]


def currency_of(known: Iterable[model_pb2.Field], field: model_pb2.Field) -> str:
    """The member of the row that names the currency of an amount; nothing where another row does."""
    path = field.type.currency_path
    wanted = field.type.kind == model_pb2.FIELD_KIND_MONEY and path
    return next((other.names.json for other in known if wanted and other.name == path), "")


def is_versioned(model: model_pb2.Model) -> bool:
    """Whether rows carry a version that is sent back as If-Match."""
    return model.kind == model_pb2.MODEL_KIND_RESOURCE


def is_tombstone(model: model_pb2.Model) -> bool:
    """Whether rows that were deleted keep their place, without what they held."""
    return model.delete_mode == model_pb2.DELETE_MODE_TOMBSTONE


def in_words(name: str) -> str:
    """`in_progress` → `In progress`."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def hook_name(operation: operation_pb2.Operation) -> str:
    """The hook that RTK Query derives for the operation."""
    kind = "Query" if operation.method == operation_pb2.HTTP_METHOD_GET else "Mutation"
    if operation.answer_body == operation_pb2.ANSWER_BODY_CURSOR_PAGE:
        kind = "InfiniteQuery"
    return f"use{pascal(operation.names.function)}{kind}"


def _best_title(application: Application, model: model_pb2.Model) -> model_pb2.Field | None:
    """Where a model names no title: a field called so, else the first short text, else what it belongs to."""
    readable = application.readable(model)
    texts = [field for field in readable if field.type.kind == model_pb2.FIELD_KIND_STRING]
    named = (field for name in ("title", "name") for field in texts if field.name == name)
    rows = [field for field in readable if field.type.kind == model_pb2.FIELD_KIND_REF and not field.optional]
    return next(named, next(iter([*texts, *rows]), None))


def title_of(application: Application, model: model_pb2.Model) -> str:
    """What a row is called, as an expression on `row` that is text."""
    title = application.title(model) or _best_title(application, model)
    if title is None:
        return "row.id"
    if title.type.kind in (model_pb2.FIELD_KIND_REF, model_pb2.FIELD_KIND_ANY):
        # Null where the caller may not know of it.
        return f"{member('row', title.names.json)}?.display ?? {string(model.names.label)}"
    text = member("row", title.names.json)
    if title.type.kind in (model_pb2.FIELD_KIND_INT, model_pb2.FIELD_KIND_BIGINT, model_pb2.FIELD_KIND_BOOL):
        text = f"String({text})" if not title.optional else f"{text}?.toString()"
    nullable = title.optional or title.HasField("read") or title.id in model.tombstone_field_ids
    return f"{text} ?? {string(model.names.label)}" if nullable else text


def ends_something(operation: operation_pb2.Operation) -> bool:
    """Whether an action takes something away from somebody, as far as its name says."""
    words = "deactivate cancel revoke reject suspend archive close remove block end delete"
    return operation.name.startswith(tuple(words.split()))
