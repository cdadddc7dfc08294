"""The ordinary operations of models: list, read, create, update, delete, and what follows from these."""

from __future__ import annotations

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.naming.words import article, label
from stackwright_registry.resolving.addresses import ordinary_paths
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.joining import AND, is_root, joined, scope_of
from stackwright_registry.resolving.operation_parts import SHOWN_BY_SCOPE_ALONE, guard, merge
from stackwright_registry.resolving.writable import writes

_KINDS = {
    "list": operation.OPERATION_KIND_LIST,
    "read": operation.OPERATION_KIND_READ,
    "create": operation.OPERATION_KIND_CREATE,
    "update": operation.OPERATION_KIND_UPDATE,
    "delete": operation.OPERATION_KIND_DELETE,
    "restore": operation.OPERATION_KIND_RESTORE,
    "put": operation.OPERATION_KIND_PUT,
    "choices": operation.OPERATION_KIND_CHOICES,
    "move": operation.OPERATION_KIND_MOVE,
}
# The scope of the model that an operation stands on.
SCOPES = {
    "list": "read",
    "read": "read",
    "create": "create",
    "update": "update",
    "delete": "delete",
    "restore": "delete",
    "put": "update",
    "choices": "refer",
    "move": "update",
}
_METHODS = {
    "list": operation.HTTP_METHOD_GET,
    "read": operation.HTTP_METHOD_GET,
    "create": operation.HTTP_METHOD_POST,
    "update": operation.HTTP_METHOD_PATCH,
    "delete": operation.HTTP_METHOD_DELETE,
    "restore": operation.HTTP_METHOD_POST,
    "put": operation.HTTP_METHOD_PUT,
    "choices": operation.HTTP_METHOD_GET,
    "move": operation.HTTP_METHOD_POST,
}
_COLLECTION = ("list", "create", "choices")
_ANSWERS = {
    "list": operation.ANSWER_BODY_PAGE,
    "delete": operation.ANSWER_BODY_NOTHING,
    "choices": operation.ANSWER_BODY_CHOICES,
}
_EVENTS = {"create": "created", "update": "updated", "delete": "deleted", "restore": "restored", "put": "updated"}
_STATUS = {"create": 201, "delete": 204}


def _changes(item: operation.Operation) -> bool:
    """Whether an update has anything to do: a row of which all stays as it was made has none."""
    return bool(item.inputs or item.steps or item.HasField("native"))


class Ordinary:
    """Derives the ordinary operations; `base` is the address below which models are."""

    def __init__(self, assembly: Assembly, base: str) -> None:
        self.assembly = assembly
        self.base = base

    def names(self, found: model.Model) -> dict[str, str]:
        """Give the ordinary operations of a model, each with its feature; what is nobody's does not exist."""
        names = {
            name: feature
            for name, feature in self.assembly.ordinary(found.id).items()
            if not is_root(scope_of(found, SCOPES[name]).root, expression.ROOT_NOBODY)
        }
        if found.delete_mode == model.DELETE_MODE_SOFT and "delete" in names:
            names["restore"] = names["delete"]
        if "update" in names and any(rule.HasField("ordered") for rule in found.rules):
            names["move"] = names["update"]
        return names

    def of_model(self, found: model.Model) -> list[operation.Operation]:
        """Give those of a model; whether it is referred to is marked before."""
        names = self.names(found)
        if found.referred_to and not is_root(scope_of(found, "refer").root, expression.ROOT_NOBODY):
            names["choices"] = found.feature
        else:
            found.referred_to = False
        made = [self._ordinary(found, name, names[name]) for name in _KINDS if name in names]
        return [item for item in made if item.kind != operation.OPERATION_KIND_UPDATE or _changes(item)]

    def _ordinary(self, found: model.Model, name: str, feature: str) -> operation.Operation:
        result = operation.Operation(
            id=f"{feature}/{found.name}.{name}",
            name=name,
            feature=feature,
            model_id=found.id,
            kind=_KINDS[name],
            scope=operation.OPERATION_SCOPE_COLLECTION if name in _COLLECTION else operation.OPERATION_SCOPE_ROW,
            method=_METHODS[name],
            title=_title(name, found),
            provenance=found.provenance,
            answer_body=_ANSWERS.get(name, operation.ANSWER_BODY_ROW),
            query=name in ("list", "read", "choices"),
            success_status=_STATUS.get(name, 200),
        )
        if name == "list" and found.paging.cursor:
            result.answer_body = operation.ANSWER_BODY_CURSOR_PAGE
        if name in _EVENTS:
            result.event = f"{found.name}.{_EVENTS[name]}"
        if name in ("create", "update", "put"):
            result.inputs.extend(self._inputs(found, name))
        if name == "move":
            result.inputs.extend(_neighbours(found, result.id))
        ordinary_paths(self.assembly, self.base, found, result)
        source = "delete" if name == "restore" else name
        parts = self.assembly.additions(found.id, source)
        for part in parts if name != "restore" else ():
            merge(self.assembly, result, part)
        bys = [part.by for part in parts if part.HasField("by")]
        scope = scope_of(found, SCOPES[name])
        guard(result, joined(AND, [scope, *bys]), joined(AND, bys) if name in SHOWN_BY_SCOPE_ALONE else None)
        return result

    def _inputs(self, found: model.Model, name: str) -> list[model.Field]:
        parent = found.part_of.field_id if found.kind == model.MODEL_KIND_PART else ""
        fields = [field for field in found.fields if writes(field, update=name == "update") and field.id != parent]
        return [*fields, *self._collections(found)]

    def _collections(self, found: model.Model) -> list[model.Field]:
        """Give the parts that are written with their parent, as lists."""
        lists = []
        for field in found.fields:
            target = self.assembly.models[field.type.targets[0]] if field.type.kind == model.FIELD_KIND_MANY else None
            if target is None or target.kind != model.MODEL_KIND_PART or target.part_of.parent_model_id != found.id:
                continue
            if field.name != target.part_of.collection or "create" not in self.names(target) or field.server:
                continue
            written = model.Field(id=field.id, name=field.name, feature=field.feature, optional=True)
            written.type.kind = model.FIELD_KIND_LIST
            written.type.max_items = 100
            written.type.members_fields.extend(
                inner for inner in target.fields if writes(inner, update=False) and inner.id != target.part_of.field_id
            )
            lists.append(written)
        return lists


def _neighbours(found: model.Model, operation_id: str) -> list[model.Field]:
    fields = []
    for name in ("before", "after"):
        field = model.Field(id=f"{operation_id}/{name}", name=name, feature=found.feature, optional=True)
        field.type.kind = model.FIELD_KIND_REF
        field.type.targets.append(found.id)
        fields.append(field)
    return fields


def _title(name: str, found: model.Model) -> str:
    one = found.title or label(found.name)
    many = found.names.plural_label or one
    verbs = {"list": f"List {_lower(many)}", "choices": f"Choices of {_lower(many)}"}
    return verbs.get(name, f"{name.capitalize()} {article(one)} {_lower(one)}")


def _lower(text: str) -> str:
    return text if text.isupper() else text[:1].lower() + text[1:]
