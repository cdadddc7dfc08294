"""Rows and sets of rows as SQL: what a path, a relation and a macro become before something is selected from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.layout import Doc
from stackwright_sdk.expressions.sql.values import Sql, column, conjunction

# Words that may not be an alias; variables of macros are often called so.
_RESERVED = frozenset(
    """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
    current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else
    end except false fetch for foreign from grant group having in initially intersect into join lateral leading left
    like limit localtime natural new not null offset old on only or order outer placing primary references returning
    right select session_user similar some symmetric table then to trailing true union unique user using variadic
    when where window with
    """.split()  # noqa: SIM905  # a list of words is read as one
)


class Aliases:
    """Names for tables inside one fragment, none used twice."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name for name in taken if name}

    def take(self, preferred: str) -> str:
        """The preferred name, or it with a number when it is a reserved word or taken."""
        base = preferred if preferred not in _RESERVED else f"{preferred}_row"
        name, count = base, 1
        while name in self._taken:
            count += 1
            name = f"{base}_{count}"
        self._taken.add(name)
        return name


@dataclass(frozen=True)
class RowSet:
    """Rows of a model: where they come from, and the alias by which one of them is spoken of.

    `projection` is set for a set that `map` turned into values; `first` for the one that `find` takes.
    """

    model_id: str
    alias: str
    sources: tuple[Doc, ...]
    conditions: tuple[Sql, ...] = ()
    projection: Sql | None = None
    first: bool = False

    @property
    def key(self) -> Sql:
        """What stands for a row or value of the set: its id, or what `map` made of it."""
        return self.projection or column(self.alias, "id")

    def where(self, *conditions: Sql) -> RowSet:
        """The rows that also meet the conditions."""
        return replace(self, conditions=self.conditions + conditions)

    def joined(self, source: Doc) -> RowSet:
        """The set with one more table."""
        return replace(self, sources=(*self.sources, source))

    def select(self, what: Sql) -> Doc:
        """`SELECT what FROM … WHERE …`, without brackets."""
        parts: list[Doc] = [
            layout.concat("SELECT ", what.doc),
            layout.SPACE,
            layout.concat("FROM ", _stacked(self.sources)),
        ]
        condition = conjunction(self.conditions)
        if condition.constant is not True:
            parts += [layout.SPACE, layout.group("WHERE ", layout.nest(condition.doc))]
        if self.first:
            parts += [layout.SPACE, layout.text(f"ORDER BY {self.alias}.created_at, {self.alias}.id LIMIT 1")]
        return layout.concat(*parts)

    def scalar(self, what: Sql) -> Sql:
        """The one value that the set gives, as a sub-select."""
        return Sql(layout.brackets(self.select(what)))

    def exists(self) -> Sql:
        """Whether the set has a row."""
        if any(condition.constant is False for condition in self.conditions):
            return Sql(layout.text("FALSE"), constant=False)
        return Sql(layout.brackets(self.select(Sql(layout.text("1"))), before="EXISTS "))


@dataclass(frozen=True)
class RowValue:
    """One row: bound to an alias, or known by its id.

    `key` is the id, as an expression inside `via` when the row is reached through another one. `type` is the column
    with the model's name, for rows of an `any` field.
    """

    model_ids: tuple[str, ...]
    key: Sql
    alias: str | None = None
    via: RowSet | None = None
    type: Sql | None = None

    @property
    def id(self) -> Sql:
        """The id of the row, null when there is none."""
        return self.key if self.via is None else self.via.scalar(self.key)

    @property
    def type_name(self) -> Sql | None:
        """The model's name, for a row of an `any` field."""
        if self.type is None or self.via is None:
            return self.type
        return self.via.scalar(self.type)


def _stacked(sources: Sequence[Doc]) -> Doc:
    if len(sources) == 1:
        return sources[0]
    return layout.concat(sources[0], layout.nest(*(layout.concat(layout.SPACE, source) for source in sources[1:])))
