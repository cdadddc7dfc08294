"""Who may do an operation, and when: conditions that name the row as SQL, all others as TypeScript."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.sharing import SharedScopes
from stackwright_node_backend.views.simplify import conjuncts
from stackwright_sdk.expressions import ParameterKind, TypeScriptNames, needs_database, needs_row, to_sql, to_typescript

# Column at which continued lines of SQL stand.
INDENT = 6

_ACCESS = {
    o.OPERATION_KIND_LIST: "read",
    o.OPERATION_KIND_READ: "read",
    o.OPERATION_KIND_CHOICES: "refer",
    o.OPERATION_KIND_METRIC: "read",
    o.OPERATION_KIND_CREATE: "create",
    o.OPERATION_KIND_UPDATE: "update",
    o.OPERATION_KIND_DELETE: "delete",
    o.OPERATION_KIND_RESTORE: "delete",
}
_READS = frozenset({o.OPERATION_KIND_LIST, o.OPERATION_KIND_READ, o.OPERATION_KIND_CHOICES, o.OPERATION_KIND_METRIC})
ROW_KINDS = frozenset(
    {o.OPERATION_KIND_UPDATE, o.OPERATION_KIND_DELETE, o.OPERATION_KIND_RESTORE, o.OPERATION_KIND_MOVE}
)

_CALLER = TypeScriptNames(
    actor="caller",
    actor_id="caller.userId",
    session_id="caller.sessionId",
    signed_in="caller.signedIn",
    can=lambda permission: f"caller.can({ts.string(permission)})",
    setting=lambda setting: f"settings[{ts.string(setting.key)}]",
)

_CALLER_MODULE = "src/shared/policy/caller.ts"


@dataclass(frozen=True)
class Condition:
    """A condition on the row, and what is answered where it does not hold."""

    sql: str
    message: str
    input: bool = False
    """Whether it names the input of the operation."""


@dataclass(frozen=True)
class RowRuleView:
    """Who may do an operation to a row (`t`), and when."""

    name: str
    by: str
    conditions: list[Condition]


def access_of(model: m.Model, operation: o.Operation) -> e.Expression | None:
    """The scope that stands behind an operation; None where the model states none."""
    name = _ACCESS.get(operation.kind, "update" if operation.scope == o.OPERATION_SCOPE_ROW else "")
    if name == "refer" and not model.access.HasField("refer"):
        name = "read"
    access = model.access
    expressions = {
        "read": access.read if access.HasField("read") else None,
        "refer": access.refer if access.HasField("refer") else None,
        "create": access.create if access.HasField("create") else None,
        "update": access.update if access.HasField("update") else None,
        "delete": access.delete if access.HasField("delete") else None,
    }
    return expressions.get(name)


def caller_rule(application: Application, operation: o.Operation, imports: ts.Imports) -> str:
    """A function of the caller that is asked before any row is sought.

    Where strangers may come and rows decide what they find, credentials that do not hold are refused: as a stranger
    their holder would find less than is theirs.
    """
    conditions = []
    rows_decide = operation.by.source != "anyone"
    for expression in expressions_of(application, operation):
        if needs_row(expression) or needs_database(expression):
            continue
        fragment = to_typescript(expression, application.index, _caller(application, operation))
        if fragment.text == "true":
            continue
        for key in fragment.settings:
            feature = application.index.settings[key].feature
            imports.add(f"{application.folder(feature)}/settings.ts", "settings")
        if fragment.text not in conditions:
            conditions.append(fragment.text)
    if not conditions and not operation.public:
        conditions.append("caller.signedIn")
    if not conditions:
        # It is said, so that nobody takes it for forgotten.
        name = "whoever" if rows_decide else "anyone"
        imports.add(_CALLER_MODULE, name)
        return name
    if operation.public and operation.model_id and rows_decide:
        conditions.append("caller.refusal === null")
    joined = conditions[0] if len(conditions) == 1 else " && ".join(_grouped(text) for text in conditions)
    return f"(caller) => {joined}"


def _caller(application: Application, operation: o.Operation) -> TypeScriptNames:
    """Names of the caller; for rows of an organization a role there counts too, and the row has the last word."""
    model = application.index.models.get(operation.model_id)
    if model is None or not application.index.has_organization(model):
        return _CALLER
    return replace(_CALLER, can=lambda permission: f"caller.canHere({ts.string(permission)})")


def row_rule(application: Application, model: m.Model, operation: o.Operation, scopes: SharedScopes) -> RowRuleView:
    """The rule of an operation on a row, in SQL."""
    parts = [
        to_sql(scopes.named(expression), application.index, model_id=model.id, this="t", indent=INDENT).text
        for expression in expressions_of(application, operation)
    ]
    by = joined(parts)
    conditions = [_condition(application, model, condition) for condition in operation.conditions]
    if operation.kind == o.OPERATION_KIND_RESTORE:
        conditions.insert(0, Condition("t.deleted_at IS NOT NULL", "It is not deleted."))
    if model.delete_mode == m.DELETE_MODE_TOMBSTONE:
        conditions.insert(0, Condition("t.deleted_at IS NULL", "It is deleted."))
    if operation.from_states:
        column = application.index.field(model.states.field_id).names.column
        states = ", ".join(f"'{state}'" for state in operation.from_states)
        message = f"{operation.names.label or operation.name} is not possible now."
        conditions.insert(0, Condition(f"t.{column} IN ({states})", message))
    shown = [replace(found, sql=ts.sql_string(found.sql)) for found in conditions]
    return RowRuleView(operation.name, scopes.sql_string(by), shown)


def _condition(application: Application, model: m.Model, condition: o.Condition) -> Condition:
    fragment = to_sql(condition.condition, application.index, model_id=model.id, this="t")
    names_input = any(parameter.kind is ParameterKind.INPUT for parameter in fragment.parameters)
    return Condition(fragment.text, condition.message, names_input)


def conditions_text(application: Application, operation: o.Operation, *, this: str | None) -> str:
    """The conditions of an operation as an array of SQL and messages."""
    texts = []
    for found in operation.conditions:
        fragment = to_sql(found.condition, application.index, model_id=operation.model_id, this=this)
        message = found.message or "This is not possible now."
        texts.append(f"{{ sql: {ts.sql_string(fragment.text)}, message: {ts.string(message)} }}")
    return f"[{', '.join(texts)}]"


def joined(parts: Sequence[str]) -> str:
    """Conditions in SQL that must all hold; FALSE for none, because what nobody allowed is forbidden."""
    if len(parts) == 1:
        return parts[0]
    return " AND ".join(f"({part})" if " OR " in part or "\n" in part else part for part in parts) or "FALSE"


def created_rules(application: Application, model: m.Model, operation: o.Operation) -> list[Condition]:
    """Conditions on a row that was just proposed: the create scope, where it names the row."""
    expressions = [
        found for found in expressions_of(application, operation) if needs_row(found) or needs_database(found)
    ]
    return [
        Condition(to_sql(found, application.index, model_id=model.id, this="t").text, "You may not do this.")
        for found in expressions
    ]


def guards(application: Application, model: m.Model) -> list[Condition]:
    """Conditions on a row after it was written, answered 409."""
    return [
        Condition(to_sql(guard.condition, application.index, model_id=model.id, this="t").text, guard.message)
        for guard in model.guards
    ]


def expressions_of(application: Application, operation: o.Operation) -> list[e.Expression]:
    """Who may do an operation, as conditions that must all hold.

    `by` is joined with the scope already; for what reads it only narrows it.
    """
    found = [operation.by] if operation.HasField("by") else []
    if operation.model_id and (not found or operation.kind in _READS):
        access = access_of(application.model(operation.model_id), operation)
        found += [access] if access is not None else []
    return conjuncts(found)


def _grouped(text: str) -> str:
    return f"({text})" if "||" in text or "?" in text else text
