"""`check`: a CHECK where the row says it all, else a constraint trigger."""

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.tables import constraint
from stackwright_postgresql_database.text import comment, message
from stackwright_sdk.expressions import ContractIndex, needs_database, to_sql, walk

_CLOCK = frozenset({expression_pb2.ROOT_NOW, expression_pb2.ROOT_TODAY})


def is_plain(rule: model_pb2.Rule) -> bool:
    """Whether the rule can be a CHECK of the table."""
    check = rule.check
    moves = any(node.name.root in _CLOCK for node in walk(check.condition) if node.WhichOneof("kind") == "name")
    return check.own_columns and not check.reads_old and not needs_database(check.condition) and not moves


def clause(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> str:
    """The CHECK of a plain rule."""
    condition = to_sql(rule.check.condition, index, model_id=model.id, this="", in_database=True, indent=6).text
    body = f"(\n      {condition}\n    )" if "\n" in condition else f"({condition})"
    return constraint(rule.constraint_name, f"CHECK {body}")


def trigger(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> RuleTrigger:
    """The constraint trigger of any other rule; one that compares with the row before is asked on update only."""
    old = "OLD" if rule.check.reads_old else None
    condition = to_sql(
        rule.check.condition, index, model_id=model.id, this="NEW", old=old, in_database=True, indent=5
    ).text
    return RuleTrigger(
        constraint=rule.constraint_name,
        function=helper(rule.constraint_name, "kept"),
        table=model.names.table,
        why=comment(rule.message or rule.check.condition.source),
        message=message(rule.message or f"{model.names.label or model.name}: {rule.check.condition.source}"),
        condition=f"({condition}) IS NOT TRUE",
        on="UPDATE" if rule.check.reads_old else "INSERT OR UPDATE",
    )
