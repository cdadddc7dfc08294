# ruff: noqa: S608 - these are identifiers of the contract, decided by the registry; no value is ever pasted
"""`frozen`: rows that no longer change, except in the fields that the rule names, and their parts."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import has_column
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.indexes import key_columns
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.tables import keeps_deleted
from stackwright_postgresql_database.text import bracketed, comment, differs, message
from stackwright_sdk.expressions import ContractIndex, to_sql


def triggers(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> list[RuleTrigger]:
    """A trigger on the table itself, one on each join table that is not excepted, and one on each table of parts."""
    found = [_own(rule, model, index)]
    excepted = set(rule.frozen.except_field_ids)
    for field in model.fields:
        if field.type.kind == model_pb2.FIELD_KIND_LINKS and field.id not in excepted:
            join = index.join_table(field)
            found.append(_of_children(rule, model, index, join.table, join.near))
    if rule.frozen.parts:
        for part in index.contract.models:
            if part.HasField("part_of") and part.part_of.parent_model_id == model.id:
                parent = index.field(part.part_of.field_id).names.column
                found.append(_of_children(rule, model, index, part.names.table, parent))
    return found


def _own(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> RuleTrigger:
    condition = to_sql(rule.frozen.condition, index, model_id=model.id, this="OLD", in_database=True, indent=6).text
    excepted = set(rule.frozen.except_field_ids)
    # What is derived follows from other rows and must go on doing so.
    kept = [
        name
        for field in model.fields
        if has_column(field) and field.id not in excepted and not field.HasField("value")
        for name in key_columns(field)
    ]
    kept += ["deleted_at"] if keeps_deleted(model) else []
    changed = differs(kept, "NEW", "OLD", indent="      ") if kept else "FALSE"
    return RuleTrigger(
        constraint=rule.constraint_name,
        function=helper(rule.constraint_name, "kept"),
        table=model.names.table,
        why=comment(rule.message or f"Frozen while {rule.frozen.condition.source}."),
        message=message(rule.message or f"This {(model.names.label or model.name).lower()} can no longer be changed."),
        condition=f"{bracketed(condition)}\n    AND (\n      TG_OP = 'DELETE'\n      OR {changed}\n    )",
        when="BEFORE",
        on="UPDATE OR DELETE",
        is_constraint=False,
    )


def _of_children(
    rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex, table: str, parent: str
) -> RuleTrigger:
    condition = to_sql(rule.frozen.condition, index, model_id=model.id, this="parent", in_database=True, indent=6).text
    return RuleTrigger(
        constraint=helper(rule.constraint_name, table),
        function=helper(rule.constraint_name, table, "kept"),
        table=table,
        why=comment(f"The {table} of such a row are frozen with it."),
        message=message(rule.message or f"This {(model.names.label or model.name).lower()} can no longer be changed."),
        condition=(
            f"EXISTS (\n    SELECT 1 FROM {model.names.table} AS parent\n"
            f"    WHERE parent.id IN (NEW.{parent}, OLD.{parent}) AND ({condition})\n  )"
        ),
        when="BEFORE",
        on="INSERT OR UPDATE OR DELETE",
        is_constraint=False,
    )
