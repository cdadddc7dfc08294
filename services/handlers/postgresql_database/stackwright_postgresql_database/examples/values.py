"""A plausible value for a field, by its type and its name."""

from __future__ import annotations

import datetime
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal

from stackwright.contract.v1 import model_pb2
from stackwright_postgresql_database.examples import words
from stackwright_postgresql_database.examples.store import MONDAY, CalendarYear
from stackwright_sdk.expressions.python import Value
from stackwright_sdk.pattern_texts import text_of

K = model_pb2.FieldKind

_LATER = re.compile(r"(^|_)(ends?|until|to|closes?|due|expires?|returns?|finish(es)?|checkout)(_|$)")
_LARGE = re.compile(r"price|amount|total|salary|budget|cost|fee|value")
_CODE = re.compile(r"(^|_)(code|sku|number|reference|key|isbn|serial|iban)$")
_PLACES = 2
# What a part of a field's name says of its texts.
_BY_NAME: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("city", words.CITIES),
    ("country", words.COUNTRIES),
    ("street", words.STREETS),
    ("company", words.COMPANIES),
    ("organisation", words.COMPANIES),
    ("organization", words.COMPANIES),
    ("description", words.SENTENCES),
    ("note", words.SENTENCES),
    ("reason", words.SENTENCES),
    ("comment", words.SENTENCES),
    ("summary", words.SENTENCES),
)


class Unknown(Exception):  # noqa: N818 - not an error: the field stays empty, or its model without examples
    """There is no example for such a field."""


def value_of(field: model_pb2.Field, label: str, number: int, row: Mapping[str, Value], chance: random.Random) -> Value:
    """The value of a field of the row with this number, counted from 0, of what is called `label`.

    Raises Unknown where nothing fits.
    """
    kind = field.type.kind
    if kind in _TEMPORAL:
        return _moment(field, row, chance)
    if (plain := _PLAIN.get(kind)) is not None:
        return plain(field, chance)
    if kind in _TEXTS or kind in _FIXED:
        return _fitted(field, _text(field, label, number, row, chance), number, chance)
    raise Unknown(field.id)


def distinct(field: model_pb2.Field, value: Value, count: int) -> Value:
    """The same value told apart from others like it."""
    chosen = field.type.kind == K.FIELD_KIND_ENUM or field.type.kind in _FIXED
    if not isinstance(value, str) or field.type.pattern or chosen:
        return value
    tail = f" {count}"
    return value[: (field.type.max_length or len(value) + len(tail)) - len(tail)] + tail


def slug(text: str) -> str:
    """A text as a part of an address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "row"


def person(number: int) -> str:
    """The name of the person with this number."""
    first = words.FIRST_NAMES[number % len(words.FIRST_NAMES)]
    turn = number // len(words.FIRST_NAMES)
    return f"{first} {words.LAST_NAMES[(number * 7 + turn * 3) % len(words.LAST_NAMES)]}"


_TEMPORAL = frozenset({K.FIELD_KIND_DATE, K.FIELD_KIND_TIME, K.FIELD_KIND_TIMESTAMP})
_FIXED: dict[int, tuple[str, ...]] = {
    K.FIELD_KIND_CURRENCY: ("EUR",),
    K.FIELD_KIND_LOCALE: ("en", "de", "fr"),
    K.FIELD_KIND_TIMEZONE: ("Europe/Berlin", "UTC", "Europe/London"),
    K.FIELD_KIND_COLOR: words.COLORS,
    K.FIELD_KIND_IP: ("192.0.2.10", "192.0.2.44", "198.51.100.7"),
    K.FIELD_KIND_CIDR: ("192.0.2.0/24", "198.51.100.0/24"),
    K.FIELD_KIND_RRULE: ("FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=1"),
    K.FIELD_KIND_POINT: ("(52.52,13.40)", "(48.85,2.35)", "(41.15,-8.61)"),
    K.FIELD_KIND_EMAIL: (),
    K.FIELD_KIND_URL: (),
    K.FIELD_KIND_SLUG: (),
    K.FIELD_KIND_PHONE: (),
    K.FIELD_KIND_UUID: (),
}


def _text(field: model_pb2.Field, label: str, number: int, row: Mapping[str, Value], chance: random.Random) -> str:
    kind, name = field.type.kind, field.name
    if _FIXED.get(kind):
        return chance.choice(_FIXED[kind])
    if "address" in name or name == "ship_to":
        place = chance.randrange(len(words.CITIES))
        street = f"{chance.randint(1, 99)} {chance.choice(words.STREETS)}"
        return f"{street}, {words.CITIES[place]}, {words.COUNTRIES[place]}"
    if (written := _WRITTEN.get(kind)) is not None:
        return written(label, number, row, chance)
    return _named(name, label, number, chance)


def _named(name: str, label: str, number: int, chance: random.Random) -> str:
    last = label.lower().rsplit(" ", 1)[-1]
    for part, texts in _BY_NAME:
        if part in name:
            return chance.choice(texts)
    if _CODE.search(name):
        return f"{slug(label)[:2].upper()}-{1001 + number}"
    if name.startswith("first_"):
        return words.FIRST_NAMES[number % len(words.FIRST_NAMES)]
    if name.startswith(("last_", "family_")) or name == "surname":
        return person(number).rsplit(" ", 1)[-1]
    if last in ("user", "employee", "person", "customer", "contact", "member", "patient", "student", "author"):
        return person(number)
    if last == "customer" or name.startswith(("customer", "contact")):
        return person(number)
    if words.NAMED.get(last) and name in ("name", "title"):
        return words.NAMED[last][number % len(words.NAMED[last])]
    things = ("product", "item", "variant", "line", "part", "asset")
    if (last in things or (last == "article" and name == "name")) and name != "body":
        return words.THINGS[number % len(words.THINGS)]
    return words.TITLES[number % len(words.TITLES)]


def _first_text(row: Mapping[str, Value]) -> str:
    found = (row.get(name) for name in ("title", "name", "label"))
    return next((value for value in found if isinstance(value, str)), "")


def _fitted(field: model_pb2.Field, text: str, number: int, chance: random.Random) -> str:
    least, most = field.type.min_length, field.type.max_length
    if field.type.pattern and not re.search(field.type.pattern, text):
        digits = f"{10_000_000 + number:0{max(least, 1)}d}"
        letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(max(least, 3)))
        counted = (f"{letters[:2]}-{number + 1:04d}", f"{letters[:2]}{number + 1:04d}", f"{number + 1:05d}")
        tries = (letters, letters.lower(), digits[-max(least, 1) :], *counted, slug(text))
        fitting = [shape for shape in tries if re.search(field.type.pattern, shape)]
        if not fitting:
            made = text_of(field.type.pattern, number, least=least, most=most or None)
            if made is None:
                raise Unknown(field.id)
            return made
        text = fitting[0]
    text = text[:most].rstrip() if most else text
    if len(text) < least:
        text = (text + " " + " ".join(words.SENTENCES))[: max(least, len(text))].rstrip().ljust(least, ".")
    return text


def _whole(field: model_pb2.Field, chance: random.Random) -> int:
    if field.name == "year":
        return CalendarYear(MONDAY.year)
    least, most = (int(bound) if bound else None for bound in (field.type.minimum, field.type.maximum))
    low = max(least if least is not None else 0, 0 if most is None or most >= 0 else most - 10)
    high = min(most if most is not None else low + 100, max(low + 100, 100))
    if "minutes" in field.name:
        low, high = max(low, 15), max(min(high, 120), max(low, 15))
        return 15 * chance.randint(-(-low // 15), high // 15) if high >= 15 else low
    return chance.randint(low, max(low, high))


def _decimal(field: model_pb2.Field, chance: random.Random) -> Decimal:
    scale = field.type.scale if field.type.precision else _PLACES
    least = Decimal(field.type.minimum) if field.type.minimum else Decimal(0)
    most = Decimal(field.type.maximum) if field.type.maximum else least + (500 if _LARGE.search(field.name) else 20)
    if field.type.precision:
        most = min(most, Decimal(10) ** (field.type.precision - scale) - 1)
    drawn = least + (most - least) * Decimal(chance.randint(1, 100)) / 100
    return max(min(drawn.quantize(Decimal(1).scaleb(-scale)), most), least)


def _moment(field: model_pb2.Field, row: Mapping[str, Value], chance: random.Random) -> Value:
    kind = field.type.kind
    later = bool(_LATER.search(field.name))
    if kind == model_pb2.FIELD_KIND_TIME:
        return datetime.time(chance.randint(16, 18) if later else chance.randint(8, 10), chance.choice((0, 30)))
    if "birth" in field.name:
        born = MONDAY - datetime.timedelta(weeks=chance.randint(25 * 52, 60 * 52), days=chance.randint(0, 6))
        return born.date() if kind == model_pb2.FIELD_KIND_DATE else born
    before = [value for value in row.values() if isinstance(value, datetime.date)][2:]
    if kind == model_pb2.FIELD_KIND_DATE:
        dates = [value for value in before if not isinstance(value, datetime.datetime)]
        start = dates[-1] if later and dates else MONDAY.date() + datetime.timedelta(days=chance.randint(-21, 21))
        return start + datetime.timedelta(days=chance.choice((0, 1, 2, 4)) if later else 0)
    moments = [value for value in before if isinstance(value, datetime.datetime)]
    if later and moments:
        return moments[-1] + datetime.timedelta(minutes=30 * chance.randint(1, 8))
    day = MONDAY + datetime.timedelta(days=chance.randint(-10, 20))
    return day.replace(hour=chance.randint(8, 15), minute=chance.choice((0, 15, 30, 45)))


def _sentences(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.sample(words.SENTENCES, chance.randint(least, most)))


# Members of the enum are looked up here, once: a look-up is a call, and a row has many fields.
_PLAIN: dict[int, Callable[[model_pb2.Field, random.Random], Value]] = {
    K.FIELD_KIND_INT: _whole,
    K.FIELD_KIND_BIGINT: _whole,
    K.FIELD_KIND_DECIMAL: _decimal,
    K.FIELD_KIND_MONEY: _decimal,
    K.FIELD_KIND_BOOL: lambda _, chance: chance.random() < 0.7,
    K.FIELD_KIND_ENUM: lambda field, chance: chance.choice(list(field.type.members)),
    K.FIELD_KIND_DURATION: lambda _, chance: datetime.timedelta(minutes=15 * chance.randint(1, 16)),
    K.FIELD_KIND_JSON: lambda *_: {},
}
_WRITTEN: dict[int, Callable[[str, int, Mapping[str, Value], random.Random], str]] = {
    K.FIELD_KIND_EMAIL: lambda _, number, *__: f"{slug(person(number)).replace('-', '.')}@example.org",
    K.FIELD_KIND_URL: lambda label, number, *_: f"https://example.com/{slug(label)}/{number + 1}",
    K.FIELD_KIND_SLUG: lambda label, number, row, _: slug(_first_text(row) or f"{label} {number + 1}"),
    K.FIELD_KIND_PHONE: lambda _, number, *__: f"+44 20 7946 0{100 + number % 900}",
    K.FIELD_KIND_UUID: lambda *given: f"{given[3].getrandbits(128):032x}",
    K.FIELD_KIND_TEXT: lambda *given: _sentences(given[3], 1, 3),
    K.FIELD_KIND_RICHTEXT: lambda *given: f"<p>{_sentences(given[3], 2, 4)}</p>",
}
_TEXTS = frozenset({K.FIELD_KIND_STRING, K.FIELD_KIND_TEXT, K.FIELD_KIND_RICHTEXT})
