# ruff: noqa: S608 - these are identifiers of the contract, decided by the registry; no value is ever pasted
"""Rules over several rows of a table: `no_overlap`, `ordered`, `limit`."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2
from stackwright.contract.v1.expression_pb2 import Expression
from stackwright_kit.errors import FieldViolation
from stackwright_postgresql_database.fields import K
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.indexes import key_columns
from stackwright_postgresql_database.organizations import group_columns
from stackwright_postgresql_database.refusals import NotCompiledError
from stackwright_postgresql_database.rules.view import RuleTrigger
from stackwright_postgresql_database.tables import keeps_deleted
from stackwright_postgresql_database.text import comment, message
from stackwright_sdk.expressions import ContractIndex, to_sql
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, is_soft_deleted
from stackwright_sdk.expressions.sql import column_type

_RANGES = {
    K.FIELD_KIND_TIMESTAMP: "tstzrange",
    K.FIELD_KIND_DATE: "daterange",
    K.FIELD_KIND_INT: "int4range",
    K.FIELD_KIND_BIGINT: "int8range",
    K.FIELD_KIND_DECIMAL: "numrange",
}


def no_overlap(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> str:
    """The EXCLUDE of a table; an empty end is open."""
    start, end = index.field(rule.no_overlap.from_field_id), index.field(rule.no_overlap.to_field_id)
    if start.type.kind not in _RANGES:
        problem = FieldViolation(rule.id, "no_overlap needs dates, timestamps or numbers")
        raise NotCompiledError(f"{problem.field}: {problem.description}", violations=[problem])
    ends = "[]" if rule.no_overlap.closed else "[)"
    span = f"{_RANGES[start.type.kind]}({start.names.column}, {end.names.column}, '{ends}') WITH &&"
    per = [f"{name} WITH =" for name in group_columns(model, index)]
    per += [
        f"{name} WITH =" for field_id in rule.no_overlap.per_field_ids for name in key_columns(index.field(field_id))
    ]
    where = ["deleted_at IS NULL"] if keeps_deleted(model) else []
    if rule.no_overlap.HasField("where"):
        where.append(to_sql(rule.no_overlap.where, index, model_id=model.id, this="", in_database=True).text)
    only = f"\n    WHERE ({' AND '.join(where)})" if where else ""
    return f"CONSTRAINT {rule.constraint_name}\n    EXCLUDE USING gist ({', '.join([*per, span])}){only}"


def one_by_one(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> str:
    """A trigger that lets the rows of one group come one after another.

    Without it several that overlap, added at once, wait for each other in a circle until PostgreSQL ends one of them.
    """
    table, name = model.names.table, helper(rule.constraint_name, "one_by_one")
    ends = (rule.no_overlap.from_field_id, rule.no_overlap.to_field_id)
    columns = [name for field_id in rule.no_overlap.per_field_ids for name in key_columns(index.field(field_id))]
    inside = [f"NEW.{ORGANIZATION_COLUMN}"] if index.has_organization(model) else []
    group = ", ".join([f"'{rule.constraint_name}'", *inside, *(f"NEW.{column}" for column in columns)])
    watched = ", ".join([*columns, *(index.field(item).names.column for item in ends)])
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n"
        f"  -- Rows of one group come one after another: several at once would wait for each other in a circle.\n"
        f"  PERFORM pg_advisory_xact_lock(\n"
        f"    hashtextextended(concat_ws(' ', {group}), 0)\n"
        f"  );\n"
        f"  RETURN NEW;\n"
        f"END $$;\n"
        f"CREATE TRIGGER {name}\n"
        f"  BEFORE INSERT OR UPDATE OF {watched} ON {table}\n"
        f"  FOR EACH ROW EXECUTE FUNCTION {name}();"
    )


def ordered(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> str:
    """The EXCLUDE of a position: asked at the end of the statement, so that one statement may move many rows.

    Not UNIQUE: PostgreSQL takes the columns of a unique index for a key, so that moving a row would lock out whoever
    refers to it, and two that move below one another would deadlock.
    """
    parts = [f"{name} WITH =" for name in group_columns(model, index)]
    parts += [_same(index.field(item), rule) for item in rule.ordered.per_field_ids]
    parts.append(f"{index.field(rule.ordered.by_field_id).names.column} WITH =")
    only = "\n    WHERE (deleted_at IS NULL)" if keeps_deleted(model) else ""
    columns = ", ".join(parts)
    return f"CONSTRAINT {rule.constraint_name}\n    EXCLUDE ({columns}){only}\n    DEFERRABLE INITIALLY IMMEDIATE"


def _same(field: model_pb2.Field, rule: model_pb2.Rule) -> str:
    """Equality of a group; the rows without one are a group as well."""
    column = field.names.column
    if not field.optional:
        return f"{column} WITH ="
    nothing = {"uuid": "'00000000-0000-0000-0000-000000000000'::uuid", "text": "''"}.get(column_type(field.type))
    if nothing is None:
        problem = FieldViolation(rule.id, f"an order within {field.name}, which may be empty, is not compiled")
        raise NotCompiledError(f"{problem.field}: {problem.description}", violations=[problem])
    return f"coalesce({column}, {nothing}) WITH ="


def limit(rule: model_pb2.Rule, model: model_pb2.Model, index: ContractIndex) -> RuleTrigger:
    """A constraint trigger that counts the group of the new row, alone in that group while it does."""
    table = model.names.table
    columns = [ORGANIZATION_COLUMN] if index.has_organization(model) else []
    columns += [name for field_id in rule.limit.per_field_ids for name in key_columns(index.field(field_id))]
    group = " || ' ' || ".join([f"'{rule.constraint_name}'", *(f"coalesce(NEW.{name}::text, '')" for name in columns)])
    if index.has_organization(model):
        group = f"concat_ws(' ', '{rule.constraint_name}', {', '.join(f'NEW.{name}' for name in columns)})"
    where = [f"counted.{name} IS NOT DISTINCT FROM NEW.{name}" for name in columns]
    where += ["counted.deleted_at IS NULL"] if is_soft_deleted(model) else []
    if rule.limit.HasField("where"):
        where.append(f"({_expression(rule.limit.where, model, index, 'counted')})")
    total = "count(*)"
    if rule.limit.HasField("sum"):
        total = f"coalesce(sum({_expression(rule.limit.sum, model, index, 'counted')}), 0)"
    filtered = f" WHERE {' AND '.join(where)}" if where else ""
    if index.has_organization(model):
        # One condition more is one too many for a line.
        filtered = "\n    WHERE " + "\n      AND ".join(where) + "\n  "
    most = _expression(rule.limit.max, model, index, "NEW")
    text = rule.message or f"{model.names.label or model.name}: there are as many as may be."
    return RuleTrigger(
        constraint=rule.constraint_name,
        function=helper(rule.constraint_name, "kept"),
        table=table,
        why=comment(text),
        message=message(text),
        condition=f"(SELECT {total} FROM {table} AS counted{filtered}) > ({most})",
        before=(
            "-- One at a time in a group; the count below then sees what the others committed.",
            f"PERFORM pg_advisory_xact_lock(hashtextextended({group}, 0));",
        ),
    )


def _expression(expression: Expression, model: model_pb2.Model, index: ContractIndex, this: str) -> str:
    return to_sql(expression, index, model_id=model.id, this=this, in_database=True, indent=6).text
