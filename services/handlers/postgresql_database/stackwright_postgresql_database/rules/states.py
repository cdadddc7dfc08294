"""States: the pairs that an action allows, and no other path."""

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.text import listed, message
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.sql import quote


def trigger(model: model_pb2.Model, index: ContractIndex) -> RuleTrigger:
    """A trigger on the state column; a state that stays as it is passes."""
    column = index.field(model.states.field_id).names.column
    # `from` is a word of Python, so the message has no attribute of that name.
    pairs = sorted({(str(getattr(pair, "from")), pair.to) for pair in model.states.transitions})
    allowed = [f"({quote(start)}, {quote(end)})" for start, end in pairs]
    name = helper(model.names.table, column, "transition")
    condition = f"NEW.{column} <> OLD.{column}"
    if allowed:
        condition += (
            f"\n    AND (OLD.{column}, NEW.{column}) NOT IN {listed(allowed, before='(', after=')', indent='    ')}"
        )
    label = (model.names.label or model.name).lower()
    return RuleTrigger(
        constraint=name,
        function=helper(name, "kept"),
        table=model.names.table,
        why="-- The ways from state to state, and no other.",
        message=message(f"This {label} cannot go to that state from where it is."),
        condition=condition,
        when="BEFORE",
        on=f"UPDATE OF {column}",
        is_constraint=False,
    )
