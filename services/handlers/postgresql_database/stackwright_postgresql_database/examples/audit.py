"""What the audit log says of the rows: the application would have written it, had they been made through it."""

from __future__ import annotations

import datetime
import hashlib

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.examples.made import Examples
from stackwright_postgresql_database.examples.store import ExampleRow
from stackwright_postgresql_database.fields import is_secret
from stackwright_sdk.expressions.python import Value

_ENTRIES = 60
_LONGEST_TITLE = 300


def audit(made: Examples) -> None:
    """Add an entry for each of the newest rows, where the contract has an audit log."""
    log = made.store.index.named("AuditEntry")
    if log is None or log.feature != "audit_logging":
        return
    rows = [row for model in made.models if model.kind != model_pb2.MODEL_KIND_LOG for row in made.rows(model)]
    rows.sort(key=lambda row: (row.created, row.id))
    for number, row in enumerate(rows[-_ENTRIES:]):
        entry = ExampleRow(made.store, log, number)
        told: dict[str, Value] = {
            "created_at": row.created,
            "updated_at": row.created,
            "actor": _actor(made, row),
            "action": f"{row.model.name}.created",
            "target_model": row.model.name,
            "target_id": row.id,
            "target_title": _title(made, row),
            "after": _snapshot(row),
            "address": f"192.0.2.{10 + number % 8}",
            "correlation": hashlib.sha256(row.id.encode()).hexdigest()[:32],
        }
        known = {field.name for field in log.fields} | {"created_at", "updated_at"}
        entry.values_ |= {name: value for name, value in told.items() if name in known}
        made.store.add(entry)
        made.inserted[entry.id] = dict(entry.values_)
    if made.store.of(log.id):
        made.models.append(log)


def _actor(made: Examples, row: ExampleRow) -> Value:
    owner = row.model.owner.field_id
    if owner:
        return row.get(made.store.index.field(owner).name)
    return made.people[0].id if made.people else None


def _title(made: Examples, row: ExampleRow) -> Value:
    display = row.model.display_field_id
    value = row.get(made.store.index.field(display).name) if display else None
    return value[:_LONGEST_TITLE] if isinstance(value, str) else None


def _snapshot(row: ExampleRow) -> Value:
    """Texts, numbers and the like: what does not depend on the day on which the rows are added."""
    plain = {
        field.name: row.values_.get(field.name)
        for field in row.model.fields
        if not is_secret(field) and not field.type.targets
    }
    return {
        name: value
        for name, value in plain.items()
        if value is not None and not isinstance(value, (datetime.date, datetime.time, datetime.timedelta))
    }
