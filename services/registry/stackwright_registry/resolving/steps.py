"""Typing of steps: each in order, with the names in it resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.expressions.types import Type, row
from stackwright_registry.expressions.world import Scope
from stackwright_registry.problems import Place
from stackwright_registry.resolving.typist import Typist
from stackwright_registry.yaml_source import suggestion

# What a native call gives is known to the call alone.
_OPAQUE = Type(expression.VALUE_KIND_OBJECT)
_SELECTORS = frozenset({"*", "resource", "part", "all"})


@dataclass(frozen=True)
class Where:
    """The feature and the place of what is being typed."""

    feature: str
    place: Place


class Steps:
    """Types steps, and resolves the models and fields in them."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.assembly = typist.assembly
        # The model whose row each notice was first used with: its text reads that row.
        self._notice_rows: dict[str, str] = {}

    def native(self, call: operation.NativeCall, section: str, where: Where) -> None:
        """Refuse a native piece that no `native` section declares."""
        module = self.assembly.native.get(call.module)
        known = list(getattr(module, section)) if module is not None else []
        if call.operation not in known:
            near = suggestion(call.operation, known)
            message = f"`{call.module}.{call.operation}` is not among the {section} of `native`{near}."
            self.assembly.problems.add(where.place, "unknown_name", message)

    def typed(self, steps: Iterable[operation.Step], scope: Scope, where: Where) -> Scope:
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
            self.typist.fits(assignment.value, replace(scope, secrets=scope.fresh), field, where.feature)
        for name in sorted(set(parameters) - given):
            if not parameters[name].optional:
                self.assembly.problems.add(where.place, "missing_key", f"The mail `{mail.key}` needs `{name}`.")

    def _call(self, step: operation.Step, scope: Scope, where: Where) -> Type:
        for assignment in getattr(step.call, "with"):
            self.typist.checker(where.feature).check(assignment.value, scope)
        self.native(operation.NativeCall(module=step.call.module, operation=step.call.function), "calls", where)
        return _OPAQUE


def _fills_itself(field: model.Field) -> bool:
    machinery = (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS, model.FIELD_KIND_TOKEN)
    filled = (
        field.HasField("default") or field.HasField("init") or field.HasField("value") or field.HasField("sequence")
    )
    return field.optional or filled or bool(field.from_field_id) or field.type.kind in machinery
