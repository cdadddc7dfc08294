"""Operations: every endpoint, derived from models or declared as an action (docs/API_CONVENTIONS.md)."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.naming.words import article, kebab, label, words
from stackwright_registry.resolving import joining
from stackwright_registry.resolving.addresses import action_path, ordinary_paths
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.joining import AND, NOBODY, is_root, joined, scope_of
from stackwright_registry.resolving.writable import by_id, writes

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
_SCOPES = {
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
_OF_ONE_ROW = (operation.OPERATION_SCOPE_ROW, operation.OPERATION_SCOPE_TOKEN)
# The text of a one-time token, as a client may send it.
_TOKEN_LENGTH = (16, 200)
_COLLECTION = ("list", "create", "choices")
_ANSWERS = {
    "list": operation.ANSWER_BODY_PAGE,
    "delete": operation.ANSWER_BODY_NOTHING,
    "choices": operation.ANSWER_BODY_CHOICES,
}
_EVENTS = {"create": "created", "update": "updated", "delete": "deleted", "restore": "restored", "put": "updated"}
_STATUS = {"create": 201, "delete": 204}
_SHOWN_BY_SCOPE_ALONE = ("list", "read", "choices")


class Operations:
    """Derives all operations of an assembly, in order of features, models and kinds."""

    def __init__(self, assembly: Assembly, base: str) -> None:
        self.assembly = assembly
        self.base = base
        self._fields = by_id(assembly.models.values())

    def derive(self) -> list[operation.Operation]:
        """Give every operation; names are given later, paths need the model's path."""
        found: list[operation.Operation] = []
        self._mark_referred()
        for item in self.assembly.models.values():
            found.extend(self._of_model(item))
        for (model_id, name), parts in self.assembly.actions.items():
            if not (model_id and name in _SCOPES):
                found.append(self._action(model_id, parts))
        found.extend(self._metric(metric) for metric in self.assembly.metrics.values())
        order = {entry.key: number for number, entry in enumerate(self.assembly.resolved)}
        found.sort(key=lambda item: order.get(item.feature, len(order)))
        return found

    def _mark_referred(self) -> None:
        """Mark the models that a reference which a client meets names: those have `choices`."""
        for parts in self.assembly.actions.values():
            for part in parts:
                self._mark(field for field in part.inputs)
        for item in self.assembly.models.values():
            if self._names(item):
                self._mark(field for field in item.fields if not field.hidden)

    def _mark(self, fields: Iterable[model.Field]) -> None:
        for field in fields:
            if field.type.kind in (model.FIELD_KIND_REF, model.FIELD_KIND_LINKS, model.FIELD_KIND_ANY):
                for target in field.type.targets:
                    self.assembly.models[target].referred_to = True
            self._mark(field.type.members_fields)

    def _names(self, found: model.Model) -> dict[str, str]:
        """Give the ordinary operations of a model, each with its feature; what is nobody's does not exist."""
        names = {
            name: feature
            for name, feature in self.assembly.ordinary(found.id).items()
            if not is_root(scope_of(found, _SCOPES[name]).root, expression.ROOT_NOBODY)
        }
        if found.delete_mode == model.DELETE_MODE_SOFT and "delete" in names:
            names["restore"] = names["delete"]
        if "update" in names and any(rule.HasField("ordered") for rule in found.rules):
            names["move"] = names["update"]
        return names

    def _of_model(self, found: model.Model) -> list[operation.Operation]:
        names = self._names(found)
        if found.referred_to and not is_root(scope_of(found, "refer").root, expression.ROOT_NOBODY):
            names["choices"] = found.feature
        else:
            found.referred_to = False
        return [self._ordinary(found, name, names[name]) for name in _KINDS if name in names]

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
            self._merge(result, part)
        bys = [part.by for part in parts if part.HasField("by")]
        scope = scope_of(found, _SCOPES[name])
        self._guarded(result, joined(AND, [scope, *bys]), joined(AND, bys) if name in _SHOWN_BY_SCOPE_ALONE else None)
        return result

    def _guarded(
        self, result: operation.Operation, whole: expression.Expression | None, own: expression.Expression | None
    ) -> None:
        """Set who may: the joined condition, or what narrows the scope where the scope itself is asked of each row."""
        shown = (
            own if result.name in _SHOWN_BY_SCOPE_ALONE and result.kind != operation.OPERATION_KIND_ACTION else whole
        )
        if shown is not None:
            result.by.CopyFrom(shown)
        result.permission = joining.permission_of(whole)
        result.public = joining.open_to_strangers(whole)

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
            if field.name != target.part_of.collection or "create" not in self._names(target) or field.server:
                continue
            written = model.Field(id=field.id, name=field.name, feature=field.feature, optional=True)
            written.type.kind = model.FIELD_KIND_LIST
            written.type.max_items = 100
            written.type.members_fields.extend(
                inner for inner in target.fields if writes(inner, update=False) and inner.id != target.part_of.field_id
            )
            lists.append(written)
        return lists

    def _merge(self, result: operation.Operation, part: operation.Operation) -> None:
        """Take over what an addition says, beside who may."""
        known = {field.name for field in result.inputs}
        for field in part.inputs:
            if field.name in known:
                place = self.assembly.place(part.feature, part.name)
                self.assembly.problems.add(
                    place, "duplicate_name", f"`{result.id}` has an input `{field.name}` already."
                )
            added = result.inputs.add()
            added.CopyFrom(field)
            added.id = f"{result.id}/{field.name}"
        result.conditions.extend(part.conditions)
        result.steps.extend(part.steps)
        result.errors.extend(part.errors)
        result.emits.extend(part.emits)
        result.idempotent_required |= part.idempotent_required
        result.transient |= part.transient
        for name in ("rate", "native"):
            if part.HasField(name):
                getattr(result, name).CopyFrom(getattr(part, name))
        for name in ("title", "description"):
            if getattr(part, name):
                setattr(result, name, getattr(part, name))

    def _action(self, model_id: str, parts: list[operation.Operation]) -> operation.Operation:
        first = parts[0]
        found = self.assembly.models.get(model_id)
        result = operation.Operation(
            name=first.name,
            feature=first.feature,
            model_id=model_id,
            kind=operation.OPERATION_KIND_ACTION,
            scope=first.scope,
            success_status=200,
            title=label(first.name),
            provenance=model.PROVENANCE_CATALOGUE if first.feature in self.assembly.keys else model.PROVENANCE_REQUEST,
            row_model_id=first.row_model_id,
            from_states=first.from_states,
            to_state=first.to_state,
        )
        result.id = f"{first.feature}/{f'{found.name}.' if found is not None else ''}{first.name}"
        for part in parts:
            self._merge(result, part)
        by_token = first.scope == operation.OPERATION_SCOPE_TOKEN
        if by_token and found is not None:
            self._token(result, first, found)
        changes = by_token or bool(result.steps) or bool(first.to_state) or first.transient
        result.query = first.query or not (changes or first.HasField("native"))
        result.method = operation.HTTP_METHOD_GET if result.query else operation.HTTP_METHOD_POST
        for field in first.returns:
            added = result.returns.add()
            added.CopyFrom(field)
            added.id = f"{result.id}/{field.name}"
        result.answer_body = self._answer(first, found)
        if found is not None and first.scope in _OF_ONE_ROW and not result.query:
            result.event = f"{found.name}.{first.name}"
        action_path(self.base, result, found)
        bys = [part.by for part in parts if part.HasField("by")]
        if not first.HasField("by"):
            bys.insert(0, self._default_by(first, found))
        self._guarded(result, joined(AND, bys), None)
        return result

    def _token(self, result: operation.Operation, first: operation.Operation, found: model.Model) -> None:
        """Put the token that names the row before the other inputs."""
        tokens = [field for field in found.fields if field.type.kind == model.FIELD_KIND_TOKEN]
        if len(tokens) != 1:
            place = self.assembly.place(first.feature, f"{found.name}.{first.name}")
            message = f"`scope: token` needs a model with one field of type `token`; `{found.name}` has {len(tokens)}."
            self.assembly.problems.add(place, "missing_key", message)
        field = model.Field(id=f"{result.id}/token", name="token", feature=first.feature, secret=True, title="Token")
        field.type.kind = model.FIELD_KIND_STRING
        field.type.min_length, field.type.max_length = _TOKEN_LENGTH
        result.inputs.insert(0, field)

    def _default_by(self, first: operation.Operation, found: model.Model | None) -> expression.Expression:
        if found is not None and first.scope == operation.OPERATION_SCOPE_ROW:
            return scope_of(found, "update")
        place = self.assembly.place(first.feature, f"{found.name if found is not None else 'actions'}.{first.name}")
        self.assembly.problems.add(
            place, "missing_key", f"The action `{first.name}` belongs to no row, so it needs `by`."
        )
        return NOBODY

    def _answer(self, first: operation.Operation, found: model.Model | None) -> operation.AnswerBody:
        if first.answer_body != operation.ANSWER_BODY_UNSPECIFIED:
            return first.answer_body
        row = found is not None and first.scope == operation.OPERATION_SCOPE_ROW and not first.transient
        return operation.ANSWER_BODY_ROW if row else operation.ANSWER_BODY_NOTHING

    def _metric(self, metric: contract.Metric) -> operation.Operation:
        found = self.assembly.models[metric.model_id] if metric.model_id else model.Model()
        result = operation.Operation(
            id=f"{metric.feature}/metrics.{metric.key}",
            name=metric.key,
            feature=metric.feature,
            model_id=metric.model_id,
            kind=operation.OPERATION_KIND_METRIC,
            scope=operation.OPERATION_SCOPE_GLOBAL,
            method=operation.HTTP_METHOD_GET,
            path=f"{self.base}/metrics/{kebab(words(metric.key))}",
            title=metric.title,
            provenance=found.provenance,
            answer_body=operation.ANSWER_BODY_JSON,
            query=True,
            success_status=200,
        )
        self._guarded(result, scope_of(found, "read"), None)
        return result


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
