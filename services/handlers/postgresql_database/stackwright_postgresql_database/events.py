"""Triggers every table may need: `touch_row`, `record_delete`, `refuse_change`."""

from __future__ import annotations

from collections.abc import Iterator

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import has_column, is_secret
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.indexes import key_columns
from stackwright_postgresql_database.stored.analysis import is_aggregate
from stackwright_postgresql_database.tables import keeps_deleted
from stackwright_postgresql_database.text import listed, wrapped
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.sql import quote


def triggers(model: model_pb2.Model, index: ContractIndex) -> Iterator[str]:
    """The ordinary triggers of a model's table, as statements."""
    if model.kind == model_pb2.MODEL_KIND_LOG:
        yield from _refuse_change(model)
        return
    yield _touch(model)
    if _is_followed(model, index):
        yield _record_delete(model)


def _touch(model: model_pb2.Model) -> str:
    table, columns = model.names.table, ""
    if any(is_aggregate(field) for field in model.fields):
        # A derived change is nobody's change: it must not make another's If-Match fail.
        written = [
            name
            for field in model.fields
            if has_column(field) and not field.HasField("value")
            for name in (*key_columns(field), *field.names.extra_columns)
        ]
        written += ["deleted_at"] if keeps_deleted(model) else []
        names = wrapped(
            list(dict.fromkeys(written)), indent="    ", first=len(f"CREATE TRIGGER {table}_touch BEFORE UPDATE")
        )
        columns = f" OF {names}"
    return (
        f"CREATE TRIGGER {helper(table, 'touch')} BEFORE UPDATE{columns} ON {table}\n"
        f"  FOR EACH ROW EXECUTE FUNCTION system.touch_row();"
    )


def _record_delete(model: model_pb2.Model) -> str:
    table = model.names.table
    arguments = [quote(model.name)]
    for field in model.fields:
        if is_secret(field) and has_column(field):
            arguments += [quote(field.names.column), quote(field.name)]
    call = listed(arguments, before="system.record_delete(", after=")", indent="  ")
    name = helper(table, "record_delete")
    return f"CREATE TRIGGER {name} AFTER DELETE ON {table}\n  FOR EACH ROW EXECUTE FUNCTION {call};"


def _refuse_change(model: model_pb2.Model) -> Iterator[str]:
    table = model.names.table
    yield (
        f"CREATE TRIGGER {helper(table, 'refuse_change')} BEFORE UPDATE OR DELETE ON {table}\n"
        f"  FOR EACH ROW EXECUTE FUNCTION system.refuse_change();"
    )
    yield (
        f"CREATE TRIGGER {helper(table, 'refuse_truncate')} BEFORE TRUNCATE ON {table}\n"
        f"  FOR EACH STATEMENT EXECUTE FUNCTION system.refuse_change();"
    )


def _is_followed(model: model_pb2.Model, index: ContractIndex) -> bool:
    """Whether anything follows the deletion of a row: a subscriber, a selector, a live page."""
    if model.live_readers or model.HasField("live"):
        return True
    kind = model_pb2.ModelKind.Name(model.kind).removeprefix("MODEL_KIND_").lower()
    return any(
        subject in ("*", model.name, kind, "all") and verb in ("*", "deleted")
        for subscription in index.contract.subscriptions
        for subject, _, verb in (event.partition(".") for event in subscription.events)
    )
