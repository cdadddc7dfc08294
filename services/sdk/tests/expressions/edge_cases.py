# ruff: noqa: E711 - equality with null is what is tested
"""The other half of the table: ends of months, clock changes, unknown values inside of sets, sets inside of sets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from stackwright.contract.v1 import expression_pb2 as e

from .cases import (
    BOOL,
    DATE,
    DEC,
    INT,
    MOMENT,
    SPAN,
    TEXT,
    TIME,
    UTC,
    Case,
    actor,
    call,
    notes,
    tags,
    teams,
    this,
    users,
    w,
)
from .people import NOW, key
from .written import V

D = Decimal
day, moment = datetime.date, datetime.datetime


def calendar() -> Iterator[Case]:
    last = w.day("2026-01-31")
    leap = w.day("2028-02-29")
    yield Case("a month after the last of january", call("ADD_MONTHS", DATE, last, 1), day(2026, 2, 28))
    yield Case("three months after the last of january", call("ADD_MONTHS", DATE, last, 3), day(2026, 4, 30))
    yield Case("months do not creep", call("ADD_MONTHS", DATE, call("ADD_MONTHS", DATE, last, 1), 1), day(2026, 3, 28))
    yield Case("a month before the last of march", call("ADD_MONTHS", DATE, w.day("2026-03-31"), -1), day(2026, 2, 28))
    yield Case("a leap day a year on", call("ADD_MONTHS", DATE, leap, 12), day(2029, 2, 28))
    yield Case("a leap day four years on", call("ADD_MONTHS", DATE, leap, 48), day(2032, 2, 29))
    yield Case("over the turn of a year", call("ADD_MONTHS", DATE, w.day("2025-12-15"), 1), day(2026, 1, 15))
    yield Case("back over the turn of a year", call("ADD_MONTHS", DATE, w.day("2026-01-15"), -1), day(2025, 12, 15))
    yield Case("no months", call("ADD_MONTHS", DATE, leap, 0), day(2028, 2, 29))
    yield Case("months by a column", call("ADD_MONTHS", DATE, last, this.level), day(2026, 4, 30))
    yield Case("months back by a column", call("ADD_MONTHS", DATE, last, this.level), day(2025, 6, 30), this=2)
    yield Case("a day after a leap day", leap + call("DAYS", SPAN, 1), day(2028, 3, 1))
    yield Case("a day before march", w.day("2026-03-01") - call("DAYS", SPAN, 1), day(2026, 2, 28))
    yield Case("a year that centuries take", call("ADD_MONTHS", DATE, w.day("2096-02-29"), 48), day(2100, 2, 28))
    yield Case("monday is one", call("WEEKDAY", INT, w.day("2026-03-16")), 1)
    yield Case("first workday of a year", call("WORKDAYS", INT, w.day("2026-01-01"), w.day("2026-01-01")), 1)
    yield Case("workdays from friday to monday", call("WORKDAYS", INT, w.day("2026-03-13"), w.day("2026-03-16")), 2)
    yield Case("workdays of a month", call("WORKDAYS", INT, w.day("2026-02-01"), w.day("2026-02-28")), 20)
    yield Case("workdays of a year", call("WORKDAYS", INT, w.day("2026-01-01"), w.day("2026-12-31")), 261)
    yield Case("a date is before another", w.day("2026-02-28") < leap, True)
    yield Case("a date at its end", w.day("2026-03-15") <= w.today(), True)
    yield Case("least of dates", call("LEAST", DATE, this.hired, w.day("2024-03-01")), day(2024, 2, 29))
    yield Case("greatest of dates", call("GREATEST", DATE, this.hired, w.day("2024-03-01")), day(2024, 3, 1))
    yield Case("coalesce of dates", call("COALESCE", DATE, this.born, this.hired), day(2024, 2, 29), this=2)


def clocks() -> Iterator[Case]:
    # Berlin puts its clocks on at 2026-03-29 01:00 UTC and back at 2026-10-25 01:00 UTC.
    spring, autumn = w.moment("2026-03-29T00:59:59Z"), w.moment("2026-10-25T00:30:00Z")
    later = w.moment("2026-03-29T01:00:00Z")
    berlin, tokyo = w.lit("Europe/Berlin"), w.lit("Asia/Tokyo")
    yield Case("a second before the clocks go on", call("TIME_OF", TIME, spring, berlin), datetime.time(1, 59, 59))
    yield Case("as they go on", call("TIME_OF", TIME, later, berlin), datetime.time(3, 0))
    yield Case("before they go back", call("TIME_OF", TIME, autumn, berlin), datetime.time(2, 30))
    yield Case(
        "an hour later it is as late",
        call("TIME_OF", TIME, autumn + call("HOURS", SPAN, 1), berlin),
        datetime.time(2, 30),
    )
    yield Case("a day is a day of hours", later - spring < call("DAYS", SPAN, 1), True)
    yield Case("date to the east", call("DATE_OF", DATE, w.moment("2026-12-31T15:00:00Z"), tokyo), day(2027, 1, 1))
    yield Case("year to the east", call("YEAR", INT, w.moment("2026-12-31T15:00:00Z"), tokyo), 2027)
    yield Case("year here", call("YEAR", INT, w.moment("2026-12-31T15:00:00Z")), 2026)
    yield Case("month to the west", call("MONTH", INT, w.moment("2026-03-01T04:59:59Z"), w.lit("America/New_York")), 2)
    yield Case(
        "weekday to the west", call("WEEKDAY", INT, w.moment("2026-03-02T02:00:00Z"), w.lit("America/New_York")), 7
    )
    yield Case("half an hour's zone", call("TIME_OF", TIME, NOW_AT, w.lit("Asia/Kolkata")), datetime.time(17, 30))
    yield Case(
        "months over a clock change", call("ADD_MONTHS", MOMENT, spring, 1), moment(2026, 4, 29, 0, 59, 59, tzinfo=UTC)
    )
    yield Case("minutes of an hour and a half", call("MINUTES", SPAN, 90) > call("HOURS", SPAN, 1), True)
    yield Case("spans add up", call("HOURS", SPAN, 23) + call("MINUTES", SPAN, 60) == call("DAYS", SPAN, 1), True)
    yield Case("spans apart", call("HOURS", SPAN, 2) - call("MINUTES", SPAN, 30) == call("MINUTES", SPAN, 90), True)
    yield Case("a span a number of times", call("MINUTES", SPAN, 20) * this.level == call("HOURS", SPAN, 1), True)
    yield Case("a time later", w.time("22:15:00") + call("MINUTES", SPAN, 90), datetime.time(23, 45), in_memory=False)
    yield Case(
        "a time after midnight", w.time("23:30:00") + call("HOURS", SPAN, 1), datetime.time(0, 30), in_memory=False
    )
    yield Case(
        "a time before midnight", w.time("00:30:00") - call("HOURS", SPAN, 1), datetime.time(23, 30), in_memory=False
    )
    yield Case("times apart", w.time("08:00:00") - this.wakes == call("MINUTES", SPAN, 30), True, in_memory=False)
    yield Case("the far end is in", w.now() >= NOW_AT, True)
    yield Case("midnight is the least time", w.time("00:00:00") < this.wakes, True)


NOW_AT = w.moment("2026-03-15T12:00:00Z")


def unknown() -> Iterator[Case]:
    nothing = w.input("limit", kind=INT, nullable=True)
    yield Case("no input equals no column", nothing == this.age, True, this=3)
    yield Case("no input differs from a column", nothing == this.age, False)
    yield Case("guard in a conditional", w.cond(this.age != None, this.age >= 18, False), False, this=3)
    yield Case("guard in a conditional holds", w.cond(this.age != None, this.age >= 18, False), True)
    yield Case("two guards", (this.age != None) & (this.left_at == None) & (this.age > 39), True)
    yield Case("either of two unknowns", (this.age == 1) | (this.email == "x"), False, this=3)
    yield Case("neither of two unknowns", ~((this.age == 1) | (this.email == "x")), True, this=3)
    yield Case("unknown is not unequal to unknown", this.age != nothing, False, this=3)
    yield Case("an unknown in a list", call("COALESCE", TEXT, this.email, "").in_(w.items("", "x")), True, this=2)
    yield Case("sum passes over the unknown", users.sum(lambda x: call("COALESCE", INT, x.age, 0)), 57, in_memory=False)
    yield Case("count of the unknown", users.filter(lambda x: x.age == None).size(), 1, in_memory=False)
    yield Case("count of the known", users.filter(lambda x: x.age != None).size(), 2, in_memory=False)
    yield Case("not, inside of a set", users.filter(lambda x: ~(x.age == 40)).size(), 2, in_memory=False)
    yield Case("all, with an unknown", users.every(lambda x: x.age != 99), True, in_memory=False)
    yield Case("none has it", ~users.exists(lambda x: x.email == "Bob"), True, in_memory=False)
    yield Case("least of none is null", this.notes.min(lambda x: x.stars) == None, True, this=3, in_memory=False)
    yield Case("greatest of none is null", this.notes.max(lambda x: x.stars) == None, True, this=3, in_memory=False)
    yield Case(
        "average or else",
        call("COALESCE", DEC, this.notes.avg(lambda x: x.stars), w.dec("0.0")),
        D("0.0"),
        this=3,
        in_memory=False,
    )
    yield Case(
        "sum of no decimals", users.filter(lambda x: x.level > 99).sum(lambda x: x.pay, DEC), D("0"), in_memory=False
    )
    yield Case("found nothing is nobody", users.find(lambda x: x.level > 99) == actor, False, in_memory=False)


def sets() -> Iterator[Case]:
    yield Case("the caller among all", actor.in_(users), True, this=2, in_memory=False)
    yield Case("a deleted row is not among all", users.exists(lambda x: x.name == "Dan"), False, in_memory=False)
    yield Case("all but this", users.filter(lambda x: x != this).size(), 2, this=2, in_memory=False)
    yield Case("a team that has this", teams.exists(lambda x: this.in_(x.members)), True, this=2, in_memory=False)
    yield Case("a team that lacks this", teams.exists(lambda x: this.in_(x.members)), False, this=3, in_memory=False)
    yield Case("sum over a filter", users.filter(lambda x: x.active).sum(lambda x: x.level), 5, in_memory=False)
    yield Case("greatest over a filter", users.filter(lambda x: ~x.active).max(lambda x: x.level), -7, in_memory=False)
    yield Case("sum of products", users.sum(lambda x: x.level * 2), -4, in_memory=False)
    yield Case("sum of a conditional", users.sum(lambda x: w.cond(x.active, 1, 0)), 2, in_memory=False)
    yield Case(
        "average of a filter",
        notes.filter(lambda x: x.stars > 0).avg(lambda x: x.stars),
        D("3.5000000000000000"),
        in_memory=False,
    )
    yield Case(
        "rows of rows", users.filter(lambda x: x.notes.exists(lambda y: y.stars > 4, "y")).size(), 1, in_memory=False
    )
    yield Case("count of counts", users.sum(lambda x: x.notes.size()), 3, in_memory=False)
    yield Case(
        "three deep",
        teams.exists(lambda x: x.members.exists(lambda y: y.notes.exists(lambda z: z.author == this, "z"), "y")),
        True,
        this=2,
        in_memory=False,
    )
    yield Case("no tag is bare", tags.every(lambda x: x.people.size() > 0), True, in_memory=False)
    yield Case("notes of the boss", this.boss.notes.size(), 2, this=2, in_memory=False)
    yield Case("notes of nobody", this.boss.notes.size(), 0, in_memory=False)
    yield Case(
        "filter by the setting",
        users.filter(lambda x: call("COALESCE", INT, x.age, 0) >= w.setting("people.adult", INT)).size(),
        1,
        in_memory=False,
    )
    yield Case(
        "filter by the input",
        users.filter(lambda x: x == w.input("user", kind=V.VALUE_KIND_ROW, models=("people/User",))).size(),
        1,
        in_memory=False,
    )
    yield Case(
        "filter by a moment",
        users.filter(lambda x: (x.left_at != None) & (x.left_at <= w.now())).size(),
        1,
        in_memory=False,
    )
    yield Case("texts of a set", w.lit("gone").in_(users.map_values(lambda x: x.state)), True, in_memory=False)
    yield Case(
        "tags of the reports",
        this.reports.exists(lambda x: x.tags.exists(lambda y: y.name == "red", "y")),
        True,
        in_memory=False,
    )
    yield Case(
        "id of what was found", users.find(lambda x: x.name == "Bob").id == key("User", 2).id, True, in_memory=False
    )
    yield Case("found by the name of another", teams.find(lambda x: x.lead == this).name, "One", in_memory=False)


def words() -> Iterator[Case]:
    yield Case("empty text", call("SIZE", INT, w.lit("")), 0)
    yield Case("empty text is no null", w.lit("") == None, False)
    yield Case("trim of nothing but blanks", call("TRIM", TEXT, w.lit(" \t ")), "")
    yield Case("upper of an umlaut", call("UPPER", TEXT, w.lit("äöé")), "ÄÖÉ")
    yield Case("lower of greek", call("LOWER", TEXT, w.lit("ΑΒΓ")), "αβγ")
    yield Case("concatenation of three", w.lit("a") + "" + "b", "ab")
    yield Case("a percent is a percent", w.lit("50%_") == "50%_", True)
    yield Case("a dollar and a brace", w.lit("${x} $1 {0}"), "${x} $1 {0}")
    yield Case("order of lengths", w.lit("ab") < "b", True)
    yield Case("a prefix comes first", w.lit("a") < "ab", True)
    yield Case("digits are texts", w.lit("10") < "9", True)
    yield Case("string in a concatenation", w.lit("#") + call("STRING", TEXT, this.level), "#3")
    yield Case("lower equal", call("LOWER", TEXT, this.name) == "ann", True)
    yield Case("size of a trim", call("SIZE", INT, call("TRIM", TEXT, this.name)), 3, this=3)
    yield Case("bool of texts", (this.name != "") == this.active, False, this=2)
    yield Case("a permission and a text", w.can("people.read") & (this.name == "Ann"), True)
    yield Case("stranger's terms", w.bool_root(e.ROOT_NOBODY) | (this.name == "Ann"), True)
    yield Case("setting compared", w.setting("people.adult", INT) > this.level, True)
    yield Case("setting as a bool", ~w.setting("docs.public", BOOL), False)


EDGES = [*calendar(), *clocks(), *unknown(), *sets(), *words()]
assert moment(2026, 3, 15, 12, tzinfo=UTC) == NOW, "the clock of this table is that of the world"
