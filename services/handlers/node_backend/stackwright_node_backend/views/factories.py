"""How tests make a row of each model, and who may."""

from dataclasses import dataclass
from functools import lru_cache

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.rules import access_of
from stackwright_node_backend.views.samples import body_value, has_few_values, is_required
from stackwright_sdk.expressions import needs_row, permissions


@dataclass(frozen=True)
class Factory:
    """How a row of a model is made over HTTP."""

    model: str
    path: str
    body: list[str]
    roles: str


@dataclass(frozen=True)
class FactoriesView:
    """A file `tests/support/factories.ts`."""

    imports: list[str]
    factories: list[Factory]
    draws: bool
    """Whether some text is drawn character by character."""


def factories_view(application: Application) -> FactoriesView:
    """Factories of every model that can be made over HTTP."""
    operations = [operation for operation in application.contract.operations if makes(application, operation)]
    factories = [_factory(application, operation) for operation in operations]
    imports = ts.Imports("tests/support/factories.ts")
    imports.add("tests/support/app.ts", "TestApp", type_only=True)
    imports.add("tests/support/person.ts", "Person", type_only=True)
    draws = any("${some(" in line for factory in factories for line in factory.body)
    for name in ("randomInt", "randomUUID"):
        if any(f"{name}(" in line for factory in factories for line in factory.body) or (draws and name == "randomInt"):
            imports.add("node:crypto", name)
    return FactoriesView(imports.lines(), factories, draws)


def permissions_of(application: Application, operation: o.Operation) -> set[str]:
    """What a caller must be permitted whatever the row."""
    expressions = [operation.by] if operation.HasField("by") else []
    access = access_of(application.model(operation.model_id), operation)
    expressions += [access] if access is not None else []
    return {key for found in expressions if not needs_row(found) for key in permissions(found)}


def holder(application: Application, operations: list[o.Operation]) -> str:
    """Arguments of `app.person` for somebody who may do all of the operations."""
    needed = {key for operation in operations for key in permissions_of(application, operation)}
    needed |= {
        key
        for operation in operations
        for field in operation.inputs
        if field.HasField("write")
        for key in _written_by(field)
    }
    if not needed:
        return ""
    role = next((role.name for role in application.contract.roles if needed <= set(role.permissions)), "")
    return ts.string(role) if role else ", ".join(ts.string(found.name) for found in application.contract.roles)


def _written_by(field: m.Field) -> tuple[str, ...]:
    return permissions(field.write)


def makes(application: Application, operation: o.Operation) -> bool:
    """Whether tests can make a row by the operation, with all rows that its required references need."""
    return operation.kind == o.OPERATION_KIND_CREATE and operation.id in _made(application).values()


@lru_cache(maxsize=2)
def _made(application: Application) -> dict[str, str]:
    """The models that tests make rows of, each with the operation that does."""
    waiting = [operation for operation in application.contract.operations if _unruled(application, operation)]
    made: dict[str, str] = {}
    while True:
        ready = [
            operation
            for operation in waiting
            if all(
                body_value(application, field, made) for field in operation.inputs if is_required(application, field)
            )
        ]
        if not ready:
            return made
        made.update((operation.model_id, operation.id) for operation in ready)
        waiting = [operation for operation in waiting if operation.model_id not in made]


def is_scarce(application: Application, model: m.Model) -> bool:
    """Whether few rows of the model fit beside each other: a unique field has few values, or its parent has."""
    return _scarce(application, model, set())


def _scarce(application: Application, model: m.Model, seen: set[str]) -> bool:
    seen.add(model.id)
    for field in model.fields:
        if not is_required(application, field):
            continue
        if field.unique and has_few_values(application, field):
            return True
        targets = (application.model(target) for target in field.type.targets)
        if any(target.id not in seen and _scarce(application, target, seen) for target in targets):
            return True
    return False


def _unruled(application: Application, operation: o.Operation) -> bool:
    """Whether it makes a row of its own: a rule over several fields might refuse any body that is made up."""
    # A part is made under a parent, which a factory of one row does not have.
    nested = "{" in operation.path
    if operation.kind != o.OPERATION_KIND_CREATE or operation.public or nested:
        return False
    model = application.model(operation.model_id)
    ruled = any(
        rule.WhichOneof("kind") in ("check", "no_overlap", "limit") and not _on_update(rule) for rule in model.rules
    )
    return not (ruled or model.guards)


def _on_update(rule: m.Rule) -> bool:
    return rule.WhichOneof("kind") == "check" and rule.check.reads_old


def _factory(application: Application, operation: o.Operation) -> Factory:
    model = application.model(operation.model_id)
    made = _made(application)
    required = [field for field in operation.inputs if is_required(application, field)]
    body = [f"{field.name}: {body_value(application, field, made)}" for field in required]
    return Factory(model.name, operation.path, body, holder(application, [operation]))
