# ruff: noqa: S608 - these are identifiers of the contract, decided by the registry; no value is ever pasted
"""`acyclic`: no row is its own ancestor, neither by a reference nor by the rows of a link model."""

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.text import comment, message
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN


def trigger(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> RuleTrigger:
    """A constraint trigger that walks from the new edge upwards, alone in its tree while it does."""
    acyclic = rule.acyclic
    if acyclic.field_id:
        table, low = model.names.table, "id"
        high = index.field(acyclic.field_id).names.column
        watched = f"INSERT OR UPDATE OF {high}"
    else:
        table = index.model(acyclic.edges_model_id).names.table
        low, high = (index.field(item).names.column for item in (acyclic.from_field_id, acyclic.to_field_id))
        watched = f"INSERT OR UPDATE OF {low}, {high}"
    key = f"'{rule.constraint_name}'"
    if index.has_organization(index.model(acyclic.edges_model_id) if acyclic.edges_model_id else model):
        key = f"concat_ws(' ', {key}, NEW.{ORGANIZATION_COLUMN})"
    lock = f"PERFORM pg_advisory_xact_lock(hashtextextended({key}, 0));"
    walk = (
        f"EXISTS (\n"
        f"    WITH RECURSIVE above (id) AS (\n"
        f"      SELECT NEW.{high}\n"
        f"      UNION\n"
        f"      SELECT {table}.{high} FROM {table} JOIN above ON {table}.{low} = above.id\n"
        f"    )\n"
        f"    SELECT 1 FROM above WHERE above.id = NEW.{low}\n"
        f"  )"
    )
    text = rule.message or f"{model.names.label or model.name}: this would close a circle."
    return RuleTrigger(
        constraint=rule.constraint_name,
        function=helper(rule.constraint_name, "kept"),
        table=table,
        why=comment(text),
        message=message(text),
        condition=walk,
        on=watched,
        before=("-- One at a time, and a fresh look after the wait: two new edges may close a circle together.", lock),
    )
