"""Whether a row keeps every rule of its model, among the rows that are there already."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import cast

from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_postgresql_database.examples.store import MONDAY, ExampleRow, Store
from stackwright_sdk.expressions import walk
from stackwright_sdk.expressions.python import Value

_YEAR = expression_pb2.FUNCTION_YEAR
_WEEK = datetime.timedelta(weeks=1)
# Weeks of six years: among them a new year falls on each day of the week. No example lies further off than two months.
_WEEKS = [week * _WEEK for week in range(6 * 53) if (MONDAY + week * _WEEK).month in (11, 12, 1, 2)]


def keeps_rules(store: Store, row: ExampleRow, old: Mapping[str, Value] | None = None) -> bool:
    """Whether a row that is in the store, new or changed from `old`, may be there.

    Raises NotCompilable where a rule cannot be asked here.
    """
    return (
        _is_unique(store, row)
        and all(_keeps(store, row, rule, old) for rule in row.model.rules)
        and all(_may_change(store, parent, row) for parent in _parents(store, row))
    )


def _is_unique(store: Store, row: ExampleRow) -> bool:
    fields = [item for item in row.model.fields if item.unique and row.get(item.name) is not None]
    return not any(other[item.name] == row[item.name] for item in fields for other in _others(store, row, item.name))


def _others(store: Store, row: ExampleRow, *names: str) -> Iterator[ExampleRow]:
    """The other rows of the model of which these members are known."""
    return (
        other
        for other in store.of(row.model.id)
        if other is not row and not (other.existing and any(name not in other.values_ for name in names))
    )


def _keeps(store: Store, row: ExampleRow, rule: model_pb2.Rule, old: Mapping[str, Value] | None) -> bool:
    kind = rule.WhichOneof("kind")
    if kind == "unique":
        return _unique(store, row, rule.unique)
    if kind == "check":
        return (rule.check.reads_old and old is None) or _check(store, row, rule.check, old)
    if kind == "no_overlap":
        return _apart(store, row, rule.no_overlap)
    if kind == "ordered":
        return not any(
            other[_name(store, rule.ordered.by_field_id)] == row[_name(store, rule.ordered.by_field_id)]
            for other in _group(store, row, rule.ordered.per_field_ids)
        )
    if kind == "limit":
        return _limited(store, row, rule.limit)
    if kind == "frozen":
        return old is None or _thawed(store, row, rule.frozen, old)
    # Nothing refers to what is made later, so there is no circle.
    return True


def _name(store: Store, field_id: str) -> str:
    return store.index.field(field_id).name


def _group(store: Store, row: ExampleRow, field_ids: object) -> list[ExampleRow]:
    names = [_name(store, item) for item in cast("list[str]", field_ids)]
    return [other for other in _others(store, row, *names) if all(other[name] == row[name] for name in names)]


def _unique(store: Store, row: ExampleRow, rule: model_pb2.UniqueRule) -> bool:
    names = [_name(store, item) for item in rule.field_ids]

    def key(of: ExampleRow) -> list[Value]:
        values = [of[name] for name in names]
        return [value.lower() if rule.ignore_case and isinstance(value, str) else value for value in values]

    if None in key(row) or (rule.HasField("where") and not store.value(rule.where, row)):
        return True
    same = [other for other in _others(store, row, *names) if key(other) == key(row)]
    return not any(not rule.HasField("where") or store.value(rule.where, other) for other in same)


def _check(store: Store, row: ExampleRow, rule: model_pb2.CheckRule, old: Mapping[str, Value] | None) -> bool:
    if store.value(rule.condition, row, old=old) is False:
        return False
    calendar = any(node.call.function == _YEAR for node in walk(rule.condition))
    if not (calendar and rule.own_columns):
        return True
    # The rows move with the week in which they are added: this must hold in each.
    kept = dict(row.values_)
    try:
        for shift in _WEEKS:
            row.values_ = {name: _moved(value, shift) for name, value in kept.items()}
            if store.value(rule.condition, row, old=old) is False:
                return False
    finally:
        row.values_ = kept
    return True


def _moved(value: Value, by: datetime.timedelta) -> Value:
    return value + by if isinstance(value, datetime.date) else value


def _apart(store: Store, row: ExampleRow, rule: model_pb2.NoOverlapRule) -> bool:
    start, end = _name(store, rule.from_field_id), _name(store, rule.to_field_id)

    def span(of: ExampleRow) -> tuple[Decimal, Decimal]:
        first, last = _number(of[start], "-Infinity"), _number(of[end], "Infinity")
        return first, last + 1 if rule.closed else last

    def counts(of: ExampleRow) -> bool:
        return not rule.HasField("where") or bool(store.value(rule.where, of))

    begins, ends = span(row)
    if begins > ends:
        return False
    if not counts(row):
        return True
    others = [span(other) for other in _group(store, row, rule.per_field_ids) if counts(other)]
    return not any(begins < other_ends and other_begins < ends for other_begins, other_ends in others)


def _number(value: Value, empty: str) -> Decimal:
    """A moment or a number on one line; days for dates."""
    if isinstance(value, datetime.datetime):
        return Decimal((value - MONDAY).total_seconds())
    if isinstance(value, datetime.date):
        return Decimal((value - MONDAY.date()).days)
    return Decimal(empty) if value is None else Decimal(cast("int | Decimal", value))


def _limited(store: Store, row: ExampleRow, rule: model_pb2.LimitRule) -> bool:
    counted = [*_group(store, row, rule.per_field_ids), row]
    counted = [one for one in counted if not rule.HasField("where") or store.value(rule.where, one)]
    total = Decimal(len(counted))
    if rule.HasField("sum"):
        total = sum((_number(store.value(rule.sum, one), "0") for one in counted), Decimal(0))
    return total <= _number(store.value(rule.max, row), "Infinity")


def _thawed(store: Store, row: ExampleRow, rule: model_pb2.FrozenRule, old: Mapping[str, Value]) -> bool:
    now, row.values_ = row.values_, dict(old)
    try:
        frozen = bool(store.value(rule.condition, row))
    finally:
        row.values_ = now
    free = {_name(store, item) for item in rule.except_field_ids}
    return not frozen or {name for name in now if now[name] != old.get(name)} <= free


def _parents(store: Store, row: ExampleRow) -> Iterator[ExampleRow]:
    for item in row.model.fields:
        if item.type.kind == model_pb2.FIELD_KIND_REF and (held := row.get(item.name)) is not None:
            yield from (other for other in store.of(item.type.targets[0]) if other.id == held)


def _may_change(store: Store, parent: ExampleRow, row: ExampleRow) -> bool:
    """Whether what the database derives in a parent from the row is allowed there, and it may have new parts at all."""
    is_part = row.model.part_of.parent_model_id == parent.model.id
    for rule in parent.model.rules:
        if rule.HasField("frozen") and rule.frozen.parts and is_part and store.value(rule.frozen.condition, parent):
            return False
        if rule.HasField("check") and not rule.check.reads_old and not _check(store, parent, rule.check, None):
            return False
    return True
