"""What of the contract language this handler does not compile yet: refused by name, never left out in silence."""

from collections.abc import Iterator

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_kit.errors import FieldViolation, InvalidArgumentError
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN

# Views of the schema `system`, by the module and the name of the rows.
NATIVE_ROWS = {("jobs", "states"): "system.job_states", ("mailer", "messages"): "system.mail_messages"}

_POINTERS = frozenset(
    {
        model_pb2.FIELD_KIND_REF,
        model_pb2.FIELD_KIND_FILE,
        model_pb2.FIELD_KIND_IMAGE,
        model_pb2.FIELD_KIND_ANY,
        model_pb2.FIELD_KIND_LINKS,
    }
)


class NotCompiledError(InvalidArgumentError):
    """The contract uses constructs that this handler does not compile; `violations` name each element."""

    default_reason = "CONSTRUCT_NOT_COMPILED"


def refuse_unsupported(contract: contract_pb2.Contract) -> None:
    """Raise NotCompiledError when the contract needs something that has no compiled form here."""
    raise_for(list(_unsupported(contract)))


def raise_for(problems: list[FieldViolation]) -> None:
    """Raise NotCompiledError naming every problem, if there is one."""
    if problems:
        named = "; ".join(f"{problem.field}: {problem.description}" for problem in problems[:5])
        more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
        raise NotCompiledError(f"PostgreSQL cannot be written for {named}{more}", violations=problems)


def _unsupported(contract: contract_pb2.Contract) -> Iterator[FieldViolation]:
    if contract.tenancy:
        yield from _of_organizations(contract)
    for model in contract.models:
        rows = (model.native_rows.module, model.native_rows.name)
        if model.HasField("native_rows") and rows not in NATIVE_ROWS:
            yield FieldViolation(model.id, f"the rows {'.'.join(rows)} are not kept by this stack")
        for field in model.fields:
            yield from _of_field(field)
        for rule in model.rules:
            if rule.WhichOneof("kind") is None:
                yield FieldViolation(rule.id, "a rule of unknown kind")


def _of_organizations(contract: contract_pb2.Contract) -> Iterator[FieldViolation]:
    index = ContractIndex(contract)
    for model in contract.models:
        for field in model.fields if index.has_organization(model) else ():
            if field.names.column == ORGANIZATION_COLUMN:
                yield FieldViolation(field.id, "rows of an organization have a column of this name already")
            targets = [index.model(target) for target in field.type.targets]
            if field.type.kind == model_pb2.FIELD_KIND_LINKS and any(
                index.has_organization(target) and index.tenancy_of(target) != index.tenancy_of(model)
                for target in targets
            ):
                yield FieldViolation(field.id, "links to rows that may have no organization are not compiled yet")


def _of_field(field: model_pb2.Field) -> Iterator[FieldViolation]:
    kind = field.type.kind
    if kind == model_pb2.FIELD_KIND_UNSPECIFIED:
        yield FieldViolation(field.id, "a field without a type")
    if kind in _POINTERS and not field.type.targets:
        yield FieldViolation(field.id, "refers to no model of the contract")
    if kind in (model_pb2.FIELD_KIND_LIST, model_pb2.FIELD_KIND_OBJECT):
        yield FieldViolation(field.id, "lists and objects stand only in inputs and answers")
