"""Typing what is done: actions with their steps, subscriptions and clocks."""

from __future__ import annotations

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.expressions.stands import ACCESS, CLOCK, EFFECT
from stackwright_registry.expressions.types import Type, row, type_of
from stackwright_registry.expressions.world import Scope
from stackwright_registry.resolving.bounds import bounded
from stackwright_registry.resolving.fields import resolve_targets
from stackwright_registry.resolving.steps import Steps, Where
from stackwright_registry.resolving.typist import Typist, nodes
from stackwright_registry.resolving.writable import by_id, writes
from stackwright_registry.yaml_source import suggestion

# What a native call gives is known to the call alone.
_OPAQUE = Type(expression.VALUE_KIND_OBJECT)
_SELECTORS = frozenset({"*", "resource", "part", "all"})


class Doings:
    """Types actions, subscriptions and clocks, and resolves the names in their steps."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.assembly = typist.assembly
        self.steps = Steps(typist)
        self._fields = by_id(self.assembly.models.values())

    def type_actions(self) -> None:
        """Type every action and every addition to an ordinary operation."""
        for (model_id, name), parts in self.assembly.actions.items():
            first = parts[0]
            for part in parts:
                self._inputs(model_id, part)
            variables: dict[str, Type] = {}
            for part in parts:
                self._action(model_id, name, part, first, variables)

    def _where(self, feature: str, element: str) -> Where:
        return Where(feature, self.assembly.place(feature, element))

    def _inputs(self, model_id: str, part: operation.Operation) -> None:
        owner = self.assembly.models[model_id].name if model_id else "actions"
        for section, fields in (("input", part.inputs), ("returns", part.returns)):
            for field in fields:
                place = self.assembly.place(part.feature, f"{owner}.{part.name}.{section}.{field.name}")
                resolve_targets(self.assembly, field.type, part.feature, place)
                bounded(field.type)
                field.feature = part.feature
                if field.type.kind == model.FIELD_KIND_MANY:
                    message = f"`{field.name}` cannot be `many`; use `links` or a list."
                    self.assembly.problems.add(place, "unknown_type", message)

    def inputs_of(self, model_id: str, name: str, parts: list[operation.Operation]) -> dict[str, Type]:
        """Give the inputs that expressions of an action may read."""
        found: dict[str, Type] = {}
        if model_id and name in ("create", "update"):
            for field in self.assembly.models[model_id].fields:
                if writes(field, update=name == "update"):
                    optional = field.optional or name == "update"
                    found[field.name] = type_of(field.type, optional)
        for part in parts:
            found.update({field.name: type_of(field.type, field.optional) for field in part.inputs})
        return found

    def _action(
        self,
        model_id: str,
        name: str,
        part: operation.Operation,
        first: operation.Operation,
        variables: dict[str, Type],
    ) -> None:
        checker = self.typist.checker(part.feature)
        owner = f"{self.assembly.models[model_id].name if model_id else 'actions'}.{name}"
        where = self._where(part.feature, owner)
        row_id = self._row_of(model_id, name, part, first, where)
        this = row(row_id) if row_id else None
        inputs = self.inputs_of(model_id, name, self.assembly.additions(model_id, name))
        if part.HasField("by"):
            by_this = row(model_id) if model_id and first.scope == operation.OPERATION_SCOPE_ROW else None
            checker.require(part.by, Scope(ACCESS, by_this), "`by`")
        scope = Scope(EFFECT, this, inputs=inputs, variables=variables)
        for condition in part.conditions:
            checker.require(condition.condition, scope, "`if`")
            scope = scope.with_present(checker.present(condition.condition, scope))
        self._transition(model_id, part, where)
        scope = self.steps.typed(part.steps, scope, where)
        variables.update(scope.variables)
        for field in part.returns:
            if field.HasField("returns"):
                self.typist.fits(field.returns, scope, field, part.feature)
            elif not part.HasField("native"):
                self.assembly.problems.add(where.place, "missing_key", f"`{field.name}` needs `= EXPRESSION`.")
        if part.HasField("native"):
            self.steps.native(part.native, "operations", where)

    def _row_of(
        self, model_id: str, name: str, part: operation.Operation, first: operation.Operation, where: Where
    ) -> str:
        """Give the model of the row that steps and conditions belong to."""
        if model_id:
            collection = first.scope == operation.OPERATION_SCOPE_COLLECTION
            if part is not first:
                part.scope = first.scope
            return "" if collection else model_id
        if part is first and part.row_model_id:
            part.row_model_id = self.assembly.require_model(part.row_model_id, part.feature, where.place)
        return first.row_model_id

    def _transition(self, model_id: str, part: operation.Operation, where: Where) -> None:
        if not part.to_state and not part.from_states:
            return
        found = self.assembly.models.get(model_id)
        field = self._fields.get(found.states.field_id) if found is not None else None
        if field is None:
            self.assembly.problems.add(where.place, "missing_key", "`from` and `to` need `states` of the model.")
            return
        for state in (*part.from_states, part.to_state):
            if state not in field.type.members:
                near = suggestion(state, list(field.type.members))
                self.assembly.problems.add(where.place, "unknown_name", f"There is no state `{state}`{near}.")

    def type_subscriptions(self) -> None:
        """Type every subscription."""
        numbers: dict[str, int] = {}
        emitters = self._emitters()
        for subscription in self.assembly.subscriptions:
            number = numbers.get(subscription.feature, 0)
            numbers[subscription.feature] = number + 1
            subscription.id = f"{subscription.feature}/subscribe/{number + 1}"
            where = self._where(subscription.feature, f"subscribe.{number}")
            models = self._events(subscription, where)
            subscription.model_id = models[0] if len(models) == 1 else ""
            # What the operation was given, if one native operation emits all of these events.
            given = {emitters.get(event, ("", "")) for event in subscription.events}
            inputs = None
            if len(given) == 1 and (emitter := given.pop()) in self.assembly.actions:
                inputs = self.inputs_of(*emitter, self.assembly.actions[emitter])
            # The secret of a token exists in the transaction that makes its row, and nowhere else.
            made = subscription.within_transaction and not subscription.selector
            fresh = made and all(event.endswith(".created") for event in subscription.events)
            scope = Scope(EFFECT, row(*models), inputs=inputs, fresh=fresh)
            if subscription.HasField("if"):
                condition = getattr(subscription, "if")
                checker = self.typist.checker(subscription.feature)
                checker.require(condition, scope, "`if`")
                scope = scope.with_present(checker.present(condition, scope))
            self.steps.typed(subscription.steps, scope, where)

    def _events(self, subscription: operation.Subscription, where: Where) -> list[str]:
        """Give the models of the rows that the events bring; the events are called by the names models have now."""
        models: dict[str, None] = {}
        emitted = self._emitted()
        for number, event in enumerate(subscription.events):
            name, dot, happening = event.partition(".")
            if event in emitted:
                models.update(dict.fromkeys(emitted[event]))
            elif not dot or not happening:
                near = suggestion(event, list(emitted))
                self.assembly.problems.add(
                    where.place, "wrong_shape", f"An event is `Model.name`, not `{event}`{near}."
                )
            elif name in _SELECTORS:
                subscription.selector = True
            elif found := self.assembly.require_model(name, subscription.feature, where.place):
                models[found] = None
                subscription.events[number] = f"{self.assembly.models[found].name}.{happening}"
                known = ["created", "updated", "deleted", *(n for m, n in self.assembly.actions if m == found)]
                if happening not in known:
                    message = f"`{name}` has no event `{happening}`{suggestion(happening, known)}."
                    self.assembly.problems.add(where.place, "unknown_name", message)
        return list(models)

    def _emitted(self) -> dict[str, list[str]]:
        """Give the events that native operations emit by themselves, each with the model of its row, if it has one."""
        return {
            name: [model_id or part.row_model_id] if model_id or part.row_model_id else []
            for (model_id, _), parts in self.assembly.actions.items()
            for part in parts
            for name in part.emits
        }

    def _emitters(self) -> dict[str, tuple[str, str]]:
        """Give the operation (its model and name) that emits an event by itself."""
        return {name: key for key, parts in self.assembly.actions.items() for part in parts for name in part.emits}

    def type_clocks(self) -> None:
        """Type every clock; its steps must make `where` false, or it would claim the same rows for ever."""
        numbers: dict[str, int] = {}
        for clock in self.assembly.clocks:
            number = numbers.get(clock.feature, 0)
            numbers[clock.feature] = number + 1
            clock.id = f"{clock.feature}/every/{number + 1}"
            where = self._where(clock.feature, f"every.{number}")
            clock.model_id = self.assembly.require_model(clock.model_id, clock.feature, where.place)
            this = row(clock.model_id) if clock.model_id else None
            checker = self.typist.checker(clock.feature)
            checker.require(clock.where, Scope(CLOCK, this), "`where`")
            scope = Scope(EFFECT, this)
            self.steps.typed(clock.steps, scope.with_present(checker.present(clock.where, scope)), where)
            if not _makes_false(clock):
                message = (
                    "No step deletes the row or sets a field that `where` names, so the clock would never be done."
                )
                self.assembly.problems.add(where.place, "endless_clock", message)


def _makes_false(clock: operation.Clock) -> bool:
    named = {node.select.member for node in nodes(clock.where.root) if node.WhichOneof("kind") == "select"}
    for step in clock.steps:
        kind = step.WhichOneof("kind")
        if kind == "delete" and step.delete.rows.source == "this":
            return True
        if kind == "set" and any(assignment.member in named for assignment in step.set.assignments):
            return True
    return False
