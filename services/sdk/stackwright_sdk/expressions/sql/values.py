"""SQL expressions with their precedence, so that brackets stand only where they are needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.layout import Doc


class Level(IntEnum):
    """How tightly PostgreSQL binds an operator; higher binds tighter."""

    OR = 1
    AND = 2
    NOT = 3
    COMPARE = 4
    OTHER = 5
    ADD = 6
    MULTIPLY = 7
    UNARY = 8
    CAST = 9
    PRIMARY = 10


@dataclass(frozen=True)
class Sql:
    """An expression.

    `constant` is set when it is known to be true or false; `operands` are those of a chain of AND or OR.
    """

    doc: Doc
    level: Level = Level.PRIMARY
    constant: bool | None = None
    operands: tuple[Sql, ...] = ()

    def at(self, level: Level) -> Doc:
        """The expression as an operand of something that binds at `level`."""
        return self.doc if self.level >= level else layout.brackets(self.doc)

    def __str__(self) -> str:
        return layout.render(self.doc)


TRUE = Sql(layout.text("TRUE"), constant=True)
FALSE = Sql(layout.text("FALSE"), constant=False)
NULL = Sql(layout.text("NULL"))


def atom(value: str) -> Sql:
    """A name, a literal or a replacement."""
    return Sql(layout.text(value))


def quote(value: str) -> str:
    """A string literal; a NUL character cannot be stored by PostgreSQL and is refused."""
    if "\0" in value:
        raise NotCompilable("a text with a NUL character cannot be written in SQL")
    return "'" + value.replace("'", "''") + "'"


def column(alias: str, name: str) -> Sql:
    """A column of a row; an empty alias is the row a CHECK is about."""
    return atom(f"{alias}.{name}" if alias else name)


def call(name: str, *arguments: Sql) -> Sql:
    """A function call."""
    comma = layout.concat(",", layout.SPACE)
    return Sql(layout.brackets(layout.join(comma, [argument.doc for argument in arguments]), before=name))


def cast(value: Sql, sql_type: str) -> Sql:
    """`value::type`."""
    return Sql(layout.concat(value.at(Level.CAST), f"::{sql_type}"), Level.CAST)


def infix(operator: str, left: Sql, right: Sql, level: Level, *, right_level: Level | None = None) -> Sql:
    """A left-associative operator; the right operand needs brackets at the same level."""
    tighter = Level(level + 1) if right_level is None else right_level
    return Sql(layout.concat(left.at(level), f" {operator} ", right.at(tighter)), level)


def compare(operator: str, left: Sql, right: Sql) -> Sql:
    """A comparison; comparisons do not chain, so both operands must bind tighter."""
    return infix(operator, Sql(left.at(Level.OTHER)), right, Level.COMPARE)


def is_null(value: Sql, *, negated: bool = False) -> Sql:
    """`value IS [NOT] NULL`."""
    return Sql(layout.concat(value.at(Level.OTHER), " IS NOT NULL" if negated else " IS NULL"), Level.COMPARE)


def negate(value: Sql) -> Sql:
    """`NOT value`."""
    if value.constant is not None:
        return FALSE if value.constant else TRUE
    return Sql(layout.concat("NOT ", value.at(Level.NOT)), Level.NOT)


def conjunction(values: Iterable[Sql]) -> Sql:
    """All of them; true when there is none."""
    return _chain("AND", values, Level.AND, neutral=TRUE, absorbing=FALSE)


def disjunction(values: Iterable[Sql]) -> Sql:
    """Any of them; false when there is none."""
    return _chain("OR", values, Level.OR, neutral=FALSE, absorbing=TRUE)


def _chain(word: str, values: Iterable[Sql], level: Level, *, neutral: Sql, absorbing: Sql) -> Sql:
    flat = [part for value in values for part in (value.operands if value.level == level else (value,))]
    kept = [value for value in flat if value.constant is not neutral.constant]
    if any(value.constant is absorbing.constant for value in kept):
        return absorbing
    if not kept:
        return neutral
    if len(kept) == 1:
        return kept[0]
    # AND inside OR binds tighter in SQL as well; the brackets are for the reader.
    separator = layout.concat(layout.SPACE, f"{word} ")
    document = layout.group(layout.join(separator, [value.at(Level.NOT) for value in kept]))
    return Sql(document, level, operands=tuple(kept))
