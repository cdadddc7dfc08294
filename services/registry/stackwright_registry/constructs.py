"""The constructs of the language that a contract uses, by name: what a handler must compile, or refuse by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.problems import Place, Problem
from stackwright_registry.resolving.typist import nodes

Use = tuple[str, str]
_FLAGS = ("unique", "search", "once", "secret", "personal", "encrypted", "stored", "trap")
_EXPRESSIONS = ("init", "value", "read", "write", "fill")


def constructs(result: contract.Contract) -> list[str]:
    """Give the names of all constructs that a contract uses, in order of name."""
    return [item.name for item in inventory(result)]


def inventory(result: contract.Contract) -> list[contract.Construct]:
    """Give every construct with the elements that use it, in order of name."""
    found: dict[str, dict[str, None]] = {}
    for name, element in _uses(result):
        found.setdefault(name, {})[element] = None
    return [contract.Construct(name=name, elements=list(found[name])) for name in sorted(found)]


def unsupported(result: contract.Contract, supported: Iterable[str]) -> list[Problem]:
    """Give one problem for each construct that is not among `supported` (names, or patterns such as `field.type.*`)."""
    patterns = list(supported)
    problems = []
    for item in inventory(result):
        if any(fnmatchcase(item.name, pattern) for pattern in patterns):
            continue
        shown = ", ".join(item.elements[:3]) + (" …" if len(item.elements) > 3 else "")
        problems.append(Problem(Place(item.elements[0]), "not_built", f"`{item.name}` is not built; used by {shown}."))
    return problems


def _uses(result: contract.Contract) -> Iterator[Use]:
    for found in result.models:
        yield from _of_model(found)
    for item in result.operations:
        yield from _of_operation(item)
    for subscription in result.subscriptions:
        where = "transaction" if subscription.within_transaction else "job"
        yield f"subscription.{where}", subscription.id
        if subscription.selector:
            yield "subscription.selector", subscription.id
        yield from _of_steps(subscription.steps, subscription.id)
        yield from _of_expressions(subscription, subscription.id)
    for clock in result.clocks:
        yield "clock", clock.id
        yield from _of_steps(clock.steps, clock.id)
        yield from _of_expressions(clock, clock.id)
    yield from _of_surface(result)
    if result.tenancy:
        yield "tenancy", "organizations"


def _of_model(found: model.Model) -> Iterator[Use]:
    yield f"model.kind.{_word(model.ModelKind.Name(found.kind), 'MODEL_KIND_')}", found.id
    if found.delete_mode != model.DELETE_MODE_HARD:
        yield f"model.delete.{_word(model.DeleteMode.Name(found.delete_mode), 'DELETE_MODE_')}", found.id
    marks = {
        "model.owner": found.HasField("owner"),
        "model.part_of": found.HasField("part_of"),
        "model.live": found.live_readers or found.HasField("live"),
        "model.states": found.HasField("states"),
        "model.paging.cursor": found.paging.cursor,
        "model.guards": bool(found.guards),
        f"native.{found.native_rows.module}.{found.native_rows.name}": found.HasField("native_rows"),
    }
    for name, used in marks.items():
        if used:
            yield name, found.id
    for field in found.fields:
        yield from _of_field(field)
    for rule in found.rules:
        kind = rule.WhichOneof("kind")
        if kind == "check":
            kind = "check.own" if rule.check.own_columns else "check.old" if rule.check.reads_old else "check.relations"
        yield f"rule.{kind}", rule.id
        yield from _of_expressions(rule, rule.id)
    for guard in found.guards:
        yield from _of_expressions(guard, guard.id)
    yield from _of_expressions(found.access, found.id)


def _of_field(field: model.Field, prefix: str = "field") -> Iterator[Use]:
    yield f"{prefix}.type.{_word(model.FieldKind.Name(field.type.kind), 'FIELD_KIND_')}", field.id
    for flag in _FLAGS:
        if getattr(field, flag):
            yield f"{prefix}.{flag}", field.id
    for name in _EXPRESSIONS:
        if field.HasField(name):
            yield f"{prefix}.{name}", field.id
            yield from _of_node(getattr(field, name).root, field.id)
    if field.HasField("sequence"):
        counted = field.sequence.gapless or bool(field.sequence.per)
        yield f"{prefix}.sequence{'.counter' if counted else ''}", field.id
    if field.again_field_ids:
        yield f"{prefix}.again", field.id
    if field.from_field_id:
        yield f"{prefix}.from", field.id
    if field.one_of:
        yield f"{prefix}.one_of", field.id


def _of_operation(item: operation.Operation) -> Iterator[Use]:
    kind = _word(operation.OperationKind.Name(item.kind), "OPERATION_KIND_")
    scope = _word(operation.OperationScope.Name(item.scope), "OPERATION_SCOPE_")
    yield f"operation.{kind}{f'.{scope}' if kind == 'action' else ''}", item.id
    marks = {
        "operation.rate": item.HasField("rate"),
        "operation.transient": item.transient,
        "operation.idempotent": item.idempotent_required,
        "operation.conditions": bool(item.conditions),
        "operation.returns.file": item.answer_body == operation.ANSWER_BODY_FILE,
        "operation.row": bool(item.row_model_id),
        "operation.transition": bool(item.to_state),
        f"native.{item.native.module}.{item.native.operation}": item.HasField("native"),
    }
    for name, used in marks.items():
        if used:
            yield name, item.id
    if item.kind == operation.OPERATION_KIND_ACTION:
        for field in item.inputs:
            yield from _of_field(field, "input")
    yield from _of_steps(item.steps, item.id)
    for expression_ in (item.by, *(condition.condition for condition in item.conditions)):
        yield from _of_node(expression_.root, item.id)


def _of_steps(steps: Iterable[operation.Step], element: str) -> Iterator[Use]:
    for step in steps:
        yield f"step.{step.WhichOneof('kind')}", element
        if step.HasField("each"):
            yield "step.each", element
        if step.HasField("call"):
            yield f"native.{step.call.module}.{step.call.function}", element
        yield from _of_expressions(step, element)


def _of_surface(result: contract.Contract) -> Iterator[Use]:
    for gate in result.gates:
        yield "gate", f"{gate.feature}/gates/{gate.name}"
    for mail in result.mails:
        yield "mail", f"{mail.feature}/mails/{mail.key}"
    for notice in result.notices:
        yield "notice", f"{notice.feature}/notices/{notice.key}"
    for metric in result.metrics:
        aggregate = _word(contract.Metric.Aggregate.Name(metric.aggregate), "AGGREGATE_")
        yield f"metric.{aggregate}", f"{metric.feature}/metrics/{metric.key}"
        yield from _of_expressions(metric, metric.key)
    for page in result.pages:
        if page.HasField("native"):
            yield f"native.{page.native.module}.{page.native.operation}", page.id
        else:
            view = _word(contract.View.Name(page.view), "VIEW_")
            yield f"page.view.{view}", page.id
        if page.slot:
            yield "page.slot", page.id
    for seed in result.seeds:
        yield "seed.from_contract" if seed.from_contract else "seed.rows", seed.model_id
    for setting in result.settings:
        yield "setting", setting.key
    for module in result.native_modules:
        for name in (*module.middleware, *module.ui):
            yield f"native.{module.name}.{name}", module.features[0]


def _of_expressions(message: Message, element: str) -> Iterator[Use]:
    """Give what the expressions anywhere in a message use."""
    if isinstance(message, expression.Expression):
        yield from _of_node(message.root, element)
        return
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None:
            continue
        for item in value if descriptor.is_repeated else (value,):
            yield from _of_expressions(item, element)


def _of_node(root: expression.Node, element: str) -> Iterator[Use]:
    for node in nodes(root):
        kind = node.WhichOneof("kind")
        if kind == "call":
            yield f"function.{_word(expression.Function.Name(node.call.function), 'FUNCTION_')}", element
        elif kind == "comprehension":
            yield f"macro.{_word(expression.Macro.Name(node.comprehension.macro), 'MACRO_')}", element


def _word(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).lower()
