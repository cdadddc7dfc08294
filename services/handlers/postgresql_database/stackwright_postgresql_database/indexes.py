"""Indexes: for every reference, for what is filtered, sorted and searched, and for what must be unique."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.fields import K, has_column
from stackwright_postgresql_database.identifiers import helper
from stackwright_postgresql_database.organizations import group_columns
from stackwright_postgresql_database.tables import keeps_deleted
from stackwright_postgresql_database.text import WIDTH
from stackwright_sdk.expressions import ContractIndex, to_sql
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, is_reference


@dataclass(frozen=True)
class Index:
    """An index to be created. `why` is told above it where it is not plain."""

    name: str
    table: str
    columns: tuple[str, ...]
    unique: bool = False
    method: str = ""
    where: str = ""
    why: str = ""

    @property
    def statement(self) -> str:
        """CREATE INDEX, on a second line when it is long."""
        using = f" USING {self.method}" if self.method else ""
        head = f"CREATE {'UNIQUE ' if self.unique else ''}INDEX {self.name}"
        on = f"ON {self.table}{using} ({', '.join(self.columns)})"
        where = f"WHERE {self.where}" if self.where else ""
        flat = " ".join(part for part in (head, on, where) if part)
        if len(flat) < WIDTH:
            return f"{flat};"
        return "\n  ".join(part for part in (head, on, where) if part) + ";"


def indexes_of(model: model_pb2.Model, index: ContractIndex) -> list[Index]:
    """All indexes of a model's table; a column that another index begins with gets none of its own."""
    unique = list(_unique(model, index))
    plain = [
        item
        for item in _plain(model)
        if not any(other.columns[: len(item.columns)] == item.columns and not other.where for other in unique)
    ]
    return [*unique, *plain, *_search(model), *_cursor(model, index)]


def needs_trigrams(model: model_pb2.Model) -> bool:
    """Whether a field of the model is searched."""
    return any(field.search and has_column(field) for field in model.fields)


def key_columns(field: model_pb2.Field) -> tuple[str, ...]:
    """The columns that stand for a field in a key: two for `any`."""
    if field.type.kind == K.FIELD_KIND_ANY:
        return (field.names.extra_columns[0], field.names.column)
    return (field.names.column,)


def _unique(model: model_pb2.Model, index: ContractIndex) -> Iterator[Index]:
    table, present = model.names.table, "deleted_at IS NULL" if keeps_deleted(model) else ""
    for field in model.fields:
        if (field.unique or field.type.kind == K.FIELD_KIND_TOKEN) and has_column(field):
            name = field.names.unique_name or helper(table, field.names.column, "key")
            # A token finds its row from wherever it comes.
            within = () if field.type.kind == K.FIELD_KIND_TOKEN else group_columns(model, index)
            yield Index(name, table, (*within, *key_columns(field)), unique=True, where=present)
    for rule in model.rules:
        if not rule.HasField("unique"):
            continue
        where = [present] if present else []
        if rule.unique.HasField("where"):
            text = to_sql(rule.unique.where, index, model_id=model.id, this="", in_database=True).text
            where.append(f"({text})" if present else text)
        yield Index(
            rule.constraint_name,
            table,
            (*group_columns(model, index), *_key(rule.unique, index)),
            unique=True,
            where=" AND ".join(where),
            why=rule.message,
        )
    if model.kind == model_pb2.MODEL_KIND_SINGLE and model.HasField("owner") and not _has_unique_rule(model):
        owner = index.field(model.owner.field_id)
        name = owner.names.unique_name or helper(table, "owner_key")
        yield Index(name, table, (*group_columns(model, index), owner.names.column), unique=True)


def _has_unique_rule(model: model_pb2.Model) -> bool:
    return any(rule.HasField("unique") for rule in model.rules)


def _key(rule: model_pb2.UniqueRule, index: ContractIndex) -> tuple[str, ...]:
    texts = {K.FIELD_KIND_STRING, K.FIELD_KIND_TEXT, K.FIELD_KIND_EMAIL, K.FIELD_KIND_SLUG}
    names: list[str] = []
    for field in map(index.field, rule.field_ids):
        lowered = rule.ignore_case and field.type.kind in texts
        names += [f"lower({field.names.column})"] if lowered else key_columns(field)
    return tuple(names)


def _plain(model: model_pb2.Model) -> Iterator[Index]:
    for field in model.fields:
        if not has_column(field):
            continue
        # A truth splits a table in two at best: the planner would rather read all of it.
        chosen = (field.filter or field.sort) and field.type.kind != K.FIELD_KIND_BOOL
        wanted = is_reference(field) or field.type.kind == K.FIELD_KIND_ANY or chosen
        if wanted and field.names.index_name and not field.unique:
            method = "gin" if field.type.kind == K.FIELD_KIND_JSON else ""
            yield Index(field.names.index_name, model.names.table, key_columns(field), method=method)


def _search(model: model_pb2.Model) -> Iterator[Index]:
    for field in model.fields:
        if field.search and has_column(field):
            name = helper(model.names.table, field.names.column, "search")
            yield Index(name, model.names.table, (f"{field.names.column} gin_trgm_ops",), method="gin")


def _cursor(model: model_pb2.Model, index: ContractIndex) -> Iterator[Index]:
    """Cursor pages follow a column that is not unique, then the id; those of a part are read within its parent."""
    if model.paging.cursor:
        member = model.paging.member or "created_at"
        direction = " DESC" if model.paging.descending else ""
        parent = (index.field(model.part_of.field_id).names.column,) if model.HasField("part_of") else ()
        within = (ORGANIZATION_COLUMN,) if index.is_tenanted(model) and not parent else ()
        columns = (*within, *parent, f"{member}{direction}", f"id{direction}")
        yield Index(helper(model.names.table, *parent, member, "page"), model.names.table, columns)
