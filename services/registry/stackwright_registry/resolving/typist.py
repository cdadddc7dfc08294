"""Typing: every expression of the assembly, each in the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.expressions.checker import Checker
from stackwright_registry.expressions.stands import ACCESS, CHECK, EFFECT, GATE, GUARD, OWN_COLUMNS, STORED, VALUE
from stackwright_registry.expressions.types import Type, assignable, row, type_of
from stackwright_registry.expressions.world import Scope
from stackwright_registry.problems import Place
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.world import ContractWorld, members_of
from stackwright_registry.yaml_source import suggestion

_ROW_KINDS = (expression.VALUE_KIND_ROW, expression.VALUE_KIND_ROWS)
ACCESS_NAMES = ("read", "refer", "create", "update", "delete", "write")


class Typist:
    """Types what belongs to models and to the surface; `Steps` types what is done."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.members = members_of(assembly)
        self._checkers: dict[str, Checker] = {}

    def checker(self, feature: str) -> Checker:
        """Give the checker for the files of a feature."""
        if feature not in self._checkers:
            world = ContractWorld(self.assembly, feature, self.members)
            self._checkers[feature] = Checker(world, self.assembly.problems)
        return self._checkers[feature]

    def wrong(self, source: expression.Expression, code: str, message: str) -> None:
        """Note a fault of an expression as a whole."""
        self.assembly.problems.add(Place.of(source.place), code, message)

    def type_models(self) -> None:
        """Type fields, rules, guards, access and live of every model."""
        for found in self.assembly.models.values():
            this = row(found.id)
            self._kept(found)
            for field in found.fields:
                self._field(field, this)
            for rule in found.rules:
                self._rule(found, rule, this)
            for guard in found.guards:
                self.checker(guard.feature).require(guard.condition, Scope(GUARD, this), "A guard")
            for name in ACCESS_NAMES:
                if found.access.HasField(name):
                    scope = Scope(ACCESS, this)
                    self.checker(found.feature).require(getattr(found.access, name), scope, f"`{name}`")
            for widening in self.assembly.widenings.get(found.id, []):
                self.checker(widening.feature).require(widening.by, Scope(ACCESS, this), f"`{widening.name}`")
            if found.HasField("live"):
                type_ = self.checker(found.feature).check(found.live, Scope(ACCESS, this))
                self.users(found.live, type_, found.feature, "`live`")

    def _kept(self, found: model.Model) -> None:
        """Refuse rows that no `native` section offers."""
        if not found.HasField("native_rows"):
            return
        module = self.assembly.native.get(found.native_rows.module)
        known = list(module.rows) if module is not None else []
        if found.native_rows.name not in known:
            name = f"{found.native_rows.module}.{found.native_rows.name}"
            near = suggestion(found.native_rows.name, known)
            place = self.assembly.place(found.feature, found.name)
            self.assembly.problems.add(place, "unknown_name", f"`{name}` is not among the rows of `native`{near}.")

    def users(self, source: expression.Expression, type_: Type, feature: str, what: str) -> None:
        """Refuse what is neither a user nor a set of users."""
        user = self.assembly.lookup("User", feature)
        if type_.kind not in (*_ROW_KINDS, expression.VALUE_KIND_UNSPECIFIED) or (
            type_.models and type_.models != (user,)
        ):
            self.wrong(source, "type_mismatch", f"{what} goes to users, not to {type_}.")

    def _field(self, field: model.Field, this: Type) -> None:
        checker = self.checker(field.feature)
        if field.HasField("init"):
            self.fits(field.init, Scope(EFFECT, this, inputs={}), field, field.feature)
        if field.HasField("value"):
            stand = STORED if field.stored else VALUE
            self.fits(field.value, Scope(stand, this), field, field.feature)
        if field.HasField("fill"):
            # It runs in a migration: there is no caller and no clock.
            self.fits(field.fill, Scope(STORED, this), field, field.feature)
        for name in ("read", "write"):
            if field.HasField(name):
                checker.require(getattr(field, name), Scope(ACCESS, this), f"`{name}`")
        for per in field.sequence.per:
            checker.check(per, Scope(VALUE, this))

    def fits(self, source: expression.Expression, scope: Scope, field: model.Field, feature: str) -> None:
        """Type a value that a field takes: it must fit, and be there if the field is required."""
        target = type_of(field.type, field.optional)
        type_ = self.checker(feature).check(source, scope, target)
        if not assignable(type_, target):
            self.wrong(source, "type_mismatch", f"`{field.name}` takes {target.required()}, not {type_}.")
        elif type_.nullable and not type_.lookup and not field.optional and target.kind != expression.VALUE_KIND_ROWS:
            self.wrong(
                source,
                "null_for_required",
                f"`{field.name}` is required, but this may be null; use coalesce, test it before, or make it optional.",
            )

    def _rule(self, found: model.Model, rule: model.Rule, this: Type) -> None:
        checker = self.checker(rule.feature)
        kind = rule.WhichOneof("kind")
        if kind == "check":
            checker.require(rule.check.condition, Scope(CHECK, this), "A check")
            rule.check.reads_old = _names_root(rule.check.condition.root, expression.ROOT_OLD)
            rule.check.own_columns = not rule.check.reads_old and own_columns(
                rule.check.condition.root, self._field_map
            )
        elif kind == "frozen":
            checker.require(rule.frozen.condition, Scope(CHECK, this), "`frozen`")
        elif kind in ("unique", "no_overlap") and getattr(rule, kind).HasField("where"):
            checker.require(getattr(rule, kind).where, Scope(OWN_COLUMNS, this), "`where`")
        elif kind == "limit":
            if rule.limit.HasField("where"):
                checker.require(rule.limit.where, Scope(CHECK, this), "`where`")
            if rule.limit.HasField("sum"):
                checker.check(rule.limit.sum, Scope(CHECK, this))
            type_ = checker.check(rule.limit.max, Scope(CHECK, this))
            if not assignable(type_, type_of(model.FieldType(kind=model.FIELD_KIND_DECIMAL))):
                self.wrong(rule.limit.max, "type_mismatch", f"`max` is a number, not {type_}.")

    @property
    def _field_map(self) -> Mapping[str, model.Field]:
        if not hasattr(self, "_fields"):
            self._fields = {field.id: field for _, field in self.assembly.fields()}
        return self._fields

    def type_surface(self) -> None:
        """Type gates, mails, notices, metrics and pages."""
        for gate in self.assembly.gates:
            self.checker(gate.feature).require(gate.unless, Scope(GATE), "`unless`")
        for mail in self.assembly.mails.values():
            known = {field.name: type_of(field.type, field.optional) for field in mail.parameters}
            for template in (mail.subject, mail.body):
                self.template(template, Scope(EFFECT, None, variables=known), mail.feature)
        for metric in self.assembly.metrics.values():
            self._metric(metric)
        for page in self.assembly.pages:
            this = row(page.model_id) if page.model_id else None
            for name in ("where", "access"):
                if page.HasField(name):
                    scope = Scope(ACCESS, this if name == "where" else None)
                    self.checker(page.feature).require(getattr(page, name), scope, f"`{name}`")

    def template(self, template: contract.Template, scope: Scope, feature: str) -> None:
        """Type the places of a text."""
        for part in template.parts:
            if part.HasField("expression"):
                self.checker(feature).check(part.expression, scope)

    def _metric(self, metric: contract.Metric) -> None:
        this = row(metric.model_id) if metric.model_id else None
        scope, checker = Scope(ACCESS, this), self.checker(metric.feature)
        if metric.HasField("of"):
            type_ = checker.check(metric.of, scope)
            if not assignable(type_, type_of(model.FieldType(kind=model.FIELD_KIND_DECIMAL))):
                self.wrong(metric.of, "type_mismatch", f"A metric sums numbers, not {type_}.")
        if metric.HasField("where"):
            checker.require(metric.where, scope, "`where`")
        if metric.HasField("by"):
            checker.check(metric.by, scope)
        place = self.assembly.place(metric.feature, f"metrics.{metric.key}")
        over = self.members.get(metric.model_id, {}).get(metric.over_member) if metric.over_member else None
        if metric.over_member and (over is None or over.type.kind not in _TIME_AXIS):
            message = f"`over` is a date or time of the model, not `{metric.over_member}`."
            self.assembly.problems.add(place, "unknown_name", message)


_TIME_AXIS = (expression.VALUE_KIND_TIMESTAMP, expression.VALUE_KIND_DATE)


def nodes(root: expression.Node) -> Iterable[expression.Node]:
    """Give every node of a tree, the root first."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        kind = node.WhichOneof("kind")
        if kind == "select":
            stack.append(node.select.operand)
        elif kind == "unary":
            stack.append(node.unary.operand)
        elif kind == "binary":
            stack.extend((node.binary.left, node.binary.right))
        elif kind == "conditional":
            stack.extend((node.conditional.condition, node.conditional.then, node.conditional.otherwise))
        elif kind == "call":
            stack.extend(node.call.arguments)
        elif kind == "comprehension":
            stack.extend((node.comprehension.over, node.comprehension.body))
        elif kind == "list":
            stack.extend(node.list.items)


def _names_root(root: expression.Node, wanted: expression.Root) -> bool:
    return any(node.WhichOneof("kind") == "name" and node.name.root == wanted for node in nodes(root))


def own_columns(root: expression.Node, fields: Mapping[str, model.Field]) -> bool:
    """Say whether an expression reads columns of its own row and nothing else, so that a CHECK can hold it."""
    for node in nodes(root):
        kind = node.WhichOneof("kind")
        if kind == "comprehension" or (kind == "name" and node.name.root != expression.ROOT_THIS):
            return False
        if kind == "call" and node.call.function in _IMPURE:
            return False
        if kind == "select":
            field = fields.get(node.select.field_id)
            if node.select.operand.name.root != expression.ROOT_THIS or node.type.kind == expression.VALUE_KIND_ROWS:
                return False
            if field is not None and field.HasField("value") and not field.stored:
                return False
    return True


_IMPURE = {
    expression.FUNCTION_CAN,
    expression.FUNCTION_READABLE,
    expression.FUNCTION_WRITABLE,
    expression.FUNCTION_HOLDERS,
    expression.FUNCTION_DISPLAY,
}
