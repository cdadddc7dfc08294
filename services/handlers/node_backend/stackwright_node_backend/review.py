"""What of a contract this handler can compile. What it cannot is named, never left out."""

from collections.abc import Iterable, Iterator

from stackwright.contract.v1 import operation_pb2 as o
from stackwright_kit.errors import FieldViolation, InvalidArgumentError
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.effects import CALLS
from stackwright_node_backend.views.natives import NATIVE
from stackwright_node_backend.views.operations import SERVED_BY_BASE
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN

# Those with native modules that are there; what is data alone needs no entry.
FEATURES = {
    "authentication": 1,
    "role_based_access_control": 1,
    "api_documentation": 1,
    "health_monitoring": 1,
    "structured_logging": 1,
    "password_reset": 1,
    "email_verification": 1,
    "email_notifications": 1,
    "real_time_chat": 1,
    "file_upload": 1,
    "background_jobs": 1,
    "rate_limiting": 1,
    "security_headers": 1,
    "organizations": 1,
}
NATIVE_MODULES = ("auth", "policy", "openapi", "observe", "edge", "jobs", "mailer", "realtime", "storage", "tenancy")

# `put` writes columns. Nobody could ask for the files of such a row either: their target is a resource or a part.
_OPERATIONS = {
    o.OPERATION_KIND_LIST,
    o.OPERATION_KIND_READ,
    o.OPERATION_KIND_CREATE,
    o.OPERATION_KIND_UPDATE,
    o.OPERATION_KIND_DELETE,
    o.OPERATION_KIND_CHOICES,
    o.OPERATION_KIND_RESTORE,
    o.OPERATION_KIND_ACTION,
    o.OPERATION_KIND_PUT,
    o.OPERATION_KIND_METRIC,
    o.OPERATION_KIND_MOVE,
}
_STEPS = {"set", "create", "put", "update", "delete", "repoint", "require", "notify", "mail", "call"}


def refuse_uncompilable(application: Application) -> None:
    """Raise InvalidArgumentError that names every element this handler cannot compile."""
    found = list(uncompilable(application))
    if found:
        first = f"{found[0].field}: {found[0].description}"
        message = f"The Node.js handler cannot compile {len(found)} element(s) of the contract: {first}"
        raise InvalidArgumentError(message, reason="CONTRACT_NOT_COMPILABLE", violations=found)


def uncompilable(application: Application) -> Iterator[FieldViolation]:
    """Each element that cannot be compiled, by its id."""
    contract = application.contract
    for operation in contract.operations:
        yield from _operation(operation)
    for subscription in contract.subscriptions:
        yield from _steps(subscription.id, subscription.steps)
    for clock in contract.clocks:
        yield from _steps(clock.id, clock.steps)
    if contract.tenancy:
        yield from _of_organizations(application)


def _of_organizations(application: Application) -> Iterator[FieldViolation]:
    for model in application.contract.models:
        for field in model.fields if application.index.has_organization(model) else ():
            if field.names.column == ORGANIZATION_COLUMN:
                yield FieldViolation(field.id, "rows of an organization have a column of this name already")


def _operation(operation: o.Operation) -> Iterator[FieldViolation]:
    if operation.kind not in _OPERATIONS:
        yield FieldViolation(
            operation.id, f"{o.OperationKind.Name(operation.kind)} is not compiled by this handler yet"
        )
    native = (operation.native.module, operation.native.operation)
    if operation.HasField("native") and native not in NATIVE and native not in SERVED_BY_BASE:
        yield FieldViolation(operation.id, f"the native operation {'.'.join(native)} is not there in this stack")
    yield from _steps(operation.id, operation.steps)


def _steps(element: str, steps: Iterable[o.Step]) -> Iterator[FieldViolation]:
    for step in steps:
        kind = step.WhichOneof("kind")
        if kind not in _STEPS:
            yield FieldViolation(element, f"a step `{kind}` is not compiled by this handler yet")
        if kind == "call" and (step.call.module, step.call.function) not in CALLS:
            yield FieldViolation(
                element, f"the call {step.call.module}.{step.call.function} is not there in this stack"
            )
