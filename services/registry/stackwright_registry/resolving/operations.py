"""Operations: every endpoint, derived from models or declared as an action (docs/API_CONVENTIONS.md)."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.naming.words import kebab, label, words
from stackwright_registry.resolving.addresses import action_path
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.joining import AND, NOBODY, joined, scope_of
from stackwright_registry.resolving.operation_parts import guard, merge
from stackwright_registry.resolving.ordinary import SCOPES, Ordinary

_OF_ONE_ROW = (operation.OPERATION_SCOPE_ROW, operation.OPERATION_SCOPE_TOKEN)
# The text of a one-time token, as a client may send it.
_TOKEN_LENGTH = (16, 200)


class Operations:
    """Derives all operations of an assembly, in order of features, models and kinds."""

    def __init__(self, assembly: Assembly, base: str) -> None:
        self.assembly = assembly
        self.base = base
        self._ordinary = Ordinary(assembly, base)

    def derive(self) -> list[operation.Operation]:
        """Give every operation; names are given later, paths need the model's path."""
        found: list[operation.Operation] = []
        self._mark_referred()
        for item in self.assembly.models.values():
            found.extend(self._ordinary.of_model(item))
        for (model_id, name), parts in self.assembly.actions.items():
            if not (model_id and name in SCOPES):
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
            if self._ordinary.names(item):
                self._mark(field for field in item.fields if not field.hidden)

    def _mark(self, fields: Iterable[model.Field]) -> None:
        for field in fields:
            if field.type.kind in (model.FIELD_KIND_REF, model.FIELD_KIND_LINKS, model.FIELD_KIND_ANY):
                for target in field.type.targets:
                    self.assembly.models[target].referred_to = True
            self._mark(field.type.members_fields)

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
            merge(self.assembly, result, part)
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
        guard(result, joined(AND, bys), None)
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
        guard(result, scope_of(found, "read"), None)
        return result
