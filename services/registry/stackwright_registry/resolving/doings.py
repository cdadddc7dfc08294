"""Typing what is done: actions with their steps, subscriptions and clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.expressions.stands import ACCESS, CLOCK, EFFECT
from stackwright_registry.expressions.types import Type, row, type_of
from stackwright_registry.expressions.world import Scope
from stackwright_registry.problems import Place
from stackwright_registry.resolving.fields import bounded, resolve_targets
from stackwright_registry.resolving.typist import Typist, nodes
from stackwright_registry.resolving.writable import by_id, writes
from stackwright_registry.yaml_source import suggestion

# What a native call gives is known to the call alone.
_OPAQUE = Type(expression.VALUE_KIND_OBJECT)
_SELECTORS = frozenset({"*", "resource", "part", "all"})


@dataclass(frozen=True)
class Where:
    """The feature and the place of what is being typed."""

    feature: str
    place: Place


class Doings:
    """Types actions, subscriptions and clocks, and resolves the names in their steps."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.assembly = typist.assembly
        self._fields = by_id(self.assembly.models.values())
        # The model whose row each notice was first used with: its text reads that row.
        self._notice_rows: dict[str, str] = {}

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
        scope = self.steps(part.steps, scope, where)
        variables.update(scope.variables)
        for field in part.returns:
            if field.HasField("returns"):
                self.typist.fits(field.returns, scope, field, part.feature)
            elif not part.HasField("native"):
                self.assembly.problems.add(where.place, "missing_key", f"`{field.name}` needs `= EXPRESSION`.")
        if part.HasField("native"):
            self._native(part.native, "operations", where)

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

    def _native(self, call: operation.NativeCall, section: str, where: Where) -> None:
        module = self.assembly.native.get(call.module)
        known = list(getattr(module, section)) if module is not None else []
        if call.operation not in known:
            near = suggestion(call.operation, known)
            message = f"`{call.module}.{call.operation}` is not among the {section} of `native`{near}."
            self.assembly.problems.add(where.place, "unknown_name", message)

    def steps(self, steps: Iterable[operation.Step], scope: Scope, where: Where) -> Scope:
        """Type steps in order; what one makes and requires, the next ones know."""
        for step in steps:
            scope = self._step(step, scope, where)
        return scope

    def _step(self, step: operation.Step, scope: Scope, where: Where) -> Scope:
        checker = self.typist.checker(where.feature)
        inner, made = scope, None
        if step.HasField("each"):
            item = self._each(step, scope, where)
            inner = inner.with_variable(getattr(step, "as"), item)
        if step.HasField("if"):
            condition = getattr(step, "if")
            checker.require(condition, inner, "`if`")
            inner = inner.with_present(checker.present(condition, inner))
        kind = step.WhichOneof("kind")
        made = getattr(self, f"_{kind}")(step, inner, where)
        if kind == "require":
            scope = scope.with_present(checker.present(step.require.condition, scope))
        name = getattr(step, "as")
        if name and made is not None and not step.HasField("each"):
            scope = scope.with_variable(name, made.optional() if step.HasField("if") else made)
        return scope

    def _each(self, step: operation.Step, scope: Scope, where: Where) -> Type:
        type_ = self.typist.checker(where.feature).check(step.each, scope)
        if type_.kind == expression.VALUE_KIND_ROWS:
            return row(*type_.models)
        if type_.kind == expression.VALUE_KIND_LIST and type_.element is not None:
            return type_.element
        if type_.kind != expression.VALUE_KIND_UNSPECIFIED:
            self.typist.wrong(step.each, "type_mismatch", f"`each` goes over rows or a list, not {type_}.")
        return Type(expression.VALUE_KIND_UNSPECIFIED)

    def _set(self, step: operation.Step, scope: Scope, where: Where) -> None:
        model_id = scope.this.models[0] if scope.this is not None and len(scope.this.models) == 1 else ""
        if not model_id:
            self.assembly.problems.add(where.place, "wrong_place", "`set` needs one row of a known model.")
            return
        self._assign(step.set.assignments, model_id, scope, where)

    def _assign(
        self, assignments: Iterable[operation.Assignment], model_id: str, scope: Scope, where: Where
    ) -> set[str]:
        given = set()
        for assignment in assignments:
            place = Place.of(assignment.value.place)
            field = self.assembly.require_field(model_id, assignment.member, place, where.feature)
            if field is None:
                self.typist.checker(where.feature).check(assignment.value, scope)
                continue
            assignment.field_id = field.id
            given.add(field.name)
            if field.HasField("value") or field.type.kind in (model.FIELD_KIND_MANY, model.FIELD_KIND_TOKEN):
                self.assembly.problems.add(place, "wrong_place", f"`{field.name}` is computed and cannot be set.")
            self.typist.fits(assignment.value, scope, field, where.feature)
        return given

    def _create(self, step: operation.Step, scope: Scope, where: Where) -> Type | None:
        model_id = self.assembly.require_model(step.create.model_id, where.feature, where.place)
        step.create.model_id = model_id
        given = self._assign(step.create.assignments, model_id, scope, where)
        self._complete(model_id, given, where)
        return row(model_id) if model_id else None

    def _put(self, step: operation.Step, scope: Scope, where: Where) -> Type | None:
        model_id = self.assembly.require_model(step.put.model_id, where.feature, where.place)
        step.put.model_id = model_id
        names = list(step.put.by_field_ids)
        fields = [self.assembly.require_field(model_id, name, where.place, where.feature) for name in names]
        step.put.by_field_ids[:] = [field.id for field in fields if field is not None]
        given = self._assign(step.put.assignments, model_id, scope, where)
        self._complete(model_id, given, where)
        for name in names:
            if name not in given:
                self.assembly.problems.add(where.place, "missing_key", f"`put` needs a value for its key `{name}`.")
        if model_id and not self._has_key(model_id, names):
            message = f"`put` by {', '.join(names)} needs a `unique` rule over these fields."
            self.assembly.problems.add(where.place, "missing_key", message)
        return row(model_id) if model_id else None

    def _has_key(self, model_id: str, names: list[str]) -> bool:
        found = self.assembly.models[model_id]
        wanted = {f"{found.id}/{name}" for name in names}
        single = len(names) == 1 and any(field.unique and field.name == names[0] for field in found.fields)
        return single or any(set(rule.unique.field_ids) == wanted for rule in found.rules if rule.HasField("unique"))

    def _complete(self, model_id: str, given: set[str], where: Where) -> None:
        """Refuse a new row without one of its required fields."""
        found = self.assembly.models.get(model_id)
        if found is None:
            return
        owner = found.owner.field_id
        missing = [
            field.name
            for field in found.fields
            if field.name not in given and field.id != owner and not _fills_itself(field)
        ]
        if missing:
            message = f"A new {found.name} needs {', '.join(f'`{name}`' for name in missing)}."
            self.assembly.problems.add(where.place, "missing_key", message)

    def _update(self, step: operation.Step, scope: Scope, where: Where) -> None:
        type_ = self._rows(step.update.rows, scope, where, "`update`")
        if len(type_.models) == 1:
            self._assign(step.update.assignments, type_.models[0], scope, where)

    def _delete(self, step: operation.Step, scope: Scope, where: Where) -> None:
        self._rows(step.delete.rows, scope, where, "`delete`")

    def _rows(self, source: expression.Expression, scope: Scope, where: Where, what: str) -> Type:
        type_ = self.typist.checker(where.feature).check(source, scope)
        kinds = (expression.VALUE_KIND_ROW, expression.VALUE_KIND_ROWS, expression.VALUE_KIND_UNSPECIFIED)
        if type_.kind not in kinds:
            self.typist.wrong(source, "type_mismatch", f"{what} takes rows, not {type_}.")
        return type_

    def _repoint(self, step: operation.Step, scope: Scope, where: Where) -> None:
        left = self._rows(step.repoint.row, scope, where, "`repoint`")
        right = self._rows(step.repoint.to, scope, where, "`to`")
        if left.models and right.models and left.models != right.models:
            self.typist.wrong(step.repoint.to, "type_mismatch", f"References to {left} cannot move to {right}.")

    def _require(self, step: operation.Step, scope: Scope, where: Where) -> None:
        self.typist.checker(where.feature).require(step.require.condition, scope, "`require`")

    def _notify(self, step: operation.Step, scope: Scope, where: Where) -> None:
        notify = step.notify
        type_ = self.typist.checker(where.feature).check(notify.users, scope)
        self.typist.users(notify.users, type_, where.feature, "`notify`")
        if notify.HasField("link"):
            self._rows(notify.link, scope, where, "`link`")
        notice = self.assembly.notices.get(notify.kind)
        if notice is None:
            near = suggestion(notify.kind, list(self.assembly.notices))
            self.assembly.problems.add(where.place, "unknown_name", f"There is no notice `{notify.kind}`{near}.")
            return
        this = scope.this.models[0] if scope.this is not None and len(scope.this.models) == 1 else ""
        if notify.kind not in self._notice_rows:
            self._notice_rows[notify.kind] = this
            self.typist.template(notice.text, replace(scope, variables={}), notice.feature)
        elif self._notice_rows[notify.kind] != this:
            message = f"The notice `{notify.kind}` is used with rows of two models; its text can read one."
            self.assembly.problems.add(where.place, "type_mismatch", message)

    def _mail(self, step: operation.Step, scope: Scope, where: Where) -> None:
        checker = self.typist.checker(where.feature)
        type_ = checker.check(step.mail.to, scope)
        if type_.kind not in (
            expression.VALUE_KIND_STRING,
            expression.VALUE_KIND_LIST,
            expression.VALUE_KIND_UNSPECIFIED,
        ):
            self.typist.wrong(step.mail.to, "type_mismatch", f"A mail goes to an address, not to {type_}.")
        if step.mail.HasField("attach"):
            checker.check(step.mail.attach, scope)
        mail = self.assembly.mails.get(step.mail.mail)
        if mail is None:
            near = suggestion(step.mail.mail, list(self.assembly.mails))
            self.assembly.problems.add(where.place, "unknown_name", f"There is no mail `{step.mail.mail}`{near}.")
            return
        parameters = {field.name: field for field in mail.parameters}
        given = set()
        for assignment in getattr(step.mail, "with"):
            field = parameters.get(assignment.member)
            given.add(assignment.member)
            if field is None:
                near = suggestion(assignment.member, list(parameters))
                place = Place.of(assignment.value.place)
                message = f"The mail `{mail.key}` has no `{assignment.member}`{near}."
                self.assembly.problems.add(place, "unknown_name", message)
                continue
            self.typist.fits(assignment.value, scope, field, where.feature)
        for name in sorted(set(parameters) - given):
            if not parameters[name].optional:
                self.assembly.problems.add(where.place, "missing_key", f"The mail `{mail.key}` needs `{name}`.")

    def _call(self, step: operation.Step, scope: Scope, where: Where) -> Type:
        for assignment in getattr(step.call, "with"):
            self.typist.checker(where.feature).check(assignment.value, scope)
        self._native(operation.NativeCall(module=step.call.module, operation=step.call.function), "calls", where)
        return _OPAQUE

    def type_subscriptions(self) -> None:
        """Type every subscription."""
        numbers: dict[str, int] = {}
        for subscription in self.assembly.subscriptions:
            number = numbers.get(subscription.feature, 0)
            numbers[subscription.feature] = number + 1
            subscription.id = f"{subscription.feature}/subscribe/{number + 1}"
            where = self._where(subscription.feature, f"subscribe.{number}")
            models = self._events(subscription, where)
            subscription.model_id = models[0] if len(models) == 1 else ""
            scope = Scope(EFFECT, row(*models))
            if subscription.HasField("if"):
                condition = getattr(subscription, "if")
                checker = self.typist.checker(subscription.feature)
                checker.require(condition, scope, "`if`")
                scope = scope.with_present(checker.present(condition, scope))
            self.steps(subscription.steps, scope, where)

    def _events(self, subscription: operation.Subscription, where: Where) -> list[str]:
        models: dict[str, None] = {}
        for event in subscription.events:
            name, dot, happening = event.partition(".")
            if not dot or not happening:
                self.assembly.problems.add(where.place, "wrong_shape", f"An event is `Model.name`, not `{event}`.")
            elif name in _SELECTORS:
                subscription.selector = True
            else:
                found = self.assembly.require_model(name, subscription.feature, where.place)
                models.update({found: None} if found else {})
                known = ["created", "updated", "deleted", *(n for m, n in self.assembly.actions if m == found)]
                if found and happening not in known:
                    message = f"`{name}` has no event `{happening}`{suggestion(happening, known)}."
                    self.assembly.problems.add(where.place, "unknown_name", message)
        return list(models)

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
            self.steps(clock.steps, scope.with_present(checker.present(clock.where, scope)), where)
            if not _makes_false(clock):
                message = (
                    "No step deletes the row or sets a field that `where` names, so the clock would never be done."
                )
                self.assembly.problems.add(where.place, "endless_clock", message)


def _fills_itself(field: model.Field) -> bool:
    machinery = (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS, model.FIELD_KIND_TOKEN)
    filled = (
        field.HasField("default") or field.HasField("init") or field.HasField("value") or field.HasField("sequence")
    )
    return field.optional or filled or bool(field.from_field_id) or field.type.kind in machinery


def _makes_false(clock: operation.Clock) -> bool:
    named = {node.select.member for node in nodes(clock.where.root) if node.WhichOneof("kind") == "select"}
    for step in clock.steps:
        kind = step.WhichOneof("kind")
        if kind == "delete" and step.delete.rows.source == "this":
            return True
        if kind == "set" and any(assignment.member in named for assignment in step.set.assignments):
            return True
    return False
