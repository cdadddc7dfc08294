# ruff: noqa: E711, E712 - a table reads by line, and equality with null is what is tested
"""The table of expressions with their results: the conformance suite of a back end of the compiler.

`this` is a user of the world in `people.py`. Every back end either gives the result or refuses by name; whether
TypeScript answers or leaves it to the database stands in `in_memory`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stackwright.contract.v1 import expression_pb2 as e

from .people import CONTRACT, NOW, key
from .written import V, Writer, X

D = Decimal
UTC = datetime.UTC
w = Writer(CONTRACT)
this, actor, now, today = w.this("User"), w.actor(), w.now(), w.today()
users, teams, notes, tags = w.all("User"), w.all("Team"), w.all("Note"), w.all("Tag")
TEXT, INT, DEC, BOOL, DATE = (
    V.VALUE_KIND_STRING,
    V.VALUE_KIND_INT,
    V.VALUE_KIND_DECIMAL,
    V.VALUE_KIND_BOOL,
    V.VALUE_KIND_DATE,
)
TIME, MOMENT, SPAN, ROW = V.VALUE_KIND_TIME, V.VALUE_KIND_TIMESTAMP, V.VALUE_KIND_DURATION, V.VALUE_KIND_ROW


@dataclass(frozen=True)
class Case:
    """One expression, asked of user `this`, and what it must give."""

    name: str
    expression: X
    expected: object
    this: int = 1
    in_memory: bool = True


def call(function: str, kind: e.ValueKind, *arguments: object, **keys: bool) -> X:
    return w.call(e.Function.Value(f"FUNCTION_{function}"), kind, *arguments, **keys)  # type: ignore[arg-type]


def literals() -> Iterator[Case]:
    yield Case("true", w.lit(True), True)
    yield Case("negative int", w.lit(-5), -5)
    yield Case("big int", w.lit(4_000_000_000), 4_000_000_000)
    yield Case("decimal keeps its digits", w.dec("0.10"), D("0.10"), in_memory=False)
    yield Case("text with a quote", w.lit("it's"), "it's")
    yield Case("text with a backslash", w.lit("a\\b"), "a\\b")
    yield Case("text with a colon name", w.lit("at :now"), "at :now")
    yield Case("text with a line end", w.lit("a\nb"), "a\nb")
    yield Case("date", w.day("2026-02-28"), datetime.date(2026, 2, 28))
    yield Case("time", w.time("08:05:00"), datetime.time(8, 5))
    yield Case("timestamp", w.moment("2026-01-01T00:00:00Z"), datetime.datetime(2026, 1, 1, tzinfo=UTC))
    yield Case("anyone", w.bool_root(e.ROOT_ANYONE), True)
    yield Case("nobody", w.bool_root(e.ROOT_NOBODY), False)
    yield Case("signed in", w.bool_root(e.ROOT_SIGNED_IN), True)
    yield Case("now", now, NOW)
    yield Case("today", today, NOW.date())
    yield Case("a setting", w.setting("people.adult", INT), 18)
    yield Case("a bool setting", w.setting("docs.public", BOOL), True)
    yield Case("an input", w.input("title", kind=TEXT), "Ten")
    yield Case("an input that is null", w.input("limit", kind=INT, nullable=True) == None, True)


def equality() -> Iterator[Case]:
    yield Case("text equal", this.name == "Ann", True)
    yield Case("text is told by case", this.name == "ann", False)
    yield Case("text unequal", this.name != "Bob", True)
    yield Case("null equals null", this.boss == None, True)
    yield Case("value is not null", this.age != None, True)
    yield Case("null is not a value", this.age == 40, False, this=2)
    yield Case("null differs from a value", this.age != 40, True, this=3)
    yield Case("null literal on the left", w.lit(None) == this.age, True, this=3)
    yield Case("null with null column", this.email == this.email, True, this=3)
    yield Case("two empty references are equal", this.boss == this.team, False)
    yield Case("not of an unknown", ~(this.age == 40), True, this=3)
    yield Case("bool equal true", this.active == True, True)
    yield Case("bool equal false", this.active == False, True, this=2)
    yield Case("bool columns", (this.level > 0) == this.active, True)
    yield Case("decimals by value", this.score == w.dec("7.250"), True, in_memory=False)
    yield Case("int and decimal", this.pay == 100, True, in_memory=False)
    yield Case("timestamps", this.left_at == now, True, this=3)
    yield Case("timestamp and null", this.left_at == now, False)
    yield Case("timestamps differ", this.joined_at != now, True)
    yield Case("dates", this.born == w.day("1986-05-01"), True)
    yield Case("enum", this.state == "known", True)
    yield Case("row is the caller", this == actor, True)
    yield Case("row is not the caller", this == actor, False, this=2)
    yield Case("row differs from the caller", this != actor, True, this=2)
    yield Case("reference is the caller", this.boss == actor, True, this=2)
    yield Case("empty reference is not the caller", this.boss == actor, False)
    yield Case("empty reference differs from the caller", this.boss != actor, True)
    yield Case("reference with input", w.input("user", kind=ROW, models=("people/User",)) == this, True, this=2)
    yield Case("ids", this.id == actor.id, True)


def logic() -> Iterator[Case]:
    yield Case("and", (this.age != None) & this.active, True)
    yield Case("or", (this.age == None) | this.active, True)
    yield Case("not", ~this.active, True, this=2)
    yield Case("not and", ~((this.age != None) & (this.age > 18)), True, this=3)
    yield Case("and in or", (this.level == 9) | (this.active & (this.level == 3)), True)
    yield Case("or in and", ((this.level == 9) | this.active) & (this.level == 3), True)
    yield Case("chain of three", this.active & (this.level > 1) & (this.name != "x"), True)
    yield Case("anyone or", w.bool_root(e.ROOT_ANYONE) | this.active, True, this=2)
    yield Case("nobody and", w.bool_root(e.ROOT_NOBODY) & this.active, False)
    yield Case("guard by null test", (this.age != None) & (this.age >= 18), False, this=3)
    yield Case("guard by or", (this.age == None) | (this.age >= 18), True, this=3)
    yield Case("permission held", w.can("people.read"), True)
    yield Case("permission not held", w.can("people.manage"), False)
    yield Case("owner or permission", (this == actor) | w.can("people.manage"), False, this=2)
    yield Case("setting or signed in", w.setting("docs.public", BOOL) | w.bool_root(e.ROOT_SIGNED_IN), True)


def numbers() -> Iterator[Case]:
    yield Case("addition", this.level + 4, 7)
    yield Case("difference associates to the left", this.level - 1 - 1, 1)
    yield Case("brackets on the right", this.level - (w.lit(5) - 1), -1)
    yield Case("product before sum", this.level + this.level * 2, 9)
    yield Case("product of sum", (this.level + 1) * 2, 8)
    yield Case("negative of a column", -this.level, 7, this=2)
    yield Case("negative of a sum", -(this.level + 1), -4)
    yield Case("remainder takes the sign of the dividend", this.level % 4, -3, this=2)
    yield Case("remainder", w.lit(11) % this.level, 2)
    yield Case("quotient of ints is exact", w.lit(7) / 2, D("3.5000000000000000"), in_memory=False)
    yield Case("quotient of a third", w.lit(1) / 3, D("0.33333333333333333333"), in_memory=False)
    yield Case("quotient of decimals", this.pay / w.dec("3"), D("33.3333333333333333"), in_memory=False)
    yield Case("quotient of large by small", w.lit(123456789) / this.level, D("41152263.000000000000"), in_memory=False)
    yield Case("decimal sum", this.pay + w.dec("0.05"), D("100.05"), in_memory=False)
    yield Case("decimal product", this.pay * this.level, D("-233.31"), this=2, in_memory=False)
    yield Case("less", this.level < 4, True)
    yield Case("less or equal", this.level <= 3, True)
    yield Case("greater", this.level > 3, False)
    yield Case("greater or equal", this.level >= 3, True)
    yield Case("decimal compared", this.pay > 99, True, in_memory=False)
    yield Case("round half away from zero", call("ROUND", DEC, w.dec("2.5"), 0), D("3"), in_memory=False)
    yield Case("round half of a negative", call("ROUND", DEC, w.dec("-2.5"), 0), D("-3"), in_memory=False)
    yield Case("round to two places", call("ROUND", DEC, w.dec("1.005"), 2), D("1.01"), in_memory=False)
    yield Case("round to tens", call("ROUND", DEC, this.pay, -2), D("0"), this=2, in_memory=False)
    yield Case("round of a quotient", call("ROUND", DEC, w.lit(2) / 3, 2), D("0.67"), in_memory=False)
    yield Case("least", call("LEAST", INT, this.level, 2), 2)
    yield Case("greatest", call("GREATEST", INT, this.level, 0), 0, this=2)
    yield Case("greatest of decimals", call("GREATEST", DEC, this.pay, w.dec("50")), D("50"), this=2, in_memory=False)
    yield Case("computed field", this.double_pay, D("200.00"), in_memory=False)
    yield Case("computed field of a reference", this.boss.double_pay, D("200.00"), this=2, in_memory=False)


def texts() -> Iterator[Case]:
    yield Case("concatenation", this.name + "-" + this.state, "Ann-known")
    yield Case("lower", call("LOWER", TEXT, this.email), "ann@example.org")
    yield Case("upper", call("UPPER", TEXT, this.name), "BOB", this=2)
    yield Case("trim takes blanks and tabs", call("TRIM", TEXT, this.name), "Cyd", this=3)
    yield Case("trim takes line ends", call("TRIM", TEXT, w.lit("\r\n a b \n")), "a b")
    yield Case("is trimmed", this.name == call("TRIM", TEXT, this.name), False, this=3)
    yield Case("size of text", call("SIZE", INT, this.name), 3)
    yield Case("size counts code points", call("SIZE", INT, w.lit("née 😀")), 5)
    yield Case("string of an int", call("STRING", TEXT, this.level), "-7", this=2)
    yield Case("string of a bool", call("STRING", TEXT, this.active), "true")
    yield Case("string of a decimal", call("STRING", TEXT, this.pay), "33.33", this=2)
    yield Case("string of a timestamp", call("STRING", TEXT, this.joined_at), "2026-01-31T23:30:00.000Z")
    yield Case("string of a date", call("STRING", TEXT, this.hired), "2024-02-29")
    yield Case("string of an id", call("STRING", TEXT, this.id), key("User", 1).id)
    yield Case(
        "pair key",
        call("LEAST", TEXT, call("STRING", TEXT, actor.id), call("STRING", TEXT, this.id)),
        key("User", 1).id,
        this=2,
    )
    yield Case("order of texts is by code point", this.name < "a", True)
    yield Case("capital letters come first", w.lit("Z") < "a", True)
    yield Case("greatest of texts", call("GREATEST", TEXT, w.lit("Z"), w.lit("a")), "a")
    yield Case("coalesce takes the first", call("COALESCE", TEXT, this.email, "none"), "Ann@Example.org")
    yield Case("coalesce takes the next", call("COALESCE", TEXT, this.email, "none"), "none", this=2)
    yield Case(
        "coalesce of three", call("COALESCE", INT, this.age, w.input("limit", kind=INT, nullable=True), 0), 0, this=3
    )
    yield Case("coalesce in a test", (call("COALESCE", INT, this.age, 0) >= 18) | this.active, True, this=3)


def dates() -> Iterator[Case]:
    yield Case("days before now", this.joined_at < now - call("DAYS", SPAN, 30), True)
    yield Case("days by a column", now + call("DAYS", SPAN, this.level), NOW + datetime.timedelta(days=3))
    yield Case("hours", now + call("HOURS", SPAN, 36), NOW + datetime.timedelta(hours=36))
    yield Case("minutes by a column", now - call("MINUTES", SPAN, this.level), NOW - datetime.timedelta(minutes=3))
    yield Case(
        "minutes by a setting",
        now + call("MINUTES", SPAN, w.setting("people.adult", INT)),
        NOW + datetime.timedelta(minutes=18),
    )
    yield Case("longer than", now - this.joined_at > call("DAYS", SPAN, 42), True)
    yield Case("date and days", this.hired + call("DAYS", SPAN, 1), datetime.date(2024, 3, 1))
    yield Case("date less days by a column", this.hired - call("DAYS", SPAN, this.level), datetime.date(2024, 2, 26))
    yield Case("dates compared", this.hired < today, True)
    yield Case("add months to a date", call("ADD_MONTHS", DATE, this.hired, 12), datetime.date(2025, 2, 28))
    yield Case("take months from a date", call("ADD_MONTHS", DATE, this.hired, -1), datetime.date(2024, 1, 29))
    yield Case(
        "add months to a moment",
        call("ADD_MONTHS", MOMENT, this.joined_at, 1),
        datetime.datetime(2026, 2, 28, 23, 30, tzinfo=UTC),
    )
    yield Case("year of a date", call("YEAR", INT, this.hired), 2024)
    yield Case("month of a date", call("MONTH", INT, this.hired), 2)
    yield Case("weekday of a date", call("WEEKDAY", INT, this.hired), 4)
    yield Case("sunday is seven", call("WEEKDAY", INT, today), 7)
    yield Case("year of a moment is in UTC", call("YEAR", INT, this.joined_at), 2026)
    yield Case("month of a moment in a zone", call("MONTH", INT, this.joined_at, this.zone), 2)
    yield Case("weekday in a zone", call("WEEKDAY", INT, this.joined_at, this.zone), 7)
    yield Case("date of a moment", call("DATE_OF", DATE, this.joined_at), datetime.date(2026, 1, 31))
    yield Case(
        "date of a moment in a zone", call("DATE_OF", DATE, this.joined_at, this.zone), datetime.date(2026, 2, 1)
    )
    yield Case("time of a moment in a zone", call("TIME_OF", TIME, this.joined_at, this.zone), datetime.time(0, 30))
    yield Case(
        "time of a moment far away", call("TIME_OF", TIME, this.joined_at, this.zone), datetime.time(12, 30), this=3
    )
    yield Case("times compared", this.wakes < w.time("08:00:00"), True)
    yield Case("workdays of a week", call("WORKDAYS", INT, w.day("2026-03-09"), w.day("2026-03-15")), 5)
    yield Case("workdays of a weekend", call("WORKDAYS", INT, w.day("2026-03-14"), w.day("2026-03-15")), 0)
    yield Case("workdays backwards", call("WORKDAYS", INT, w.day("2026-03-15"), w.day("2026-03-09")), 0)
    yield Case("workdays of one day", call("WORKDAYS", INT, this.hired, this.hired), 1)
    yield Case(
        "least of moments",
        call("LEAST", MOMENT, now, this.joined_at),
        datetime.datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
    )
    yield Case("in range", call("IN_RANGE", BOOL, this.address, w.lit("10.0.0.0/8")), True, in_memory=False)
    yield Case("not in range", call("IN_RANGE", BOOL, this.address, w.lit("192.168.0.0/16")), False, in_memory=False)


def choices() -> Iterator[Case]:
    yield Case("in a list", this.state.in_(w.items("known", "gone")), True)
    yield Case("not in a list", ~this.state.in_(w.items("fresh", "gone")), True)
    yield Case("in an empty list", this.state.in_(w.items()), False)
    yield Case("int in a list", this.level.in_(w.items(1, 2, 3)), True)
    yield Case("in a list of the input", w.lit("red").in_(w.input("words", kind=V.VALUE_KIND_LIST, element=TEXT)), True)
    yield Case(
        "not in a list of the input", w.lit("tin").in_(w.input("words", kind=V.VALUE_KIND_LIST, element=TEXT)), False
    )
    yield Case("conditional", w.cond(this.active, "on", "off"), "off", this=2)
    yield Case("conditional with null", w.cond(this.active, this.level, None) == None, True, this=2)
    yield Case("conditional nested", w.cond(this.level < 0, "low", w.cond(this.level < 3, "mid", "high")), "high")
    yield Case("conditional of bools", w.cond(this.level > 0, this.active, this.level < -5), True, this=2)
    yield Case("conditional in arithmetic", w.cond(this.active, this.level, 0) + 1, 4)
    items = w.input("items", kind=V.VALUE_KIND_LIST, element=V.VALUE_KIND_OBJECT)
    yield Case("all items", items.every(lambda x: x.get("count", kind=INT) > 1, "item"), True)
    yield Case("some item", items.exists(lambda x: x.get("count", kind=INT) > 5, "item"), False)
    yield Case("sum of items", items.sum(lambda x: x.get("count", kind=INT), name="item"), 7)
    yield Case("size of a list", call("SIZE", INT, items), 2)


def rows() -> Iterator[Case]:
    yield Case("path", this.boss.name, "Ann", this=2, in_memory=False)
    yield Case("path through nothing", this.boss.name == None, True, in_memory=False)
    yield Case("path of two", this.boss.boss.name, "Ann", this=3, in_memory=False)
    yield Case("path of three", this.boss.boss.team.name, "One", this=3, in_memory=False)
    yield Case("path to the caller", this.boss.boss == actor, True, this=3, in_memory=False)
    yield Case("path to nobody is not the caller", this.boss.boss == actor, False, this=2, in_memory=False)
    yield Case("required reference", this.home.name, "One", in_memory=False)
    yield Case("reference to a deleted row is read", users.size(), 3, in_memory=False)
    yield Case("member of the caller", actor.name, "Ann", this=2)
    yield Case("path of the caller", actor.team.name, "One", this=2, in_memory=False)
    yield Case("path of the input", w.input("user", kind=ROW, models=("people/User",)).name, "Bob", in_memory=False)
    yield Case("deleted rows are in no collection", this.reports.size(), 1, in_memory=False)
    yield Case("members of a team", this.home.members.size(), 2, in_memory=False)
    yield Case("exists", this.reports.exists(lambda x: x.age < 18), True, in_memory=False)
    yield Case(
        "exists over two",
        this.reports.exists(lambda x: x.reports.exists(lambda y: y.state == "gone", "y")),
        True,
        in_memory=False,
    )
    yield Case(
        "exists with the caller", this.home.members.exists(lambda x: x == actor, "user"), True, this=3, in_memory=False
    )
    yield Case("all of none", this.reports.every(lambda x: x.active), True, this=3, in_memory=False)
    yield Case("all", this.reports.every(lambda x: x.active), False, in_memory=False)
    yield Case("filter and size", users.filter(lambda x: x.active).size(), 2, in_memory=False)
    yield Case(
        "filter twice", users.filter(lambda x: x.active).filter(lambda y: y.level > 2, "y").size(), 1, in_memory=False
    )
    yield Case(
        "filter then exists",
        users.filter(lambda x: x.active).exists(lambda y: y.boss == this, "y"),
        False,
        in_memory=False,
    )
    yield Case("sum", this.notes.sum(lambda x: x.stars), 7, in_memory=False)
    yield Case("sum of none", this.notes.sum(lambda x: x.stars), 0, this=3, in_memory=False)
    yield Case("sum of decimals", users.sum(lambda x: x.pay, DEC), D("133.38"), in_memory=False)
    yield Case("avg", this.notes.avg(lambda x: x.stars), D("3.5000000000000000"), in_memory=False)
    yield Case("avg of none is null", this.notes.avg(lambda x: x.stars) == None, True, this=3, in_memory=False)
    yield Case("min", this.notes.min(lambda x: x.stars), 2, in_memory=False)
    yield Case("max", users.max(lambda x: x.level), 3, in_memory=False)
    yield Case("find takes the oldest", users.find(lambda x: x.active).name, "Ann", in_memory=False)
    yield Case("find nothing", users.find(lambda x: x.level > 99) == None, True, in_memory=False)
    yield Case("path of what was found", users.find(lambda x: x.boss != None).boss.name, "Ann", in_memory=False)
    yield Case(
        "find does not pass over an empty path", users.find(lambda x: x.active).boss.name == None, True, in_memory=False
    )
    yield Case("row in a set", this.in_(teams.find(lambda x: x.name == "One").members), True, this=2, in_memory=False)
    yield Case("map to rows", actor.in_(this.reports.map_rows(lambda x: x.boss, "User")), True, in_memory=False)
    yield Case("map to rows and count", users.map_rows(lambda x: x.boss, "User").size(), 2, in_memory=False)
    yield Case("map to values", w.lit(17).in_(users.map_values(lambda x: x.age)), True, in_memory=False)
    yield Case("a value not among nulls", ~w.lit(5).in_(users.map_values(lambda x: x.age)), True, in_memory=False)
    yield Case("outer row inside", users.filter(lambda x: x.boss == this).size(), 1, in_memory=False)
    yield Case("arithmetic of sets", this.notes.size() * 10 + this.reports.size(), 21, in_memory=False)


def relations() -> Iterator[Case]:
    yield Case("links", this.tags.size(), 2, in_memory=False)
    yield Case("links exist", this.tags.exists(lambda x: x.name == "blue"), False, this=2, in_memory=False)
    yield Case(
        "inverse of links leaves the deleted out",
        tags.find(lambda x: x.name == "red").people.size(),
        2,
        in_memory=False,
    )
    yield Case(
        "both sides of links",
        this.tags.exists(lambda x: x.people.exists(lambda y: y != this, "y")),
        True,
        in_memory=False,
    )
    yield Case("inverse of any", this.mentions.size(), 1, this=2, in_memory=False)
    yield Case("any is this", notes.exists(lambda x: x.about == this), True, this=2, in_memory=False)
    yield Case("any is another", notes.exists(lambda x: x.about == this), False, in_memory=False)
    yield Case("any of the other model", notes.exists(lambda x: x.about == this.home), True, in_memory=False)
    yield Case("any is null", notes.filter(lambda x: x.about == None).size(), 1, in_memory=False)
    yield Case("any differs counts null", notes.filter(lambda x: x.about != this).size(), 2, this=2, in_memory=False)
    model_of = lambda x: call("MODEL", TEXT, x.about) == "Team"  # noqa: E731
    yield Case("model of any", notes.filter(lambda x: (x.about != None) & model_of(x)).size(), 1, in_memory=False)
    yield Case("model of this", call("MODEL", TEXT, this), "User")
    yield Case("display of this", call("DISPLAY", TEXT, this), "Ann")
    yield Case("display of a reference", call("DISPLAY", TEXT, this.boss), "Ann", this=2, in_memory=False)
    yield Case("display that is a row", call("DISPLAY", TEXT, this.home), "Ann", in_memory=False)
    yield Case("permission of another", w.can("people.manage", this), True, in_memory=False)
    yield Case("permission that another lacks", w.can("people.manage", this), False, this=2, in_memory=False)
    yield Case("permission by another role", w.can("people.read", this), True, this=2, in_memory=False)
    yield Case("permission of a boss", w.can("people.manage", this.boss), True, this=2, in_memory=False)
    yield Case("permission of nobody", w.can("people.manage", this.boss), False, in_memory=False)
    holders = w.call(e.FUNCTION_HOLDERS, V.VALUE_KIND_ROWS, "people.read", models=("people/User",))
    yield Case("holders", holders.size(), 2, in_memory=False)
    yield Case("among the holders", this.in_(holders), False, this=3, in_memory=False)
    yield Case("readable reference", call("READABLE", BOOL, this.home), True, in_memory=False)
    yield Case("readable nothing", call("READABLE", BOOL, this.team), False, this=3, in_memory=False)
    yield Case("readable this", call("READABLE", BOOL, this), True, in_memory=False)
    yield Case("readable in a set", teams.filter(lambda x: call("READABLE", BOOL, x)).size(), 2, in_memory=False)
    yield Case(
        "readable through readable", notes.filter(lambda x: call("READABLE", BOOL, x)).size(), 3, in_memory=False
    )
    yield Case("readable any", notes.filter(lambda x: call("READABLE", BOOL, x.about)).size(), 2, in_memory=False)
    yield Case("writable", call("WRITABLE", BOOL, this), True, in_memory=False)
    yield Case("writable of another", call("WRITABLE", BOOL, this), False, this=2, in_memory=False)
    yield Case("writable any", notes.filter(lambda x: call("WRITABLE", BOOL, x.about)).size(), 0, in_memory=False)


CASES = [
    *literals(), *equality(), *logic(), *numbers(), *texts(), *dates(), *choices(), *rows(), *relations(),
]  # fmt: skip
